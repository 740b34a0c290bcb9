"""What is said of names, zones and DNS servers of one's own, and of addresses that are kept."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_RESOLVER = "resolver of the VPC"
_OWN = "DNS servers of the DHCP option set"
_ZONE = "private hosted zone"
_OFFICE = "DNS servers that the rule names"
NOT_KNOWN = "socket.gaierror: [Errno -2] Name or service not known"
READ_ONLY = (
    "OperationalError: (1290, 'The MySQL server is running with the --read-only option so it cannot execute this "
    "statement')"
)

NAMES = {
    "dns-firewall-blocks": Outcome(
        "dns",
        "DNS Firewall of the VPC",
        "A rule of the firewall blocks this name. It stands in the resolver, where every lookup arrives.",
        ("dns-firewall",),
        "dns",
        text=NOT_KNOWN,
    ),
    # Servers of one's own.
    "dns-own-filtered": Outcome(
        "dns",
        _OWN,
        "The lookup goes to your own servers, and the function's group or its subnet's ACL does not let it there and "
        "back. Only the way to the VPC's resolver is not filtered.",
        ("dhcp-options-lambda", "dns-not-filtered-by-sg"),
        "dns",
        inference=True,
    ),
    "dns-own-servers": Outcome(
        "dns",
        _OWN,
        "Your own servers ask the public DNS, so the name leads to public addresses and the endpoint stays unused.",
        ("custom-dns-forwards", "dhcp-options-lambda"),
    ),
    # Zones of one's own.
    "name-unknown": Outcome(
        "dns", _RESOLVER, "The public DNS knows no such name.", ("phz-nxdomain",), "dns", text=NOT_KNOWN
    ),
    "zone-record": Outcome(
        "dns", _ZONE, "The zone is associated with the VPC and has the record.", ("dns-both-attributes",)
    ),
    "zone-no-record": Outcome(
        "dns",
        _ZONE,
        "The zone covers the name and has no record for it, so there is no such name. The public DNS is not asked.",
        ("phz-nxdomain",),
        "dns",
        text=NOT_KNOWN,
    ),
    "zone-narrower": Outcome(
        "dns",
        _ZONE,
        "Of two zones that cover the name the narrower one decides, and it has no record for it.",
        ("phz-nxdomain",),
        "dns",
        text=NOT_KNOWN,
    ),
    "zone-no-hostnames": Outcome(
        "dns",
        _ZONE,
        "enableDnsHostnames is off, and private zones need both attributes. So only the public DNS is asked, which knows "
        "no such name.",
        ("dns-both-attributes",),
        "dns",
        text=NOT_KNOWN,
    ),
    "zone-not-associated": Outcome(
        "dns",
        _ZONE,
        "The zone is not associated with this VPC, so its resolver does not know of it.",
        ("phz-cross-account", "dns-both-attributes"),
        "dns",
        text=NOT_KNOWN,
    ),
    # Names that are forwarded.
    "dns-asked": Outcome("dns", _RESOLVER, "The code asks the resolver of its VPC.", ("dns-from-vpc",)),
    "rule-matches": Outcome(
        "rule",
        "forwarding rule",
        "A rule covers the name, and comes before a private zone of the same name.",
        ("resolver-forward", "resolver-rule-first"),
    ),
    "outbound": Outcome(
        "outbound",
        "outbound resolver endpoint",
        "The endpoint sends the question to the servers that the rule names.",
        ("resolver-outbound",),
    ),
    "outbound-no-way": Outcome(
        "outbound",
        "outbound resolver endpoint",
        "Nothing leads from the endpoint to the servers that the rule names. The lookup waits, and then it fails.",
        ("resolver-outbound",),
        "dns",
        inference=True,
    ),
    "office-knows": Outcome("office-dns", _OFFICE, "They answer with an address.", ("resolver-forward",)),
    "office-unknown": Outcome(
        "office-dns",
        _OFFICE,
        "They do not know the name, and their answer counts.",
        ("resolver-rule-first",),
        "dns",
        text=NOT_KNOWN,
    ),
    # Addresses that are kept.
    "address-kept": Outcome(
        "dns", "code", "The address is kept from before, so nothing is looked up.", ("rds-use-dns-name",)
    ),
    "server-moved": Outcome(
        "server",
        "database",
        "After the failover the name leads to another address, and at the old one nobody serves. The call goes there for "
        "good.",
        ("rds-use-dns-name", "rds-failover-time"),
        "timeout",
        inference=True,
    ),
    "server-reader": Outcome(
        "server",
        "database",
        "After the failover the writer has another address, and what is at the old one only reads.",
        ("aurora-dns-ttl", "rds-jvm-ttl"),
        "denied",
        text=READ_ONLY,
    ),
}
