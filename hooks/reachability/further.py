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
            Setting("failover", ("none", "multi-az", "aurora"), "a failover of the database since that look-up"),
        )
    }
)

_SERVICES = ("secrets", "s3", "dynamodb", "lambda")
_APIS = ("api4", "api6")

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
)
