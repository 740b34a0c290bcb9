"""Flashcards: what pages make of them, what is wrong with one, and how a page shows them all."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from studyguide.exports.cards import shown
from studyguide.exports.cards.card import Card, check, within, words
from studyguide.exports.cards.made import HEADINGS, ITEMS, of_page
from studyguide.model import Position

TERM = """<div class="sg-term" id="term-eni"><p class="sg-term__name"><dfn>ENI</dfn></p>
<p>The network card of <a href="../b/">something</a> <span class="sg-cites">[<a href="#s">1</a>]</span>. It has an address.</p>
<p>An endpoint is one.</p></div>"""
MYTH = f"""{HEADINGS}<h3 id="moves">"It moves."<a class="headerlink" href="#moves">¶</a></h3>
<p>It stays.</p><h3 id="plain">Plain</h3><p>No statement.</p>"""
ERRORS = f"""{ITEMS}<h3 id="up">Used up</h3><ul><li><code>Full<wbr>Exception</code>, 502: no address is free.</li>
<li><code>A</code> and <code>B</code>: an id is wrong.</li><li><code>sqs</code> is no error.</li></ul>"""
QUESTION = """<section class="sg-checkpoint" id="cp-{0}" data-id="cp-{0}" data-kind="{1}">
<div class="sg-stem"><p>{2}</p></div><sg-question><fieldset class="sg-ask"><ol>
<li data-item="1"><label><input><span>Left</span></label></li>
<li data-item="2"><label><input data-right><span>Right</span></label></li></ol></fieldset>
<details><p class="sg-verdict">Right: <strong>B</strong></p><ul class="sg-reasons"><li class="sg-wrong"><p>No.</p></li>
<li class="sg-right"><p class="sg-mark">B</p><p>There it is.</p></li></ul></details></sg-question></section>"""


def made(html: str, confused: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> list[tuple[str, str, str, str]]:
    return [(card.id, card.place, card.front, card.back) for card in of_page(html, "learn/a/", confused)]


def card(front: str, back: str, kind: str = "meaning") -> Card:
    return Card("term-a.meaning", kind, "term-a", "What does it mean?", front, back, "learn/a/#term-a")


def test_term_is_asked_both_ways_and_for_an_example() -> None:
    meaning = "The network card of something. It has an address."
    assert made(TERM) == [
        ("term-eni.meaning", "learn/a/#term-eni", "ENI", meaning),
        ("term-eni.name", "learn/a/#term-eni", meaning, "ENI"),
        ("term-eni.example", "learn/a/#term-eni", "ENI", "An endpoint is one."),
    ]


def test_statements_where_a_page_asks_for_them() -> None:
    assert made(MYTH) == [("myth-moves", "learn/a/#moves", '"It moves."', "It stays.")]
    assert made(MYTH.replace(HEADINGS, "")) == []


def test_errors_with_all_their_names() -> None:
    assert made(ERRORS) == [
        ("error-FullException", "learn/a/#up", "<code>FullException</code>", "No address is free."),
        ("error-A", "learn/a/#up", "<code>A</code> and <code>B</code>", "An id is wrong."),
    ]


@pytest.mark.parametrize(
    ("kind", "stem", "back"),
    [
        ("one", "Where is it?", "Right. There it is."),
        ("one", "It hangs. Why?", "Right. There it is."),
        ("fill", 'It is <span class="sg-blank">___</span>.', "B. There it is."),
        ("number", "How many?", "B. There it is."),
        # Who sees no options cannot tell.
        ("one", "Which of these is it?", None),
        ("several", "What are they?", None),
        # Above forty words with the shortest answer.
        ("one", f"{'word ' * 39}why?", None),
        ("one", "Where is it?</p><pre>code</pre><p>", None),
    ],
)
def test_question_that_a_line_asks_and_answers(kind: str, stem: str, back: str | None) -> None:
    found = made(QUESTION.format("a", kind, stem), (("cp-a", ("cp-b",)),))
    assert [each[3] for each in found] == ([back] if back else [])


def test_what_is_taken_for_it_goes_along() -> None:
    (found,) = of_page(QUESTION.format("a", "number", "How many?"), "", (("cp-a", ("cp-b", "term-c")),))
    assert found.confused == ("cp-b", "term-c")


def test_side_takes_the_sentences_that_fit() -> None:
    first, second = f"{'one ' * 20}two.", f"Three {'three ' * 20}four."
    assert within(f"{first} {second}") == first
    assert within("Short. And short.\nEnd.") == "Short. And short. End."
    assert within("Short. And short.", "word " * 38) == "Short."
    # A sentence does not end inside an element.
    assert within(f"A <em>b. C</em> d. {first} {second}") == f"A <em>b. C</em> d. {first}"
    assert words("<code>a.b</code> It's &lt; 5") == ["a.b", "it's", "5"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (card("ENI", "A card."), []),
        (card("ENI", "word " * 39), []),
        (card("ENI", "word " * 40), ["CRD001 The card `term-a.meaning` has 41 words, and 40 are the most."]),
        (
            card("route table", "A Route Table is a list."),
            ["CRD002 The card `term-a.meaning` gives itself away: both sides say 'route table'."],
        ),
        (card("A route table is one.", "route table", "name"), ["CRD002 The card `term-a.meaning` gives itself away: both sides say 'route table'."]),
        # A part of it, or another word, is not the answer.
        (card("route table", "A list of each route."), []),
        (card("ENI", "Said of ENIs."), []),
        # An example names what it is of.
        (card("ENI", "An endpoint is an ENI.", "example"), []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_card(given: Card, said: list[str]) -> None:
    found = list(check([given, given], {"term-a": Position("docs/a.md", 3)}))
    assert [f"{problem.code} {problem.message}" for problem in found] == said
    assert {str(problem.position) for problem in found} <= {"docs/a.md:3:1"}


def test_version_is_that_of_the_words() -> None:
    assert card("a", "b").version == card("a", "b").version != card("a", "c").version


def test_list_has_a_row_for_both_sides_of_a_word() -> None:
    cards = of_page(TERM + MYTH + ERRORS, "learn/a/", ())
    tree = LexborHTMLParser(shown(cards, "practice/flashcards/"))
    assert [node.attributes["data-card"] for node in tree.css("li")] == [
        "term-eni.meaning", "term-eni.example", "myth-moves", "error-FullException", "error-A",
    ]  # fmt: skip
    assert tree.css_first("li a").attributes["href"] == "../../learn/a/#term-eni"
    assert [node.text() for node in tree.css("summary")] == ["Words 1", "Examples 1", "Statements 1", "Errors 2"]
    assert tree.css_first("section").attributes["data-search-exclude"] == "true"
