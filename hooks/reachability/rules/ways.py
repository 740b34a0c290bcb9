"""The way of a packet: out of the function's subnet, to the internet or into the target's subnet, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call

PLACES: Final = {
    "same": "route-local",
    "peered": "route-peering",
    "peered-no-route": "route-no-peering",
    "region": "route-region",
}
LINES: Final = {"vpn": "route-vpn", "peer-vpn": "route-peer-vpn", "transit-gateway": "route-transit"}


def is_near(call: Call) -> bool:
    """Return whether the target is in the function's own subnet."""
    return call.more("target-subnet") == "same"


def sent(call: Call) -> Iterator[str]:
    """Pass what Lambda lets code send."""
    if call.more("protocol") == "icmp":
        yield "protocol-icmp"


def leave_subnet(call: Call, *, near: bool = False) -> Iterator[str]:
    yield f"egress-{call.read('egress')}"
    if near:
        yield "nacl-same-subnet"
    else:
        yield "nacl-out-closed" if call.read("nacl") == "no-out" else "nacl-out-open"


def enter_target(call: Call, *, peered: bool = False, near: bool = False) -> Iterator[str]:
    if not near:
        yield "nacl-in-closed" if call.read("nacl") == "target-no-in" else "nacl-in-open"
    ingress = call.read("ingress")
    yield "ingress-group-peered" if peered and ingress == "group" else f"ingress-{ingress}"


def reply(call: Call, *, near: bool = False) -> Iterator[str]:
    if not near:
        yield "reply-closed" if call.read("nacl") == "no-ephemeral" else "reply-group"


def to_network(call: Call) -> Iterator[str]:
    """Go to the network of a private host: of the lines that match the most specific wins."""
    place = call.read("place")
    if place in {"peered", "peered-no-route"} and call.more("narrow-line") == "transit-gateway":
        yield "route-narrow"
        yield _transit(call)
    elif place == "peered" and (line := call.more("line")) != "peering":
        yield LINES[line]
        if line == "transit-gateway":
            yield _transit(call)
    else:
        yield PLACES[place]


def _transit(call: Call) -> str:
    return "transit-no-attachment" if call.more("from-zone") == "b" and call.more("parts-in") == "a" else "transit"


def is_out(call: Call) -> bool:
    """Return whether what stands in one zone alone is down with it."""
    return call.more("outage") == "a" and call.more("parts-in") == "a"


def internet4(call: Call) -> Iterator[str]:
    match call.read("route4"):
        case "none" if call.has("gateway") and call.read("gateway-endpoint") == "other-table":
            yield "route4-none-endpoint-elsewhere"
        case "none":
            yield "route4-none"
        case "igw":
            yield {"yes": "route4-igw", "no": "route4-igw-gone"}[call.read("igw")]
            yield from _own_address(call)
        case _ if call.read("nat") == "none":
            yield "route4-nat-gone"
        case _:
            yield "route4-nat"
            yield "nat-down" if is_out(call) else f"nat-{call.read('nat')}"
            yield "bpa-both" if call.more("block-public-access") == "bidirectional" else "igw-nat"


def _own_address(call: Call) -> Iterator[str]:
    """Leave by the internet gateway, which takes who has a public address: a machine may, an interface of Lambda never."""
    if call.more("function-kind") == "usual":
        yield "igw-no-address"
    elif call.more("subnet-addresses") == "private":
        yield "igw-private-instance"
    else:
        yield "igw-instance" if call.more("block-public-access") == "off" else "bpa-igw"


def internet6(call: Call) -> Iterator[str]:
    closed = call.more("block-public-access")
    match call.read("route6"):
        case "none":
            yield "route6-none"
        case "eigw":
            yield "route6-eigw"
            yield "bpa-both" if closed == "bidirectional" else "eigw"
        case _:
            yield {"yes": "route6-igw", "no": "route6-igw-gone"}[call.read("igw")]
            yield "igw-ipv6" if closed == "off" else "bpa-igw"
