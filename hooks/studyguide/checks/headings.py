"""Headings without words, which a table of contents shows as empty lines, and a second title on a page."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Position
    from studyguide.site.page import Page
    from studyguide.text.source import Source

EMPTY_RE = re.compile(
    r"^[ \t]{0,3}(?P<marks>#{1,6})[ \t]*(?:#*|\{[^{}\n]*\})[ \t]*$|<h[1-6]\b[^<>]*>\s*</h[1-6]>", re.MULTILINE
)
TITLE_RE = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?#(?!#)[ \t]*\S.*$|^\S.*\n=+[ \t]*$|<h1\b", re.MULTILINE | re.IGNORECASE
)
# Attributes without a heading to belong to are its text.
ATTRIBUTES_RE = re.compile(r"\{[^{}]*\}")
SAID = frozenset({"CPT004", "INP006"})


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every heading that is rendered without words, and every title but the first."""
    for page, source in book.written():
        titles = sum(heading.level == 1 and bool(heading.words) for heading in page.headings)
        if titles > 1:
            yield from _titles(page, source, titles, book)
        empty = sum(
            not heading.words or ATTRIBUTES_RE.fullmatch(heading.words) is not None for heading in page.headings
        )
        # Code in a heading is blanked in the prose; what is really empty is so in the text as well.
        found = (m.start() for m in EMPTY_RE.finditer(source.prose) if EMPTY_RE.match(source.text, m.start()))
        for offset in islice(found, empty):
            fix = "Give it words, or remove it."
            yield Problem(source.position(offset), "HDG001", "This heading has no words.", fix)


def _titles(page: Page, source: Source, count: int, book: Book) -> Iterable[Problem]:
    """Yield a problem for every title but the first that is written in a page, or in what it includes."""
    texts = [source, *book.included.get(page.path, ())]
    # A page that includes itself has its title twice, and is a problem already.
    found = (text.position(match.start()) for text in texts for match in TITLE_RE.finditer(text.prose))
    written = list(dict.fromkeys(found))
    certain = [place for place in written if not _is_coded(place, texts)]
    places = certain if len(certain) >= count else written
    # A heading in a checkpoint is a problem already, and so are comments of front matter that are read as headings.
    if not certain or any(p.code in SAID and p.position.path == source.path for p in book.said):
        return
    for place in places[1:][1 - count :]:
        fix = "Write `##` for a part of the page; a page of its own has a title of its own."
        yield Problem(place, "HDG002", "This page has a title already.", fix)


def _is_coded(place: Position, texts: list[Source]) -> bool:
    return any(is_code(text, place) for text in texts if text.path == place.path)
