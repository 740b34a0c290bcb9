"""What can stop a call, as an answer says it, and the smallest change that mends it: in words, for one target or for all.

The model says whether a change mends anything, and a test that it does.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cause(NamedTuple):
    """How an answer calls a hop that stops the call, and each change that may mend it: the first that does is meant."""

    said: str
    changes: tuple[tuple[Mapping[str, str], str], ...]


_NAT = ({"route4": "nat", "nat": "public"}, "A default route to a NAT gateway in a public subnet")
_ENDPOINTS = (
    ({"gateway-endpoint": "this-table"}, "A gateway endpoint, in the function's routes"),
    ({"interface-endpoint": "yes"}, "An interface endpoint that admits Lambda-SG"),
)
_EIGW = ({"route6": "eigw"}, "A line for `::/0`, to an egress-only internet gateway")

CAUSES: Mapping[str, Cause] = MappingProxyType(
    {
        "start-no-role": Cause(
            "The execution role lacks EC2 actions",
            (({"role-eni": "yes"}, "The six EC2 actions on the execution role"),),
        ),
        "unattached-private": Cause(
            "The function is outside that network",
            (({"attached": "yes"}, "Subnets of the database's VPC, in the function's settings"),),
        ),
        "unattached-ipv6": Cause(
            "The function has no network with IPv6",
            (
                (
                    {"attached": "yes", "ipv6": "allowed", "route6": "eigw"},
                    "Dual-stack subnets, IPv6 allowed, an egress-only gateway",
                ),
            ),
        ),
        "dns-off": Cause(
            "The resolver of the VPC does not answer",
            (({"dns": "on"}, "`enableDnsSupport` turned on for the VPC"),),
        ),
        "ipv6-off": Cause(
            "The function's subnet has no IPv6 range",
            (({"ipv6": "allowed"}, "A dual-stack subnet, and IPv6 allowed on the function"),),
        ),
        "ipv6-not-allowed": Cause(
            "`Ipv6AllowedForDualStack` is not set",
            (({"ipv6": "allowed"}, "`Ipv6AllowedForDualStack`, set on the function"),),
        ),
        "egress-none": Cause(
            "Lambda-SG does not let the call out",
            (({"egress": "target"}, "An outbound rule on Lambda-SG, for port {port}"),),
        ),
        "egress-other-port": Cause(
            "Lambda-SG lets out another port",
            (({"egress": "target"}, "Port {port} in the outbound rules of Lambda-SG"),),
        ),
        "nacl-out-closed": Cause(
            "The ACL of `app-a` holds the packet back",
            (({"nacl": "default"}, "An outbound rule for port {port}, in the ACL of `app-a`"),),
        ),
        "route-no-peering": Cause(
            "The function's table does not lead to the other VPC",
            (({"place": "peered"}, "A line for the other VPC's range, in the function's table"),),
        ),
        "route4-none": Cause("The function's routes lead nowhere outside", (*_ENDPOINTS, _NAT)),
        "route4-none-endpoint-elsewhere": Cause(
            "The endpoint is missing in the function's routes",
            (({"gateway-endpoint": "this-table"}, "The endpoint, in the function's routes too"),),
        ),
        "route4-nat-gone": Cause(
            "The default route leads to a deleted gateway",
            (({"nat": "public"}, "Another NAT gateway for the default route"),),
        ),
        "route4-igw-gone": Cause(
            "The default route leads to a gateway that is gone",
            (
                *_ENDPOINTS,
                (
                    {"route4": "nat", "nat": "public", "igw": "yes"},
                    "A route to a NAT gateway, behind an internet gateway",
                ),
            ),
        ),
        "nat-private": Cause(
            "The NAT gateway itself has no way out",
            (({"nat": "public"}, "A public subnet for the NAT gateway"),),
        ),
        "igw-no-address": Cause(
            "The interface has no public address",
            (({"route4": "nat"}, "A default route to the NAT gateway"), _NAT),
        ),
        "route6-none": Cause("The function's table has no line for `::/0`", (_EIGW,)),
        "route6-igw-gone": Cause("The line for `::/0` leads to a gateway that is gone", (_EIGW,)),
        "nacl-in-closed": Cause(
            "The ACL at the {place} keeps the packet out",
            (({"nacl": "default"}, "An inbound rule for port {port}, in the ACL at the {place}"),),
        ),
        "ingress-none": Cause(
            "{group} has no rule that admits the call",
            (({"ingress": "group"}, "An inbound rule on {group}, from Lambda-SG"),),
        ),
        "ingress-other-group": Cause(
            "{group} admits callers of another group",
            (({"ingress": "group"}, "Lambda-SG as a source in the inbound rules of {group}"),),
        ),
        "reply-closed": Cause(
            "The ACL of `app-a` drops the answers",
            (({"nacl": "default"}, "An inbound rule for 1024-65535, in the ACL of `app-a`"),),
        ),
        "server-down": Cause(
            "The database listens on another port", (({"server": "up"}, "Port {port} in the settings of the database"),)
        ),
        "login-denied": Cause(
            "The role may not log in to the database",
            (({"role-call": "yes"}, "`rds-db:connect` for that user, on the execution role"),),
        ),
        "policy-other": Cause(
            "The endpoint's policy leaves this resource out",
            (({"endpoint-policy": "full"}, "The resource of this call, in the policy of the endpoint"),),
        ),
        "call-denied": Cause(
            "The execution role does not allow the action",
            (({"role-call": "yes"}, "`{action}` on the execution role"),),
        ),
    }
)
