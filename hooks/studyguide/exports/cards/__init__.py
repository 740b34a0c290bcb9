"""The guide's pages -> flashcards, each with two short sides, and the page that shows them all.

<!-- studyguide: flashcards -->          ->   every card, its front beside its back, by what it was made from
<!-- studyguide: cards of headings -->   a page's headings in quotation marks: true or not, and why?
<!-- studyguide: cards of items -->      a page's list items that begin with code: what does it say?

Terms and questions need no mark. Where no page shows the cards none is made.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from studyguide.exports.cards.card import Card, check
from studyguide.exports.cards.made import ASKED, BACKWARDS, KINDS, of_page
from studyguide.exports.practice import moved
from studyguide.model import Problem
from studyguide.text.comments import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studyguide.collect import Manuscript
    from studyguide.compose import Rendered
    from studyguide.directives.part import Part
    from studyguide.model import Position

ALL = "flashcards"
MARK = written(ALL)
# What asks for cards of a page: their kind, and what each is made of.
OF = {
    "cards of headings": ("myth", "heading in quotation marks above a paragraph"),
    "cards of items": ("error", "item that begins with a name in code and says after a colon what it is"),
}


class Cards(NamedTuple):
    """The content of the pages that show cards, by their paths, what is wrong with the cards, and the cards."""

    contents: dict[str, str]
    problems: tuple[Problem, ...]
    cards: tuple[Card, ...]


def make(pages: Mapping[str, Rendered], manuscript: Manuscript) -> Cards:
    """Return the pages that have a mark, with every card in its place."""
    showing = {path: page for path, page in pages.items() if MARK in page.content}
    if not showing:
        return Cards({}, tuple(_unshown(manuscript)), ())
    confused = {each.id: each.confused_with for each in manuscript.checkpoints}
    cards, problems = list[Card](), list[Problem]()
    where: dict[str, Position] = {}
    for path, page in pages.items():
        found = of_page(page.content, page.url, tuple(confused.items()))
        problems += _without_cards(found, manuscript.parts[path])
        # Two pages may show one thing.
        known = {card.id for card in cards}
        found = tuple(card for card in found if card.id not in known)
        cards += found
        where |= {card.of: _position(card, path, manuscript) for card in found}
    cards = [replace(card, confused=tuple(each for each in card.confused if each in where)) for card in cards]
    contents = {path: page.content.replace(MARK, shown(cards, page.url)) for path, page in showing.items()}
    problems += () if cards else _none(manuscript)
    return Cards(contents, (*problems, *check(cards, where)), tuple(cards))


def _none(manuscript: Manuscript) -> Iterator[Problem]:
    """Yield what asks for the cards of a guide that has none."""
    fix = "Define a term, or remove this line."
    for comment in (each for part in manuscript.parts.values() for each in part.comments if each.words == ALL):
        yield Problem(comment.position, "DIR011", "The guide has no term, and no question that a card could ask.", fix)


def _unshown(manuscript: Manuscript) -> Iterator[Problem]:
    """Yield what asks for cards in a guide that shows none."""
    fix = f"Add a page with the line `{MARK}`."
    for comment in (each for part in manuscript.parts.values() for each in part.comments if each.words in OF):
        yield Problem(
            comment.position, "DIR011", "No page of the guide shows the cards that this comment asks for.", fix
        )


def _without_cards(found: Iterable[Card], part: Part) -> Iterator[Problem]:
    """Yield what asks for cards of something that its page does not have."""
    kinds = {card.kind for card in found}
    for comment in part.comments:
        kind, what = OF.get(comment.words, ("", ""))
        if kind and kind not in kinds:
            message = f"This page has no {what}, so no card is made of one."
            yield Problem(comment.position, "DIR011", message, "Write one, or remove this line.")


def shown(cards: Iterable[Card], url: str) -> str:
    """Return the list of all cards for a page at an address: what fits two columns, and folds.

    A word and its meaning are one row, which is read from both sides.
    """
    lists = [(title, asks, [card for card in cards if card.kind == kind]) for kind, title, asks in KINDS]
    parts = "".join(
        f"<details><summary>{title} <small>{len(held)}</small></summary>"
        f'<p>{asks}</p><ol data-kind="{held[0].kind}">{"".join(_item(card, url) for card in held)}</ol></details>'
        for title, asks, held in lists
        if held and held[0].kind != BACKWARDS
    )
    return f'<section class="sg-cards" data-search-exclude="true" data-backwards="{ASKED[BACKWARDS]}">{parts}</section>'


def _item(card: Card, url: str) -> str:
    data = {"card": card.id, "version": card.version, "confused": " ".join(card.confused)}
    said = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items() if value)
    # Hundreds of links: one that does not say what of is told from the others by what stands before it.
    link = f'<a href="{escape(moved(card.place, "", url))}">In the guide</a>'
    return f"<li{said}><div>{card.front}</div><div>{card.back} {link}</div></li>"


def _position(card: Card, path: str, manuscript: Manuscript) -> Position:
    """Return where somebody wrote what a card is made from."""
    part, source = manuscript.parts[path], manuscript.sources[path]
    placed = {each.id: each.position for each in part.targets} | {each.id: each.position for each in part.checkpoints}
    if card.of in placed:
        return placed[card.of]
    return source.position(max(source.text.find(next(_said(card))), 0))


def _said(card: Card) -> Iterator[str]:
    """Yield words of a heading or an item that its source has as they are."""
    code = re.search(r"<code>(?P<code>[^<]*)", card.front)
    yield code["code"] if code else re.sub(r"<[^>]*>.*", "", card.front, flags=re.DOTALL).strip()
