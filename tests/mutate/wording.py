"""Mistakes in words: about terms nobody has explained yet, and about the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.prose import running
from studyguide.checks.terms import is_looked_for

from mutate.insert import paragraphs
from mutate.mutant import Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.original import Found, Original, Placed


def term_unexplained(original: Original) -> Iterator[Mutant]:
    """Yield every term without its first link, in reading order: its name stands there alone."""
    for found in original.named("term"):
        uses = original.uses(found.id)
        if uses and is_looked_for(found.block.title) and _can_stand_alone(original, found, uses[0]):
            first = uses[0]
            files = original.apply([original.words(first, found.block.title)])
            change = f"the first link to `{found.id}` went"
            yield Mutant(first.link.position, change, files, (expect("TRM004", first.path, first.line),))


def _can_stand_alone(original: Original, found: Found, use: Placed) -> bool:
    """Return whether a term's bare name, in the place of this link, is the first that a reader sees of it."""
    order = list(original.pages)
    before = (order.index(use.path), use.line) < (order.index(found.path), found.first)
    line = original.sources[use.path].lines[use.line - 1].lower()
    name = found.block.title.lower()
    longer = [term.block.title.lower() for term in original.named("term") if name in term.block.title.lower()]
    return before and _is_prose(original, use) and not any(other in line for other in longer if other != name)


def _is_prose(original: Original, use: Placed) -> bool:
    source, at = original.sources[use.path], use.link.position
    return running(source)[source.offset(at.line) + at.column - 1] == "["


def number_by_hand(original: Original) -> Iterator[Mutant]:
    """Yield every reference to a figure or checkpoint with a number in its place."""
    for use in original.links:
        kind = {"fig": "Figure", "cp": "Checkpoint"}.get(use.anchor.partition("-")[0], "")
        if kind and not use.link.text and _is_prose(original, use):
            files = original.apply([original.words(use, f"{kind} 2")])
            expected = (expect("WRD001", use.path, use.line),)
            yield Mutant(use.link.position, f"a link to `{use.anchor}` became `{kind} 2`", files, expected)


def pointer_to_nothing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "WRD002", "The table below shows it.")


def count_wrong(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "WRD003", "There are three reasons:", "", "- One.", "- Two.")


KINDS = (
    Kind("term-unexplained", term_unexplained),
    Kind("number-by-hand", number_by_hand),
    Kind("pointer-to-nothing", pointer_to_nothing),
    Kind("count-wrong", count_wrong),
)
