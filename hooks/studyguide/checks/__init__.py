"""The built site and its registry -> problems; one module per family of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks import (
    admonitions,
    age,
    alts,
    assets,
    footnotes,
    headings,
    html,
    ids,
    images,
    leftovers,
    links,
    nav,
    objectives,
    portability,
    snippets,
    spoilers,
    terms,
    used,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Problem

# In any MkDocs project, and in one that is built with our hook.
ANYWHERE = (links, ids, nav, assets, footnotes, snippets, leftovers, admonitions)
OURS = (html, headings, images, used, portability, spoilers, age, objectives, terms, words, alts)


def check(book: Book) -> Iterable[Problem]:
    """Yield what every family finds."""
    for family in ANYWHERE + (OURS if book.settings.ours else ()):
        yield from family.check(book)
