"""A state with one fault, and findings beside it that look wrong and stop nothing, all as the model says.

scene("rds", "egress-none", "cp-lab-rds-egress-none").change  ->  {"egress": "target"}
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from reachability.model import evaluate
from reachability.outcomes import OUTCOMES
from reachability.paths import paths
from reachability.questions.causes import CAUSES
from reachability.questions.decoys import DECOYS, Decoy
from reachability.questions.draw import is_cause, pick, place
from reachability.settings import SETTINGS, TARGETS, impossible, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reachability.paths import Path
    from reachability.settings import Settings

OTHERS = 3
# What a fault is about beside the settings of its repair.
ABOUT = {
    "route4-none": {"route4", "igw"},
    "route4-none-endpoint-elsewhere": {"route4", "igw"},
    "route4-igw-gone": {"route4", "igw"},
    "route6-igw-gone": {"route6", "igw"},
}
# What the words for a port or an action make longer or shorter.
MARGIN = 4
# Where a shorter answer is tried first one may be longer all the same: so these are more than one in four.
SELDOM = 3
FIRST_TRIED = 9
ODD = 3


class Scene(NamedTuple):
    """A state with one fault: what lets the call through, how it goes then, and what looks wrong beside the fault."""

    target: str
    key: str
    state: Settings
    change: Mapping[str, str]
    repair: str
    reads: frozenset[str]
    decoys: tuple[Decoy, ...]


def scene(target: str, key: str, name: str) -> Scene | None:
    """Return the first scene that holds what it promises."""
    stopped = [path for path in paths(target) if path.keys[-1] == key]
    mended = sorted(filter(_is_sure, paths(target)), key=lambda path: _rank(path, name))
    for change, repair in CAUSES[key].changes:
        for good, path in product(mended, stopped):
            if not _differ(good, path) <= change.keys() or not _agrees(good, change):
                continue
            if found := _made(target, key, _joined(good, path, change), (change, repair), name):
                return found
    return None


def _is_sure(path: Path) -> bool:
    """Return whether a call gets through, and no hop on its way is an inference that no answer may rest on."""
    return path.reached and "igw-ipv6" not in path.keys


def _rank(path: Path, name: str) -> tuple[bool, bool, bytes]:
    # Few settings differ from the first ones: a question is about one fault, and mostly of a function that is attached.
    odd = sum(SETTINGS[setting].default != value for setting, value in path.reads.items())
    # An ACL that holds nothing of this call back would be read as the fault.
    return (
        path.reads["attached"] == "no" or path.reads.get("nacl", "default") != "default",
        odd > ODD,
        place(name, path.reads),
    )


def _joined(good: Path, stopped: Path, change: Settings) -> Settings:
    """Return what the one path reads, as it is where the other one stops."""
    kept = {name: value for name, value in good.reads.items() if name not in change}
    return {**kept, **stopped.reads}


def _agrees(path: Path, change: Mapping[str, str]) -> bool:
    return all(path.reads.get(name, value) == value for name, value in change.items())


def _differ(one: Path, other: Path) -> set[str]:
    return {name for name in one.reads.keys() & other.reads.keys() if one.reads[name] != other.reads[name]}


def _made(target: str, key: str, reads: Settings, mend: tuple[Mapping[str, str], str], name: str) -> Scene | None:
    (change, repair), state = mend, settings(reads)
    if not _holds(target, key, state, change):
        return None
    lane = lane_of(target, {**state, **change}, key)
    turn = _in_turn(name, CAUSES[key].said if is_cause(name) else repair)
    decoys = list[Decoy]()
    # What could be said of any network comes last, but for one.
    general = [decoy for decoy in turn if decoy.is_general]
    for decoy in [decoy for decoy in turn if decoy not in general[1:]] + general[1:]:
        now = {**state, **decoy.has}
        if (
            len(decoys) < OTHERS
            and _fits(decoy, target, key, lane)
            and not _clashes(decoy, decoys, reads, change.keys() | ABOUT.get(key, set()))
            and _holds(target, key, now, change)
            and not _reaches(target, now, decoy.change)
        ):
            state = now
            decoys.append(decoy)
    # What came later must not make the repair of an earlier one do.
    if len(decoys) < OTHERS or any(_reaches(target, state, decoy.change) for decoy in decoys):
        return None
    return Scene(target, key, state, change, repair, frozenset(reads), tuple(decoys))


def _in_turn(name: str, right: str) -> list[Decoy]:
    """Return the decoys as they are tried: in some questions those first that are shorter than the right answer.

    In the others one that is longer comes first. So the longest answer is right as often as any.
    """
    turn = sorted(DECOYS, key=lambda decoy: place(name, decoy.said))
    longer = [decoy for decoy in turn if len(decoy.said if is_cause(name) else decoy.repair) > len(right) + MARGIN]
    if pick(range(SELDOM), name, "longest") == 0:
        return [*(decoy for decoy in turn if decoy not in longer), *longer]
    return sorted(turn, key=lambda decoy: decoy not in longer[:FIRST_TRIED])


def _fits(decoy: Decoy, target: str, key: str, lane: str) -> bool:
    return (
        lane in decoy.because
        and target in (decoy.targets or TARGETS)
        and OUTCOMES[key].symptom in (decoy.symptoms or {OUTCOMES[key].symptom})
    )


def _clashes(decoy: Decoy, others: Iterable[Decoy], reads: Settings, fault: set[str]) -> bool:
    """Return whether a decoy is about what the fault or another decoy is about."""
    taken = {**reads, **{name: value for other in others for name, value in other.has.items()}}
    return (
        any(taken.get(name, value) != value for name, value in decoy.has.items())
        or not fault.isdisjoint({*decoy.has, *decoy.change})
        or any(not decoy.has.keys().isdisjoint(other.has) for other in others)
        or any(decoy.row and other.row and decoy.row[0] == other.row[0] for other in others)
    )


def _holds(target: str, key: str, state: Settings, change: Mapping[str, str]) -> bool:
    """Return whether the call is stopped by the fault, and by nothing once that is mended."""
    return (
        not impossible(target, state)
        and evaluate(target, state).hops[-1].key == key
        and _reaches(target, state, change)
    )


def _reaches(target: str, state: Settings, change: Mapping[str, str]) -> bool:
    now = {**state, **change}
    return not impossible(target, now) and evaluate(target, now).reached


def lane_of(target: str, mended: Settings, key: str) -> str:
    """Return which way the call takes once it gets through."""
    if key == "start-no-role":
        return "start"
    if key.startswith("unattached"):
        return "alone" if target == "rds" else "alone-six"
    said = {hop.key for hop in evaluate(target, mended).hops}
    if "route-prefix-list" in said:
        return "gateway"
    if target == "rds":
        return "local"
    return "endpoint" if "dns-endpoint" in said else "six" if target == "api6" else "four"
