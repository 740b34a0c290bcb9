"""Others than the function: who calls it and by which door, and who else calls what the function calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.rules import policies
from reachability.rules.databases import database
from reachability.rules.names import named
from reachability.rules.services import at_endpoint, permitted, service, through_endpoint
from reachability.rules.ways import internet4, leave_subnet, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call, Rule


def _machine(call: Call) -> Iterator[str]:
    yield "machine"
    match call.more("door"):
        case "interface":
            yield "interface-one-way"
        case "api":
            yield from service(call)
        case "rest-api":
            name = yield from named(call)
            if name != "dns-endpoint":
                yield "rest-api-private"
            yield from through_endpoint(call)
        case _:
            yield "dns-public"
            yield from leave_subnet(call)
            yield from internet4(call)
            yield from reply(call)
            yield "door-public"


def _internet(call: Call) -> Iterator[str]:
    match call.more("door"):
        case "interface":
            yield "interface-one-way"
        case "rest-api":
            yield "rest-api-private"
        case door:
            yield "door-public"
            if door == "api":
                yield from policies.role(call)


def _office(call: Call) -> Iterator[str]:
    """Follow a call of the office: by VPN into the VPC, and to an endpoint there by its own name."""
    yield "office-endpoint" if call.read("interface-endpoint") == "yes" else "office-no-way"
    yield from at_endpoint(call)
    yield from permitted(call)


def _load_balancer(call: Call) -> Iterator[str]:
    if call.more("door") == "interface":
        yield "interface-one-way"
    yield "balancer-invokes" if call.more("target-group") == "same" else "balancer-other-account"


def _poller(call: Call) -> Iterator[str]:
    """Follow a poller: it reads the brokers and, on demand, invokes the function from the network of the cluster."""
    yield "poller" if call.more("mapping-network") == "named" else "poller-nowhere"
    if call.target.name == "rds":
        yield from database(call)
    elif call.more("caller") == "poller":
        yield from service(call)
    else:
        yield "poller-direct"


CALLERS: Final[dict[str, Rule]] = {
    "machine": _machine,
    "internet": _internet,
    "office": _office,
    "load-balancer": _load_balancer,
    "poller": _poller,
    "provisioned-poller": _poller,
}
