"""Letters that each say where they stand and how large they are -> rows that say it once.

<use href="#g-1" transform="translate(4 9) scale(.01 -.01)"/>    <g transform="translate(4 9) scale(.01 -.01)">
<use href="#g-2" transform="translate(5 9) scale(.01 -.01)"/>  ->  <use href="#g-1"/><use href="#g-2" x="100"/></g>

A page holds thousands of letters, and what stands at each of them is most of what it weighs.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import groupby
from typing import NamedTuple

_PLACE = re.compile(r"translate\((?P<x>[-\d.]+) (?P<y>[-\d.]+)\) (?P<scale>scale\((?P<across>[-\d.]+) [-\d.]+\))")
# A letter's shape is drawn on a grid of a thousand: at this size and below, a step of it is nothing that can be seen.
_LARGEST = 0.05


class _Row(NamedTuple):
    y: str
    scale: str


def set_in_rows(root: ET.Element) -> None:
    """Put letters of one size that follow each other on one line into a group."""
    for parent in list(root.iter()):
        parent[:] = [each for row, letters in groupby(list(parent), key=_row) for each in _grouped(row, list(letters))]


def _row(element: ET.Element) -> _Row | None:
    place = _PLACE.fullmatch(element.get("transform", ""))
    if place is None or element.tag != "use" or set(element.keys()) != {"href", "transform"}:
        return None
    return _Row(place["y"], place["scale"]) if 0 < abs(float(place["across"])) <= _LARGEST else None


def _grouped(row: _Row | None, letters: list[ET.Element]) -> list[ET.Element]:
    if row is None or len(letters) == 1:
        return letters
    places = [_PLACE.fullmatch(letter.get("transform", "")) for letter in letters]
    starts = [float(place["x"]) / float(place["across"]) for place in places if place]
    first = next(place["x"] for place in places if place)
    group = ET.Element("g", {"transform": f"translate({first} {row.y}) {row.scale}"})
    for letter, start in zip(letters, starts, strict=True):
        by = round(start - starts[0])
        ET.SubElement(group, "use", {"href": letter.get("href", ""), **({"x": str(by)} if by else {})})
    return [group]
