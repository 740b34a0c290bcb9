"""A label that lies on a line is a finding, at the label; one beside it, or with a ground of its own, is none."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import astuple
from typing import TYPE_CHECKING

import pytest
from studyguide.figures.legible import check_mermaid

if TYPE_CHECKING:
    from studyguide.figures import Studio

BESIDE = "Put it beside the line (above, right, xshift), or give it a ground: fill=white."
ROOM = "Use fewer words, break them with <br/>, or change the order of the nodes."


def alone(_source: str) -> list[str]:
    """Draw nothing: these drawings are nobody's."""
    return []


def picture(*lines: str) -> str:
    return "\n".join((r"\begin{tikzpicture}[font=\sffamily\small]", *lines, r"\end{tikzpicture}"))


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        # On its arrow, upright and across, and where the line comes later and lies on top.
        (picture(r"\draw[->] (0,0) -- node {asks} (4,0);"), (2, 26), "asks"),
        (picture(r"\draw[->] (0,0) -- node {asks} (0,4);"), (2, 26), "asks"),
        (picture(r"\node at (2,0) {asks};", r"\draw (0,0) -- (4,0);"), (2, 17), "asks"),
        # The line goes between the words, bends, is dashed, is the edge of a box, or is the side of a circle.
        (picture(r"\draw (0,-1) -- (0,1);", r"\node at (0.05,0) {no way};"), (3, 20), "no way"),
        (picture(r"\draw (0,0) .. controls (1,2) and (3,2) .. (4,0);", r"\node at (2,1.5) {asks};"), (3, 19), "asks"),
        (picture(r"\draw[dashed] (0,0) |- (4,2);", r"\node at (0,1) {asks};"), (3, 17), "asks"),
        (picture(r"\draw (0,0) rectangle (4,2);", r"\node at (2,2) {Your VPC};"), (3, 17), "Your VPC"),
        (picture(r"\draw (0,0) circle (2);", r"\node at (1.42,1.42) {Zone};"), (3, 23), "Zone"),
        # Only the second row of a label does; and only the second of two labels of the same words.
        (picture(r"\draw (0,0) -- (4,0);", r"\node[align=center] at (2,0.22) {One\\two};"), (3, 34), "One two"),
        (picture(r"\node at (2,2) {asks};", r"\draw (0,0) -- node {asks} (4,0);"), (3, 22), "asks"),
        # A ground that is smaller than the words, that lets the line through, or that lies under the line.
        (
            picture(r"\draw (0,0) -- (8,0);", r"\fill[white] (3.9,-1) rectangle (4.1,1);", r"\node at (4,0) {a long label};"),
            (4, 17),
            "a long label",
        ),
        (picture(r"\draw (0,0) -- node[fill=blue, fill opacity=0.1, text opacity=1] {asks} (4,0);"), (2, 67), "asks"),
        (picture(r"\fill[white] (1,-1) rectangle (3,1);", r"\draw (0,0) -- node {asks} (4,0);"), (3, 22), "asks"),
        (picture(r"\draw (0,0) -- (4,2);", r"\node[rotate=90] at (2,1) {asks};"), (3, 28), "asks"),
    ],
)  # fmt: skip
def test_tikz(studio: Studio, source: str, place: tuple[int, int], words: str) -> None:
    found = [astuple(finding) for finding in studio.draw("tikz", source).findings]
    assert found == [(*place, "FIG023", f"The text {words!r} lies on a line.", BESIDE)]


