"""The guide's own states: a rule of the model that is turned round is found by what its questions and tables claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from reachability import model, outcomes
from reachability.outcomes import OUTCOMES
from reachability.settings import TARGETS
from studyguide.text import states

STATES = Path(__file__).parents[2] / "docs/lab/states.yml"
TEXT = STATES.read_text("utf-8")
BLOCKS = [key for key, outcome in OUTCOMES.items() if not outcome.allowed]
# Nothing that the guide asks or lists comes by these.
UNSEEN = frozenset({"route4-nat-gone", "route4-igw-gone", "route6-igw-gone"})


def claims() -> dict[tuple[str, str], bool]:
    read, problems = states.read(TEXT, "states.yml")
    assert read is not None
    assert problems == []
    return {(state.name, claim.words): claim.holds for state in read for claim in state.answers}


TRUE = claims()


def test_every_state_has_a_claim_that_is_true() -> None:
    assert {name for name, _ in TRUE} == {name for (name, _), holds in TRUE.items() if holds}


@pytest.mark.parametrize("key", [key for key in BLOCKS if key not in UNSEEN])
def test_a_rule_that_is_turned_round_changes_what_is_true(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turned = MappingProxyType({**OUTCOMES, key: replace(OUTCOMES[key], symptom="none")})
    for module in (model, outcomes):
        monkeypatch.setattr(module, "OUTCOMES", turned)
    assert claims() != TRUE


def test_there_are_states_of_every_target() -> None:
    read, _ = states.read(TEXT, "states.yml")
    assert {state.verdict.target.name for state in read or []} == TARGETS.keys()
