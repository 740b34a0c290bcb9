"""The scripts of a finished site -> the same, in fewer letters.

    const total = (first, second) => {       ->       const total=(e,t)=>{return e+t}
        // both of them
        return first + second
    }

Comments, and names that nobody outside can use, are for those who write a script; a reader loads the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def shorten(files: Iterable[Path]) -> None:
    """Write scripts anew, each by itself; one that is not understood stays as it is."""
    for file in files:
        text = file.read_text("utf-8")
        if (shorter := shortened(text)) is not None:
            file.write_text(shorter, "utf-8")


def shortened(text: str) -> str | None:
    """Return a script in fewer letters, None where it is not understood."""
    try:
        return str(minify.string("application/javascript", text))
    except minify.MinifyError:
        return None
