"""What the TikZ engine complains of is said in words, at the word it is about."""

from __future__ import annotations

from dataclasses import astuple
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from studyguide.figures import tikz
from studyguide.figures.diagnosis import explain

if TYPE_CHECKING:
    from studyguide.figures import Studio

COMMAND = "Check its spelling; the engine draws TikZ and PGFPlots, and little else of LaTeX."
OPTION = r"Check its spelling, and that its library is named in \usetikzlibrary."
COLOUR = r"Use a colour of xcolor, such as blue!60!black, or define it with \definecolor."
LOOP = r"Look for a command that uses itself, or a \foreach over too many values."
ENDLESS = "The figure does not come to an end: a command or a loop goes on too long."


def picture(*lines: str) -> str:
    return "\n".join((r"\begin{tikzpicture}", *lines, r"\end{tikzpicture}"))


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        (picture(r"\node {\foo};"), (2, 8, "FIG010", r"The engine does not know \foo.", COMMAND)),
        (picture(r"% \foo", r"\node {\foo};"), (3, 8, "FIG010", r"The engine does not know \foo.", COMMAND)),
        (picture(r"\nod {A};"), (2, 1, "FIG010", r"The engine does not know \nod.", COMMAND)),
        (picture(r"\node[drwa] {A};"), (2, 7, "FIG010", "The engine does not know the option 'drwa'.", OPTION)),
        (picture(r"\node[draw,drawe] {A};"), (2, 12, "FIG010", "The engine does not know the option 'drawe'.", OPTION)),
        (
            picture(r"\node[shape=hexagn,draw] {A};"),
            (2, 13, "FIG010", "The engine does not know the shape 'hexagn', and draws a rectangle.", OPTION),
        ),
        (picture(r"\node[draw=blurple] {A};"), (2, 12, "FIG010", "There is no colour 'blurple'.", COLOUR)),
        (
            picture(r"\node (ab) {A};", r"\draw (a) -- (ab);"),
            (3, 8, "FIG010", "There is no node or coordinate 'a' when this is drawn.", "Name it before it is used."),
        ),
        (
            picture(r"\node {Zürich 日};"),
            (2, 15, "FIG010", "The engine's font has no '日', and draws a box.", "Say it in other characters."),
        ),
        (
            picture(r"\node[draw {A};"),
            (2, 6, "FIG010", "An opening square bracket is never closed.", "Add the closing bracket."),
        ),
        (
            picture(r"\draw (0,0 -- (1,1);"),
            (2, 7, "FIG010", "An opening parenthesis is never closed.", "Add the closing parenthesis."),
        ),
        (picture(r"\def\a{\a}\a"), (1, 1, "FIG011", ENDLESS, LOOP)),
        (
            "",
            (
                1,
                1,
                "FIG010",
                "There is no picture in this figure.",
                r"Write it inside \begin{tikzpicture} and \end{tikzpicture}.",
            ),
        ),
        (picture(), (1, 1, "FIG010", "There is nothing in this picture.", r"Add a \node or a \draw.")),
    ],
)
def test_what_the_engine_complains_of(studio: Studio, source: str, finding: tuple[object, ...]) -> None:
    assert [astuple(found) for found in studio.draw("tikz", source).findings] == [finding]


def test_a_warning_that_no_one_foresaw_is_passed_on() -> None:
    finding = explain("\n  \\draw [odd];", "figure: cannot do 'odd' yet")
    assert astuple(finding) == (
        2,
        10,
        "FIG010",
        "The engine says: cannot do 'odd' yet.",
        "Write this part in another way.",
    )


def test_the_version_in_the_cache_key_is_the_one_installed() -> None:
    assert tikz.VERSIONS["tikra"] == f"tikra-{version('tikra')}"
