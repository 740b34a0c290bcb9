"""The guide's own states: a rule of the model that is turned round is found by what its questions and tables claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from prose.guide import pages
from reachability import model
from reachability.outcomes import OUTCOMES
from reachability.questions.page import PAGES as MADE
from reachability.settings import TARGETS
from studyguide import directives
from studyguide.text import states

STATES = Path(__file__).parents[2] / "docs/lab/states.yml"
TEXT = STATES.read_text("utf-8")
# IPv6 by an internet gateway works as far as we know, and Lambda's documentation says nothing of it: no answer rests on it.
UNSEEN = frozenset({"route6-igw", "igw-ipv6"})


def claims() -> dict[tuple[str, str], bool]:
    read, problems = states.read(TEXT, "states.yml")
    assert read is not None
    assert problems == []
    return {(state.name, claim.words): claim.holds for state in read for claim in state.answers}


TRUE = claims()


def test_every_state_has_a_claim_that_is_true() -> None:
    assert {name for name, _ in TRUE} == {name for (name, _), holds in TRUE.items() if holds}


@pytest.mark.parametrize("key", OUTCOMES)
def test_a_rule_that_is_turned_round_changes_what_is_true(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    symptom = "timeout" if OUTCOMES[key].allowed else "none"
    turned = MappingProxyType({**OUTCOMES, key: replace(OUTCOMES[key], symptom=symptom)})
    monkeypatch.setattr(model, "OUTCOMES", turned)
    assert (claims() == TRUE) == (key in UNSEEN)


def test_there_are_states_of_every_target() -> None:
    read, _ = states.read(TEXT, "states.yml")
    assert {state.verdict.target.name for state in read or []} == TARGETS.keys()


def test_every_question_rests_on_a_state_or_is_one_that_no_state_can_prove() -> None:
    """A new question is put into the list with a reason or gets a state; the list names none that has one or is gone."""
    listed = yaml.safe_load((Path(__file__).parent / "unmodelled.yml").read_text("utf-8"))
    names = [name for row in listed.values() for name in row.split()]
    made = {f"practice/bank/{page.name}" for page in MADE}
    written = [page for page in pages(authors=False) if page.path.removeprefix("docs/") not in made]
    asked = [question for page in written for question in directives.read(page).checkpoints]
    resting = {question.id for question in asked if any(each.startswith("lab:") for each in question.evidence)}
    assert sorted(names) == sorted({question.id for question in asked} - resting)
    assert len(resting) > 130
