"""Text that cannot be read: the contrast of every label with what lies under it, in both schemes.

Walks the finished tree in drawing order, remembers every filled shape, and takes for each letter the
topmost shape drawn before it that contains the letter's middle. Curves count as their chords.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import colour, tex

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterator, Mapping

    from studyguide.model import Finding

_WANTED = 4.5
# The red of a colour that says which node a label is of; its green and blue are the node's number.
_PROBE = 201
# The 8-bit dark colours miss their mirrored luminance by a hair.
_SLACK = 0.1
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_STEP = re.compile(rf"(?P<command>[MLHVCQSTAZ])|(?P<number>{_NUMBER.pattern})")
_CALL = re.compile(r"(?P<name>translate|scale|matrix|rotate)\((?P<numbers>[^)]*)\)")
_DIGITS = re.compile(r"var\(--sg-c-(?P<digits>[0-9a-f]{6})\)")
_PER_POINT = {"M": 1, "L": 1, "T": 1, "Q": 2, "S": 2, "C": 3, "A": 3.5}
# The site sets these; a light and a dark luminance near enough for a warning.
_KNOWN = {
    "var(--sg-ink)": (0.0, colour.DARK_INK),
    "var(--pele-fg)": (0.0, colour.DARK_INK),
    "var(--pele-line)": (0.0, colour.DARK_INK),
    "var(--pele-muted)": (0.1, 0.45),
    "var(--pele-surface)": (0.9, 0.024),
    "var(--pele-surface-alt)": (0.8, 0.04),
    "var(--sg-paper)": (1.0, colour.DARK_PAPER),
    "var(--pele-bg)": (1.0, colour.DARK_PAPER),
}

Point = tuple[float, float]
Pair = tuple[float, float]


class Matrix(NamedTuple):
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
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


class Shape(NamedTuple):
    outline: list[Point]
    pair: Pair
    opacity: float


class Letter(NamedTuple):
    group: int
    middle: Point
    paint: str
    words: str


Drawn = tuple["ET.Element", "Mapping[str, str]"]


def check(
    source: str,
    root: ET.Element,
    glyphs: Mapping[str, str],
    labels: tuple[str, ...] = (),
    again: Callable[[str], Drawn | None] = lambda _source: None,
) -> list[Finding]:
    """Return one finding for each label whose contrast is too low in either scheme.

    ``again`` draws another source with the same engine: it is asked which node a label is of.
    """
    shapes: list[Shape] = []
    worst: dict[int, tuple[float, Letter]] = {}
    groups: list[int] = []
    for item in _walk(root, Matrix(), "var(--sg-ink)", 1.0, glyphs, count=[0]):
        if isinstance(item, Shape):
            shapes.append(item)
            continue
        if item.group not in groups:
            groups.append(item.group)
        ratio = _ratio(item, shapes)
        if ratio < worst.get(item.group, (_WANTED - _SLACK,))[0]:
            worst[item.group] = (ratio, item)
    named = labels if len(labels) == len(groups) else ("",) * len(groups)
    nodes = [node for node in tex.nodes(tex.plain(source)) if node.text.strip()]
    owners: list[tex.Node | None] = (_owners(source, nodes, again) if worst and nodes else []) or list(nodes)
    owners = owners if len(owners) == len(groups) else [None] * len(groups)
    found = []
    for group, (ratio, letter) in worst.items():
        number = groups.index(group)
        owner = owners[number]
        words = letter.words or named[number] or (" ".join(owner.text.replace(tex.BREAK, " ").split()) if owner else "")
        found.append(_report(source, ratio, words, owner.text_at if owner else _outside(source, words, nodes)))
    return found


def _owners(source: str, nodes: list[tex.Node], again: Callable[[str], Drawn | None]) -> list[tex.Node | None]:
    """Return the node of each label in drawing order, None for one that no node's text makes: each is drawn in its own colour."""
    text = source
    for number, node in sorted(enumerate(nodes), reverse=True):
        option = f"text=sg-node-{number}"
        at = node.options_at + len(node.options) if node.options else node.start + len(_node_word(source, node))
        text = f"{text[:at]}{f',{option}' if node.options else f'[{option}]'}{text[at:]}"
    colours = (f"\\definecolor{{sg-node-{n}}}{{RGB}}{{{_PROBE},{n // 200},{n % 200}}}\n" for n in range(len(nodes)))
    drawn = again(f"{''.join(colours)}{text}")
    found: dict[int, tex.Node | None] = {}
    for item in _walk(drawn[0], Matrix(), "var(--sg-ink)", 1.0, drawn[1], count=[0]) if drawn else ():
        if isinstance(item, Letter):
            match = _DIGITS.fullmatch(item.paint)
            red, green, blue = bytes.fromhex(match["digits"]) if match else (0, 0, 0)
            number = green * 200 + blue
            owner = nodes[number] if red == _PROBE and number < len(nodes) else None
            found[item.group] = found.get(item.group) or owner
    return list(found.values())


def _node_word(source: str, node: tex.Node) -> str:
    return r"\node" if source.startswith("\\", node.start) else "node"


def _outside(source: str, words: str, nodes: list[tex.Node]) -> int:
    """Return where words are written that are no node's text: in the options of one, if anywhere."""
    for node in nodes:
        source = source[: node.text_at] + " " * len(node.text) + source[node.text_at + len(node.text) :]
    return max(source.find(words), 0) if words else 0


