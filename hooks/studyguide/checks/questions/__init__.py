"""Questions, looked at as an examiner does: what gives an answer away, and what a reader could not know.

Each rule is one for words: it finds what is so, or probably so, and never says that a question is good.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from studyguide.checks.questions import explained, guesses, options, sourced, twins, wording
from studyguide.checks.questions.asked import KEPT, Asked, asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studyguide.checks.book import Book
    from studyguide.model import Checkpoint, Problem

__all__ = ["Asked", "asked", "check"]

# A word that more than one question in so many has is no hint in any of them, nor is one of a few questions.
ONE_IN, A_FEW = 12, 3


def check(book: Book) -> Iterable[Problem]:
    """Yield what is wrong with the questions of a guide."""
    facts = tuple((entry.key, f"{entry.fact} {entry.title}") for entry in book.cited)
    yield from _found(tuple(part.checkpoints for part in book.parts.values() if part.checkpoints), facts)


@lru_cache(maxsize=1)
def _found(pages: tuple[tuple[Checkpoint, ...], ...], facts: tuple[tuple[str, str], ...]) -> tuple[Problem, ...]:
    """Return what is wrong with questions; a server asks again at every save, and most saves are of other words."""
    return tuple(look([[asked(checkpoint) for checkpoint in page] for page in pages], dict(facts)))


def look(pages: Sequence[Sequence[Asked]], facts: dict[str, str]) -> Iterable[Problem]:
    """Yield what is wrong with questions, page by page, whose sources state these facts."""
    questions = list({question.value.position: question for page in pages for question in page}.values())
    common = _common(questions)
    for question in questions:
        yield from _alone(question.value, common)
    for page in pages:
        yield from explained.check_page(page)
    yield from twins.check(questions)
    yield from sourced.check(questions, facts)
    yield from guesses.check(questions)


@lru_cache(maxsize=KEPT)
def _alone(value: Checkpoint, common: frozenset[str]) -> tuple[Problem, ...]:
    """Return what is wrong with one question, whatever the others are: a save changes few of them."""
    question = asked(value)
    chosen = options.check(question, common) if question.is_chosen else ()
    return (*wording.check(question), *explained.check(question, common), *chosen)


def _common(questions: Sequence[Asked]) -> frozenset[str]:
    """Return the words that many questions have."""
    counts = Counter(word for question in questions for word in question.about)
    return frozenset(word for word, count in counts.items() if count > max(A_FEW, len(questions) / ONE_IN))
