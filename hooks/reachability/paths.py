"""Every way the rules can go, each as the settings that it read: the rules run once for each, and nothing is guessed.

paths("api6")  ->  ..., ({"attached": "yes", "role-eni": "yes", ..., "route6": "eigw"}, ("start-attached", ...)), ...
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reachability.model import walk
from reachability.outcomes import OUTCOMES
from reachability.settings import SETTINGS, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Path(NamedTuple):
    """``reads`` in the order in which they were read; ``keys`` of what the hops said."""

    reads: Mapping[str, str]
    keys: tuple[str, ...]

    @property
    def reached(self) -> bool:
        return OUTCOMES[self.keys[-1]].allowed


class Recorder:
    """Answers from a script and, where the script ends, with the first value; remembers what was asked."""

    def __init__(self, script: Mapping[str, str]) -> None:
        self._script = script
        self.reads: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        return self.reads.setdefault(name, self._script.get(name, SETTINGS[name].default))


@cache
def paths(target: str) -> tuple[Path, ...]:
    """Return every path of the rules for ``target``; together they cover all settings, and no two overlap."""
    return tuple(_explore(target, {}))


def _explore(target: str, script: Mapping[str, str]) -> Iterator[Path]:
    recorder = Recorder(script)
    keys = tuple(walk(TARGETS[target], recorder))
    yield Path(recorder.reads, keys)
    # Whatever was read beyond the script could have answered otherwise: each answer is a path of its own.
    prefix = dict(script)
    for name, value in list(recorder.reads.items())[len(script) :]:
        for other in SETTINGS[name].values:
            if other != value:
                yield from _explore(target, prefix | {name: other})
        prefix[name] = value
