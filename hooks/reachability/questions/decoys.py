"""What looks wrong and stops nothing: the other answers of a question, each with the reason why not.

A decoy belongs to the ways that a call may take: ``local`` to a database, ``endpoint`` through an interface endpoint,
``gateway`` through a gateway endpoint, ``four`` out over IPv4, ``six`` out over IPv6, ``alone`` and ``alone-six`` from a
function that is not attached, and ``start`` where Lambda refuses to attach one. ``has`` is what the state must be for
it, and ``change`` what its repair would change; both are the model's, which has to say that it mends nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Decoy(NamedTuple):
    """A finding, the repair that it suggests, and why neither matters; ``row`` is how the table shows it."""

    row: tuple[str, str] | None
    said: str
    repair: str
    because: Mapping[str, str]
    source: str
    has: Mapping[str, str] = {}
    change: Mapping[str, str] = {}
    targets: frozenset[str] = frozenset()
    symptoms: frozenset[str] = frozenset()

    @property
    def is_general(self) -> bool:
        """Whether it looks wrong in any network."""
        return not (self.has or self.targets)


def _on(ways: str, reason: str) -> dict[str, str]:
    return dict.fromkeys(ways.split(), reason)


EVERY = "local endpoint gateway four six"
RANGE = "The range is that of the function's subnet, so the rule admits its interface."
ONE_GROUP = "Functions may share a group and an interface, and the rules are the same for each."
AWS = frozenset({"secrets", "s3", "dynamodb", "lambda"})
TABLES = frozenset({"s3", "dynamodb"})
OUTSIDE = frozenset({"api4", "api6"})
TIMEOUT = frozenset({"timeout"})

DECOYS = (
    Decoy(
        None,
        "The function's table has no default route",
        "A default route to a NAT gateway in the function's table",
        {
            "local": "The database, here or in a peered VPC, has a line of its own. A default route is for the rest.",
            "endpoint": "The endpoint has an address in the VPC, and the local route leads to it.",
            "gateway": "The prefix list is a line of its own in that table, and it leads to the endpoint.",
            "six": "That line would be for IPv4, and this API has no IPv4 address.",
        },
        "vpc-local-route",
        {"route4": "none"},
        {"route4": "nat", "nat": "public", "igw": "yes"},
    ),
    Decoy(
        None,
        "The NAT gateway stands in a private subnet",
        "Another subnet for the NAT gateway, a public one",
        {
            "local": "The call stays among private addresses and never meets the NAT gateway.",
            "endpoint": "The call goes to an address inside the VPC and never meets the NAT gateway.",
            "gateway": "The prefix list wins over the default route, so the call never meets the NAT gateway.",
        },
        "nat-zonal-route-chain",
        {"route4": "nat", "nat": "private"},
        {"nat": "public"},
    ),
    Decoy(
        None,
        "The VPC has no internet gateway of its own",
        "An internet gateway that is attached to the VPC",
        {
            "local": "Function and database talk by private addresses, and nothing goes to the internet.",
            "endpoint": "A way through an endpoint needs none, and without a public address the function could not use one.",
            "gateway": "A gateway endpoint needs none, and without a public address the function could not use one.",
            "six": "The egress-only internet gateway is one of its own, and stands beside the other.",
        },
        "igw-direct-not-usable",
        {"igw": "no"},
        {"igw": "yes"},
    ),
    Decoy(
        ("Lambda-SG, inbound", "no rule"),
        "Lambda-SG has no inbound rule",
        "An inbound rule on Lambda-SG, for the answers",
        _on(EVERY, "Nobody opens a connection to a function, and a group lets the answers in by itself."),
        "sg-inbound-irrelevant",
    ),
    Decoy(
        ("Subnets of the function", "one, `app-a`"),
        "A single subnet is listed in its settings",
        "A second subnet of another zone in its settings",
        _on(EVERY, "One subnet carries a call. A second is for the day when a zone fails.")
        | _on("start", "Lambda accepts one subnet. A second is for the day when a zone fails."),
        "subnets-two-azs",
    ),
    Decoy(
        ("Lambda-SG, carried by", "four functions"),
        "Lambda-SG is shared with three others in the account",
        "A security group that nobody else in the account carries",
        _on(EVERY, ONE_GROUP),
        "heni-key-subnet-sg",
    ),
    Decoy(
        ("Timeout of the function", "10 seconds"),
        "The timeout of ten seconds is too short for it",
        "A timeout of one minute in place of ten seconds",
        _on(EVERY, "No answer is on its way, so a longer wait ends in the same timeout."),
        "to-refused-vs-timeout",
        symptoms=TIMEOUT,
    ),
    Decoy(
        None,
        "Host names are turned off in the VPC",
        "`enableDnsHostnames`, turned on for the VPC",
        _on(
            "local gateway four six",
            "A plain lookup does without that attribute. Private DNS of an interface endpoint needs it.",
        ),
        "dns-both-attributes",
        {"dns-hostnames": "off"},
        {"dns-hostnames": "on"},
    ),
    Decoy(
        None,
        "The S3 endpoint is in another table",
        "The S3 gateway endpoint, in the function's table",
        _on(EVERY, "A gateway endpoint leads to S3 or DynamoDB, and this call goes to neither."),
        "gw-mechanics",
        {"gateway-endpoint": "other-table"},
        {"gateway-endpoint": "this-table"},
        targets=frozenset({"rds", "secrets", "lambda", "api4", "api6"}),
    ),
    Decoy(
        ("Execution role", "logs, and nothing of this API"),
        "The role does not mention the API",
        "A statement for the API, on the execution role",
        _on("four six alone-six", "An API outside AWS does not know the role, so its policies are not asked."),
        "iam-db-permission-separate",
        {"role-call": "no"},
        {"role-call": "yes"},
        targets=OUTSIDE,
    ),
    Decoy(
        None,
        "The subnet has no range of IPv6 addresses",
        "An IPv6 range for the subnet, and IPv6 allowed",
        _on("local endpoint gateway four", "The call goes over IPv4, and the function has an address for that."),
        "ipv6-setting",
        {"ipv6": "off"},
        {"ipv6": "allowed", "route6": "eigw"},
    ),
    Decoy(
        None,
        "The database is in another VPC",
        "The database, moved into the function's VPC",
        _on("local", "The VPCs are peered, and routes lead there and back."),
        "peering-cross-account",
        {"place": "peered"},
        {"place": "same"},
        targets=frozenset({"rds"}),
    ),
    Decoy(
        ("Subnets", "`app-a` for the function, `data-a` for the database"),
        "Function and database are in different subnets",
        "The database's own subnet, for the function",
        _on("local", "The local route joins all subnets of a VPC, so any of them will do."),
        "subnet-any-with-route",
        {"place": "same"},
        targets=frozenset({"rds"}),
    ),
    Decoy(
        ("Public access of the database", "off"),
        "The database has no public address",
        "Public access, turned on for the database",
        {
            "local": "An attached function is inside, and uses the private address in any case.",
            "alone": "Callers from outside also need a public subnet there and a rule on DB-SG, which names Lambda-SG.",
        },
        "rds-endpoint-private",
        targets=frozenset({"rds"}),
    ),
    Decoy(
        None,
        "Lambda-SG lets out one port and no more",
        "All traffic, in the outbound rules of Lambda-SG",
        _on(EVERY, "It is the port of this call, and the call uses no other."),
        "sg-default-egress",
        {"egress": "target"},
        {"egress": "all"},
    ),
    Decoy(
        None,
        "{group} names a range and no group",
        "Lambda-SG in place of the range, on {group}",
        _on("local", RANGE),
        "sg-rules-union",
        {"ingress": "address"},
        {"ingress": "group"},
    ),
    Decoy(
        None,
        "{group} names a range and no group",
        "Lambda-SG in place of the range, on {group}",
        _on("endpoint", RANGE),
        "sg-rules-union",
        {"ingress": "address", "interface-endpoint": "yes"},
        {"ingress": "group"},
    ),
    Decoy(
        None,
        "The NAT gateway is in no public subnet",
        "A zonal NAT gateway in a public subnet",
        _on("four", "The gateway here is regional, and needs no public subnet."),
        "nat-regional",
        {"route4": "nat", "nat": "regional"},
        {"nat": "public"},
    ),
    Decoy(
        ("Address of the function", "`10.0.1.9`"),
        "The function has a private address and no other",
        "An Elastic IP for the interface of the function",
        _on("four", "Behind a NAT gateway a private address is enough: the gateway puts its own on the packet."),
        "no-public-ip-ever",
        {"route4": "nat"},
    ),
    Decoy(
        ("Lookup of the name", "a public address"),
        "The name leads to a public address",
        "Private DNS, turned on for the endpoint",
        _on("gateway", "A gateway endpoint changes the route and leaves the name as it is."),
        "gw-mechanics",
        {"gateway-endpoint": "this-table"},
        targets=TABLES,
        symptoms=frozenset({"timeout", "denied"}),
    ),
    Decoy(
        ("Security group of the endpoint", "none"),
        "The endpoint has no security group",
        "A security group for the endpoint, with port 443 open",
        _on("gateway", "A gateway endpoint is a line in a table, and lines carry no group."),
        "gw-mechanics",
        {"gateway-endpoint": "this-table"},
        targets=TABLES,
    ),
    Decoy(
        ("Lines for the endpoint in the tables", "none"),
        "No route table names the endpoint",
        "A line for the endpoint, in the function's table",
        _on("endpoint", "An interface endpoint has an address in a subnet, and the local route is enough."),
        "if-mechanics",
        {"interface-endpoint": "yes"},
        targets=AWS,
    ),
    Decoy(
        ("Lookup of the name", "`10.0.2.27`"),
        "The name leads to a private address",
        "A name of the service that leads to a public address",
        _on("endpoint", "The private address is the endpoint's, and that is what private DNS is for."),
        "if-private-dns",
        {"interface-endpoint": "yes", "private-dns": "on"},
        targets=AWS,
        symptoms=frozenset({"timeout", "denied"}),
    ),
    Decoy(
        ("Elastic IP of the egress-only gateway", "none"),
        "The egress-only gateway has no Elastic IP",
        "An Elastic IP for the egress-only gateway",
        _on("six", "It translates nothing: the function's own IPv6 address is on the packet."),
        "ipv6-eigw",
        {"route6": "eigw"},
        targets=frozenset({"api6"}),
    ),
    Decoy(
        ("Protocols of the API", "IPv6"),
        "The API offers one protocol and no second",
        "An IPv4 address, asked of the owner of the API",
        _on("six", "One is enough: with IPv6 on the function and a line for it, the call gets there."),
        "ipv6-setting",
        targets=frozenset({"api6"}),
        symptoms=TIMEOUT,
    ),
    Decoy(
        ("NAT gateway of the VPC", "none"),
        "The VPC has no NAT gateway",
        "A NAT gateway, in a public subnet of the VPC",
        _on("alone alone-six", "It would serve what sends from inside the VPC, and this function does not."),
        "default-network-reach",
    ),
    Decoy(
        ("DB-SG, inbound", "TCP 3306 from Lambda-SG"),
        "DB-SG admits a group and no range",
        "A rule on DB-SG, for the addresses of Lambda",
        _on("alone", "No packet gets as far as that group, and the addresses of Lambda are not yours to list."),
        "default-network-reach",
    ),
    Decoy(
        ("Address of the function", "one of Lambda's, for IPv4"),
        "The function has no Elastic IP",
        "An Elastic IP, for the function",
        _on("alone-six", "An Elastic IP is an IPv4 address, and the API has none to talk to."),
        "no-public-ip-ever",
    ),
    Decoy(
        ("Policy of the deployer", "all of Lambda, `iam:PassRole`"),
        "The deployer may not make interfaces",
        "`ec2:CreateNetworkInterface`, for the user who deploys",
        _on("start", "Lambda makes the interface with the function's role, whoever deploys."),
        "iam-needed-only-for-enis",
    ),
    Decoy(
        ("`0.0.0.0/0` in the function's table", "no such line"),
        "The subnets have no default route",
        "A default route, in the tables of the subnets",
        _on("start", "Making an interface is a call of Lambda's own, which no route of yours carries."),
        "heni-created-at-config-time",
    ),
)
