"""What readers call a setting, its values and a hop: the lab's page and its questions say it in these words."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Words(NamedTuple):
    """What a setting is called, and each of its values."""

    title: str
    values: Mapping[str, str]


_ON = {"on": "on", "off": "off"}

SETTINGS: Mapping[str, Words] = MappingProxyType(
    {
        "attached": Words("The function", {"yes": "attached to the VPC", "no": "not attached"}),
        "route4": Words(
            "0.0.0.0/0 of its subnet leads to",
            {"none": "nothing", "nat": "a NAT gateway", "igw": "the internet gateway"},
        ),
        "nat": Words(
            "NAT gateway",
            {
                "none": "none",
                "public": "in a public subnet",
                "private": "in a private subnet",
                "regional": "a regional one",
            },
        ),
        "igw": Words("Internet gateway of the VPC", {"yes": "attached", "no": "none"}),
        "ipv6": Words(
            "IPv6 of the function",
            {
                "off": "none, the subnet has no range",
                "subnet": "a dual-stack subnet, not allowed on the function",
                "allowed": "a dual-stack subnet, allowed on the function",
            },
        ),
        "route6": Words(
            "::/0 of its subnet leads to",
            {"none": "nothing", "eigw": "an egress-only internet gateway", "igw": "the internet gateway"},
        ),
        "egress": Words(
            "The function's group lets out",
            {
                "all": "everything",
                "target": "this target on its port, and nothing else",
                "none": "nothing",
                "other-port": "another port only",
            },
        ),
        "ingress": Words(
            "The target's group admits",
            {
                "group": "the function's group",
                "address": "the range of the function's subnet",
                "none": "nobody",
                "other-group": "another group only",
            },
        ),
        "nacl": Words(
            "Network ACLs",
            {
                "default": "all open",
                "no-ephemeral": "no replies into the function's subnet",
                "no-out": "nothing out of the function's subnet",
                "target-no-in": "nothing into the target's subnet",
            },
        ),
        "place": Words(
            "The database is in",
            {
                "same": "this VPC",
                "peered": "a peered VPC, with routes",
                "peered-no-route": "a peered VPC, without a route",
                "region": "a peered VPC of another Region, with routes",
            },
        ),
        "gateway-endpoint": Words(
            "Gateway endpoint",
            {
                "none": "none",
                "this-table": "in the function's route table",
                "other-table": "in another route table only",
            },
        ),
        "interface-endpoint": Words("Interface endpoint", {"none": "none", "yes": "one in the VPC"}),
        "private-dns": Words("Private DNS of the endpoint", _ON),
        "endpoint-policy": Words("Endpoint policy", {"full": "allows everything", "other": "allows other resources"}),
        "dns": Words("enableDnsSupport of the VPC", _ON),
        "dns-hostnames": Words("enableDnsHostnames of the VPC", _ON),
        "role-eni": Words("The role may make interfaces", {"yes": "yes", "no": "no"}),
        "role-call": Words("The role allows the call or the login", {"yes": "yes", "no": "no"}),
        "server": Words("The database", {"up": "listens on its port", "down": "does not listen"}),
    }
)

# In the order in which a call meets them.
HOPS: Mapping[str, str] = MappingProxyType(
    {
        "start": "Creating or attaching the function",
        "dns": "The lookup of the name",
        "ipv6": "IPv6 of the function",
        "egress": "The function's security group",
        "nacl-out": "The network ACL, on the way out",
        "route": "The route",
        "nat": "The NAT gateway",
        "igw": "The internet gateway",
        "eigw": "The egress-only internet gateway",
        "nacl-in": "The network ACL at the target",
        "ingress": "The target's security group",
        "reply": "The network ACL, on the way back",
        "server": "The database's port",
        "endpoint-policy": "The endpoint policy",
        "role-call": "The permission to call or log in",
    }
)


# What is code in a sentence of the model.
CODE_RE = re.compile(r"(?<![\w`])(?:enableDns\w+|Ipv6Allowed\w+|rds-db:connect|0\.0\.0\.0/0|::/0)(?![\w`])")


def said(name: str, value: str) -> str:
    """Return a setting and its value in words."""
    words = SETTINGS[name]
    return f"{words.title}: {words.values[value]}"
