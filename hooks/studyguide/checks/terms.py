"""Terms that a reader meets before the guide has explained them, or said where it does.

    a.md: An ENI is made.                        ->  TRM004, where b.md, which comes later, defines the term ENI
    a.md: An [ENI](#term-eni) is made. The ENI   ->  nothing

A name of one word in small letters, such as "invoke", is not looked for: it may be plain English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studyguide.model import Problem
from studyguide.text.source import INLINE_LINK_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.text.source import Source

CAPITALS = 2  # so many make an acronym, or a name such as SnapStart
# Where a name may start: not within a word, a path or an address.
START_RE = re.compile(r"(?<![\w/.#-])(?=(\S\S))")
BETWEEN = r"(?:[ \t]+|[ \t]*\n[ \t>]*)"


# The names to look for, each by the id of its term; and the same by their first two letters.
Terms = tuple[tuple[str, str], ...]
Names = dict[str, list[tuple[str, re.Pattern[str]]]]


class Mention(NamedTuple):
    """A place where a page uses a term's name, as it is written there."""

    key: str
    words: str
    offset: int


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every term whose first mention, in reading order, comes before a link to it."""
    waiting = {
        target.id: target.title
        for part in book.parts.values()
        for target in part.targets
        if target.kind == "term" and is_looked_for(target.title)
    }
    terms = tuple(waiting.items())
    for path in book.listing.urls:
        if not waiting:
            return
        source, met = book.sources[path], _met(book, path)
        for mention in mentions(source, book.running[path], terms):
            if mention.key in waiting and mention.offset < met.get(mention.key, len(source.text)):
                del waiting[mention.key]
                message = f"`{mention.words}` is used here before the guide has linked or defined it."
                fix = f"Link it here: `[{mention.words}](#{mention.key})`."
                yield Problem(source.position(mention.offset), "TRM004", message, fix)
        for key in met:
            waiting.pop(key, None)


def is_looked_for(name: str) -> bool:
    """Return whether a name cannot be plain English: it has several words, or the capitals of an acronym."""
    return " " in name or "-" in name or _is_acronym(name)


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) >= CAPITALS


def _met(book: Book, path: str) -> dict[str, int]:
    """Return where a page first links to each term, or defines it."""
    source = book.sources[path]
    # What an included file defines, no more is known of than the page.
    places = [
        (t.id, source.offset(t.position.line) if t.position.path == source.path else 0)
        for t in book.parts[path].targets
        if t.kind == "term"
    ]
    for link in source.links:
        # Where raw HTML or a link by reference shows is not known, so it counts from the start.
        start = source.offset(link.position.line) + link.position.column - 1 if link.text is not None else 0
        places.append((link.dest.rpartition("#")[2], start))
    return dict(sorted(places, key=lambda place: place[1], reverse=True))


def mentions(source: Source, text: str, terms: Terms) -> tuple[Mention, ...]:
    """Return where the running text uses names, longest first: an interface endpoint is no mention of endpoints."""
    return tuple(_mentions(source, text, _by_start(terms)))


def _mentions(source: Source, text: str, names: Names) -> Iterator[Mention]:
    end = 0
    # The words of a link belong to what it leads to.
    linked = [(m.start("whole"), m.end("whole")) for m in INLINE_LINK_RE.finditer(source.prose)]
    for start in START_RE.finditer(text):
        # Few words start as a name does, so that few are looked at closely.
        named = names.get(start[1].lower(), ()) if start.start() >= end else ()
        key, match = next(((key, m) for key, pattern in named if (m := pattern.match(text, start.start()))), ("", None))
        if match is None:
            continue
        end = match.end()
        words = source.text[match.start() : end]
        inside = any(first <= match.start() < last for first, last in linked)
        if not inside and words == match.group():  # else code was blanked between the words
            yield Mention(key, " ".join(words.split()), match.start())


@lru_cache(maxsize=8)
def _by_start(terms: Terms) -> Names:
    """Return the names by their first two letters, each with its pattern, the longest first."""
    found: Names = {}
    for key, name in sorted(terms, key=lambda term: len(term[1]), reverse=True):
        found.setdefault(name[:2].lower(), []).append((key, re.compile(rf"{_written(name)}(?![\w-])")))
    return found


def _written(name: str) -> str:
    """Return the pattern of a name: an acronym as it is, other words in small letters or not, one or many."""
    stem, plural = (name[:-1], "(?i:ys?|ies)") if name.endswith("y") else (name, "(?i:s|es)?")
    words = [re.escape(word) if _is_acronym(word) else f"(?i:{re.escape(word)})" for word in stem.split()]
    return BETWEEN.join(words) + plural
