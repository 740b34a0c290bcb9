"""The pages of the real guide, as sources."""

from __future__ import annotations

from datetime import date
from functools import cache

from building import ROOT
from prose.reading import Passage, passages
from studyguide.audit import Request, listed
from studyguide.text.source import Source

KNOWN = listed(Request(ROOT / "mkdocs.yml", date.min))
DOCS = KNOWN.project.docs
# How to write a page is for authors: its examples are no statements about AWS.
FOR_AUTHORS = "authoring/"


@cache
def pages(*, authors: bool = True) -> tuple[Source, ...]:
    """Return every page, with or without those for authors."""
    return tuple(
        Source(page.source, (DOCS / page.path).read_text("utf-8"))
        for page in KNOWN.listing.pages
        if authors or not page.path.startswith(FOR_AUTHORS)
    )


@cache
def read(page: Source) -> tuple[Passage, ...]:
    """Return the passages of a page."""
    return tuple(passages(page))
