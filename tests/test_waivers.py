"""Waivers by themselves: which lines each covers, and what the day says."""

from __future__ import annotations

from datetime import date

import pytest
from studyguide import waivers
from studyguide.codes import RULES
from studyguide.model import Position, Problem
from studyguide.text.source import Source

ENDS = date(2027, 1, 31)
WAIVER = '<!-- studyguide: ignore LNK001 until=2027-01-31 reason="It comes later." -->'


def spans(text: str) -> list[tuple[int, int]]:
    found, problems = waivers.read(Source("docs/a.md", text.replace("WAIVER", WAIVER)))
    assert not problems
    return [(waiver.first, waiver.last) for waiver in found]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("WAIVER\none\ntwo\n\nthree\n", (2, 3)),
        ("WAIVER\n\n\none\n\ntwo\n", (4, 4)),
        ("WAIVER\none", (2, 2)),
        ("WAIVER\n", (1, 1)),
        ("WAIVER\n```\none\n\ntwo\n```\nthree\n", (2, 6)),
        ("WAIVER\n/// figure | A\n    id: fig-a\n\none\n///\ntwo\n", (2, 6)),
        ("WAIVER\n//// note\n/// term | A\n///\n\none\n////\n", (2, 7)),
        ("WAIVER\n/// never closed\none\n\ntwo\n", (2, 3)),
        ("    WAIVER\n    is code\n", None),
        ("- a\n\n    WAIVER\n    - one\n    - two\n\n    - three\n", (4, 5)),
        ("> WAIVER\n> one\n\ntwo\n", (2, 2)),
        ("> WAIVER\n> /// term | A\n>     id: term-a\n>\n> A word.\n> ///\n> two\n", (2, 6)),
        ("> WAIVER\n> ```\n> one\n>\n> two\n> ```\n> three\n", (2, 6)),
        ("> WAIVER\n> one\n>\n> two\n", (2, 2)),
        ("- > WAIVER\n  > one\n  > two\n  >\n  > three\n", None),
        ("---\ntitle: A\n---\nWAIVER\none\n", (5, 5)),
        ("```\nWAIVER\n```\n", None),
        ("`WAIVER`\n", None),
        ("text WAIVER\n", None),
    ],
)
def test_waiver_covers_the_next_block(text: str, lines: tuple[int, int] | None) -> None:
    assert spans(text) == ([lines] if lines else [])


def test_waivers_above_one_another_cover_the_same_block() -> None:
    assert spans("WAIVER\nWAIVER\none\n\ntwo\n") == [(3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# WAIVER\na:\n  b: 1\n  c: 2\nd: 3\n", (2, 4)),
        ("a:\n  # WAIVER\n  b: 1\n  c: 2\n", (3, 3)),
        ("nav:\n  # WAIVER\n  - a.md\n  - b.md\n", (3, 3)),
        ("# WAIVER\n# a comment\n\na: 1", (4, 4)),
        ("# WAIVER", (1, 1)),
    ],
)
def test_waiver_in_yaml_covers_the_next_entry(text: str, lines: tuple[int, int]) -> None:
    words = WAIVER.removeprefix("<!-- ").removesuffix(" -->")
    found, problems = waivers.read_yaml(text.replace("WAIVER", words), "docs/a.yml")
    assert [(waiver.first, waiver.last) for waiver in found] == [lines]
    assert not problems


def test_what_is_nearly_a_waiver_in_yaml_is_a_problem() -> None:
    words = 'ignore NAV002 until=2027-01-31 reason="x"'
    lines = (
        "nav:", f"  # studyguide: {words.replace('ignore', 'ignor')}", f"  - a.md  # studyguide: {words}",
        f"  # Studyguide: {words}", "  # studyguide: checks of the guide", f"  - 'x#studyguide: {words}'",
        f"  #studyguide:{words}", "  - b.md",
    )  # fmt: skip
    found, problems = waivers.read_yaml("\n".join(lines), "mkdocs.yml")
    assert [waiver.first for waiver in found] == [8]
    fix = 'Write `# studyguide: ignore CODE until=2027-01-31 reason="..."`, on a line of its own above the entry.'
    assert [str(problem) for problem in problems] == [
        f"mkdocs.yml:{place}: WAV004 This waiver cannot be read. Fix: {fix}" for place in ("2:3", "3:11", "4:3")
    ]


@pytest.mark.parametrize("day", ["20270131", "2027-W04-7", "2027-1-31", "2027-02-30", "31.01.2027"])
def test_a_day_that_is_written_otherwise_is_no_end(day: str) -> None:
    text = f'<!-- studyguide: ignore LNK001 until={day} reason="It comes." -->\none\n'
    found, (problem,) = waivers.read(Source("docs/a.md", text))
    assert not found
    assert problem.message == "This waiver of LNK001 has no end, so it waives nothing."


def test_waiver_holds_until_the_end_of_its_day() -> None:
    found, _ = waivers.read(Source("docs/a.md", f"{WAIVER}\none\n"))
    problem = Problem(Position("docs/a.md", 2), "LNK001", "`one` leads nowhere.")
    standing, waived = waivers.apply([problem], found, today=ENDS)
    assert (standing, [pair.problem for pair in waived]) == ([], [problem])
    standing, waived = waivers.apply([problem], found, today=date(2027, 2, 1))
    assert [entry.code for entry in standing] == ["WAV002", "LNK001"]
    assert not waived


@pytest.mark.parametrize(
    "problem",
    [
        Problem(Position("docs/a.md", 2), "LNK002", "another code"),
        Problem(Position("docs/b.md", 2), "LNK001", "another file"),
        Problem(Position("docs/a.md", 3), "LNK001", "past the block"),
    ],
    ids=lambda problem: problem.message,
)
def test_waiver_waives_nothing_else(problem: Problem) -> None:
    found, _ = waivers.read(Source("docs/a.md", f"{WAIVER}\none\n\ntwo\n"))
    standing, waived = waivers.apply([problem], found, today=ENDS)
    assert sorted(entry.code for entry in standing) == sorted([problem.code, "WAV001"])
    assert not waived


def test_one_waiver_is_enough_for_every_finding_of_its_code() -> None:
    found, _ = waivers.read(Source("docs/a.md", f"{WAIVER}\none\ntwo\n"))
    problems = [Problem(Position("docs/a.md", line), "LNK001", "gone") for line in (2, 3)]
    standing, waived = waivers.apply(problems, found, today=ENDS)
    assert (standing, len(waived)) == ([], 2)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.family == "external"])
def test_waiver_of_what_was_not_looked_at_may_be_needed(code: str) -> None:
    found, _ = waivers.read(Source("docs/a.md", f"{WAIVER.replace('LNK001', code)}\none\n"))
    assert waivers.apply([], found, today=ENDS, unchecked={"external"}) == ([], [])
    assert [entry.code for entry in waivers.apply([], found, today=ENDS)[0]] == ["WAV001"]


def test_every_code_can_be_waived() -> None:
    """A waiver of a finding about waivers has to be read too, whatever it is worth."""
    for code in RULES:
        found, problems = waivers.read(Source("docs/a.md", f"{WAIVER.replace('LNK001', code)}\none\n"))
        assert ([waiver.code for waiver in found], problems) == ([code], [])


def test_readers_do_not_see_waivers_and_do_see_those_shown_as_code() -> None:
    lines = [WAIVER, "one", "```", WAIVER, "```", "", f"    {WAIVER}", "", f"`{WAIVER}`"]
    assert waivers.blank(lines) == ["", *lines[1:]]
