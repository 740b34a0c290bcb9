"""What a page for practice is made of: every question as a script, what a test can be about, and one for paper."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser
from studyguide.compose import Rendered
from studyguide.exports.practice import FILE, KEY, OBJECTIVES, PAPER, QUESTIONS, Asked, choose, moved, practice, script
from studyguide.links.registry import Registry
from studyguide.model import Position, Target

GOAL = '<div class="sg-objective" id="obj-a"><p>Read <a href="../b/">b</a>, not <a href="#x">x</a> or <a href="https://x.example/">y</a>.</p></div>'
QUESTION = (
    '<section class="sg-checkpoint" data-id="cp-{0}" data-kind="{1}" data-objective="obj-a" id="cp-{0}">'
    '<p class="sg-label"><a href="#cp-{0}">1</a></p><div class="sg-stem"><p id="cp-{0}-stem">Why <img src="w.png">?</p></div>'
    '<sg-question><fieldset class="sg-ask"><legend class="sg-hint">Choose one.</legend><ol>'
    '<li data-item="1"><label><input><span>One <b>&lt;</b></span></label></li>'
    '<li data-item="2"><input><div class="sg-text" id="cp-{0}:2"><p>Two</p></div></li></ol></fieldset>'
    '<details><p class="sg-verdict">Right: <strong>B</strong></p></details></sg-question></section>'
)
PAGES = {
    "a.md": Rendered("learn/a/", "A", GOAL + QUESTION.format("a", "one")),
    "b.md": Rendered("learn/b/", "B", QUESTION.format("b", "order")),
    "t.md": Rendered("practice/test/", "T", f"{OBJECTIVES}|{PAPER}|{KEY}|{QUESTIONS}"),
}


def registry() -> Registry:
    known = Registry()
    for key in ("obj-a", "obj-unasked"):
        known.add(Target("objective", key, f"Do {key}", Position("docs/a.md")), "a.md")
    return known


def asked(key: str, objective: str = "obj-a", difficulty: int = 2) -> Asked:
    return Asked(key, objective, "one", difficulty, "", "")


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("#cp-a", "../../learn/a/#cp-a"),
        ("../b/?x=1#y", "../../learn/b/?x=1#y"),
        ("../../practice/bank/a%20b/", "../bank/a%20b/"),
        ("../../", "../../"),
        ("w.png", "../../learn/a/w.png"),
        ("https://x.example/a?b#c", "https://x.example/a?b#c"),
        ("//x.example/a", "//x.example/a"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("http://[", "http://["),
    ],
)
def test_link_leads_where_it_led(address: str, seen: str) -> None:
    assert moved(address, "learn/a/", "practice/test/") == seen


def test_link_of_a_site_for_a_folder() -> None:
    assert moved("b.html#x", "learn/a.html", "practice/test.html") == "../learn/b.html#x"
    assert moved("../index.html", "learn/a.html", "practice/test.html") == "../index.html"


def test_script_holds_every_question_with_links_of_the_page_that_asks() -> None:
    text = practice(PAGES, registry()).files[FILE]
    assert text.startswith("globalThis.studyguide.questions = ")
    html = json.loads(text.partition(" = ")[2])
    tree = LexborHTMLParser(html)
    assert [node.attributes["data-id"] for node in tree.css("section")] == ["cp-a", "cp-b"]
    assert [node.attributes["href"] for node in tree.css("a")] == ["../../learn/a/#cp-a", "../../learn/b/#cp-b"]
    assert tree.css_first("img").attributes["src"] == "../../learn/a/w.png"


def test_script_is_safe_in_any_words() -> None:
    html = "</script>\u2028\"'\\"
    assert json.loads(script([asked("a")._replace(html=html)]).partition(" = ")[2]) == html


def test_objectives_have_their_questions_and_what_to_read() -> None:
    goals, *_ = practice(PAGES, registry()).contents["t.md"].split("|")
    tree = LexborHTMLParser(goals)
    assert [node.attributes["data-objective"] for node in tree.css("li")] == ["obj-a"]
    assert tree.css_first("label").text().split() == ["Do", "obj-a", "2"]
    assert tree.css_first(".sg-read").inner_html == '<a href="../../learn/b/">b</a>'


def test_page_knows_where_the_script_is() -> None:
    *_, where = practice(PAGES, registry()).contents["t.md"].split("|")
    node = LexborHTMLParser(where).css_first("[data-questions][hidden]")
    address, _, version = node.attributes["data-questions"].partition("?")
    assert (address, len(version)) == ("../questions.js", 8)
    other = {**PAGES, "a.md": Rendered("learn/a/", "A", PAGES["a.md"].content.replace("Why", "How"))}
    assert practice(other, registry()).contents["t.md"].split("|")[3] != where


def test_paper_has_no_id_of_another_page_and_nothing_to_press() -> None:
    _, paper, key, _ = practice(PAGES, registry()).contents["t.md"].split("|")
    assert paper == (
        '<section class="sg-paper" data-search-exclude="true"><ol><li><div class="sg-stem"><p>Why '
        '<img src="../../learn/a/w.png">?</p></div><p>Choose one.</p><ol type="A"><li>One <b>&lt;</b></li>'
        "<li><p>Two</p></li></ol></li></ol></section>"
    )
    assert key == (
        '<section class="sg-key" data-search-exclude="true"><ol><li><strong>B</strong> '
        '<a href="../../learn/a/#cp-a" aria-label="Why, question 1">Why</a></li></ol></section>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<section class="sg-checkpoint" data-id="x">',
        '<section class="sg-checkpoint" data-id data-difficulty="very" data-kind="one"></section>',
        '<section class="sg-checkpoint" data-id="x" data-kind="one" data-difficulty="7"><a href="http://[">y</a></section>',
    ],
)
def test_html_of_an_author_that_looks_like_a_question_stops_nothing(html: str) -> None:
    made = practice({**PAGES, "c.md": Rendered("c/", "C", html)}, registry())
    tree = LexborHTMLParser(json.loads(made.files[FILE].partition(" = ")[2]))
    assert len(tree.css("section")) == 3


def test_nothing_is_made_where_no_page_asks() -> None:
    assert practice({path: PAGES[path] for path in ("a.md", "b.md")}, registry()) == ({}, {})


def test_choice_is_spread_and_the_same_every_time() -> None:
    pool = [asked(f"cp-{n}", f"obj-{n % 7}", 1 + n % 3) for n in range(200)]
    chosen = choose(pool, 20)
    assert chosen == choose(pool[::-1], 20)
    assert len(set(chosen)) == 20
    assert max(Counter(one.objective for one in chosen).values()) == 3
    assert sorted(Counter(one.difficulty for one in chosen).values()) == [6, 7, 7]
    # Another question in the bank changes little.
    assert len(set(chosen) & set(choose([*pool, asked("cp-new", "obj-3", 1)], 20))) >= 19


@pytest.mark.parametrize("count", [0, 1, 3])
def test_choice_of_few(count: int) -> None:
    pool = [asked(f"cp-{n}") for n in range(count)]
    assert sorted(choose(pool, 20)) == pool


def test_question_with_a_drawing_brings_the_shapes_of_its_letters_and_is_not_on_paper() -> None:
    sheet = '<svg class="sg-glyphs"><defs><path d="M0" id="g-a"></path><path d="M1" id="g-b"></path></defs></svg>'
    drawing = '<svg class="sg-svg"><use href="#g-b"></use><use href="#g-b"></use></svg>'
    drawn = QUESTION.format("c", "one").replace("Why", drawing)
    pages = {**PAGES, "c.md": Rendered("learn/c/", "C", drawn + sheet)}
    made = practice(pages, registry())
    tree = LexborHTMLParser(json.loads(made.files[FILE].partition(" = ")[2]))
    assert [node.id for node in tree.css("#cp-c .sg-glyphs path")] == ["g-b"]
    assert not tree.css("#cp-a svg")
    assert tree.css_first("#cp-c use").attributes["href"] == "#g-b"
    assert made.contents["t.md"].count("<ol type") == 1


def test_question_on_two_pages_is_asked_once() -> None:
    pages = {**PAGES, "c.md": Rendered("learn/c/", "C", QUESTION.format("b", "order"))}
    assert practice(pages, registry()).files == practice(PAGES, registry()).files
    assert ">2</small>" in practice(pages, registry()).contents["t.md"]


def test_links_are_those_of_each_page_that_shows_questions() -> None:
    others = {
        "k.md": Rendered("key/", "Key", f"{PAPER}{KEY}"),
        "u.md": Rendered("ask/", "Ask", QUESTIONS),
        "v.md": Rendered("practice/more/", "More", QUESTIONS),
    }
    made = practice({**PAGES, **others}, registry())
    assert 'href="../learn/a/#cp-a"' in made.contents["k.md"]
    assert 'src="../learn/a/w.png"' in made.contents["k.md"]
    # What is in one folder takes one file.
    assert list(made.files) == [FILE, "practice/questions-2.js"]
    assert "../../learn/a/w.png" in made.files[FILE]
    assert r"=\"../learn/a/w.png" in made.files["practice/questions-2.js"]
    addresses = [made.contents[path].split('data-questions="')[1].split("?")[0] for path in ("t.md", "u.md", "v.md")]
    assert addresses == ["../questions.js", "../practice/questions-2.js", "../questions.js"]
