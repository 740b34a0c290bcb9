"""Calls of a private host, in this VPC or beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reachability.rules.login import served
from reachability.rules.names import named
from reachability.rules.ways import enter_target, internet4, is_near, leave_subnet, reply, sent, to_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call


def database(call: Call) -> Iterator[str]:
    name = yield from named(call)
    yield from sent(call)
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
    yield from served(call)
