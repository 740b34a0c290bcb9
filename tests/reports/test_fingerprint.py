"""What a fingerprint depends on, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest
from studyguide.model import Position, Problem
from studyguide.reports.fingerprint import fingerprints, without_places
from studyguide.reports.report import gather
from studyguide.waivers import Waived, Waiver

BASE = ("docs/a.md", 1, "LNK001", "`b.md` leads nowhere.", "[b](b.md)")


def of(path: str, line: int, code: str, message: str, text: str) -> str:
    problem = Problem(Position(path, line), code, message)
    return fingerprints(gather([problem], {path: "\n" * (line - 1) + text}, checked=""))[problem]


def test_is_the_same_in_every_release() -> None:
    assert of(*BASE) == "d3f492804f47259fb1e4d1d99ae6f23d"


def test_stays_where_lines_move() -> None:
    path, _, code, message, text = BASE
    assert of(path, 9, code, message, f"   {text} ") == of(*BASE)


def test_stays_where_the_lines_of_others_move() -> None:
    def taken(first: str) -> str:
        return of("docs/a.md", 1, "ID001", f"The id `x` is taken at {first}.", "## X")

    assert taken("docs/b.md:3:1") == taken("docs/b.md:44:7")
    assert taken("docs/b.md:3:1") != taken("docs/c.md:3:1")


@pytest.mark.parametrize(
    ("index", "other"), [(0, "docs/b.md"), (2, "LNK002"), (3, "`c.md` leads nowhere."), (4, "[c](b.md)")]
)
def test_differs_by_everything_else(index: int, other: str) -> None:
    assert of(*BASE[:index], other, *BASE[index + 1 :]) != of(*BASE)


def test_equal_problems_differ() -> None:
    problems = [Problem(Position("a.md", line), "LNK001", "Wrong.") for line in (1, 2, 3)]
    found = fingerprints(gather(problems, {"a.md": "same\nsame\nsame"}, checked=""))
    assert len(set(found.values())) == 3


def test_a_waiver_leaves_the_others_alone() -> None:
    first, second = (Problem(Position("a.md", line), "LNK001", "Wrong.") for line in (1, 2))
    texts = {"a.md": "same\nsame"}
    waiver = Waiver("LNK001", Position("a.md"), 1, 1, date(2027, 1, 31), "Later.")
    both = fingerprints(gather([first, second], texts, checked=""))
    assert fingerprints(gather([second], texts, checked="", waived=[Waived(first, waiver)])) == both


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("See docs/a.md:3:1.", "See docs/a.md."),
        ("See `docs/a.md:3`, and b.yml:1:2 too.", "See `docs/a.md`, and b.yml too."),
        ("At 10:30 there are 3 of 4.", "At 10:30 there are 3 of 4."),
        ("`#fig:3` leads nowhere.", "`#fig:3` leads nowhere."),
    ],
)
def test_places_lose_their_numbers(message: str, expected: str) -> None:
    assert without_places(message) == expected
