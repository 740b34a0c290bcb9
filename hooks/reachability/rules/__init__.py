"""The hops of a call, in the order in which the call meets them.

A rule reads settings by name and yields keys of outcomes; whoever follows stops at the first that blocks. So the order
of reading is the order of checking, and a setting that is never read cannot matter. No rule reads behind a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.rules.call import Call, untouched
from reachability.rules.names import look_up
from reachability.rules.ways import enter_target, internet4, internet6, leave_subnet, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Read, Rule
    from reachability.setting import Target

PLACES: Final = {
    "same": "route-local",
    "peered": "route-peering",
    "peered-no-route": "route-no-peering",
    "region": "route-region",
}
SERVERS: Final = {"multi-az": "server-moved", "aurora": "server-reader"}


def journey(target: Target, read: Read, more: Read = untouched) -> Iterator[str]:
    """Yield what each hop says to a call of ``target``."""
    call = Call(target, read, more)
    if read("attached") == "no":
        yield "start-unattached"
        yield from UNATTACHED.get(target.name, _unattached_public)(call)
        return
    yield {"yes": "start-attached", "no": "start-no-role"}[read("role-eni")]
    yield from ATTACHED.get(target.name, _service)(call)


def _unattached_database(_call: Call) -> Iterator[str]:
    yield "unattached-name"
    yield "unattached-private"


def _unattached_ipv6(_call: Call) -> Iterator[str]:
    yield "unattached-ipv6"


def _unattached_public(call: Call) -> Iterator[str]:
    yield "unattached-public"
    yield from _allowed(call)


def _database(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield from leave_subnet(call)
    yield PLACES[call.read("place")]
    yield from enter_target(call, peered=call.read("place") == "peered")
    yield from reply(call)
    yield f"server-{call.read('server')}"
    if call.more("address") == "kept" and call.more("failover") != "none":
        yield SERVERS[call.more("failover")]
    yield {"yes": "login-allowed", "no": "login-denied"}[call.read("role-call")]


def _service(call: Call) -> Iterator[str]:
    """Follow a call of an AWS service: public, unless private DNS of an interface endpoint takes over its name."""
    said = list(look_up(call))
    yield from said
    yield from leave_subnet(call)
    if said[-1] == "dns-endpoint":
        yield "route-local"
        yield from enter_target(call)
    elif call.has("gateway") and call.read("gateway-endpoint") == "this-table":
        yield "route-prefix-list"
    else:
        yield from internet4(call)
        yield from reply(call)
        yield from _allowed(call)
        return
    yield from reply(call)
    yield f"policy-{call.read('endpoint-policy')}"
    yield from _allowed(call)


def _public4(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield from leave_subnet(call)
    yield from internet4(call)
    yield from reply(call)


def _public6(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield {"off": "ipv6-off", "subnet": "ipv6-not-allowed", "allowed": "ipv6-on"}[call.read("ipv6")]
    yield from leave_subnet(call)
    yield from internet6(call)
    yield from reply(call)


def _allowed(call: Call) -> Iterator[str]:
    """Only calls of AWS are a matter of the role; a public API knows nothing of it."""
    if call.has("service"):
        yield {"yes": "call-allowed", "no": "call-denied"}[call.read("role-call")]


ATTACHED: Final[dict[str, Rule]] = {"rds": _database, "api4": _public4, "api6": _public6}
UNATTACHED: Final[dict[str, Rule]] = {"rds": _unattached_database, "api6": _unattached_ipv6}
