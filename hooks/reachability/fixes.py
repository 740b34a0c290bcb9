"""The smallest changes that let a blocked call through, and every blocker at once.

fixes("api4", settings())  ->  ({"attached": "no"}, {"route4": "nat", "nat": "public"})

A fix is minimal: leave out any part of it, and the call stays blocked. None is written down anywhere: each is the
difference between the settings and a path of the rules that gets there. `blockers` follows "Debugging Network
Reachability With Blocked Paths" (CAV 2021): not only the first hop that blocks, but each that must change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reachability.cost import monthly
from reachability.model import evaluate, hops, walk
from reachability.paths import Recorder, paths
from reachability.settings import EVERY, TARGETS, impossible, opened, value_of
from reachability.settings import settings as default

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reachability.model import Hop
    from reachability.paths import Path
    from reachability.settings import Settings

Fix = dict[str, str]
DEFAULTS = default()


class Blocker(NamedTuple):
    """A hop that blocks, and the changes that get the call past it."""

    hop: Hop
    changes: Fix


def fixes(target: str, settings: Settings) -> tuple[Fix, ...]:
    """Return every minimal fix, the fewest changes first, then the cheapest; one for each set of names."""
    if evaluate(target, settings).reached:
        return ()
    return _smallest(target, ((path, settings) for path in paths(target, opened(settings))), settings)


def repairs(target: str, met: Settings) -> tuple[Fix, ...]:
    """Return the same for a call that was stopped and met these settings, where nothing that it has not met stops it."""
    ways = ((path, {**DEFAULTS, **path.reads, **met}) for path in paths(target) if path.reached)
    return _smallest(target, ways, {**DEFAULTS, **met})


def _smallest(target: str, ways: Iterable[tuple[Path, Settings]], settings: Settings) -> tuple[Fix, ...]:
    """Return the smallest of the fixes that ways of a call lead to, each from the settings that it sets out from."""
    found: dict[frozenset[tuple[str, str]], Fix] = {}
    tried = ((path, before, _changes(path, before)) for path, before in ways)
    for path, before, changes in sorted(tried, key=lambda each: len(each[2] or ())):
        # What holds all of a smaller fix, and more, comes to nothing smaller.
        if changes is not None and not any(other < changes.items() for other in found):
            found |= {frozenset(fix.items()): fix for fix in _possible(target, before, changes, path.reads)}
    minimal = [fix for parts, fix in found.items() if not any(other < parts for other in found)]
    chosen: dict[frozenset[str], Fix] = {}
    for fix in sorted(minimal, key=lambda fix: _rank(fix, settings)):
        chosen.setdefault(frozenset(fix), fix)
    return tuple(chosen.values())


def _changes(path: Path, settings: Settings) -> Fix | None:
    """Return the changes that lead a call along a path, None if it does not get through there."""
    if not path.reached:
        return None
    changes = {name: value for name, value in path.reads.items() if value_of(settings, name) != value}
    there = all(value in EVERY[name].others(value_of(settings, name)) for name, value in changes.items())
    return changes if there else None


def _possible(target: str, settings: Settings, changes: Fix, reads: Settings) -> Iterator[Fix]:
    """Yield the changes, with whatever else AWS demands for them; what the path read must stay as it was read."""
    broken = impossible(target, {**settings, **changes})
    if not broken:
        yield changes
        return
    for name in broken[0].when.keys() - reads.keys() - changes.keys():
        for value in EVERY[name].others(value_of(settings, name)):
            if value not in broken[0].when[name]:
                yield from _possible(target, settings, changes | {name: value}, reads)


def _rank(fix: Fix, settings: Settings) -> tuple[int, float, list[tuple[int, int]]]:
    names = list(EVERY)
    order = sorted((names.index(name), EVERY[name].values.index(value)) for name, value in fix.items())
    return len(fix), monthly({**settings, **fix}), order


def blockers(target: str, settings: Settings) -> tuple[Blocker, ...]:
    """Return each hop that blocks on the way of the smallest fix, with what has to change there.

    A fix that keeps the function attached (or not) comes before one that does not: leaving the VPC hides its faults.
    """
    offered = fixes(target, settings)
    if not offered:
        return ()
    fix = min(offered, key=lambda fix: ("attached" in fix, offered.index(fix)))
    return tuple(_along(target, dict(settings), fix))


def _along(target: str, now: dict[str, str], fix: Fix) -> Iterator[Blocker]:
    """Yield the blockers in the order of the call, each once the ones before it are mended."""
    left = dict(fix)
    while left:
        hop, changes = _blocked(target, now), Fix()
        while (last := _blocked(target, now)).outcome.hop == hop.outcome.hop and not last.outcome.allowed:
            name = _read_last(target, now, left)
            changes[name] = now[name] = left.pop(name)
        for name in _demanded(target, now) & left.keys():
            changes[name] = now[name] = left.pop(name)
        yield Blocker(hop, changes)


def _demanded(target: str, now: Settings) -> set[str]:
    """Return the names that AWS wants changed, though no packet comes by them."""
    return {name for rule in impossible(target, now) for name in rule.when}


def _blocked(target: str, now: Settings) -> Hop:
    return hops(TARGETS[target], now)[-1]


def _read_last(target: str, now: Settings, names: Mapping[str, str]) -> str:
    """Return which of the names the call came by last: the one that stopped it."""
    recorder = Recorder(now, opened(now))
    walk(TARGETS[target], recorder, recorder)
    return next(name for name in reversed(recorder.reads) if name in names)
