"""Options beside each other, and beside their question: what tells the right one without knowing anything.

A NAT gateway  |  The NAT gateway                ->  QST004: both say the same
A NAT gateway  |  A NAT gateway and a firewall   ->  QST005: whoever is right about one is right about the other
"""

from __future__ import annotations

import re
from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

from studyguide.checks.questions.asked import WORD_RE, root, words
from studyguide.model import Problem
from studyguide.near import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studyguide.checks.questions.asked import Asked

# What may differ between two options that say the same.
SLIGHT = frozenset({"a", "an", "the", "its", "their", "your"})
RANGE_RE = re.compile(
    r"(?P<low>\d[\d,]*(?:\.\d+)?) ?(?:to|-|\u2013|and) ?(?P<high>\d[\d,]*(?:\.\d+)?)(?P<unit>(?: ?[^\W\d]+|%)?)",
    re.ASCII,
)
# A word of the question that so many others have too is no hint.
SHORTEST_CUE = 4


class Range(NamedTuple):
    """From where to where, of what."""

    low: float
    high: float
    unit: str


def check(question: Asked, common: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the options of one question; ``common`` are words that many questions have."""
    yield from _same(question)
    yield from _within(question)
    yield from _ranges(question)
    yield from _repeated(question, common)


def _same(question: Asked) -> Iterator[Problem]:
    said: dict[tuple[str, ...], int] = {}
    for index, text in enumerate(question.options):
        key = _sense(text)
        first = said.setdefault(key, index)
        # To the letter the same is an error of the directive.
        if key and first != index and question.options[first] != text:
            message = f"This option says the same as that at {question.value.choices[first].position}."
            yield Problem(question.value.choices[index].position, "QST004", message, "Reword one, or remove it.")


def _sense(text: str) -> tuple[str, ...]:
    """Return the words of an option without what makes no difference: articles, and one or many; names stay as they are."""
    found = [word for word in WORD_RE.findall(text.removesuffix(".")) if word.lower() not in SLIGHT]
    return tuple(root(word) if word.isalpha() and word.islower() else word for word in _uncapitalised(found))


def _uncapitalised(found: list[str]) -> list[str]:
    """Return words whose first does not begin with a capital for standing at the beginning alone."""
    return [found[0].lower(), *found[1:]] if found and found[0][1:].islower() else found


def _within(question: Asked) -> Iterator[Problem]:
    lists = [words(text) for text in question.options]
    for inner, outer in permutations(range(len(lists)), 2):
        rights = question.rights
        if (
            lists[inner] != lists[outer]
            and (inner in rights) != (outer in rights)
            and _holds(lists[outer], lists[inner])
        ):
            choice = question.value.choices[outer]
            message = (
                f"This option holds all of that at {question.value.choices[inner].position}, and one of them is right."
            )
            yield Problem(choice.position, "QST005", message, "Word both so that only one of them can be so.")


def _holds(outer: list[str], inner: list[str]) -> bool:
    """Return whether words stand in others, together and in their order; a lone word, as "Yes", holds too little to tell."""
    size = len(inner)
    return size > 1 and any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


def _ranges(question: Asked) -> Iterator[Problem]:
    found = [
        (choice, given)
        for text, choice in zip(question.options, question.value.choices, strict=True)
        if (given := _range(text))
    ]
    for (first, one), (second, other) in combinations(found, 2):
        if one.unit == other.unit and one.low <= other.high and other.low <= one.high and first.right != second.right:
            message = f"This range and that at {first.position} overlap, and one of them is right."
            fix = "Let each begin behind the end of the one before."
            yield Problem(second.position, "QST005", message, fix, level="warning")


def _range(text: str) -> Range | None:
    found = RANGE_RE.fullmatch(text.rstrip(".").removeprefix("Between ").removeprefix("From "))
    if not found:
        return None
    low, high = (float(found[name].replace(",", "")) for name in ("low", "high"))
    return Range(low, high, root(found["unit"].strip().lower())) if low < high else None


def _repeated(question: Asked, common: Collection[str]) -> Iterator[Problem]:
    """Yield the question whose right option alone repeats a word of it."""
    if question.value.kind != "one" or len(question.rights) != 1:
        return
    shared = [topic & question.about for topic in question.topics]
    right = question.rights[0]
    cues = sorted(word for word in shared[right] if len(word) >= SHORTEST_CUE and word not in common)
    if cues and not any(each for index, each in enumerate(shared) if index != right):
        word = next(word for word in words(question.options[right]) if root(word) == cues[0])
        message = f"Of all options only the right one repeats {quoted(word)}, a word of the question."
        fix = "Use the word in another option too, or say it otherwise in this one."
        yield Problem(question.value.choices[right].position, "QST006", message, fix)
