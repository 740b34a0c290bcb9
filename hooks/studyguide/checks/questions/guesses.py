"""Ways to guess without knowing -> how often each is right, over all questions, beside chance.

    tally(questions)  ->  Tally("the longest option", asked=281, hits=76.6, chance=77.2, points=-0.2, sigmas=-0.1), ...

A guess takes as many options as are right, those that its rule holds for most; where it holds for several alike, a part
of each. A question where all options are alike to a rule is answered by chance, and the points are over all questions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from math import comb, sqrt
from typing import TYPE_CHECKING, NamedTuple

from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studyguide.checks.questions.asked import Asked

# A rule has to gain more than chance would once in seven hundred guides, and more points than readers could use.
SIGMAS, POINTS = 3.0, 3.0
# Of fewer questions nothing can be said.
FEWEST, FEWEST_SEVERAL = 20, 10
LETTERS = "ABCDEFGH"
HEDGE_RE = re.compile(
    r"\b(?:may|might|can|could|often|usually|sometimes|some|most|mostly|generally|normally|typically|likely|probably|"
    r"perhaps|unless|about|depends|at least|as long as)\b",
    re.IGNORECASE,
)
ABSOLUTE_RE = re.compile(r"\b(?:every|only|always|never|all|none|must|cannot)\b", re.IGNORECASE)

Score = Callable[["Asked", int], float]


class Tally(NamedTuple):
    """How a way to guess did: on how many questions it tells options apart, and how often it was right there.

    ``points`` are what it gains over chance, of a hundred, over all questions; ``sigmas`` how unlikely that is where
    nothing but chance is at work; ``worst`` is the question that it tells most of.
    """

    name: str
    asked: int
    hits: float
    chance: float
    points: float
    sigmas: float
    worst: Asked

    @property
    def is_beaten(self) -> bool:
        """Whether it tells more, or less, than chance."""
        return abs(self.points) > POINTS and abs(self.sigmas) > SIGMAS


def _position(number: int) -> Score:
    return lambda _, index: float(index == number)


def _begins(word: str) -> Score:
    pattern = re.compile(rf"{word}\b", re.IGNORECASE)
    return lambda question, index: float(pattern.match(question.options[index]) is not None)


# What each takes, and how much it holds for an option.
GUESSES: dict[str, Score] = {
    "the longest option": lambda question, index: len(question.options[index]),
    "the option with the most commas": lambda question, index: question.options[index].count(","),
    "the option with the most hedges": lambda question, index: len(HEDGE_RE.findall(question.options[index])),
    "the option without `only`, `every` and their like": lambda question, index: (
        -len(ABSOLUTE_RE.findall(question.options[index]))
    ),
    "the option with the most words of the question": lambda question, index: len(
        question.topics[index] & question.about
    ),
    "the option that begins with yes": _begins("yes"),
    "the option that begins with no": _begins("no"),
    **{f"option {letter}": _position(number) for number, letter in enumerate(LETTERS)},
}


def check(questions: Sequence[Asked]) -> Iterator[Problem]:
    """Yield the ways to guess that do better than chance, or so much worse that the others do better."""
    chosen = _chosen(questions)
    if len(chosen) >= FEWEST:
        for found in tally(chosen):
            if found.is_beaten:
                message = (
                    f"{found.name.capitalize()} is right in {found.hits:.0f} of {found.asked} questions, "
                    f"and chance makes {found.chance:.0f} of them so."
                )
                fix = "Reword the options of some, this one among them, or move them, until the rule is of no use."
                yield Problem(found.worst.value.position, "QST014", message, fix)
    yield from _pairs(chosen)


def tally(questions: Sequence[Asked]) -> list[Tally]:
    """Return how each way to guess does on questions with options."""
    chosen = _chosen(questions)
    found = (_tally(name, score, chosen) for name, score in GUESSES.items())
    return [each for each in found if each]


def _chosen(questions: Sequence[Asked]) -> list[Asked]:
    """Return the questions whose options can be guessed."""
    return [each for each in questions if each.is_chosen and 0 < len(each.rights) < len(each.options)]


def _tally(name: str, score: Score, questions: Sequence[Asked]) -> Tally | None:
    """Return how one way to guess does, None where it tells no options apart."""
    hits = chance = spread = 0.0
    told: list[tuple[float, float, int, Asked]] = []
    for question in questions:
        scores = [score(question, index) for index in range(len(question.options))]
        if len(set(scores)) == 1:
            continue
        right, count = len(question.rights), len(scores)
        taken, mean = shares(scores, right), right / count
        hit = sum(taken[index] for index in question.rights) / right
        hits, chance = hits + hit, chance + mean
        # How far the hits of this question stray where any of its options could be right.
        spread += sum((share - mean) ** 2 for share in taken) / count * (count - right) / (count - 1) / right
        told.append((hit - mean, _margin(scores, question.rights), -len(told), question))
    if not told:
        return None
    gain = hits - chance
    # The first of equals; where the guess is mostly wrong, one of those that make it so.
    worst = max(told, key=lambda each: (each[0] if gain > 0 else -each[0], abs(each[1]), each[2]))[3]
    sigmas = gain / sqrt(spread) if spread else 0.0
    return Tally(name, len(told), hits, chance, 100 * gain / len(questions), sigmas, worst)


def _margin(scores: Sequence[float], rights: Sequence[int]) -> float:
    """Return by how much the rule holds more for the right options than for any other."""
    return min(scores[index] for index in rights) - max(s for index, s in enumerate(scores) if index not in rights)


def shares(scores: Sequence[float], count: int) -> list[float]:
    """Return how much of each option a guess of ``count`` takes: all of the highest, a part of those that are equal."""
    taken, left = [0.0] * len(scores), count
    for value in sorted(set(scores), reverse=True):
        equal = [index for index, score in enumerate(scores) if score == value]
        part = min(left, len(equal))
        for index in equal:
            taken[index] = part / len(equal)
        left -= part
    return taken


class Pairing(NamedTuple):
    """How often some letters are those that are right, of how many questions that could have them, and of how many by chance."""

    letters: str
    found: int
    asked: int
    chance: float


def pairings(questions: Sequence[Asked]) -> list[Pairing]:
    """Return every combination that questions with several right options could have, from the most frequent."""
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    chance: defaultdict[str, float] = defaultdict(float)
    for question in questions:
        right, count = len(question.rights), len(question.options)
        if question.is_chosen and 1 < right < count <= len(LETTERS):
            found["".join(LETTERS[index] for index in question.rights)] += 1
            for each in combinations(LETTERS[:count], right):
                asked["".join(each)] += 1
                chance["".join(each)] += 1 / comb(count, right)
    return sorted(
        (Pairing(key, found[key], asked[key], chance[key]) for key in asked),
        key=lambda each: (-each.found, each.letters),
    )


def _pairs(questions: Sequence[Asked]) -> Iterator[Problem]:
    for letters, found, asked, chance in pairings(questions):
        odds = chance / asked
        if asked >= FEWEST_SEVERAL and found - chance > SIGMAS * sqrt(asked * odds * (1 - odds)):
            named = " and ".join(letters)
            question = next(each for each in questions if "".join(LETTERS[index] for index in each.rights) == letters)
            message = f"{named} are right in {found} of {asked} questions, and chance makes {chance:.0f} of them so."
            yield Problem(question.value.position, "QST014", message, "Move the right options of some to other places.")
