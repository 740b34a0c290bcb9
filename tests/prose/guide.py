"""The pages of the real guide, as sources."""

from __future__ import annotations

from functools import cache

from conftest import ROOT
from prose.reading import Passage, passages
from studyguide.text import config
from studyguide.text.source import Source

SETTINGS = config.read(ROOT / "mkdocs.yml")
# How to write a page is for authors: its examples are no statements about AWS.
FOR_AUTHORS = "authoring/"


@cache
def pages(*, authors: bool = True) -> tuple[Source, ...]:
    """Return every page, with or without those for authors."""
    return tuple(
        Source(f"docs/{path}", (SETTINGS.docs / path).read_text("utf-8"))
        for path in SETTINGS.pages()
        if authors or not path.startswith(FOR_AUTHORS)
    )


@cache
def read(page: Source) -> tuple[Passage, ...]:
    """Return the passages of a page."""
    return tuple(passages(page))
