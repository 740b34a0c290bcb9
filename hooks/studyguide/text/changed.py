"""What another plugin made of a page's text -> where each of its lines was written.

origins(["{% for x in 'ab' %}", "- x", "{% endfor %}", "", "End."],  ->  line 1, line 2, line 4 and line 5,
        ["- a", "- b", "", "End."])                                      of which the last two are as written
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Origin(NamedTuple):
    """The line that a line comes from, and whether it is still as it was written."""

    line: int
    same: bool


def origins(written: Sequence[str], now: Sequence[str], *, first: int = 1) -> list[Origin]:
    """Return where each line of a text comes from, given its lines as written, of which the first has this number."""
    found = list[Origin]()
    for kind, start, end, low, high in SequenceMatcher(None, now, written).get_opcodes():
        # What has no line of its own comes from the one before it.
        lines = (max(min(low + each, high - 1), 0) for each in range(end - start))
        found += [Origin(first + line, kind == "equal") for line in lines]
    return found
