"""Ids that a rendered page has twice: a link to one cannot be told from a link to the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.directives.part import id_taken
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Position, Target
    from studyguide.text.source import Source


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every id that is on a page twice; a theme's own are its author's to mend."""
    for page, source in book.written():
        for key in sorted(key for key, times in page.ids.items() if times > 1):
            places = _written_ids(source, key)
            if places or book.project.directives:
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


def _written_ids(source: Source, key: str) -> list[Position]:
    """Return where an id is written: in raw HTML, or in an attribute list."""
    pattern = re.compile(rf"\bid\s*=\s*[\"']?{re.escape(key)}(?=[\"'\s>])|(?<=[{{ ])#{re.escape(key)}(?=[ }}])")
    return [source.position(match.start()) for match in pattern.finditer(source.prose)]
