"""Which states to try: every two values together at least once, and then states that are mostly right.

States made at random stop at the first hop or two; those with most settings right get far, and stop anywhere.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from reachability.settings import IMPOSSIBLE, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

# What no kernel can show: IAM, the policies of endpoints, and what Lambda does before a packet is sent.
UNSEEN = ("role-eni", "role-call", "endpoint-policy")
SEEN = tuple(name for name in SETTINGS if name not in UNSEEN)
# Ways out, so that a state that is mostly right leads somewhere.
RIGHT = {"route4": "nat", "nat": "public", "ipv6": "allowed", "route6": "eigw", "ingress": "address"}
MOSTLY = 0.8
COSTLY = ("ingress", "nacl", "ipv6", "egress", "route6", "igw")

State = dict[str, str]
Pair = tuple[tuple[str, str], tuple[str, str]]


def states(count: int, seed: int) -> list[State]:
    random = Random(seed)  # noqa: S311 - a sample, no secret
    found = {tuple(state.items()): state for state in _covering(random)}
    while len(found) < count:
        state = _mostly_right(random)
        if possible(state):
            found[tuple(state.items())] = state
    # Neighbours differ in what is cheap to turn.
    return sorted(found.values(), key=lambda state: [state[name] for name in COSTLY])


def possible(state: State) -> bool:
    """Whether the VPC can be like this, whatever is called."""
    return not any(
        all(state.get(name) in values for name, values in rule.when.items()) for rule in IMPOSSIBLE if not rule.targets
    )


def pairs() -> set[Pair]:
    """Return every two values that can be together."""
    return {
        ((one, first), (other, second))
        for one, other in combinations(SEEN, 2)
        for first in SETTINGS[one].values
        for second in SETTINGS[other].values
        if possible({one: first, other: second})
    }


def pairs_of(state: State) -> Iterator[Pair]:
    return combinations(((name, state[name]) for name in SEEN), 2)


def _covering(random: Random) -> Iterator[State]:
    missing = pairs()
    while missing:
        state = max((_around(random, min(missing)) for _ in range(30)), key=lambda state: _gain(state, missing))
        missing -= set(pairs_of(state))
        yield state


def _around(random: Random, pair: Pair) -> State:
    while True:
        state = {name: random.choice(SETTINGS[name].values) for name in SEEN} | dict(pair)
        if possible(state):
            return state


def _gain(state: State, missing: set[Pair]) -> int:
    return len(missing.intersection(pairs_of(state)))


def _mostly_right(random: Random) -> State:
    return {
        name: RIGHT.get(name, SETTINGS[name].default)
        if random.random() < MOSTLY
        else random.choice(SETTINGS[name].values)
        for name in SEEN
    }
