"""What an engine may put into a page: nothing that runs, loads, styles or clashes."""

from __future__ import annotations

import re

import pytest
from studyguide.figures import inline, svg, tikz
from studyguide.figures.svg import SvgError, clean, serialise
from studyguide.figures.tikz import Drawn
from studyguide.model import Drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def cleaned(inside: str) -> str:
    """Return what is left inside the root."""
    return "".join(serialise(child) for child in clean(f"{HEAD}{inside}</svg>").root)


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<script>alert(1)</script><g/>", "<g/>"),
        ("<SCRIPT>alert(1)</SCRIPT>", ""),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', ""),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', ""),
        ('<rect width="1" onclick="a()" ONLOAD="a()" onbegin="a()"/>', '<rect width="1"/>'),
        ("<style>@import url(https://evil.example/a.css); body{display:none}</style>", ""),
        (
            '<rect style="fill:url(https://evil.example/a);stroke:red"/>',
            '<rect fill="none" stroke="var(--sg-c-ff0000)"/>',
        ),
        ('<rect style="background:red;onclick:a();position:fixed"/>', "<rect/>"),
        ('<rect fill="url(https://evil.example/#a)"/>', '<rect fill="none"/>'),
        ('<rect fill="URL(https://evil.example/#a)"/>', '<rect fill="none"/>'),
        ('<rect fill="red url(https://evil.example/#a)"/>', '<rect fill="none"/>'),
        ('<rect fill="\\75rl(https://evil.example/#a)"/>', '<rect fill="none"/>'),
        ('<rect fill="var(--x, url(https://evil.example))"/>', '<rect fill="none"/>'),
        ('<rect id="a"/><g fill="url(#a) url(https://evil.example)"/>', '<rect id="n-1"/><g fill="url(#n-1)"/>'),
        ('<rect clip-path="url(#nowhere)" mask="url(https://evil.example)"/>', "<rect/>"),
        ('<use href="https://evil.example/a.svg#b"/>', "<use/>"),
        ('<use xlink:href="data:image/svg+xml,a"/>', "<use/>"),
        ('<use href="javascript:alert(1)"/>', "<use/>"),
        ('<image href="https://evil.example/a.png"/>', ""),
        ('<a href="javascript:alert(1)"><text>A</text></a>', ""),
        ('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', ""),
        ('<path d="M0 0"><animate attributeName="href" to="javascript:alert(1)"/></path>', '<path d="M0 0"/>'),
        ('<set attributeName="onclick" to="alert(1)"/><animateTransform/><handler/>', ""),
        ("<metadata>A</metadata><title>A</title><desc>A</desc>", ""),
        ('<filter id="a"><feImage href="https://evil.example"/></filter><g filter="url(#a)"/>', "<g/>"),
        ("<?xml-stylesheet href='https://evil.example/a.css'?><!-- <script> --><g/>", "<g/>"),
        ('<g class="md-header pele-node sg-x"/>', '<g class="pele-node"/>'),
        ('<text font-family="x;} body{color:red">A</text>', "<text>A</text>"),
        ("<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>", "<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>"),
        ('<text fill="nocolour">A</text>', "<text>A</text>"),
        ("<text>one<script>two</script>three</text>", "<text>onethree</text>"),
        ('<g id="page-search"/>', "<g/>"),
    ],
)
def test_only_what_is_allowed_is_left(inside: str, left: str) -> None:
    assert cleaned(inside) == left


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "it declares a document type or an entity"),
        ('<!doctype svg SYSTEM "https://evil.example/a.dtd"><svg/>', "it declares a document type or an entity"),
        ("<script/>", "it is no <svg> element"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "it is no <svg> element"),
        ("<svg>" + "<g>" * 5000 + "</g>" * 5000 + "</svg>", "it is nested too deep"),
    ],
)
def test_what_is_refused_as_a_whole(text: str, reason: str) -> None:
    with pytest.raises(SvgError) as caught:
        clean(text)
    assert str(caught.value) == reason


