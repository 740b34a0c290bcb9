"""Files under docs that the site publishes and that nothing uses."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book

# Files that a host, a crawler or a browser asks for by name.
ASKED_FOR = frozenset(
    ["cname", "robots.txt", "favicon.ico", "favicon.svg", "favicon.png", "humans.txt", "ads.txt", "security.txt", "llms.txt",
     "_redirects", "_headers", "manifest.json", "site.webmanifest", "browserconfig.xml", "apple-touch-icon.png"]
)  # fmt: skip
SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".css", ".js", ".mp4", ".webm")
# What a build leaves once it has looked at the site: these name every file, and use none.
LEFT = ("checks.json", "objects.json")
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".webmanifest", ".svg")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such file; a name that stands anywhere in the guide, its site or its settings is a use."""
    idle = {path: posixpath.basename(path) for path in book.assets if _is_published(path, book)}
    linked = {use.href for page in book.site.pages.values() for use in page.uses} if idle else set()
    names = {posixpath.basename(unquote(href.partition("#")[0].partition("?")[0])) for href in linked}
    idle = {path: name for path, name in idle.items() if name not in names}
    for text in _texts(book) if idle else ():
        # A style sheet or a script may write a space as `%20`.
        idle = {path: name for path, name in idle.items() if name not in text and quote(name) not in text}
    for path in idle:
        fix = "Link to it, show it, or remove it."
        at, message = Position(book.project.prefix + path), "Nothing in the guide uses this file."
        yield Problem(at, "AST001", message, fix, level="warning" if book.unused else None)


def _is_published(path: str, book: Book) -> bool:
    """Return whether a file is in the site for its pages to use: not one that is asked for by name, or a template.

    In a project that is not ours only what pages show is; other files may be there for other programs.
    """
    name = posixpath.basename(path).lower()
    asked = name in ASKED_FOR or path.startswith(".well-known/") or book.project.is_template(path)
    shown = book.project.directives or name.endswith(SHOWN)
    return shown and not asked and path in book.site.files and path not in book.parts_of_pages


def _texts(book: Book) -> Iterable[str]:
    """Yield what may name a file without a link: settings, sources, styles, scripts, data and markup of the site."""
    yield from book.project.settings.values()
    yield from (source.text for source in book.all_sources())
    for name in book.site.files:
        if name not in LEFT and name.endswith((".css", ".js", ".html") if name in book.assets else TEXTS):
            yield book.site.text(name)
