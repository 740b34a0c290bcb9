"""The receipt of a check: what it holds, when it is refused, and what a footer says of it."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studyguide.exports import record
from studyguide.exports.receipt import as_json, digest, digests, footer, receipt, verify
from studyguide.exports.record import Record, as_values
from studyguide.listing import Listing, Project
from studyguide.model import Position, Problem
from studyguide.waivers import Waived, Waiver

if TYPE_CHECKING:
    from collections.abc import Callable

COMMIT = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b"
TODAY = date(2026, 11, 22)
KNOWN = Record(Project(Path("nowhere"), Path("nowhere/docs")), Listing(), (), (), {}, {}, {})
TARGET = {
    "kind": "term",
    "id": "a",
    "title": "",
    "text": "",
    "page": "",
    "position": {"path": "", "line": 1, "column": 1},
}
WAIVER = Waiver("LNK001", Position("docs/a.md", 3), 4, 4, date(2026, 11, 22), "It comes in March.")
HINT = Problem(Position("docs/a.md"), "PRT001", "Site only.")
ERROR = Problem(Position("docs/a.md"), "LNK001", "Wrong.")
WARNING = Problem(Position("docs/a.png"), "AST001", "Unused.", level="warning")


def make(folder: Path, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "tool": "0.1.0",
        "commit": COMMIT,
        "changed": False,
        "partial": False,
        "checked": {"pages": 2, "links": 5},
        "problems": [],
        "files": digests(folder),
        "site": KNOWN,
        "off": {"external"},
    }
    return receipt(**(values | changes))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages with its receipt."""
    (tmp_path / "learn").mkdir()
    (tmp_path / "index.html").write_text("<h1>Home</h1>", "utf-8")
    (tmp_path / "learn/index.html").write_text("<h1>Learn</h1>", "utf-8")
    (tmp_path / "style.css").write_text("a{}", "utf-8")
    (tmp_path / "checks.json").write_text(as_json(make(tmp_path)), "utf-8")
    return tmp_path


def refused(site: Path, *, commit: str | None = COMMIT, changed: bool | None = False) -> list[str]:
    return verify(site, commit=commit, changed=changed, today=TODAY)


def rewrite(site: Path, **changes: Any) -> None:
    (site / "checks.json").write_text(as_json(make(site, **changes)), "utf-8")


def test_a_receipt_says_what_was_checked(site: Path) -> None:
    waived = [Waived(ERROR, WAIVER), Waived(WARNING, WAIVER)]
    found = make(site, problems=[ERROR, HINT, WARNING], not_checked=["git"], unchecked={"contract"}, waived=waived)
    families = found.pop("families")
    assert families["links"] == {"status": "failed", "problems": 1}
    assert families["portability"] == {"status": "passed", "problems": 1}
    assert families["contract"] == {"status": "not checked", "problems": 0}
    assert families["external"] == {"status": "off", "problems": 0}
    files = {path: hashed[:12] for path, hashed in digests(site).items()}
    assert found == {
        "version": 2,
        "tool": "0.1.0",
        "commit": COMMIT,
        "changed": False,
        "partial": False,
        "checked": {"pages": 2, "links": 5},
        "problems": {"error": 1, "warning": 1, "hint": 1},
        "not_checked": ["git"],
        "waivers": [
            {"code": "LNK001", "path": "docs/a.md", "line": 3, "until": "2026-11-22", "reason": "It comes in March."}
        ],
        "digest": digest(digests(site)),
        "files": files,
        "site": record.as_values(KNOWN),
    }
    assert list(files) == ["index.html", "learn/index.html", "style.css"]


def test_a_receipt_is_the_same_every_time(site: Path) -> None:
    backwards = dict(reversed(digests(site).items()))
    assert as_json(make(site, files=backwards)) == (site / "checks.json").read_text("utf-8")


def test_a_partial_check_passes_nothing(site: Path) -> None:
    found = make(site, partial=True, problems=[ERROR])
    assert {state["status"] for state in found["families"].values()} == {"failed", "not checked", "off"}


def test_a_fresh_site_is_taken(site: Path) -> None:
    assert refused(site) == []
    assert refused(site, commit=None, changed=None) == []


def test_hints_and_waivers_on_their_last_day_are_taken(site: Path) -> None:
    rewrite(site, problems=[HINT], waived=[Waived(ERROR, WAIVER)])
    assert refused(site) == []


def test_no_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "none") == [f"There is no folder {tmp_path / 'none'}."]


def test_no_receipt(site: Path) -> None:
    (site / "checks.json").unlink()
    assert refused(site) == ["There is no checks.json: was the site built without the checks?"]


def test_a_folder_in_its_place(site: Path) -> None:
    (site / "checks.json").unlink()
    (site / "checks.json").mkdir()
    assert refused(site) == ["checks.json is not a file."]


