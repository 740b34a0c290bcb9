"""The VPC and what is around it, and one knob for each setting.

function - interface - VPC router +- database          Lambda's own network - internet
           (group)     (tables,   +- endpoint (group)
                        ACLs)     +- NAT gateways: public, private, regional
                                  +- internet gateway ------- internet
                                  +- egress-only gateway ---- internet
                                  +- gateway endpoint ------- internet (S3, DynamoDB)
                                  +- peered VPC, VPC of another Region
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.settings import TARGETS

from packets.namespaces import Namespace, chain
from packets.resolver import Resolver
from packets.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from reachability import Settings

NAT: Final = "nat hook postrouting priority srcnat; policy accept"
CLOSED: Final = "filter hook forward priority filter; policy drop"
STATEFUL: Final = "ct state established,related accept"
RESOLVER: Final = "169.254.169.253"
FUNCTION, FUNCTION6 = "10.0.1.10", "2001:db8:1:1::10"
SUBNETS: Final = {"db": 2, "ep": 3, "natpub": 4, "natpriv": 5, "natreg": 6}
DATABASES: Final = {"same": "10.0.2.10", "peered": "10.1.2.10", "peered-no-route": "10.1.2.10", "region": "10.2.2.10"}
ENDPOINTS: Final = {"secrets": "10.0.3.11", "s3": "10.0.3.12", "lambda": "10.0.3.14"}
PUBLIC: Final = {
    "api4": "203.0.113.10",
    "s3": "203.0.113.20",
    "dynamodb": "203.0.113.30",
    "secrets": "203.0.113.40",
    "lambda": "203.0.113.50",
    "api6": "2001:db8:ffff::10",
}
NATS: Final = {"public": "natpub", "private": "natpriv", "regional": "natreg"}
ELASTIC: Final = {"natpub": "198.51.100.10", "natpriv": "198.51.100.12", "natreg": "198.51.100.11"}
# Links to what is no subnet: the router's end is .1, the other .2.
GATEWAYS: Final = {"igw": "10.0.250", "eigw": "10.0.251", "gwe": "10.0.252", "peer": "10.0.253", "far": "10.0.254"}
TABLE, PUBLIC_TABLE, PRIVATE_TABLE, OTHER_TABLE = 100, 200, 300, 999


class Topology:
    """Built once; `apply` turns the knobs that differ from the state before."""

    def __init__(self) -> None:
        names = ("fn", "eni", "vpc", *SUBNETS, *GATEWAYS, "net", "free")
        self.at = {name: Namespace() for name in names}
        self._state: dict[str, tuple[str, ...]] = {}
        self._inner_side()
        self._subnets()
        self._gateways()
        self._internet()
        self._servers = self._serve()
        with self.at["net"].inside():
            self._public_resolver = Resolver(RESOLVER)
        self._resolver: Resolver | None = None

    # The parts that never change.

    def _inner_side(self) -> None:
        at = self.at
        at["fn"].link("eth0", at["eni"], "fn0")
        at["eni"].link("eth0", at["vpc"], "fn0")
        at["fn"].ip("addr add 192.168.100.2/30 dev eth0", "route add default via 192.168.100.1")
        at["eni"].ip(
            "addr add 192.168.100.1/30 dev fn0",
            f"addr add {FUNCTION}/24 dev eth0",
            "route add default via 10.0.1.1",
        )
        at["vpc"].ip("addr add 10.0.1.1/24 dev fn0", f"addr add {RESOLVER}/32 dev lo")
        # Hyperplane translates one way: what the function sends leaves with the interface's address.
        at["eni"].nft("v2n", chain("out", NAT, 'oifname "eth0" masquerade'))
        rules = ["rule add pref 100 lookup main suppress_prefixlength 0"]
        tables = {
            "fn0": TABLE,
            "natpub": PUBLIC_TABLE,
            "natreg": PUBLIC_TABLE,
            "natpriv": PRIVATE_TABLE,
            "db": OTHER_TABLE,
        }
        rules += [f"rule add pref 200 iif {device} lookup {table}" for device, table in tables.items()]
        # A VPC's router drops in silence what it has no route for.
        rules += [f"route add blackhole default table {table} metric 9999" for table in set(tables.values())]
        at["vpc"].ip(*rules)
        at["vpc"].run("ip -6 rule add pref 100 lookup main suppress_prefixlength 0")
        at["vpc"].run(f"ip -6 rule add pref 200 iif fn0 lookup {TABLE}")
        at["vpc"].run(f"ip -6 route add blackhole default table {TABLE} metric 9999")
        at["vpc"].ip("addr add 2001:db8:1:1::1/64 dev fn0 nodad")

    def _subnets(self) -> None:
        for name, number in SUBNETS.items():
            self.at["vpc"].link(name, self.at[name], "eth0")
            self.at["vpc"].ip(f"addr add 10.0.{number}.1/24 dev {name}")
            hosts = ENDPOINTS.values() if name == "ep" else [f"10.0.{number}.10"]
            self.at[name].ip(
                *(f"addr add {host}/24 dev eth0" for host in hosts), f"route add default via 10.0.{number}.1"
            )
        for name in NATS.values():
            self.at[name].nft("nat", chain("out", NAT, "masquerade"))

    def _gateways(self) -> None:
        for name, net in GATEWAYS.items():
            self.at["vpc"].link(name, self.at[name], "vpc")
            self.at["vpc"].ip(f"addr add {net}.1/30 dev {name}")
            self.at[name].ip(f"addr add {net}.2/30 dev vpc", f"route add 10.0.0.0/16 via {net}.1")
        for name, address in (("peer", DATABASES["peered"]), ("far", DATABASES["region"])):
            self.at[name].ip(f"addr add {address}/32 dev lo")
        for name, number in (("igw", 1), ("eigw", 2)):
            self.at["vpc"].ip(f"addr add fd00:{number}::1/64 dev {name} nodad")
            self.at[name].ip(
                f"addr add fd00:{number}::2/64 dev vpc nodad", f"route add 2001:db8:1::/48 via fd00:{number}::1"
            )

    def _internet(self) -> None:
        net = self.at["net"]
        for name, number in (("igw", 100), ("eigw", 101), ("gwe", 102)):
            self.at[name].link("net", net, name)
            self.at[name].ip(f"addr add 198.51.{number}.1/24 dev net", f"addr add fd00:{number}::1/64 dev net nodad")
            net.ip(f"addr add 198.51.{number}.2/24 dev {name}", f"addr add fd00:{number}::2/64 dev {name} nodad")
            self.at[name].ip(
                f"route add default via 198.51.{number}.2", f"route add 2001:db8:ffff::/48 via fd00:{number}::2"
            )
        net.ip(*(f"addr add {address} dev lo" for address in PUBLIC.values()), f"addr add {RESOLVER}/32 dev lo")
        # Only the gateway endpoint knows the way back to private addresses; the internet drops them in silence.
        net.ip("route add 10.0.0.0/16 via 198.51.102.1", "route add blackhole 10.0.0.0/8")
        self._at_the_edge()
        self.at["free"].link("eth0", net, "free")
        self.at["free"].ip("addr add 192.0.2.10/24 dev eth0", "route add default via 192.0.2.1")
        net.ip("addr add 192.0.2.1/24 dev free")
        # Nothing passes through the internet's hosts.
        net.nft("edge", chain("through", CLOSED))

    def _at_the_edge(self) -> None:
        """Let each gateway do what it is for, and no more."""
        owners = {f"10.0.{SUBNETS[name]}.10": elastic for name, elastic in ELASTIC.items()}
        self.at["igw"].ip(*(f"addr add {elastic}/32 dev net" for elastic in owners.values()))
        pairs = ", ".join(f"{private} : {elastic}" for private, elastic in owners.items())
        # An internet gateway translates for interfaces that own a public address, and drops the rest.
        self.at["igw"].nft(
            "gateway",
            chain(
                "through",
                CLOSED,
                STATEFUL,
                f"ip saddr {{ {', '.join(owners)} }} accept",
                "ip6 saddr 2001:db8:1::/48 accept",
            ),
            chain("out", NAT, f'oifname "net" snat ip to ip saddr map {{ {pairs} }}'),
        )
        self.at["eigw"].nft("gateway", chain("through", CLOSED, STATEFUL, 'meta nfproto ipv6 iifname "vpc" accept'))
        listed = ", ".join(PUBLIC[name] for name in ("s3", "dynamodb"))
        self.at["gwe"].nft(
            "gateway",
            chain(
                "through", CLOSED, f"ip daddr {{ {listed} }} tcp dport 443 accept", f"ip saddr {{ {listed} }} accept"
            ),
        )

    def _serve(self) -> dict[str, Server]:
        for name, address in PUBLIC.items():
            Server(f"public {name}", self.at["net"], address, 443).up()
        for name, address in ENDPOINTS.items():
            Server(f"endpoint {name}", self.at["ep"], address, 443).up()
        port = TARGETS["rds"].port
        return {name: Server("database", self.at[name], "0.0.0.0", port) for name in ("db", "peer", "far")}  # noqa: S104

    # The knobs.

    def apply(self, state: Settings) -> Namespace:
        """Make the network what the settings say; return where the function runs."""
        self._turn(self._ipv6, state["ipv6"])
        self._turn(self._routes, *(state[name] for name in ("route4", "nat", "igw", "place", "gateway-endpoint")))
        self._turn(self._routes6, state["route6"], state["igw"], state["ipv6"])
        self._turn(self._egress, state["egress"])
        self._turn(self._ingress, state["ingress"])
        self._turn(self._nacl, state["nacl"])
        self._turn(self._server, state["server"])
        self._names(state)
        return self.at["fn" if state["attached"] == "yes" else "free"]

    def _turn(self, turn: Callable[..., None], *values: str) -> None:
        if self._state.get(turn.__name__) != values:
            turn(*values)
            self._state[turn.__name__] = values

    def _ipv6(self, value: str) -> None:
        for name in ("fn", "eni"):
            self.at[name].run("ip -6 addr flush scope global")
            self.at[name].run("ip -6 route flush exact default")
        if value != "off":
            self.at["eni"].ip(f"addr add {FUNCTION6}/64 dev eth0 nodad", "route add default via 2001:db8:1:1::1")
        if value == "allowed":
            self.at["eni"].ip("addr add fd00::1/64 dev fn0 nodad")
            self.at["fn"].ip("addr add fd00::2/64 dev eth0 nodad", "route add default via fd00::1")

    def _routes(self, route4: str, nat: str, igw: str, place: str, endpoint: str) -> None:
        lines = []
        for table in (TABLE, PUBLIC_TABLE, OTHER_TABLE):
            lines += [f"route flush table {table}", f"route add blackhole default table {table} metric 9999"]
        # A route whose target is gone is a blackhole, so it is as good as absent.
        if igw == "yes":
            lines.append(f"route add default via 10.0.250.2 table {PUBLIC_TABLE}")
            if route4 == "igw":
                lines.append(f"route add default via 10.0.250.2 table {TABLE}")
        if route4 == "nat" and nat != "none":
            lines.append(f"route add default via 10.0.{SUBNETS[NATS[nat]]}.10 table {TABLE}")
        if place == "peered":
            lines.append(f"route add 10.1.0.0/16 via 10.0.253.2 table {TABLE}")
        if place == "region":
            lines.append(f"route add 10.2.0.0/16 via 10.0.254.2 table {TABLE}")
        if endpoint != "none":
            table = TABLE if endpoint == "this-table" else OTHER_TABLE
            lines += [f"route add {PUBLIC[name]}/32 via 10.0.252.2 table {table}" for name in ("s3", "dynamodb")]
        self.at["vpc"].ip(*lines)

    def _routes6(self, route6: str, igw: str, ipv6: str) -> None:
        del ipv6  # The function's addresses took routes with them when they went.
        self.at["vpc"].run(f"ip -6 route flush table {TABLE}")
        self.at["vpc"].run(f"ip -6 route add blackhole default table {TABLE} metric 9999")
        back = "fd00:100::1" if route6 == "igw" else "fd00:101::1"
        self.at["net"].run(f"ip -6 route replace 2001:db8:1::/48 via {back}")
        if route6 == "eigw":
            self.at["vpc"].run(f"ip -6 route add default via fd00:2::2 dev eigw table {TABLE}")
        if route6 == "igw" and igw == "yes":
            self.at["vpc"].run(f"ip -6 route add default via fd00:1::2 dev igw table {TABLE}")

    def _egress(self, value: str) -> None:
        databases = ", ".join(sorted(set(DATABASES.values())))
        rules = {
            "all": [""],
            "target": [f"ip daddr {{ {databases} }} tcp dport 3306", "tcp dport 443"],
            "none": [],
            "other-port": ["tcp dport 8443"],
        }
        lookups = f'iifname "fn0" ip daddr {RESOLVER} udp dport 53 accept'
        outbound = [f'iifname "fn0" {rule} accept' for rule in rules[value]]
        self.at["eni"].nft("group", chain("through", CLOSED, STATEFUL, lookups, *outbound))

    def _ingress(self, value: str) -> None:
        who = {"group": FUNCTION, "address": "10.0.1.0/24", "other-group": "10.0.9.9"}
        rules = [f"ip saddr {who[value]} tcp dport {{ 443, 3306 }} accept"] if value in who else []
        hook = "filter hook input priority filter; policy drop"
        for name in ("db", "ep", "peer", "far"):
            self.at[name].nft("group", chain("in", hook, 'iifname "lo" accept', STATEFUL, *rules))

    def _nacl(self, value: str) -> None:
        """Filter without memory; the peered VPCs have an ACL of their own for the database's subnet."""
        rules = {
            "no-out": [
                f'iifname "fn0" ip daddr != {RESOLVER} drop',
                'iifname "fn0" meta nfproto ipv6 meta l4proto tcp drop',
            ],
            "no-ephemeral": ['oifname "fn0" tcp dport 1024-65535 drop'],
            "target-no-in": ['oifname { "db", "ep" } drop'],
        }
        open_ = "filter hook forward priority filter; policy accept"
        self.at["vpc"].nft("acl", chain("through", open_, *rules.get(value, ())))
        for name in ("peer", "far"):
            far = ['iifname "vpc" drop'] if value == "target-no-in" else []
            self.at[name].nft("acl", chain("into", "filter hook prerouting priority raw; policy accept", *far))

    def _server(self, value: str) -> None:
        for server in self._servers.values():
            (server.up if value == "up" else server.down)()

    def _names(self, state: Settings) -> None:
        public = {TARGETS[name].host: address for name, address in PUBLIC.items()}
        public[TARGETS["rds"].host] = DATABASES[state["place"]]
        self._public_resolver.records = public
        if state["dns"] == "off":
            if self._resolver:
                self._resolver.close()
            self._resolver = None
            return
        if not self._resolver:
            with self.at["vpc"].inside():
                self._resolver = Resolver(RESOLVER)
        zone = {TARGETS[name].host: address for name, address in ENDPOINTS.items()}
        private = all(state[name] in ("yes", "on") for name in ("interface-endpoint", "private-dns", "dns-hostnames"))
        self._resolver.records = {**public, **zone} if private else public
