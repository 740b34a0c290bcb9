"""Hints for who reads the Markdown where the code is hosted: links that work on the site only."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from studyguide.checks.locate import is_code, is_raw
from studyguide.model import Problem
from studyguide.site.page import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Link


def check(book: Book) -> Iterable[Problem]:
    """Yield a hint for every link that names an address of the site where it could name a file."""
    for page, source in book.written():
        for link in source.links:
            path = "" if is_code(source, link.position) else _path(link)
            if path and not _is_file(path, page, book) and (target := _target(path, page, book)):
                name = posixpath.relpath(target.path, posixpath.dirname(page.path) or ".")
                message = f"`{path}` is an address of the site: on a code host this link leads nowhere."
                yield Problem(link.position, "PRT001", message, f"Link to the file: `{name}`.")


def _path(link: Link) -> str:
    """Return the path that a link names, "" where it names none or another site, or has to be an address."""
    if is_raw(link):
        return ""
    try:
        parts = urlsplit(link.dest)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else parts.path


def _is_file(path: str, page: Page, book: Book) -> bool:
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
    return name in book.sources or name in book.assets or name in book.parts_of_pages


def _target(path: str, page: Page, book: Book) -> Page | None:
    """Return the page that this address leads to on the site."""
    place = book.site.place(path, page)
    target = book.site.page_at.get(file_of(place.url)) if place else None
    return target if target and target.path else None
