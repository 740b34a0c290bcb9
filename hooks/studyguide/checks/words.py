"""Words about the page that disagree with it: numbers of figures, "the table below", "three steps:".

Figure 3 shows it.               ->  WRD001: the build counts figures
The table below shows it.        ->  WRD002, where no table follows in the section
There are three ways:  - a - b   ->  WRD003
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from studyguide.checks.prose import section_end
from studyguide.kinds import KINDS
from studyguide.model import Problem
from studyguide.text.source import INLINE_LINK_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.text.source import Source

# In quotation marks are the words of something else; "Figure 3 of the report" is another text's.
NUMBERED_RE = re.compile(
    r"(?<![\w\"'“-])(?P<kind>Figure|Checkpoint|(?<=\bin )figure|(?<=\bsee )figure|checkpoint)s?"
    r"[ \t\n]+(?P<number>\d+)\b(?!\s+of\b)(?!\.\d)"
)
# Without these there is neither: they are found much faster.
NUMBER_RE, POINTERS = re.compile(r"(?:igure|heckpoint)s?[ \t\n]+\d"), ("below", "following")
POINTER_RE = re.compile(
    r"(?<![\w\"'“-])the\s+(?:following\s+(?P<next>table|figure|diagram|list)|(?P<below>table|figure|diagram|list)\s+below)\b(?!\s+\d)",
    re.IGNORECASE,
)
IMAGE = r"^[ \t>]*/{3,}[ \t]*figure\b|!\[|<(?:img|svg|figure)\b"
THINGS = {
    "table": re.compile(r"^[ \t>]*(?:\|[ \t]*:?-+:?[ \t]*\||:?-+:?[ \t]*\|[ \t]*:?-)|<table\b", re.MULTILINE),
    "figure": re.compile(IMAGE, re.MULTILINE),
    "diagram": re.compile(IMAGE, re.MULTILINE),
    "list": re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\S|<[ou]l\b", re.MULTILINE),
}
# What the build or an included file puts in may be anything.
PUT_IN_RE = re.compile(r"<!--\s*studyguide:|^[ \t]*-+8<-+", re.MULTILINE)

NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTED = (
    "answers", "cases", "causes", "changes", "checks", "choices", "commands", "conditions", "differences", "effects",
    "exceptions", "facts", "groups", "ideas", "items", "kinds", "layers", "limits", "mistakes", "options", "parts",
    "places", "points", "properties", "questions", "reasons", "rules", "settings", "stages", "states", "stations", "steps",
    "things", "tools", "traps", "ways",
)  # fmt: skip
COUNT_RE = re.compile(
    rf"(?:^|.*[\s(])(?P<said>(?P<number>{'|'.join(NUMBERS)}|[2-9]|1[0-2])\s+(?:[\w-]+\s+){{0,2}}?"
    rf"(?:{'|'.join(COUNTED)}))(?P<rest>(?:\s[^,;:]*)?):$",
    re.IGNORECASE | re.DOTALL,
)
# After these the number is not that of the whole list.
PARTLY_RE = re.compile(
    r"\b(?:of(?: the| these)?|first|last|next|other|another|least|most|than|over|about|nearly|up to|or)\s*$",
    re.IGNORECASE,
)
ASIDE_RE = re.compile(r"\b(?:after|at|before|between|by|for|from|in|on|to|with|within)\s*$", re.IGNORECASE)
ITEM_RE = re.compile(r"(?P<indent> {0,3})(?P<mark>[-*+]|\d+[.)])[ \t]+(?P<task>\[[ xX]\])?")
SENTENCE_RE = re.compile(r"(?<=[.!?])\s+")


class Announced(NamedTuple):
    """The words that say how many items follow, how many that is, and where they are."""

    said: str
    number: int
    offset: int


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for all words that the page does not bear out."""
    for path, source in book.sources.items():
        text = book.running[path]
        yield from _numbered(source, text, book)
        yield from amiss(source, text)


def amiss(source: Source, text: str) -> tuple[Problem, ...]:
    """Return what a page's running text says of the page alone, and is not so."""
    return (*_pointers(source, text), *_counts(source, text))


