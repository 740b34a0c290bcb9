"""The missions of the lab: ``docs/lab/missions.yml`` -> where each begins, what may be changed, and what to compare.

database:
  state: rds ingress=none        where it begins: the call is stopped
  offers: ingress egress nacl    the settings that a reader may change; no combination of them is impossible
  contrast: ingress=group        the one change that lets the call through, beside the state
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from reachability.settings import SETTINGS, impossible, settings

from studyguide.text import states
from studyguide.text.states import Fault, WrongError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml
    from reachability.settings import Settings

    from studyguide.model import Position, Problem

FIELDS = ("state", "offers", "contrast")


@dataclass(frozen=True, slots=True)
class Mission:
    """Where a mission begins, which settings it offers, and the change that its contrast makes."""

    name: str
    target: str
    start: Settings
    offers: tuple[str, ...]
    contrast: Settings

    def states(self) -> Iterator[Settings]:
        """Yield every state that a reader can choose."""
        for values in product(*(SETTINGS[name].values for name in self.offers)):
            yield {**self.start, **dict(zip(self.offers, values, strict=True))}


def read(text: str, path: str) -> tuple[list[Mission] | None, list[Problem]]:
    """Return the missions and what is wrong with them; None where the file cannot be read."""
    return states.entries(text, path, _mission)


def _mission(name: str, body: yaml.Node, _at: Position) -> Mission:
    said = states.fields(name, body, FIELDS)
    if missing := [field for field in FIELDS if not said.get(field)]:
        raise WrongError(
            Fault(f"The mission `{name}` has no `{missing[0]}`.", f"Every mission has {', '.join(FIELDS)}.")
        )
    target, _, rest = said["state"].partition(" ")
    given, contrast, offers = states.changes(name, rest), states.changes(name, said["contrast"]), said["offers"].split()
    before = states.asked(name, target, given)
    if unknown := [each for each in (*offers, *given, *contrast) if each not in SETTINGS]:
        raise WrongError(
            Fault(f"`{unknown[0]}` in the mission `{name}` is no setting.", f"Known: {', '.join(SETTINGS)}.")
        )
    if again := [each for each in offers if offers.count(each) > 1]:
        raise WrongError(Fault(f"The mission `{name}` offers `{again[0]}` twice.", "Keep one of the two."))
    mission = Mission(name, target, settings(given), tuple(offers), contrast)
    if before.reached or not states.asked(name, target, given | contrast).reached or len(contrast) != 1:
        message = f"The contrast of the mission `{name}` is none: it has to let a call through that is stopped, by one change."
        raise WrongError(Fault(message, "Begin with a state that is stopped, and write one `name=value`."))
    if never := next((rule for state in mission.states() for rule in impossible(target, state)), None):
        message = f"The mission `{name}` offers what cannot be: {never.because}"
        raise WrongError(Fault(message, "Offer fewer settings."))
    return mission
