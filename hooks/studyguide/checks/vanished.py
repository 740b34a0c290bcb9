"""Characters of a text that became markup, though it says nothing as such: they are gone from the page.

That is 2*3*4.            ->  TXT007: the stars became emphasis of the 3
### Get a name {name}     ->  TXT007: the braces and what is in them became an attribute of the heading

The source says what may be meant, and the rendered page whether it was taken so.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.model import Position, Problem
from studyguide.near import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Source

PRODUCT_RE = re.compile(r"(?<![\w*\\.])(?P<first>\d[\d.]*)\*(?P<second>\d[\d.]*)\*(?P<third>\d[\d.]*)(?![\w*])")
# At the end of a heading or a cell, right behind emphasis, code or a link, or below the text of an item or a paragraph.
_BRACED = r"(?P<shown>\{:?[ ]*(?P<word>[A-Za-z]\w*)[ ]*\})(?!\})"
BRACED_RE = re.compile(
    rf"(?:^[ ]{{0,3}}\#{{1,6}}[ ][^\n]*\S[ ]+|(?<=[*_`)\]])|^[ ]*(?=[^\n}}]*\}}[ ]*$)|[ ](?=[^\n|}}]*\}}[ ]*\|)){_BRACED}",
    re.MULTILINE,
)
# Code with a backslash before a bar, as it is written, and as a cell shows it.
BARRED_RE = re.compile(r"(?<![`\\])(?P<marks>`+)(?P<words>(?:(?!(?P=marks)).)*?\\\|.*?)(?<!`)(?P=marks)(?!`)")
CELL_RE = re.compile(r"<t[dh][^<>]*>(?:(?!</t[dh]>).)*<code[^<>]*>[^<]*\\\|", re.DOTALL)
# Without these there is neither.
STARS_RE, WORD_RE = re.compile(r"\d\*\d"), re.compile(r"\{:?[ ]*[A-Za-z]\w*[ ]*\}")
# Attributes without a value that say something, of HTML and of its extensions.
SAYING = frozenset(
    [
        "allowfullscreen", "async", "autofocus", "autoplay", "checked", "contenteditable", "controls", "default", "defer",
        "disabled", "download", "draggable", "formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop", "markdown",
        "multiple", "muted", "nomodule", "novalidate", "open", "playsinline", "popover", "readonly", "required", "reversed",
        "selected",
    ]
)  # fmt: skip


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such text of a page that somebody wrote."""
    for page, source in book.written():
        html = _Html(page, book)
        for text in [source, *book.included.get(page.path, ())]:
            if "*" in text.text and STARS_RE.search(text.text):
                yield from _products(text, html)
            if "\\|" in text.text and CELL_RE.search(html.text):
                yield from _bars(text)
            if WORD_RE.search(text.text) and WORD_RE.search(text.unfenced):
                yield from _attributes(text, html)


def _products(source: Source, html: _Html) -> Iterator[Problem]:
    for found in PRODUCT_RE.finditer(source.prose):
        as_read = f"{found['first']}<em>{found['second']}</em>{found['third']}"
        if as_read in html.text and not is_code(source, source.position(found.start())):
            message = f"{quoted(found.group())} loses its stars: they are read as those of emphasis."
            fix = r"Write `\*` for each, or all of it as code."
            yield Problem(source.position(found.start()), "TXT007", message, fix)


def _bars(source: Source) -> Iterator[Problem]:
    """Yield a hint for the code of each cell that has a backslash before a bar, as other programs want it: readers see it."""
    rows = zip(source.unfenced.split("\n"), source.prose.split("\n"), strict=True)
    for number, (line, prose) in enumerate(rows, start=1):
        for found in BARRED_RE.finditer(line) if prose.lstrip(" >").startswith("|") else ():
            message = f"Readers see the backslash in {quoted(found['words'])}: in code no bar ends a cell."
            at = Position(source.path, number, found.start() + 1)
            yield Problem(at, "TXT002", message, "Remove it, unless readers are meant to see it.", level="hint")


def _attributes(source: Source, html: _Html) -> Iterator[Problem]:
    for found in BRACED_RE.finditer(source.unfenced):
        word = found["word"]
        at = source.position(found.start("shown"))
        written = source.prose[found.start("shown")] == "{"  # code is blank in the prose
        if not written or word.lower() in SAYING or is_code(source, at) or not html.has(word):
            continue
        message = f"{quoted(found['shown'])} is taken for an attribute, so no reader sees it."
        fix = f"Write `{{ #{word} }}` for an id, `{{ .{word} }}` for a class, or a backslash before its first brace."
        fix = "Write `[TOC]` for a list of the headings, on a line of its own, or remove it." if word == "toc" else fix
        yield Problem(at, "TXT007", message, fix)


class _Html:
    """A page as it is built, read again where something may be gone from it."""

    def __init__(self, page: Page, book: Book) -> None:
        self._page, self._book = page, book

    @cached_property
    def text(self) -> str:
        """Its HTML."""
        return self._book.html(self._page)

    def has(self, name: str) -> bool:
        """Return whether an element has an attribute of this name that says nothing."""
        pattern = rf"<[a-z][^<>]*\s{re.escape(name)}(?:=\"(?:{re.escape(name)})?\")?(?=[\s/>])"
        return re.search(pattern, self.text) is not None
