"""Ids that a rendered page has twice: a link to one cannot be told from a link to the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.directives.block import HEADER_RE, block_end
from studyguide.directives.part import id_taken
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Position, Target
    from studyguide.text.source import Source

ALONE_RE = re.compile(r"[^<>]*/>")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every id that is on a page twice; a theme's own are its author's to mend."""
    for page, source in book.written():
        for key in sorted(key for key, times in page.ids.items() if times > 1):
            places = _written_ids(source, key)
            # Browsers open an anchor that never closes again in every block, and that is a problem already.
            if len(places) == 1 and _is_alone(places[0], source):
                continue
            if len(places) == 1 and not book.registry.get(key) and _is_asked(places[0], source):
                message = f"The id `{key}` is in the option of a question, which the page shows twice."
                yield Problem(places[0], "ID001", message, "Remove it, or give it to what follows the options.")
            elif places or book.project.directives:
                first, second = _two(places, book.registry.get(key), book.start(page))
                yield id_taken(key, second, first) if second != first else _unwritten(key, second)


def _unwritten(key: str, at: Position) -> Problem:
    """Return the problem of an id that nobody wrote into a page, and that the page has twice."""
    message = f"This page has the id `{key}` more than once, and its text has none: a template or a plugin puts it in."
    return Problem(at, "ID001", message, "Mend that, or name the page once in the navigation if it is there twice.")


def _two(places: list[Position], target: Target | None, start: Position) -> tuple[Position, Position]:
    """Return where an id is given first, and again: by a directive, in the text, or by what nobody wrote."""
    if len(places) > 1:
        return places[0], places[1]
    other = target.position if target else start
    return (other, places[0]) if places else (start, other)


def _is_alone(place: Position, source: Source) -> bool:
    """Return whether an id is in a tag that ends in `/>`."""
    return ALONE_RE.match(source.prose, source.offset(place.line) + place.column - 1) is not None


def _is_asked(place: Position, source: Source) -> bool:
    """Return whether a place is in a question, which shows its options again in its answer."""
    for index, line in enumerate(source.lines[: place.line]):
        opening = HEADER_RE.match(line)
        if opening and opening["name"] == "checkpoint":
            end = block_end(source.lines, index, opening)
            if end is not None and index < place.line - 1 < end:
                return True
    return False


def _written_ids(source: Source, key: str) -> list[Position]:
    """Return where an id is written: in raw HTML, or in an attribute list."""
    pattern = re.compile(rf"\bid\s*=\s*[\"']?{re.escape(key)}(?=[\"'\s>])|(?<=[{{ ])#{re.escape(key)}(?=[ }}])")
    return [source.position(match.start()) for match in pattern.finditer(source.prose)]
