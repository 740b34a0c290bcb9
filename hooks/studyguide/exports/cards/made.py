"""A rendered page -> its cards: of terms both ways and with their examples, of myths, of names of errors, of questions.

<div class="sg-term" id="term-eni">  ->  Card("term-eni.meaning", front="ENI", back="An elastic network interface ...")
                                         Card("term-eni.name", front="An elastic network interface ...", back="ENI")
                                         Card("term-eni.example", front="ENI", back="An endpoint is ...")
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, TypeAlias

from selectolax.lexbor import LexborHTMLParser

from studyguide.exports.cards.card import LONGEST, Card, within, words
from studyguide.exports.decks.clean import Cleaner
from studyguide.text.comments import written

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS, ITEMS = (written(f"cards of {what}") for what in ("headings", "items"))
# What each kind of card is called, and what is asked of it, in the order of the page.
KINDS = (
    ("meaning", "Words", "What does it mean?"),
    ("name", "Meanings", "What is the word for it?"),
    ("example", "Examples", "What is an example?"),
    ("myth", "Statements", "True or not, and why?"),
    ("error", "Errors", "What does it say?"),
    ("question", "Questions", "What is the answer?"),
)
# It shows the other side of a row.
BACKWARDS = "name"
ASKED = {kind: asks for kind, _, asks in KINDS}
# An error's name, or several, and the number of its status.
ERROR_RE = re.compile(
    r"(?P<names><code>\w+</code>(?:(?:,| and) <code>\w+</code>)*)(?:, \d{3})?: (?P<says>.+)", re.DOTALL
)
NAME_RE = re.compile(r"<code>(\w+)</code>")
# Of one among four, only what can be answered without seeing them.
OPEN_RE = re.compile(r"(?:^|[.?!:,] )(?:what|why|how|where|when|who)\b[^.?!]*\?$", re.IGNORECASE)
# The kinds of questions that one line answers, where one paragraph asks.
SHORT = frozenset({"fill", "number", "one"})
# As they are: nothing on a card leads away.
CLEANER = Cleaner("")


def of_page(content: str, url: str, confused: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Card, ...]:
    """Return the cards of a page."""
    kinds = {
        'class="sg-term"': _terms,
        HEADINGS: _myths,
        ITEMS: _errors,
        'class="sg-checkpoint"': _questions,
    }
    asked = [make for mark, make in kinds.items() if mark in content]
    if not asked:
        return ()
    tree, others = LexborHTMLParser(content), dict(confused)
    return tuple(
        Card(f"{of}.{kind}" if kind in ("meaning", "name", "example") else of, kind, of, ASKED[kind], *sides, f"{url}#{at}",
             others.get(of, ()))
        for make in asked
        for kind, of, at, sides in make(tree)
    )  # fmt: skip


# A kind, what the card is of, the anchor that leads there, and both sides.
Made: TypeAlias = "Iterator[tuple[str, str, str, tuple[str, str]]]"


def _terms(tree: LexborHTMLParser) -> Made:
    for term in tree.css(".sg-term[id]"):
        key, name = term.id or "", CLEANER.inner(term.css_first("dfn"))
        said = [within(CLEANER.inner(each), name) for each in term.css("p") if each.css_first("dfn") is None]
        for kind, sides in zip(
            ("meaning", "name", "example"), [(name, text) for text in [*said[:1], *said[:2]]], strict=False
        ):
            yield kind, key, key, sides[::-1] if kind == "name" else sides


def _myths(tree: LexborHTMLParser) -> Made:
    for heading in tree.css("h2[id], h3[id]"):
        for link in heading.css(".headerlink"):
            link.decompose()
        after = heading.next
        while after is not None and after.tag == "-text":
            after = after.next
        text = CLEANER.inner(heading)
        if text[:1] in '"“' and after is not None and after.tag == "p":
            yield "myth", f"myth-{heading.id}", heading.id or "", (text, within(CLEANER.inner(after), text))


def _errors(tree: LexborHTMLParser) -> Made:
    place = ""
    for node in tree.css("h2[id], h3[id], li"):
        place = node.id or place
        if node.tag == "li" and (found := ERROR_RE.fullmatch(CLEANER.inner(node))):
            key = NAME_RE.findall(found["names"])[0]
            says = found["says"]
            yield "error", f"error-{key}", place, (found["names"], within(says[:1].upper() + says[1:], found["names"]))


def _questions(tree: LexborHTMLParser) -> Made:
    for section in tree.css("section.sg-checkpoint[data-id]"):
        key, kind = section.id or "", section.attributes["data-kind"]
        stem = section.css(".sg-stem > *")
        if kind not in SHORT or len(stem) != 1:
            continue
        for blank in section.css(".sg-stem .sg-blank"):
            blank.replace_with("___")
        asked = CLEANER.inner(stem[0])
        right = section.css_first(".sg-ask li:has(input[data-right]) > label > span") if kind == "one" else None
        if kind == "one" and (right is None or not OPEN_RE.search(unescape(re.sub(r"<[^>]*>", "", asked)))):
            continue
        answer = CLEANER.inner(right or section.css_first(".sg-verdict > strong")).rstrip(".")
        why = CLEANER.inner(section.css_first(".sg-reasons > .sg-right > p:not(.sg-mark)"))
        back = within(f"{answer}. {why}", asked)
        # Most are too long for a card: they come as they are once somebody missed one.
        if len(words(f"{asked} {back}")) <= LONGEST:
            yield "question", key, key, (asked, back)
