"""The built site and its registry -> problems; one module per family of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks import (
    addresses,
    admonitions,
    age,
    alts,
    assets,
    blank,
    comments,
    elements,
    footnotes,
    forms,
    headings,
    html,
    ids,
    images,
    lab,
    leftovers,
    links,
    nav,
    objectives,
    portability,
    questions,
    references,
    scripted,
    shown,
    spoilers,
    structure,
    styles,
    terms,
    used,
    vanished,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Problem

# What rendered pages show: in any MkDocs project, and in one whose directives are read.
ANYWHERE = (
    links,
    shown,
    ids,
    nav,
    assets,
    footnotes,
    leftovers,
    admonitions,
    styles,
    addresses,
    elements,
    vanished,
    blank,
    structure,
)
OURS = (html, scripted, headings, images, portability)
# What takes what the parser found in the sources, and so a build.
WRITTEN = (references, used, spoilers, age, objectives, terms, words, alts, forms, questions, comments, lab)


def check(book: Book) -> Iterable[Problem]:
    """Yield what the rendered pages show."""
    for family in ANYWHERE + (OURS if book.project.directives else ()):
        yield from family.check(book)


def check_written(book: Book) -> Iterable[Problem]:
    """Yield what the directives show, which only a build knows: a site that was built before keeps what it knew."""
    for family in WRITTEN if book.project.directives and book.parts else ():
        yield from family.check(book)