@pytest.mark.parametrize(
    "source",
    [
        picture(r"\draw[->] (0,0) -- node[above] {asks} (4,0);", r"\draw (0,2) -- node[right] {asks} (0,5);"),
        picture(r"\draw[->] (0,0) -- node[fill=white] {asks} (4,0);"),
        picture(r"\node[draw] (a) at (0,0) {A};", r"\node[draw, fill=white] (b) at (4,0) {B};", r"\draw (0,0) -- (4,0);")
        .replace("(0,0) -- (4,0)", "(a) -- (b)"),
        picture(r"\draw (0,0) -- (4,0);", r"\node[draw, fill=white] at (2,0) {On the line};"),
        picture(r"\draw (0,0) -- (4,0);", r"\node[align=center] at (2,0) {One\\[4mm]two};"),
        picture(r"\draw (0,0) -- (4,2);", r"\node at (0.6,1.6) {In its corner};"),
        picture(r"\node[circle, draw] {Round}; \node[draw, rounded corners=8pt] at (3,0) {Pill};"),
        picture(r"\draw (0,0) (1,0) -- (2,0);", r"\node at (0.3,0) {Gap};"),
    ],
)  # fmt: skip
def test_tikz_nope(studio: Studio, source: str) -> None:
    drawing = studio.draw("tikz", source)
    assert drawing.words
    assert drawing.findings == ()


HALO = '<text fill="none" stroke="var(--pele-bg)" stroke-width="5" x="50" y="25" text-anchor="middle">no</text>'
SAID = '<g font-size="14"><text x="50" y="25" text-anchor="middle">no</text></g>'


@pytest.mark.parametrize(
    ("drawn", "count"),
    [
        (f'<path d="M0,20H100" stroke="black"/>{SAID}', 1),
        (f'<path d="M50,0v40" stroke="black"/>{SAID}', 1),
        (f'<g stroke="black"><line x1="0" y1="0" x2="100" y2="40"/></g>{SAID}', 1),
        (f'<polyline points="0,20 100,20" stroke="black"/>{SAID}', 1),
        (f'<path d="M0,20A50,50 0 0 1 100,20" stroke="black"/>{SAID}', 0),  # it goes over the words
        (f'<path d="M0,20H100" stroke="black"/><rect x="40" y="10" width="20" height="20" fill="white"/>{SAID}', 0),
        (f'<path d="M0,20H100" stroke="black"/>{HALO}{SAID}', 0),
        (f'{HALO}<path d="M0,20H100" stroke="black"/>{SAID}', 1),
        (f'<path class="pele-grid" d="M0,20H100" stroke="black"/>{SAID}', 0),
        (f'<path d="M0,20H100" stroke="none" fill="black"/>{SAID}', 0),
        (f'<path d="M0,30H100" stroke="black"/>{SAID}', 0),
        (f'<path d="M0,5H100" stroke="black"/>{SAID}', 0),
        (f'<path d="M0,20H35" stroke="black"/>{SAID}', 0),
    ],
)
def test_mermaid(drawn: str, count: int) -> None:
    """``A note`` holds the letters of the label too, and is not it."""
    source = "flowchart LR\n  A[A note] -->|no| B"
    root = ET.fromstring(f"<svg>{drawn}</svg>")  # noqa: S314
    found = [astuple(finding) for finding in check_mermaid(source, root, alone, painted=False)]
    assert found == [(2, 17, "FIG023", "The text 'no' lies on a line.", ROOM)] * count


def test_second_label_of_the_same_words_is_named_at_its_own_place() -> None:
    source = "flowchart LR\n  A -->|no| B\n  B -->|no| C"
    drawn = f'<svg><text x="50" y="100">no</text><path d="M0,20H100" stroke="black"/>{SAID}</svg>'
    found = check_mermaid(source, ET.fromstring(drawn), alone, painted=False)  # noqa: S314
    assert [(finding.line, finding.column) for finding in found] == [(3, 9)]


def test_a_label_that_is_broken_is_found_in_the_source() -> None:
    source = 'flowchart LR\n  A -->|"two<br/>  rows"| B'
    drawn = '<svg font-size="14"><path d="M0,20H100" stroke="black"/><text><tspan x="9" y="5">two</tspan><tspan x="9" y="25">rows</tspan></text></svg>'
    found = check_mermaid(source, ET.fromstring(drawn), alone, painted=False)  # noqa: S314
    assert [(finding.line, finding.column, finding.message) for finding in found] == [
        (2, 10, "The text 'two rows' lies on a line.")
    ]