def test_a_pipe_in_its_place(site: Path) -> None:
    (site / "checks.json").unlink()
    os.mkfifo(site / "checks.json")
    assert refused(site) == ["checks.json is not a file."]


def test_larger_than_any(site: Path) -> None:
    with (site / "checks.json").open("r+b") as file:
        file.truncate(10**11)
    assert refused(site) == ["checks.json has 100,000,000,000 bytes; no receipt has more than 256,000,000."]


def test_cut_short_anywhere(site: Path) -> None:
    text = (site / "checks.json").read_bytes()
    for end in range(0, len(text) - 2, 7):
        (site / "checks.json").write_bytes(text[:end])
        assert refused(site) == ["checks.json is not JSON: was it cut short?"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000])
def test_no_json(site: Path, data: bytes) -> None:
    (site / "checks.json").write_bytes(data)
    assert refused(site) == ["checks.json is not JSON: was it cut short?"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda found: [found], "checks.json is not a receipt."),
        (lambda found: found | {"version": 3}, "checks.json has the version 3; this studyguide reads 2."),
        (lambda _: {}, "checks.json has the version null; this studyguide reads 2."),
        *(
            (
                lambda found, name=name, value=value: found | {name: value},
                f"checks.json is not a receipt: its `{name}` is missing or of the wrong kind.",
            )
            for name, value in [
                ("commit", None),
                ("changed", 0),
                ("families", {"links": "passed"}),
                ("families", ["links"]),
                ("problems", {"error": True, "warning": 0}),
                ("problems", {"error": 0}),
                ("not_checked", [1]),
                ("waivers", [{"code": "LNK001", "path": "a.md", "line": 1, "until": "soon"}]),
                ("waivers", [{"code": "LNK001", "path": "a.md", "line": 1, "until": "20260101"}]),
                ("waivers", [{}]),
                ("digest", []),
                ("files", {"index.html": 1}),
                ("problems", {"error": -1, "warning": 0}),
                ("problems", {"error": 10**30, "warning": 0}),
                ("site", {}),
                ("site", as_values(KNOWN) | {"targets": [TARGET | {"kind": "nope"}]}),
            ]
        ),
    ],
)
def test_no_receipt_in_it(site: Path, change: Callable[[Any], Any], reason: str) -> None:
    found = json.loads((site / "checks.json").read_text("utf-8"))
    (site / "checks.json").write_text(json.dumps(change(found)), "utf-8")
    assert refused(site) == [reason]


@pytest.mark.parametrize("name", ["commit", "partial", "families", "problems", "waivers", "files", "site"])
def test_a_part_is_missing(site: Path, name: str) -> None:
    found = json.loads((site / "checks.json").read_text("utf-8"))
    del found[name]
    (site / "checks.json").write_text(json.dumps(found), "utf-8")
    assert refused(site) == [f"checks.json is not a receipt: its `{name}` is missing or of the wrong kind."]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"problems": [ERROR, WARNING, HINT]}, ["The check found 1 error and 1 warning."]),
        ({"problems": [ERROR, Problem(Position("docs/b.md"), "LNK001", "Wrong.")]}, ["The check found 2 errors."]),
        ({"partial": True}, ["Only changed pages were checked: build without --dirty."]),
        ({"not_checked": ["the anchors of 3 pages"]}, ["Not checked: the anchors of 3 pages."]),
        ({"unchecked": {"contract", "ids"}}, ["Not checked: the rules on contract, ids."]),
        (
            {"waived": [Waived(ERROR, Waiver("LNK001", Position("docs/a.md", 3), 4, 4, date(2026, 11, 21), "March."))]},
            ["The waiver of LNK001 at docs/a.md:3 ended on 2026-11-21."],
        ),
    ],
)
def test_what_the_check_itself_found(site: Path, changes: dict[str, Any], reasons: list[str]) -> None:
    rewrite(site, **changes)
    assert refused(site) == reasons


def test_a_failed_family_without_numbers(site: Path) -> None:
    found = make(site)
    found["families"]["links"]["status"] = "failed"
    (site / "checks.json").write_text(as_json(found), "utf-8")
    assert refused(site) == ["The check failed: links."]


def test_a_check_of_nothing(tmp_path: Path) -> None:
    rewrite(tmp_path)
    assert refused(tmp_path) == ["Nothing was checked."]


def test_every_family_off(site: Path) -> None:
    found = make(site)
    found["families"] = {family: {"status": "off", "problems": 0} for family in found["families"]}
    (site / "checks.json").write_text(as_json(found), "utf-8")
    assert refused(site) == ["Nothing was checked."]


