"""Rules over the real guide: what every page of it must be, and what its built site must hold."""

from __future__ import annotations

import filecmp
import json
import posixpath
import re
from functools import cache
from html import unescape
from statistics import median
from typing import TYPE_CHECKING

import pytest
from building import ROOT, guide
from prose.guide import DOCS, KNOWN
from prose.reading import passages
from prose.sentences import split
from selectolax.lexbor import LexborHTMLParser
from studyguide import directives
from studyguide.checks.questions import asked, guesses
from studyguide.cli import CLEAN, main
from studyguide.text import quickyaml
from studyguide.text.front import FRONT_RE
from studyguide.text.source import Source, plain
from test_sites import marked

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.directives.part import Part

LISTED = KNOWN.listing.page
PAGES = list(LISTED)
TOPICS = [path for path in PAGES if path.startswith("learn/")]
BANK = "practice/bank/"
# What is done there is done with questions that stand elsewhere.
TOOLS = {f"practice/{name}.md" for name in ("test", "flashcards", "progress", "my-data", "take-away")}
STUDY = [path for path in PAGES if path.startswith(("learn/", "example/", "practice/")) and path not in TOOLS]
# Sentences that other guides print and that are wrong today; `../shared/facts/tables.md` says why.
WRONG = [
    r"password123",
    r"PrivateLink \(VPC endpoint|VPC endpoints? \((?:AWS )?PrivateLink\)",
    r"\bmust have (?:the )?(?:managed policy )?`?AWSLambdaVPCAccessExecutionRole",
    r"internet (?:access )?requires a NAT gateway",
    r"one ENI per (?:function|execution)(?! environment was)",
]
MYTH_RE = re.compile(r'^### ".*"$', re.MULTILINE)


@cache
def part(path: str) -> Part:
    return directives.read(source(path))


@cache
def source(path: str) -> Source:
    return Source(f"docs/{path}", (DOCS / path).read_text("utf-8"))


def test_site_has_no_problem_once_it_is_built(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Pages lead to what a build leaves once it has looked at them.
    assert main(["check", "--config", str(ROOT / "mkdocs.yml"), "--site", str(site)]) == CLEAN, capsys.readouterr().out


@pytest.mark.parametrize("path", PAGES)
def test_page_describes_itself(path: str) -> None:
    match = FRONT_RE.match((DOCS / path).read_text("utf-8"))
    assert match, "no front matter"
    meta = quickyaml.load(match["yaml"])
    assert meta["title"]
    assert 50 <= len(meta["description"]) <= 180


def test_descriptions_differ() -> None:
    seen = [FRONT_RE.match((DOCS / path).read_text("utf-8"))["yaml"] for path in PAGES]
    assert len({quickyaml.load(text)["description"] for text in seen}) == len(PAGES)


@pytest.mark.parametrize("path", STUDY)
def test_study_page_ends_with_checkpoints(path: str) -> None:
    checkpoints = part(path).checkpoints
    assert len(checkpoints) >= 2
    last = max(target.position.line for target in part(path).targets)
    assert last == checkpoints[-1].position.line + 1, "something is defined after the last checkpoint"


# The list of problems is looked up, a section at a time, and the bank is answered a question at a time.
@pytest.mark.parametrize(
    "path", [path for path in PAGES if path != "authoring/problems.md" and not path.startswith(BANK)]
)
def test_page_is_short(path: str) -> None:
    # What a reader reads: no syntax, no citations, and no alt text, which stands for a drawing.
    read = [passage.text for passage in passages(source(path)) if passage.kind not in ("alt", "description")]
    assert sum(sentence.length for text in read for sentence in split(text)) <= 1800


@pytest.mark.parametrize("path", PAGES)
def test_sentences_are_short(path: str) -> None:
    # Items, cells and the parts of figures and checkpoints are short anyway, and would hide a long paragraph.
    paragraphs = [passage.text for passage in passages(source(path)) if passage.kind == "paragraph"]
    assert median(sentence.length for text in paragraphs for sentence in split(text)) < 18


@pytest.mark.parametrize("path", TOPICS)
def test_topic_ends_with_checkpoints_of_several_kinds(path: str) -> None:
    checkpoints = part(path).checkpoints
    assert len(checkpoints) >= 5
    kinds = {checkpoint.kind for checkpoint in checkpoints}
    assert len(kinds) >= 3, kinds


def test_every_page_can_be_reached_by_reading_on() -> None:
    homes = {target.id: path for path in PAGES for target in part(path).targets}
    reached, ahead = set[str](), ["index.md"]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            ahead += [page for page in _linked(path, homes) if page in PAGES]
    assert reached == set(PAGES)


def _linked(path: str, homes: dict[str, str]) -> list[str]:
    """Return the pages that a page links to, by their file or by an id."""
    dests = [link.dest for link in source(path).links]
    files = [posixpath.normpath(posixpath.join(posixpath.dirname(path), dest.partition("#")[0])) for dest in dests]
    return [*files, *(homes.get(dest.partition("#")[2], "") for dest in dests)]


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("authoring/")])
def test_page_repeats_no_known_mistake(path: str) -> None:
    said = MYTH_RE.sub("", source(path).prose)  # a myth is quoted to be corrected
    assert [pattern for pattern in WRONG if re.search(pattern, said, re.IGNORECASE)] == []


