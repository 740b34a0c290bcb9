"""Included files: each is there, below docs, and holds no directive that nobody would read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide import directives
from studyguide.directives.block import HEADER_RE
from studyguide.model import Problem
from studyguide.source import fence_end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.source import Source


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every file that is not there to include, and for directives in those that are."""
    if not book.settings.ours:
        return  # where a project's snippets come from is its own affair
    for source in book.all_sources():
        for name, position in source.snippets:
            if name.partition(":")[0] not in book.included:
                fix = "Give its path below docs; nothing outside can be included."
                yield Problem(position, "SNP001", f"There is no file `{name}` to include.", fix)
    for name, source in book.included.items():
        if name.endswith(".md"):
            yield from _directives(source)


def _directives(source: Source) -> Iterable[Problem]:
    index = 0
    while index < len(source.lines):
        opening = HEADER_RE.match(source.lines[index])
        if opening and opening["name"] in directives.KINDS:
            position = source.position(source.offset(index + 1) + opening.start("slashes"))
            fix = "Write it on the page itself, and include only what is inside."
            yield Problem(position, "SNP002", f"This {opening['name']} is not read: its file is included.", fix)
        index = (fence_end(source.lines, index) or index) + 1
