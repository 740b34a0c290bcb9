"""Where an SVG draws: transforms, and the points that a path goes through, its curves as short chords.

subpaths("M0,0H4V3Z")                      ->  [[(0, 0), (4, 0), (4, 3), (0, 0)]]
matrix("translate(1 2) scale(3)").map(1, 1)  ->  (4, 5)
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_STEP = re.compile(rf"(?P<command>[MLHVCQSTAZmlhvcqstaz])|(?P<number>{_NUMBER.pattern})")
_CALL = re.compile(r"(?P<name>translate|scale|matrix|rotate)\((?P<numbers>[^)]*)\)")
# Of the other steps, two.
_NUMBERS = {"H": 1, "V": 1, "Q": 4, "S": 4, "C": 6, "A": 7}
_CHORDS = 8

Point = tuple[float, float]


class Matrix(NamedTuple):
    """A transform, as SVG numbers it."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def __matmul__(self, other: Matrix) -> Matrix:
        return Matrix(
            self.a * other.a + self.c * other.b,
            self.b * other.a + self.d * other.b,
            self.a * other.c + self.c * other.d,
            self.b * other.c + self.d * other.d,
            self.a * other.e + self.c * other.f + self.e,
            self.b * other.e + self.d * other.f + self.f,
        )

    def map(self, x: float, y: float) -> Point:
        """Return where a point comes to."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


class Box(NamedTuple):
    """What lies between two places across and two down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Return it with so much more on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


def around(points: Iterable[Point]) -> Box:
    """Return the box around points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes have a point in common."""
    across = one.left <= other.right and other.left <= one.right
    return across and one.top <= other.bottom and other.top <= one.bottom


def number(text: str) -> float:
    """Return the number that a text starts with, 0 where it starts with none."""
    return float(match[0]) if (match := _NUMBER.match(text)) else 0.0


def matrix(text: str) -> Matrix:
    """Return what a ``transform`` says."""
    whole = Matrix()
    for call in _CALL.finditer(text):
        numbers = [float(number) for number in _NUMBER.findall(call["numbers"])]
        if call["name"] == "matrix" and len(numbers) == len(Matrix._fields):
            whole = whole @ Matrix(*numbers)
        elif call["name"] == "translate" and numbers:
            whole = whole @ Matrix(e=numbers[0], f=numbers[1] if len(numbers) > 1 else 0)
        elif call["name"] == "scale" and numbers:
            whole = whole @ Matrix(a=numbers[0], d=numbers[-1])
        elif call["name"] == "rotate" and numbers:
            x, y = numbers[1:] if len(numbers) == len(("turn", "x", "y")) else (0.0, 0.0)
            cos, sin = math.cos(math.radians(numbers[0])), math.sin(math.radians(numbers[0]))
            whole = whole @ Matrix(e=x, f=y) @ Matrix(cos, sin, -sin, cos) @ Matrix(e=-x, f=-y)
    return whole


def subpaths(text: str) -> list[list[Point]]:
    """Return the points of each part of a path."""
    runs: list[list[Point]] = []
    command, numbers = "M", list[float]()
    for step in _STEP.finditer(text):
        if step["command"]:
            command = step["command"]
            numbers.clear()
            if command in "Zz" and runs:
                runs[-1].append(runs[-1][0])
            continue
        numbers.append(float(step["number"]))
        if len(numbers) != _NUMBERS.get(command.upper(), 2):
            continue
        here = runs[-1][-1] if runs else (0.0, 0.0)
        points = _points(command, here, numbers)
        if command in "Mm" or not runs:
            runs.append(points[-1:])
            command = "l" if command == "m" else "L"  # more points after a move are lines
        else:
            runs[-1] += _way(command.upper(), here, points, numbers)
        numbers.clear()
    return runs


def _points(command: str, here: Point, numbers: list[float]) -> list[Point]:
    """Return the points that a step names, in the drawing's own measure."""
    x, y = here if command.islower() else (0.0, 0.0)
    match command.upper():
        case "H":
            return [(x + numbers[0], here[1])]
        case "V":
            return [(here[0], y + numbers[0])]
        case "A":
            return [(x + numbers[-2], y + numbers[-1])]
        case _:
            return [(x + across, y + down) for across, down in zip(numbers[::2], numbers[1::2], strict=True)]


