"""The guide's questions and cards, by page and by objective -> what shows how far a reader is.

<!-- studyguide: progress -->  in a page  ->  a table of the lessons and one of the objectives, with their questions and cards
practice/lessons.js                        ->  {"learn/dns/": ["cp-resolver", ...]}: the questions of each page, by its address

A lesson is a page that has questions and that an objective names as what to read. A card is of the lesson that it is on, or
of the first that leads to its place; the other cards and questions are the last row of the lessons. So that table has each
question and each card once.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from studyguide.exports.practice import Asked, Practice, every, lessons, moved
from studyguide.text.comments import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide.compose import Rendered
    from studyguide.exports.cards.card import Card
    from studyguide.links.registry import Registry

MARK = written("progress")
FILE = "practice/lessons.js"
HEADS = ("Questions", "Right at the first try", "To look at again", "Due today")
REST = "Outside the lessons"


def progress(
    pages: Mapping[str, Rendered], registry: Registry, cards: Sequence[Card], contents: Mapping[str, str]
) -> Practice:
    """Return the pages that have the mark with their tables, and the file.

    What is counted is in ``pages``. The tables go into their ``contents``, where other marks may have been filled: a card
    that is shown again leads nowhere that its page does.
    """
    showing = {path: content for path, content in contents.items() if MARK in content}
    if not showing:
        return Practice({}, {})
    asked = every(pages.values(), "")
    by_address = {url: [each.id for each in found] for url, found in asked.items()}
    code = f"globalThis.studyguide.lessons = {json.dumps(by_address, separators=(',', ':'))}\n"
    read = {key: " ".join(links) for key, links in lessons(pages.values(), "").items()}
    taught = [
        page for page in pages.values() if page.url in asked and any(_names(links, page.url) for links in read.values())
    ]
    homes = _homes(taught, cards)
    objectives = _objectives(asked, registry, read, homes)
    filled = {
        path: content.replace(MARK, _lessons(taught, asked, homes, pages[path].url) + objectives)
        for path, content in showing.items()
    }
    return Practice(filled, {FILE: code})


def _names(links: str, url: str) -> bool:
    """Return whether one of the links, as the site's first page writes them, leads to a page."""
    return f'href="{escape(moved("", url, ""))}"' in links


def _homes(taught: Iterable[Rendered], cards: Iterable[Card]) -> dict[Card, str | None]:
    """Return the address of each card's lesson, None where it has none."""
    found = dict[str, str]()
    for page in taught:
        for place in leads(page.content, page.url):
            found.setdefault(place, page.url)
    # A lesson's own are its, whoever leads there.
    own = {page.url for page in taught}
    return {
        card: home if (home := card.place.rpartition("#")[0]) in own else found.get(moved(card.place, "", ""))
        for card in cards
    }


def leads(content: str, url: str) -> tuple[str, ...]:
    """Return the places that a page leads to, as the site's first page writes them."""
    return tuple(
        moved(link.attributes["href"] or "", url, "") for link in LexborHTMLParser(content).css('a[href*="#"]')
    )


def _lessons(
    taught: Iterable[Rendered], asked: Mapping[str, Sequence[Asked]], homes: Mapping[Card, str | None], url: str
) -> str:
    rows, rest = [], dict(asked)
    for page in taught:
        link = f'<a href="{escape(moved("", page.url, url))}">{page.title}</a>'
        held = [card for card, home in homes.items() if home == page.url]
        rows.append(_row(link, rest.pop(page.url), held, " data-lesson"))
    left = [card for card, home in homes.items() if home is None]
    if rest or left:
        rows.append(_row(REST, [each for found in rest.values() for each in found], left, " data-rest"))
    return _table("Lessons", "Lesson", rows)


def _objectives(
    asked: Mapping[str, Sequence[Asked]], registry: Registry, read: Mapping[str, str], homes: Mapping[Card, str | None]
) -> str:
    every, rows = [each for found in asked.values() for each in found], []
    lessons = {home for home in homes.values() if home is not None}
    for target in registry:
        found = [each for each in every if target.kind == "objective" and each.objective == target.id]
        if found:
            ids, links = {each.id for each in found}, read.get(target.id, "")
            near = {home for home in lessons if _names(links, home)}
            # A question says what it is about, and other cards where to read of it.
            held = [
                card for card, home in homes.items() if (card.id in ids if card.kind == "question" else home in near)
            ]
            rows.append(_row(escape(registry.spell(target.title)), found, held))
    return _table("Objectives", "You can", rows)


def _row(name: str, asked: Sequence[Asked], cards: Iterable[Card], more: str = "") -> str:
    ids = (" ".join(each.id for each in asked), " ".join(card.id for card in cards))
    data = f'data-questions="{escape(ids[0])}" data-cards="{escape(ids[1])}"'
    return f'<tr {data}{more}><th scope="row">{name}</th><td>{len(asked) or ""}</td><td></td><td></td><td></td></tr>'


def _table(title: str, first: str, rows: Iterable[str]) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in (first, *HEADS))
    return (
        f'<section class="sg-rows" aria-label="{title}"><h2>{title}</h2>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></section>"
    )