def _numbered(source: Source, text: str, book: Book) -> Iterator[Problem]:
    found = list(NUMBERED_RE.finditer(text)) if NUMBER_RE.search(text) else []
    links = INLINE_LINK_RE.finditer(text) if found else ()
    away = [(m.start("whole"), m.end("whole")) for m in links if "://" in m["dest"]]
    for match in found:
        if any(start <= match.start() < end for start, end in away):
            continue
        kind, number = match["kind"].lower(), int(match["number"])
        targets = (target for key in book.registry.ids() if (target := book.registry.get(key)))
        now = next((target for target in targets if target.kind == kind and target.number == number), None)
        name = f"`[](#{now.id})` is {now.label} now" if now else f"`[](#{KINDS[kind].prefix}...)`"
        fix = f"Name it by its id: {name}."
        message = f"`{' '.join(match.group().split())}` is numbered by hand, and the build counts anew each time."
        yield Problem(source.position(match.start()), "WRD001", message, fix)


def _pointers(source: Source, text: str) -> Iterator[Problem]:
    small = text.lower()
    for match in POINTER_RE.finditer(text) if any(word in small for word in POINTERS) else ():
        noun = (match["next"] or match["below"]).lower()
        end = section_end(source.prose, match.end())
        if not THINGS[noun].search(source.prose, match.end(), end) and not PUT_IN_RE.search(
            source.text, match.end(), end
        ):
            message = f"No {noun} follows before the next heading."
            fix = f"Put the {noun} there, or say where it is with a link."
            yield Problem(source.position(match.start()), "WRD002", message, fix)


def _counts(source: Source, text: str) -> Iterator[Problem]:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        item = ITEM_RE.match(line)
        above = _above(lines, index) if item and not item["task"] else -1
        if above < 0 or not lines[above].rstrip(" \t*_").endswith(":"):
            continue
        announced = _announced(source, lines, above)
        if not announced:
            continue
        end = source.position(section_end(source.prose, source.offset(index + 1))).line
        runs = list(accumulate(_runs(lines[: end + 1], index)))
        if announced.number not in runs:
            message = f"The text says `{announced.said}`, and the list after it has {runs[0]}."
            fix = "Count again: mend the number or the list."
            yield Problem(source.position(announced.offset), "WRD003", message, fix)


def _above(lines: list[str], index: int) -> int:
    """Return the line above a list that stands alone, -1 if there is none or it is of the list itself."""
    if index < 1 or lines[index - 1].strip():
        return -1
    above = next((i for i in range(index - 1, -1, -1) if lines[i].strip()), -1)
    inside = above >= 0 and (ITEM_RE.match(lines[above]) or lines[above].startswith(("    ", "\t")))
    return -1 if inside else above


def _announced(source: Source, lines: list[str], last: int) -> Announced | None:
    """Return how many items the paragraph that ends on a line announces, None if it does not."""
    first = last
    while first > 0 and lines[first - 1].strip() and not ITEM_RE.match(lines[first]):
        first -= 1
    paragraph = re.sub(r"[*_]", " ", "\n".join(lines[first : last + 1])).rstrip()
    sentence = SENTENCE_RE.split(paragraph)[-1]
    match = COUNT_RE.match(sentence)
    if not match:
        return None
    before = sentence[: match.start("said")]
    if PARTLY_RE.search(before) or (match["rest"].strip() and ASIDE_RE.search(before)):
        return None
    word = match["number"].lower()
    number = int(word) if word.isdigit() else NUMBERS.index(word) + 2
    offset = source.offset(first + 1) + len(paragraph) - len(sentence) + match.start("said")
    return Announced(" ".join(match["said"].split()), number, offset)


def _runs(lines: list[str], index: int) -> Iterator[int]:
    """Yield how many items each list has, from this line to the end of the section; paragraphs part them."""
    count, indent, ended = 0, len(lines[index]) - len(lines[index].lstrip()), False
    for i in range(index, len(lines)):
        item = ITEM_RE.match(lines[i])
        if item and len(item["indent"]) == indent:
            if ended:
                yield count
                count, ended = 0, False
            count += 1
        elif lines[i].strip() and not lines[i - 1].strip() and not lines[i].startswith(" " * (indent + 2)):
            ended = True
    yield count
