"""What a question for a number accepts.

900 seconds      ->  Amount(Decimal("900"), "seconds")
tolerance: 5 %   ->  Decimal("45"), of 900
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.options import Fault, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.directives.options import Asked

# What goes on as a number does is no unit, as in `5-6`, `1e3`, `10^3`, `1/3` or `12:30`: what stands before it is another.
GOES_ON = r"(?:[eE][+-]?|(?:[xX\u00d7*/]|to|or|and) ?)\d"
SIGNS = r"+\-.,:;=<>^~\u2010-\u2015\u2212\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089"
# Digits in groups of three may stand apart, by a comma or a space.
NUMBER_RE = re.compile(
    r"(?P<sign>[+\-\u2212]?)(?P<digits>\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+|\d+)(?P<part>\.\d+)?"
    rf"(?:[\u00a0\u202f ]?(?P<unit>(?!{GOES_ON})[^\d\s{SIGNS}].*))?",
    re.ASCII,
)
TOLERANCE_RE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<percent>[ \u00a0]?%)?", re.ASCII)


class Amount(NamedTuple):
    """A number, and of what."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance(Text):
    """How far off an answer may be: a number that is not negative, or so many per cent of the right one."""

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of anything else."""
        text = asked.option.text
        if not TOLERANCE_RE.fullmatch(text):
            message = f"`{text}` is not a tolerance."
            yield Fault(asked.option.start, message, "Write how far off an answer may be, such as `5` or `10 %`.")


def amount(text: str) -> Amount | None:
    """Return the number in a text that begins with one, None where it holds anything else before it."""
    found = NUMBER_RE.fullmatch(text)
    if found is None:
        return None
    digits = re.sub(r"\D", "", found["digits"]) + (found["part"] or "")
    value = Decimal(digits)
    return Amount(-value if found["sign"] in ("-", "\u2212") else value, (found["unit"] or "").strip())


def around(right: Decimal, tolerance: str) -> Decimal:
    """Return how far from a right answer another may be."""
    found = TOLERANCE_RE.fullmatch(tolerance)
    if found is None:
        return Decimal(0)
    number = Decimal(found["number"])
    return abs(right) * number / 100 if found["percent"] else number
