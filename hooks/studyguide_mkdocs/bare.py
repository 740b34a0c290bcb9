"""The pages of a site that ``mkdocs serve --dirty`` does not build anew, as they are without a panel in them.

A clean build starts with an empty folder. With ``--dirty`` the pages of the last build are still there, with the panels
that were put into them, and so are those whose sources are gone.
"""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path


class Bare:
    """Keeps pages as they were before their panels."""

    def __init__(self) -> None:
        # By its file: a hash of the page as it is served, and the page without its panel.
        self._kept: dict[str, tuple[bytes, bytes]] = {}

    def restore(self, folder: Path, current: Collection[str]) -> None:
        """Take the panels out of what was not built again, and what has no source any more out of the site."""
        for name, (served, page) in self._kept.items():
            file = folder / name
            if name not in current:
                file.unlink(missing_ok=True)
            elif file.is_file() and _hash(file.read_bytes()) == served:
                file.write_bytes(zlib.decompress(page))

    def put_in(self, panels: Callable[[], None], folder: Path, current: Collection[str]) -> None:
        """Keep every page, put the panels in, and remember what is served then."""
        files = {name: folder / name for name in current if (folder / name).is_file()}
        pages = {name: zlib.compress(file.read_bytes(), 1) for name, file in files.items()}
        panels()
        self._kept = {name: (_hash(file.read_bytes()), pages[name]) for name, file in files.items()}


def _hash(data: bytes) -> bytes:
    return sha256(data).digest()
