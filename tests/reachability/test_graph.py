from __future__ import annotations

import gzip
import json
from itertools import combinations
from math import prod

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from reachability.graph import build, dumps, follow
from reachability.model import walk
from reachability.paths import Path, paths
from reachability.settings import SETTINGS, TARGETS, impossible

GRAPH = json.loads(dumps(build()))
EVERY_STATE = prod(len(setting.values) for setting in SETTINGS.values())
any_settings = st.fixed_dictionaries({name: st.sampled_from(setting.values) for name, setting in SETTINGS.items()})


@pytest.mark.parametrize("target", TARGETS)
def test_the_graph_equals_the_model_in_every_state(target: str) -> None:
    """All 84,934,656 states of each target, by parts: a path of the model stands for every state that it leads through.

    The model reads nothing else there, so it says the same in all of them; and so does the graph, because it would
    fail here if it asked for a setting that the path does not hold.
    """
    for path in paths(target):
        assert follow(GRAPH, target, path.reads.__getitem__) == list(path.keys)
    assert sum(map(_states, paths(target))) == EVERY_STATE
    assert all(_apart(one, other) for one, other in combinations(paths(target), 2))


def _states(path: Path) -> int:
    return EVERY_STATE // prod(len(SETTINGS[name].values) for name in path.reads)


def _apart(one: Path, other: Path) -> bool:
    return any(other.reads.get(name, value) != value for name, value in one.reads.items())


@trying(max_examples=300)
@given(st.sampled_from(list(TARGETS)), any_settings)
def test_the_graph_equals_the_model_in_states_taken_at_random(target: str, chosen: dict[str, str]) -> None:
    assert follow(GRAPH, target, chosen.__getitem__) == walk(TARGETS[target], chosen.__getitem__)
    rules = [
        rule["because"]
        for rule in GRAPH["impossible"]
        if target in rule.get("targets", TARGETS) and all(chosen[name] in rule["when"][name] for name in rule["when"])
    ]
    assert rules == [rule.because for rule in impossible(target, chosen)]


def test_the_graph_is_small() -> None:
    assert len(gzip.compress(dumps(build()).encode(), mtime=0)) <= 10 * 1024


def test_equal_parts_are_one() -> None:
    texts = [json.dumps(node) for node in GRAPH["nodes"]]
    assert len(texts) == len(set(texts))
    # Without an endpoint of their own kind, these two are called by the same hops.
    starts = {target["name"]: target["start"] for target in GRAPH["targets"]}
    assert starts["secrets"] == starts["lambda"]
    assert starts["secrets"] != starts["s3"]


def test_the_graph_asks_in_the_order_of_the_rules() -> None:
    asked: list[str] = []
    follow(GRAPH, "rds", lambda name: asked.append(name) or SETTINGS[name].default)  # type: ignore[func-returns-value]
    assert asked == ["attached", "role-eni", "dns", "egress", "nacl", "place", "ingress", "server", "role-call"]


def test_the_same_graph_every_time() -> None:
    assert dumps(build()) == dumps(build())
