"""Days as they are written: year, month and day.

2026-11-25  ->  date(2026, 11, 25)      2026-13-01, 20261125, 25.11.2026  ->  None
"""

from __future__ import annotations

import re
from datetime import date

DAY_RE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read(text: str) -> date | None:
    """Return the day that a text is, None where it is none."""
    try:
        return date.fromisoformat(text) if DAY_RE.fullmatch(text) else None
    except ValueError:
        return None
