"""Whatever somebody writes: nothing raises, every problem is at a place that is there, and twice is the same."""

from __future__ import annotations

import os
import re
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from studyguide import waivers
from studyguide.collect import Reader
from studyguide.compose import Rendered, compose, register
from studyguide.directives import DirectivesExtension
from studyguide.guide import Guide
from studyguide.listing import Project
from studyguide.model import Drawing, Engine, Finding, Problem
from studyguide.published import aliases
from studyguide.reports import FORMATS
from studyguide.site.page import parse
from studyguide.site.site import Site
from studyguide.text import inputs, sources
from studyguide.text.source import Source
from test_cases import EXTENSIONS, SOURCES, Sketches, listing_of

if TYPE_CHECKING:
    from studyguide.outcome import Outcome

# The same few examples every time; STUDYGUIDE_FUZZ=5000 looks at so many, and at others each time.
MANY = int(os.environ.get("STUDYGUIDE_FUZZ", "0"))
bounded = settings(
    max_examples=MANY or 120,
    derandomize=not MANY,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TODAY = date(2026, 11, 25)
FENCES: dict[str, Any] = {}
DIRECTIVES = DirectivesExtension()
DIRECTIVES.fences(FENCES)
MARKDOWN = markdown.Markdown(
    extensions=[*EXTENSIONS, DIRECTIVES],
    extension_configs={"pymdownx.superfences": FENCES},
)

# Pieces of lines that mean something somewhere.
PIECES = [
    "/// figure | Two routes", "/// checkpoint | Can it call?", "/// term | ENI", "/// objective | Reach it", "/// note",
    "//// figure |", "/// term", "///", "////", "/// figur | x", "    id: fig-a", "    id: cp-a", "    id: term-a",
    "    id: obj-a", "    id: [a", "    alt: A & <b>", "    objective: obj-a", "    evidence: [fact:quota, lab:x, fact:]",
    "    evidence: {a: 1}", "    reviewed: 2026-11-22", "    reviewed: [", "    id: 1e999", "- [ ] No", "- [x] Yes",
    "    > Because it says so on this page.", "    > Because", "```mermaid", "```", "~~~", "```tikz", "    ```", "flowchart LR",
    "# Heading", "##", "## [](#fig-a)", "## `code`", "Heading\n===", "![](a.png)", "![a](a.png)", "[](#fig-a)", "[](#term-b)",
    "[words](other.md#x)", "[x](<a b.md>)", "[x]: other.md", "[x][x]", "[@quota]", "[@quota; @none]", "[@]", "[^1]", "[^1]: Note",
    "[^1]:", "<div>", "</div>", "<a href='x'></a>", "<img src=x>", "<img srcset='a 1x, b'>", "<a id=x name=x>", "<!--", "-->",
    "<!-- studyguide: ignore LNK001 until=2999-01-31 reason='x' -->", "<!-- studyguide: ignore -->", "<!-- studyguide: sources -->",
    '--8<-- "a.md"', "--8<--", "---", "title: x", "...", "- a", "  - b", "1. a", "> q", "!!! note", "    indented", "\tx", ": def",
    "| a | b |", "| --- | --- |", "{ #fig-a }", "{: .x }", "\\", "\\[x](y)", "&amp;", "https://[x", "[x](https://[x)", "[x](#%)",
    "[x](#fig-a)", "[x](//x)", "[x](../../..)", "[x](?)", "[x](/guide/)", "[x](learn/)", "<", "*", "**", "_", "`", "``", "",
]  # fmt: skip
line = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=3).map("".join)
pages = st.lists(st.one_of(st.sampled_from(PIECES), line), max_size=25).map("\n".join)


class Pencil(Sketches):
    """Draws every figure alike, and finds something at the end of its source."""

    def draw(self, engine: Engine, source: str) -> Drawing:
        lines = source.split("\n")
        last = Finding(len(lines), len(lines[-1]) + 1, "FIG010", f"The {engine} ends here.")
        return Drawing(svg="<svg></svg>", width=400.0, findings=(last,))


def check(texts: dict[str, str]) -> tuple[Outcome, dict[str, str]]:
    """Return what a build of these pages comes to, without MkDocs, and the texts it is about."""
    listing = listing_of(texts)
    project = Project(
        Path("nowhere"),
        Path("nowhere/docs"),
        site_url="https://example.org/guide/",
        directives=True,
        directory_urls=True,
    )
    reader = Reader(Pencil(), project)
    reader.read_sources(SOURCES, "docs/reference/sources.yml")
    reader.directives = DIRECTIVES
    contents = {}
    for path, text in texts.items():
        contents[path] = MARKDOWN.reset().convert(reader.read(path, text, source=f"docs/{path}"))
        reader.define(path, DIRECTIVES.part())
    manuscript, urls = reader.manuscript(listing), listing.urls
    registry = register(manuscript)
    pages = {path: Rendered(urls[path], path, content) for path, content in contents.items()}
    html = compose(manuscript, registry, pages)
    written = {path: f"<body>{html[path]}" for path in urls}
    found = {path: parse(path, url, written[path]) for path, url in urls.items()}
    files = {page.file: written[path].encode() for path, page in found.items()}
    site = Site(found, frozenset(files), "/guide/", aside=files)
    outcome = Guide(manuscript, registry, site).check(today=TODAY)
    return outcome, {**manuscript.texts, "docs/reference/sources.yml": SOURCES}


