"""What directives name and what has their names: options that name something of the guide, and ids that a page has lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.links import no_source, no_target
from studyguide.collect import SOURCES
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every option of a directive that names what is not there, and every directive that is not there."""
    yield from _lost(book)
    for part in book.parts.values():
        for key, position in part.references:
            # What the lab has is asked of the lab.
            if book.registry.get(key) or key.startswith("lab-"):
                continue
            if not key.startswith("src-"):
                yield no_target(key, book, position)
            elif SOURCES not in book.unread:
                yield no_source(key.removeprefix("src-"), book.registry, position)


def _lost(book: Book) -> Iterable[Problem]:
    """Yield a problem for everything that was read, and that the built page does not have."""
    for path, part in book.parts.items():
        page = book.site.pages.get(path)
        for target in part.targets if page else ():
            if page and target.id not in page.ids:
                message = f"The built page does not have this {target.kind}."
                fix = "Look for the plugin, hook or template that leaves it out."
                yield Problem(target.position, "ID002", message, fix)
