"""The guide's own states: a rule of the model that is turned round is found by what its questions and tables claim."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import by_hand
import pytest
from prose.guide import pages
from reachability import model
from reachability.outcomes import EVERY_OUTCOME, OUTCOMES, Outcome
from reachability.questions.page import PAGES as MADE
from reachability.settings import TARGETS
from studyguide import directives
from studyguide.text import quickyaml, states

if TYPE_CHECKING:
    from studyguide.model import Checkpoint

STATES = Path(__file__).parents[2] / "docs/lab/states.yml"
TEXT = STATES.read_text("utf-8")
# They stand apart by an empty line.
ENTRIES = TEXT.split("\n\n")
# IPv6 by an internet gateway works as far as we know, and Lambda's documentation says nothing of it: no answer rests on it.
UNSEEN = frozenset({"route6-igw", "igw-ipv6"})
# What no answer rests on, and the truth tables hold.
BY_HAND = frozenset(
    {
        "dns-own-filtered",
        "outbound-no-way",
        "dns-database-public",
        "unattached-name-public",
        "ingress-public",
        "bpa-igw",
        "igw-private-instance",
        "mount-denied",
        "resource-not-through",
    }
)
UNMODELLED = quickyaml.load((Path(__file__).parent / "unmodelled.yml").read_text("utf-8"))
STOPPED_RE = re.compile(r"\b(?:times out|timed out|hangs|cannot (?:be reached|reach|connect)|fails to connect)\b")
# What is so is worked out once: with `pytest -n`, in one worker.
TRUTH = pytest.mark.xdist_group("states of the guide")
REPAIR_RE = re.compile(r"What (?:do you (?:change|add|turn on)|is the (?:repair|cause)|stops)|is missing|Which rule")


def claims(text: str) -> dict[tuple[str, str], bool]:
    """Return what is said of each state, and whether that is so; of a step, whether the call meets its hop."""
    read, problems = states.read(text, "states.yml")
    assert read is not None
    assert problems == []
    steps = {(state.name, words): hop in state.met for state in read for words, hop in state.order}
    return steps | {(state.name, claim.words): claim.holds for state in read for claim in state.answers}


class Noted(dict[str, Outcome]):
    """The rules, and which of them were asked."""

    def __init__(self) -> None:
        super().__init__(EVERY_OUTCOME)
        self.asked = set[str]()

    def __getitem__(self, key: str) -> Outcome:
        self.asked.add(key)
        return super().__getitem__(key)


@cache
def true() -> tuple[dict[tuple[str, str], bool], dict[str, list[str]]]:
    """Return what is so, and the entries that ask a rule: all others say the same when it is turned round."""
    found, asking = {}, defaultdict[str, list[str]](list)
    for entry in ENTRIES:
        rules = Noted()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(model, "EVERY_OUTCOME", rules)
            found |= claims(entry)
        for key in rules.asked:
            asking[key].append(entry)
    return found, asking


def by_hand_is_so() -> bool:
    return all(by_hand.said(target, given) == expected for target, given, expected in by_hand.rows())


@TRUTH
def test_every_state_has_a_claim_that_is_true() -> None:
    found, _ = true()
    assert found == claims(TEXT)
    assert {name for name, _ in found} == {name for (name, _), holds in found.items() if holds}


@TRUTH
@pytest.mark.parametrize("key", EVERY_OUTCOME)
def test_a_rule_that_is_turned_round_changes_what_is_true(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found, asking = true()
    symptom = "timeout" if EVERY_OUTCOME[key].allowed else "none"
    turned = MappingProxyType({**EVERY_OUTCOME, key: replace(EVERY_OUTCOME[key], symptom=symptom)})
    monkeypatch.setattr(model, "EVERY_OUTCOME", turned)
    now = claims("\n\n".join(asking[key]))
    assert (found | now == found) == (key in UNSEEN | BY_HAND)
    assert key in OUTCOMES or not by_hand_is_so()


@TRUTH
def test_each_step_in_an_order_is_met() -> None:
    read, _ = states.read(TEXT, "states.yml")
    orders = [state for state in read or [] if state.order]
    found, _ = true()
    assert len(orders) >= 8
    assert all(len(state.order) > 2 and found[state.name, words] for state in orders for words, _ in state.order)


def bare(text: str) -> str:
    """Return the states without their settings."""
    return re.sub(r"(?m)^(  state: \w+) .*", r"\1", text)


def test_a_state_that_loses_its_settings_changes_what_is_true() -> None:
    """Where the model says something else then: so a state that is turned round is found, each of them."""
    read, others = (states.read(text, "states.yml")[0] or [] for text in (TEXT, bare(TEXT)))
    unseen = [
        state.name
        for state, other in zip(read, others, strict=True)
        if (state.verdict.blocked_at, state.verdict.reached) != (other.verdict.blocked_at, other.verdict.reached)
        and [claim.holds for claim in state.answers] == [claim.holds for claim in other.answers]
        and all(step.hop in other.met for step in state.order)
    ]
    assert unseen == []


def test_there_are_states_of_every_target() -> None:
    read, _ = states.read(TEXT, "states.yml")
    assert {state.verdict.target.name for state in read or []} == TARGETS.keys()


@cache
def asked() -> dict[str, Checkpoint]:
    """Return the questions that are not made by the model."""
    made = {f"practice/bank/{page.name}" for page in MADE}
    written = [page for page in pages(authors=False) if page.path.removeprefix("docs/") not in made]
    return {question.id: question for page in written for question in directives.read(page).checkpoints}


def listed() -> list[str]:
    return [name for group in UNMODELLED.values() for name in group["questions"].split()]


# Every question is read once: with `pytest -n`, in one worker.
READING = pytest.mark.xdist_group("questions of the guide")


@READING
def test_every_question_rests_on_a_state_or_is_one_that_no_state_can_prove() -> None:
    """A new question is put into the list with a reason or gets a state; the list names none that has one or is gone."""
    questions = asked()
    resting = {
        name for name, question in questions.items() if any(each.startswith("lab:") for each in question.evidence)
    }
    assert sorted(listed()) == sorted(questions.keys() - resting)
    assert len(resting) > 215


def test_each_group_says_what_its_questions_are_about() -> None:
    assert all(group.keys() == {"because", "questions"} for group in UNMODELLED.values())
    assert all(group["because"].endswith(".") for group in UNMODELLED.values())


@READING
def test_no_question_of_another_kind_asks_what_lets_a_stopped_call_through() -> None:
    """That is what the model is for."""
    questions = asked()
    stems = {name: questions[name].stem for name in listed()}
    assert [name for name, stem in stems.items() if STOPPED_RE.search(stem) and REPAIR_RE.search(stem)] == []
