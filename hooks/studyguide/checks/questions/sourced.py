"""Where an answer comes from: a source, an objective, and a source for every amount that it names.

"after 350 seconds", [@nat-idle]   ->   fine where the fact of `nat-idle` says 350 seconds, or six minutes less ten seconds
"""

from __future__ import annotations

import re
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, NamedTuple

from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.text.source import CITATION_RE, CITE_RE, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studyguide.checks.questions.asked import Asked

FACT = "fact:"
# What a second, a byte or a bit a second is one of. Prices are left out: an answer adds them up.
UNITS: dict[str, tuple[str, float]] = {
    "ms": ("s", 0.001), "millisecond": ("s", 0.001), "s": ("s", 1), "second": ("s", 1), "minute": ("s", 60),
    "hour": ("s", 3600), "day": ("s", 86400), "week": ("s", 604800), "month": ("month", 1), "year": ("month", 12),
    "byte": ("B", 1), "kb": ("B", 1e3), "mb": ("B", 1e6), "gb": ("B", 1e9), "tb": ("B", 1e12),
    "kib": ("B", 2**10), "mib": ("B", 2**20), "gib": ("B", 2**30), "tib": ("B", 2**40),
    "kbps": ("bit/s", 1e3), "mbps": ("bit/s", 1e6), "gbps": ("bit/s", 1e9), "%": ("%", 1), "per cent": ("%", 1), "percent": ("%", 1),
}  # fmt: skip
WORDS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_NUMBER = rf"(?<![\w.:/-])(?P<number>\d[\d,]*(?:\.\d+)?|{'|'.join(WORDS[1:])})"
NUMBER_RE = re.compile(_NUMBER, re.IGNORECASE)
AMOUNT_RE = re.compile(
    rf"{_NUMBER}[ \u00a0\u202f-]?(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})s?(?!\w)", re.IGNORECASE
)
# Beyond so many numbers something always adds up; what is worked out may be rounded.
MOST = 24
ROUNDED = 0.005


class Amount(NamedTuple):
    """So much of something, and how it is written."""

    value: float
    unit: str
    written: str


def check(questions: Sequence[Asked], facts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the questions that name nothing to look it up in, where most do; ``facts`` are those of the guide's sources."""
    keys = [list(dict.fromkeys(_keys(question))) for question in questions]
    # A guide that leaves most of its questions without them means it so.
    with_objectives = _most(question.value.objective for question in questions)
    with_sources = _most(keys)
    for question, cited in zip(questions, keys, strict=True):
        position = question.value.position
        if with_objectives and not question.value.objective:
            fix = "Say what it tests, as `objective: obj-...`."
            yield Problem(position, "QST013", "This question is of no objective, and most are.", fix)
        if with_sources and not cited:
            fix = "Name its sources, as `evidence: [fact:...]`, or cite one in the explanation."
            yield Problem(position, "QST012", "This question has no source, and most have.", fix)
        known = [facts[key] for key in cited if key in facts]
        if known and len(known) == len(cited):
            yield from _unstated(question, known)


def _most(values: Iterable[object]) -> bool:
    """Return whether more than half of what is there says something."""
    found = list(map(bool, values))
    return 2 * sum(found) > len(found)


def _keys(question: Asked) -> Iterator[str]:
    """Yield the keys of the sources that a question rests on."""
    yield from (name.removeprefix(FACT) for name in question.value.evidence if name.startswith(FACT))
    for text in (question.value.explanation, *(choice.reason for choice in question.value.choices)):
        for found in CITATION_RE.finditer(text):
            yield from (cite["key"] for cite in CITE_RE.finditer(found["keys"]))


def _unstated(question: Asked, facts: Iterable[str]) -> Iterator[Problem]:
    """Yield the right options with an amount that is neither given, nor in a source, nor worked out from those."""
    if question.value.kind not in ("one", "several", "fill", "number"):
        return
    if not any(map(AMOUNT_RE.search, (*question.options, *question.reasons, question.value.explanation))):
        return
    given = " ".join([question.stem, question.setting, *facts])
    stated = {(unit, value) for value, unit, _ in amounts(given)}
    bare = sorted({_number(found["number"]) for found in NUMBER_RE.finditer(given)})
    places = [
        (question.value.choices[index].position, f"{question.options[index]}. {question.reasons[index]}")
        for index in question.rights
    ]
    for position, text in [*places, (question.value.position, plain(question.value.explanation))]:
        for value, unit, written in amounts(text):
            size = UNITS[_unit(written)][1]
            if (unit, value) not in stated and not _worked_out(value / size, bare):
                message = f"{quoted(written)} is in no source of this question, and nothing given makes it."
                yield Problem(position, "QST008", message, "Name the source that states it, or correct the number.")


def amounts(text: str) -> list[Amount]:
    """Return the amounts in a plain text."""
    found = list[Amount]()
    for match in AMOUNT_RE.finditer(text):
        unit, size = UNITS[_unit(match[0])]
        found.append(Amount(round(_number(match["number"]) * size, 6), unit, match[0]))
    return found


def _unit(written: str) -> str:
    found = AMOUNT_RE.fullmatch(written)
    return found["unit"].lower() if found else ""


def _number(written: str) -> float:
    lower = written.lower()
    return WORDS.index(lower) + 1 if lower in WORDS else float(lower.replace(",", ""))


def _worked_out(value: float, bare: Sequence[float]) -> bool:
    """Return whether a number is one of those given, or what two of them make."""
    if len(bare) > MOST or value in bare:
        return True
    made = (
        result
        for one, two in combinations_with_replacement(bare, 2)
        for result in (one * two, one + two, abs(one - two), *((one / two, two / one) if one and two else ()))
    )
    return any(abs(value - result) <= ROUNDED * value for result in made)
