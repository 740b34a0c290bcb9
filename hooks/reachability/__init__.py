"""Say whether a function reaches a target, and what stops it.

Settings of a function and its VPC -> every hop of a call, allowed or blocked because, and the smallest fixes:

    evaluate("rds", settings(egress="none")).blocked_at  ->  "egress"

In reading order:

    settings   what can be set, its values, what cannot be at the same time
    further    more of them, for what few networks have; neither the lab nor templates have them
    never      which of those cannot be at the same time
    outcomes   everything a hop can say: why it lets the call through or stops it, with the sources
    rules      the hops of a call, in the order in which the call meets them
    model      settings -> verdict
    paths      every way the rules can go, found by running them
    fixes      the smallest changes that let a call through, found by evaluating; every blocker at once
    cost       what a network costs by the month
    graph      the rules as a decision graph, for a page that holds no rule of its own
    words      what readers call a setting, its values and a hop
    questions  every way in which a call can be stopped, as questions of the guide's bank
    template   a CloudFormation or SAM template -> the settings of each call; the one part that needs PyYAML
    cli        `python -m reachability`

Pure Python, no dependencies beside that one. Not modelled are several subnets with different tables, a part of the ephemeral ports,
and what lies behind a proxy; the questions of the guide that are about something else stand in
`tests/reachability/unmodelled.yml`. A fix changes a further setting only where that is not at its default.
"""

from reachability.fixes import Blocker, Fix, blockers, fixes
from reachability.model import Verdict, evaluate
from reachability.settings import SETTINGS, TARGETS, ImpossibleError, Settings, UnknownError, settings

__all__ = [
    "SETTINGS",
    "TARGETS",
    "Blocker",
    "Fix",
    "ImpossibleError",
    "Settings",
    "UnknownError",
    "Verdict",
    "blockers",
    "evaluate",
    "fixes",
    "settings",
]
