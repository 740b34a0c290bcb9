"""The core by itself: it needs no MkDocs, and each of its small functions keeps its word."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
import studyguide
from studyguide.codes import RULES
from studyguide.links.links import relative
from studyguide.listing import Listed
from studyguide.model import Finding, Position
from studyguide.site.page import Heading, Page, Use, parse
from studyguide.site.site import Place, Site, read_site
from studyguide.site.stayed import Stayed
from studyguide.text import settings, sources
from studyguide.text.source import Source, plain

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(studyguide.__path__, "studyguide.") if ".vendor" not in module.name
)


def test_core_never_imports_mkdocs() -> None:
    script = f"import importlib, sys\nfor name in {MODULES!r}: importlib.import_module(name)\n"
    script += "print([name for name in sys.modules if name.partition('.')[0] in ('mkdocs', 'material', 'mermaid2')])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_every_code_has_its_section() -> None:
    page = (ROOT / "docs/authoring/problems.md").read_text("utf-8")
    sections = re.findall(r"^### (\S+) (.*) \{ #(\S+) \}$", page, re.MULTILINE)
    assert {code: title for code, title, _ in sections} == {code: rule.title for code, rule in RULES.items()}
    assert all(anchor == code.lower() for code, _, anchor in sections)


def test_every_code_is_used_and_known() -> None:
    files = [file for file in (ROOT / "hooks").rglob("*.py") if file.name != "codes.py"]
    used = {code for file in files for code in re.findall(r'"([A-Z]{2,3}\d{3})"', file.read_text("utf-8"))}
    assert used == RULES.keys()


@pytest.mark.parametrize(
    ("to", "base", "address"),
    [
        ("", "", "./"),
        ("", "learn/terms/", "../../"),
        ("learn/a/", "learn/b/", "../a/"),
        ("learn/a/", "", "learn/a/"),
        ("index.html", "learn/b.html", "../index.html"),
        ("learn/a.html", "learn/b.html", "a.html"),
        ("learn/a/", "learn/a/", "./"),
    ],
)
def test_relative_address(to: str, base: str, address: str) -> None:
    assert relative(to, base) == address


@pytest.mark.parametrize(
    ("href", "place"),
    [
        ("", Place("learn/a/", "")),
        ("#x", Place("learn/a/", "x")),
        ("../b/#x%20y", Place("learn/b/", "x y")),
        ("..", Place("learn/", "")),
        ("../..", Place("", "")),
        ("img/a%20b.png?v=1", Place("learn/a/img/a b.png", "")),
        ("/guide/", Place("", "")),
        ("/guide", Place("", "")),
        ("/guide/b/", Place("b/", "")),
        ("/guides/", Place("../guides/", "")),
        ("../../../x", Place("../x", "")),
        ("../../../../../x", Place("../x", "")),
        ("../../../../guide/b/", Place("b/", "")),
        ("https://example.org/x", None),
        ("https://own.example/guide/b/#x", Place("b/", "x")),
        ("https://own.example/guide", Place("", "")),
        ("//OWN.example/guide/b/", Place("b/", "")),
        ("https://own.example/blog/", None),
        ("ftp://own.example/guide/b/", None),
        ("//example.org/x", None),
        ("mailto:a@example.org", None),
        ("javascript:void(0)", None),
        ("http://[", Place("http://[", "")),
        ("../b/#:~:text=word", Place("learn/b/", "")),
        ("../b/#/route", Place("learn/b/", "")),
        ("?q=1#x", Place("learn/a/", "x")),
    ],
)
def test_where_an_address_leads(href: str, place: Place | None) -> None:
    page = Page("learn/a.md", "learn/a/")
    assert Site({}, frozenset(), base="/guide/", host="own.example").place(href, page) == place


def test_page_knows_its_addresses_and_ids() -> None:
    html = (
        '<p id="a"></p><p id="a"></p><a name="b" href="x"></a><a href="x">x</a>'
        '<img srcset="1.png 1x, 2.png 2x"><svg><path id="c"/></svg>'
    )
    page = parse("a.md", "", html)
    assert page.ids == {"a": 2, "b": 1, "c": 1}
    assert page.uses == {Use("a", "x"): 2, Use("img", "1.png"): 1, Use("img", "2.png"): 1}
    assert page.unlabelled == ("",)
    assert page.nameless == ("x",)


def test_an_address_counts_as_often_as_a_page_has_it_whatever_asks_for_it() -> None:
    page = parse("a.md", "", '<a href="b/">b</a><a href="b/">c</a><q cite="b/">d</q><p style="mask: URL(e.png)">f</p>')
    assert page.uses == {Use("a", "b/"): 3, Use("style", "e.png"): 1}
    assert page.links == 2


@pytest.mark.parametrize(
    "link",
    [
        "<a href=x>x</a>",
        "<a href=x aria-label=x></a>",
        "<a href=x><img alt=x></a>",
        "<a href=x><svg></svg></a>",
        "<a id=x></a>",
    ],
)
def test_link_with_a_name_is_not_nameless(link: str) -> None:
    assert parse("a.md", "", link).nameless == ()


def test_page_knows_its_headings_without_their_marks() -> None:
    html = '<h1 id="a">A <code>b</code><a class="headerlink" href="#a">¶</a></h1><h2></h2>'
    assert parse("a.md", "", html).headings == (Heading("a", "A b", 1), Heading("", "", 2))


def test_page_tells_answers_from_what_is_seen() -> None:
    html = '<p>Why?</p><details class="sg-answer">Because.</details><meta name="description" content="Say why.">'
    page = parse("a.md", "", html)
    assert page.visible == "Why?"
    assert page.summaries == ("Say why.",)


def test_page_knows_footnote_marks_that_stayed_text() -> None:
    assert parse("a.md", "", "<p>x[^1] <code>[^2]</code></p>").stayed == (Stayed("note", "[^1]"),)


def test_site_is_read_with_its_404_page(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("a/index.html", "404.html", "x.css"):
        (tmp_path / name).write_bytes(b"\xff")
    listed = [Listed(f"{name}.md", f"{name}/", f"{name}/index.html", f"docs/{name}.md") for name in ("a", "gone")]
    site = read_site(tmp_path, listed, "https://example.org/guide")
    assert list(site.pages) == ["a.md", "404.html"]
    assert site.base == "/guide/"
    assert site.exists("a")
    assert not site.exists("b")


def test_links_are_found_where_they_are_written() -> None:
    text = "---\ntitle: [no](no.md)\n---\n\n[![alt](a.png)](b.md) `[c](c.md)` \\[d](d.md)\n[e]: <e e.md>\n<a class=x href='f.md'>\n<!-- [g](g.md) -->\n"
    found = [(link.dest, link.position.line, link.position.column) for link in Source("p.md", text).links]
    assert found == [("b.md", 5, 1), ("a.png", 5, 2), ("e e.md", 6, 6), ("f.md", 7, 1)]


def test_a_wall_of_brackets_is_read_at_once() -> None:
    assert Source("p.md", "[" * 20_000).links == []


def test_unclosed_front_matter_is_text() -> None:
    assert Source("p.md", "---\ntitle: x\n\n[a](b.md)").body_line == 1


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("A **bold** `word`", "A bold word"),
        ("[words](x.md) and ![alt](y.png) [@key]", "words and alt"),
        ("snake_case and 2 * 3", "snake_case and 2 * 3"),
        ("see [](#fig-a)", "see [](#fig-a)"),
    ],
)
def test_plain_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


def test_finding_becomes_a_problem_in_its_file() -> None:
    finding = Finding(3, 5, "FIG010", "Wrong.", "Mend it.")
    assert str(finding.at(Position("docs/a.md", 10, 3))) == "docs/a.md:12:7: FIG010 Wrong. Fix: Mend it."


def test_sources_oldest_first_and_escaped() -> None:
    text = "b: {fact: B <b>, title: T & U, url: 'https://x.example/?a&b', checked: 2026-01-02, confidence: official}\n"
    text += "a: {fact: A, title: T, url: 'https://x.example/', checked: 2026-01-01, confidence: inferred}\n"
    entries, problems = sources.read(text, "sources.yml")
    assert not problems
    assert [entry.key for entry in entries] == ["a", "b"]
    assert "B &lt;b&gt;" in sources.as_html(entries)
    assert 'href="https://x.example/?a&amp;b"' in sources.as_html(entries)


SETTINGS = """\
site_name: X
nav:
  - Home: index.md
  - More:
      - b.md
      - https://example.org
x: !!python/name:a.b
"""


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("nav", "index.md", "mkdocs.yml:3:11"),
        ("nav", "b.md", "mkdocs.yml:5:9"),
        ("nav", "gone.md", "mkdocs.yml:3:3"),
        ("theme", "material", "mkdocs.yml:1:1"),
    ],
)
def test_place_in_settings(key: str, value: str, place: str) -> None:
    assert str(settings.place({"mkdocs.yml": SETTINGS}, key, value)) == place


def test_settings_are_read_with_what_they_inherit(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/base.yml").write_text("INHERIT: ../mkdocs.yml\nnav: [a.md]\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: sub/base.yml\n", "utf-8")
    texts = settings.read(tmp_path / "mkdocs.yml")
    assert list(texts) == ["mkdocs.yml", "sub/base.yml"]
    assert str(settings.place(texts, "nav", "a.md")) == "sub/base.yml:2:7"


@pytest.mark.parametrize("text", ["nav: [", "- a", "site_name: \x00", ""])
def test_settings_that_cannot_be_read_have_no_places(text: str) -> None:
    assert str(settings.place({"mkdocs.yml": text}, "nav", "a.md")) == "mkdocs.yml:1:1"
