"""The panel of a served page: what it says, and where its findings lead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from studyguide import directives
from studyguide.codes import help_for
from studyguide.model import Position, Problem
from studyguide.reports.panel import MOST, STYLES, Panel, insert, panels
from studyguide.reports.places import ServedPage
from studyguide.text.source import Source

HOME = ServedPage("docs/index.md", "", "Home", "# Home\n")
GONE = "`map.md` leads nowhere."


def _page(text: str, path: str = "docs/learn/a.md", url: str = "learn/a/") -> ServedPage:
    return ServedPage(path, url, "A", text, directives.read(Source(path, text)).blocks)


def _html(content: str) -> str:
    nav = '<nav><a href="map.md">Map</a><h2 id="nav">In the navigation</h2></nav>'
    return f"<!doctype html>\n<title>A</title><body>{nav}<article>{content}</article><footer></footer>"


def _problem(line: int, column: int = 1, code: str = "LNK001", path: str = "docs/learn/a.md") -> Problem:
    return Problem(Position(path, line, column), code, GONE, "Link to a page.")


def _places(text: str, content: str, *problems: Problem) -> list[tuple[str, str]]:
    """Return the start tag each finding leads to, and what stands before it on the page as it was."""
    html = _html(content)
    shown = insert(html, Panel(_page(text), problems))
    tree = LexborHTMLParser(shown)
    anchors = [node.attributes["href"] for node in tree.css(".sg-panel__message a")]
    tags = [re.search(rf'<[^<>]*\sid="?{re.escape(anchor[1:])}["\s>][^<>]*', shown) for anchor in anchors if anchor]
    return [
        (tag.group().rstrip(">") + ">" if tag else "", anchor or "") for tag, anchor in zip(tags, anchors, strict=True)
    ]


def _place(text: str, content: str, line: int, column: int = 1) -> str:
    return _places(text, content, _problem(line, column))[0][0]


# What the panel says


def test_says_what_where_and_how_to_mend_it() -> None:
    problem = Problem(Position("docs/learn/a.md", 1, 5), "LNK001", GONE, "Write `a.md`.", ("Gone since `0fe13de`.",))
    shown = insert('<body class="x"><main><p>See <a href="map.md">it</a>', Panel(_page("See [it](map.md)"), (problem,)))
    assert shown == (
        '<body class="x">'
        '<link rel="stylesheet" href="../../assets/css/studyguide-panel.css">'
        '<section class="sg-panel sg-panel--error" aria-label="Problems found by the build"><details open>'
        '<summary><span class="sg-panel__count">1 problem on this page</span></summary><div class="sg-panel__body">'
        '<ol><li class="sg-panel__problem"><p class="sg-panel__head">'
        '<span class="sg-panel__severity sg-panel__severity--error">error</span> '
        f'<a href="{help_for("LNK001")}" title="A page link that leads nowhere">LNK001</a></p>'
        '<p class="sg-panel__message"><a href="#sg-problem-1"><code>map.md</code> leads nowhere.</a></p>'
        '<p class="sg-panel__fix">Write <code>a.md</code>.</p>'
        '<p class="sg-panel__note">Gone since <code>0fe13de</code>.</p>'
        '<p class="sg-panel__where">docs/learn/a.md:1:5</p></li></ol>'
        "</div></details></section>"
        '<main><p>See <a id="sg-problem-1" class="sg-problem-here" href="map.md">it</a>'
    )


@pytest.mark.parametrize(
    ("codes", "worst", "is_open"),
    [
        (["LNK001"], "error", True),
        (["PRT001", "LNK001", "NAV001"], "error", True),
        (["PRT001", "NAV001"], "warning", False),
        (["PRT001"], "hint", False),
    ],
)
def test_is_open_where_something_is_an_error(codes: list[str], worst: str, *, is_open: bool) -> None:
    shown = insert(_html("<p>"), Panel(_page("x"), tuple(_problem(1, code=code) for code in codes)))
    assert f'class="sg-panel sg-panel--{worst}"' in shown
    assert ("<details open>" in shown) == is_open


def _text(shown: str, selector: str) -> list[str]:
    return [node.text().strip() for node in LexborHTMLParser(shown).css(selector)]


def test_names_the_other_pages_and_files_with_problems() -> None:
    here, there = _page("x"), ServedPage("docs/learn/b.md", "learn/b/", "B & C", "x")
    found = [
        _problem(1),
        *[_problem(line, path=there.path) for line in (1, 2)],
        Problem(Position("mkdocs.yml", 3), "NAV002", "`c.md` is not a page."),
    ]
    home, a, b = (insert(_html(""), panel) for panel in panels([HOME, here, there], found, "1 new, 2 fixed"))
    assert _text(home, "summary") == ["No problems on this page 3 on other pages"]
    assert '<li><a href="learn/a/">A</a> 1</li><li><a href="learn/b/">B &amp; C</a> 2</li>' in home
    assert _text(a, "summary") == ["1 problem on this page"]
    assert _text(a, ".sg-panel__title") == ["2 more on other pages".replace("pages", "page"), "In other files"]
    assert '<li><a href="../b/">B &amp; C</a> 2</li>' in a
    assert _text(a, ".sg-panel__where") == ["docs/learn/a.md:1:1", "mkdocs.yml:3:1"]
    assert [_text(shown, ".sg-panel__change") for shown in (home, a, b)] == [["1 new, 2 fixed"]] * 3


def test_a_finding_of_no_page_leads_nowhere() -> None:
    shown = insert(_html(""), panels([HOME], [Problem(Position("mkdocs.yml"), "NAV002", GONE)])[0])
    assert '<p class="sg-panel__message"><code>map.md</code> leads nowhere.</p>' in shown


def test_a_clean_page_has_a_quiet_line() -> None:
    (panel,) = panels([HOME], [])
    shown = insert(_html("<p>"), panel)
    assert _text(shown, "summary") == ["No problems on this page"]
    assert _text(shown, ".sg-panel__body") == ["No problems in the guide."]
    assert "<details>" in shown
    assert "sg-problem" not in shown


def test_lists_so_many_other_pages_and_no_more() -> None:
    pages = [ServedPage(f"docs/{n}.md", f"{n}/", f"Page {n}", "") for n in range(MOST + 4)]
    shown = insert(_html(""), panels(pages, [_problem(1, path=page.path) for page in pages])[0])
    assert _text(shown, ".sg-panel__title") == [f"{MOST + 3} more on other pages"]
    assert _text(shown, ".sg-panel__body > ul > li")[-2:] == [f"Page {MOST} 1", "and 3 more"]


def test_codes_are_explained_on_the_site_itself() -> None:
    explained = ServedPage("docs/authoring/problems.md", "authoring/problems/", "Problems", "### A { #lnk001 }\n")
    found = [_problem(1), _problem(1, code="LNK002")]
    shown = insert(_html(""), panels([_page("x"), explained], found)[0])
    links = [node.attributes["href"] for node in LexborHTMLParser(shown).css(".sg-panel__head a")]
    assert links == ["../../authoring/problems/#lnk001", help_for("LNK002")]


def test_everything_is_escaped() -> None:
    bad = '<script>alert("1")</script>&amp;'
    page = ServedPage('docs/"<b>.md', "b/", bad, "x")
    found = [Problem(Position(page.path), "LNK001", f"`{bad}`", bad, (bad,)), Problem(Position(bad), "NAV002", bad)]
    for panel in panels([HOME, page], found, bad):
        shown = LexborHTMLParser(insert(_html(""), panel))
        assert shown.css("script, b") == []
        assert bad in (shown.css_first(".sg-panel").text() or "")


def test_has_no_script_and_no_inline_style() -> None:
    shown = insert(_html("<p>"), Panel(_page("x"), (_problem(1),), change="1 new"))
    assert not re.search(r"<script|\sstyle=|\son\w+=", shown)


def test_styles_load_nothing_and_name_each_colour_once() -> None:
    assert not re.search(r"@import|url\(", STYLES)
    used = re.sub(r"--sg-panel-[\w-]+:[^;]*;|/\*.*?\*/", "", STYLES, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b", used) == []


# Where the panel goes


def test_skip_link_stays_first() -> None:
    before = '<body>\n<input id="__drawer"><div data-md-component="skip">\n<a href="#a" class="md-skip">Skip</a></div>'
    shown = insert(f"{before}<header></header>", Panel(HOME))
    assert shown.startswith(f'{before}<link rel="stylesheet" href="assets/css/studyguide-panel.css"><section')


@pytest.mark.parametrize("html", ["", "plain", "<p>No body", "<!-- <body> -->", "<script>'<body>'</script>", "<body"])
def test_no_body_no_panel(html: str) -> None:
    assert insert(html, Panel(_page("x"), (_problem(1),))) == html


def test_finds_the_body_behind_what_only_looks_like_one() -> None:
    before = "<html data-x='<body>'><!-- <body> --><title><body></title><style>/*<body>*/</style>"
    assert insert(f"{before}<BODY dir=ltr>x", Panel(HOME)).startswith(f"{before}<BODY dir=ltr><link ")


# Where a finding leads: an address


def test_leads_to_the_link_written_there() -> None:
    text = "See [one](map.md), [two](map.md) and [three](map.md)."
    content = '<p><a href="map.md">one</a> <a href="map.md">two</a> <a href="map.md">three</a>'
    found = [_problem(1, 5), _problem(1, 20), _problem(1, 38)]
    shown = insert(_html(content), Panel(_page(text), tuple(found)))
    for number, word in enumerate(["one", "two", "three"], start=1):
        assert f'<a id="sg-problem-{number}" class="sg-problem-here" href="map.md">{word}</a>' in shown
    assert '<nav><a href="map.md">Map</a>' in shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[x](b.md)", '<a href="../b/">'),
        ("[x](b.md#c)", '<a href="../b/#c">'),
        ("[x](b.md)", '<a href="../b.html">'),
        ("[x](../index.md)", '<a href="../../">'),
        ("[x](sub/index.md)", '<a href="../sub/">'),
        ("[x](sub/README.md)", '<a href="../sub/">'),
        ("[x](gone.md)", '<a href="gone.md">'),
        ("[x](a%20b.md)", '<a href="../a%20b/">'),
        ("[](#fig-x)", '<a href="../../b/#fig-x">'),
        ("[x](#here)", '<a href="#here">'),
        ("![](img/p.png)", '<img alt="" src="../img/p.png">'),
        ("![](p.png)", "<img src=p.png alt=''>"),
        ("<a href='y?a=1&b'>", '<A HREF="y?a=1&amp;b">'),
        ("[x](https://a.example/b.md)", '<a href="https://a.example/b.md">'),
        ("<x-y data='f.bin'>", '<object data="f.bin">'),
    ],
)
def test_knows_an_address_as_the_site_has_it(written: str, shown: str) -> None:
    content = f'<h1 id="h">H</h1><a href="#h" class="headerlink">&para;</a><a href="../other/">{shown}</a>'
    name = re.match(r"<\w+", shown)
    assert name
    marked = shown.replace(name.group(), f'{name.group()} id="sg-problem-1" class="sg-problem-here"', 1)
    assert marked in insert(_html(content), Panel(_page(f"# H\n\n{written}"), (_problem(3),)))


def test_leads_to_a_citation() -> None:
    text = "One [@a], two [@b; @a]."
    cites = ['<a class="sg-cite" href="../s/#src-a">', '<a class="sg-cite" href="#src-b">', "<a href='#src-a'>"]
    shown = insert(_html("".join(cites)), Panel(_page(text), (_problem(1, 20), _problem(1, 16))))
    assert '<a id="sg-problem-1" class="sg-problem-here" href=\'#src-a\'>' in shown
    assert '<a id="sg-problem-2" class="sg-cite sg-problem-here" href="#src-b">' in shown
    assert cites[0] in shown


@pytest.mark.parametrize(
    "content",
    ["<p><code>&lt;a href='map.md'></code>", "<!-- <a href='map.md'> -->", "<template><a href='map.md'></template>"],
)
def test_an_address_that_is_no_link_nope(content: str) -> None:
    html = f'<h1 id="top">A</h1>{content}'
    assert _place("# A\n\n[x](map.md)", html, 3) == '<h1 class="sg-problem-near" id="top">'


# Where a finding leads: a directive, an id, a heading

FIGURE = "# A\n\n/// figure | F\n    id: fig-f\n    alt: x\n\n![x](y.png)\n///\n\nAfter it.\n"


@pytest.mark.parametrize(
    ("line", "name"), [(3, "here"), (4, "here"), (5, "here"), (8, "here"), (9, "near"), (10, "near"), (99, "near")]
)
def test_leads_to_the_directive_around_it_or_above_it(line: int, name: str) -> None:
    content = '<h1 id="a">A</h1><figure class="sg-figure" id="fig-f"></figure>'
    assert _place(FIGURE, content, line) == f'<figure class="sg-figure sg-problem-{name}" id="fig-f">'


def test_leads_to_the_inner_of_two_directives() -> None:
    text = "//// objective | O\n    id: obj-o\n\n/// term | T\n    id: term-t\n\nT.\n///\n\nMore.\n////\n"
    content = '<div id="obj-o"><div id="term-t"></div></div>'
    assert _place(text, content, 7) == '<div class="sg-problem-here" id="term-t">'
    assert _place(text, content, 10) == '<div class="sg-problem-here" id="obj-o">'


def test_leads_to_a_directive_whose_id_the_build_made() -> None:
    text = "/// term | T\n    id: term-t\n\nT.\n///\n\n/// term | T\n    id: term-t\n\nT.\n///\n"
    content = '<div id="term-t"></div><div id="term-t-line-7.docs.learn.a.md"></div>'
    assert _place(text, content, 8) == '<div class="sg-problem-here" id="term-t-line-7.docs.learn.a.md">'


def test_leads_to_the_second_of_two_with_the_same_id() -> None:
    text = '<b id="x">1</b>\n\n<b id="x">2</b>\n'
    shown = insert(_html('<b id="x">1</b><b id="x">2</b>'), Panel(_page(text), (_problem(3, 4, "ID001"),)))
    assert '<b id="x">1</b><b class="sg-problem-here" id="x"><span id="sg-problem-1"></span>2</b>' in shown
    assert '<a href="#sg-problem-1">' in shown


HEADINGS = """---
title: A
---
# One