def test_guide_has_its_parts() -> None:
    figures = [figure for path in PAGES for figure in part(path).figures]
    checkpoints = [checkpoint for path in PAGES for checkpoint in part(path).checkpoints]
    targets = [target for path in PAGES for target in part(path).targets]
    assert len(figures) >= 6
    assert {figure.engine for figure in figures} == {"tikz", "mermaid"}
    assert len(checkpoints) >= 12
    assert sum(target.kind == "term" for target in targets) >= 15
    assert sum(target.kind == "objective" for target in targets) >= 4


def test_every_objective_is_tested() -> None:
    objectives = {target.id for path in PAGES for target in part(path).targets if target.kind == "objective"}
    tested = {checkpoint.objective for path in PAGES for checkpoint in part(path).checkpoints}
    assert objectives <= tested


def test_every_figure_is_mentioned() -> None:
    figures = {target.id for path in PAGES for target in part(path).targets if target.kind == "figure"}
    mentioned = {link.dest.rpartition("#")[2] for path in PAGES for link in source(path).links}
    assert figures <= mentioned


def test_no_way_to_guess_is_better_or_worse_than_chance() -> None:
    """By three points of a hundred over all questions with options: the longest, most commas, position, yes and no ..."""
    questions = [asked(checkpoint) for path in PAGES for checkpoint in part(path).checkpoints]
    found = guesses.tally(questions)
    assert {each.name: round(each.points, 1) for each in found if abs(each.points) >= guesses.POINTS} == {}
    assert {"the longest option", "the option with the most commas", "option A"} <= {each.name for each in found}


def test_right_options_stand_in_every_combination_of_places() -> None:
    questions = [asked(checkpoint) for path in PAGES for checkpoint in part(path).checkpoints]
    pairs = [each for each in guesses.pairings(questions) if len(each.letters) == 2]
    assert len(pairs) == 10
    assert all(abs(each.found - each.chance) <= 2.5 for each in pairs)


def test_the_bank_asks_in_the_shapes_of_the_exam() -> None:
    """One of four, two of five. That most of it is of a situation, no test can tell: a reader of the bank has to."""
    asked = [each for path in PAGES if path.startswith(BANK) for each in part(path).checkpoints]
    chosen = [each.choices for each in asked if each.kind in ("one", "several")]
    assert {(len(choices), sum(choice.right for choice in choices)) for choices in chosen} == {(4, 1), (5, 2)}
    assert len(chosen) > 0.8 * len(asked)


