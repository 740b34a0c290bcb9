"""The anchor contract, one YAML file a behaviour under ``gone``: what was published and what there is now go in.

    published, current:    inventories; a page's source is its address with `.md` where it is left out
    aliases: |             the aliases file
    became, blame:         what git knows, by path or path#id
    unsure:                files that git says were renamed and that have lost much of their text
    problems:              what is wrong, word for word; none where it is left out
    notes:                 what the problems say besides
    certain:               the lines that `--fix` adds

A file whose name ends in ``-nope`` is a near miss.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studyguide import fixes
from studyguide.kinds import KINDS
from studyguide.published import aliases, contract
from studyguide.published.contract import Rename
from studyguide.published.inventory import Entry, Inventory, PageEntry
from studyguide.text import quickyaml

CASES = sorted((Path(__file__).parent / "gone").glob("*.yml"))
PATH = "docs/reference/aliases.yml"


def inventory(case: dict[str, Any]) -> Inventory:
    pages = {
        url: PageEntry(page["title"], page.get("source", url.rstrip("/") + ".md"), page.get("anchors", {}))
        for url, page in case["pages"].items()
    }
    names = [kind.group for kind in KINDS.values()]
    groups = {name: {key: Entry(**item) for key, item in case.get(name, {}).items()} for name in names}
    return Inventory(pages, groups)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case(file: Path) -> None:
    case = quickyaml.load(file.read_text("utf-8"))
    published, current = inventory(case["published"]), inventory(case["current"])
    known, _ = aliases.read(case.get("aliases", ""), PATH)

    def asked(table: str) -> Any:
        return lambda path, key: case.get(table, {}).get(f"{path}#{key}" if key else path, "")

    def is_sure(path: str) -> bool:
        return path not in case.get("unsure", [])

    problems = contract.check(published, current, known, became=asked("became"), is_sure=is_sure, blame=asked("blame"))
    assert [str(problem) for problem in problems] == case.get("problems", [])
    assert [note for problem in problems for note in problem.notes] == case.get("notes", [])
    renames = contract.renames(published, current, known, became=asked("became"), is_sure=is_sure)
    certain = contract.with_aliases("", [rename for rename in renames if rename.certain], PATH) or ""
    assert certain.splitlines() == case.get("certain", [])
    # What the renames add is enough: those things are gone no more.
    mended, _ = aliases.read(contract.with_aliases(case.get("aliases"), renames, PATH) or "", PATH)
    left = contract.check(published, current, mended)
    assert len(left) == len(problems) - len(renames)


RENAMES = [Rename("learn/old/", "learn/new/", "it is so"), Rename("#a: b", "learn/é/#x", "it is so", certain=True)]


def _patch(found: list[Rename], text: str | None, path: str) -> str:
    """What ``studyguide check --fix --dry-run`` shows of these renames."""
    after = contract.with_aliases(text, found, path)
    return fixes.diff({} if text is None else {path: text}, {} if after is None else {path: after})


def test_the_patch_of_a_file_that_is_there() -> None:
    assert _patch(RENAMES, "# Moved\nx/: y/\n", PATH) == (
        "--- a/docs/reference/aliases.yml\n"
        "+++ b/docs/reference/aliases.yml\n"
        "@@ -1,2 +1,4 @@\n"
        " # Moved\n"
        " x/: y/\n"
        '+"/#a: b": learn/é/#x\n'
        "+learn/old/: learn/new/\n"
    )


def test_git_takes_the_patch_of_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    patch = _patch(RENAMES, None, PATH)
    assert patch.startswith("--- /dev/null\n+++ b/docs/reference/aliases.yml\n@@ -0,0 +1,2 @@\n")
    subprocess.run(
        ["git", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True,
        env={"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
    )  # fmt: skip
    found, problems = aliases.read((tmp_path / PATH).read_text("utf-8"), PATH)
    assert not problems
    assert [(alias.old, alias.new) for alias in found] == [("#a: b", "learn/é/#x"), ("learn/old/", "learn/new/")]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (None, "a/: b/\n"),
        ("", "a/: b/\n"),
        ("x/: y/", "x/: y/\na/: b/\n"),
        ("x/: y/\r\n", "x/: y/\r\na/: b/\r\n"),
        ("\ufeffx/: y/\n", "\ufeffx/: y/\na/: b/\n"),
        ("# nothing yet", "# nothing yet\na/: b/\n"),
        # A file that takes no more lines, or has this one, stays as it is.
        ("{x/: y/}\n", "{x/: y/}\n"),
        ("- x\n", "- x\n"),
        ('"x', '"x'),
        ("a/: c/\n", "a/: c/\n"),
    ],
)
def test_lines_are_added_as_the_file_writes_them(text: str | None, after: str) -> None:
    assert contract.with_aliases(text, [Rename("a/", "b/", "")], PATH) == after


def test_nothing_to_add() -> None:
    assert contract.with_aliases(None, [], PATH) is None
    assert contract.with_aliases("x", [], PATH) == "x"
    assert _patch([], None, PATH) == ""


PAGES = st.dictionaries(
    st.sampled_from(["", "a/", "b/", "c/"]),
    st.builds(
        PageEntry,
        st.sampled_from("XYZ"),
        st.sampled_from(["a.md", "b.md"]),
        st.dictionaries(st.sampled_from("pqr"), st.sampled_from("UVW")),
    ),
)


@given(PAGES, PAGES)
def test_everything_gone_is_said_once_and_adding_its_alias_settles_it(old: Any, new: Any) -> None:
    published, current = Inventory(old), Inventory(new)
    problems = contract.check(published, current, [])
    assert {problem.message.split("`")[1] for problem in problems} == {
        address or "/"
        for page, entry in old.items()
        for address in (
            [page] if page not in new else [f"{page}#{key}" for key in entry.anchors if key not in new[page].anchors]
        )
        for address in [f"/{address}" if address.startswith("#") else address]
    }
    assert len({str(problem) for problem in problems}) == len(problems)
    if new:
        lines = [f'"{problem.message.split("`")[1]}": "/"\n' for problem in problems]
        known, wrong = aliases.read("".join(lines), PATH)
        assert not wrong
        assert contract.check(published, current, known) == []
