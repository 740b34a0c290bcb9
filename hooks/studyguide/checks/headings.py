"""Headings without words: an empty line in the table of contents, and nothing for a screen reader to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book

EMPTY_RE = re.compile(
    r"^[ \t]{0,3}(?P<marks>#{1,6})[ \t]*(?:#*|\{[^{}\n]*\})[ \t]*$|<h[1-6]\b[^<>]*>\s*</h[1-6]>", re.MULTILINE
)
# Attributes without a heading to belong to are its text.
ATTRIBUTES_RE = re.compile(r"\{[^{}]*\}")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every heading that is rendered without words, where it is written."""
    for page, source in book.written():
        empty = sum(
            not heading.words or ATTRIBUTES_RE.fullmatch(heading.words) is not None for heading in page.headings
        )
        # Code in a heading is blanked in the prose; what is really empty is so in the text as well.
        places = [m.start() for m in EMPTY_RE.finditer(source.prose) if EMPTY_RE.match(source.text, m.start())]
        for offset in places[:empty]:
            fix = "Give it words, or remove it."
            yield Problem(source.position(offset), "HDG001", "This heading has no words.", fix)
