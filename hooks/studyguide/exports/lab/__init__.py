"""The lab: marks in pages -> a network to change, every hop of a call and why, without a script.

<!-- studyguide: mission database -->   ->  the settings that it offers, what do you expect, run the call
<!-- studyguide: free play -->          ->  the same with every setting and target

``lab/choices.css`` shows the branches of what is checked; ``lab/graph.json`` is what they were made of, for others.
"""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reachability import words
from reachability.cost import ITEMS, items
from reachability.fixes import fixes, repairs
from reachability.graph import build, dumps
from reachability.outcomes import OUTCOMES
from reachability.paths import paths
from reachability.questions import question_of
from reachability.settings import SETTINGS, TARGETS

from studyguide.exports.lab import branches, figure
from studyguide.text.comments import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reachability.fixes import Fix
    from reachability.settings import Settings

    from studyguide.text.missions import Mission

GRAPH, SHEET = "lab/graph.json", "lab/choices.css"
FREE = "free"
NOTHING: Settings = MappingProxyType({})
MARK_RE = re.compile(written(r"(?:mission (?P<name>\S+)|free play)"))


class Lab(NamedTuple):
    """The content of the pages that have a mark, by their paths, and the files that they need."""

    contents: dict[str, str]
    files: dict[str, str]


def lab(pages: Mapping[str, str], missions: Iterable[Mission]) -> Lab:
    """Return the pages with what they have marks for; without a page that has one nothing is made."""
    known = {mission.name: mission for mission in missions}
    contents = {path: _filled(content, known) for path, content in pages.items() if MARK_RE.search(content)}
    return Lab(contents, {GRAPH: _dumped(), SHEET: branches.sheet()} if contents else {})


def _filled(content: str, known: Mapping[str, Mission]) -> str:
    """Return a page's content with its labs; one that is there twice has its ids from the first, and is a problem."""
    there = set[str | None]()

    def put(mark: re.Match[str]) -> str:
        name = mark["name"]
        if name in there or not (name is None or name in known):
            return mark.group()
        there.add(name)
        return free_play() if name is None else mission_html(known[name])

    return MARK_RE.sub(put, content).replace("</reach-lab>", f"{figure.template()}</reach-lab>", 1)


@cache
def _graph() -> dict[str, Any]:
    return build()


@cache
def _dumped() -> str:
    return dumps(_graph())


@cache
def free_play() -> str:
    """Return every setting and target."""
    target = _radios(FREE, "target", "Call", {name: target.title for name, target in TARGETS.items()}, checked="rds")
    settings = "".join(
        branches.branch("target", _read_by(name), _setting(FREE, name, SETTINGS[name].default)) for name in SETTINGS
    )
    hops = "".join(
        branches.branch("target", [name], branches.hops(_graph(), target, NOTHING, partial(_repair, name)))
        for name, target in TARGETS.items()
    )
    cost = "".join(
        branches.branch(item.name, item.values, f"<p>{_price(item.what, item.month, item.gigabyte)}</p>")
        for item in ITEMS
    )
    cost += "<p>What is not listed is not charged by the hour.</p>"
    run = branches.impossible() + _hops(hops)
    return _html(FREE, target + settings, expected=_expected(FREE, _stops(TARGETS)), run=run, cost=cost)


def _read_by(name: str) -> list[str]:
    """Return the targets for which a setting matters."""
    return [target for target in TARGETS if any(name in path.reads for path in paths(target))]


def mission_html(mission: Mission) -> str:
    """Return a mission's settings, and what is said of each choice."""
    target = TARGETS[mission.target]
    fixed = {name: value for name, value in mission.start.items() if name not in mission.offers}
    settings = "".join(_setting(mission.name, name, mission.start[name]) for name in mission.offers)
    hops = branches.hops(_graph(), target, fixed)
    cost = branches.chosen(mission.offers, mission.start, _cost)
    fix = branches.chosen(mission.offers, mission.start, lambda state: _fix(mission.target, tuple(state.items())))
    more = f"{_contrast(mission)}<details><summary>Smallest fix</summary><div>{fix}</div></details>"
    stops = _stops([mission.target])
    asked = {hop: question_of(mission.target, key) for hop, key in stops.items()}
    expected = _kept(mission.target, fixed) + _expected(mission.name, stops, asked)
    return _html(mission.name, settings, expected=expected, run=_hops(hops) + more, cost=cost)


