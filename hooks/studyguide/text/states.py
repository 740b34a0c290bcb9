"""The states that answers rest on: ``docs/lab/states.yml`` -> what the network model is asked, and what is said of it.

endpoint-default-group:
  state: secrets interface-endpoint=yes ingress=other-group     as on the command line of the model
  answers:
    its group admits its own members only: ingress              words of an option: what they claim
    the function's group lets nothing out: egress

A claim is ``reached`` or ``blocked``; a symptom, such as ``timeout``; the hop that blocks, such as ``ingress``; or a
change that lets the call through, such as ``nat=public route4=nat``. ``over nat`` and ``without nat`` say which way a call
gets through. Behind a change each of these is said of the state with that change: ``endpoint-policy=full reached``.
``of`` names the left side of a pair or the row of a table, where the answers are about one of them, and ``column`` a
column of that table. Steps in an order have ``order`` in place of answers: the hop of each, which the call has to meet in
that order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar, get_args

import yaml
from reachability.model import evaluate
from reachability.outcomes import EVERY_OUTCOME, Symptom
from reachability.settings import ImpossibleError, UnknownError, settings, target_named

from studyguide.model import Position, Problem
from studyguide.near import did_you_mean
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reachability.model import Verdict

T = TypeVar("T")
REACHED, BLOCKED = "reached", "blocked"
OVER, WITHOUT = "over", "without"
ANSWERS, ORDER = "answers", "order"
FIELDS = ("state", ANSWERS, ORDER, "of", "column")
HOPS = frozenset(outcome.hop for outcome in EVERY_OUTCOME.values())
SYMPTOMS = frozenset(get_args(Symptom)) - {"none"}
CLAIMS = (REACHED, BLOCKED, *sorted(HOPS | SYMPTOMS))
NAMED = "Write words before the colon, in quotes if they begin with a bracket."
EXAMPLE = "Write the state as `python -m reachability` takes it, such as `rds egress=none`."


class Claim(NamedTuple):
    """Words of an answer, what they claim, and whether the model makes that true."""

    words: str
    said: str
    holds: bool


class Step(NamedTuple):
    """Words of a step, and the hop that it is about."""

    words: str
    hop: str


@dataclass(frozen=True, slots=True)
class State:
    """A state, what the model says of it, and what answers claim."""

    name: str
    position: Position
    verdict: Verdict
    answers: tuple[Claim, ...]
    of: str = ""
    column: str = ""
    order: tuple[Step, ...] = ()

    @property
    def met(self) -> list[str]:
        """The hops that the call comes by, in this order."""
        return [hop.outcome.hop for hop in self.verdict.hops]


class Fault(NamedTuple):
    """What is wrong with an entry, how to mend it, and with which part of it, if it is one."""

    message: str
    fix: str
    part: yaml.Node | None = None


class WrongError(ValueError):
    """An entry that is no state: its argument is the fault."""

    def problem(self, at: Position) -> Problem:
        """Return the problem, at the part that is wrong."""
        message, fix, part = self.args[0]
        return Problem(_at(part, at.path) if part else at, "LAB001", message, fix)

    def within(self, part: yaml.Node) -> WrongError:
        """Return the same of a part of the entry, where it is of no smaller one."""
        message, fix, inner = self.args[0]
        return WrongError(Fault(message, fix, inner or part))


def read(text: str, path: str) -> tuple[list[State] | None, list[Problem]]:
    """Return the states and what is wrong with them; None where the file cannot be read."""
    return entries(text, path, _state)


def entries(
    text: str, path: str, made: Callable[[str, yaml.Node, Position], T]
) -> tuple[list[T] | None, list[Problem]]:
    """Return what is made of each entry of such a file, and what is wrong; None where it cannot be read."""
    try:
        root = quickyaml.compose(text)
    except (yaml.YAMLError, ValueError):
        reason, line, column, fix = quickyaml.fault(text)
        return None, [Problem(Position(path, line + 1, column + 1), "LAB001", f"This file is not YAML: {reason}.", fix)]
    if root is not None and not isinstance(root, yaml.MappingNode):
        message, fix = "This file is not a mapping of names to their fields.", "Write `name:` and its fields under it."
        return None, [Problem(Position(path), "LAB001", message, fix)]
    found, places, problems = list[T](), dict[str, Position](), list[Problem]()
    for key, body in root.value if root else ():
        name, at = str(key.value), _at(key, path)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(at, "LAB001", "The name of this entry is no text.", NAMED))
            continue
        if name in places:
            message = f"`{name}` is there twice, first at {places[name]}."
            problems.append(Problem(at, "LAB001", message, "Keep one of them."))
            continue
        places[name] = at
        try:
            found.append(made(name, body, at))
        except WrongError as wrong:
            problems.append(wrong.problem(at))
    return found, problems


def fields(name: str, body: yaml.Node, known: Sequence[str]) -> dict[str, str]:
    """Return the fields of an entry that are texts, each on one line."""
    values = dict(_pairs(body))
    if unknown := [key for key in values if key not in known]:
        fix = f"{did_you_mean(unknown[0], known)}Fields are {', '.join(known)}."
        raise WrongError(Fault(f"`{unknown[0]}` is no field of `{name}`.", fix, _key(body, unknown[0])))
    texts = {key: value for key, value in values.items() if key not in {ANSWERS, ORDER}}
    return {key: _text(name, value) for key, value in texts.items()}


def _text(name: str, value: yaml.Node) -> str:
    """Return a text of an entry, on one line."""
    if not isinstance(value, yaml.ScalarNode):
        raise WrongError(Fault(f"A field of `{name}` is no text.", "Write its value on the same line.", value))
    return " ".join(value.value.split())


def _state(name: str, body: yaml.Node, at: Position) -> State:
    said, parts = fields(name, body, FIELDS), dict(_pairs(body))
    written, steps = _claims(name, parts.get(ANSWERS)), _claims(name, parts.get(ORDER))
    if not said.get("state") or bool(written) == bool(steps):
        has = f"both `{ANSWERS}` and `{ORDER}`" if written else f"neither `{ANSWERS}` nor `{ORDER}`"
        has = has if said.get("state") else "no `state`"
        raise WrongError(
            Fault(f"The state `{name}` has {has}.", f"Every state has state and either {ANSWERS} or {ORDER}.")
        )
    target, _, rest = said["state"].partition(" ")
    try:
        verdict = asked(name, target, changes(name, rest))
    except WrongError as wrong:
        raise wrong.within(parts["state"]) from wrong
    answers = tuple(_claim(name, words, claim, verdict, said["state"]) for words, claim in written)
    return State(name, at, verdict, answers, said.get("of", ""), said.get("column", ""), _steps(name, steps))


def _claims(name: str, body: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    """Return words of answers, each with what they claim, which is a text."""
    found = list(_pairs(body))
    for words, claim in found:
        if not _text(name, claim):
            fix = f"Claims are {', '.join(CLAIMS)}."
            raise WrongError(Fault(f"`{words}` of `{name}` claims nothing.", fix, claim))
    return found


def _claim(name: str, words: str, claim: yaml.Node, verdict: Verdict, state: str) -> Claim:
    target, _, rest = state.partition(" ")
    said = _text(name, claim)
    try:
        return Claim(words, said, _holds(name, said, verdict, target, rest))
    except WrongError as wrong:
        raise wrong.within(claim) from wrong


def _steps(name: str, written: Sequence[tuple[str, yaml.Node]]) -> tuple[Step, ...]:
    steps = tuple(Step(words, _text(name, hop)) for words, hop in written)
    for step, (_, node) in zip(steps, written, strict=True):
        if step.hop not in HOPS:
            fix = f"{did_you_mean(step.hop, HOPS)}Hops are {', '.join(sorted(HOPS))}."
            raise WrongError(Fault(f"`{step.hop}` in the order of the state `{name}` is no hop.", fix, node))
    return steps


def _key(body: yaml.Node, name: str) -> yaml.Node:
    """Return the key of a field that is there."""
    key: yaml.Node = next(key for key, _ in body.value if key.value == name)
    return key


def _at(node: yaml.Node, path: str) -> Position:
    return Position(path, node.start_mark.line + 1, node.start_mark.column + 1)


def _pairs(body: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in body.value if isinstance(body, yaml.MappingNode) else ():
        if not isinstance(key, yaml.ScalarNode):
            raise WrongError(Fault(f"A name in line {key.start_mark.line + 1} is no text.", NAMED, key))
        yield str(key.value), value


def changes(name: str, words: str) -> dict[str, str]:
    """Return settings that are written as on the command line."""
    pairs = [word.partition("=") for word in words.split()]
    if wrong := [word for word, equals, _ in pairs if not equals]:
        raise WrongError(Fault(f"`{wrong[0]}` of `{name}` is no setting.", EXAMPLE))
    if again := [word for word, count in Counter(word for word, _, _ in pairs).items() if count > 1]:
        raise WrongError(Fault(f"`{again[0]}` of `{name}` is set twice.", "Keep one of the two."))
    return {word: value for word, _, value in pairs}


def asked(name: str, target: str, given: Mapping[str, str]) -> Verdict:
    """Return what the model says; a state that cannot be is a fault of the entry."""
    try:
        return evaluate(target_named(target).name, settings(given))
    except (UnknownError, ImpossibleError) as error:
        raise WrongError(Fault(f"The state of `{name}` is none: {error}", EXAMPLE)) from error


def _holds(name: str, claim: str, verdict: Verdict, target: str, rest: str) -> bool:
    """Return whether the model makes a claim true."""
    words = [word for word in claim.split() if "=" not in word]
    made = " ".join(word for word in claim.split() if "=" in word)
    after = asked(name, target, changes(name, rest) | changes(name, made)) if made else verdict
    if words:
        return _is_so(name, " ".join(words), after)
    # What gets through anyhow needs no change.
    return not verdict.reached and after.reached


def _is_so(name: str, claim: str, verdict: Verdict) -> bool:
    way, _, hop = claim.partition(" ")
    if way in {OVER, WITHOUT} and hop in HOPS:
        return verdict.reached and (hop in {each.outcome.hop for each in verdict.hops}) == (way == OVER)
    if claim not in CLAIMS:
        raise WrongError(
            Fault(
                f"`{claim}` is nothing that an answer of the state `{name}` may claim.",
                f"{did_you_mean(claim, CLAIMS)}Claims are {', '.join(CLAIMS)}, a way such as `over nat` or `without nat`, "
                "and a change such as `egress=all`.",
            )
        )
    if claim in {REACHED, BLOCKED}:
        return verdict.reached == (claim == REACHED)
    return claim in {verdict.blocked_at, verdict.symptom}
