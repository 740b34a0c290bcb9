"""What shows how far a reader is: the questions of each page, and the tables of lessons and objectives."""

from __future__ import annotations

import json

from selectolax.lexbor import LexborHTMLParser
from studyguide.compose import Rendered
from studyguide.exports.progress import FILE, MARK, progress
from test_practice import GOAL, QUESTION, registry

PAGES = {
    "a.md": Rendered("learn/a/", "A", GOAL + QUESTION.format("a", "one")),
    "b.md": Rendered("learn/b/", "B &amp; C", QUESTION.format("b", "order") + QUESTION.format("c", "one")),
    "p.md": Rendered("practice/progress/", "P", MARK),
}


def test_questions_of_each_page_by_its_address() -> None:
    code = progress(PAGES, registry()).files[FILE]
    assert json.loads(code.partition(" = ")[2]) == {"learn/a/": ["cp-a"], "learn/b/": ["cp-b", "cp-c"]}


def test_lessons_are_what_objectives_send_to() -> None:
    tree = LexborHTMLParser(progress(PAGES, registry()).contents["p.md"])
    rows = [
        (row.attributes["data-questions"], "data-lesson" in row.attributes, row.css_first("th").text())
        for row in tree.css("tbody tr")
    ]
    assert rows == [("cp-b cp-c", True, "B & C"), ("cp-a cp-b cp-c", False, "Do obj-a")]
    assert tree.css_first("tbody a").attributes["href"] == "../../learn/b/"


def test_nothing_is_made_without_a_page_for_it() -> None:
    assert progress({"a.md": PAGES["a.md"]}, registry()) == ({}, {})
