"""Aliases, one YAML file a behaviour under ``aliases``: the file goes in, its problems and a page's content come out.

    aliases: |         the aliases file
    html: |            the content of learn/a/ before
    marked: |          and after
    problems:          what is wrong, word for word; none where it is left out

A file whose name ends in ``-nope`` is a near miss: it looks wrong, and is not.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studyguide.model import Position
from studyguide.published import aliases, redirects
from studyguide.published.aliases import Alias, canonical, with_marks
from studyguide.published.moved import SCRIPT, Led, redirect_page, redirect_pages
from studyguide.text import quickyaml

CASES = sorted((Path(__file__).parent / "aliases").glob("*.yml"))
TITLES = {"": "Home", "learn/a/": "A", "learn/b/": "B & more", "learn/key-terms/": "Key terms"}
IDS = {
    "": ["egress"],
    "learn/a/": ["egress", "item", "row", "cell", "part", "new"],
    "learn/b/": ["there"],
    "learn/key-terms/": [],
}


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case(file: Path) -> None:
    case = quickyaml.load(file.read_text("utf-8"))
    read, problems = aliases.read(case["aliases"], "aliases.yml")
    found = read or []
    problems += redirects.check(found, IDS, case.get("files", ()))
    assert [str(problem).replace(aliases.FORM, "FORM") for problem in problems] == [
        text.replace(aliases.FORM, "FORM") for text in case.get("problems", [])
    ]
    if "html" in case:
        assert with_marks(case["html"].rstrip("\n"), "learn/a/", found, TITLES) == case["marked"].rstrip("\n")


def test_fields_of_an_alias() -> None:
    found, _ = aliases.read("\nlearn/old.html: /\nlearn/a/#x: learn/b/#y\n", "aliases.yml")
    assert found == [
        Alias("learn/old/", "", Position("aliases.yml", 2, 1)),
        Alias("learn/a/#x", "learn/b/#y", Position("aliases.yml", 3, 1)),
    ]


def test_the_page_that_sends_its_reader_on() -> None:
    target, part = Led('../b/?"<x>', 'A "title" & more'), Led("../c/#y", "C")
    assert redirect_page(
        target, {'x"': part}, canonical_url="https://example.org/b/", script="../assets/js/moved.js"
    ) == (
        "<!doctype html>\n"
        '<html lang="en">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        "<title>A &quot;title&quot; &amp; more</title>\n"
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="robots" content="noindex">\n'
        '<link rel="canonical" href="https://example.org/b/">\n'
        '<noscript><meta http-equiv="refresh" content="0; url=../b/?&quot;&lt;x&gt;"></noscript>\n'
        "</head>\n"
        "<body>\n"
        '<p>This page has moved: <a href="../b/?&quot;&lt;x&gt;">A &quot;title&quot; &amp; more</a></p>\n'
        '<p><a id="x&quot;" href="../c/#y">C</a></p>\n'
        '<script src="../assets/js/moved.js"></script>\n'
        "</body>\n"
        "</html>\n"
    )


def pages(text: str, titles: dict[str, str], **options: str) -> dict[str, tuple[str, str]]:
    """Return the file of every redirect, with where it leads and its canonical address."""
    found, problems = aliases.read(text, "aliases.yml")
    assert not problems
    files = redirect_pages(found or [], titles, **options)
    script = files.pop(SCRIPT, "")
    assert bool(script) == bool(files)
    return {
        name: (
            html.split('url="' if 'url="' in html else "url=")[1].split('"')[0],
            html.split('canonical" href="')[1].split('"')[0],
        )
        for name, html in files.items()
    }


MOVED = "learn/old/: learn/b/\nolder/: learn/old/\nlearn/merged/: learn/a/#part\nhome/: /\n"


def test_pages_in_a_site_for_the_web() -> None:
    assert pages(MOVED, TITLES, site_url="https://example.org/guide/") == {
        "learn/old/index.html": ("../b/", "https://example.org/guide/learn/b/"),
        "older/index.html": ("../learn/b/", "https://example.org/guide/learn/b/"),
        "learn/merged/index.html": ("../a/#part", "https://example.org/guide/learn/a/"),
        "home/index.html": ("../", "https://example.org/guide/"),
    }


PARTS = (
    "learn/old/: learn/b/\nlearn/old/#x: learn/a/#part\nlearn/old/#y: learn/key-terms/\nlearn/old/#gone: learn/gone/\n"
)


def test_anchors_of_an_old_page_that_are_elsewhere_have_links_of_their_own() -> None:
    found, _ = aliases.read(PARTS, "aliases.yml")
    html = redirect_pages(found or [], TITLES)["learn/old/index.html"]
    assert re.findall(r"<p>.*</p>", html) == [
        '<p>This page has moved: <a href="../b/">B &amp; more</a></p>',
        '<p><a id="x" href="../a/#part">A</a></p>',
        '<p><a id="y" href="../key-terms/">Key terms</a></p>',
    ]
    assert '<script src="../../assets/js/moved.js"></script>' in html


def test_pages_in_a_site_for_a_folder() -> None:
    titles = {"index.html": "Home", "learn/a.html": "A", "learn/b.html": "B"}
    assert pages(MOVED, titles) == {
        "learn/old.html": ("b.html", "b.html"),
        "older.html": ("learn/b.html", "learn/b.html"),
        "learn/merged.html": ("a.html#part", "a.html#part"),
        "home.html": ("index.html", "index.html"),
    }


def test_pages_with_other_letters() -> None:
    assert pages("é/ü/: learn/café/#à\n", {"learn/café/": "Café"}) == {
        "é/ü/index.html": ("../../learn/caf%C3%A9/#%C3%A0", "../../learn/caf%C3%A9/#%C3%A0"),
    }


def test_no_page_for_what_is_there_leads_nowhere_or_goes_round() -> None:
    assert pages("learn/b/: learn/a/\nx/: y/\nc/: d/\nd/: c/\nlearn/a/#x: learn/b/\n", TITLES) == {}


def test_marks_in_a_site_for_a_folder() -> None:
    found, _ = aliases.read("learn/a/#x: learn/b/\nlearn/a/#y: learn/a/#z\n", "aliases.yml")
    assert with_marks('<p id="z">', "learn/a.html", found, {"learn/a.html": "A", "learn/b.html": "B"}) == (
        '<span class="sg-alias" id="y"></span><p id="z">\n<p class="sg-moved" id="x">Moved: <a href="b.html">B</a></p>'
    )


def test_marks_are_escaped() -> None:
    found = [Alias('a/#"<x>', "b/#y&z", Position("p"))]
    assert with_marks("", "a/", found, {"a/": "A", "b/": "<B>"}) == (
        '\n<p class="sg-moved" id="&quot;&lt;x&gt;">Moved: <a href="../b/#y%26z">&lt;B&gt;</a></p>'
    )


def test_a_page_without_aliases_is_left_alone() -> None:
    found, _ = aliases.read("learn/a/#x: learn/b/\n", "aliases.yml")
    assert with_marks("<p>", "learn/ab/", found, TITLES) == "<p>"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/", ""),
        ("index.html", ""),
        ("learn/index.html#x", "learn/#x"),
        ("learn/a.html", "learn/a/"),
        ("caf%C3%A9/#%C3%A0", "café/#à"),
        ("#x.html", "#x.html"),
        ("learn/myindex.html", "learn/myindex/"),
    ],
)
def test_canonical_form(address: str, form: str) -> None:
    assert canonical(address) == form


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "values are nested too deep"),
        ("\x00", "the character U+0000 is not allowed"),
        ("a/: b/\n---\nc/: d/", "but found another document"),
    ],
    ids=["deep", "control", "two documents"],
)
def test_files_that_break_a_reader(text: str, reason: str) -> None:
    found, [problem] = aliases.read(text, "aliases.yml")
    assert not found
    assert problem.message == f"This file is not YAML: {reason}."


@given(st.text(alphabet="abc/#:.%<>{}[]\"'&*!|\n -~é") | st.text())
def test_any_file_is_read_or_is_a_problem(text: str) -> None:
    found, problems = aliases.read(text, "aliases.yml")
    assert all(problem.code == "RED001" for problem in problems)
    assert found is not None or len(problems) == 1
    found = found or []
    assert redirects.check(found, IDS) is not None
    for name in redirect_pages(found, TITLES):
        assert not name.startswith("/")
        assert ".." not in name.split("/")


@given(
    st.lists(
        st.sampled_from(
            ["<h2 id=new>", "<p id='new'", '"', ">", "<!--", "-->", "<svg>", "</svg>", "<td id=new>", "x", "<script>"]
        )
    )
)
def test_marks_add_and_change_nothing_else(parts: list[str]) -> None:
    html = "".join(parts)
    mark = '<span class="sg-alias" id="old"></span>'
    marked = with_marks(html, "a/", [Alias("a/#old", "a/#new", Position("p"))], {"a/": "A"})
    assert marked.replace(mark, "", 1) == html
