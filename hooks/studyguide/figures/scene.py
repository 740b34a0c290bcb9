"""A finished drawing -> what it shows, in the order in which it is painted: filled shapes, lines, and letters.

A letter of TikZ is a shape of its own. Of a text, each row counts as one letter: its width is that of the typeface.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import geometry
from .geometry import Box, Matrix, Point

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Mapping

_WIDTHS = Path(__file__).parent / "vendor" / "widths.json"
_HIDDEN = frozenset({"defs", "clipPath", "mask", "pattern", "symbol"})
_LOW_RE = re.compile(r"[gjpqy,;()\[\]_@]")
# How far letters reach over and under their line, as parts of their size.
_OVER, _UNDER, _LOW = 0.7, 0.02, 0.22
_UNKNOWN = 1000
# Lines that words may lie on: those of a chart are behind everything.
_GRID = "pele-grid"


class Shape(NamedTuple):
    """A filled area."""

    outline: list[Point]
    paint: str
    opacity: float


class Line(NamedTuple):
    """A stroke, through points."""

    points: list[Point]
    width: float


class Letter(NamedTuple):
    """A letter, or a row of letters: the label it is of, where it is, and what that label says where that is known.

    ``row`` tells the rows of a label apart; letters that are turned are each a row of their own.
    """

    group: int
    row: float
    box: Box
    paint: str
    words: tuple[str, ...] = ()


class _Pen(NamedTuple):
    """What a drawing hands down from an element to those in it."""

    matrix: Matrix = Matrix()
    fill: str = "var(--sg-ink)"
    stroke: str = "none"
    width: float = 1
    seen: float = 1
    lines: float = 1
    size: float = 16
    weight: str = "400"
    anchor: str = "start"

    def at(self, element: ET.Element) -> _Pen:
        """Return it as the element changes it."""
        get = element.get
        return _Pen(
            self.matrix @ geometry.matrix(get("transform", "")),
            get("fill", self.fill),
            get("stroke", self.stroke),
            geometry.number(get("stroke-width", str(self.width))),
            self.seen * geometry.number(get("opacity", "1")),
            geometry.number(get("stroke-opacity", str(self.lines))),
            geometry.number(get("font-size", str(self.size))),
            get("font-weight", self.weight),
            get("text-anchor", self.anchor),
        )


def scene(root: ET.Element, glyphs: Mapping[str, str]) -> list[Shape | Line | Letter]:
    """Return what a drawing shows."""
    return list(_walk(root, _Pen(), glyphs, count=[0]))


def _walk(
    element: ET.Element, pen: _Pen, glyphs: Mapping[str, str], *, count: list[int]
) -> Iterator[Shape | Line | Letter]:
    for child in element:
        here = pen.at(child)
        if _GRID in child.get("class", "").split():
            continue
        if child.tag in {"g", "svg"}:
            count[0] += 1
            yield from _walk(child, here, glyphs, count=count)
        elif child.tag == "use":
            yield from _glyph(child, here, glyphs, count[0])
        elif child.tag == "text":
            rows = list(_rows(child, here, count[0] + 1))
            if here.fill == "none":  # what is only drawn around is the ground of the same words, which come next
                yield from (_ground(row.box.grown(here.width / 2), here) for row in rows)
            else:
                count[0] += 1
                yield from rows
        elif child.tag not in _HIDDEN:
            yield from _drawn(child, here)


def _drawn(element: ET.Element, pen: _Pen) -> Iterator[Shape | Line]:
    parts = [[pen.matrix.map(*point) for point in part] for part in geometry.outlines(element)]
    outline = [point for part in parts for point in part]
    if outline and pen.fill != "none":
        yield Shape(outline, pen.fill, pen.seen * geometry.number(element.get("fill-opacity", "1")))
    if pen.stroke != "none" and pen.seen * pen.lines:
        scale = abs(pen.matrix.a * pen.matrix.d - pen.matrix.b * pen.matrix.c) ** 0.5
        yield from (Line(part, pen.width * scale) for part in parts)


def _glyph(element: ET.Element, pen: _Pen, glyphs: Mapping[str, str], group: int) -> Iterator[Letter]:
    x, y = geometry.number(element.get("x", "0")), geometry.number(element.get("y", "0"))
    matrix = pen.matrix @ Matrix(e=x, f=y)
    points = _reach(glyphs.get(element.get("href", "")[1:], ""), upright=not (matrix.b or matrix.c))
    if points:
        box = geometry.around(matrix.map(*point) for point in points)
        turned = abs(matrix.b) > abs(matrix.a) / 100
        yield Letter(group, box.left if turned else round(matrix.f), box, pen.fill)


def _ground(box: Box, pen: _Pen) -> Shape:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return Shape(corners, pen.stroke, pen.seen * pen.lines)


# Figures share their letters.
@cache
def _reach(path: str, *, upright: bool) -> list[Point]:
    """Return the points that a letter goes through; of one that is not turned two corners say as much."""
    points = [point for part in geometry.subpaths(path) for point in part]
    if not points or not upright:
        return points
    box = geometry.around(points)
    return [box[:2], box[2:]]


def _rows(element: ET.Element, pen: _Pen, group: int) -> Iterator[Letter]:
    rows = [(row, pen.at(row)) for row in element if row.tag == "tspan" and row.get("y")] or [(element, pen)]
    words = tuple(" ".join("".join(row.itertext()).split()) for row, _ in rows)
    for (row, here), text in zip(rows, words, strict=True):
        place = row if row.get("x") else next((each for each in row if each.get("x")), element)
        inks = [child.get("fill", "") for child in row if child.get("fill")]
        x, y = geometry.number(place.get("x", "0")), geometry.number(place.get("y", "0"))
        wide = _width(text, here)
        left = x - wide * {"middle": 0.5, "end": 1}.get(here.anchor, 0)
        low = _LOW if _LOW_RE.search(text) else _UNDER
        corners = [(left, y - _OVER * here.size), (left + wide, y + low * here.size)]
        box = geometry.around(pen.matrix.map(cx, cy) for cx, _ in corners for _, cy in corners)
        yield Letter(group, y, box, inks[0] if inks else here.fill, words)


def _width(text: str, pen: _Pen) -> float:
    bold = pen.weight == "bold" or geometry.number(pen.weight) > 500  # noqa: PLR2004 - half-way between the two there are
    table = _widths()["700" if bold else "400"]
    return sum(table.get(str(ord(character)), _UNKNOWN) for character in text) * pen.size / 1000


@cache
def _widths() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = json.loads(_WIDTHS.read_text(encoding="utf-8"))
    return table
