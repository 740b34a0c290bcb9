"""Text that cannot be read is a finding, at the text; text that can be is none."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from studyguide.figures import Studio

FIX = "Use a paler fill (a mix of 20 or less) or a darker text."

PALE = r"\node[fill=orange,text=white] at (2,2) {A};"


def said(words: str, ratio: float) -> str:
    return f"The text {words!r} has a contrast of {ratio}:1 with what lies under it, in light or dark; it needs 4.5:1."


def picture(*lines: str) -> str:
    return "\n".join((r"\begin{tikzpicture}", *lines, r"\end{tikzpicture}"))


@pytest.mark.parametrize(
    ("source", "place", "words", "ratio"),
    [
        (picture(r"\node[fill=orange,text=white] {Pale};"), (2, 32), "Pale", 2.5),
        (picture(r"\node[fill=orange,text=white,font=\sffamily] {Pale};"), (2, 47), "Pale", 2.5),
        (picture(r"\node[rotate=90,fill=orange,text=white] {Pale};"), (2, 42), "Pale", 2.5),
        (picture(r"\node[circle,fill=blue] {Dim};"), (2, 26), "Dim", 1.6),
        (picture(r"\node[text=yellow] {Pale};"), (2, 21), "Pale", 1.1),
        (picture(r"\node {A};", r"\node[fill=orange,text=white] at (2,0) {A};"), (3, 41), "A", 2.5),
        (picture(r"\fill[orange] (-1,-1) rectangle (1,1);", r"\node[text=white] at (0,0) {A};"), (3, 29), "A", 2.5),
        # The same words elsewhere, on the way to a place or in a loop, are not taken for them.
        (
            picture(r"\draw (0,0) to node {A} (4,0);", r"\foreach \i in {1,2} \node at (\i,3) {\i};", PALE),
            (4, 41),
            "A",
            2.5,
        ),
        (picture(r"\draw (0,3) to[edge label=A] (4,3);", r"\draw (0,0) to node {A} (4,0);", PALE), (4, 41), "A", 2.5),
        (
            picture(r"\node {Port};", r"\draw (0,3) to node[text=yellow] {Port} (4,3);", r"\node at (5,5) {Port};"),
            (3, 35),
            "Port",
            1.1,
        ),
        (picture(r"\node[label={[text=yellow]above:A}] {A};"), (2, 33), "A", 1.1),
    ],
)
def test_tikz(studio: Studio, source: str, place: tuple[int, int], words: str, ratio: float) -> None:
    # A label that lies on a line as well is another's business.
    found = [astuple(finding) for finding in studio.draw("tikz", source).findings if finding.code != "FIG023"]
    assert found == [(*place, "FIG018", said(words, ratio), FIX)]


@pytest.mark.parametrize(
    "source",
    [
        picture(r"\node[fill=orange!20] {Dark};"),
        picture(r"\node[fill=orange!20,draw=orange] {Dark};"),
        picture(r"\node[fill=black,text=white] {White on black};"),
        picture(r"\node[fill=blue!40!black,text=white] {White on navy};"),
        picture(r"\fill[orange] (3,3) rectangle (4,4);", r"\node {Beside};"),
        picture(r"\fill[black] (-1,-1) rectangle (1,1);", r"\node[fill=white] {On white, on black};"),
        picture(r"\node {Under};", r"\draw[orange,very thick] (-1,0) -- (1,0);"),
        picture(r"\node[fill=blue,fill opacity=0.1,text opacity=1] {On a tint};"),
    ],
)
def test_tikz_nope(studio: Studio, source: str) -> None:
    drawing = studio.draw("tikz", source)
    assert drawing.words
    assert [finding for finding in drawing.findings if finding.code != "FIG023"] == []


def test_mermaid(studio: Studio) -> None:
    source = "flowchart LR\n  A[Pale] --> B\n  style A fill:#ff8000,color:#fff"
    found = [astuple(finding) for finding in studio.draw("mermaid", source).findings]
    assert found == [(2, 5, "FIG018", said("Pale", 2.5), FIX)]


PAINT = "fill:#ff8000,color:#fff"


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        # A letter is the name of a node, what an arrow says, what a node says, and a word of the syntax.
        (["a -->|a| b", "a[Long a] --> c", "linkStyle 0 color:#ff0"], (2, 9)),
        (["A -->|a| B", "C -->|b| a", f"style a {PAINT}"], (3, 12)),
        (["x[a] --> a", "a --> b", f"style a {PAINT}"], (2, 12)),
        (["x[a] --> a", "a --> b", f"style x {PAINT}"], (2, 5)),
        (['b["a b"] -->|a| B[B]', "a[b] --> B", f"style a {PAINT}"], (3, 5)),
        (["subgraph a", "x[a]", "end", f"style x {PAINT}"], (3, 5)),
        (["%% a comment a", "x[a] -- a --> y[a]", f"style y {PAINT}"], (3, 19)),
        (["end1[fill] --> style1[end1]", f"style style1 {PAINT}"], (2, 25)),
    ],
)
def test_mermaid_label_of_one_word_of_the_source_among_others(
    studio: Studio, lines: list[str], place: tuple[int, int]
) -> None:
    source = "\n".join(["flowchart LR", *(f"  {line}" for line in lines)])
    found = [finding for finding in studio.draw("mermaid", source).findings if finding.code == "FIG018"]
    assert [(finding.line, finding.column) for finding in found] == [place]


@pytest.mark.parametrize(
    "style",
    [
        "fill:#ffe6cc,color:#000",
        "fill:#ff8000",
        "fill:#123456",
        "fill:#fff",
        "fill:#000",
        "fill:#888",
        "stroke:#ff8000",
    ],
)
def test_mermaid_nope(studio: Studio, style: str) -> None:
    drawing = studio.draw("mermaid", f"flowchart LR\n  A[Label] --> B\n  style A {style}")
    assert drawing.words == ("Label", "B")
    assert drawing.findings == ()