def test_the_bank_has_a_page_for_each_objective_at_three_difficulties() -> None:
    written = [path for path in PAGES if path.startswith(BANK) and not path.startswith(f"{BANK}model-")]
    asked = {path: part(path).checkpoints for path in written}
    goals = {target.id for path in PAGES for target in part(path).targets if target.kind == "objective"}
    assert sorted(goal for each in asked.values() for goal in {one.objective for one in each}) == sorted(goals)
    assert [path for path, each in asked.items() if {one.difficulty for one in each} != {1, 2, 3}] == []
    assert [one.id for each in asked.values() for one in each if not one.reviewed or not one.evidence] == []
    assert sum(map(len, asked.values())) >= 160


def test_the_test_on_paper_has_twenty_questions_and_their_key(site: Path) -> None:
    page = LexborHTMLParser((site / LISTED["practice/test.md"].file).read_text("utf-8"))
    assert [len(page.css(f".{part} > ol > li")) for part in ("sg-paper", "sg-key")] == [20, 20]


def test_site_holds_no_undrawn_figure(site: Path) -> None:
    for file in site.rglob("*.html"):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        assert not tree.css(".mermaid, .sg-placeholder, .sg-broken")
        for code in tree.css("pre, code"):
            code.decompose()
        assert r"\begin{tikzpicture}" not in tree.html


def test_site_holds_one_svg_a_drawing(site: Path) -> None:
    for path in PAGES:
        html = (site / LISTED[path].file).read_text("utf-8")
        drawn = LexborHTMLParser(html).css("svg.sg-svg")
        assert len(drawn) == len(part(path).figures), path


def test_no_mark_of_the_parser_gets_out(site: Path) -> None:
    assert marked(site) == []


def test_answers_are_not_searched(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = " ".join(f"{entry['title']} {entry['text']}" for entry in index["docs"])
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", found)).split())
    for path in PAGES:
        for checkpoint in part(path).checkpoints:
            # The question is found the same way, so an answer that leaked would be found too. The bank is not searched.
            assert (plain(checkpoint.stem) in words) is not path.startswith(BANK), checkpoint.position
            for choice in checkpoint.choices:
                sentence = plain(choice.reason.replace("\n", " ")).split("[")[0]
                assert sentence not in words, choice.position


# A block that shows a part of a file of the worked example.
SHOWN_RE = re.compile(r'^ *```(?P<head>.*)\n *--8<-- "(?P<file>example/[\w/.-]+):(?P<part>\w+)"\n *```$', re.MULTILINE)


def _part_of(file: str, part: str) -> str:
    text = (DOCS / file).read_text("utf-8")
    return text.partition(f"[start:{part}]\n")[2].partition(f"[end:{part}]")[0].rpartition("\n")[0]


def test_each_part_of_the_example_has_notes_which_leave_it_as_it_is(site: Path) -> None:
    for path in (path for path in PAGES if path.startswith("example/")):
        shown = list(SHOWN_RE.finditer(source(path).text))
        assert all(".sg-annotated" in found["head"] for found in shown)
        page = LexborHTMLParser((site / LISTED[path].file).read_text("utf-8"))
        blocks = [block.text() for block in page.css(".sg-annotated:not(.sg-output) pre > code")]
        assert [block.strip() for block in blocks] == [
            _part_of(found["file"], found["part"]).strip() for found in shown
        ]
        assert len(page.css(".sg-at")) == len(page.css(".sg-notes > li[id]")) > 0


def test_figures_are_searched_in_words(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = " ".join(" ".join(unescape(re.sub(r"<[^>]+>", "", entry["text"])).split()) for entry in index["docs"])
    for path in PAGES:
        # A question of the bank is not searched, so its figure is not either.
        asked = {question.drawing for question in part(path).checkpoints}
        for figure in part(path).figures:
            assert (" ".join(figure.alt.split()) in found) == (figure.key not in asked), figure.key


def test_same_bytes_on_every_build(site: Path, tmp_path: Path) -> None:
    again = guide(tmp_path / "again")
    pages = [LISTED[path].file for path in PAGES] + ["assets/css/figures.css"]
    _, different, missing = filecmp.cmpfiles(site, again, pages, shallow=False)
    assert not different
    assert not missing
