"""The other TikZ engine, real TeX, comes out as the same kind of drawing."""

from __future__ import annotations

import re

import pytest
from studyguide.figures import Studio, inline, latex

pytestmark = pytest.mark.skipif(not latex.available(), reason="latex and dvisvgm are not installed")
BOX = "\\begin{tikzpicture}\n  \\node[draw,fill=orange!20] (a) {Box};\n\\end{tikzpicture}"


def test_it_draws_with_variables_and_without_style() -> None:
    with Studio(tikz="latex") as studio:
        drawing = studio.draw("tikz", BOX)
    assert drawing.findings == ()
    assert drawing.words == ("Box",)
    assert drawing.colours == ("ffe6cc",)
    assert len(drawing.glyphs) == 3
    assert not re.search(r"style=|<style|<script", inline(drawing, id="fig-x", title="T", alt="A"))


def test_what_tex_says_is_said_at_its_line() -> None:
    with Studio(tikz="latex") as studio:
        drawing = studio.draw("tikz", BOX.replace("Box", r"\nonsense"))
    assert [(finding.line, finding.code) for finding in drawing.findings] == [(2, "FIG010")]
    assert drawing.findings[0].message == "TeX does not draw this: Undefined control sequence."


def test_lines_are_counted_with_libraries_before_the_picture() -> None:
    source = "\\usetikzlibrary{calc,\n  positioning}\n\n" + BOX.replace("Box", r"\nonsense")
    with Studio(tikz="latex") as studio:
        drawing = studio.draw("tikz", source)
    assert [finding.line for finding in drawing.findings] == [5]


def test_it_reads_no_file() -> None:
    with Studio(tikz="latex") as studio:
        drawing = studio.draw("tikz", BOX.replace("Box", r"\input{/etc/hostname}"))
    assert [finding.code for finding in drawing.findings] == ["FIG017"]
    with pytest.raises(latex.LatexError):
        latex.draw(BOX.replace("Box", r"\input{/etc/hostname}"))
