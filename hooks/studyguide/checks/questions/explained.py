"""Reasons that are not those of their option, and questions that give another's answer away.

- [ ] A NAT gateway
    > Right. It keeps the traffic inside.      ->  QST009: the option is marked as wrong
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from studyguide.checks.questions.asked import roots
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from studyguide.checks.questions.asked import Asked

# The verdict that a reason begins with.
RIGHT_RE = re.compile(r"(?:that(?:'s| is) |this is )?(?:right|correct|true)(?: answer)?[.!:]", re.IGNORECASE)
WRONG_RE = re.compile(
    r"(?:that(?:'s| is) |this is )?(?:wrong|incorrect|not right|not correct|false)[.!:]", re.IGNORECASE
)
# So many words of the other's option, one way or both together, and none of their own: fewer is how a reason compares.
SWAPPED = 3
# An answer of fewer words than these can stand anywhere.
FEWEST = 4


def check(question: Asked, common: Collection[str]) -> Iterator[Problem]:
    """Yield the reasons of one question that belong elsewhere; ``common`` are words that many questions have."""
    if question.value.kind not in ("one", "several", "fill", "number", "fault"):
        return
    for choice, reason in zip(question.value.choices, question.reasons, strict=True):
        verdict, other = (WRONG_RE, "wrong") if choice.right else (RIGHT_RE, "right")
        if verdict.match(reason):
            marked = "right" if choice.right else "wrong"
            message = f"This option is marked as {marked}, and its reason begins by calling it {other}."
            yield Problem(
                choice.position,
                "QST009",
                message,
                "Change the mark, or put the reason of this option here.",
                level="warning",
            )
    if question.is_chosen:
        yield from _swapped(question, common)


def _swapped(question: Asked, common: Collection[str]) -> Iterator[Problem]:
    """Yield pairs of options of which a reason speaks of the other's words, and neither of words of its own."""
    own = [
        topic.difference(
            question.about, common, *(each for other, each in enumerate(question.topics) if other != index)
        )
        for index, topic in enumerate(question.topics)
    ]
    said = [roots(reason) for reason in question.reasons]
    for one, two in combinations(range(len(own)), 2):
        there, back = said[one] & own[two], said[two] & own[one]
        if len(there) + len(back) >= SWAPPED and not said[one] & own[one] and not said[two] & own[two]:
            here, other = (question.value.choices[index] for index in ((one, two) if there else (two, one)))
            message = f"This reason speaks of the option at {other.position}, and of nothing in its own."
            yield Problem(here.position, "QST009", message, "Look whether the two were swapped.")


def check_page(questions: Sequence[Asked]) -> Iterator[Problem]:
    """Yield the questions of one page whose answer another one tells while it asks."""
    for question in questions:
        if question.value.kind != "one" or len(question.rights) != 1:
            continue
        answer = question.topics[question.rights[0]] - question.about
        rest = [topic - question.about for index, topic in enumerate(question.topics) if index not in question.rights]
        if len(answer) < FEWEST:
            continue
        for other in questions:
            if other is not question and any(
                answer <= each and not any(wrong <= each for wrong in rest) for each in other.told
            ):
                message = (
                    f"`{other.value.id}` at {other.value.position} tells the answer to this question while it asks."
                )
                fix = "Say there only what it needs, or put the two on different pages."
                yield Problem(question.value.position, "QST010", message, fix)
                break