def is_well(problem: Problem, texts: dict[str, str]) -> bool:
    """Return whether a problem is at a place that is there, and says one line."""
    lines = texts[problem.position.path].split("\n")
    inside = (
        1 <= problem.position.line <= len(lines)
        and 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1
    )
    said = f"{problem.message}{problem.fix}"
    edit = problem.edit
    fits = edit is None or lines[edit.position.line - 1].startswith(edit.old, edit.position.column - 1)
    return inside and fits and "\n" not in said and problem.message.endswith(".")


@bounded
@given(pages, pages)
@example("[x](https://[x)", "")
@example("---\n\n# Not front matter\n\n---\n", "/// term | a\n/// term | b\n///\n///\n")
def test_any_page(first: str, second: str) -> None:
    texts = {"index.md": inputs_of(first), "other.md": inputs_of(second)}
    outcome, known = check(texts)
    assert [problem for problem in outcome.problems if not is_well(problem, known)] == []
    assert check(texts)[0].problems == outcome.problems
    for form in FORMATS.values():
        form(outcome.report(known))


def inputs_of(text: str) -> str:
    """Return a text as it comes out of a file: no lone surrogates, one kind of line end."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


TAGS = [
    "a",
    "img",
    "h1",
    "h2",
    "p",
    "div",
    "svg",
    "meta",
    "details",
    "script",
    "pre",
    "code",
    "source",
    "area",
    "base",
    "template",
]
ATTRIBUTES = [
    "href",
    "src",
    "srcset",
    "id",
    "name",
    "alt",
    "class",
    "content",
    "property",
    "aria-label",
    "data",
    "poster",
]
VALUES = [
    "",
    "x",
    "#x",
    "a.html#x",
    "../",
    "/",
    "//",
    "http://[",
    "a 1x, b 2x",
    ",",
    "%",
    "sg-answer",
    "description",
    "\0",
    "é",
]


def element(name: str, attributes: list[tuple[str, str]], text: str, closed: bool) -> str:  # noqa: FBT001 - drawn
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes)
    return f"<{name}{written}>{text}" + (f"</{name}>" if closed else "")


elements = st.builds(
    element,
    st.sampled_from(TAGS),
    st.lists(
        st.tuples(st.sampled_from(ATTRIBUTES), st.one_of(st.sampled_from(VALUES), st.text(max_size=6))), max_size=3
    ),
    st.one_of(st.sampled_from(["", "words", "[^x]", "[^", "<", "&lt;"]), st.text(max_size=6)),
    st.booleans(),
)


@bounded
@given(st.lists(st.one_of(elements, st.text(max_size=10)), max_size=12).map("".join))
@example("")
@example("<a href>")
def test_any_html(html: str) -> None:
    page = parse("a.md", "a/", html)
    assert parse("a.md", "a/", html) == page
    site = Site({"a.md": page}, frozenset({"a/index.html"}))
    for use in page.uses:
        place = site.place(use.href, page)
        assert place is None or isinstance(site.exists(place.url), bool)


YAML = [
    "a:", "  b", "- c", "quota: {fact: x}", "  url: https://x.org", "  checked: 2026-11-22", "  checked: 2026-99-99", "[", "{", "}", "]",
    "&a", "*a", "!!python/object:os.system", "!ENV [X, 1]", "|", ">-", "#", "'", '"', "? a", "---", "...", "1: 2", "null: x", "true: x",
    "old/: new/", '"#a": "#b"', "a/#b: c/#d", "<<: *a", "\t", "%YAML 9.9", "1e999: 1", "0x: 2026-11-22", "a: b: c", "? [1, 2]\n: 3", "=: x",
    "# studyguide: ignore SRC004 until=2999-01-31 reason='x'", "# studyguide: ignore", "~: ~", "!!binary x", "2026-11-22: 1",
]  # fmt: skip
yamls = st.lists(st.one_of(st.sampled_from(YAML), st.text(max_size=8)), max_size=12).map("\n".join)


@bounded
@given(yamls)
@example("?")
@example("a: " + "9" * 5000)
def test_any_yaml(text: str) -> None:
    text = inputs_of(text)
    known = {"docs/x.yml": text}
    for read in (sources.read, aliases.read, waivers.read_yaml):
        found, problems = read(text, "docs/x.yml")
        assert isinstance(found, list) or (found is None and len(problems) == 1)
        assert [problem for problem in problems if not is_well(problem, known)] == []
    outcome, _ = check({"index.md": f"# A\n\n/// term | A\n    {text.replace(chr(10), f'{chr(10)}    ')}\n\nA.\n///\n"})
    assert all(problem.position.path.startswith("docs/") for problem in outcome.problems)


@bounded
@given(st.one_of(pages, yamls.map(lambda text: f"---\n{text}\n---\n"), st.text()))
@example("---\n? a\n---\n")
def test_any_file(text: str) -> None:
    text = inputs_of(text)
    found = inputs.page_problems(Source("docs/a.md", text))
    assert [problem for problem in found if not is_well(problem, {"docs/a.md": text})] == []


@bounded
@given(pages)
def test_any_source(text: str) -> None:
    """What is blanked leaves every character after it where it was."""
    source = Source("docs/a.md", text)
    assert len(source.prose) == len(text)
    assert [m.start() for m in re.finditer("\n", source.prose)] == [m.start() for m in re.finditer("\n", text)]
    found, problems = waivers.read(source)
    assert [problem for problem in problems if not is_well(problem, {"docs/a.md": text})] == []
    assert all(1 <= waiver.first <= waiver.last <= len(source.lines) for waiver in found)
    assert len(waivers.blank(source.lines)) == len(source.lines)
