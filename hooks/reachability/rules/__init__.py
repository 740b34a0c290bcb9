"""The hops of a call, in the order in which the call meets them.

A rule reads settings by name and yields keys of outcomes; whoever follows stops at the first that blocks. So the order
of reading is the order of checking, and a setting that is never read cannot matter. No rule reads behind a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.rules.call import Call, untouched
from reachability.rules.names import look_up
from reachability.rules.ways import (
    enter_target,
    internet4,
    internet6,
    is_near,
    is_out,
    leave_subnet,
    reply,
    to_network,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from reachability.rules.call import Read, Rule
    from reachability.setting import Target

IPV6: Final = {"off": "ipv6-off", "subnet": "ipv6-not-allowed", "allowed": "ipv6-on"}
SERVERS: Final = {"multi-az": "server-moved", "aurora": "server-reader"}


def journey(target: Target, read: Read, more: Read = untouched) -> Iterator[str]:
    """Yield what each hop says to a call of ``target``."""
    call = Call(target, read, more)
    if read("attached") == "no":
        yield "start-unattached"
        yield from _sent(call)
        yield from UNATTACHED.get(target.name, _unattached_public)(call)
        return
    yield from _start(call)
    yield from _sent(call)
    yield from ATTACHED.get(target.name, _service)(call)


def _start(call: Call) -> Iterator[str]:
    if call.more("function-kind") == "usual":
        yield {"yes": "start-attached", "no": "start-no-role"}[call.read("role-eni")]
    else:
        yield "start-instances"
    if call.more("outage") == call.more("from-zone"):
        yield "zone-down"


def _sent(call: Call) -> Iterator[str]:
    if call.more("protocol") == "icmp":
        yield "protocol-icmp"


def _unattached_database(call: Call) -> Iterator[str]:
    if call.more("public-database") == "yes":
        yield "unattached-name-public"
        yield "unattached-public"
        yield "ingress-public"
    yield "unattached-name"
    yield "unattached-private"


def _unattached_ipv6(_call: Call) -> Iterator[str]:
    yield "unattached-ipv6"


def _unattached_public(call: Call) -> Iterator[str]:
    yield "unattached-public"
    if call.more("mail") != "no":
        yield "mail-blocked"
    if call.more("allow-list") != "none":
        yield "list-other-address"
    yield from _allowed(call)


def _database(call: Call) -> Iterator[str]:
    name = yield from _named(call)
    if call.more("private-host") == "efs":
        yield "mount-none" if call.more("from-zone") == "b" and call.more("parts-in") == "a" else "mount-target"
    near = is_near(call)
    yield from leave_subnet(call, near=near)
    if name == "dns-database-public":
        yield from internet4(call)
        yield "ingress-public"
    yield from to_network(call)
    yield from enter_target(call, peered=call.read("place") == "peered", near=near)
    if call.more("allow-list") == "interface" and call.more("interface") == "replaced":
        yield "list-old-address"
    yield from reply(call, near=near)
    if call.more("answer") == "fragments":
        yield "answer-fragments"
    yield from _served(call)


def _served(call: Call) -> Iterator[str]:
    """Arrive at the server and log in."""
    yield f"server-{call.read('server')}"
    if call.more("address") == "kept" and call.more("failover") != "none":
        yield SERVERS[call.more("failover")]
    yield {"yes": "login-allowed", "no": "login-denied"}[call.read("role-call")]


def _named(call: Call) -> Generator[str, None, str]:
    """Look the name up; return what was said last."""
    said = list(look_up(call))
    yield from said
    return said[-1]


def _service(call: Call) -> Iterator[str]:
    """Follow a call of an AWS service: public, unless private DNS of an interface endpoint takes over its name."""
    name = yield from _named(call)
    near = name == "dns-endpoint" and is_near(call)
    six = call.more("dual-stack-name") == "yes" and call.read("ipv6") == "allowed"
    if six:
        yield "ipv6-on"
    yield from leave_subnet(call, near=near)
    if name == "dns-endpoint":
        yield "route-local"
        if is_out(call):
            yield "endpoint-down"
        yield from enter_target(call, near=near)
    elif call.has("gateway") and call.read("gateway-endpoint") == "this-table":
        yield "route-prefix-list"
    else:
        yield from (internet6 if six else internet4)(call)
        yield from reply(call)
        yield from _allowed(call)
        return
    yield from reply(call, near=near)
    yield f"policy-{call.read('endpoint-policy')}"
    yield from _allowed(call)


def _public4(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield from leave_subnet(call)
    yield from internet4(call)
    if (mail := call.more("mail")) != "no":
        yield "mail-lifted" if mail == "lifted" and call.read("route4") == "nat" else "mail-blocked"
    yield from reply(call)
    if (listed := call.more("allow-list")) != "none":
        yield "list-address" if listed == "nat-a" and _is_by_nat_of_a(call) else "list-other-address"


def _is_by_nat_of_a(call: Call) -> bool:
    return call.read("route4") == "nat" and "a" in (call.more("from-zone"), call.more("parts-in"))


def _public6(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield IPV6[call.read("ipv6")]
    yield from leave_subnet(call)
    yield from internet6(call)
    yield from reply(call)


def _allowed(call: Call) -> Iterator[str]:
    """Only calls of AWS are a matter of the role; a public API knows nothing of it."""
    if call.has("service"):
        yield {"yes": "call-allowed", "no": "call-denied"}[call.read("role-call")]


ATTACHED: Final[dict[str, Rule]] = {"rds": _database, "api4": _public4, "api6": _public6}
UNATTACHED: Final[dict[str, Rule]] = {"rds": _unattached_database, "api6": _unattached_ipv6}
