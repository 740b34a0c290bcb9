"""The way of a packet: out of the function's subnet, to the internet or into the target's subnet, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call


def leave_subnet(call: Call) -> Iterator[str]:
    yield f"egress-{call.read('egress')}"
    yield "nacl-out-closed" if call.read("nacl") == "no-out" else "nacl-out-open"


def enter_target(call: Call, *, peered: bool = False) -> Iterator[str]:
    yield "nacl-in-closed" if call.read("nacl") == "target-no-in" else "nacl-in-open"
    ingress = call.read("ingress")
    yield "ingress-group-peered" if peered and ingress == "group" else f"ingress-{ingress}"


def reply(call: Call) -> Iterator[str]:
    yield "reply-closed" if call.read("nacl") == "no-ephemeral" else "reply-group"


def internet4(call: Call) -> Iterator[str]:
    match call.read("route4"):
        case "none" if call.has("gateway") and call.read("gateway-endpoint") == "other-table":
            yield "route4-none-endpoint-elsewhere"
        case "none":
            yield "route4-none"
        case "igw":
            yield {"yes": "route4-igw", "no": "route4-igw-gone"}[call.read("igw")]
            yield "igw-no-address"
        case _ if call.read("nat") == "none":
            yield "route4-nat-gone"
        case _:
            yield "route4-nat"
            yield f"nat-{call.read('nat')}"
            yield "igw-nat"


def internet6(call: Call) -> Iterator[str]:
    match call.read("route6"):
        case "none":
            yield "route6-none"
        case "eigw":
            yield "route6-eigw"
            yield "eigw"
        case _:
            yield {"yes": "route6-igw", "no": "route6-igw-gone"}[call.read("igw")]
            yield "igw-ipv6"
