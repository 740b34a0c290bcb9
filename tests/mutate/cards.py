"""Mistakes in what flashcards are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutate.insert import paragraphs
from mutate.mutant import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.mutant import Mutant
    from mutate.original import Original

LONG = f"It is {'very ' * 40}long."


def _term(original: Original, code: str, definition: str) -> Iterator[Mutant]:
    lines = ("/// term | gorge", "    id: term-gorge", "", definition, "///", "", "<!-- studyguide: flashcards -->")
    return paragraphs(original, code, *lines, at=1)


def card_long(original: Original) -> Iterator[Mutant]:
    return _term(original, "CRD001", LONG)


def card_that_says_its_answer(original: Original) -> Iterator[Mutant]:
    return _term(original, "CRD002", "A gorge is deep.")


KINDS = (
    Kind("card-long", card_long),
    Kind("card-that-says-its-answer", card_that_says_its_answer),
)
