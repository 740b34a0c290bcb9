"""What is said on the way: of routes, endpoints' lines and gateways."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_TABLE = "route table of the function's subnet"
_IGW = "internet gateway"
EIGW = "https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html"

WAYS = {
    # The route inside, and to other VPCs.
    "route-local": Outcome(
        "route", _TABLE, "The local route joins all subnets of the VPC.", ("subnet-any-with-route",)
    ),
    "route-peering": Outcome(
        "route",
        _TABLE,
        "A route leads to the peered VPC, and its tables lead back.",
        ("peering-cross-account", "rds-same-vpc-or-route"),
    ),
    "route-region": Outcome(
        "route",
        _TABLE,
        "A route leads to the peered VPC of the other Region, and its tables lead back.",
        ("peering-cross-account", "sg-referencing-scope"),
    ),
    "route-no-peering": Outcome(
        "route",
        _TABLE,
        "The VPCs are peered, but no route leads to the range of the other one.",
        ("peering-cross-account", "to-symptom"),
        "timeout",
        "NO_ROUTE_TO_DESTINATION",
    ),
    # The gateway endpoint.
    "route-prefix-list": Outcome(
        "route",
        _TABLE,
        "The prefix list of {title} leads to the gateway endpoint. It is more specific than 0.0.0.0/0, so it wins.",
        ("gw-mechanics", "vpc-local-route"),
    ),
    "route4-none-endpoint-elsewhere": Outcome(
        "route",
        _TABLE,
        "The gateway endpoint is in another route table, and this one has no way out.",
        ("gw-mechanics", "to-symptom"),
        "timeout",
        "NO_ROUTE_TO_DESTINATION",
    ),
    # The way out over IPv4.
    "route4-none": Outcome(
        "route",
        _TABLE,
        "No route leads out of the VPC over IPv4.",
        ("attached-all-egress-through-vpc", "to-symptom"),
        "timeout",
        "NO_ROUTE_TO_DESTINATION",
    ),
    "route4-nat": Outcome("route", _TABLE, "0.0.0.0/0 leads to the NAT gateway.", ("nat-zonal-route-chain",)),
    "route4-nat-gone": Outcome(
        "route",
        _TABLE,
        "0.0.0.0/0 leads to a NAT gateway that is not there: the route is a blackhole.",
        ("nat-zonal-route-chain", "route-blackhole"),
        "timeout",
        "BAD_STATE_ROUTE",
    ),
    "route4-igw": Outcome("route", _TABLE, "0.0.0.0/0 leads to the internet gateway.", ("no-public-ip-ever",)),
    "route4-igw-gone": Outcome(
        "route",
        _TABLE,
        "0.0.0.0/0 leads to an internet gateway that is not there: the route is a blackhole.",
        ("no-public-ip-ever", "route-blackhole"),
        "timeout",
        "BAD_STATE_ROUTE",
    ),
    "nat-public": Outcome(
        "nat",
        "NAT gateway",
        "It sits in a public subnet, whose table leads to the internet gateway, and puts its public address on "
        "the packet.",
        ("nat-zonal-route-chain",),
    ),
    "nat-regional": Outcome(
        "nat",
        "NAT gateway",
        "It is regional: it needs no public subnet, its own table leads to the internet gateway, and it puts its "
        "public address on the packet.",
        ("nat-regional",),
    ),
    "nat-private": Outcome(
        "nat",
        "NAT gateway",
        "It sits in a private subnet, whose table does not lead to the internet gateway.",
        ("nat-zonal-route-chain", "to-symptom"),
        "timeout",
        "NO_ROUTE_TO_DESTINATION",
    ),
    "igw-nat": Outcome("igw", _IGW, "The NAT gateway's address is public.", ("igw-direct-not-usable",)),
    "igw-no-address": Outcome(
        "igw",
        _IGW,
        "The function's interface never has a public IPv4 address, so the internet gateway drops what it sends.",
        ("no-public-ip-ever", "igw-direct-not-usable"),
        "timeout",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    ),
    # The way out over IPv6.
    "route6-none": Outcome(
        "route",
        _TABLE,
        "No route leads out of the VPC over IPv6.",
        ("ipv6-eigw", "to-symptom"),
        "timeout",
        "NO_ROUTE_TO_DESTINATION",
    ),
    "route6-eigw": Outcome("route", _TABLE, "::/0 leads to the egress-only internet gateway.", ("ipv6-eigw",)),
    "eigw": Outcome(
        "eigw",
        "egress-only internet gateway",
        "It lets connections out and none in, without translation.",
        ("ipv6-eigw",),
    ),
    "route6-igw": Outcome("route", _TABLE, "::/0 leads to the internet gateway.", ("ipv6-eigw", EIGW)),
    "igw-ipv6": Outcome(
        "igw",
        _IGW,
        "An IPv6 address is public by itself, so the gateway passes it on. Lambda's documentation speaks of the "
        "egress-only gateway alone: use that one.",
        ("ipv6-eigw", EIGW),
        inference=True,
    ),
    "route6-igw-gone": Outcome(
        "route",
        _TABLE,
        "::/0 leads to an internet gateway that is not there: the route is a blackhole.",
        ("ipv6-eigw", "route-blackhole"),
        "timeout",
        "BAD_STATE_ROUTE",
    ),
}
