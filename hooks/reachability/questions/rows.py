"""The settings of a state as a table shows them: the part of the network, and what an engineer would find there."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reachability.settings import Settings

ROWS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "attached": ("Subnets of the function", {"yes": "`app-a` and `app-b`", "no": "none, it is not attached"}),
        "role-eni": ("Actions for EC2, execution role", {"yes": "the six for interfaces", "no": "none"}),
        "dns": ("`enableDnsSupport`", {"on": "true", "off": "false"}),
        "dns-hostnames": ("`enableDnsHostnames`", {"on": "true", "off": "false"}),
        "ipv6": (
            "IPv6",
            {
                "off": "no range in the subnet",
                "subnet": "range in the subnet, `Ipv6AllowedForDualStack` false",
                "allowed": "range in the subnet, `Ipv6AllowedForDualStack` true",
            },
        ),
        "egress": (
            "Lambda-SG, outbound",
            {"all": "all traffic", "target": "TCP {port}", "none": "no rule", "other-port": "TCP 5432"},
        ),
        "ingress": (
            "{group}, inbound",
            {
                "group": "TCP {port} from Lambda-SG",
                "address": "TCP {port} from `10.0.1.0/24`, where the function is",
                "none": "no rule",
                "other-group": "TCP {port} from App-SG",
            },
        ),
        "nacl": (
            "Network ACLs",
            {
                "default": "the default ones",
                "no-ephemeral": "`app-a`: out all, in TCP 443 from anywhere",
                "no-out": "`app-a`: out no rule, in all",
                "target-no-in": "`app-a`: the default one; at the {place}: in no rule, out all",
            },
        ),
        "route4": (
            "`0.0.0.0/0` in the function's table",
            {"none": "no such line", "nat": "to `nat-0a1`", "igw": "to `igw-0c3`"},
        ),
        "nat": (
            "NAT gateway",
            {
                "none": "`nat-0a1`, deleted",
                "public": "`nat-0a1`, in a subnet that routes to `igw-0c3`",
                "private": "`nat-0a1`, in a subnet with the local route alone",
                "regional": "`nat-0a1`, regional",
            },
        ),
        "igw": ("Internet gateway of the VPC", {"yes": "`igw-0c3`", "no": "none"}),
        "route6": (
            "`::/0` in the function's table",
            {"none": "no such line", "eigw": "to `eigw-0e5`", "igw": "to `igw-0c3`"},
        ),
        "gateway-endpoint": (
            "Gateway endpoint for {gateway}",
            {"none": "none", "this-table": "in the function's table", "other-table": "in the table of `data-a`"},
        ),
        "interface-endpoint": (
            "Interface endpoint for {interface}",
            {"none": "none", "yes": "available, in `data-a`"},
        ),
        "private-dns": ("Private DNS of the endpoint", {"on": "on", "off": "off"}),
        "endpoint-policy": ("Policy of the endpoint", {"full": "allows all", "other": "allows another resource"}),
        "place": (
            "VPC of the database",
            {
                "same": "the function's",
                "peered": "peered, with routes both ways",
                "peered-no-route": "peered; `10.8.0.0/16` is in no table of the function",
                "region": "peered, in another Region, with routes both ways",
            },
        ),
        "server": ("Database", {"up": "available, port {port}", "down": "available, port 3307"}),
        "role-call": ("Actions for the call, execution role", {"yes": "`{action}`", "no": "none"}),
    }
)


def rows(
    names: Iterable[str], state: Settings, more: Iterable[tuple[str, str]], words: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of a table with these settings, in the order of the call, and then the others."""
    shown = {name: ROWS[name] for name in ROWS if name in set(names)}
    yield from ("| Part | State |", "| --- | --- |")
    for name, (part, values) in shown.items():
        yield f"| {part} | {values[state[name]]} |".format_map(words)
    for part, value in more:
        yield f"| {part} | {value} |".format_map(words)
