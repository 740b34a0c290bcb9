"""Settings beside those of the table: what a question may be about and few networks have.

Each default is what the model takes for granted otherwise. Neither the lab nor its graph offers them, and no template is
read for them; the command line and the guide's states take them like the others.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from reachability.setting import Setting

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
            Setting(
                "update",
                ("none", "under-way", "failed"),
                "a change of the function's VPC configuration to the one that is set here: none, or it is through; it is "
                "under way; it has failed",
                moves={"under-way": ("none",), "failed": ("none",)},
            ),
            Setting(
                "before",
                ("nat", "no-exit", "unattached"),
                "what the function had before that change: a subnet whose 0.0.0.0/0 leads to the NAT gateway, one where it "
                "leads nowhere, no VPC configuration; the rest is as it is set here",
                moves={"no-exit": ("nat",)},
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
