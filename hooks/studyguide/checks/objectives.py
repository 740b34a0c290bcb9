"""Objectives that the guide says little about: no page is named where they are set, or few questions test them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from studyguide.directives.part import is_made
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.directives.block import Block

FEWEST = 3
ELSEWHERE_RE = re.compile(r"[a-zA-Z][\w+.-]*:|//")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every objective whose text links to no section, or that too few checkpoints test."""
    # Each once, whatever includes it.
    questions = {each.position: each for part in book.parts.values() for each in part.checkpoints}
    tested = Counter(question.objective for question in questions.values())
    for part in book.parts.values():
        blocks = {block.key: block for block in part.blocks}
        for target in part.targets:
            if target.kind != "objective" or is_made(target.id):
                continue
            if not any(_is_section(dest, book) for dest in _links(blocks[target.id], book)):
                message = f"The objective `{target.id}` names no section of the guide."
                fix = "Link in its text to the page that teaches it."
                yield Problem(target.position, "OBJ003", message, fix)
            # That none does is a problem of its own.
            if 0 < tested[target.id] < FEWEST:
                few = f"{tested[target.id]} checkpoint{'s test' if tested[target.id] > 1 else ' tests'}"
                message = f"Only {few} the objective `{target.id}`, where {FEWEST} should."
                fix = f"Write another with `objective: {target.id}`."
                yield Problem(target.position, "OBJ003", message, fix)


def _links(block: Block, book: Book) -> list[str]:
    """Return the addresses in an objective."""
    source = next(source for source in book.all_sources() if source.path == block.position.path)
    return [link.dest for link in source.links if block.position.line < link.position.line < block.last]


def _is_section(dest: str, book: Book) -> bool:
    """Return whether an address leads to a page or heading of the guide; what is no target has to be a heading."""
    path, _, anchor = dest.partition("#")
    return not ELSEWHERE_RE.match(dest) and (path.endswith(".md") or book.registry.get(anchor) is None)
