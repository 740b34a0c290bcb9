"""Objectives that the guide says little about: no page is named where they are set, or few questions test them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from studyguide.checks.used import MADE_RE
from studyguide.directives.block import HEADER_RE
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Position
    from studyguide.text.source import Source

FEWEST = 3
ELSEWHERE_RE = re.compile(r"[a-zA-Z][\w+.-]*:|//")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every objective whose text links to no section, or that too few checkpoints test."""
    tested = Counter(checkpoint.objective for part in book.parts.values() for checkpoint in part.checkpoints)
    for path, part in book.parts.items():
        for target in part.targets:
            if target.kind != "objective" or MADE_RE.search(target.id):
                continue
            if not any(_is_section(dest, book) for dest in _links(book.sources[path], target.position)):
                message = f"The objective `{target.id}` names no section of the guide."
                fix = "Link in its text to the page that teaches it."
                yield Problem(target.position, "OBJ003", message, fix)
            # That none does is a problem of its own.
            if 0 < tested[target.id] < FEWEST:
                few = f"{tested[target.id]} checkpoint{'s test' if tested[target.id] > 1 else ' tests'}"
                message = f"Only {few} the objective `{target.id}`, where {FEWEST} should."
                fix = f"Write another with `objective: {target.id}`."
                yield Problem(target.position, "OBJ003", message, fix)


def _links(source: Source, position: Position) -> list[str]:
    """Return the addresses in the objective that has its id at a position."""
    above = range(position.line, 0, -1)
    first, opening = next((n, m) for n in above if (m := HEADER_RE.match(source.lines[n - 1])))
    closing = re.compile(rf"[ \t]*{opening['slashes']}[ \t]*$")
    below = range(first + 1, len(source.lines) + 1)
    last = next((n for n in below if closing.match(source.lines[n - 1])), len(source.lines))
    return [link.dest for link in source.links if first < link.position.line < last]


def _is_section(dest: str, book: Book) -> bool:
    """Return whether an address leads to a page or heading of the guide; what is no target has to be a heading."""
    path, _, anchor = dest.partition("#")
    return not ELSEWHERE_RE.match(dest) and (path.endswith(".md") or book.registry.get(anchor) is None)
