"""The pages of a site -> every address of the web on them, with the places where each is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.locate import Locator
from studyguide.model import Position
from studyguide.text.source import Link
from studyguide.web.visit import is_web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.checks.book import Book

# What a page says about itself, and asks of nobody.
OWN = frozenset({"link", "file"})


def gather(book: Book, texts: Mapping[str, str]) -> dict[str, list[Link]]:
    """Return the links that write each address; none for one that only the theme writes.

    The site's own address is left out: what is built here may not be published yet. ``texts`` are the files by
    the path that a position names.
    """
    found = {entry.url: [_source(entry.url, entry.position.line, entry.position.path, texts)] for entry in book.cited}
    for page in book.site.pages.values():
        uses = [use for use in page.uses if use.tag not in OWN and is_web(use.href) and not _is_own(use.href, book)]
        if not uses:
            continue
        locator = Locator(page, book)
        for use in uses:
            places = found.setdefault(use.href, [])
            if locator.is_written(use):
                places += [locator.find(use) for _ in range(page.uses[use])]
    return {address: list(dict.fromkeys(links)) for address, links in found.items() if is_web(address)}


def _is_own(href: str, book: Book) -> bool:
    return bool(book.project.site_url) and href.startswith(book.project.site_url)


def _source(url: str, line: int, path: str, texts: Mapping[str, str]) -> Link:
    """Return where a source of the guide writes its address: on one of the lines after its key."""
    lines = texts.get(path, "").split("\n")
    for number in range(line, min(line + 12, len(lines)) + 1):
        column = lines[number - 1].find(url) + 1 if url else 0
        if column:
            at = Position(path, number, column)
            return Link(url, at, start=at)
    return Link(url, Position(path, line))