def _hops(items: str) -> str:
    return f'<div class="sg-lab__hops" role="list" aria-label="Hops of the call">{items}</div>'


def _html(name: str, settings: str, *, expected: str, run: str, cost: str) -> str:
    return (
        f'<reach-lab class="sg-lab" id="lab-{name}"><div class="sg-lab__set">{settings}</div>{expected}'
        f'<details class="sg-lab__run"><summary>Run the call</summary>{run}<div class="sg-lab__cost">'
        f"<p><b>Cost of this network by the month</b>, in each zone and before traffic:</p>{cost}</div></details></reach-lab>"
    )


def _setting(lab: str, name: str, value: str) -> str:
    return _radios(lab, name, words.SETTINGS[name].title, words.SETTINGS[name].values, checked=value)


def _expected(lab: str, stops: Mapping[str, str], asked: Mapping[str, str] | None = None) -> str:
    """Return what a reader can expect: that it works, or a stop; and which question asks about it."""
    values = {"": "It works", **{hop: title for hop, title in words.HOPS.items() if hop in stops}}
    return _radios(lab, "expect", "Predict: what becomes of the call?", values, asked=asked or NOTHING)


def _radios(
    lab: str, name: str, title: str, values: Mapping[str, str], *, checked: str | None = None, asked: Settings = NOTHING
) -> str:
    """Return one choice; a value is written with its name, so that styles can tell it from another setting's."""
    items = ""
    for value, label in values.items():
        more = " checked" if value == checked else f' data-question="{asked[value]}"' if value in asked else ""
        box = f'<input type="radio" name="{lab}:{name}" value="{name}={value}"{more}>'
        items += f"<label>{box} <span>{escape(label, quote=False)}</span></label>"
    return f'<fieldset class="sg-lab__choice"><legend>{escape(title, quote=False)}</legend>{items}</fieldset>'


def _kept(target: str, fixed: Settings) -> str:
    """Return what a mission does not offer and the call depends on."""
    read = {name for path in paths(target) for name in path.reads}
    said = "".join(f"<li>{escape(words.said(name, fixed[name]), quote=False)}</li>" for name in fixed if name in read)
    return f'<details class="sg-lab__kept"><summary>What stays as it is</summary><ul>{said}</ul></details>'


def _stops(targets: Iterable[str]) -> dict[str, str]:
    """Return each hop that can stop a call of these targets, with what it says the first time."""
    keys = sorted({path.keys[-1] for target in targets for path in paths(target) if not path.reached})
    return {OUTCOMES[key].hop: key for key in reversed(keys)}


def _contrast(mission: Mission) -> str:
    (name, value), before = next(iter(mission.contrast.items())), mission.start
    return (
        f'<p class="sg-lab__pair"><b>The pair that decides.</b> With <i>{escape(words.said(name, before[name]))}</i> the call '
        f"is stopped. With <i>{escape(words.said(name, value))}</i> and nothing else changed, it gets through.</p>"
    )


@cache
def _fix(target: str, state: tuple[tuple[str, str], ...]) -> str:
    found = fixes(target, dict(state))
    if not found:
        return "<p>There is nothing to mend: the call gets through.</p>"
    return f"<p>Each of these is enough, and nothing of it can be left out:</p>{_listed(found)}"


def _repair(target: str, met: Settings) -> str:
    """Return what mends a stop of free play, where no state is known but what the call has met."""
    words = "Each of these mends all that the call has met, and nothing of it can be left out. Then run it again."
    return f"<details><summary>Smallest fix</summary><p>{words}</p>{_listed(repairs(target, met))}</details>"


def _listed(found: Sequence[Fix]) -> str:
    items = "".join(f"<li>{'; '.join(escape(words.said(*pair)) for pair in fix.items())}</li>" for fix in found[:3])
    return f"<ul>{items}</ul>"


def _cost(state: Settings) -> str:
    found = items(state)
    if not found:
        return "<p>Nothing in it is charged by the hour.</p>"
    return "".join(f"<p>{_price(item.what, item.month, item.gigabyte)}</p>" for item in found)


def _price(what: str, month: float, gigabyte: float) -> str:
    price = f"{month:.2f} USD, and {gigabyte:g} USD a gigabyte" if month else "no charge"
    return f"{what[0].upper()}{what[1:]}: {price}."
