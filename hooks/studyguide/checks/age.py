"""Sources that nobody has looked at for half a year: what they say may have changed since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book

OLDEST = timedelta(days=180)


def check(book: Book) -> Iterable[Problem]:
    """Yield a hint for every source that was checked longer ago than that."""
    for entry in book.cited:
        # Without a date it is incomplete, and that is a problem already.
        if entry.checked != date.min and book.today - entry.checked > OLDEST:
            day = entry.checked.isoformat()
            message = f"The source `{entry.key}` was checked on {day}, more than {OLDEST.days} days ago."
            fix = "Read it again, mend what it backs, and put the day into `checked`."
            yield Problem(entry.places.get("checked", entry.position), "SRC005", message, fix)
