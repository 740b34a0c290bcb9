"""A flashcard, and what is wrong with one.

A side is a short text in HTML. It has a place in the guide, an id that stays while its words change, and a version that
does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.shelf import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.model import Position

LONGEST = 40
# As much as an answer may be a name, which the other side must not say.
NAME = 4
# An example may say what it is of, and so may what is true of a statement.
OPEN = frozenset({"example", "myth"})
TAG_RE = re.compile(r"<[^>]*>")
WORD_RE = re.compile(r"[^\W_]+(?:[-:.'\u2019][^\W_]+)*")
SENTENCE_RE = re.compile(r"(?<=[.?!])\s+(?=[^a-z])")


@dataclass(frozen=True, slots=True)
class Card:
    """A card: ``kind`` is what it was made from, ``of`` the id of that, and ``place`` is its address in the site.

    ``asks`` is what is asked of all cards of its kind, without what is asked about; ``confused`` are what a reader may
    take it for, by the ids of which other cards are.
    """

    id: str
    kind: str
    of: str
    asks: str
    front: str
    back: str
    place: str
    confused: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Return a name for the words of the card."""
        return digest(self.asks, self.front, self.back)[:6]


def words(html: str) -> list[str]:
    """Return the words of a side, in small letters."""
    return WORD_RE.findall(unescape(TAG_RE.sub("", html)).casefold())


def within(html: str, front: str = "") -> str:
    """Return as many of a text's first sentences as a card with this front may hold; the first, however long it is."""
    most = LONGEST - len(words(front))
    kept: list[str] = []
    for sentence in _sentences(html):
        if kept and len(words(" ".join([*kept, sentence]))) > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def _sentences(html: str) -> Iterator[str]:
    """Yield the sentences of a text; one does not end inside an element."""
    held = ""
    for part in SENTENCE_RE.split(" ".join(html.split())):
        held = f"{held} {part}".strip()
        if len(re.findall(r"<[a-z]", held)) == held.count("</"):
            yield held
            held = ""
    if held:
        yield held


def check(cards: Iterable[Card], position: dict[str, Position]) -> Iterator[Problem]:
    """Yield what is wrong with cards, at the places that they are made from; of a place each kind once."""
    said = set()
    for card in cards:
        for code, message, fix in _faults(card):
            if (code, card.of) not in said:
                said.add((code, card.of))
                yield Problem(position[card.of], code, message, fix)


def _faults(card: Card) -> Iterator[tuple[str, str, str]]:
    front, back = words(card.front), words(card.back)
    if (count := len(front) + len(back)) > LONGEST:
        message = f"The card `{card.id}` has {count} words, and {LONGEST} are the most."
        yield "CRD001", message, "Say it in a shorter first sentence: a card takes the sentences that fit."
    if card.kind not in OPEN and (_says(front, back) or _says(back, front)):
        short = min(front, back, key=len)
        message = f"The card `{card.id}` gives itself away: both sides say {' '.join(short)!r}."
        yield "CRD002", message, "Say it in other words on the side that explains."


def _says(whole: list[str], name: list[str]) -> bool:
    """Return whether a side says the other one, which is short, word for word."""
    if not 0 < len(name) <= NAME:
        return False
    return any(whole[at : at + len(name)] == name for at in range(len(whole)))
