"""What a build leaves on disk for the next one: results of pure functions, each under a hash of all it was made from.

    kept = Kept(root / ".cache/pages")
    kept.get(("page", "learn/dns.md", ...))     ->  what was made from the same by the same code, or None
    kept.add(("page", "learn/dns.md", ...), made)
    kept.close()                                ->  what was got or added is there for the next build, and nothing else

A result holds as long as the code is the same: every module that was loaded then, and every folder that packages are
installed into, is on disk as it was. A file that is cut short, was made by other code or cannot be read is as good as
absent; one that cannot be written costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from studyguide.shelf import write

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

PACKAGES = ("site-packages", "dist-packages")


class Kept:
    """A file of values under the hashes of their keys; a value is made again from its bytes when it is asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = self._load()
        self._used: dict[bytes, bytes] = {}

    def _load(self) -> dict[bytes, bytes]:
        # Whatever such a file may be instead of what was written, it is no reason for a build to end.
        with suppress(Exception), self._file.open("rb") as file:
            if all(_stamp(name) == stamp for name, stamp in pickle.load(file).items()):  # noqa: S301 - a build's own
                known: dict[bytes, bytes] = pickle.load(file)  # noqa: S301
                return known
        return {}

    def get(self, key: Hashable) -> Any:
        """Return the value of a key, None if there is none."""
        name = digest(key)
        with suppress(Exception):
            value = pickle.loads(self._known[name])  # noqa: S301
            self._used[name] = self._known[name]
            return value
        return None

    def add(self, key: Hashable, value: Any) -> None:
        """Keep a value as it is now; one that has no bytes is made again in every build."""
        with suppress(Exception):
            self._used[digest(key)] = pickle.dumps(value)

    def close(self) -> None:
        """Write what is to be there for the next build, if it is not what was there for this one."""
        if self._used != self._known:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                write(self._file, pickle.dumps(_code()) + pickle.dumps(self._used))


def digest(key: Hashable) -> bytes:
    """Return the hash of a key; it is made of texts, numbers, days and tuples of them, which show all that they are."""
    return hashlib.sha256(repr(key).encode("utf-8", "surrogatepass")).digest()


def _code() -> dict[str, tuple[int, int]]:
    """Return the files of all code that is loaded, and the folders of packages, as they are on disk."""
    files = {str(file) for module in tuple(sys.modules.values()) if (file := getattr(module, "__file__", None))}
    return {name: _stamp(name) for name in sorted(files | {path for path in sys.path if path.endswith(PACKAGES)})}


def _stamp(name: str) -> tuple[int, int]:
    try:
        found = os.stat(name)  # noqa: PTH116 - a thousand of them
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