@pytest.mark.parametrize("text", ["", "<svg", "<svg>&nbsp;</svg>", "no svg"])
def test_what_is_not_well_formed_is_refused(text: str) -> None:
    with pytest.raises(SvgError, match=r"^it is not well-formed: "):
        clean(text)


def test_a_refused_drawing_is_a_finding() -> None:
    drawing = tikz._finish("", Drawn("<html/>"), (), lambda _: None)  # noqa: SLF001  no engine draws this on its own
    assert drawing.svg == ""
    assert [str(finding.message) for finding in drawing.findings] == [
        "The engine's drawing cannot be used: it is no <svg> element."
    ]


@pytest.mark.parametrize(
    ("inside", "left", "colours"),
    [
        ('<g fill="#FFE6CC"/>', '<g fill="var(--sg-c-ffe6cc)"/>', {"ffe6cc"}),
        ('<g fill="#000" stroke="white"/>', '<g fill="var(--sg-ink)" stroke="var(--sg-paper)"/>', set()),
        ('<g style="fill: rgb(255,0,0) !important"/>', '<g fill="var(--sg-c-ff0000)"/>', {"ff0000"}),
        ('<g fill="none" stroke="currentColor"/>', '<g fill="none" stroke="currentColor"/>', set()),
        ('<g fill="var(--pele-fg)"/>', '<g fill="var(--pele-fg)"/>', set()),
        ('<g fill="var(--md-default-bg-color)" stroke="nocolour"/>', '<g fill="none" stroke="none"/>', set()),
    ],
)
def test_a_colour_becomes_a_variable(inside: str, left: str, colours: set[str]) -> None:
    assert cleaned(inside) == left
    assert clean(f"{HEAD}{inside}</svg>").colours == colours


def test_a_mask_says_with_opacity_what_it_said_with_white() -> None:
    text = cleaned('<mask id="m"><rect fill="white"/><rect fill="black"/></mask><g mask="url(#m)"/>')
    assert text == (
        '<mask mask-type="alpha" id="n-1"><rect fill="currentColor" fill-opacity="1"/>'
        '<rect fill="currentColor" fill-opacity="0"/></mask><g mask="url(#n-1)"/>'
    )


def test_letter_shapes_are_named_by_what_they_look_like() -> None:
    one = clean(f'{HEAD}<defs><path id="g0-65" d="M0 0L1 1"/></defs><use href="#g0-65"/></svg>')
    other = clean(f'{HEAD}<defs><path id="g7-3" d="M0 0L1 1"/></defs><use xlink:href="#g7-3" x="1"/></svg>')
    assert one.glyphs == other.glyphs
    (name,) = one.glyphs
    assert serialise(one.root) == f'<svg viewBox="0 0 9 9"><use href="#{name}"/></svg>'


def test_an_id_like_a_letter_shape_keeps_its_user() -> None:
    assert cleaned('<g id="g-a"/><use href="#g-a"/>') == '<g id="n-1"/><use href="#n-1"/>'


def test_ids_of_two_drawings_in_a_page_never_clash() -> None:
    inside = '<clipPath id="clip"><rect/></clipPath><g id="x" clip-path="url(#clip)"/><use href="#x"/>'
    drawing = Drawing(serialise(clean(f"{HEAD}{inside}</svg>").root).replace("<svg ", '<svg class="sg-tikz" '))
    page = [inline(drawing, id=name, title="T", alt="A") for name in ("fig-a", "fig-b")]
    ids = [re.findall(r' id="([^"]+)"', text) for text in page]
    assert ids[0] == ["fig-a-title", "fig-a-desc", "fig-a-n-1", "fig-a-n-2"]
    assert not set(ids[0]) & set(ids[1])
    for text, own in zip(page, ids, strict=True):
        assert set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= set(own)


def test_the_lists_hold_nothing_that_runs_or_loads() -> None:
    assert not svg.ELEMENTS & {"script", "style", "a", "image", "foreignObject", "animate", "set", "feImage", "iframe"}
    assert not [name for name in svg.ATTRIBUTES if name.startswith("on") or name in {"style", "filter", "src"}]
