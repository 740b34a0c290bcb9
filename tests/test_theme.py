"""Where the guide stands on Material: what our templates take the place of, and what readers have when it changes.

A seam that has changed fails here, after `make lock`. Read what is new in Material's file, take over into `overrides/` what
readers should have of it, and write the new digest here.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import material
import pytest
from building import HOOKS, ROOT, build
from material.plugins.search.plugin import SearchPlugin
from selectolax.lexbor import LexborHTMLParser
from studyguide.exports import scripts
from studyguide_mkdocs.plugin import _searched

THEME = Path(material.__file__).parent / "templates"
BASE = (THEME / "base.html").read_text("utf-8")
HEADER = (THEME / "partials/header.html").read_text("utf-8")
OURS = [path.read_text("utf-8") for path in (ROOT / "overrides").glob("*.html")]
BLOCK_RE = re.compile(r"{%-? block (?P<name>\w+) %}")
# What stands in the blocks that our templates fill without it.
REPLACED = {
    "site_nav": "d78cde21375e",
    "libs": "3972c0a47fcf",
    "fonts": "8bfc6ba4cc64",
    "extrahead": "e3b0c44298fc",
    "htmltitle": "6d80c3d74a34",
}
# Where it is kept, what we add to stands around or after it.
KEPT = {"container", "content", "header", "scripts"}


def block(text: str, name: str) -> str:
    """Return what stands in a block of a template, its spaces as one."""
    inside = re.split(rf"{{%-? block {name} %}}", text, maxsplit=1)[1]
    depth = 1
    for mark in re.finditer(r"{%-? (?P<end>end)?block\b", inside):
        depth += -1 if mark["end"] else 1
        if not depth:
            return " ".join(inside[: mark.start()].split())
    raise ValueError(name)


@pytest.mark.parametrize("name", sorted(REPLACED))
def test_block_that_we_replace_is_as_we_know_it(name: str) -> None:
    assert hashlib.sha256(block(BASE, name).encode()).hexdigest()[:12] == REPLACED[name], block(BASE, name)


def test_every_block_of_ours_is_one_of_materials_and_one_of_these() -> None:
    filled = {
        (name, "super()" in block(text, name)) for text in OURS for name in BLOCK_RE.findall(text) if name != "content"
    }
    assert {name for name, kept in filled if not kept} == REPLACED.keys()
    assert {name for name, kept in filled if kept} == KEPT - {"content"}
    assert REPLACED.keys() | KEPT <= set(BLOCK_RE.findall(BASE))


def test_header_brings_our_search_in_and_one_way_to_its_own() -> None:
    assert HEADER.count('{% include "partials/search.html" %}') == 1
    assert HEADER.count('for="__search"') == 1
    assert '.md-header__button[for="__search"] {\n  display: none;' in (
        ROOT / "overrides/assets/css/search.css"
    ).read_text("utf-8")


def test_header_has_what_opens_the_navigation_and_keys_press_it(site: Path) -> None:
    assert HEADER.count('class="md-header__button md-icon" for="__drawer"') == 1
    page = LexborHTMLParser((site / "index.html").read_text("utf-8"))
    assert [label.attributes.get("tabindex") for label in page.css("header label[for=__drawer]")] == ["0"]
    (bundle,) = (THEME / "assets/javascripts").glob("bundle.*.min.js")
    assert re.search(r'case"Enter":.{0,80}instanceof HTMLLabelElement&&\w+\.click\(\)', bundle.read_text("utf-8"))


def test_no_script_is_waited_for_and_the_themes_comes_first(site: Path) -> None:
    page = LexborHTMLParser((site / "practice/test/index.html").read_text("utf-8"))
    found = page.css("script[src]")
    assert len(found) == 6
    assert all("defer" in script.attributes for script in found)
    assert "/bundle." in str(found[0].attributes["src"])


def test_bundle_asks_for_an_index_only_where_its_own_form_is() -> None:
    (bundle,) = (THEME / "assets/javascripts").glob("bundle.*.min.js")
    text = bundle.read_text("utf-8")
    assert text.count('document.forms.namedItem("search")?') == 1
    assert text.count("search/search_index.json") == 1
    assert 'name="search"' not in (ROOT / "overrides/partials/search.html").read_text("utf-8")


def test_bundle_says_the_colour_scheme_once_and_the_site_s_own_word_counts(site: Path) -> None:
    (bundle,) = (THEME / "assets/javascripts").glob("bundle.*.min.js")
    assert bundle.read_text("utf-8").count(scripts.SCHEME) == 1
    assert scripts.SCHEME not in (site / bundle.relative_to(THEME)).read_text("utf-8")


def test_bundle_lets_keys_come_to_code_once_and_the_site_s_without_a_mouse_too(site: Path) -> None:
    (bundle,) = (THEME / "assets/javascripts").glob("bundle.*.min.js")
    assert len(scripts.MOUSE_RE.findall(bundle.read_text("utf-8"))) == 1
    assert not scripts.MOUSE_RE.search((site / bundle.relative_to(THEME)).read_text("utf-8"))
    html = (site / "learn/dns/index.html").read_text("utf-8")
    assert html.index('<meta name="color-scheme" content="light dark">') < html.index("</head>")


def test_bundle_leaves_a_page_for_a_letter_in_one_place_and_the_site_s_does_not(site: Path) -> None:
    (bundle,) = (THEME / "assets/javascripts").glob("bundle.*.min.js")
    assert len(scripts.LETTERS_RE.findall(bundle.read_text("utf-8"))) == 1
    left = (site / bundle.relative_to(THEME)).read_text("utf-8")
    assert "link[rel=next]" not in left
    assert re.search(r'case"Enter":', left)


def test_page_has_each_part_once_and_in_order(site: Path) -> None:
    tree = LexborHTMLParser((site / "learn/dns/index.html").read_text("utf-8"))
    parts = (
        "header guide-search",
        ".md-sidebar--primary",
        "article",
        ".md-sidebar--secondary",
        "footer .md-footer-meta",
    )
    assert [len(tree.css(part)) for part in parts] == [1] * len(parts)
    html = tree.html or ""
    marks = ("<guide-search", "md-sidebar--primary", "<article", "md-sidebar--secondary", "md-footer-meta")
    assert sorted(marks, key=html.index) == list(marks)
    assert tree.css_first("[data-md-component=search]") is None


@pytest.mark.parametrize("index", [None, SimpleNamespace(), SimpleNamespace(entries=())])
def test_search_that_is_not_as_known_is_left_alone(index: object) -> None:
    plugin: Any = SearchPlugin()
    plugin.load_config({})
    plugin.search_index = index
    config: Any = SimpleNamespace(plugins={"search": plugin})
    assert _searched(config) is None


def test_theme_without_a_search_builds_pages_without_one(tmp_path: Path) -> None:
    files = {"index.md": "# Home\n\n[Outline](reference/outline.md)\n", "reference/outline.md": "# Outline\n\nA map.\n"}
    for name, text in {**files, "reference/synonyms.txt": "a: b\n"}.items():
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: Without\ntheme: {{name: material, custom_dir: {ROOT}/overrides, font: false}}\n"
        f"plugins: []\nhooks: [{HOOKS}/events.py]\nmarkdown_extensions: [attr_list, pymdownx.superfences]\n"
        "exclude_docs: '*.txt'\n",
        "utf-8",
    )
    run = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert run.returncode == 0, run.stderr
    html = (tmp_path / "site/index.html").read_text("utf-8")
    assert "guide-search" not in html
    assert 'href="reference/outline/"' in html
    assert not (tmp_path / "site/search").exists()
