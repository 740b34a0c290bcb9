"""Colours of figures: literal colours become CSS variables with a light and a dark value.

``#ffe6cc`` becomes ``var(--sg-c-ffe6cc)``, black ``var(--sg-ink)``, white ``var(--sg-paper)``.
The dark value mirrors the luminance on a logarithmic scale about the two papers, so that the
contrast of a colour with the page, and of two colours with each other, is the same in both schemes.
"""

from __future__ import annotations

import colorsys
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# The darkest and lightest a page may be in the dark scheme; the site's own CSS stays within them.
DARK_PAPER = 0.012
DARK_INK = 0.80
# Up to here the curve of sRGB is a straight line.
_STRAIGHT = 0.04045
_MIRROR = 1.05 * (DARK_PAPER + 0.05)

HEX = re.compile(r"#(?P<digits>[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FUNCTION = re.compile(r"(?P<kind>rgb|hsl)a?\((?P<numbers>[^()]*)\)")
_NUMBER = re.compile(r"(?P<value>-?\d+(?:\.\d+)?)(?P<percent>%?)")

MERMAID_RULES = """\
.sg-mermaid{color:var(--pele-fg);font:16px/1.5 var(--pele-font,sans-serif);letter-spacing:normal;\
word-spacing:normal;text-transform:none;overflow:visible}
.sg-tikz{overflow:visible}
"""
# A drawing that is a page of its own: as large as the window.
ALONE_RULES = """\
svg:root{background:var(--sg-paper);box-sizing:border-box;height:100%;padding:1rem;width:100%}
"""


class Rgb(NamedTuple):
    red: float
    green: float
    blue: float

    @property
    def digits(self) -> str:
        return "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in self)


def rgb(digits: str) -> Rgb:
    """Return the colour behind six hexadecimal digits, each part between 0 and 1."""
    return Rgb(*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)))


@cache
def names() -> dict[str, str]:
    """Return the colour names of CSS with their six digits."""
    text = (Path(__file__).parent / "vendor" / "colours.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)
    return table


def parse(value: str) -> str | None:
    """Return the six digits of a CSS colour, or None where it is not a plain colour."""
    value = value.strip().lower()
    if match := HEX.fullmatch(value):
        digits = match["digits"]
        return digits if len(digits) == len("rrggbb") else "".join(2 * digit for digit in digits)
    if match := _FUNCTION.fullmatch(value):
        return _function(match["kind"], match["numbers"])
    return names().get(value)


def _function(kind: str, text: str) -> str | None:
    numbers = [(float(found["value"]), bool(found["percent"])) for found in _NUMBER.finditer(text)]
    if len(numbers) < len(Rgb._fields):
        return None
    if kind == "rgb":
        return Rgb(*(value / (100 if percent else 255) for value, percent in numbers[:3])).digits
    hue, saturation, lightness = (value for value, _ in numbers[:3])
    return Rgb(*colorsys.hls_to_rgb(hue / 360 % 1, lightness / 100, saturation / 100)).digits


def variable(digits: str) -> str:
    """Return the CSS variable that stands for a colour in a figure."""
    if digits == "000000":
        return "var(--sg-ink)"
    return "var(--sg-paper)" if digits == "ffffff" else f"var(--sg-c-{digits})"


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of WCAG 2."""
    linear = (part / 12.92 if part <= _STRAIGHT else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: float, other: float) -> float:
    """Return the contrast ratio of two luminances, from 1 to 21."""
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


@cache
def dark(digits: str) -> str:
    """Return the colour that takes this one's place in the dark scheme: same hue and strength, mirrored luminance."""
    colour = rgb(digits)
    hue, _, _ = colorsys.rgb_to_hls(*colour)
    # Saturation would not do: that of a pale blue is full, and a full dark blue glares.
    strength = min(1.0, 1.5 * (max(colour) - min(colour)))
    wanted = min(1.0, max(0.0, _MIRROR / (luminance(colour) + 0.05) - 0.05))
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if luminance(_toned(hue, middle, strength)) < wanted:
            low = middle
        else:
            high = middle
    return _toned(hue, high, strength).digits


def _toned(hue: float, lightness: float, strength: float) -> Rgb:
    """Return a colour whose largest and smallest part are ``strength`` apart, or as far as its lightness lets them."""
    room = 1 - abs(2 * lightness - 1)
    return Rgb(*colorsys.hls_to_rgb(hue, lightness, min(1.0, strength / room) if room else 0.0))


def declarations(colours: Iterable[str]) -> tuple[str, str]:
    """Return the variables of these colours as CSS, for the light and the dark scheme."""
    wanted = sorted(set(colours))
    light = "".join(f"--sg-c-{digits}:#{digits};" for digits in wanted)
    return light, "".join(f"--sg-c-{digits}:#{dark(digits)};" for digits in wanted)


def stylesheet(colours: Iterable[str]) -> str:
    """Return ``assets/css/figures.css``: the colours of a guide's figures in both schemes, and Mermaid's rules.

    Each colour follows the ``color-scheme`` of the place where it is used.
    """
    both = "".join(f"--sg-c-{digits}:light-dark(#{digits},#{dark(digits)});" for digits in sorted(set(colours)))
    return f":root{{{both}}}\n{MERMAID_RULES}{ALONE_RULES}"
