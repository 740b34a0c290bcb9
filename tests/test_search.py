"""What search knows: entries of a page's figures, terms, questions and names, and the index that a reader's search asks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from studyguide.exports.search import apart, entries, script
from studyguide.links.registry import Registry
from studyguide.model import Position, Target
from studyguide.text.synonyms import Synonym, read

ROOT = Path(__file__).parent.parent
HERE = Position("docs/a.md")


def registry(*targets: tuple[str, str, str]) -> Registry:
    known = Registry()
    for kind, key, title in targets:
        known.add(Target(kind, key, title, HERE), "a.md")
    return known


def index(*docs: dict[str, Any], synonyms: tuple[Synonym, ...] = ()) -> dict[str, Any]:
    return json.loads(script(docs, synonyms).removeprefix("globalThis.sgIndex = "))


def test_term_is_found_by_its_name_and_definition() -> None:
    html = (
        '<div class="sg-term" id="term-eni"><p class="sg-term__name"><dfn>ENI</dfn></p><p>A network card &amp; its '
        'address <span class="sg-cites">[<a class="sg-cite" href="#src-a">3</a>]</span>.</p><p>For example, one.</p></div>'
    )
    assert entries(registry(("term", "term-eni", "ENI")), "a b/", html) == [
        {
            "location": "a%20b/#term-eni",
            "title": "ENI",
            "text": "<p>A network card &amp; its address . For example, one.</p>",
            "kind": "term",
        }
    ]


def test_figure_is_found_by_its_caption_and_its_labels_are_apart() -> None:
    html = (
        '<figure class="sg-figure" id="fig-a"><div class="sg-body"><div class="sg-set-aside" data-number="0">Two &lt; '
        'ways Left and right. Labels: A; B.</div></div><figcaption><a class="sg-number" href="#fig-a">Figure 1</a> Two '
        "&lt; ways</figcaption></figure>"
    )
    (found,) = entries(registry(("figure", "fig-a", "Two < ways")), "", html)
    assert found["title"] == "Two &lt; ways"
    assert found["text"] == "<p>Left and right.</p><pre>Labels: A; B.</pre>"


def test_question_is_found_by_its_stem_and_never_by_an_answer() -> None:
    html = (
        '<section aria-labelledby="x" class="sg-checkpoint" id="cp-a"><div class="sg-stem" id="x"><p>Why <em>not</em>?</p>'
        '</div><ol class="sg-options"><li><p>One</p></li></ol><details class="sg-answer" data-search-exclude="true">'
        '<p>Because.</p><div class="sg-term" id="term-in">no</div></details></section>'
    )
    known = registry(("checkpoint", "cp-a", ""), ("term", "term-in", "inner"))
    assert entries(known, "q/", html) == [
        {"location": "q/#cp-a", "title": "Why not?", "text": "", "kind": "checkpoint"}
    ]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("<code>ENI<wbr>LimitReached</code>: used up", "ENILimitReached"),
        ("<p><code>A</code> and <code>B</code>: an id</p>", "A and B"),
        ("<code>A</code> makes an id: one", None),
        ("Use <code>A</code>: it", None),
        ("<code>a: b</code> is one", None),
    ],
)
def test_item_that_says_what_a_name_means(item: str, title: str | None) -> None:
    html = f'<h2 id="used">Used up</h2><ul><li>{item}</li></ul>'
    found = [(entry["location"], entry["title"]) for entry in entries(registry(), "e/", html)]
    assert found == ([("e/#used", title)] if title else [])


def test_sections_pass_by_what_has_an_entry_of_its_own() -> None:
    html = '<p class="sg-reading">About</p><section aria-labelledby="a" class="sg-checkpoint" id="a"></section><p>b</p>'
    assert apart(html) == (
        '<p data-search-exclude="true" class="sg-reading">About</p>'
        '<section data-search-exclude="true" aria-labelledby="a" class="sg-checkpoint" id="a"></section><p>b</p>'
    )
    alike = '<p class="sg-readings">a</p><div id="sg-term">b</div><p>class="sg-term"</p>'
    assert apart(alike) == alike


def test_index_has_words_without_markup_and_names_in_parts() -> None:
    page = {
        "location": "a/",
        "title": "Names &amp; more",
        "text": "<p>One</p><p>two .</p><pre><code>x &lt; 3</code></pre>",
    }
    part = {"location": "a/#b", "title": "<code>ENILimitReached</code>", "text": "", "boost": 0.5, "kind": "figure"}
    assert index(page, part, synonyms=(Synonym(("cost",), ("bill",)),)) | {"stop": []} == {
        "stop": [],
        "synonyms": [[["cost"], ["bill"]]],
        "docs": [
            {"id": 0, "location": "a/", "kind": "Page", "weight": 1.2, "page": "", "title": "Names & more"}
            | {"text": "One two.", "code": "x < 3"},
            {
                "id": 1,
                "location": "a/#b",
                "kind": "Figure",
                "weight": 0.3,
                "page": "Names & more",
                "title": "ENILimitReached",
            }
            | {"text": "", "code": "ENI Limit Reached"},
        ],
    }


def test_synonyms_are_a_meaning_a_line() -> None:
    text = "# Search\n\ncost,  price: bill , a  fee # money\nalone\n: nothing\nodd: : x\n,\n"
    assert read(text) == [
        Synonym(("cost", "price"), ("bill", "a fee")),
        Synonym(("alone",)),
        Synonym(("odd",), (": x",)),
    ]


def test_guide_says_every_meaning_and_no_word_stands_for_two() -> None:
    meanings = read((ROOT / "docs/reference/synonyms.txt").read_text("utf-8"))
    pages = [page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md")]
    guide = " ".join(" ".join(pages).casefold().split())
    assert [said for meaning in meanings for said in meaning.said if said not in guide] == []
    typed = [phrase for meaning in meanings for phrase in meaning.typed]
    assert sorted(typed) == sorted(set(typed))


def test_vendored_engine_is_the_one_that_was_recorded() -> None:
    folder = ROOT / "overrides/assets/vendor/minisearch"
    digest = hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest()
    assert (folder / "SHA256SUMS").read_text("utf-8") == f"{digest}  minisearch.js\n"
    assert "Luca Ongaro" in (folder / "LICENSE.txt").read_text("utf-8")
