"""What a page and a file get: named, described, drawn once, and on its own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from studyguide.figures import alone, glyph_sheet, inline, standalone
from studyguide.model import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["tikz/06-styles.tex", "tikz/15-math.tex", "mermaid/01-flow-vpc-nested.mmd", "mermaid/17-pie.mmd"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", NAMES)
def test_inline_has_a_title_and_a_description_with_the_labels(name: str, sample: Callable[[str], Drawing]) -> None:
    drawing = sample(name)
    root = ET.fromstring(inline(drawing, id="fig-x", title='A "<title>"', alt=" Words & more. "))  # noqa: S314  ours
    assert root.get("class") == "sg-svg sg-" + name.partition("/")[0]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "fig-x-title fig-x-desc"
    title, desc = root[0], root[1]
    assert (title.tag, title.get("id"), title.text) == ("title", "fig-x-title", 'A "<title>"')
    labels = f"Labels: {'; '.join(drawing.words)}."
    assert (desc.tag, desc.get("id"), desc.text) == ("desc", "fig-x-desc", f"Words & more. {labels}")
    assert all(float(root.get(side, "0")) > 0 for side in ("width", "height"))


def test_inline_without_labels_says_none() -> None:
    text = inline(Drawing('<svg class="sg-tikz"/>'), id="fig-x", title="T", alt="A")
    assert text == (
        '<svg class="sg-svg sg-tikz" role="img" aria-labelledby="fig-x-title fig-x-desc">'
        '<title id="fig-x-title">T</title><desc id="fig-x-desc">A</desc></svg>'
    )


def test_what_did_not_draw_gives_nothing() -> None:
    assert inline(Drawing(""), id="fig-x", title="T", alt="A") == ""
    assert standalone(Drawing("")) == ""
    assert glyph_sheet([]) == glyph_sheet([Drawing("")]) == ""


def test_inline_touches_no_label_that_looks_like_an_id() -> None:
    drawing = Drawing('<svg class="sg-tikz"><text>href=&quot;#n-1&quot; url(#n-1)</text><use href="#n-1"/></svg>')
    text = inline(drawing, id="fig-x", title="T", alt="A")
    assert '<text>href=&quot;#n-1&quot; url(#n-1)</text><use href="#fig-x-n-1"/>' in text


def test_the_sheet_holds_each_letter_shape_once(sample: Callable[[str], Drawing]) -> None:
    drawings = [sample("tikz/06-styles.tex"), sample("tikz/15-math.tex")]
    sheet = glyph_sheet(drawings)
    root = ET.fromstring(sheet)  # noqa: S314  ours
    ids = [path.get("id") for path in root.iter("path")]
    assert len(ids) == len(set(ids))
    assert set(ids) == {glyph for drawing in drawings for glyph, _ in drawing.glyphs}
    assert len(ids) < sum(len(drawing.glyphs) for drawing in drawings)
    assert (root.get("class"), root.get("aria-hidden"), root.get("focusable")) == ("sg-glyphs", "true", "false")
    assert sheet == glyph_sheet(drawings[::-1])


def test_a_page_of_mermaid_alone_has_no_sheet(sample: Callable[[str], Drawing]) -> None:
    assert glyph_sheet([sample("mermaid/17-pie.mmd")]) == ""


@pytest.mark.parametrize("name", NAMES)
def test_standalone_is_a_whole_file_that_needs_no_other(name: str, sample: Callable[[str], Drawing]) -> None:
    drawing = sample(name)
    text = standalone(drawing, title="A & B", alt="Words")
    root = ET.fromstring(text)  # noqa: S314  ours
    assert root.tag == f"{SVG}svg"
    assert text.replace("http://www.w3.org/2000/svg", "", 1).find("//") == -1
    assert "@import" not in text
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= ids
    assert {glyph for glyph, _ in drawing.glyphs} <= ids


@pytest.mark.parametrize("name", NAMES)
def test_standalone_sets_every_colour_it_uses_in_both_schemes(name: str, sample: Callable[[str], Drawing]) -> None:
    text = standalone(sample(name))
    style = text[text.index("<style>") : text.index("</style>")]
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    used = set(re.findall(r"var\((--(?:sg|pele)-[a-z0-9-]+)\)", text)) - {"--pele-font"}
    assert used
    for variable in used:
        assert f"{variable}:" in light
        assert f"{variable}:" in dark


@pytest.mark.parametrize("name", NAMES)
def test_alone_has_its_letters_and_takes_its_styles_from_the_site(name: str, sample: Callable[[str], Drawing]) -> None:
    drawing = sample(name)
    text = alone(drawing, title="A & B", alt="Words", styles=["../a&b.css", "../assets/c.css"])
    assert text.startswith('<?xml-stylesheet href="../a&amp;b.css"?>\n<?xml-stylesheet href="../assets/c.css"?>\n<svg ')
    root = ET.fromstring(text)  # noqa: S314  ours
    assert root.get("data-md-color-scheme") == "default"
    assert root.find(f"{SVG}title").text == "A & B"  # type: ignore[union-attr]
    assert not list(root.iter(f"{SVG}style"))
    assert {glyph for glyph, _ in drawing.glyphs} <= {element.get("id") for element in root.iter()}
