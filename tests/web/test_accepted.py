"""Failures that are accepted for a time: silent until then, and a finding once they are over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from studyguide.model import Position
from studyguide.web import Accepted, Settings, read_accepted
from web.conftest import QUICK, TODAY
from web.server import Says

if TYPE_CHECKING:
    from web.conftest import Checked
    from web.server import Web

PATH = "docs/reference/external.yml"
FORM = "Each entry is `- url: https://host/path`, with `until: 2027-01-31` and a `reason:`."


def accept(url: str, until: date = TODAY) -> tuple[Accepted]:
    return (Accepted(url, until, "It refuses programs.", Position(PATH, 3, 3)),)


def test_an_accepted_failure_is_silent_through_its_last_day(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says(403))
    assert checked(page, accepted=accept(page)) == ([], 1, ())


def test_an_accepted_failure_that_has_ended_is_silent_no_more(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says(403))
    failure, ended = checked(page, accepted=accept(page, TODAY - timedelta(days=1))).problems
    assert failure.code == "EXT004"
    assert str(ended) == (
        f"{PATH}:3:3: EXT005 The accepted failure `{page}` ended on 2026-11-24. "
        "Fix: Drop it; if the page still fails and is still worth a link, give it a later `until`."
    )
    assert ended.severity == "warning"


def test_a_page_that_is_there_again(web: Web, checked: Checked) -> None:
    page = web.page("/a", "")
    (problem,) = checked(page, accepted=accept(page)).problems
    assert str(problem) == (
        f"{PATH}:3:3: EXT005 The accepted failure `{page}` is over: the page is there again. Fix: Drop it."
    )


def test_an_accepted_failure_of_no_page(web: Web, checked: Checked) -> None:
    (problem,) = checked(web.page("/a", ""), accepted=accept("https://other.test/")).problems
    assert str(problem) == (
        f"{PATH}:3:3: EXT005 No page links to the accepted failure `https://other.test/`. "
        "Fix: Drop it, or mend its `url`."
    )


def test_what_was_not_checked_is_not_over(web: Web, checked: Checked) -> None:
    page = web.at("/a")
    assert checked(page, accepted=accept(page), settings=Settings(offline=True)) == ([], 0, (page,))


def test_a_star_stands_for_what_starts_so(web: Web, checked: Checked) -> None:
    gone, moved, other = web.at("/old/gone"), web.moves("/old/moved", "/there"), web.at("/other")
    there = web.page("/there", "")
    outcome = checked(gone, moved, there, other, accepted=accept(web.at("/old/*")))
    assert [problem.message for problem in outcome.problems] == [f"`{other}` is gone: the server answers 404."]


@pytest.mark.parametrize("pattern", ["", "#x", "*", "#*"])
def test_a_missing_anchor_can_be_accepted(web: Web, checked: Checked, pattern: str) -> None:
    page = web.page("/a", "")
    assert checked(f"{page}#x", accepted=accept(f"{page}{pattern}")) == ([], 1, ())


def test_an_anchor_accepts_no_other(web: Web, checked: Checked) -> None:
    page = web.page("/a", "")
    outcome = checked(f"{page}#x", f"{page}#y", accepted=accept(f"{page}#x"), settings=QUICK)
    assert [problem.message for problem in outcome.problems] == [f"`{page}` has no anchor `#y`."]


def test_reading_the_file() -> None:
    text = """\
# Pages that answer people only.
- url: https://forum.test/*
  until: 2027-01-31
  reason: It answers 403
    to every program.
- {url: "http://a.test/#b", until: "2026-12-01", reason: Being rebuilt.}
"""
    assert read_accepted(text, PATH) == (
        [
            Accepted(
                "https://forum.test/*", date(2027, 1, 31), "It answers 403 to every program.", Position(PATH, 2, 3)
            ),
            Accepted("http://a.test/#b", date(2026, 12, 1), "Being rebuilt.", Position(PATH, 6, 3)),
        ],
        [],
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "---\n"])
def test_a_file_that_accepts_nothing(text: str) -> None:
    assert read_accepted(text, PATH) == ([], [])


GOOD = "  until: 2027-01-31\n  reason: r\n"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "- url: https://a.test/\n",
            [
                (
                    "1:3: WAV003 The accepted failure `https://a.test/` has no `until` and no `reason`. "
                    "Fix: Say until when it is accepted, and why."
                )
            ],
        ),
        (
            "- url: https://a.test/\n  until: 2027-01-31\n  reason: ''\n",
            [
                (
                    "1:3: WAV003 The accepted failure `https://a.test/` has no `reason`. "
                    "Fix: Say until when it is accepted, and why."
                )
            ],
        ),
        (
            "- url: https://a.test/\n  until: ~\n  reason: r\n",
            [
                (
                    "1:3: WAV003 The accepted failure `https://a.test/` has no `until`. "
                    "Fix: Say until when it is accepted, and why."
                )
            ],
        ),
        *(
            (
                f"- url: https://a.test/\n  until: {day}\n  reason: r\n",
                [f"2:10: WAV004 `{day}` is not a date. Fix: Write it as 2027-01-31."],
            )
            for day in ("2027-02-30", "soon", "20270131", "2027-01-31 10:00")
        ),
        (
            f"- {GOOD.lstrip()}",
            [
                (
                    "1:3: WAV004 This accepted failure has no `url`. "
                    "Fix: Write the address in full; a `*` may stand at its end."
                )
            ],
        ),
        *(
            (
                f"- url: '{url}'\n{GOOD}",
                [
                    (
                        f"1:8: WAV004 `{url}` is not an address of the web. "
                        "Fix: Write the address in full; a `*` may stand at its end."
                    )
                ],
            )
            for url in ("page.md", "https://*.test/", "*")
        ),
        (
            f"- url: https://a.test/\n{GOOD}  owner: me\n",
            ["4:10: WAV004 An accepted failure has no `owner`. Fix: It has url, until, reason."],
        ),
        ("\n- https://a.test/\n", [f"2:3: WAV004 This entry has no fields. Fix: {FORM}"]),
        ("url: https://a.test/\n", [f"1:1: WAV004 This file is not a list of accepted failures. Fix: {FORM}"]),
        ("[" * 1_000, [f"1:1: WAV004 This file is not a list of accepted failures. Fix: {FORM}"]),
        (
            "- url: a: b\n",
            [
                (
                    "1:9: WAV004 This file is not YAML: mapping values are not allowed here. "
                    "Fix: Put a value that holds `: ` in quotes."
                )
            ],
        ),
        ("- &a [*a]\n", [f"1:3: WAV004 This entry has no fields. Fix: {FORM}"]),
    ],
)
def test_an_entry_that_is_not_whole_accepts_nothing(text: str, problems: list[str]) -> None:
    accepted, found = read_accepted(text, PATH)
    assert [str(problem).removeprefix(f"{PATH}:") for problem in found] == problems
    # A file that is no list at all is not read: what is accepted is not known.
    assert not accepted
    assert (accepted is None) == (not text.lstrip().startswith("- ") or ": b" in text)


def test_one_bad_entry_spoils_no_other() -> None:
    accepted, problems = read_accepted(f"- url: https://a.test/\n{GOOD}- nothing\n- url: https://b.test/\n{GOOD}", PATH)
    assert [entry.url for entry in accepted] == ["https://a.test/", "https://b.test/"]
    assert [problem.position.line for problem in problems] == [4]
