"""Labels on lines: words that a line runs through, unless a filled shape lies between the two.

Looks at every letter, or row of letters, and every line of the finished drawing. A shape that is painted after the line
and before the letter hides the line, as the ground of a label does.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from . import geometry
from .scene import Letter, Line, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .geometry import Box, Point

# What is painted thinner than this lets a line be seen through it.
_OPAQUE = 0.9
# A line that only touches letters lies beside them.
_TOUCH = 0.4


def crossed(scene: Sequence[Shape | Line | Letter]) -> list[int]:
    """Return the labels that lie on a line, each once."""
    rows: dict[tuple[int, float], tuple[int, Box]] = {}
    for order, item in enumerate(scene):
        if isinstance(item, Letter):
            key = (item.group, item.row)
            boxes = [item.box, *([rows[key][1]] if key in rows else [])]
            rows[key] = (order, geometry.around(point for box in boxes for point in (box[:2], box[2:])))
    lines = [
        (order, item, geometry.around(item.points))
        for order, item in enumerate(scene)
        if isinstance(item, Line) and item.points
    ]
    shapes = [(order, item) for order, item in enumerate(scene) if isinstance(item, Shape) and item.opacity >= _OPAQUE]
    found = {}
    for (group, _), (painted, box) in rows.items():
        for order, line, reach in lines:
            room = box.grown(line.width / 2 - _TOUCH)
            # Nearly every line is elsewhere.
            if group not in found and geometry.overlap(room, reach):
                between = [shape for at, shape in shapes if order < at < painted]
                if _runs_through(line, room, between):
                    found[group] = True
    return list(found)


def _runs_through(line: Line, room: Box, between: list[Shape]) -> bool:
    if room.left >= room.right or room.top >= room.bottom:
        return False
    for start, end in pairwise(line.points):
        if (part := geometry.within(room, start, end)) and any(
            not any(geometry.inside(point, shape.outline) for shape in between) for point in _along(start, end, part)
        ):
            return True
    return False


def _along(start: Point, end: Point, part: tuple[float, float]) -> list[Point]:
    """Return points on a part of a line: near its ends, and its middle."""
    first, last = part
    shares = (first + (last - first) * share for share in (0.1, 0.5, 0.9))
    return [(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share) for share in shares]
