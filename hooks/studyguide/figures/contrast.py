"""Text that cannot be read: the contrast of every label with what lies under it, in both schemes.

Takes for each letter the topmost shape painted before it that contains the letter's middle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import colour, geometry
from .geometry import Box
from .scene import Letter, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .scene import Line

WANTED = 4.5
# The 8-bit dark colours miss their mirrored luminance by a hair.
_SLACK = 0.1
DIGITS_RE = re.compile(r"var\(--sg-c-(?P<digits>[0-9a-f]{6})\)")
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

Pair = tuple[float, float]


def dim(scene: Iterable[Shape | Line | Letter]) -> dict[int, float]:
    """Return the worst contrast of each label whose contrast is too low in either scheme."""
    shapes: list[tuple[Shape, Box, Pair]] = []
    worst: dict[int, float] = {}
    for item in scene:
        if isinstance(item, Shape):
            if pair := _pair(item.paint):
                shapes.append((item, geometry.around(item.outline), pair))
        elif isinstance(item, Letter):
            ratio = _ratio(item, shapes)
            if ratio < worst.get(item.group, WANTED - _SLACK):
                worst[item.group] = ratio
    return worst


def _ratio(letter: Letter, shapes: list[tuple[Shape, Box, Pair]]) -> float:
    ink = _pair(letter.paint)
    if ink is None:
        return 21.0
    under, middle = _KNOWN["var(--sg-paper)"], letter.box.middle
    for shape, reach, pair in shapes:
        if geometry.overlap(Box(*middle, *middle), reach) and geometry.inside(middle, shape.outline):
            under = (_mix(under[0], pair[0], shape.opacity), _mix(under[1], pair[1], shape.opacity))
    return min(colour.contrast(ink[0], under[0]), colour.contrast(ink[1], under[1]))


def _mix(below: float, above: float, opacity: float) -> float:
    """Blend two luminances about as a screen blends the colours, whose scale is not linear."""
    mixed: float = ((1 - opacity) * below ** (1 / 2.2) + opacity * above ** (1 / 2.2)) ** 2.2
    return mixed


def _pair(paint: str) -> Pair | None:
    if match := DIGITS_RE.fullmatch(paint):
        digits = match["digits"]
        return colour.luminance(colour.rgb(digits)), colour.luminance(colour.rgb(colour.dark(digits)))
    return _KNOWN.get(paint)
