"""The options of directives that name something of the guide: an objective, a fact given as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.links import no_source, no_target
from studyguide.collect import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Problem


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every option of a directive that names what is not there."""
    for part in book.parts.values():
        for key, position in part.references:
            if book.registry.get(key):
                continue
            if not key.startswith("src-"):
                yield no_target(key, book, position)
            elif SOURCES not in book.unread:
                yield no_source(key.removeprefix("src-"), book.registry, position)
