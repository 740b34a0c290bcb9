"""Pages where a file is wanted that is none: an image, a film, a sound.

![The map](map.md)           ->  LNK003: `map.md` is a page, and no image
<video src="map/"></video>   ->  LNK003
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.locate import Locator, is_raw
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.site.page import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studyguide.checks.book import Book
    from studyguide.site.page import Page, Use
    from studyguide.text.source import Link

# What shows an image, a film or a sound, and so no page.
SHOWS = frozenset({"img", "image", "source", "video", "audio", "track"})


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every image, film or sound that somebody wrote and whose address is that of a page."""
    for page, _ in book.written():
        if found := [use for use in page.uses if use.tag in SHOWS and _is_a_page(use, page, book)]:
            locator = Locator(page, book)
            written = [use for use in found if locator.is_written(use)]
            yield from (_problem(locator.find(use, _fits(use))) for use in written for _ in range(page.uses[use]))


def _fits(use: Use) -> Callable[[Link], bool]:
    """Return a test of where it is written: Markdown writes no other element than an image."""
    return lambda link: link.dest != "#" and (use.tag == "img" or is_raw(link))


def _is_a_page(use: Use, page: Page, book: Book) -> bool:
    # Scripts fill in what is empty, and an anchor is no file at all.
    place = book.site.place(use.href, page) if use.href and not use.href.startswith("#") else None
    files = (file_of(place.url), f"{place.url}/index.html") if place else ()
    return any(file in book.site.page_at for file in files)


def _problem(link: Link) -> Problem:
    message = f"{quoted(link.dest)} is a page, and here stands an image, a film or a sound: readers see nothing."
    fix = "Name a file, or link to the page."
    if link.image and link.text:
        message = f"{quoted(link.dest)} is a page, and no image: readers see nothing of it."
        fix = f"Write {quoted(f'[{link.text}]({link.dest})')} to link to it, or name the file of an image."
    return Problem(link.position, "LNK003", message, fix)
