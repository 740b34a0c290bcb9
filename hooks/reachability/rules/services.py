"""Calls of AWS services: public, or through an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reachability.rules import policies
from reachability.rules.names import named
from reachability.rules.ways import enter_target, internet4, internet6, is_near, is_out, leave_subnet, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call


def service(call: Call) -> Iterator[str]:
    """Follow a call of an AWS service: public, unless private DNS of an interface endpoint takes over its name."""
    name = yield from named(call)
    if name == "dns-endpoint":
        yield from through_endpoint(call)
        return
    six = call.more("dual-stack-name") == "yes" and call.read("ipv6") == "allowed"
    if six:
        yield "ipv6-on"
    yield from leave_subnet(call)
    if call.has("gateway") and call.read("gateway-endpoint") == "this-table":
        yield "route-prefix-list"
        yield from reply(call)
        yield from policies.endpoint(call)
        yield from policies.resource(call, "endpoint")
    else:
        yield from (internet6 if six else internet4)(call)
        yield from reply(call)
        yield from policies.resource(call, "other" if six or call.read("route4") == "igw" else "nat")
    yield from policies.role(call)


def through_endpoint(call: Call) -> Iterator[str]:
    """Follow a call from its name to an interface endpoint of the VPC."""
    near = is_near(call)
    yield from leave_subnet(call, near=near)
    yield "route-local"
    yield from at_endpoint(call, near=near)
    yield from reply(call, near=near)
    yield from permitted(call)


def at_endpoint(call: Call, *, near: bool = False) -> Iterator[str]:
    if is_out(call):
        yield "endpoint-down"
    yield from enter_target(call, near=near)


def permitted(call: Call) -> Iterator[str]:
    yield from policies.endpoint(call)
    yield from policies.resource(call, "endpoint")
    yield from policies.role(call)
