"""What readers type for what the guide says: ``docs/reference/synonyms.txt``, for search.

    cost, price: pricing, bill   ->  Synonym(said=("cost", "price"), typed=("pricing", "bill"))

Nothing in it can be wrong: a line without a colon is words that mean the same.
"""

from __future__ import annotations

from typing import NamedTuple


class Synonym(NamedTuple):
    """One meaning: the guide's own words for it, and those of readers."""

    said: tuple[str, ...]
    typed: tuple[str, ...] = ()


def read(text: str) -> list[Synonym]:
    """Return the meanings of the file, a line each; ``#`` begins a remark."""
    lines = (line.partition("#")[0].partition(":") for line in text.splitlines())
    found = (Synonym(_phrases(said), _phrases(typed)) for said, _, typed in lines)
    return [synonym for synonym in found if synonym.said]


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase for part in text.split(",") if (phrase := " ".join(part.split())))
