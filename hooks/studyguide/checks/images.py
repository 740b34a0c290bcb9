"""Images without words, for readers who cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.locate import Locator
from studyguide.model import Problem
from studyguide.site.page import Use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.site.page import Page


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every image that a page shows without an alt text."""
    for page, _ in book.written():
        if page.unlabelled:
            yield from _page(page, book)


def _page(page: Page, book: Book) -> Iterable[Problem]:
    locator = Locator(page, book)
    for src in page.unlabelled:
        link = locator.find(Use("img", src), fits=locator.has_no_alt)
        if link.start and locator.has_no_alt(link):
            fix = "Write it in the brackets: `![What it shows](file.png)`."
            yield Problem(link.position, "FIG001", "This image has no alt text.", fix)
