"""Mistakes in the network model itself: a hop that stops a call lets it through, or one that lets it through stops it.

    "igw-no-address": Outcome(..., ("no-public-ip-ever",), "timeout", ...)   ->   Outcome(..., ("no-public-ip-ever",), "none", ...)

Whatever rests on a state in which that decides has to be named: the answer is as it was, and the model says another thing.
"""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

from reachability.outcomes import EVERY_OUTCOME
from reachability.rules import journey
from reachability.settings import TARGETS, settings, value_of
from studyguide.model import Position
from studyguide.text.source import Source

from mutate.mutant import Kind, Mutant
from mutate.original import Edit
from mutate.states import Written, named, said, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.original import Original

FOLDER = "hooks/reachability/outcomes/"
# An outcome without a symptom, which comes after four other values, lets the call through.
BEFORE_SYMPTOM = 4


class Rule(NamedTuple):
    """An outcome as it is written: its key, its line, and the edit that turns it round."""

    key: str
    line: int
    edit: Edit


def _rules(original: Original) -> Iterator[Rule]:
    for path in original.files:
        if path.startswith(FOLDER):
            source = Source(path, original.text(path))
            for node in ast.walk(ast.parse(source.text)):
                if isinstance(node, ast.Dict):
                    pairs = zip(node.keys, node.values, strict=True)
                    yield from (
                        _rule(source, key, value) for key, value in pairs if key and isinstance(value, ast.Call)
                    )


def _rule(source: Source, key: ast.expr, value: ast.Call) -> Rule:
    name = str(ast.literal_eval(key))
    start = _end(source, value.args[BEFORE_SYMPTOM - 1])
    end = _end(source, value.args[BEFORE_SYMPTOM]) if len(value.args) > BEFORE_SYMPTOM else start
    symptom = "timeout" if EVERY_OUTCOME[name].allowed else "none"
    return Rule(name, key.lineno, Edit(source.path, start, end, f', "{symptom}"'))


def _end(source: Source, node: ast.expr) -> int:
    return source.offset(node.end_lineno or node.lineno) + (node.end_col_offset or 0)


class Way(NamedTuple):
    """The outcomes on the way of a call, by the rules alone: what the check makes of one is tried here."""

    keys: tuple[str, ...]
    steps: frozenset[str]

    @classmethod
    def of(cls, state: Written) -> Self:
        read = partial(value_of, settings(state.given))
        return cls(tuple(journey(TARGETS[state.target], read, read)), frozenset(state.steps))

    def is_said_otherwise(self, turned: str) -> bool:
        """Return whether the outcome decides what is said: whether the call gets there, or to each step."""
        return not self._met(turned) >= self.steps if self.steps else self._reaches() != self._reaches(turned)

    def _reaches(self, turned: str = "") -> bool:
        return all(EVERY_OUTCOME[key].allowed != (key == turned) for key in self.keys)

    def _met(self, turned: str) -> set[str]:
        met = set()
        for key in self.keys:
            met.add(EVERY_OUTCOME[key].hop)
            if EVERY_OUTCOME[key].allowed == (key == turned):
                break
        return met


def rule_turned(original: Original) -> Iterator[Mutant]:
    """Yield the outcomes of which answers depend, turned round."""
    ways = {state.name: Way.of(state) for state in written(original)}
    questions = [(ways[name], found) for name, found in named(original) if name in ways]
    for rule in _rules(original):
        expected = {found.id: said(found) for way, found in questions if way.is_said_otherwise(rule.key)}
        if expected:
            at = Position(rule.edit.path, rule.line)
            change = f"the outcome `{rule.key}` of the network model was turned round"
            yield Mutant(at, change, original.apply([rule.edit]), tuple(expected.values()))


# Each takes a process of its own, which has kept nothing. The tests of the model turn every rule round.
KINDS = (Kind("rule-turned", rule_turned, most=6),)