```
# Not a heading
```

Two
---

    # Not one either

### Three of `four` { #three }

text
"""


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (2, '<h1 class="sg-problem-near" id="one">'),
        (4, '<h1 class="sg-problem-here" id="one">'),
        (7, '<h1 class="sg-problem-near" id="one">'),
        (10, '<h2 class="sg-problem-here" id="two">'),
        (13, '<h2 class="sg-problem-near" id="two">'),
        (15, '<h3 class="x sg-problem-here" id="three">'),
        (17, '<h3 class="x sg-problem-near" id="three">'),
    ],
)
@pytest.mark.parametrize("extra", ["", "<h1>Of the theme</h1>"])
def test_leads_to_the_heading_above(line: int, place: str, extra: str) -> None:
    content = '<h1 id="one">One</h1><h2 id="two">T<i>wo</i> &para;</h2><h3 class="x" id="three">Three of <code>four</code></h3>'
    if extra and line == 2:
        place = '<h1 id="sg-problem-1" class="sg-problem-near">'
    assert _place(HEADINGS, extra + content, line) == place


def test_leads_to_the_content_where_there_is_no_heading() -> None:
    assert _place("text", "<p>text", 1) == '<article id="sg-problem-1" class="sg-problem-near">'
    bare = insert("<body>text", Panel(_page("text"), (_problem(1),)))
    assert bare.startswith('<body id="sg-problem-1" class="sg-problem-near"><link')


def test_findings_at_one_place_share_its_anchor() -> None:
    html = _html("<h1>A</h1>")
    shown = insert(html, Panel(_page("text\n\n# A"), (_problem(1), _problem(3))))
    assert shown.count('<a href="#sg-problem-1">') == 2
    assert '<h1 id="sg-problem-1" class="sg-problem-here">A' in shown


# How a mark is put in


@pytest.mark.parametrize(
    ("tag", "marked"),
    [
        ('<a href="map.md">', '<a id="sg-problem-1" class="sg-problem-here" href="map.md">'),
        ("<a class=x href=map.md>", '<a id="sg-problem-1" class="x sg-problem-here" href=map.md>'),
        ("<a class='x \"y' href=map.md>", '<a id="sg-problem-1" class="x &quot;y sg-problem-here" href=map.md>'),
        ("<a class href=map.md>", '<a id="sg-problem-1" class="sg-problem-here" href=map.md>'),
        ('<a href="map.md" CLASS = "x">', '<a id="sg-problem-1" href="map.md" class="x sg-problem-here">'),
        ('<a href=map.md class="x>', '<a id="sg-problem-1" class="sg-problem-here" href=map.md class="x>'),
        ('<a id="own" href="map.md">', '<a class="sg-problem-here" id="own" href="map.md">'),
        (
            """<a title='a > b class="c"' href="map.md">""",
            """<a id="sg-problem-1" class="sg-problem-here" title='a > b class="c"' href="map.md">""",
        ),
        ("<IMG src=map.md/>", '<IMG id="sg-problem-1" class="sg-problem-here" src=map.md/>'),
    ],
)
def test_a_tag_keeps_what_it_has(tag: str, marked: str) -> None:
    html = _html(f"<p>{tag}x")
    written = "<img src=map.md/>" if "IMG" in tag else "[x](map.md)"
    assert f"<p>{marked}x" in insert(html, Panel(_page(written), (_problem(1),)))


HALVES = st.sampled_from(
    ["<body>", "<h1>A", "<a href=map.md>", '<p class="x', "'", '"', "=", ">", "<", "<!--", "-->", "<script>", "</main>", "<main>", " id=a", "\n", "é"]
)  # fmt: skip
LINES = st.sampled_from(
    [
        "# A",
        "---",
        "/// figure | F",
        "    id: fig-f",
        "///",
        "```",
        "[x](map.md)",
        "",
        "[@a]",
        "<b id=a>",
        "{ #a }",
        "1. x",
    ]
)


@given(st.lists(HALVES, max_size=14).map("".join), st.lists(LINES, max_size=10).map("\n".join), st.integers(1, 12))
def test_nothing_of_a_page_is_lost(html: str, text: str, line: int) -> None:
    shown = insert(html, Panel(_page(text), (_problem(line), _problem(1, 5))))
    bare = re.sub(
        r'<link rel="stylesheet".*?</section>|<span id="sg-problem-\d"></span>| id="sg-problem-\d"',
        "",
        shown,
        flags=re.DOTALL,
    )
    bare = re.sub(r' class="sg-problem-(?:here|near)"', "", bare)
    assert bare == html or " sg-problem-" in bare
