"""The hops of a call, in the order in which the call meets them.

A rule reads settings by name and yields keys of outcomes; whoever follows stops at the first that blocks. So the order
of reading is the order of checking, and a setting that is never read cannot matter. No rule reads behind a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reachability.settings import Target

    Read = Callable[[str], str]
    Rule = Callable[[Target, Read], Iterator[str]]

PLACES: Final = {
    "same": "route-local",
    "peered": "route-peering",
    "peered-no-route": "route-no-peering",
    "region": "route-region",
}


def journey(target: Target, read: Read) -> Iterator[str]:
    """Yield what each hop says to a call of ``target``."""
    if read("attached") == "no":
        yield "start-unattached"
        yield from UNATTACHED.get(target.name, _unattached_public)(target, read)
        return
    yield {"yes": "start-attached", "no": "start-no-role"}[read("role-eni")]
    if read("dns") == "off":
        yield "dns-off"
    yield from ATTACHED.get(target.name, _service)(target, read)


def _unattached_database(_target: Target, _read: Read) -> Iterator[str]:
    yield "unattached-name"
    yield "unattached-private"


def _unattached_ipv6(_target: Target, _read: Read) -> Iterator[str]:
    yield "unattached-ipv6"


def _unattached_public(target: Target, read: Read) -> Iterator[str]:
    yield "unattached-public"
    yield from _call(target, read)


def _database(_target: Target, read: Read) -> Iterator[str]:
    yield "dns-database"
    yield from _leave_subnet(read)
    yield PLACES[read("place")]
    yield from _enter_target(read, peered=read("place") == "peered")
    yield from _reply(read)
    yield f"server-{read('server')}"
    yield {"yes": "login-allowed", "no": "login-denied"}[read("role-call")]


def _service(target: Target, read: Read) -> Iterator[str]:
    """Follow a call of an AWS service: public, unless private DNS of an interface endpoint takes over its name."""
    name = _service_name(read)
    yield name
    yield from _leave_subnet(read)
    if name == "dns-endpoint":
        yield "route-local"
        yield from _enter_target(read)
    elif "gateway" in target.tags and read("gateway-endpoint") == "this-table":
        yield "route-prefix-list"
    else:
        yield from _internet4(target, read)
        yield from _reply(read)
        yield from _call(target, read)
        return
    yield from _reply(read)
    yield f"policy-{read('endpoint-policy')}"
    yield from _call(target, read)


def _service_name(read: Read) -> str:
    if read("interface-endpoint") == "none":
        return "dns-public"
    if read("private-dns") == "off":
        return "dns-endpoint-unused"
    return {"on": "dns-endpoint", "off": "dns-no-hostnames"}[read("dns-hostnames")]


def _public4(target: Target, read: Read) -> Iterator[str]:
    yield "dns-public"
    yield from _leave_subnet(read)
    yield from _internet4(target, read)
    yield from _reply(read)


def _public6(_target: Target, read: Read) -> Iterator[str]:
    yield "dns-public"
    yield {"off": "ipv6-off", "subnet": "ipv6-not-allowed", "allowed": "ipv6-on"}[read("ipv6")]
    yield from _leave_subnet(read)
    yield from _internet6(read)
    yield from _reply(read)


def _leave_subnet(read: Read) -> Iterator[str]:
    yield f"egress-{read('egress')}"
    yield "nacl-out-closed" if read("nacl") == "no-out" else "nacl-out-open"


def _enter_target(read: Read, *, peered: bool = False) -> Iterator[str]:
    yield "nacl-in-closed" if read("nacl") == "target-no-in" else "nacl-in-open"
    ingress = read("ingress")
    yield "ingress-group-peered" if peered and ingress == "group" else f"ingress-{ingress}"


def _reply(read: Read) -> Iterator[str]:
    yield "reply-closed" if read("nacl") == "no-ephemeral" else "reply-group"


def _internet4(target: Target, read: Read) -> Iterator[str]:
    match read("route4"):
        case "none" if "gateway" in target.tags and read("gateway-endpoint") == "other-table":
            yield "route4-none-endpoint-elsewhere"
        case "none":
            yield "route4-none"
        case "igw":
            yield {"yes": "route4-igw", "no": "route4-igw-gone"}[read("igw")]
            yield "igw-no-address"
        case _ if read("nat") == "none":
            yield "route4-nat-gone"
        case _:
            yield "route4-nat"
            yield f"nat-{read('nat')}"
            yield "igw-nat"


def _internet6(read: Read) -> Iterator[str]:
    match read("route6"):
        case "none":
            yield "route6-none"
        case "eigw":
            yield "route6-eigw"
            yield "eigw"
        case _:
            yield {"yes": "route6-igw", "no": "route6-igw-gone"}[read("igw")]
            yield "igw-ipv6"


def _call(target: Target, read: Read) -> Iterator[str]:
    """Only calls of AWS are a matter of the role; a public API knows nothing of it."""
    if "service" in target.tags:
        yield {"yes": "call-allowed", "no": "call-denied"}[read("role-call")]


ATTACHED: Final[dict[str, Rule]] = {"rds": _database, "api4": _public4, "api6": _public6}
UNATTACHED: Final[dict[str, Rule]] = {"rds": _unattached_database, "api6": _unattached_ipv6}
