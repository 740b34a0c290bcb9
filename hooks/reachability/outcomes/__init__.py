"""Everything that a hop can say: whether it lets the call through, why, and where that is written.

The rules name an outcome by its key; this is the only place that holds words. ``code`` is an explanation code of VPC
Reachability Analyzer where one fits. A source is a key of the guide's list of sources, or an address of documentation.
``inference`` marks what follows from the sources and stands in none of them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from reachability.outcomes.access import ACCESS
from reachability.outcomes.arrival import ARRIVAL
from reachability.outcomes.beyond import BEYOND
from reachability.outcomes.callers import CALLERS
from reachability.outcomes.departure import DEPARTURE
from reachability.outcomes.names import NAMES
from reachability.outcomes.outcome import Outcome, Symptom
from reachability.outcomes.ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

# In the order in which a call meets them.
OUTCOMES: Mapping[str, Outcome] = MappingProxyType({**DEPARTURE, **WAYS, **ARRIVAL})
# With what is said only where a further setting is not at its default.
EVERY_OUTCOME: Mapping[str, Outcome] = MappingProxyType({**OUTCOMES, **NAMES, **BEYOND, **ACCESS, **CALLERS})

__all__ = ["EVERY_OUTCOME", "OUTCOMES", "Outcome", "Symptom"]
