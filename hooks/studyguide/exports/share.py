"""What a link to a page looks like elsewhere: a picture for each part of the guide, drawn while it is built.

cards("Lambda in your VPC", "A study guide ...", ["", "Learn"], font)
->  {"assets/share/guide.png": b"...", "assets/share/learn.png": b"..."}
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageColor, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# The typeface of the pages, below the theme's own folder.
FONT = "assets/fonts/atkinson-hyperlegible-next.woff2"
# What the networks ask for, and how large their smallest preview is beside it: words stay legible there.
WIDTH, HEIGHT, MARGIN = 1200, 630, 80
GROUND, INK, MUTED, ACCENT, SIGNAL = "#faf8f3", "#1a2329", "#55626a", "#0b5b68", "#a8430b"
LINES = 4
# Shades of each ink: smooth edges need no more.
EDGES = 8
# The guide's sign as its icon has it, on 32 by 32: a way in, and a door that it ends at.
SIGN = (
    ((4, 4), (6.6, 4), (8.6, 4.6), (9.8, 6.5), (15.9, 20), (16.9, 21.2), (18.2, 21.5), (20.2, 21.5)),
    ((10.6, 12.8), (4.2, 27.5)),
    ((19.2, 9.5), (25.5, 9.5), (28, 10.5), (29, 13), (29, 25), (28, 27.5), (25.5, 28.5), (15, 28.5)),
)
HOP = (22.5, 21.5, 3.0)
SIGN_SCALE = 4.5


def file_of(part: str) -> str:
    """Return the file of a part's picture in the site: "" is the guide as a whole."""
    slug = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")
    return f"assets/share/{slug or 'guide'}.png"


def cards(site: str, line: str, parts: Iterable[str], font: Path) -> dict[str, bytes]:
    """Return the picture of each part by its file; none where the typeface is not there."""
    if not font.is_file():
        return {}
    typeface = font.read_bytes()
    return {file_of(part): card(site, line, part, typeface) for part in parts}


def card(site: str, line: str, part: str, typeface: bytes) -> bytes:
    """Return the picture of a part, as a PNG; ``typeface`` is a font file's content, with an axis of weights."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 18), fill=ACCENT)
    _sign(image)
    small, large, text = _face(typeface, 34, 700), _face(typeface, 88, 700), _face(typeface, 40, 400)
    draw.text((MARGIN, 120), part.upper(), font=small, fill=SIGNAL)
    width = WIDTH - 2 * MARGIN
    top = 205.0
    for words in _lines(site, large, width)[:2]:
        draw.text((MARGIN, top), words, font=large, fill=INK)
        top += 100
    top += 40
    for words in _lines(line, text, width)[:LINES]:
        draw.text((MARGIN, top), words, font=text, fill=MUTED)
        top += 54
    data = BytesIO()
    # Few colours and their edges: a third of the bytes.
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(data, "PNG")
    return data.getvalue()


@lru_cache
def _palette() -> Image.Image:
    """Return the colours of a card: the ground, and each of its inks from pale to full."""
    ground = ImageColor.getrgb(GROUND)
    values = list(ground)
    for ink in (INK, MUTED, ACCENT, SIGNAL):
        for step in range(1, EDGES + 1):
            values += [round(g + (i - g) * step / EDGES) for g, i in zip(ground, ImageColor.getrgb(ink), strict=True)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(values)
    return palette


def _sign(image: Image.Image) -> None:
    """Draw the guide's sign in the upper right, twice as large and made smaller: its edges are smooth then."""
    size, scale = round(32 * SIGN_SCALE), 2 * SIGN_SCALE
    sign = Image.new("RGB", (2 * size, 2 * size), GROUND)
    draw = ImageDraw.Draw(sign)
    thick = round(2.6 * scale)
    for path in SIGN:
        points = [(x * scale, y * scale) for x, y in path]
        draw.line(points, fill=ACCENT, width=thick, joint="curve")
        for x, y in (points[0], points[-1]):
            draw.circle((x, y), thick / 2, fill=ACCENT)
    x, y, radius = (each * scale for each in HOP)
    draw.circle((x, y), radius, fill=SIGNAL)
    image.paste(sign.resize((size, size), Image.Resampling.LANCZOS), (WIDTH - MARGIN - size, 70))


def _face(typeface: bytes, size: int, weight: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(BytesIO(typeface), size)
    face.set_variation_by_axes([weight])
    return face


def _lines(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Return a text in lines that are no wider than this; a word that is wider has a line of its own."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and face.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
