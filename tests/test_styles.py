"""Style sheets of a finished site keep what its pages can use, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from studyguide.exports.styles import WITH_MARGINS, Known, trim, trimmed
from studyguide.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

KEEPS_NOTHING = Shelf(None)
PAGE = '<body class="page" data-open="yes"><p class="md-note" id="top">Words</p></body>'


def known_of(*more: str) -> Known:
    return Known.of(text.encode() for text in (PAGE, *more))


def test_words_are_in_small_letters_and_end_where_they_end() -> None:
    text = "\u201cMd-Note\u201d \u00c9T\u00c9,top(_x) a\u2014b \ufffd"
    assert known_of(text).words - known_of().words == {"md-note", "\u00e9t\u00e9", "_x", "a", "b"} - known_of().words


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a { top: 0 }", "a{top:0;}"),
        (".page { top: 0 }", ".page{top:0;}"),
        (".gone { top: 0 }", ""),
        (".page .gone { top: 0 }", ""),
        (".page.gone { top: 0 }", ""),
        ("#gone { top: 0 }", ""),
        ("#top { top: 0 }", "#top{top:0;}"),
        (".gone, .page > p { top: 0 }", ".page > p{top:0;}"),
        # An attribute may have another name in a script, its value not; a value of one letter looks like a flag.
        ("[data-gone] { top: 0 }", "[data-gone]{top:0;}"),
        ("[data-gone=yes] { top: 0 }", "[data-gone=yes]{top:0;}"),
        ("[data-open=no] { top: 0 }", ""),
        ("[data-open=no i] { top: 0 }", ""),
        ("[type=a i] { top: 0 }", "[type=a i]{top:0;}"),
        ('[data-open="yes"] { top: 0 }', '[data-open="yes"]{top:0;}'),
        # What a theme asks of every element at every visit.
        ("[data-md-color-switching] *, .page [data-md-color-switching] { top: 0 }", ""),
        ("[data-md-color-switching] *, .page { top: 0 }", ".page{top:0;}"),
        (
            "table:not([class]) td > :first-child { top: 0 }",
            f"table:not([class]) td >{WITH_MARGINS}:first-child{{top:0;}}",
        ),
        (
            "table:not([class])+* { top: 0 }",
            f"table:not([class])+{WITH_MARGINS}{{top:0;}}",
        ),
        ("a+* { top: 0 }", "a+*{top:0;}"),
        # What is in it may be anything.
        (".page[class]>* { top: 0 }", ".page[class]>*{top:0;}"),
        ("td>:first-child { top: 0 }", "td>:first-child{top:0;}"),
        ("table:not([class]) p:first-child { top: 0 }", "table:not([class]) p:first-child{top:0;}"),
        # One of several is enough, and what must not be there is not.
        (":is(.gone, .page) { top: 0 }", ":is(.gone, .page){top:0;}"),
        (".page:not(.gone) { top: 0 }", ".page:not(.gone){top:0;}"),
        (".page:has(.gone, #top) { top: 0 }", ".page:has(.gone, #top){top:0;}"),
        ("@media print { .gone { top: 0 } .page { top: 0 } }", "@media print{.page{top:0;}}"),
        ("@media print { .gone { top: 0 } }", ""),
        ("@layer one, two;", "@layer one, two;"),
        # What is nested goes alone, and with what it is in.
        (".page { top: 0; &:hover { left: 0 } & .gone { left: 0 } }", ".page{top:0;&:hover{left:0;}}"),
        (".page { @media print { .gone & { top: 0 } left: 0 } }", ".page{@media print{left:0;}}"),
        (".gone { & .page { top: 0 } }", ""),
        # What is no rule for an element is kept, whatever its name.
        ("@font-face { font-family: gone; src: url(a.woff2) }", "@font-face{font-family: gone; src: url(a.woff2)}"),
        ("@keyframes gone { from { top: 0 } }", "@keyframes gone{from { top: 0 }}"),
        ("a { top: /* why */ 0 !important } /* .page */", "a{top:0!important;}"),
        ("a::after { content: '.gone { /* no */ }' }", 'a::after{content:".gone { /* no */ }";}'),
        # Properties that nothing asks for; one that a script or a page names is asked for.
        (":root { --gone: 0; --here: 1 } a { top: var(--here) }", ":root{--here:1;}a{top:var(--here);}"),
        (":root { --gone: 0 }", ""),
        (":root { --top: 1; --gone: var(--top) }", ":root{--top:1;}"),
        (":root { --data-open: 0 }", ""),
    ],
)
def test_keeps_what_a_page_can_use(css: str, kept: str) -> None:
    assert trimmed({"a.css": css}, known_of(), KEEPS_NOTHING) == {"a.css": kept}


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("node.className = 'late'", "late"),
        ("node.className = `md-tab--${state}`", "md-tab--open"),
        ("node.className = block + '--open'", "md-tab--open"),
        ("node.className = block + '__item'", "md-tab__item"),
        ("node.id = 'Late'.toLowerCase()", "late"),
    ],
)
def test_knows_the_names_that_a_script_puts_together(script: str, name: str) -> None:
    rule = f".{name}{{top:0;}}"
    assert trimmed({"a.css": rule}, known_of(script), KEEPS_NOTHING) == {"a.css": rule}
    assert trimmed({"a.css": rule}, known_of("block - 1 __ --x"), KEEPS_NOTHING) == {"a.css": ""}


def test_knows_the_properties_that_a_script_puts_together() -> None:
    sheet = ":root{--ink-dark:navy;--gone:0;}"
    found = trimmed({"a.css": sheet}, known_of("style.getPropertyValue(`--ink-${scheme}`)"), KEEPS_NOTHING)
    assert found == {"a.css": ":root{--ink-dark:navy;}"}


def test_a_property_may_be_asked_for_in_another_sheet() -> None:
    sheets = {"a.css": ":root{--ink:black;--paper:white;--night:navy;}", "b.css": "a{color:var(--ink);}"}
    found = trimmed({**sheets, "broken.css": "a { color: var(--night) } }"}, known_of(), KEEPS_NOTHING)
    assert found == {**sheets, "a.css": ":root{--ink:black;--night:navy;}"}


@pytest.mark.parametrize("css", ["a { top: 0 } }", ".page { top: 0; oops }", "@media print { } )"])
def test_a_sheet_that_is_not_understood_stays_as_it_is(css: str) -> None:
    assert trimmed({"a.css": css}, known_of(), KEEPS_NOTHING) == {}


def test_what_was_left_is_kept_for_pages_with_the_same_names(tmp_path: Path) -> None:
    sheet = (
        ":root { --night: #000 } @media print { .page, .gone { color: var(--night) !important } } @font-face { src: x }"
    )
    known, shelf = known_of(), Shelf(tmp_path / "kept")
    first = trimmed({"a.css": sheet}, known, shelf)
    kept = list((tmp_path / "kept").iterdir())
    assert len(kept) == 2
    # Other words make no difference; another name of the sheet's does.
    for words, files in (("more", 2), ("gone", 3)):
        known = known_of(words)
        assert trimmed({"a.css": sheet}, known, shelf) == trimmed({"a.css": sheet}, known, KEEPS_NOTHING)
        assert len(list((tmp_path / "kept").iterdir())) == files
    assert trimmed({"a.css": sheet}, known_of(), shelf) == first


def test_a_site(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "data.json").write_text('["<p class=\\"asked\\">"]')
    sheet = tmp_path / "assets/site.css"
    sheet.parent.mkdir()
    sheet.write_text(".asked { top: 0 }\n.gone { top: 0 }\n")
    trim(tmp_path)
    assert sheet.read_text() == ".asked{top:0;}"


def test_a_script_of_another_host_may_use_any_name(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f'{PAGE}<script async src="//cdn.example/a.js"></script>')
    (tmp_path / "site.css").write_text(".gone { top: 0 }")
    trim(tmp_path)
    assert (tmp_path / "site.css").read_text() == ".gone { top: 0 }"
