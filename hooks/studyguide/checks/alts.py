"""Alt texts that leave out a part of their drawing: who cannot see it does not learn that it is there.

``Private database`` is named by "the database", ``Security group`` by "its SG", and ``10.0.1.0/24`` has no words to name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.labels import labels
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.directives.part import Part
    from studyguide.model import Figure, Position

WORD_RE = re.compile(r"[^\W\d_][\w.-]*\w|[^\W\d_]")
# They say nothing about which node is meant.
SMALL = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "by", "each", "else", "every", "for", "from", "has", "in", "into",
    "is", "it", "its", "no", "not", "of", "on", "or", "other", "per", "port", "so", "such", "tcp", "that", "the",
    "their", "then", "this", "to", "udp", "up", "via", "with", "without", "you", "your",
})  # fmt: skip
FEWEST_FOR_ACRONYM = 2


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every drawing with a node that its alt text does not name."""
    for path, part in book.parts.items():
        for figure in (each for each in part.figures if each.form != "narrow"):
            # Without an alt text, or not drawn, it is a problem already.
            missing = list(unnamed(figure)) if figure.alt and (path, figure.key) not in book.undrawn else []
            if missing:
                said = ", ".join(f"`{label}`" for label in missing)
                message = f"This alt text does not name {said}, which the drawing shows."
                fix = "Say in it what each part of the drawing does, with a word of its label."
                yield Problem(_alt(part, figure), "FIG020", message, fix)


def unnamed(figure: Figure) -> tuple[str, ...]:
    """Return the label of every node of a drawing of which the alt text has no word and no acronym."""
    return tuple(_unnamed(figure))


def _unnamed(figure: Figure) -> Iterator[str]:
    acronyms = set(WORD_RE.findall(figure.alt))
    words = {_one(word) for word in acronyms}
    for label in labels(figure.engine, figure.code):
        found = [_one(word) for word in WORD_RE.findall(label)]
        telling = [word for word in found if word not in SMALL] or found
        short = "".join(word[0] for word in WORD_RE.findall(label)).upper()
        named = len(short) >= FEWEST_FOR_ACRONYM and not acronyms.isdisjoint({short, f"{short}s"})
        if telling and not named and words.isdisjoint(telling):
            yield label


def _one(word: str) -> str:
    """Return a word as it is looked for: in small letters, without hyphens, and one where it says many."""
    small = word.lower().replace("-", "")
    for end, new in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ss", "ss"), ("s", "")):
        if small.endswith(end) and len(small) > len(end) + 1:
            return small.removesuffix(end) + new
    return small


def _alt(part: Part, figure: Figure) -> Position:
    """Return the place of a figure's alt text: an option of the innermost figure that holds the drawing."""
    around = (
        block
        for block in part.blocks
        if block.position.path == figure.start.path and block.position.line < figure.start.line <= block.last
    )
    return max(around, key=lambda block: block.position).at("alt")
