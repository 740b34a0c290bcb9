"""Mistakes in what the network model is asked for an answer: a state, a key and words that are others."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from reachability.model import evaluate
from reachability.settings import settings
from studyguide.model import Position

from mutate.mutant import Expected, Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.model import Verdict

    from mutate.original import Found, Original

STATES = "lab/states.yml"
STATE_RE = re.compile(r"^(?P<name>[\w-]+):\n  state: (?P<target>\w+)(?P<settings>[^\n]*)\n", re.MULTILINE)
WORDS_RE = re.compile(r"^  (?:answers|order):\n    (?P<words>[^\n]+): ", re.MULTILINE)
EVIDENCE_RE = re.compile(r"lab:(?P<name>[\w-]+)")
INSIDE_RE = re.compile(r"^  ")
STEP_RE = re.compile(r"^\d+\. ")
MARK_RE = re.compile(r"(?<=^- \[)[ xX](?=\])")


class Written(NamedTuple):
    """A state as it is written: its name, the first line of it, and what was found of it."""

    name: str
    line: int
    match: re.Match[str]

    @property
    def target(self) -> str:
        return self.match["target"]

    @property
    def given(self) -> dict[str, str]:
        """The settings that are not the default."""
        return dict(word.split("=") for word in self.match["settings"].split())

    @property
    def steps(self) -> list[str]:
        """The hops that have to stand in an order, where the state is of one."""
        first, *lines = takewhile(INSIDE_RE.match, self.match.string[self.match.end() :].split("\n"))
        return [line.rpartition(": ")[2] for line in lines] if first == "  order:" else []

    def verdict(self, *, changed: bool) -> Verdict:
        """Return what the model says of it, or of the same target without its settings."""
        return evaluate(self.target, settings({} if changed else self.given))


def written(original: Original) -> list[Written]:
    """Return every state, in the order of the file."""
    text = original.text(original.prefix + STATES)
    return [Written(match["name"], text.count("\n", 0, match.start()) + 1, match) for match in STATE_RE.finditer(text)]


def named(original: Original) -> Iterator[tuple[str, Found]]:
    """Yield each question that rests on a state, with the state's name."""
    for found in original.named("checkpoint"):
        if "evidence" in found.block.options:
            line = original.sources[found.path].lines[found.line("evidence") - 1]
            yield from ((match["name"], found) for match in EVIDENCE_RE.finditer(line))


def said(found: Found) -> Expected:
    """Return that an answer of the question has to be reported, whichever."""
    return Expected(("LAB002",), found.path, tuple(line.number for line in found.body))


def state_changed(original: Original) -> Iterator[Mutant]:
    """Yield states that lose their settings, where the model says something else then."""
    path, questions = original.prefix + STATES, dict(named(original))
    for state in written(original):
        before, after = state.verdict(changed=False), state.verdict(changed=True)
        if state.name not in questions or (before.blocked_at, before.reached) == (after.blocked_at, after.reached):
            continue
        files = original.apply([original.lines(path, state.line + 1, state.line + 1, [f"  state: {state.target}"])])
        change = f"the state `{state.name}` lost its settings"
        yield Mutant(Position(path, state.line + 1), change, files, (said(questions[state.name]),))


def key_turned(original: Original) -> Iterator[Mutant]:
    """Yield questions that rest on a state and have their marks turned round."""
    for _, found in named(original):
        lines = original.sources[found.path].lines
        turned = {
            line.number: MARK_RE.sub(lambda mark: "x" if mark[0] == " " else " ", lines[line.number - 1])
            for line in found.body
            if MARK_RE.search(lines[line.number - 1])
        }
        if turned:
            files = original.apply(original.lines(found.path, number, number, [new]) for number, new in turned.items())
            change = f"the marks of `{found.id}` were turned round"
            yield Mutant(Position(found.path, found.first), change, files, (said(found),))


def order_turned(original: Original) -> Iterator[Mutant]:
    """Yield questions that rest on the order of hops, with their steps from the last to the first."""
    for _, found in named(original):
        lines = original.sources[found.path].lines
        steps = [line.number for line in found.body if STEP_RE.match(lines[line.number - 1])]
        texts = [STEP_RE.sub("", lines[number - 1]) for number in reversed(steps)]
        if steps:
            files = original.apply(
                original.lines(found.path, number, number, [f"{place}. {text}"])
                for place, (number, text) in enumerate(zip(steps, texts, strict=True), 1)
            )
            change = f"the steps of `{found.id}` were turned round"
            yield Mutant(Position(found.path, found.first), change, files, (said(found),))


def state_unknown(original: Original) -> Iterator[Mutant]:
    for name, found in named(original):
        line = found.line("evidence")
        text = original.sources[found.path].lines[line - 1]
        files = original.apply(
            [original.lines(found.path, line, line, [text.replace(f"lab:{name}", f"lab:{name}-gone")])]
        )
        change = f"the state `{name}` became `{name}-gone`"
        yield Mutant(Position(found.path, line), change, files, (expect("LAB004", found.path, line),))


def state_unnamed(original: Original) -> Iterator[Mutant]:
    path = original.prefix + STATES
    for state in written(original):
        new = [f"{state.name}-too:", "  state: rds", "  answers:", "    It connects: reached"]
        files = original.apply([original.lines(path, state.line, state.line - 1, new)])
        change = f"a state that nothing rests on was put before `{state.name}`"
        yield Mutant(Position(path, state.line), change, files, (expect("LAB005", path, state.line),))


def setting_unknown(original: Original) -> Iterator[Mutant]:
    path = original.prefix + STATES
    for state in written(original):
        text = state.match[0].split("\n")[1]
        files = original.apply([original.lines(path, state.line + 1, state.line + 1, [f"{text} rout4=nat"])])
        change = f"the state `{state.name}` got the setting `rout4`"
        yield Mutant(Position(path, state.line + 1), change, files, (expect("LAB001", path, state.line + 1),))


def words_changed(original: Original) -> Iterator[Mutant]:
    path, questions = original.prefix + STATES, dict(named(original))
    text = original.text(path)
    for state in written(original):
        match = WORDS_RE.search(text, state.match.end())
        if match and state.name in questions:
            found, line = questions[state.name], text.count("\n", 0, match.start("words")) + 1
            old = text.split("\n")[line - 1]
            new = '    "Nobody says so"' + old[match.end("words") - match.start() - match[0].index("    ") :]
            files = original.apply([original.lines(path, line, line, [new])])
            change = f"words of the state `{state.name}` became others"
            yield Mutant(Position(path, line), change, files, (expect("LAB003", found.path, found.line("evidence")),))


KINDS = (
    Kind("state-changed", state_changed),
    Kind("state-key-turned", key_turned),
    Kind("state-order-turned", order_turned),
    Kind("state-unknown", state_unknown),
    Kind("state-unnamed", state_unnamed),
    Kind("state-setting-unknown", setting_unknown),
    Kind("state-words-changed", words_changed),
)