def _way(command: str, here: Point, points: list[Point], numbers: list[float]) -> list[Point]:
    """Return the points from here to the end of a step; a curve that is steered from elsewhere counts as its chord."""
    if command == "A":
        return [*_arc(here, points[-1], numbers), points[-1]]
    if command in "CQ":
        return [*_bend([here, *points]), points[-1]]
    return points[-1:]


def _bend(steering: list[Point]) -> Iterator[Point]:
    """Yield points on a Bezier curve, between its ends."""
    for chord in range(1, _CHORDS):
        points, part = steering, chord / _CHORDS
        while len(points) > 1:
            points = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for (x1, y1), (x2, y2) in pairwise(points)]
        yield points[0]


def _arc(start: Point, end: Point, numbers: list[float]) -> Iterator[Point]:
    """Yield points on an arc, between its ends: SVG 2, appendix B.2.4, in a measure in which it is of a unit circle."""
    rx, ry, turn, large, sweep = numbers[:5]
    if not rx or not ry or start == end:
        return
    upright = Matrix(math.cos(math.radians(turn)), math.sin(math.radians(turn)), -math.sin(math.radians(turn)), math.cos(math.radians(turn)))  # fmt: skip
    back = Matrix(upright.a / rx, upright.c / ry, upright.b / rx, upright.d / ry)
    (x1, y1), (x2, y2) = back.map(*start), back.map(*end)
    half = math.dist((x1, y1), (x2, y2)) / 2
    grown = max(half, 1)  # radii that are too short for the way are made longer
    lean = math.sqrt(max(grown**2 - half**2, 0)) / half * (1 if large != sweep else -1)
    cx, cy = (x1 + x2) / 2 - lean * (y2 - y1) / 2, (y1 + y2) / 2 + lean * (x2 - x1) / 2
    first, last = math.atan2(y1 - cy, x1 - cx), math.atan2(y2 - cy, x2 - cx)
    whole = (last - first) % (2 * math.pi) - (0 if sweep else 2 * math.pi)
    for chord in range(1, _CHORDS):
        angle = first + whole * chord / _CHORDS
        yield upright.map(rx * (cx + grown * math.cos(angle)), ry * (cy + grown * math.sin(angle)))


def outlines(element: ET.Element) -> list[list[Point]]:
    """Return the points of each part of a shape, none for what is no shape."""
    get = {name: number(element.get(name, "0")) for name in ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry")}
    if element.tag == "path":
        return subpaths(element.get("d", ""))
    if element.tag == "rect":
        x, y, right, bottom = get["x"], get["y"], get["x"] + get["width"], get["y"] + get["height"]
        return [[(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]]
    if element.tag in {"circle", "ellipse"}:
        rx, ry = get["r"] or get["rx"], get["r"] or get["ry"]
        # An octagon that touches the circle is near enough.
        turns = ((1, 0.41), (0.41, 1), (-0.41, 1), (-1, 0.41), (-1, -0.41), (-0.41, -1), (0.41, -1), (1, -0.41))
        points = [(get["cx"] + rx * x, get["cy"] + ry * y) for x, y in turns]
        return [[*points, points[0]]]
    if element.tag in {"polygon", "polyline"}:
        numbers = [float(each) for each in _NUMBER.findall(element.get("points", ""))]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        return [[*points, *points[: element.tag == "polygon"]]]
    if element.tag == "line":
        x1, y1, x2, y2 = (number(element.get(name, "0")) for name in ("x1", "y1", "x2", "y2"))
        return [[(x1, y1), (x2, y2)]]
    return []


def inside(point: Point, outline: list[Point]) -> bool:
    """Tell whether a point is inside an outline, by counting the edges to its right."""
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within


def within(box: Box, start: Point, end: Point) -> tuple[float, float] | None:
    """Return the part of a line from start to end that lies in a box, as shares of its length, None if none does."""
    first, last = 0.0, 1.0
    for low, high, at, to in ((box.left, box.right, start[0], end[0]), (box.top, box.bottom, start[1], end[1])):
        if at == to:
            if not low <= at <= high:
                return None
            continue
        enter, leave = sorted(((low - at) / (to - at), (high - at) / (to - at)))
        first, last = max(first, enter), min(last, leave)
    return (first, last) if first <= last else None
