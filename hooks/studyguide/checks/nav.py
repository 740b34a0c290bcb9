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
    settings = book.settings
    pages = [page for page, _ in book.written()]
    for entry in settings.nav:
        if entry.path in book.missing:
            fix = f"{did_you_mean(entry.path, book.sources)}Give the path of a page below docs, or remove the entry."
            notes = book.notes(entry.path)
            message = f"The navigation names `{entry.path}`, and there is no such page."
            yield Problem(entry.position, "NAV002", message, fix, notes)
    if settings.nav and settings.whole_nav:
        named = {entry.path for entry in settings.nav}
        for page in pages:
            if page.path not in named and not settings.may_be_outside(page.path):
                fix = f"Add `{page.path}` to `nav` in {settings.name}, or to `not_in_nav`."
                at = Position(settings.prefix + page.path)
                yield Problem(at, "NAV001", "This page is not in the navigation.", fix)
