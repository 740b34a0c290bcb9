"""What is said of how questions are worded: a case of each rule in ``questions.yml``, and what must not be said beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from studyguide import directives
from studyguide.checks import questions
from studyguide.checks.questions import guesses
from studyguide.text import quickyaml
from studyguide.text.source import Source

FIX = "Fix: Reword the options of some, this one among them, or move them, until the rule is of no use."
STRANGERS: dict[str, list[list[str]]] = quickyaml.load((Path(__file__).parent / "strangers.yml").read_text("utf-8"))
CASES: dict[str, Any] = quickyaml.load((Path(__file__).parent / "questions.yml").read_text("utf-8"))


def asked(page: str) -> list[questions.Asked]:
    return [questions.asked(checkpoint) for checkpoint in directives.read(Source("docs/page.md", page)).checkpoints]


def one(number: int, right: int, *options: str) -> str:
    """Return a question of its own with these options."""
    items = [f"- [{'x' if at == right else ' '}] {text}\n    > Why.\n" for at, text in enumerate(options)]
    return f"/// checkpoint | Q{number}?\n    id: cp-{number}\n\n{''.join(items)}///\n\n"


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case = CASES[name]
    found = sorted(questions.look([asked(case["page"])], case.get("facts", {})))
    assert [str(problem).removeprefix("docs/page.md:") for problem in found] == case.get("problems", [])


def test_a_rule_is_a_warning_only_where_it_is_certain() -> None:
    levels = {
        name: [problem.severity for problem in sorted(questions.look([asked(CASES[name]["page"])], {}))]
        for name in CASES
    }
    assert levels["overlap"] == ["hint", "warning"]
    assert levels["reason-elsewhere"] == ["warning", "warning", "hint", "hint"]
    assert levels["asked-twice"] == ["warning", "hint"]


def test_a_guess_that_is_always_right_is_reported_at_its_plainest_question() -> None:
    pages = [
        asked(
            "".join(
                one(
                    n,
                    n % 4,
                    *[f"Word {'and more ' * (9 if n == 7 else 2) if at == n % 4 else ''}{at}" for at in range(4)],
                )
                for n in range(20)
            )
        )
    ]
    (found,) = (str(problem) for problem in questions.look(pages, {}))
    said = (
        "docs/page.md:92:1: QST014 The longest option is right in 20 of 20 questions, and chance makes 5 of them so. "
    )
    assert found == said + FIX


def test_a_guess_that_is_never_right_is_reported() -> None:
    pages = [asked("".join(one(n, 1 + n % 3, "Yes", "Na", "Ne", "Ni") for n in range(40)))]
    found = [str(problem) for problem in guesses.check(pages[0])]
    assert (
        "docs/page.md:1:1: QST014 The option that begins with yes is right in 0 of 40 questions, and chance makes 10 of them so. "
        + FIX
        in found
    )


def test_guesses_say_nothing_of_few_questions_or_of_a_balanced_bank() -> None:
    few = asked("".join(one(n, 0, "Longer", "A", "B", "C") for n in range(19)))
    balanced = asked("".join(one(n, n % 4, "Longer", "Aa", "Bb", "Cc") for n in range(40)))
    assert list(guesses.check(few)) == []
    assert list(guesses.check(balanced)) == []


def test_right_letters_that_are_always_the_same_two_are_reported() -> None:
    page = "".join(
        f"/// checkpoint | Q{n}?\n    id: cp-{n}\n\n"
        + "".join(f"- [{'x' if at in (0, 2) else ' '}] {letter}{n}\n    > Why.\n" for at, letter in enumerate("pqrst"))
        + "///\n\n"
        for n in range(12)
    )
    (found,) = (str(problem) for problem in guesses.check(asked(page)))
    said = "docs/page.md:1:1: QST014 A and C are right in 12 of 12 questions, and chance makes 1 of them so. "
    assert found == said + "Fix: Move the right options of some to other places."


@pytest.mark.parametrize(
    ("scores", "count", "taken"),
    [
        ([3, 1, 2], 1, [1, 0, 0]),
        ([1, 1, 0], 1, [0.5, 0.5, 0]),
        ([2, 1, 1], 2, [1, 0.5, 0.5]),
        ([0, 0, 0], 3, [1, 1, 1]),
    ],
)
def test_a_guess_takes_a_part_of_what_is_equal(scores: list[int], count: int, taken: list[float]) -> None:
    assert guesses.shares(scores, count) == taken


def test_the_questions_of_strangers_are_left_alone_but_for_what_is_so() -> None:
    found = []
    for name, rows in STRANGERS.items():
        page = "".join(
            f"/// checkpoint | {stem}\n    id: cp-{number}\n\n"
            + "".join(f"- [{'x' if text[0] == '*' else ' '}] {text.lstrip('*')}\n    > Why.\n" for text in options)
            + "///\n\n"
            for number, (stem, *options) in enumerate(rows)
        )
        found += [f"{name}: {each.code} {each.message}" for each in sorted(questions.look([asked(page)], {}))]
    assert sum(map(len, STRANGERS.values())) == 48
    assert found == [
        "geography: QST002 This question asks for the opposite, and its `not` is plain text.",
        "programming: QST006 Of all options only the right one repeats `call`, a word of the question.",
        "programming: QST002 This question asks for the opposite, and its `cannot` is plain text.",
    ]
