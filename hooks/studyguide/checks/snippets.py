"""Included files: each is there, below docs, and holds no directive that nobody would read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide import directives
from studyguide.directives.block import HEADER_RE
from studyguide.model import Problem
from studyguide.near import did_you_mean
from studyguide.text.source import fence_end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.text.source import Source


# Which lines to include is said in numbers: 4, 4:9, :9, and more of them after a comma.
LINES_RE = re.compile(r"-?\d*(?::-?\d*)?(?:,-?\d*(?::-?\d*)?)*")
SECTION_RE = re.compile(r"-{1,}8<-{1,}[ \t]+\[[ \t]*start[ \t]*:[ \t]*([a-z][-_0-9a-z]*)[ \t]*\]", re.IGNORECASE)


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every file that is not there to include, and for directives in those that are."""
    if not book.settings.ours:
        return  # where a project's snippets come from is its own affair
    for source in book.all_sources():
        for position in source.unending:
            message = "This list of files to include never ends, so the rest of the page is read as their names."
            yield Problem(position, "SNP003", message, "Add a line `--8<--` after the last name.")
        for name, position in source.snippets if not source.unending else ():
            path, _, section = name.partition(":")
            if path not in book.included:
                fix = "Give its path below docs; nothing outside can be included."
                yield Problem(position, "SNP001", f"There is no file `{name}` to include.", fix)
            elif section and not LINES_RE.fullmatch(section) and section not in _sections(book.included[path]):
                fix = (
                    f"{did_you_mean(section, _sections(book.included[path]))}Mark it there: `--8<-- [start:{section}]`."
                )
                yield Problem(position, "SNP001", f"`{path}` has no section `{section}` to include.", fix)
    for name, source in book.included.items():
        if name.endswith(".md"):
            yield from _directives(source)


def _sections(source: Source) -> list[str]:
    return SECTION_RE.findall(source.text)


def _directives(source: Source) -> Iterable[Problem]:
    for line, opening in unread(source).items():
        position = source.position(source.offset(line) + opening.start("slashes"))
        fix = "Write it on the page itself, and include only what is inside."
        yield Problem(position, "SNP002", f"This {opening['name']} is not read: its file is included.", fix)


def unread(source: Source) -> dict[int, re.Match[str]]:
    """Return the first line of every directive of an included file, by its number: nobody reads it there."""
    found, index = {}, 0
    while index < len(source.lines):
        opening = HEADER_RE.match(source.lines[index])
        if opening and opening["name"] in directives.KINDS:
            found[index + 1] = opening
        index = (fence_end(source.lines, index) or index) + 1
    return found
