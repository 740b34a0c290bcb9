"""What comments ask the build for: what may be said how, and that all of it may stand on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import build, problems, project
from selectolax.lexbor import LexborHTMLParser
from studyguide.directives import read
from studyguide.text.comments import FIXED, form, near, said, unread, written
from studyguide.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = """/// checkpoint | What is a {0}?
    id: cp-{0}
    objective: obj-a
    reviewed: 2026-11-01

- [ ] A hole
    > No.
- [x] A wall
    > Yes.
///
"""
LESSON = f"""# Lesson

See [all](index.md).

/// objective | Know a wall
    id: obj-a

See [the lesson](lesson.md).
///

/// term | moat
    id: term-moat

Water around a wall.
///

See [](#term-moat).

{"".join(map(QUESTION.format, "abc"))}
"""
# What each comes to, by the selector of what it puts into a page once.
MADE = {
    "reading time": ".sg-reading:not(:lexbor-contains('lesson'))",
    "extent lesson.md": ".sg-reading:lexbor-contains('lesson')",
    "flashcards": ".sg-cards",
    "practice questions": "[data-questions^='practice/questions.js']",
    "practice objectives": ".sg-about",
    "paper test": ".sg-paper",
    "paper key": ".sg-key",
    "progress": ".sg-rows[aria-label=Lessons]",
    "free play": "reach-lab",
    "take questions.csv": ".sg-take",
    "receipt": ".sg-receipt",
}


@pytest.mark.parametrize("names", [list(MADE), list(reversed(MADE))], ids=["in order", "turned round"])
def test_all_that_can_be_asked_for_stands_on_one_page(names: list[str], tmp_path: Path) -> None:
    asked = "\n\n".join(map(written, names))
    settings = project(tmp_path, {"index.md": f"# All\n\nSee [it](lesson.md).\n\n{asked}\n", "lesson.md": LESSON})
    run = build(settings, tmp_path / "site")
    assert run.returncode == 0, run.stderr
    html = (tmp_path / "site/index.html").read_text("utf-8")
    assert "<!-- studyguide:" not in html
    page = LexborHTMLParser(html)
    assert {name: len(page.css(selector)) for name, selector in MADE.items()} == dict.fromkeys(MADE, 1)
    rows = {
        row.css_first("th").text(): row.attributes["data-questions"] for row in page.css(".sg-rows tr[data-questions]")
    }
    assert rows == {"Lesson": "cp-a cp-b cp-c", "Know a wall": "cp-a cp-b cp-c"}
    assert page.css_first(".sg-rows tr[data-lesson]").attributes["data-cards"].split()[:2] == [
        "term-moat.meaning",
        "term-moat.name",
    ]


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        (" studyguide: reading time ", "reading time"),
        ("studyguide:reading time", "reading time"),
        ("\n  studyguide :\n  reading\ttime\n", "reading time"),
        ("- studyguide: reading time -", "reading time"),
        (" studyguide; reading time ", "studyguide; reading time"),
        (" studyguide - progress ", "studyguide - progress"),
        (" studyguide - a package ", None),
        (" studyguide: ", ""),
        (" Studyguide: progress ", "Studyguide: progress"),
        (" studyguide: anything at all ", "anything at all"),
        (" studyguide flashcards ", "studyguide flashcards"),
        (" study-guide: extent learn/ ", "study-guide: extent learn/"),
        (" studygude: take questions.csv ", "studygude: take questions.csv"),
        (" studiguide: ignore LNK001 until=x ", "studiguide: ignore LNK001 until=x"),
        # What only looks a little so is somebody's own.
        (" study guide: take notes of it ", None),
        (" study guide: chapter 4 ", None),
        (" Study guide: sources ", None),
        (" study guide: sources ", None),
        (" study-guide: progress ", None),
        (" study-guide: reading time ", "study-guide: reading time"),
        (" studyguide's progress ", None),
        (" studyguide is a package ", None),
        (" progress ", None),
        (" TODO: ignore LNK001 ", None),
        (" style: sources ", None),
        (" more ", None),
        ("", None),
    ],
)
def test_comment_asks_for_something(comment: str, words: str | None) -> None:
    assert said(comment) == words


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("practise questions", "practice questions"),
        ("Studyguide: reading time", "reading time"),
        ("study-guide: extent learn/", "extent learn/"),
        ("sources everything", "sources"),
        ("flash cards", "flashcards"),
        ("ignor LNK001", "ignore CODE"),
        ("extend learn/", "extent FOLDER"),
        ("extent learn/ example/", "extent FOLDER"),
        ("mission", "mission NAME"),
        ("", ""),
        ("something else", ""),
    ],
)
def test_nearest_is_named(words: str, meant: str) -> None:
    assert form(words) == ""
    assert near(words) == meant


def test_what_is_one_word_or_two_takes_no_more() -> None:
    assert [words for words in FIXED if form(f"{words} more")] == []


def test_what_is_shown_as_it_is_written_asks_for_nothing() -> None:
    raw = "".join(f"<{tag}>\n{written('progress')}\n</{tag}>\n\n" for tag in ("textarea", "pre", "script", "template"))
    text = f"# One {written('reading time')}\n\n{raw}`{written('progress')}`\n\n{written('paper test')}\n"
    assert [(each.words, each.position.line, each.in_text) for each in read(Source("a.md", text)).comments] == [
        ("reading time", 1, True),
        ("paper test", text.count("\n"), False),
    ]


def test_template_may_ask_for_the_receipt_alone() -> None:
    template = f"<p>{written('receipt')}</p>\n  <!--studyguide:receipt-->\n<!-- a -->{written('reciept')}{written('progress')}\n"
    fix = "Fix: Write `<!-- studyguide: receipt -->`, or remove it."
    assert [str(problem) for problem in unread(template, "theme/main.html")] == [
        f"theme/main.html:{place}: DIR011 In a template this comment asks for nothing. {fix}"
        for place in ("2:3", "3:11", "3:39")
    ]


def test_flashcards_of_nothing_are_a_problem(tmp_path: Path) -> None:
    text = f"# Home\n\n{written('flashcards')}\n\n{QUESTION.format('a').replace('    objective: obj-a', '')}"
    said = problems(build(project(tmp_path, {"index.md": text}), tmp_path / "site").log)
    assert [problem.splitlines()[0] for problem in said if "DIR011" in problem] == [
        "docs/index.md:3:1: error DIR011 The guide has no term, and no question that a card could ask."
    ]


def test_paper_for_which_no_question_can_be_taken_is_a_problem(tmp_path: Path) -> None:
    order = "/// checkpoint | In what order?\n    id: cp-order\n    kind: order\n\n1. One\n    > So.\n2. Two\n    > So.\n3. Six\n    > So.\n///\n"
    text = f"# Home\n\n{written('paper test')}\n\n{written('paper key')}\n\n{order}"
    said = problems(build(project(tmp_path, {"index.md": text}), tmp_path / "site").log)
    lack = "and the guide has no question with options to choose from."
    assert [problem.splitlines()[0] for problem in said if "DIR011" in problem] == [
        f"docs/index.md:3:1: error DIR011 This comment asks for `paper test`, {lack}",
        f"docs/index.md:5:1: error DIR011 This comment asks for `paper key`, {lack}",
    ]
