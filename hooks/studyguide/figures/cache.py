"""Drawings kept on disk, each under a hash of everything that decides what it looks like.

A file that cannot be read, is cut short or was changed is as good as absent: the figure is drawn again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from studyguide.model import Drawing, Finding
from studyguide.shelf import Shelf, digest

if TYPE_CHECKING:
    from pathlib import Path

# The name a drawing is kept under.
key = digest


class Cache:
    """A folder of drawings; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._shelf = Shelf(folder)

    def get(self, name: str) -> Drawing | None:
        """Return the drawing under this name, None if there is none."""
        body = self._shelf.get(name)
        try:
            return None if body is None else _drawing(body)
        except (ValueError, TypeError, KeyError):
            return None

    def put(self, name: str, drawing: Drawing) -> None:
        """Keep a drawing."""
        self._shelf.put(name, json.dumps(asdict(drawing), ensure_ascii=False))


def _drawing(body: str) -> Drawing:
    data = json.loads(body)
    data["findings"] = tuple(Finding(**finding) for finding in data["findings"])
    data["glyphs"] = tuple((name, path) for name, path in data["glyphs"])
    data["colours"], data["words"] = tuple(data["colours"]), tuple(data["words"])
    return Drawing(**data)
