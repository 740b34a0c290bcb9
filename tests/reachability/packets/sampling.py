"""Which states to try: every two values together at least once, and then states that are mostly right.

States made at random stop at the first hop or two; those with most settings right get far, and stop anywhere.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from reachability.further import FURTHER
from reachability.never import NEVER
from reachability.settings import EVERY, IMPOSSIBLE, SETTINGS, TARGETS, impossible, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# What no kernel can show: IAM, the policies of endpoints, and what Lambda does before a packet is sent.
UNSEEN = ("role-eni", "role-call", "endpoint-policy")
SEEN = tuple(name for name in SETTINGS if name not in UNSEEN)
State = dict[str, str]
# Nor what stands on the function's side of a call and behind the server's port, nor who it is that calls.
UNSEEN_FURTHER = (
    "private-host",
    "dual-stack-name",
    "function-kind",
    "update",
    "before",
    "subnet-addresses",
    "resource-policy",
    "caller-subnet",
    "signed",
    "endpoint-principals",
    "tls",
    "trust",
    "credential",
    "db-user",
    "sender",
    "caller",
    "door",
    "target-group",
    "mapping-network",
)
SEEN_FURTHER = tuple(name for name in FURTHER if name not in UNSEEN_FURTHER)
# What a value needs beside it, to be met.
BESIDE: dict[str | tuple[str, str], State] = {
    "zone": {"name": "private"},
    "forwarding": {"name": "private"},
    "failover": {"address": "kept"},
    "interface": {"allow-list": "interface"},
    "parts-in": {"from-zone": "b", "place": "peered", "line": "transit-gateway"},
    "outage": {"from-zone": "b", "parts-in": "a"},
    "line": {"place": "peered"},
    "narrow-line": {"place": "peered"},
    "peering-dns": {"place": "peered", "public-database": "yes"},
    "answer": {"protocol": "udp"},
    ("block-public-access", "ingress"): {"route6": "igw"},
}
# Ways out, so that a state that is mostly right leads somewhere.
RIGHT = {"route4": "nat", "nat": "public", "ipv6": "allowed", "route6": "eigw", "ingress": "address"}
MOSTLY = 0.8
SOME = 0.3
COSTLY = ("ingress", "nacl", "ipv6", "egress", "route6", "igw")

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
        all(state.get(name) in values for name, values in rule.when.items())
        for rule in (*IMPOSSIBLE, *NEVER)
        if not rule.targets
    )


def further_states(count: int, seed: int) -> list[State]:
    """Return states that are mostly right, with some further settings at other values, each of them equally often."""
    random = Random(seed)  # noqa: S311 - a sample, no secret
    others = [(name, value) for name in SEEN_FURTHER for value in FURTHER[name].values[1:]]
    found = dict[tuple[tuple[str, str], ...], State]()
    while len(found) < count:
        name, value = others[len(found) % len(others)]
        more = [other for other in random.sample(others, 2) if random.random() < SOME]
        beside = BESIDE.get((name, value), BESIDE.get(name, {})) if random.random() < MOSTLY else {}
        state = {**_mostly_right(random), **dict(more), **beside, name: value}
        if possible(state) and _shown(state) and any(not impossible(each, settings(state)) for each in TARGETS):
            found[tuple(state.items())] = state
    return sorted(found.values(), key=lambda state: [state.get(name, EVERY[name].default) for name in COSTLY])


def _shown(state: State) -> bool:
    """Return whether a kernel can show it: no function runs in a zone that is down, and one neighbour stands in zone a."""
    zone = state.get("from-zone", "a")
    if state.get("outage") == "a" and zone == "a" and state["attached"] == "yes":
        return False
    return state.get("target-subnet") != "same" or (zone == "a" and state["place"] == "same")


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
