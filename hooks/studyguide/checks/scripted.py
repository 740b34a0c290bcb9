"""Elements that a script of the theme defines, on pages that do not load it: readers would see what it is made of, or nothing.

<flash-cards>   ->  HTM002, where the theme has `assets/js/flash-cards.js` and the page has no such script
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.site.page import file_of
from studyguide.text import comments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Position
    from studyguide.site.page import Page
    from studyguide.text.source import Source

# What a comment may put into a page.
MADE = {"reach-lab": ("mission NAME", "free play")}


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such element of a page that somebody wrote."""
    scripts = {name.rpartition("/")[2]: name for name in book.project.own_scripts() if name in book.site.files}
    if not scripts:
        return
    brought = frozenset(_brought(book, list(scripts.values())))
    for page, source in book.written():
        for element in page.elements:
            name = scripts.get(f"{element}.js")
            if name and name not in brought and name not in _loaded(page, book):
                message = f"This page has a `{element}`, and does not load `{name}`, without which that does nothing."
                fix = "Name it in front matter as other pages do: `element:` and its name, or `lab: true`."
                yield Problem(_place(source, element), "HTM002", message, fix)


def _loaded(page: Page, book: Book) -> set[str]:
    """Return the files of the scripts that a page loads."""
    places = (book.site.place(use.href, page) for use in page.uses if use.tag == "script")
    return {file_of(place.url) for place in places if place is not None}


def _brought(book: Book, scripts: list[str]) -> Iterable[str]:
    """Yield the scripts that others name, and so may load."""
    texts = {name: (book.project.root / book.project.theme / name).read_text("utf-8", "replace") for name in scripts}
    for name in scripts:
        if any(name.rpartition("/")[2] in text for other, text in texts.items() if other != name):
            yield name


def _place(source: Source, element: str) -> Position:
    """Return where an element is written, or the comment that asks for it; the page's first line for neither."""
    written = re.search(rf"<{element}[\s>]", source.marked_up)
    for found in comments.COMMENT_RE.finditer(source.marked_up) if written is None else ():
        if comments.form(comments.said(found["said"]) or "") in MADE.get(element, ()):
            return source.position(found.start())
    return source.position(written.start() if written else source.body_start)
