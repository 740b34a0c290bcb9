"""Text that a browser takes for an element: it is in the page, and nobody sees it.

    Copy it to <your-bucket>.    ->  TXT007
    A List<String> of names.     ->  TXT007 at `<String>`

The rendered page says which elements it has that no browser knows (``site.elements``): one with a hyphen in its name and
an end is the site's own, and so is one that a script of the site names.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from studyguide.checks import prose
from studyguide.checks.locate import is_code
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.site.elements import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Source

# In a drawing, any name may be that of a part.
DRAWN_RE = re.compile(r"<(?P<tag>svg|math)\b.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
# What stands in these marks where a link leads is its address.
NO_ADDRESS = r"(?<!\]\()(?<!\]: )"
FIX = "Write it as code, or `&lt;` for its first sign if a reader is meant to see it."


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such text of a page that somebody wrote."""
    scripts = _Scripts(book)
    for page, source in book.written():
        names = [text for kind, text in page.stayed if kind == "element"]
        for text in [source, *book.included.get(page.path, ())] if names else ():
            for name in names:
                yield from _taken(name, text, page, scripts)


def _taken(name: str, source: Source, page: Page, scripts: _Scripts) -> Iterator[Problem]:
    """Yield the places at which a text has an element of this name."""
    text = DRAWN_RE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), source.unfenced)
    shown = prose.read(source)
    rest = r"\s*/?" if name in BLANK or name == "image" else r"(?:\s[^<>]*|/)?"
    for match in re.finditer(rf"{NO_ADDRESS}<{re.escape(name)}{rest}>", text, re.IGNORECASE):
        # What is escaped in a tag is blank in the prose, where code is too, the tag and all.
        if shown[match.start()] != "<" or is_code(source, source.position(match.start())):
            continue
        if not scripts.know(name, page):
            what = "the end of an element" if name.startswith("/") else "an element"
            message = f"{quoted(' '.join(match.group().split()))} is taken for {what}, so no reader sees it."
            yield Problem(source.position(match.start()), "TXT007", message, FIX)


class _Scripts:
    """The scripts of a site, which may define elements of their own: those have a hyphen in their names."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _texts(self) -> list[str]:
        site = self._book.site
        return [site.text(name) for name in sorted(site.files) if name.endswith((".js", ".mjs"))]

    def know(self, name: str, page: Page) -> bool:
        """Return whether a script names an element, in a file or in the page, and so may make something of it."""
        named = re.compile(rf"[\"'`]{re.escape(name.removeprefix('/'))}[\"'`]")
        return "-" in name and any(named.search(text) for text in [*self._texts, self._book.html(page)])
