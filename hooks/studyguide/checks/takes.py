"""Marks that ask for a file of questions which the build does not make: readers would see no link at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.near import did_you_mean, quoted
from studyguide.text.takes import FORMATS, LINE_RE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such mark."""
    for source in book.sources.values():
        if "studyguide: take" not in source.text:
            continue
        for found in LINE_RE.finditer(source.unfenced):
            if found["name"] not in FORMATS:
                message = f"{quoted(found['name'])} is no file of questions to take away."
                fix = f"{did_you_mean(found['name'], FORMATS)}Files are {', '.join(FORMATS)}."
                yield Problem(source.position(found.start("name")), "DIR009", message, fix)
