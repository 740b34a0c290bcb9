"""Settings -> verdict: the hops of the call up to the first that blocks, and what the code would see.

evaluate("api4", settings(route4="igw"))  ->  not reached, blocked at "igw", symptom "timeout"
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reachability.outcomes import EVERY_OUTCOME
from reachability.rules import journey
from reachability.rules.call import untouched
from reachability.settings import refuse_impossible, target_named, value_of

if TYPE_CHECKING:
    from reachability.outcomes import Outcome, Symptom
    from reachability.rules.call import Read
    from reachability.settings import Settings, Target

TEXTS: dict[Symptom, str] = {
    "none": "",
    "timeout": "Task timed out after 3.00 seconds",
    "dns": "socket.gaierror: [Errno -3] Temporary failure in name resolution",
    "refused": "ConnectionRefusedError: [Errno 111] Connection refused",
    "cannot-start": "InvalidParameterValueException: The provided execution role does not have permissions to call "
    "CreateNetworkInterface on EC2",
    "unreachable": "OSError: [Errno 97] Address family not supported by protocol",
}
# The SDK wraps a failed lookup.
SERVICE_DNS = 'EndpointConnectionError: Could not connect to the endpoint URL: "https://{host}/"'
ENDPOINT_DENIED = " because no VPC endpoint policy allows the action"


@dataclass(frozen=True, slots=True)
class Hop:
    """One station of the call. ``outcome`` holds what it said, ``because`` the same for this target."""

    key: str
    outcome: Outcome
    because: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the call gets there. A hop that blocks is the last one."""

    target: Target
    hops: tuple[Hop, ...]

    @property
    def reached(self) -> bool:
        return self.hops[-1].outcome.allowed

    @property
    def blocked_at(self) -> str | None:
        return None if self.reached else self.hops[-1].outcome.hop

    @property
    def symptom(self) -> Symptom:
        return self.hops[-1].outcome.symptom

    @property
    def text(self) -> str:
        """What the code, its log or the deployment would show."""
        return text(self.target, self.hops[-1].outcome)


def text(target: Target, outcome: Outcome) -> str:
    """Return what the code, its log or the deployment would show of the last hop."""
    if outcome.text:
        return outcome.text
    if outcome.symptom == "denied":
        return target.denied + (ENDPOINT_DENIED if outcome.hop == "endpoint-policy" else "")
    if outcome.symptom == "dns" and "service" in target.tags:
        return SERVICE_DNS.format(host=target.host)
    return TEXTS[outcome.symptom]


def evaluate(target: str, settings: Settings) -> Verdict:
    """Return what becomes of a call; raises `ImpossibleError` for settings that cannot be at the same time."""
    called = target_named(target)
    refuse_impossible(target, settings)
    return Verdict(called, hops(called, settings))


def hops(target: Target, settings: Settings) -> tuple[Hop, ...]:
    """Return the hops up to the first that blocks, for settings that are known to be possible."""
    read = partial(value_of, settings)
    return tuple(_hop(key, target) for key in walk(target, read, read))


def walk(target: Target, read: Read, more: Read = untouched) -> list[str]:
    """Return the keys of the outcomes up to the first that blocks; ``more`` reads the further settings."""
    keys = []
    for key in journey(target, read, more):
        keys.append(key)
        if not EVERY_OUTCOME[key].allowed:
            break
    return keys


def _hop(key: str, target: Target) -> Hop:
    outcome = EVERY_OUTCOME[key]
    return Hop(key, outcome, outcome.because.format(title=target.title, port=target.port))
