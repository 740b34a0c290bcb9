"""Letters of one line are put into a row that says once where they stand."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from studyguide.figures.rows import set_in_rows
from studyguide.figures.svg import serialise


def letter(name: str, x: str, y: str = "9", scale: str = "scale(0.01 -0.01)") -> str:
    return f'<use href="#g-{name}" transform="translate({x} {y}) {scale}"/>'


ROW = '<g transform="translate(4 9) scale(0.01 -0.01)"><use href="#g-a"/><use href="#g-b" x="52"/></g>'


@pytest.mark.parametrize(
    ("letters", "rows"),
    [
        (letter("a", "4") + letter("b", "4.521"), ROW),
        (letter("a", "4"), letter("a", "4")),
        # Another line, another size, another thing between them.
        (letter("a", "4") + letter("b", "4.521", "20"), None),
        (letter("a", "4") + letter("b", "4.521", scale="scale(0.02 -0.02)"), None),
        (letter("a", "4") + '<path d="M0 0"/>' + letter("b", "4.521"), None),
        (letter("a", "4") + letter("b", "4.521") + letter("c", "4", "20"), ROW + letter("c", "4", "20")),
        # Two that stand on one place, and one that goes back.
        (letter("a", "4") + letter("b", "4"), ROW.replace(' x="52"', "")),
        (letter("a", "4") + letter("b", "-4.52"), ROW.replace("52", "-852")),
        # What is no letter of a thousandth's size, or has a colour of its own.
        (letter("a", "4", scale="scale(1 -1)") + letter("b", "5", scale="scale(1 -1)"), None),
        (letter("a", "4", scale="scale(0 0)") + letter("b", "5", scale="scale(0 0)"), None),
        (2 * '<use href="#g-a" transform="translate(4 9) scale(0.01 -0.01)" fill="none"/>', None),
        (2 * '<path d="M0 0" transform="translate(4 9) scale(0.01 -0.01)"/>', None),
        (2 * '<use href="#g-a" x="4"/>', None),
        # Wherever they stand.
        (f'<g fill="none">{letter("a", "4")}{letter("b", "4.521")}</g>', f'<g fill="none">{ROW}</g>'),
    ],
)
def test_rows(letters: str, rows: str | None) -> None:
    root = ET.fromstring(f"<svg>{letters}</svg>")  # noqa: S314 - our own
    set_in_rows(root)
    assert serialise(root) == f"<svg>{letters if rows is None else rows}</svg>"
