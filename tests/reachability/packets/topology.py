"""The VPC and what is around it, and one knob for each setting.

function - interface - VPC router +- database          Lambda's own network - internet
           (group,     (tables,   +- endpoint (group), in each zone
            a subnet    ACLs)     +- NAT gateways: public, private, regional, in each zone
            in each               +- internet gateway ------- internet
            zone; in a's          +- egress-only gateway ---- internet
            a neighbour)          +- gateway endpoint ------- internet (S3, DynamoDB)
                                  +- peered VPC, VPC of another Region, office, transit gateway
                                  +- DNS servers of one's own, outbound endpoint
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.settings import TARGETS

from packets.filters import Filters
from packets.names import OFFICE_DNS, Names
from packets.namespaces import CLOSED, STATEFUL, Namespace, chain
from packets.places import (
    DATABASES,
    ELASTIC,
    ENDPOINTS,
    FUNCTIONS,
    FUNCTIONS6,
    GATEWAYS,
    MAIL,
    NATS,
    NEIGHBOURS,
    NEW,
    OFFICE,
    PUBLIC,
    PUBLIC_DATABASE,
    RESOLVER,
    SUBNETS,
    whole,
)
from packets.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reachability import Settings

    from packets.probe import Way

NAT: Final = "nat hook postrouting priority srcnat; policy accept"
TABLES: Final = {"a": 100, "b": 110}
PUBLIC_TABLE, PRIVATE_TABLE, OUTBOUND_TABLE, OTHER_TABLE = 200, 300, 400, 999
CABLES: Final = {"a": "fn0", "b": "fnb"}


class Topology(Filters):
    """Built once; `apply` turns the knobs that differ from the state before."""

    def __init__(self) -> None:
        names = ("fn", "eni", "lan", "near", "vpc", *SUBNETS, *GATEWAYS, "net", "free", "open")
        self.at = {name: Namespace() for name in names}
        self._state: dict[str, tuple[str, ...]] = {}
        self._inner_side()
        self._subnets()
        self._gateways()
        self._internet()
        self._beyond()
        self._servers = self._serve()
        self._names = Names(self.at)

    # The parts that never change.

    def _inner_side(self) -> None:
        at = self.at
        at["fn"].link("eth0", at["eni"], "fn0")
        # The subnet of zone a is a switch: what stays in it does not come by the router.
        for name, end, far in (("eni", "to-eni", "eth0"), ("vpc", "to-vpc", "fn0"), ("near", "to-near", "eth0")):
            at["lan"].link(end, at[name], far)
        ends = ("to-eni", "to-vpc", "to-near")
        at["lan"].ip(
            "link add name sw0 type bridge", *(f"link set {end} master sw0" for end in ends), "link set sw0 up"
        )
        at["eni"].link("eth1", at["vpc"], "fnb")
        at["fn"].ip("addr add 192.168.100.2/30 dev eth0", "route add default via 192.168.100.1")
        at["eni"].ip("addr add 192.168.100.1/30 dev fn0")
        at["near"].ip(
            *(f"addr add {host}/24 dev eth0" for host in NEIGHBOURS.values()), "route add default via 10.0.1.1"
        )
        at["vpc"].ip("addr add 10.0.1.1/24 dev fn0", "addr add 10.0.11.1/24 dev fnb", f"addr add {RESOLVER}/32 dev lo")
        # Hyperplane translates one way: what the function sends leaves with the interface's address.
        at["eni"].nft(
            "v2n",
            chain("out", NAT, 'oifname { "eth0", "eth1" } masquerade'),
            # It puts no fragments together.
            chain("back", "filter hook prerouting priority -500; policy accept", "ip frag-off & 0x3fff != 0 drop"),
        )
        rules = ["rule add pref 100 lookup main suppress_prefixlength 0"]
        tables = {
            **{cable: TABLES[zone] for zone, cable in CABLES.items()},
            **{name: PUBLIC_TABLE for name in SUBNETS if name.startswith("nat")},
            "natpriv": PRIVATE_TABLE,
            "outb": OUTBOUND_TABLE,
            "db": OTHER_TABLE,
        }
        rules += [f"rule add pref 200 iif {device} lookup {table}" for device, table in tables.items()]
        # A VPC's router drops in silence what it has no route for.
        rules += [f"route add blackhole default table {table} metric 9999" for table in set(tables.values())]
        at["vpc"].ip(*rules)
        rules6 = ["rule add pref 100 lookup main suppress_prefixlength 0"]
        for zone, cable in CABLES.items():
            rules6.append(f"rule add pref 200 iif {cable} lookup {TABLES[zone]}")
            rules6.append(f"route add blackhole default table {TABLES[zone]} metric 9999")
        at["vpc"].ip6(*rules6)
        at["vpc"].ip("addr add 2001:db8:1:1::1/64 dev fn0 nodad", "addr add 2001:db8:1:b::1/64 dev fnb nodad")

    def _subnets(self) -> None:
        for name, number in SUBNETS.items():
            self.at["vpc"].link(name, self.at[name], "eth0")
            self.at["vpc"].ip(f"addr add 10.0.{number}.1/24 dev {name}")
            hosts = ENDPOINTS[name].values() if name in ENDPOINTS else [f"10.0.{number}.10"]
            hosts = [*hosts, NEW["db"]] if name == "db" else hosts
            self.at[name].ip(
                *(f"addr add {host}/24 dev eth0" for host in hosts), f"route add default via 10.0.{number}.1"
            )
        for name in ELASTIC:
            self.at[name].nft("nat", chain("out", NAT, "masquerade"))

    def _gateways(self) -> None:
        for name, net in GATEWAYS.items():
            self.at["vpc"].link(name, self.at[name], "vpc")
            self.at["vpc"].ip(f"addr add {net}.1/30 dev {name}")
            self.at[name].ip(f"addr add {net}.2/30 dev vpc", f"route add 10.0.0.0/16 via {net}.1")
        for name, address in DATABASES.items():
            if name in GATEWAYS:
                self.at[name].ip(f"addr add {address}/32 dev lo", f"addr add {NEW[name]}/32 dev lo")
        self.at["office"].ip(f"addr add {OFFICE_DNS}/32 dev lo")
        # A peer has a VPN to the office too, and lends it to nobody.
        self.at["peer"].link("office", self.at["office"], "peer")
        self.at["peer"].ip("addr add 10.0.247.1/30 dev office")
        self.at["office"].ip("addr add 10.0.247.2/30 dev peer")
        self.at["peer"].ip(f"route add {OFFICE} via 10.0.247.2")
        self.at["peer"].nft("edge", chain("through", CLOSED))
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

    def _beyond(self) -> None:
        """Lay out what only further settings need: the public side of a database, and what Lambda lets nobody send."""
        net = self.at["net"]
        self.at["open"].link("eth0", net, "open")
        self.at["open"].ip(f"addr add {PUBLIC_DATABASE}/24 dev eth0", "route add default via 203.0.115.1")
        net.ip("addr add 203.0.115.1/24 dev open")
        net.nft("edge", chain("through", CLOSED, STATEFUL, f"ip daddr {PUBLIC_DATABASE} accept"))
        raw = "filter hook prerouting priority raw; policy accept"
        net.nft("lambda", chain("in", raw, 'iifname "free" icmp type echo-request drop'))

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
        self._public = {
            name: Server(f"public {name}", self.at["net"], address, 443) for name, address in PUBLIC.items()
        }
        self._post = Server("public api4", self.at["net"], PUBLIC["api4"], MAIL)
        for server in (*self._public.values(), self._post):
            server.up()
        for place, hosts in {**ENDPOINTS, "near": NEIGHBOURS}.items():
            for name in hosts.keys() - {"rds", "new"}:
                Server(f"endpoint {name}", self.at[place], hosts[name], 443).up()
        port = TARGETS["rds"].port
        says = {"transit": "database by transit", "office": "database of the office"}
        places = (*DATABASES, "near", "open")
        return {name: Server(says.get(name, "database"), self.at[name], "0.0.0.0", port) for name in places}  # noqa: S104 - of a network of its own

    # The knobs.

    def apply(self, given: Settings) -> tuple[Namespace, dict[str, Way], str]:
        """Make the network what the settings say; return where the function runs, how it calls, and whom it asks names."""
        state = whole(given)
        for turn, names in self._knobs():
            self._turn(turn, *(state[name] for name in names))
        self._names.turn(state)
        place = self.at["fn" if state["attached"] == "yes" else "free"]
        return place, self._names.ways(state), self._names.server(state)

    def _knobs(self) -> Iterator[tuple[Callable[..., None], tuple[str, ...]]]:
        """Yield each knob with the settings that it takes."""
        yield self._interface, ("from-zone", "interface")
        yield self._ipv6, ("ipv6", "from-zone")
        tables = ("route4", "nat", "igw", "gateway-endpoint", "parts-in", "place", "line", "narrow-line")
        yield self._routes, tables
        yield self._routes6, ("route6", "igw", "ipv6", "from-zone")
        yield self._egress, ("egress", "protocol", "mail")
        yield self._ingress, ("ingress", "from-zone", "interface", "allow-list", "failover")
        yield self._nacl, ("nacl",)
        yield self._outage, ("outage",)
        yield self._closed, ("block-public-access",)
        yield self._mail, ("mail",)
        yield self._forwarding, ("forwarding",)
        yield self._server, ("server",)
        yield self._answers, ("allow-list", "nat", "failover")

    def _turn(self, turn: Callable[..., None], *values: str) -> None:
        if self._state.get(turn.__name__) != values:
            turn(*values)
            self._state[turn.__name__] = values

    def _interface(self, zone: str, interface: str) -> None:
        for device in ("eth0", "eth1"):
            self.at["eni"].run(f"ip -4 addr flush dev {device}")
        device, address = {"a": "eth0", "b": "eth1"}[zone], FUNCTIONS[zone, interface]
        router = f"{address.rpartition('.')[0]}.1"
        self.at["eni"].ip(f"addr add {address}/24 dev {device}", f"route replace default via {router}")

    def _ipv6(self, value: str, zone: str) -> None:
        for name in ("fn", "eni"):
            self.at[name].ip6("addr flush scope global", "route flush exact default")
        address, device = FUNCTIONS6[zone], {"a": "eth0", "b": "eth1"}[zone]
        if value != "off":
            router = f"{address.rpartition('::')[0]}::1"
            self.at["eni"].ip(f"addr add {address}/64 dev {device} nodad", f"route add default via {router}")
        if value == "allowed":
            self.at["eni"].ip("addr add fd00::1/64 dev fn0 nodad")
            self.at["fn"].ip("addr add fd00::2/64 dev eth0 nodad", "route add default via fd00::1")

    def _routes(self, route4: str, nat: str, igw: str, endpoint: str, parts: str, *networks: str) -> None:
        lines = list[str]()
        for table in (*TABLES.values(), PUBLIC_TABLE, OTHER_TABLE):
            lines += [f"route flush table {table}", f"route add blackhole default table {table} metric 9999"]
        # A route whose target is gone is a blackhole, so it is as good as absent.
        if igw == "yes":
            lines.append(f"route add default via 10.0.250.2 table {PUBLIC_TABLE}")
        for zone, table in TABLES.items():
            if igw == "yes" and route4 == "igw":
                lines.append(f"route add default via 10.0.250.2 table {table}")
            if route4 == "nat" and nat != "none":
                gateway = NATS[nat, zone if parts == "both" else "a"]
                lines.append(f"route add default via 10.0.{SUBNETS[gateway]}.10 table {table}")
            if endpoint == "this-table":
                lines += [f"route add {PUBLIC[name]}/32 via 10.0.252.2 table {table}" for name in ("s3", "dynamodb")]
        if endpoint == "other-table":
            lines += [f"route add {PUBLIC[name]}/32 via 10.0.252.2 table {OTHER_TABLE}" for name in ("s3", "dynamodb")]
        self.at["vpc"].ip(*lines, *self._networks(parts, *networks))

    def _networks(self, parts: str, place: str, line: str, narrow: str) -> list[str]:
        """Return the lines to other networks."""
        lines = list[str]()
        for zone, table in TABLES.items():
            # Only zones with an attachment reach the transit gateway.
            transit = f"via {GATEWAYS['transit']}.2" if zone == "a" or parts == "both" else ""
            ways = {"peering": f"via {GATEWAYS['peer']}.2", "transit-gateway": transit}
            leads = dict[str, str]()
            if place == "peered":
                net, way = {
                    "vpn": (OFFICE, f"via {GATEWAYS['office']}.2"),
                    "peer-vpn": (OFFICE, ways["peering"]),
                }.get(line, ("10.1.0.0/16", ways.get(line, "")))
                leads[net] = way
            if place == "region":
                leads["10.2.0.0/16"] = f"via {GATEWAYS['far']}.2"
            if narrow == "transit-gateway":
                leads["10.1.2.0/24"] = transit
            lines += [
                f"route replace {'' if way else 'blackhole '}{net} {way} table {table}" for net, way in leads.items()
            ]
        return lines

    def _routes6(self, route6: str, igw: str, ipv6: str, zone: str) -> None:
        del ipv6, zone  # The function's addresses took routes with them when they went.
        back = "fd00:100::1" if route6 == "igw" else "fd00:101::1"
        self.at["net"].ip6(f"route replace 2001:db8:1::/48 via {back}")
        lines = list[str]()
        for table in TABLES.values():
            lines += [f"route flush table {table}", f"route add blackhole default table {table} metric 9999"]
            if route6 == "eigw":
                lines.append(f"route add default via fd00:2::2 dev eigw table {table}")
            if route6 == "igw" and igw == "yes":
                lines.append(f"route add default via fd00:1::2 dev igw table {table}")
        self.at["vpc"].ip6(*lines)

    def _forwarding(self, value: str) -> None:
        way = "blackhole" if value == "unreachable" else ""
        to = "" if way else f"via {GATEWAYS['office']}.2"
        self.at["vpc"].ip(f"route replace {way} {OFFICE} {to} table {OUTBOUND_TABLE}")

    def _server(self, value: str) -> None:
        for server in self._servers.values():
            (server.up if value == "up" else server.down)()

    def _answers(self, listed: str, nat: str, failover: str) -> None:
        """Tell the partner whom to admit, and the databases which of their addresses only reads."""
        first = ELASTIC.get(NATS.get((nat, "a"), ""), "nobody")
        for server in (self._public["api4"], self._post):
            server.admits = None if listed == "none" else first if listed == "nat-a" else "nobody"
        for name, server in self._servers.items():
            old = NEIGHBOURS["rds"] if name == "near" else DATABASES.get(name)
            server.reader = old if failover == "aurora" else None
