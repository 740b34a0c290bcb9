"""Settings beside those of the table: what a question may be about and few networks have.

Each default is what the model takes for granted otherwise. Neither the lab nor its graph offers them, and no template is
read for them; the command line and the guide's states take them like the others.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from reachability.setting import Impossible, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

FURTHER: Mapping[str, Setting] = MappingProxyType(
    {
        setting.name: setting
        for setting in (
            Setting(
                "name", ("usual", "private"), "the name that the code calls: RDS's or the public one, one of your own"
            ),
            Setting(
                "zone",
                ("none", "record", "no-record", "narrower", "not-associated"),
                "a private zone over that name: it has the record, it has none, a narrower one beside it has none, it "
                "is not associated with the VPC",
            ),
            Setting(
                "forwarding",
                ("none", "known", "unknown", "unreachable"),
                "a forwarding rule for the domain of that name: the DNS servers there know it, do not know it, cannot "
                "be reached from the outbound endpoint",
            ),
            Setting("dns-firewall", ("none", "blocks"), "DNS Firewall of the VPC: blocks that name"),
            Setting(
                "dns-servers",
                ("vpc", "own", "forwarding"),
                "DNS servers of the DHCP option set: the VPC's resolver, your own that ask the public DNS, your own that "
                "send private names on to that resolver",
            ),
            Setting(
                "address",
                ("followed", "kept"),
                "the code looks the name up for each connection; or the code, its runtime or a record of your own keeps "
                "the address",
            ),
            Setting(
                "failover", ("none", "multi-az", "aurora"), "a failover of the database since that look-up", moves={}
            ),
            Setting(
                "interface",
                ("kept", "replaced"),
                "the function's interface, since somebody wrote its address down: the same, or another with another address",
                moves={},
            ),
            Setting(
                "allow-list",
                ("none", "range", "interface", "nat-a"),
                "addresses that the far end admits beside its own rules: everybody's, the function's subnets, the one that "
                "its interface had, that of the NAT gateway in zone a",
            ),
            Setting("from-zone", ("a", "b"), "the zone of the subnet from which this call leaves"),
            Setting(
                "parts-in",
                ("both", "a"),
                "the zones that have NAT gateways, the endpoint's interfaces, mount targets and the transit gateway's "
                "attachment; databases are in both",
            ),
            Setting("outage", ("none", "a"), "a zone that is down", moves={}),
            Setting(
                "target-subnet", ("other", "same"), "the database or endpoint is in another subnet than the function's"
            ),
            Setting(
                "line",
                ("peering", "vpn", "peer-vpn", "transit-gateway"),
                "what leads to the other network where place is peered: the peering connection, this VPC's VPN, the "
                "peering connection and then a VPN of the peer, a transit gateway",
            ),
            Setting(
                "narrow-line",
                ("none", "transit-gateway"),
                "a second line of the function's table, for a part of the peer's range in which the database is",
            ),
            Setting(
                "private-host",
                ("database", "efs", "cache", "search"),
                "what `rds` stands for: a database, a file system, a cache that encrypts in transit, an OpenSearch domain; "
                "its words and its port stay those of the database",
                moves={},
            ),
            Setting("public-database", ("no", "yes"), "the database is publicly accessible"),
            Setting("peering-dns", ("off", "on"), "DNS resolution of the peering connection"),
            Setting(
                "protocol", ("tcp", "udp", "icmp"), "what the code sends: TCP, UDP, or a ping", moves={"icmp": ("tcp",)}
            ),
            Setting("answer", ("whole", "fragments"), "packets of the answer arrive whole, or in fragments"),
            Setting(
                "mail",
                ("no", "port-25", "lifted"),
                "TCP port 25 in place of 443: no; yes; yes, and AWS has lifted its block for the account",
            ),
            Setting(
                "block-public-access",
                ("off", "ingress", "bidirectional"),
                "VPC Block Public Access: off, block-ingress, block-bidirectional",
            ),
            Setting("dual-stack-name", ("no", "yes"), "the AWS service is called by its name for IPv6 and IPv4"),
            Setting(
                "function-kind",
                ("usual", "managed-instances"),
                "the function runs in Lambda's own VPC; or on Lambda Managed Instances, in your subnet",
            ),
            Setting("subnet-addresses", ("private", "public"), "the subnet gives new instances a public address"),
            Setting(
                "resource-policy",
                ("none", "role", "endpoint", "other-endpoint", "vpc", "subnet", "source-ip"),
                "who the policy of the bucket, domain or API admits: whoever the role lets, signed calls of the role, calls "
                "through this endpoint, through another one, from this VPC, from one subnet of it, from the public address "
                "of the exit",
            ),
            Setting("caller-subnet", ("named", "other"), "the subnet of the call, where that policy names one"),
            Setting("signed", ("yes", "no"), "the code signs its requests"),
            Setting(
                "endpoint-principals",
                ("any", "role", "lambda", "others"),
                "who may use the endpoint: anybody, the execution role, lambda.amazonaws.com, somebody else",
            ),
            Setting("tls", ("on", "off"), "the client speaks TLS"),
            Setting("trust", ("known", "unknown"), "the client knows who signed the server's certificate"),
            Setting(
                "credential",
                ("token", "old-token", "password", "old-password"),
                "what the code logs in with: a token of the last 15 minutes, an older one, the password, the one before",
            ),
            Setting("db-user", ("made", "missing"), "the user of the login is there in the database"),
            Setting(
                "sender",
                ("code", "lambda"),
                "who calls the service: the function's code; Lambda itself, with logs, traces, records and polls of a queue",
            ),
            Setting(
                "caller",
                ("function", "machine", "internet", "office", "load-balancer", "poller", "provisioned-poller"),
                "who calls: the function; or a machine in its subnet, somebody on the internet, the office by VPN, a load "
                "balancer, the poller of a Kafka mapping on demand or in provisioned mode; the network is then the caller's",
                moves={"poller": ("provisioned-poller",)},
            ),
            Setting(
                "door",
                ("api", "interface", "url", "http-api", "rest-api"),
                "how somebody calls the function: by the Lambda API, at its interface, by its URL, by an HTTP API, by a "
                "private REST API",
            ),
            Setting(
                "target-group", ("same", "other"), "the account of the load balancer's target group and the function"
            ),
            Setting("mapping-network", ("named", "missing"), "the mapping names the cluster's subnets and group"),
        )
    }
)

_SERVICES = ("secrets", "s3", "dynamodb", "lambda")
_APIS = ("api4", "api6")
_CALLERS = ("machine", "internet", "office", "load-balancer", "poller", "provisioned-poller")
_BEYOND = ("vpn", "peer-vpn", "transit-gateway")

# What cannot be at the same time, or what the sources leave open. Each names a further setting that is not at its default.
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
        "AWS services are called over TCP.",
        ("inbound-blocked-protocols",),
        targets=_SERVICES,
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
)
