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
from typing import TYPE_CHECKING

from studyguide.directives.given import Line
from studyguide.text import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENING_RE = re.compile(
    r"^(?P<prefix>[ >]*)(?P<slashes>/{3,})[ ]*(?P<name>[A-Za-z][\w-]*)[ ]*(?:\|[ ]*(?P<title>.*?)[ ]*)?"
    rf"(?P<mark>{marks.MARK})?[ ]*$"
)
CLOSING_RE = re.compile(r"^[ ]{0,3}(?P<slashes>/{3,})[ ]*$")
INDENT = 4


def inside(lines: Sequence[Line], index: int, opening: re.Match[str]) -> list[Line] | None:
    """Return the lines of the directive that opens on a line, its last one too; None where it is never closed."""
    within, found = _within(opening["prefix"]), list[Line]()
    for line in lines[index + 1 :]:
        inner = _cut(line, within)
        if inner is None:
            return None  # what holds it ends before it does
        found.append(inner)
        if "///" not in line.text:
            continue
        closing = CLOSING_RE.match(inner.text)
        if closing and closing["slashes"] == opening["slashes"]:
            return found
        other = OPENING_RE.match(line.text)
        if other and len(other["slashes"]) >= len(opening["slashes"]):
            return None  # another starts, and one that held it would have more slashes
    return None


def _cut(line: Line, within: re.Pattern[str]) -> Line | None:
    if found := within.match(line.text):
        return line.cut(found.end())
    return None if line.text.strip(" >") else line.cut(len(line.text))


@lru_cache(64)
def _within(prefix: str) -> re.Pattern[str]:
    """Return what starts a line that is held by the same as one with this prefix; it may be less indented by up to three."""
    first, *others = prefix.split(">")
    held = f"[ ]{{{_level(len(first))}}}"
    for spaces in others:
        # The space after a quote's mark is the mark's, unless the first line has none.
        level = _level(len(spaces) - 1)
        held += f"[ ]{{0,3}}>{'[ ]?' if spaces else ''}[ ]{{{level}}}"
        first = spaces[level + 1 :]
    return re.compile(f"{held}[ ]{{0,{len(first) - _level(len(first))}}}")


def _level(spaces: int) -> int:
    """Return how many spaces hold what follows: those of whole levels."""
    return max(spaces, 0) // INDENT * INDENT
