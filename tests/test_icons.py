"""The icons as pictures: as large as they are called, and what each device cuts off is not the sign."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from building import ROOT
from PIL import Image
from studyguide.exports.icons import FOLDER, icons

if TYPE_CHECKING:
    from pathlib import Path

GROUND = (11, 91, 104, 255)


def test_pictures_of_both_icons() -> None:
    drawn = icons(ROOT / "overrides")
    assert drawn == icons(ROOT / "overrides")
    found = {name.removeprefix(f"{FOLDER}/"): Image.open(BytesIO(data)).convert("RGBA") for name, data in drawn.items()}
    assert {name: image.size for name, image in found.items()} == {
        "icon-192.png": (192, 192),
        "icon-512.png": (512, 512),
        "maskable-512.png": (512, 512),
        "apple-touch-icon.png": (180, 180),
    }
    # The scheme is the light one. Those that a device cuts itself are full to their corners, and the others are round.
    corners = {name: image.getpixel((0, 0)) for name, image in found.items()}
    assert corners["maskable-512.png"] == corners["apple-touch-icon.png"] == GROUND
    assert corners["icon-192.png"] == corners["icon-512.png"] == (0, 0, 0, 0)
    # A mask leaves at least a circle of four fifths: outside of it there is ground alone.
    image = found["maskable-512.png"]
    outside = {
        image.getpixel((x, y)) for x in range(512) for y in range(512) if (x - 255.5) ** 2 + (y - 255.5) ** 2 > 205**2
    }
    assert outside == {GROUND}


def test_theme_without_icons_gets_none(tmp_path: Path) -> None:
    assert icons(tmp_path) == {}
