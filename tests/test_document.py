"""The whole guide as one document: chapters in the order of the navigation, links that stay inside, answers apart."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from building import build, project
from selectolax.lexbor import LexborHTMLParser
from studyguide.cli import NOT_CHECKED, main
from studyguide.exports.document import document, numbered
from studyguide.site.site import read_site

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
theme:
  name: material
  font: false
nav:
  - Home: index.md
  - Learn:
      - Second: learn/b.md
      - First: learn/a.md
  - Lab:
      - Play: lab/play.md
  - Authoring:
      - How: authoring/how.md
"""
PAGES = {
    "index.md": "# Start\n\n## Notes\n\nGo [on](learn/a.md#notes), [in](#notes), [back](learn/b.md) or [write](authoring/how.md#way). "
    "[Out](https://example.com/)\n\n[](#fig-two) ![A plan](plan.png)\n",
    "learn/a.md": "# First\n\n## Notes\n\nSee [](#cp-which).\n\n/// checkpoint | Which?\n    id: cp-which\n\n- [ ] One\n    > No.\n- [x] Two\n"
    "    > Right, see [the notes](b.md#notes).\n///\n",
    "learn/b.md": "# Second\n\n## Notes\n\n/// figure | Two forms\n    id: fig-two\n    alt: From a to b.\n    forms: [wide, narrow]\n\n"
    "```mermaid\nflowchart LR\n  a --> b\n```\n\n```mermaid\nflowchart TB\n  a --> b\n```\n///\n",
    "lab/play.md": "# Play\n\nSet something.\n",
    "authoring/how.md": "# How\n\n## Way\n\nSo.\n",
    "plan.png": b"\x89PNG",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site of the guide's theme."""
    folder = tmp_path_factory.mktemp("document")
    run = build(project(folder, PAGES, SETTINGS), folder / "site")
    assert run.returncode == 0, run.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def whole(made: Path) -> LexborHTMLParser:
    return LexborHTMLParser(document(read_site(made, ()), made))


def test_chapters_follow_the_navigation(whole: LexborHTMLParser) -> None:
    assert [node.attributes["id"] for node in whole.css(".sg-book__chapter")] == ["start.", "learn-b.", "learn-a."]
    contents = [(node.attributes["href"], node.text()) for node in whole.css(".sg-book__contents a")]
    assert contents == [
        ("#start.", "Start"),
        ("#start.notes", "Notes"),
        ("#learn-b.", "Second"),
        ("#learn-b.notes", "Notes"),
        ("#learn-a.", "First"),
        ("#learn-a.notes", "Notes"),
        ("#answers.", "Answers"),
    ]
    assert [node.text() for node in whole.css(".sg-book__contents h3")] == ["Learn", "Appendix"]


def test_contents_have_the_numbers_of_pages(whole: LexborHTMLParser) -> None:
    def numbers(text: str) -> list[str]:
        return [node.text() for node in LexborHTMLParser(text).css(".sg-book__number")]

    text = str(whole.html)
    assert numbers(text) == [""] * 7
    once = numbered(text, {"start.": 3, "start.notes": 3, "learn-b.": 12, "answers.": 100, "elsewhere": 1})
    assert numbers(once) == ["3", "3", "12", "", "", "", "100"]
    assert numbers(numbered(once, {"start.": 4})) == ["4", "", "", "", "", "", ""]


def test_links_lead_within_the_document(whole: LexborHTMLParser, made: Path) -> None:
    links = {node.text(): node.attributes["href"] for node in whole.css(".sg-book__chapter p a")}
    assert links == {
        "on": "#learn-a.notes",
        "in": "#start.notes",
        "back": "#learn-b.",
        "write": "https://example.org/guide/authoring/how/#way",
        "Out": "https://example.com/",
        "Figure 1": "#fig-two",
        "Checkpoint 1": "#cp-which",
        "The answer": "#cp-which.answer",
    }
    assert [node.attributes["src"] for node in whole.css("img")] == [(made / "plan.png").as_uri()]


def test_answers_stand_in_the_appendix(whole: LexborHTMLParser) -> None:
    question, answer = whole.css(".sg-checkpoint")
    assert "Right" not in question.text()
    assert answer.attributes["id"] == "cp-which.answer"
    assert [" ".join(part.text().split()) for part in answer.css(".sg-label, .sg-book__asked, .sg-verdict")] == [
        "Checkpoint 1",
        "Which?",
        "Right: B",
    ]
    assert answer.css_first("a[href='#learn-b.notes']") is not None
    assert not answer.css("summary")


def test_one_form_of_a_drawing_is_printed(whole: LexborHTMLParser) -> None:
    assert [node.attributes.get("class") for node in whole.css("figure-viewer")] == ["sg-form sg-form--wide"]


def test_the_guides_own_document_is_whole(site: Path) -> None:
    whole = LexborHTMLParser(document(read_site(site, ()), site))
    ids = [node.attributes["id"] for node in whole.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [str(node.attributes["href"]) for node in whole.css("a[href]")]
    assert {link for link in links if link.startswith("#")} <= {f"#{key}" for key in ids}
    assert [link for link in links if not link.startswith(("#", "https://"))] == []
    questions = {node.attributes["id"] for node in whole.css(".sg-book__chapter .sg-checkpoint")}
    answers = {node.attributes["id"] for node in whole.css(".sg-book__answers .sg-checkpoint")}
    assert answers == {f"{key}.answer" for key in questions}
    assert len(answers) > 100
    used = {str(node.attributes["href"]) for node in whole.css("use[href]")}
    assert used <= {f"#{key}" for key in ids}


def _refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["pdf", *arguments]) == NOT_CHECKED
    return capsys.readouterr().err


def test_says_what_is_wrong_with_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], made: Path
) -> None:
    output = made.parent / "none.pdf"
    monkeypatch.setenv("CHROMIUM", "no-such")
    fix = "Install it (Debian: apt install chromium), or let CHROMIUM name the program."
    said = f"studyguide: CHROMIUM names 'no-such', which is no program. {fix}\n"
    assert _refusal(capsys, str(made), "-o", str(output)) == said
    monkeypatch.setenv("CHROMIUM", "false")
    said = f"studyguide: {shutil.which('false')} made no PDF (exit code 1): it said nothing\n"
    assert _refusal(capsys, str(made), "-o", str(output)) == said
    assert not output.exists()


def test_says_what_is_no_site(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("CHROMIUM", "false")
    said = f"studyguide: there is no site in {tmp_path}. Build it first: mkdocs build --strict.\n"
    assert _refusal(capsys, str(tmp_path)) == said
    (tmp_path / "index.html").write_text("<h1>Another theme</h1>", "utf-8")
    assert _refusal(capsys, str(tmp_path)) == f"studyguide: {tmp_path} has no navigation to follow.\n"


def test_without_chromium_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], made: Path
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    fix = "Install it (Debian: apt install chromium), or let CHROMIUM name the program."
    assert _refusal(capsys, str(made)) == f"studyguide: there is no Chromium here. {fix}\n"
