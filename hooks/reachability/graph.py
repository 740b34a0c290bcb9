"""The rules as a decision graph: for a page that asks settings, says what each hop says, and knows no rule itself.

    {"settings": [{"name": "attached", "values": ["yes", "no"], "means": ...}, ...],
     "targets": [{"name": "rds", "title": ..., "start": 41, ...}, ...],
     "outcomes": [{"hop": "start", "symptom": "none", "because": ..., "sources": [...]}, ...],
     "nodes": [[[3, 7]], [[5], 12, [0, 4, 4]], ...],
     "impossible": [...], "cost": [...]}

A node is a list: the outcomes on the way to it, the setting it asks for, and a node for each of that setting's values,
all by number. A node that asks for nothing is an end. The rules run with a reader that stops at the first question
without an answer, so the graph asks in the order of the rules; equal parts are one.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reachability.cost import ITEMS
from reachability.model import ENDPOINT_DENIED, SERVICE_DNS, TEXTS
from reachability.outcomes import OUTCOMES
from reachability.rules import journey
from reachability.settings import IMPOSSIBLE, SETTINGS, TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reachability.settings import Target

Graph = dict[str, Any]
Node = tuple[Any, ...]

_SETTINGS = {name: number for number, name in enumerate(SETTINGS)}
_OUTCOMES = {key: number for number, key in enumerate(OUTCOMES)}


class _AskedError(Exception):
    """The rules want to know a setting that has no value yet."""


class _Grower:
    """Grows the nodes of all targets into one list, each different node once."""

    def __init__(self) -> None:
        self.nodes: dict[Node, int] = {}

    def grow(self, target: Target, known: Mapping[str, str], said: int = 0) -> int:
        """Return the number of the node where ``known`` settings are read and ``said`` outcomes told."""
        keys, asked = _run(target, known)
        told = tuple(_OUTCOMES[key] for key in keys[said:])
        if asked is None:
            return self._number((told,))
        children = tuple(self.grow(target, {**known, asked: value}, len(keys)) for value in SETTINGS[asked].values)
        return self._number((told, _SETTINGS[asked], children))

    def _number(self, node: Node) -> int:
        return self.nodes.setdefault(node, len(self.nodes))


def _run(target: Target, known: Mapping[str, str]) -> tuple[list[str], str | None]:
    """Return the outcomes up to a block or to the first setting that is not known, and that setting's name."""

    def read(name: str) -> str:
        if name not in known:
            raise _AskedError(name)
        return known[name]

    keys: list[str] = []
    try:
        for key in journey(target, read):
            keys.append(key)
            if not OUTCOMES[key].allowed:
                break
    except _AskedError as asked:
        return keys, str(asked)
    return keys, None


def build() -> Graph:
    """Return the graph of all targets, as plain values."""
    grower = _Grower()
    starts = {name: grower.grow(target, {}) for name, target in TARGETS.items()}
    return {
        "settings": [_setting(name) for name in SETTINGS],
        "targets": [_target(target, starts[name]) for name, target in TARGETS.items()],
        "outcomes": [{"key": key, **_lean(asdict(outcome))} for key, outcome in OUTCOMES.items()],
        "nodes": [list(node) for node in grower.nodes],
        "impossible": [_lean(asdict(rule)) for rule in IMPOSSIBLE],
        "cost": [_lean(asdict(item)) for item in ITEMS],
        "texts": {**TEXTS, "denied-by-endpoint": ENDPOINT_DENIED, "dns-of-a-service": SERVICE_DNS},
    }


def _setting(name: str) -> dict[str, Any]:
    setting = SETTINGS[name]
    return _lean({"name": name, "values": setting.values, "means": setting.means, "moves": setting.moves})


def _target(target: Target, start: int) -> dict[str, Any]:
    return _lean({**asdict(target), "tags": sorted(target.tags), "start": start})


def _lean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing: the empty and the false."""
    return {name: value for name, value in values.items() if value not in ("", False, None, (), [])}


def dumps(graph: Graph) -> str:
    """Return the graph as the text of `lab/graph.json`."""
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":"))


def follow(graph: Graph, target: str, read: Callable[[str], str]) -> list[str]:
    """Return the keys of the outcomes, as a page finds them: by the graph alone."""
    at = next(known["start"] for known in graph["targets"] if known["name"] == target)
    keys: list[str] = []
    while True:
        told, *question = graph["nodes"][at]
        keys += [graph["outcomes"][number]["key"] for number in told]
        if not question:
            return keys
        number, children = question
        setting = graph["settings"][number]
        at = children[setting["values"].index(read(setting["name"]))]
