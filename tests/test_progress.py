"""What shows how far a reader is: the questions of each page, the tables of lessons and objectives, and the cards of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser
from studyguide.compose import Rendered
from studyguide.exports.cards.card import Card
from studyguide.exports.progress import FILE, MARK, progress
from test_practice import GOAL, QUESTION, registry

if TYPE_CHECKING:
    from studyguide.exports.practice import Practice

PAGES = {
    "a.md": Rendered("learn/a/", "A", GOAL + QUESTION.format("a", "one")),
    "b.md": Rendered("learn/b/", "B &amp; C", QUESTION.format("b", "order") + QUESTION.format("c", "one")),
    "p.md": Rendered("practice/progress/", "P", MARK),
}


def made(pages: dict[str, Rendered], cards: tuple[Card, ...]) -> Practice:
    return progress(pages, registry(), cards, {path: page.content for path, page in pages.items()})


def test_questions_of_each_page_by_its_address() -> None:
    code = made(PAGES, ()).files[FILE]
    assert json.loads(code.partition(" = ")[2]) == {"learn/a/": ["cp-a"], "learn/b/": ["cp-b", "cp-c"]}


def card(id_: str, place: str, kind: str = "meaning") -> Card:
    return Card(id_, kind, id_.partition(".")[0], "?", "front", "back", place)


# A lesson's own question, one of another page, a word that a lesson leads to, and one that no page does.
CARDS = (
    card("cp-b", "learn/b/#cp-b", "question"),
    card("cp-a", "learn/a/#cp-a", "question"),
    card("term-x.meaning", "words/#term-x"),
    card("term-x.name", "words/#term-x", "name"),
    card("term-y.meaning", "words/#term-y"),
)
WITH_WORD = PAGES["b.md"]._replace(content=PAGES["b.md"].content + '<a href="../../words/#term-x">x</a>')


def rows(pages: dict[str, Rendered], cards: tuple[Card, ...] = CARDS) -> list[tuple[str, str, str]]:
    """Return what each row of both tables is called, and the questions and the cards that it counts."""
    tree = LexborHTMLParser(made(pages, cards).contents["p.md"])
    data = ("data-questions", "data-cards")
    return [
        (row.css_first("th").text(), *(row.attributes[name] or "" for name in data)) for row in tree.css("tbody tr")
    ]


def test_lessons_are_what_objectives_send_to() -> None:
    tree = LexborHTMLParser(made(PAGES, ()).contents["p.md"])
    assert [row.css_first("th").text() for row in tree.css("tr[data-lesson]")] == ["B & C"]
    assert tree.css_first("tbody a").attributes["href"] == "../../learn/b/"
    heads = [head.text() for head in tree.css("[aria-label=Lessons] th[scope=col]")]
    assert heads == ["Lesson", "Questions", "Right at the first try", "To look at again", "Due today"]


def test_every_question_and_card_is_in_one_row_of_the_lessons() -> None:
    assert rows({**PAGES, "b.md": WITH_WORD}) == [
        ("B & C", "cp-b cp-c", "cp-b term-x.meaning term-x.name"),
        ("Outside the lessons", "cp-a", "cp-a term-y.meaning"),
        # An objective has what is asked about it, and the words of what is read for it.
        ("Do obj-a", "cp-a cp-b cp-c", "cp-b cp-a term-x.meaning term-x.name"),
    ]


def test_word_is_of_the_first_lesson_that_leads_to_it() -> None:
    pages = {"b.md": WITH_WORD, "a.md": PAGES["a.md"], "p.md": PAGES["p.md"]}
    second = WITH_WORD._replace(url="learn/c/", title="Later")
    goal = pages["a.md"].content.replace("not ", '<a href="../c/">c</a>, not ')
    pages |= {"c.md": second, "a.md": pages["a.md"]._replace(content=goal)}
    assert [row[0] for row in rows(pages) if "term-x.name" in row[2]] == ["B & C", "Do obj-a"]


def test_lesson_that_leads_to_the_question_of_another_does_not_take_it() -> None:
    first = Rendered("learn/0/", "First", QUESTION.format("z", "one") + '<a href="../b/#cp-b">b</a>')
    goal = PAGES["a.md"].content.replace("not ", '<a href="../0/">0</a>, not ')
    pages = {"0.md": first, **PAGES, "a.md": PAGES["a.md"]._replace(content=goal)}
    assert [row[0] for row in rows(pages) if "cp-b" in row[2]] == ["B & C", "Do obj-a"]


def test_no_row_where_lessons_have_everything() -> None:
    goal = Rendered("", "Home", GOAL.replace("../b/", "learn/b/"))
    assert [row[0] for row in rows({**PAGES, "a.md": goal}, CARDS[:1])] == ["B & C", "Do obj-a"]


def test_nothing_is_made_without_a_page_for_it() -> None:
    assert made({"a.md": PAGES["a.md"]}, ()) == ({}, {})


def test_question_on_two_pages_is_of_the_first() -> None:
    again = PAGES["b.md"]._replace(url="learn/c/", title="Later", content=QUESTION.format("b", "order"))
    goal = PAGES["a.md"].content.replace("not ", '<a href="../c/">c</a>, not ')
    pages = {**PAGES, "a.md": PAGES["a.md"]._replace(content=goal), "c.md": again}
    assert json.loads(made(pages, ()).files[FILE].partition(" = ")[2]) == {
        "learn/a/": ["cp-a"],
        "learn/b/": ["cp-b", "cp-c"],
    }
    assert [row[:2] for row in rows(pages, ())] == [
        ("B & C", "cp-b cp-c"),
        ("Outside the lessons", "cp-a"),
        ("Do obj-a", "cp-a cp-b cp-c"),
    ]
