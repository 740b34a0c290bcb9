"""What lets packets through or drops them: groups, ACLs, lists, and what AWS itself keeps from passing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from packets.namespaces import CLOSED, STATEFUL, chain
from packets.places import DATABASES, ELASTIC, FUNCTIONS, GATEWAYS, MAIL, NEIGHBOURS, NEW, RESOLVER

if TYPE_CHECKING:
    from packets.namespaces import Namespace

OURS: Final = '{ "fn0", "fnb" }'


class Filters:
    """A knob for each; they stand in the networks ``at`` these names."""

    at: dict[str, Namespace]

    def _egress(self, value: str, protocol: str, mail: str) -> None:
        hosts = ", ".join(sorted({*DATABASES.values(), *NEW.values(), *NEIGHBOURS.values()}))
        rules = {
            "all": [""],
            "target": [
                f"ip daddr {{ {hosts} }} {'udp' if protocol == 'udp' else 'tcp'} dport 3306",
                f"tcp dport {443 if mail == 'no' else MAIL}",
                "tcp dport 443",
            ],
            "none": [],
            "other-port": ["tcp dport 8443"],
        }
        lookups = f'iifname "fn0" ip daddr {RESOLVER} udp dport 53 accept'
        # Lambda lets code send TCP and UDP.
        pings = 'iifname "fn0" icmp type echo-request drop'
        outbound = [f'iifname "fn0" {rule} accept' for rule in rules[value]]
        self.at["eni"].nft("group", chain("through", CLOSED, pings, STATEFUL, lookups, *outbound))

    def _ingress(self, value: str, zone: str, interface: str, listed: str, failover: str) -> None:
        subnets = "{ 10.0.1.0/24, 10.0.11.0/24 }"
        who = {"group": FUNCTIONS[zone, interface], "address": subnets, "other-group": "10.0.9.9"}
        source = f"ip saddr {who.get(value)}"
        rules = (
            [f"{source} tcp dport {{ 443, 3306 }} accept", f"{source} udp dport 3306 accept"] if value in who else []
        )
        lists = {"interface": f"{{ {FUNCTIONS['a', 'kept']}, {FUNCTIONS['b', 'kept']} }}", "range": subnets}
        aside = (
            [f"meta l4proto {{ tcp, udp }} th dport 3306 ip saddr != {lists[listed]} drop"] if listed in lists else []
        )
        # Where a database was before a failover, its standby answers nobody.
        if failover == "multi-az":
            aside.append(
                f"ip daddr {{ {', '.join({*DATABASES.values(), NEIGHBOURS['rds']})} }} meta l4proto != icmp drop"
            )
        # Any host here would answer a ping that came so far.
        rules.append("icmp type echo-request accept")
        hook = "filter hook input priority filter; policy drop"
        for name in (*DATABASES, "ep", "epb", "near", "open"):
            dns = ["udp dport 53 accept"] if name == "office" else []
            self.at[name].nft("group", chain("in", hook, 'iifname "lo" accept', *aside, STATEFUL, *dns, *rules))

    def _nacl(self, value: str) -> None:
        """Filter without memory; the other networks have an ACL of their own for the database's subnet."""
        rules = {
            "no-out": [
                f"iifname {OURS} ip daddr != {RESOLVER} drop",
                f"iifname {OURS} meta nfproto ipv6 meta l4proto tcp drop",
            ],
            "no-ephemeral": [
                f"oifname {OURS} meta l4proto {{ tcp, udp }} th dport 1024-65535 drop",
                f"oifname {OURS} meta l4proto icmp drop",
            ],
            "target-no-in": ['oifname { "db", "ep", "epb" } drop'],
        }
        open_ = "filter hook forward priority filter; policy accept"
        self.at["vpc"].nft("acl", chain("through", open_, *rules.get(value, ())))
        for name in DATABASES.keys() & GATEWAYS.keys():
            far = ['iifname "vpc" meta l4proto { tcp, udp } th dport 3306 drop'] if value == "target-no-in" else []
            self.at[name].nft("acl", chain("into", "filter hook prerouting priority raw; policy accept", *far))

    def _outage(self, value: str) -> None:
        down = ["fn0", "ep", "natpub", "natpriv", "natreg"] if value == "a" else []
        rules = [f'{way} "{device}" drop' for device in down for way in ("iifname", "oifname")]
        self.at["vpc"].nft("outage", chain("through", "filter hook forward priority -10; policy accept", *rules))

    def _closed(self, value: str) -> None:
        """Turn Block Public Access; in its mode for what comes in, NAT and egress-only gateways go on."""
        stops = {"ingress": ['oifname "net" meta nfproto ipv6 drop'], "bidirectional": ['oifname "net" drop']}
        for name in ("igw", "eigw"):
            rules = [] if name == "eigw" and value == "ingress" else stops.get(value, [])
            self.at[name].nft("closed", chain("through", "filter hook forward priority -10; policy accept", *rules))

    def _mail(self, value: str) -> None:
        known = f"ip saddr {{ {', '.join(ELASTIC.values())} }} accept" if value == "lifted" else ""
        hook = "filter hook input priority filter; policy accept"
        self.at["net"].nft("mail", chain("in", hook, f"tcp dport {MAIL} {known or 'drop'}", f"tcp dport {MAIL} drop"))
