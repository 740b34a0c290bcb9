"""Texts kept on disk from run to run, each under a name and with a hash of itself.

A file that cannot be read, is cut short or was changed is as good as absent; one that cannot be written costs
time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def digest(*parts: str) -> str:
    """Return the hash of some texts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Shelf:
    """A folder of texts; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> str | None:
        """Return the text under this name, None if there is none that is whole."""
        if self._folder is None:
            return None
        try:
            known, _, body = (self._folder / f"{name}.json").read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return None
        return body if known == digest(body) else None

    def put(self, name: str, body: str) -> None:
        """Keep a text."""
        if self._folder is None:
            return
        with suppress(OSError, ValueError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write(self._folder / f"{name}.json", f"{digest(body)}\n{body}".encode())


def write(file: Path, content: bytes) -> None:
    """Write a file whole: a run that is stopped half-way, or one beside it, never leaves half of it."""
    handle, temporary = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        Path(temporary).replace(file)
    finally:
        Path(temporary).unlink(missing_ok=True)