def _report(source: str, ratio: float, words: str, at: int) -> Finding:
    what = f"The text {words!r}" if words else "A text"
    message = f"{what} has a contrast of {ratio:.1f}:1 with what lies under it, in light or dark; it needs 4.5:1."
    return tex.finding(source, at, "FIG018", message, "Use a paler fill (a mix of 20 or less) or a darker text.")


def _ratio(letter: Letter, shapes: list[Shape]) -> float:
    ink = _pair(letter.paint)
    if ink is None:
        return 21.0
    under = _KNOWN["var(--sg-paper)"]
    for shape in shapes:
        if _inside(letter.middle, shape.outline):
            under = (_mix(under[0], shape.pair[0], shape.opacity), _mix(under[1], shape.pair[1], shape.opacity))
    return min(colour.contrast(ink[0], under[0]), colour.contrast(ink[1], under[1]))


def _mix(below: float, above: float, opacity: float) -> float:
    """Blend two luminances about as a screen blends the colours, whose scale is not linear."""
    mixed: float = ((1 - opacity) * below ** (1 / 2.2) + opacity * above ** (1 / 2.2)) ** 2.2
    return mixed


def _pair(paint: str) -> Pair | None:
    if match := _DIGITS.fullmatch(paint):
        digits = match["digits"]
        return colour.luminance(colour.rgb(digits)), colour.luminance(colour.rgb(colour.dark(digits)))
    return _KNOWN.get(paint)


def _walk(
    element: ET.Element, matrix: Matrix, paint: str, opacity: float, glyphs: Mapping[str, str], *, count: list[int]
) -> Iterator[Shape | Letter]:
    """Yield shapes and letters in drawing order."""
    for child in element:
        if child.tag in {"defs", "clipPath", "mask", "pattern", "symbol"}:
            continue
        here = matrix @ _matrix(child.get("transform", ""))
        own, seen = child.get("fill", paint), opacity * _number(child.get("opacity", "1"))
        if child.tag in {"g", "svg"}:
            count[0] += 1
            yield from _walk(child, here, own, seen, glyphs, count=count)
        elif child.tag == "use":
            if middle := _middle(glyphs.get(child.get("href", "")[1:], "")):
                shifted = here @ Matrix(e=_number(child.get("x", "0")), f=_number(child.get("y", "0")))
                yield Letter(count[0], shifted.map(*middle), own, "")
        elif child.tag == "text":
            count[0] += 1
            yield _text(child, here, own, count[0])
        elif (pair := _pair(own)) and (outline := _outline(child)):
            alpha = seen * _number(child.get("fill-opacity", "1"))
            yield Shape([here.map(*point) for point in outline], pair, alpha)


def _text(element: ET.Element, matrix: Matrix, paint: str, group: int) -> Letter:
    first = element if element.get("x") else next(iter(element), element)
    x, y = _number(first.get("x", "0")), _number(first.get("y", "0"))
    inks = [child.get("fill") for child in element if child.get("fill")]
    return Letter(
        group, matrix.map(x, y - 5), inks[0] if inks and inks[0] else paint, " ".join(element.itertext()).strip()
    )


def _number(text: str) -> float:
    return float(match[0]) if (match := _NUMBER.match(text)) else 0.0


def _matrix(text: str) -> Matrix:
    whole = Matrix()
    for call in _CALL.finditer(text):
        numbers = [float(number) for number in _NUMBER.findall(call["numbers"])]
        if call["name"] == "matrix" and len(numbers) == len(Matrix._fields):
            whole = whole @ Matrix(*numbers)
        elif call["name"] == "translate" and numbers:
            whole = whole @ Matrix(e=numbers[0], f=numbers[1] if len(numbers) > 1 else 0)
        elif call["name"] == "scale" and numbers:
            whole = whole @ Matrix(a=numbers[0], d=numbers[-1])
    return whole


def _middle(shape: str) -> Point | None:
    points = _path(shape)
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _outline(element: ET.Element) -> list[Point]:
    get = {name: _number(element.get(name, "0")) for name in ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry")}
    if element.tag == "path":
        return _path(element.get("d", ""))
    if element.tag == "rect":
        x, y, right, bottom = get["x"], get["y"], get["x"] + get["width"], get["y"] + get["height"]
        return [(x, y), (right, y), (right, bottom), (x, bottom)]
    if element.tag in {"circle", "ellipse"}:
        rx, ry = get["r"] or get["rx"], get["r"] or get["ry"]
        # An octagon that touches the circle is near enough.
        turns = ((1, 0.41), (0.41, 1), (-0.41, 1), (-1, 0.41), (-1, -0.41), (-0.41, -1), (0.41, -1), (1, -0.41))
        return [(get["cx"] + rx * x, get["cy"] + ry * y) for x, y in turns]
    if element.tag == "polygon":
        numbers = [float(number) for number in _NUMBER.findall(element.get("points", ""))]
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    return []


def _path(text: str) -> list[Point]:
    """Return the points a path goes through, without those that only steer its curves."""
    points: list[Point] = []
    command, numbers = "M", [0.0]
    numbers.clear()
    for step in _STEP.finditer(text):
        if step["command"]:
            command = step["command"]
            numbers.clear()
            continue
        numbers.append(float(step["number"]))
        x, y = points[-1] if points else (0.0, 0.0)
        if command in "HV":
            points.append((numbers[-1], y) if command == "H" else (x, numbers[-1]))
            numbers.clear()
        elif len(numbers) == 2 * _PER_POINT.get(command, 1):
            points.append((numbers[-2], numbers[-1]))
            numbers.clear()
    return points


def _inside(point: Point, outline: list[Point]) -> bool:
    """Tell whether a point is inside an outline, by counting the edges to its right."""
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within
