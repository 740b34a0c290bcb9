"""A report as text, word for word."""

from __future__ import annotations

import pytest
from studyguide.model import Position, Problem
from studyguide.reports.report import Report, gather
from studyguide.reports.text import clip, delta, render, report, summary, visible

HELP = "https://lambda-vpc-study-guide.github.io/authoring/problems/"


def at(
    line: int, column: int = 1, *, code: str = "LNK001", path: str = "docs/a.md", message: str = "Wrong."
) -> Problem:
    return Problem(Position(path, line, column), code, message)


def test_everything_then_one_summary_line(mixed: Report) -> None:
    expected = f"""\
docs/a page, 100%.png:1:1: warning AST001 Nothing uses this file.
  Fix: Remove it.
  Help: {HELP}#ast001

docs/index.md:3:24: error LNK001 `learn/keyterms.md` leads nowhere.
    3 | [Gone](learn/gone.md), [near](learn/keyterms.md) and [fine](learn/key-terms.md).
      |                        ^
  Fix: Did you mean `learn/key-terms.md`?
  Note: Commit 1a2b3c4 renamed it.
  Help: {HELP}#lnk001

docs/z.md:2:5: hint PRT001 `[](#fig-a)` works on the site only.
    2 | See [](#fig-a).
      |     ^
  Help: {HELP}#prt001

3 problems (1 error, 1 warning, 1 hint) in 3 files. Waived 1 problem. Checked 3 pages, 4 links. \
Not checked: the anchors of 1 page."""
    assert report(mixed) == expected


def test_nothing_found_is_one_line(clean: Report) -> None:
    assert report(clean) == "No problems. Checked 1 page, 2 links."


@pytest.mark.parametrize(
    ("problems", "not_checked", "expected"),
    [
        ([], [], "No problems. Checked 2 pages."),
        (
            [],
            ["the anchors of 3 pages", "other sites"],
            (
                "No problems found, but not everything was checked. Checked 2 pages. "
                "Not checked: the anchors of 3 pages; other sites."
            ),
        ),
        ([at(1)], [], "1 problem (1 error) in 1 file. Checked 2 pages."),
        (
            [at(1), at(2), at(1, code="PRT001", path="docs/b.md")],
            [],
            "3 problems (2 errors, 1 hint) in 2 files. Checked 2 pages.",
        ),
        (
            [at(1, code="NAV001"), at(2, code="NAV001")],
            ["x"],
            "2 problems (2 warnings) in 1 file. Checked 2 pages. Not checked: x.",
        ),
    ],
)
def test_summary(problems: list[Problem], not_checked: list[str], expected: str) -> None:
    assert summary(problems, "2 pages", not_checked) == expected


def test_summary_of_no_check_claims_none() -> None:
    assert summary([], "", ["the site"]) == "No problems found, but not everything was checked. Not checked: the site."


def test_caret_moves_with_the_number_of_the_line() -> None:
    shown = render(at(123456, 3), {("docs/a.md", 123456): "abc"}).splitlines()
    assert shown[1:3] == ["123456 | abc", "       |   ^"]


@pytest.mark.parametrize("line", ["", "   \t"])
def test_no_excerpt_of_an_empty_line(line: str) -> None:
    shown = render(at(1), {("docs/a.md", 1): line})
    assert shown == f"docs/a.md:1:1: error LNK001 Wrong.\n  Help: {HELP}#lnk001"


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("short", 3, "short", 2),
        ("short", 99, "short", 5),
        ("short", 0, "short", 0),
        ("a\tb", 3, "a b", 2),
        ("a\x1b[31m\x00b", 8, "a·[31m·b", 7),
        ("a\u202eb", 3, "a·b", 2),
        ("日本x", 3, "日本x", 4),
        ("e\u0301x", 3, "e\u0301x", 1),
        ("x" * 100, 100, "x" * 100, 99),
        ("x" * 101, 1, "x" * 99 + "…", 0),
        ("x" * 101, 101, "…" + "x" * 99, 99),
        ("x" * 149 + "!" + "x" * 150, 150, "…" + "x" * 49 + "!" + "x" * 48 + "…", 50),
    ],
)
def test_clip(line: str, column: int, shown: str, caret: int) -> None:
    assert clip(line, column) == (shown, caret)


def test_clip_shows_a_hundred_characters_at_most_and_the_one_at_fault() -> None:
    line = "".join(chr(0x100 + index) for index in range(300))
    for column in range(1, 301):
        shown, caret = clip(line, column)
        assert len(shown) == 100
        assert shown[caret] == line[column - 1]


def test_a_message_stays_on_its_line() -> None:
    shown = render(at(1, message="`a\n::error::b\x1b[2J\ud800` leads nowhere."), {})
    assert shown.splitlines()[0] == "docs/a.md:1:1: error LNK001 `a ::error::b·[2J·` leads nowhere."


def test_visible_leaves_letters_of_every_script() -> None:
    assert visible("naïve — 日本 عربي 🙂") == "naïve — 日本 عربي 🙂"


def checked(text: str, *problems: Problem) -> Report:
    return gather(problems, {"docs/a.md": text}, checked="1 page")


def test_delta_counts_new_fixed_and_unchanged() -> None:
    before = checked("one\ntwo\nthree\n", at(1), at(2), at(3))
    now = checked("zero\none\nthree\nfour\n", at(2), at(3), at(4))
    assert delta(before, now) == "1 new, 1 fixed, 2 unchanged"
    assert delta(now, before) == "1 new, 1 fixed, 2 unchanged"
    assert delta(now, now) == "0 new, 0 fixed, 3 unchanged"


def test_delta_counts_equal_problems_each() -> None:
    before = checked("same\nsame\nsame\n", at(1), at(2), at(3))
    now = checked("same\nother\n", at(1))
    assert delta(before, now) == "0 new, 2 fixed, 1 unchanged"
    assert delta(now, before) == "2 new, 0 fixed, 1 unchanged"
