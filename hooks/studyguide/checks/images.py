"""Images without words, for readers who cannot see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.locate import Locator
from studyguide.checks.site import Use
from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.source import Source


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every image that a page shows without an alt text."""
    for page, source in book.written():
        locator = Locator(page, book) if page.unlabelled else None
        for src in page.unlabelled if locator else ():
            link = locator.find(Use("img", src))  # type: ignore[union-attr]
            if (link.image and link.text == "") or _has_no_alt(source, link.position):
                fix = "Write it in the brackets: `![What it shows](file.png)`."
                yield Problem(link.position, "FIG001", "This image has no alt text.", fix)


def _has_no_alt(source: Source, position: Position) -> bool:
    """Return whether raw HTML has an image without an ``alt``; an empty one says the image is decoration."""
    if position.path != source.path:
        return False
    line = source.lines[position.line - 1][position.column - 1 :]
    return line.startswith("<img") and " alt" not in line.partition(">")[0]
