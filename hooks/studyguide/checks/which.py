"""Which of several places that are written alike is the one that stayed in a page.

[a](a.md){ .button }    <a class="button">a</a>
[b](a.md) { .button }   <a>b</a> { .button }         the second: the page has `b` before it

The page shows what stayed with its words around it, and the source has the same words around the place. What cannot be told
apart so is returned as it came.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from studyguide.site.stayed import CONTENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.checks.reasons import Place

# What no reader sees, or sees as code, where nothing is meant to be read.
UNREAD = "script, style, template, svg"
CODE = "pre, code"
# What a source says of its words, and no reader sees: addresses, attributes.
UNSAID_RE = re.compile(r"(?<=\])\([^()\s]*\)|\{[^{}\n]*\}|<[^<>]*>")
MARK_RE = re.compile(r"[\W_]+")
SPACE_RE = re.compile(r"\s+")
# So many characters around a place tell it from others.
NEAR = 400


class Around(NamedTuple):
    """The letters before something and behind it, the nearest first."""

    before: str
    behind: str


def which(html: str, text: str, places: Sequence[Place]) -> list[Place]:
    """Return those of some places that a page's HTML shows as text, which it has been found to show."""
    shown = _around_each(html, " ".join(text.split()))
    if len(places) < 2 or not shown or len(shown) >= len(places):  # noqa: PLR2004 - one is the one
        return list(places)
    written = [_around(place.source.text, place.offset, place.offset + len(place.text)) for place in places]
    stayed = set[int]()
    for one in shown:
        alike = [_alike(one.before, each.before) + _alike(one.behind, each.behind) for each in written]
        stayed |= {number for number, letters in enumerate(alike) if letters == max(alike)}
    return [place for number, place in enumerate(places) if number in stayed]


def _around_each(html: str, text: str) -> list[Around]:
    """Return the letters around a text wherever a page shows it, but in code."""
    shown, coded = _shown(html)
    starts = (match.start() for match in re.finditer(re.escape(text), shown))
    return [
        _around(shown, start, start + len(text))
        for start in starts
        if not any(first <= start < last for first, last in coded)
    ]


@lru_cache(maxsize=4)
def _shown(html: str) -> tuple[str, list[tuple[int, int]]]:
    """Return what a page shows, as words between single spaces, and where code begins and ends in it."""
    tree = LexborHTMLParser(html)
    content = next((node for name in CONTENTS if (node := tree.css_first(name)) is not None), None)
    for node in content.css(UNREAD) if content else ():
        node.decompose()
    # Characters of a code, which no text has, stand at both ends of it.
    for node in content.css(CODE) if content else ():
        node.insert_before("\ue000")
        node.insert_after("\ue001")
    text, coded, start = "", list[tuple[int, int]](), 0
    for part in re.split("([\ue000\ue001])", SPACE_RE.sub(" ", content.text() if content else "")):
        if part == "\ue000":
            start = len(text)
        elif part == "\ue001":
            coded.append((start, len(text)))
        else:
            text += part
    return text, coded


def _around(text: str, start: int, end: int) -> Around:
    before, behind = text[max(start - NEAR, 0) : start], text[end : end + NEAR]
    letters = (MARK_RE.sub("", UNSAID_RE.sub("", each)).lower() for each in (before, behind))
    return Around(next(letters)[::-1], next(letters))


def _alike(one: str, other: str) -> int:
    """Return with how many letters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
