"""The theme's two icons -> the same as pictures, for devices that draw no SVG on their first screen.

    assets/images/favicon.svg    ->  assets/images/icon-192.png, assets/images/icon-512.png
    assets/images/maskable.svg   ->  assets/images/maskable-512.png, assets/images/apple-touch-icon.png

A picture has one scheme, the light one: no platform asks for another. Where SVG is drawn, it follows the scheme.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import resvg_py

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "assets/images"
# Apple's rounds the corners itself, so it has to be full to its edges.
SIZES = {
    "icon-192.png": ("favicon.svg", 192),
    "icon-512.png": ("favicon.svg", 512),
    "maskable-512.png": ("maskable.svg", 512),
    "apple-touch-icon.png": ("maskable.svg", 180),
}


def icons(theme: Path) -> dict[str, bytes]:
    """Return the pictures by their files in the site; of an icon that the theme does not have there is none."""
    found = {name: (theme / FOLDER / source, size) for name, (source, size) in SIZES.items()}
    return {
        f"{FOLDER}/{name}": _picture(source.read_text("utf-8"), size)
        for name, (source, size) in found.items()
        if source.is_file()
    }


@lru_cache(maxsize=len(SIZES))
def _picture(svg: str, size: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size, skip_system_fonts=True))
