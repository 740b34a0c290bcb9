"""What the self-test prints, word for word, and when it fails."""

from __future__ import annotations

import json

from studyguide.model import Position, Problem

from mutate.matrix import Matrix, Result, as_json, as_text
from mutate.mutant import Mutant, expect
from mutate.plan import Trial

BEFORE = {"docs/a.md": b"# A\n\n[B](b.md)\n"}
MUTANT = Mutant(
    Position("docs/a.md", 3),
    "`b.md` became `c.md`",
    {"docs/a.md": b"# A\n\n[B](c.md)\n"},
    (expect("LNK001", "docs/a.md", 3),),
)


def result(*problems: Problem, error: str = "") -> Result:
    return Result(Trial("page-link", MUTANT), problems, error)


def problem(line: int, code: str = "LNK001") -> Problem:
    return Problem(Position("docs/a.md", line, 5), code, "`c.md` leads nowhere.")


def matrix(*results: Result, kinds: tuple[str, ...] = ("page-link",)) -> Matrix:
    return Matrix(kinds, results, 0, BEFORE)


def test_all_caught() -> None:
    found = matrix(result(problem(3)), result(problem(1, "HDG001"), problem(3)))
    assert not found.fails
    assert as_text(found) == (
        "kind        mutants  caught  right line\n"
        "page-link         2       2           2\n"
        "\n"
        "1 kind, seed 0: 2 mutants, 2 caught, 2 at the right line."
    )


def test_miss_shows_what_was_changed_expected_and_reported() -> None:
    found = matrix(result(problem(3, "LNK002")), result())
    assert found.fails
    assert as_text(found) == (
        "kind        mutants  caught  right line\n"
        "page-link         2       0           0\n"
        "\n"
        "missed: page-link at docs/a.md:3: `b.md` became `c.md`\n"
        "    docs/a.md @@ -3 +3 @@\n"
        "    -[B](b.md)\n"
        "    +[B](c.md)\n"
        "  expected LNK001 at docs/a.md:3\n"
        "  reported LNK002 at docs/a.md:3:5: `c.md` leads nowhere.\n"
        "\n"
        "missed: page-link at docs/a.md:3: `b.md` became `c.md`\n"
        "    docs/a.md @@ -3 +3 @@\n"
        "    -[B](b.md)\n"
        "    +[B](c.md)\n"
        "  expected LNK001 at docs/a.md:3\n"
        "  reported nothing\n"
        "\n"
        "1 kind, seed 0: 2 mutants, 0 caught, 0 at the right line."
    )


def test_wrong_line_fails_too() -> None:
    found = matrix(result(problem(4)))
    assert found.fails
    assert "page-link         1       1           0" in as_text(found)
    assert "wrong line: page-link at docs/a.md:3: `b.md` became `c.md`" in as_text(found)


def test_problem_of_another_file_catches_nothing() -> None:
    elsewhere = Problem(Position("docs/b.md", 3), "LNK001", "`c.md` leads nowhere.")
    assert not result(elsewhere).is_caught


def test_build_that_stops_catches_nothing() -> None:
    found = matrix(result(problem(3), error="BuildError: no"))
    assert found.fails
    assert "  MkDocs stopped: BuildError: no" in as_text(found)


def test_kind_without_a_place_fails() -> None:
    found = matrix(result(problem(3)), kinds=("page-link", "tikz-end"))
    assert found.fails
    assert as_text(found).splitlines()[2:] == [
        "tikz-end    no place",
        "",
        "2 kinds, seed 0: 1 mutant, 1 caught, 1 at the right line; 1 of the kinds with no place.",
    ]


def test_every_expected_problem_has_to_be_there() -> None:
    both = Mutant(MUTANT.at, "", {}, (*MUTANT.expected, expect("NAV001", "docs/a.md", 1)))
    assert not Result(Trial("page-link", both), (problem(3),)).is_caught
    assert Result(Trial("page-link", both), (problem(3), problem(1, "NAV001"))).is_placed


def test_json_has_the_same() -> None:
    values = json.loads(as_json(matrix(result(problem(3)), result(problem(9)))))
    assert values["kinds"] == [{"kind": "page-link", "mutants": 2, "caught": 2, "right_line": 1}]
    assert values["misses"] == [
        {
            "kind": "page-link",
            "path": "docs/a.md",
            "line": 3,
            "change": "`b.md` became `c.md`",
            "caught": True,
            "expected": [{"codes": ["LNK001"], "path": "docs/a.md", "lines": [3]}],
            "reported": ["docs/a.md:9:5 LNK001 `c.md` leads nowhere."],
            "error": "",
        }
    ]
