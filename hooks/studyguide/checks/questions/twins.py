"""Questions that are asked twice: the same words, or nearly the same with the same answer.

Only questions that share words in a row are compared, so the time grows with their number and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from studyguide.checks.questions.asked import roots, words
from studyguide.model import Problem
from studyguide.text.source import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studyguide.checks.questions.asked import Asked

# Of a hundred: how alike two questions are, and their right options, that are the same in other words.
ALIKE, ANSWERS_ALIKE = 85, 75
# Shorter ones, such as "What is wrong?", live by what stands below them.
FEWEST = 6
# Words in a row, and one in how many such rows two questions that are alike have in common at the least.
RUN, SHARED = 3, 5
# What more questions than these have in common is a phrase of the house.
MOST = 24


def check(questions: Sequence[Asked]) -> Iterator[Problem]:
    """Yield each question that another before it asks already."""
    asked = [f"{question.stem} {question.setting}".strip() for question in questions]
    told = [words(text) for text in asked]
    # Another order of the same words is no other question.
    parts = [" ".join(sorted(each)) for each in told]
    answers = [" ".join(sorted(words(_answer(question)))) for question in questions]
    first: dict[str, int] = {}
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, text in enumerate(asked):
        each = told[index]
        runs = set(zip(*(each[first:] for first in range(RUN)), strict=False))
        shared = Counter(other for run in runs for other in held[run][-MOST:])
        near = [other for other, count in shared.items() if count * SHARED >= len(runs)]
        for run in runs:
            held[run].append(index)
        same = first.setdefault(text.casefold(), index)
        if same != index and (len(each) >= FEWEST or _options(questions[index]) == _options(questions[same])):
            yield _problem(questions[index], questions[same], exact=True)
        elif same == index and len(each) >= FEWEST:
            alike = [
                (score, -other)
                for other in near
                if (score := fuzz.ratio(parts[index], parts[other], score_cutoff=ALIKE))
                and fuzz.ratio(answers[index], answers[other], score_cutoff=ANSWERS_ALIKE)
            ]
            if alike:
                yield _problem(questions[index], questions[-max(alike)[1]], exact=False)


def _problem(question: Asked, other: Asked, *, exact: bool) -> Problem:
    where = other.value.position
    if exact:
        message = f"`{other.value.id}` at {where} asks the same in the same words."
        return Problem(question.value.position, "QST003", message, "Ask something else, or remove one of them.")
    message = f"`{other.value.id}` at {where} asks nearly the same and has nearly the same answer."
    return Problem(
        question.value.position, "QST003", message, "Ask for something else, or remove one of them.", level="hint"
    )


def _options(question: Asked) -> frozenset[frozenset[str]]:
    return frozenset(map(roots, question.options))


def _answer(question: Asked) -> str:
    return " ".join(
        f"{question.options[index]} {plain(question.value.choices[index].match)}" for index in question.rights
    )