def test_a_page_changed_afterwards(site: Path) -> None:
    with (site / "learn/index.html").open("a") as page:
        page.write(" ")
    assert refused(site) == ["1 file is not as checked: learn/index.html (changed)."]


def test_many_pages_changed_afterwards(site: Path) -> None:
    (site / "index.html").unlink()
    for name in ("a", "b", "z"):
        (site / f"{name}.html").touch()
    (site / "learn/index.html").write_text("<h1>Learnt</h1>", "utf-8")
    assert refused(site) == ["5 files are not as checked: a.html (new), b.html (new), index.html (gone) and 2 more."]


def test_every_file_counts(site: Path) -> None:
    (site / "style.css").write_text("b{}", "utf-8")
    assert refused(site) == ["1 file is not as checked: style.css (changed)."]


def test_a_family_left_out(site: Path) -> None:
    rewrite(site, off={"external", "contract", "figures", "terms"})
    assert refused(site) == ["Left out of the check: the rules on figures, terms."]


def test_a_family_that_is_not_in_it(site: Path) -> None:
    found = make(site)
    del found["families"]["links"]
    (site / "checks.json").write_text(as_json(found), "utf-8")
    assert refused(site) == ["Left out of the check: the rules on links."]


def test_a_receipt_of_the_right_pages_with_another_digest(site: Path) -> None:
    found = make(site) | {"digest": "0" * 64}
    (site / "checks.json").write_text(as_json(found), "utf-8")
    assert refused(site) == ["The files are not those that were checked."]


def test_a_page_that_cannot_be_read(site: Path) -> None:
    (site / "loop.html").symlink_to("loop.html")
    rewrite(site)
    assert refused(site) == ["The file loop.html cannot be read."]


def test_a_pipe_in_the_site(site: Path) -> None:
    os.mkfifo(site / "pipe.html")
    rewrite(site)
    assert refused(site) == ["The file pipe.html cannot be read."]


def test_a_folder_that_leads_to_itself(site: Path) -> None:
    (site / "learn/again").symlink_to(site)
    assert refused(site) == []


def test_names_that_are_no_text(site: Path) -> None:
    (site / "\udcff.html").write_text("<p>", "utf-8")
    rewrite(site)
    assert refused(site) == []


@pytest.mark.parametrize(
    ("built", "checkout", "reasons"),
    [
        ((COMMIT, False), ("5d6e7f8" + "0" * 33, False), ["The site was built from 1a2b3c4, and this is 5d6e7f8."]),
        (("", False), (COMMIT, False), ["The site was built from no known commit, and this is 1a2b3c4."]),
        (("", True), (None, None), []),
        ((COMMIT, True), (COMMIT, False), ["The site was built from changes that are not committed."]),
        ((COMMIT, False), (COMMIT, True), ["Files were changed after the site was built."]),
        ((COMMIT, True), (COMMIT, True), []),
        ((COMMIT, True), (COMMIT, None), []),
    ],
)
def test_another_commit(
    site: Path, built: tuple[str, bool], checkout: tuple[str | None, bool | None], reasons: list[str]
) -> None:
    rewrite(site, commit=built[0], changed=built[1])
    assert refused(site, commit=checkout[0], changed=checkout[1]) == reasons


def test_every_reason_at_once(site: Path) -> None:
    rewrite(site, problems=[ERROR], partial=True)
    (site / "new.html").touch()
    assert refused(site, commit="5d6e7f8") == [
        "The check found 1 error.",
        "Only changed pages were checked: build without --dirty.",
        "1 file is not as checked: new.html (new).",
        "The site was built from 1a2b3c4, and this is 5d6e7f8.",
    ]


@pytest.mark.parametrize(
    ("checked", "at", "problems", "expected"),
    [
        (
            {"link": 41, "figure": 3, "answer": 5},
            (COMMIT, False),
            0,
            "41 links, 3 figures, 5 answers checked at 1a2b3c4",
        ),
        ({"link": 1, "figure": 0, "answer": 1}, (COMMIT, False), 0, "1 link, 1 answer checked at 1a2b3c4"),
        ({"link": 2}, (COMMIT, True), 0, "2 links checked at 1a2b3c4 and later changes"),
        ({"link": 2}, ("", True), 0, "2 links checked"),
        ({"link": 2}, (COMMIT, False), 1, "2 links checked at 1a2b3c4: 1 problem"),
        ({"link": 2}, ("", False), 2, "2 links checked: 2 problems"),
        ({"link": 0}, (COMMIT, False), 0, ""),
        ({}, ("", False), 3, ""),
    ],
)
def test_footer(checked: dict[str, int], at: tuple[str, bool], problems: int, expected: str) -> None:
    assert footer(checked, commit=at[0], changed=at[1], problems=problems) == expected
