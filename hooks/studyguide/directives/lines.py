"""Where a directive ends among the lines of a page, and its lines without what holds them.

> /// term | ENI          ->  what holds it is "> ", and its lines are
>     id: term-eni            ["    id: term-eni", "", "A card."]
>
> A card.
> ///
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from studyguide.text import marks

OPENING_RE = re.compile(
    r"^(?P<prefix>[ >]*)(?P<slashes>/{3,})[ ]*(?P<name>[A-Za-z][\w-]*)[ ]*(?:\|[ ]*(?P<title>.*?)[ ]*)?"
    rf"(?P<mark>{marks.MARK})?[ ]*$"
)
CLOSING_RE = re.compile(rf"^[ ]{{0,3}}(?P<slashes>/{{3,}})(?:{marks.MARK})?[ ]*$")
INDENT = 4


class Inner(NamedTuple):
    """A line inside a directive, and how many characters before it belong to what holds the directive."""

    text: str
    cut: int


def inside(lines: list[str], index: int, opening: re.Match[str]) -> list[Inner] | None:
    """Return the lines of the directive that opens on a line, its last one too; None where it is never closed."""
    within, found = _within(opening["prefix"]), list[Inner]()
    for line in lines[index + 1 :]:
        inner = _cut(line, within)
        if inner is None:
            return None  # what holds it ends before it does
        found.append(inner)
        closing = CLOSING_RE.match(inner.text) if "///" in line else None
        if closing and closing["slashes"] == opening["slashes"]:
            return found
        other = OPENING_RE.match(line) if "///" in line else None
        if other and len(other["slashes"]) >= len(opening["slashes"]):
            return None  # another starts, and one that held it would have more slashes
    return None


def _cut(line: str, within: re.Pattern[str]) -> Inner | None:
    found = within.match(line)
    if found:
        return Inner(line[found.end() :], found.end())
    return None if line.strip(" >") else Inner("", len(line))


@lru_cache(64)
def _within(prefix: str) -> re.Pattern[str]:
    """Return what starts a line that is held by the same as one with this prefix; it may be less indented by up to three."""
    *quotes, last = prefix.split(">")
    held = "".join(f"[ ]{{{_level(spaces, index)}}}[ ]{{0,3}}>[ ]?" for index, spaces in enumerate(quotes))
    level = _level(last, len(quotes))
    return re.compile(f"{held}[ ]{{{level}}}[ ]{{0,{len(last) - level}}}")


def _level(spaces: str, quotes: int) -> int:
    """Return how many spaces hold what follows: those of whole levels. The one after a quote's mark is the mark's."""
    return max(len(spaces) - bool(quotes), 0) // INDENT * INDENT
