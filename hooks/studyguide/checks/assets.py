"""Files under docs that the site publishes and that nothing uses."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book

# Files that a host, a crawler or a browser asks for by name.
ASKED_FOR = frozenset(
    ["cname", "robots.txt", "favicon.ico", "favicon.svg", "favicon.png", "humans.txt", "ads.txt", "security.txt", "llms.txt",
     "_redirects", "_headers", "manifest.json", "site.webmanifest", "browserconfig.xml", "apple-touch-icon.png"]
)  # fmt: skip
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".webmanifest", ".svg")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such file; a name that stands anywhere in the site or its settings is a use."""
    idle = [path for path in book.assets if _is_published(path, book)]
    linked = {use.href for page in book.site.pages.values() for use in page.uses} if idle else set()
    names = {posixpath.basename(href.partition("#")[0].partition("?")[0]) for href in linked}
    idle = [path for path in idle if posixpath.basename(path) not in names]
    if not idle:
        return
    text = "\n".join([book.settings.text, *_texts(book)])
    for path in idle:
        if posixpath.basename(path) not in text:
            fix = "Link to it, show it, or remove it."
            yield Problem(Position(book.settings.prefix + path), "AST001", "Nothing in the guide uses this file.", fix)


def _is_published(path: str, book: Book) -> bool:
    name = posixpath.basename(path).lower()
    asked = name in ASKED_FOR or path.startswith(".well-known/")
    return path in book.site.files and path not in book.included and not asked


def _texts(book: Book) -> Iterable[str]:
    """Yield what may name a file without a link: styles, scripts, data and markup of the site."""
    for name in book.site.files:
        if name.endswith(TEXTS) and name not in book.assets:
            yield (book.site.folder / name).read_text("utf-8", errors="replace")
    for name in book.assets:
        if name.endswith((".css", ".js", ".html")) and name in book.site.files:
            yield (book.site.folder / name).read_text("utf-8", errors="replace")
