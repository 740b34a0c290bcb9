"""The addresses in a ``srcset``, as browsers read it: an address may hold commas, and ends where a space does.

a.png 1x, b.png 2x             ->  a.png, b.png
data:image/gif;base64,R0 1x    ->  data:image/gif;base64,R0
"""

from __future__ import annotations

import re

CANDIDATE_RE = re.compile(r"[\s,]*(?P<url>\S*[^\s,])(?:\s+[^,(]*(?:\([^)]*\)[^,(]*)*)?(?:,+|\Z)")


def addresses(value: str) -> list[tuple[int, str]]:
    """Return each address with its offset in the value."""
    return [(match.start("url"), match["url"]) for match in CANDIDATE_RE.finditer(value)]
