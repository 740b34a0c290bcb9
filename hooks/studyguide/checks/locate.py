"""Where an address of a rendered page is written: in the page, or in a file that it includes."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from studyguide.checks.site import file_of
from studyguide.model import Position
from studyguide.source import Link

if TYPE_CHECKING:
    from studyguide.checks.book import Book
    from studyguide.checks.site import Page, Use


class Locator:
    """Where one page's addresses are written; each written place answers once."""

    def __init__(self, page: Page, book: Book) -> None:
        self._page, self._site, self._source = page, book.site, book.sources.get(page.path)
        self._pages = book.site.pages
        texts = [self._source, *(book.included[name] for name in self._names(book))] if self._source else []
        self._written: dict[str, list[Link]] = {}
        for text in texts:
            for link in text.links:
                for name in {link.dest, unquote(link.dest), self._rendered(link.dest)}:
                    self._written.setdefault(name, []).append(link)
            for key, position in text.citations:
                self._written.setdefault(f"#src-{key}", []).append(Link(f"#src-{key}", position))

    def _names(self, book: Book) -> list[str]:
        """Return the files this page includes, those that they include too."""
        found, waiting = list[str](), [name for name, _ in self._source.snippets] if self._source else []
        while waiting:
            name = waiting.pop(0).partition(":")[0]
            if name in book.included and name not in found:
                found.append(name)
                waiting += [inner for inner, _ in book.included[name].snippets]
        return found

    def _rendered(self, dest: str) -> str:
        """Return where MkDocs leads a relative Markdown link, as ``file#anchor``."""
        path, _, anchor = dest.partition("#")
        here = posixpath.dirname(self._page.path)
        target = posixpath.normpath(posixpath.join(here, unquote(path))) if path else self._page.path
        page = self._pages.get(target)
        return f"{file_of(page.url) if page else target}#{anchor}"

    def find(self, use: Use) -> Link:
        """Return the next link that is written so; one at the page's first line if it is the theme's."""
        if places := self._places(use):
            return places.pop(0) if len(places) > 1 else places[0]
        if self._source is None:
            return Link(use.href, Position(self._page.file))
        return Link(use.href, self._source.position(self._source.body_start))

    def is_written(self, use: Use) -> bool:
        """Return whether the author wrote this address: what is not written is the theme's."""
        return bool(self._places(use))

    def _places(self, use: Use) -> list[Link]:
        place = self._site.place(use.href, self._page)
        names = [use.href, unquote(use.href), f"{file_of(place.url)}#{place.anchor}" if place else ""]
        return next((self._written[name] for name in names if self._written.get(name)), [])
