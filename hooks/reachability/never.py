"""Which further settings cannot be at the same time, or what the sources leave open between them.

Each names a further setting that is not at its default, so that nothing is refused that the lab or a template offers.
"""

from __future__ import annotations

from reachability.setting import Impossible

_SERVICES = ("secrets", "s3", "dynamodb", "lambda")
_APIS = ("api4", "api6")
_CALLERS = ("machine", "internet", "office", "load-balancer", "poller", "provisioned-poller")
_BEYOND = ("vpn", "peer-vpn", "transit-gateway")

NEVER = (
    Impossible(
        {"name": ("private",)},
        "AWS services and public hosts are called by their usual names; a name of your own leads to a private host.",
        ("rds-endpoint-private",),
        targets=(*_SERVICES, *_APIS),
    ),
    Impossible(
        {"zone": ("record", "no-record", "narrower", "not-associated")},
        "The names of AWS services are in zones that AWS keeps, and the model has no private zone over them.",
        ("if-private-dns",),
        targets=_SERVICES,
    ),
    Impossible(
        {"forwarding": ("known", "unknown", "unreachable")},
        "The names of AWS services are in zones that AWS keeps, and the model has no forwarding rule over them.",
        ("if-private-dns",),
        targets=_SERVICES,
    ),
    Impossible(
        {"zone": ("narrower",), "forwarding": ("known", "unknown", "unreachable")},
        "Which of a zone and a rule decides, the source says for equal names, and this zone has a narrower one.",
        ("resolver-rule-first",),
    ),
    Impossible(
        {"address": ("kept",)},
        "Addresses of public hosts and of AWS services change at any time; only that of a private host can be kept.",
        ("rds-use-dns-name",),
        targets=(*_SERVICES, *_APIS),
    ),
    Impossible(
        {"failover": ("multi-az", "aurora")},
        "A failover is one of the database.",
        ("rds-failover-time",),
        targets=(*_SERVICES, *_APIS),
    ),
    Impossible(
        {"failover": ("multi-az", "aurora"), "private-host": ("efs",)},
        "A failover is one of the database.",
        ("rds-failover-time",),
    ),
    Impossible(
        {"allow-list": ("range", "interface", "nat-a")},
        "AWS services and a host on IPv6 have no such list in the model; a policy names who may call.",
        ("nat-fixed-ip",),
        targets=(*_SERVICES, "api6"),
    ),
    Impossible(
        {"allow-list": ("nat-a",)},
        "No call of a private host passes a NAT gateway.",
        ("nat-fixed-ip",),
        targets=("rds",),
    ),
    Impossible(
        {"nat": ("regional",), "parts-in": ("a",), "outage": ("a",)},
        "A regional NAT gateway spreads to the zones in use. What becomes of one that has not yet spread, when its only "
        "zone is down, no source says.",
        ("nat-regional",),
    ),
    Impossible(
        {"target-subnet": ("same",), "place": ("peered", "peered-no-route", "region")},
        "What is in another VPC is not in the function's subnet.",
        ("subnet-kinds",),
        targets=("rds",),
    ),
    Impossible(
        {"line": _BEYOND, "place": ("same", "peered-no-route", "region")},
        "It says what leads to another network to which the function's table has a route, which is place=peered.",
        ("peering-cross-account",),
        targets=("rds",),
    ),
    Impossible(
        {"line": _BEYOND},
        "It leads to a private host of another network, and this target is none.",
        ("peering-cross-account",),
        targets=(*_SERVICES, *_APIS),
    ),
    Impossible(
        {"line": _BEYOND, "ingress": ("group", "other-group")},
        "A rule names groups of its own VPC or of a peered one; beyond a gateway the model has ranges of addresses.",
        ("sg-referencing-scope",),
        targets=("rds",),
    ),
    Impossible(
        {"narrow-line": ("transit-gateway",), "place": ("same", "region")},
        "It is a part of the range of a peered VPC of this Region.",
        ("vpc-local-route",),
        targets=("rds",),
    ),
    Impossible(
        {"narrow-line": ("transit-gateway",), "ingress": ("group", "other-group")},
        "A rule names groups of its own VPC or of a peered one; beyond a gateway the model has ranges of addresses.",
        ("sg-referencing-scope",),
        targets=("rds",),
    ),
    Impossible(
        {"public-database": ("yes",), "name": ("private",)},
        "What a name of your own leads to does not depend on that.",
        ("rds-endpoint-private",),
        targets=("rds",),
    ),
    Impossible(
        {"public-database": ("yes",), "zone": ("record", "no-record", "narrower", "not-associated")},
        "Which of the two addresses a zone of your own has, the model does not know.",
        ("rds-endpoint-private",),
        targets=("rds",),
    ),
    Impossible(
        {"public-database": ("yes",), "forwarding": ("known", "unknown", "unreachable")},
        "Which of the two addresses other servers have, the model does not know.",
        ("rds-endpoint-private",),
        targets=("rds",),
    ),
    Impossible(
        {"public-database": ("yes",), "address": ("kept",)},
        "Which of the two addresses is kept, the model does not know.",
        ("rds-endpoint-private",),
        targets=("rds",),
    ),
    Impossible(
        {"public-database": ("yes",), "private-host": ("efs",)},
        "A mount target is never public.",
        ("efs-requires-vpc",),
        targets=("rds",),
    ),
    Impossible(
        {"public-database": ("yes",), "line": _BEYOND},
        "DNS resolution of the peer is a matter of peering connections.",
        ("peering-dns",),
        targets=("rds",),
    ),
    Impossible(
        {"protocol": ("udp",)},
        "AWS services and the public APIs are called over TCP.",
        ("inbound-blocked-protocols",),
        targets=(*_SERVICES, *_APIS),
    ),
    Impossible(
        {"protocol": ("icmp",)},
        "AWS services are called over TCP, and the model pings over IPv4.",
        ("inbound-blocked-protocols",),
        targets=(*_SERVICES, "api6"),
    ),
    Impossible(
        {"answer": ("fragments",), "protocol": ("tcp", "icmp")},
        "TCP cuts its answers to what the way carries, and a ping gets none.",
        ("no-ip-fragmentation",),
    ),
    Impossible(
        {"mail": ("port-25", "lifted")},
        "Mail goes to a public host, by IPv4 in the model.",
        ("port-25",),
        targets=("rds", *_SERVICES, "api6"),
    ),
    Impossible(
        {"dual-stack-name": ("yes",)},
        "Only AWS services have such names.",
        ("dualstack-names",),
        targets=("rds", *_APIS),
    ),
    Impossible(
        {"dual-stack-name": ("yes",), "interface-endpoint": ("yes",)},
        "Whether an endpoint takes over these names too depends on its own addresses, which the model does not have.",
        ("dualstack-names",),
    ),
    Impossible(
        {"dual-stack-name": ("yes",), "gateway-endpoint": ("this-table", "other-table")},
        "Whether a gateway endpoint serves IPv6 too depends on its own addresses, which the model does not have.",
        ("dualstack-names",),
    ),
    Impossible(
        {"function-kind": ("managed-instances",), "attached": ("no",)},
        "Managed Instances run in subnets of yours, by a capacity provider.",
        ("lmi-networking",),
    ),
    Impossible(
        {"function-kind": ("managed-instances",), "update": ("under-way", "failed")},
        "Managed Instances have the network of a capacity provider. How a function changes to another one, no source says.",
        ("lmi-networking",),
    ),
    Impossible(
        {"resource-policy": ("role", "endpoint", "other-endpoint", "vpc", "subnet", "source-ip")},
        "A public API has no such policy.",
        ("apigw-private-policy",),
        targets=_APIS,
    ),
    Impossible(
        {"resource-policy": ("endpoint", "other-endpoint", "vpc", "subnet", "source-ip")},
        "A domain in a VPC is not reached through a gateway or an interface endpoint of the model.",
        ("opensearch-endpoint",),
        targets=("rds",),
    ),
    Impossible(
        {"resource-policy": ("role",), "private-host": ("database", "efs", "cache")},
        "The policy is that of a domain.",
        ("opensearch-endpoint",),
        targets=("rds",),
    ),
    Impossible(
        {"signed": ("no",)},
        "Every SDK signs its calls.",
        ("opensearch-endpoint",),
        targets=_SERVICES,
    ),
    Impossible(
        {"sender": ("lambda",)},
        "What Lambda itself sends goes to AWS services.",
        ("logs-not-via-vpc",),
        targets=("rds", *_APIS),
    ),
    Impossible(
        {"sender": ("lambda",), "caller": _CALLERS},
        "One of the two calls.",
        ("invoke-path-unaffected",),
    ),
    Impossible(
        {"caller": _CALLERS},
        "Others call a function, or an AWS service.",
        ("invoke-path-unaffected",),
        targets=_APIS,
    ),
    Impossible(
        {"caller": ("machine", "internet", "office", "load-balancer")},
        "Beside the function it is pollers that read a private source.",
        ("esm-vpc-is-different",),
        targets=("rds",),
    ),
    Impossible(
        {"caller": ("machine", "internet", "load-balancer", "poller", "provisioned-poller")},
        "Beside the function it is the office that calls this service.",
        ("gw-same-region",),
        targets=("secrets", "s3", "dynamodb"),
    ),
    Impossible(
        {"caller": ("office",), "ingress": ("group", "other-group")},
        "A rule that admits the office names its range.",
        ("sg-referencing-scope",),
    ),
    Impossible(
        {
            "caller": ("function", "office", "poller", "provisioned-poller"),
            "door": ("interface", "url", "http-api", "rest-api"),
        },
        "They call a function by the Lambda API.",
        ("lambda-own-endpoint",),
    ),
    Impossible(
        {"caller": ("load-balancer",), "door": ("url", "http-api", "rest-api")},
        "A load balancer invokes functions itself.",
        ("alb-lambda-direct",),
    ),
    Impossible(
        {"function-kind": ("managed-instances",), "protocol": ("icmp",)},
        "What Managed Instances keep from being sent or received, no source says.",
        ("lmi-networking",),
    ),
    Impossible(
        {"function-kind": ("managed-instances",), "answer": ("fragments",)},
        "What Managed Instances keep from being sent or received, no source says.",
        ("lmi-networking",),
    ),
    Impossible(
        {"function-kind": ("managed-instances",), "mail": ("port-25", "lifted")},
        "What Managed Instances keep from being sent or received, no source says.",
        ("lmi-networking",),
    ),
)
