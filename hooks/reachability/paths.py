"""Every way the rules can go, each as the settings that it read: the rules run once for each, and nothing is guessed.

paths("api6")  ->  ..., ({"attached": "yes", "role-eni": "yes", ..., "route6": "eigw"}, ("start-attached", ...)), ...
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reachability.model import walk
from reachability.outcomes import EVERY_OUTCOME
from reachability.settings import EVERY, FURTHER, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Path(NamedTuple):
    """``reads`` in the order in which they were read; ``keys`` of what the hops said."""

    reads: Mapping[str, str]
    keys: tuple[str, ...]

    @property
    def reached(self) -> bool:
        return EVERY_OUTCOME[self.keys[-1]].allowed


class Recorder:
    """Answers from a script and, where the script ends, with the first value; remembers what was asked.

    A further setting that is not in ``opened`` has its first value, and was not asked.
    """

    def __init__(self, script: Mapping[str, str], opened: Sequence[str] = ()) -> None:
        self._script, self._opened = script, opened
        self.reads: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name in FURTHER and name not in self._opened:
            return FURTHER[name].default
        return self.reads.setdefault(name, self._script.get(name, EVERY[name].default))


@cache
def paths(target: str, opened: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Return every path of the rules for ``target``; together they cover all settings, and no two overlap.

    The further settings have their first value, but for those that are ``opened``.
    """
    return tuple(_explore(target, {}, opened))


def _explore(target: str, script: Mapping[str, str], opened: tuple[str, ...]) -> Iterator[Path]:
    recorder = Recorder(script, opened)
    keys = tuple(walk(TARGETS[target], recorder, recorder))
    yield Path(recorder.reads, keys)
    # Whatever was read beyond the script could have answered otherwise: each answer is a path of its own.
    prefix = dict(script)
    for name, value in list(recorder.reads.items())[len(script) :]:
        for other in EVERY[name].values:
            if other != value:
                yield from _explore(target, prefix | {name: other}, opened)
        prefix[name] = value
