"""The navigation against the pages: a page that it leaves out, an entry that leads to none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Position, Problem
from studyguide.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every page outside nav and every entry without a page."""
    for entry in book.listing.missing:
        if entry.path in book.missing:
            fix = f"{did_you_mean(entry.path, book.sources)}Give the path of a page below docs, or remove the entry."
            message = f"The navigation names `{entry.path}`, and there is no such page."
            yield Problem(entry.position, "NAV002", message, fix, book.notes(entry.path))
    for page in book.listing.pages if book.project.whole_nav else ():
        if page.outside and not page.made_by:
            fix = f"Add `{page.path}` to `nav` in {book.project.name}, or to `not_in_nav`."
            yield Problem(Position(page.source), "NAV001", "This page is not in the navigation.", fix)
