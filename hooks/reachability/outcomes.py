"""Everything that a hop can say: whether it lets the call through, why, and where that is written.

The rules name an outcome by its key; this is the only place that holds words. ``code`` is an explanation code of VPC
Reachability Analyzer where one fits. A source is a key of the guide's list of sources, or an address of documentation.
``inference`` marks what follows from the sources and stands in none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Symptom = Literal["none", "timeout", "dns", "refused", "denied", "cannot-start", "unreachable"]

EIGW = "https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html"
NO_IPV6 = "https://github.com/aws/aws-lambda-python-runtime-interface-client/issues/49"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a hop says. ``because`` may name the {title} of the target and its {port}."""

    hop: str
    at: str
    because: str
    sources: tuple[str, ...]
    symptom: Symptom = "none"
    code: str = ""
    inference: bool = False

    @property
    def allowed(self) -> bool:
        return self.symptom == "none"


_GROUP, _TARGET_GROUP = "security group of the function", "security group of the target"
_TABLE, _ACL = "route table of the function's subnet", "network ACL of the function's subnet"
_TARGET_ACL = "network ACL of the target's subnet"
_INTERFACE, _RESOLVER, _IGW = "network interface of the function", "resolver of the VPC", "internet gateway"

OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        # Where the call starts.
        "start-unattached": Outcome(
            "start",
            "Lambda",
            "The function has no VPC configuration, so it calls from Lambda's own network.",
            ("lambda-managed-vpc-always", "default-network-reach"),
        ),
        "start-attached": Outcome(
            "start",
            "Lambda",
            "The role may make network interfaces, so Lambda puts one into the function's subnet.",
            ("iam-policy-not-mandatory", "heni-created-at-config-time"),
        ),
        "start-no-role": Outcome(
            "start",
            "Lambda",
            "The role may not make network interfaces, so Lambda refuses to create or attach the function. One that "
            "is attached already goes on.",
            ("iam-policy-not-mandatory", "iam-error-createnetworkinterface", "iam-needed-only-for-enis"),
            "cannot-start",
        ),
        # Without a VPC.
        "unattached-name": Outcome(
            "dns",
            "resolver of Lambda's network",
            "The name of a private database can be looked up anywhere, and leads to a private address.",
            ("rds-endpoint-private",),
        ),
        "unattached-private": Outcome(
            "route",
            "Lambda's own network",
            "From here nothing leads to a private address in your VPC.",
            ("default-network-reach",),
            "timeout",
            "NO_ROUTE_TO_DESTINATION",
        ),
        "unattached-public": Outcome(
            "route",
            "Lambda's own network",
            "Lambda's own network leads to the public internet and to public AWS endpoints.",
            ("default-network-reach",),
        ),
        "unattached-ipv6": Outcome(
            "ipv6",
            "Lambda's own network",
            "A function without a VPC has no outbound IPv6, and this target has no IPv4 address. The call fails at "
            "once, as public reports show.",
            ("ipv6-setting", NO_IPV6),
            "unreachable",
            inference=True,
        ),
        # The name.
        "dns-off": Outcome(
            "dns",
            _RESOLVER,
            "enableDnsSupport is off, so nothing answers at the VPC's resolver. The lookup may take longer than the "
            "function's timeout, and then only the timeout shows.",
            ("dns-from-vpc", "dns-attributes-defaults"),
            "dns",
            inference=True,
        ),
        "dns-database": Outcome(
            "dns",
            _RESOLVER,
            "The name of a database that is not public leads to its private address. Groups and ACLs do not filter "
            "the lookup.",
            ("rds-endpoint-private", "dns-not-filtered-by-sg"),
        ),
        "dns-public": Outcome(
            "dns",
            _RESOLVER,
            "The name leads to public addresses. Groups and ACLs do not filter the lookup.",
            ("dns-from-vpc", "dns-not-filtered-by-sg"),
        ),
        "dns-endpoint": Outcome(
            "dns",
            _RESOLVER,
            "Private DNS is on, so the usual name leads to the private address of the interface endpoint.",
            ("if-private-dns", "dns-both-attributes"),
        ),
        "dns-endpoint-unused": Outcome(
            "dns",
            _RESOLVER,
            "Private DNS is off, so the usual name leads to public addresses and the interface endpoint stays unused.",
            ("if-private-dns",),
        ),
        "dns-no-hostnames": Outcome(
            "dns",
            _RESOLVER,
            "enableDnsHostnames is off. Private DNS cannot be turned on then; turned on before, it has no effect. The "
            "name leads to public addresses.",
            ("dns-both-attributes",),
            inference=True,
        ),
        # IPv6 of the function.
        "ipv6-on": Outcome(
            "ipv6",
            _INTERFACE,
            "The subnet is dual-stack and Ipv6AllowedForDualStack is set, so the function has an IPv6 address.",
            ("ipv6-setting",),
        ),
        "ipv6-off": Outcome(
            "ipv6",
            _INTERFACE,
            "The subnet has no IPv6 range, and this target has no IPv4 address. The call fails at once, as public "
            "reports show.",
            ("ipv6-setting", NO_IPV6),
            "unreachable",
            inference=True,
        ),
        "ipv6-not-allowed": Outcome(
            "ipv6",
            _INTERFACE,
            "The subnet is dual-stack, but Ipv6AllowedForDualStack is not set, so the function has no IPv6. The call "
            "fails at once, as public reports show.",
            ("ipv6-setting", NO_IPV6),
            "unreachable",
            inference=True,
        ),
        # Out of the function's subnet.
        "egress-all": Outcome(
            "egress", _GROUP, "An outbound rule lets everything out, over IPv4 and IPv6.", ("sg-default-egress",)
        ),
        "egress-target": Outcome(
            "egress", _GROUP, "An outbound rule lets port {port} out to {title}.", ("sg-default-egress",)
        ),
        "egress-none": Outcome(
            "egress",
            _GROUP,
            "The group has no outbound rule, so nothing leaves.",
            ("sg-default-egress", "to-symptom"),
            "timeout",
            "SG_HAS_NO_RULES",
        ),
        "egress-other-port": Outcome(
            "egress",
            _GROUP,
            "The outbound rules let another port out, not {port}.",
            ("sg-default-egress", "to-symptom"),
            "timeout",
            "ENI_SG_RULES_MISMATCH",
        ),
        "nacl-out-open": Outcome("nacl-out", _ACL, "The ACL lets the packet out of the subnet.", ("nacl-stateless",)),
        "nacl-out-closed": Outcome(
            "nacl-out",
            _ACL,
            "The ACL lets nothing out of the subnet on port {port}.",
            ("nacl-stateless", "to-symptom"),
            "timeout",
            "SUBNET_ACL_RESTRICTION",
        ),
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
            ("nat-zonal-route-chain", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html"),
            "timeout",
            "BAD_STATE_ROUTE",
        ),
        "route4-igw": Outcome("route", _TABLE, "0.0.0.0/0 leads to the internet gateway.", ("no-public-ip-ever",)),
        "route4-igw-gone": Outcome(
            "route",
            _TABLE,
            "0.0.0.0/0 leads to an internet gateway that is not there: the route is a blackhole.",
            ("no-public-ip-ever", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html"),
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
        "route6-igw": Outcome("route", _TABLE, "::/0 leads to the internet gateway.", (EIGW,)),
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
            ("ipv6-eigw", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html"),
            "timeout",
            "BAD_STATE_ROUTE",
        ),
        # Into the target's subnet, and back.
        "nacl-in-open": Outcome(
            "nacl-in", _TARGET_ACL, "The ACL lets the packet into the target's subnet.", ("nacl-stateless",)
        ),
        "nacl-in-closed": Outcome(
            "nacl-in",
            _TARGET_ACL,
            "The ACL lets nothing into the target's subnet on port {port}.",
            ("nacl-stateless", "to-symptom"),
            "timeout",
            "SUBNET_ACL_RESTRICTION",
        ),
        "ingress-group": Outcome(
            "ingress", _TARGET_GROUP, "An inbound rule admits the function's group on {port}.", ("sg-referencing",)
        ),
        "ingress-group-peered": Outcome(
            "ingress",
            _TARGET_GROUP,
            "An inbound rule admits the function's group on {port}; within a Region, peering allows that.",
            ("sg-referencing", "sg-referencing-scope"),
        ),
        "ingress-address": Outcome(
            "ingress",
            _TARGET_GROUP,
            "An inbound rule admits the range of the function's subnet on {port}.",
            ("sg-referencing-scope", "sg-rules-union"),
        ),
        "ingress-none": Outcome(
            "ingress",
            _TARGET_GROUP,
            "The group has no inbound rule, so nobody gets in.",
            ("sg-default-egress", "to-symptom"),
            "timeout",
            "SG_HAS_NO_RULES",
        ),
        "ingress-other-group": Outcome(
            "ingress",
            _TARGET_GROUP,
            "Its inbound rules admit others, not the function on {port}. A VPC's default group does that: it admits its "
            "own members only.",
            ("sg-default-group-trap", "if-default-sg", "to-symptom"),
            "timeout",
            "ENI_SG_RULES_MISMATCH",
        ),
        "reply-group": Outcome(
            "reply",
            _ACL,
            "The groups remember the connection. The ACL does not, and lets replies in on 1024-65535.",
            ("sg-stateful", "nacl-ephemeral-lambda"),
        ),
        "reply-closed": Outcome(
            "reply",
            _ACL,
            "The ACL lets no reply into the function's subnet on 1024-65535, because it remembers no connection.",
            ("nacl-stateless", "nacl-ephemeral-lambda"),
            "timeout",
            "SUBNET_ACL_RESTRICTION",
        ),
        # What answers.
        "server-up": Outcome("server", "database", "The database listens on {port}.", ("to-refused-vs-timeout",)),
        "server-down": Outcome(
            "server",
            "database",
            "The packet arrives, but nothing listens on {port}, so the host refuses the connection.",
            ("to-refused-vs-timeout",),
            "refused",
        ),
        "policy-full": Outcome(
            "endpoint-policy",
            "VPC endpoint",
            "The endpoint's policy allows everything; it grants nothing by itself.",
            ("endpoint-policy",),
        ),
        "policy-other": Outcome(
            "endpoint-policy",
            "VPC endpoint",
            "The endpoint's policy allows other resources only, so the call is denied on its way.",
            ("endpoint-policy", "iam-db-permission-separate"),
            "denied",
        ),
        "call-allowed": Outcome(
            "role-call", "execution role", "The role allows the call.", ("iam-db-permission-separate",)
        ),
        "call-denied": Outcome(
            "role-call",
            "execution role",
            "The network is right, but the role does not allow the call.",
            ("iam-db-permission-separate", "to-refused-vs-timeout"),
            "denied",
        ),
        "login-allowed": Outcome(
            "role-call", "execution role", "The role allows rds-db:connect for the user.", ("iam-auth-policy",)
        ),
        "login-denied": Outcome(
            "role-call",
            "execution role",
            "The network is right, but the role does not allow rds-db:connect, so the database turns the login down.",
            ("iam-auth-policy", "iam-db-permission-separate"),
            "denied",
        ),
    }
)
