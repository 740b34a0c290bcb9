"""Fixing: an edit changes what it says, where it says, and nothing else."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studyguide import fixes
from studyguide.model import Edit, Position, Problem

if TYPE_CHECKING:
    from pathlib import Path


def problem(line: int, column: int, old: str, new: str, path: str = "a.md") -> Problem:
    at = Position(path, line, column)
    return Problem(at, "LNK002", "It leads nowhere.", edit=Edit(at, old, new))


def one(text: str, *problems: Problem) -> str:
    return fixes.apply(problems, {"a.md": text}).texts["a.md"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("one\n(old)\n", "one\n(new)\n"),
        ("one\r\n(old)\r\n", "one\r\n(new)\r\n"),
        ("one\r(old)\r", "one\r(new)\r"),
        ("one\r\n(old)\nmixed\r(old)", "one\r\n(new)\nmixed\r(old)"),
        ("\ufeffone\n(old)", "\ufeffone\n(new)"),
        # What Python calls a line end and Markdown does not.
        ("o\u2028n\x0ce\n(old)", "o\u2028n\x0ce\n(new)"),
    ],
)
def test_line_ends_marks_and_a_missing_last_line_end_stay(text: str, mended: str) -> None:
    assert one(text, problem(2, 2, "old", "new")) == mended


def test_columns_count_characters_behind_the_byte_order_mark() -> None:
    assert one("\ufeffé€𝄞 old", problem(1, 5, "old", "new")) == "\ufeffé€𝄞 new"


def test_several_on_a_line() -> None:
    assert one("a bb c", problem(1, 1, "a", "long"), problem(1, 6, "c", ""), problem(1, 3, "bb", "b")) == "long b "


def test_adjacent_edits_and_insertions() -> None:
    assert one("ab", problem(1, 1, "a", "x"), problem(1, 2, "b", "y"), problem(1, 3, "", "z")) == "xyz"


def test_of_two_that_contradict_each_other_none_is_certain() -> None:
    first, second, same = problem(1, 1, "abc", "x"), problem(1, 2, "bcd", "y"), problem(1, 1, "abc", "x")
    far = problem(1, 6, "f", "z")
    applied = fixes.apply([first, second, same, far], {"a.md": "abcdef"})
    assert applied == ({"a.md": "abcdez"}, (far,), (first, second, same))


def test_the_same_edit_twice_is_one() -> None:
    first, same = problem(1, 1, "abc", "x"), problem(1, 1, "abc", "x")
    assert fixes.apply([first, same], {"a.md": "abcd"}) == ({"a.md": "xd"}, (first, same), ())


@pytest.mark.parametrize(
    "misfit",
    [
        problem(1, 1, "new", "x"),
        problem(1, 4, "d\ne", "x"),
        problem(1, 1, "abc", "x\ny"),
        problem(1, 6, "", "x"),
        problem(9, 1, "abc", "x"),
        problem(0, 1, "abc", "x"),
        problem(1, 0, "", "x"),
        problem(1, 1, "abc", "x", path="b.md"),
    ],
)
def test_an_edit_that_does_not_fit_is_skipped(misfit: Problem) -> None:
    applied = fixes.apply([misfit], {"a.md": "abcd\nefgh"})
    assert applied == ({"a.md": "abcd\nefgh"}, (), (misfit,))


def test_a_problem_without_an_edit_is_neither() -> None:
    assert fixes.apply([Problem(Position("a.md"), "LNK002", "?")], {"a.md": "x"}) == ({"a.md": "x"}, (), ())


INLINE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20)
# A lone carriage return before a line feed would be one line end.
ENDS = st.sampled_from([["\n", "\r\n"], ["\r"]])


@given(st.data(), st.lists(INLINE, min_size=1), ENDS, st.sampled_from(["", "\ufeff"]))
def test_nothing_but_the_edited_spans_changes(
    data: st.DataObject, lines: list[str], ends: list[str], mark: str
) -> None:
    problems, text, expected = [], mark, mark
    for number, words in enumerate([line.lstrip("\ufeff") for line in lines], start=1):
        end = data.draw(st.sampled_from(ends if number < len(lines) else ["", *ends]))
        cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), max_size=6, unique=True)))
        done = 0
        for start, stop in zip(cuts[::2], cuts[1::2], strict=False):
            new = data.draw(INLINE)
            problems.append(problem(number, start + 1, words[start:stop], new))
            expected += words[done:start] + new
            done = stop
        text, expected = text + words + end, expected + words[done:] + end
    applied = fixes.apply(data.draw(st.permutations(problems)), {"a.md": text, "b.md": "untouched"})
    assert applied.texts == {"a.md": expected, "b.md": "untouched"}
    assert not applied.skipped


def test_the_diff() -> None:
    before = {"a.md": "one\ntwo\r\nthree", "same.md": "x"}
    after = {"a.md": "one\n2\r\n3", "same.md": "x", "new.yml": "a: b\n"}
    assert fixes.diff(before, after) == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n one\n-two\r\n-three\n\\ No newline at end of file\n"
        "+2\r\n+3\n\\ No newline at end of file\n--- /dev/null\n+++ b/new.yml\n@@ -0,0 +1 @@\n+a: b\n"
    )
    assert fixes.diff(before, before) == ""


def test_git_takes_the_diff(tmp_path: Path) -> None:
    before = {"my page.md": "one\ntwo\r\nthree\x0c\u2028", "café.md": "a\n"}
    after = {"my page.md": "one\n2\r\nthree\x0c\u2028!", "café.md": "a\nb\n", "sub/new one.yml": "a: b\n"}
    for path, text in before.items():
        (tmp_path / path).write_bytes(text.encode())
    patch = fixes.diff(before, after).encode()
    environment = {"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, env=environment, input=patch, check=True, capture_output=True)
    assert {path: (tmp_path / path).read_bytes().decode() for path in after} == after
