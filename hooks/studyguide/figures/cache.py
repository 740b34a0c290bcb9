"""Drawings kept on disk, each under a hash of everything that decides what it looks like.

A file that cannot be read, is cut short or was changed is as good as absent: the figure is drawn again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from studyguide.model import Drawing, Finding


def key(*parts: str) -> str:
    """Return the name a drawing is kept under."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """A folder of drawings; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> Drawing | None:
        if self._folder is None:
            return None
        try:
            digest, _, body = (self._folder / f"{name}.json").read_text(encoding="utf-8").partition("\n")
            return _drawing(body) if digest == key(body) else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, name: str, drawing: Drawing) -> None:
        if self._folder is None:
            return
        body = json.dumps(asdict(drawing), ensure_ascii=False)
        with suppress(OSError, ValueError):  # a cache that cannot be written costs time, not the build
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(self._folder, f"{name}.json", f"{key(body)}\n{body}")

    @staticmethod
    def _write(folder: Path, name: str, text: str) -> None:
        # A build that is stopped half-way, or one beside it, never leaves half a file.
        handle, temporary = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(temporary).replace(folder / name)
        finally:
            Path(temporary).unlink(missing_ok=True)


def _drawing(body: str) -> Drawing:
    data = json.loads(body)
    data["findings"] = tuple(Finding(**finding) for finding in data["findings"])
    data["glyphs"] = tuple((name, path) for name, path in data["glyphs"])
    data["colours"], data["words"] = tuple(data["colours"]), tuple(data["words"])
    return Drawing(**data)
