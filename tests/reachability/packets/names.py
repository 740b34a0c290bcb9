"""Who answers for which name: the public DNS, the VPC's resolver, servers of one's own and those of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.settings import TARGETS

from packets.places import ENDPOINTS, MAIL, NEIGHBOURS, PUBLIC, PUBLIC_DATABASE, RESOLVER, addresses
from packets.probe import Way
from packets.resolver import Forward, Known, Resolver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reachability import Settings

    from packets.namespaces import Namespace

OFFICE_DNS, OWN_DNS = "10.9.0.53", "10.0.7.10"
PRIVATE: Final = "db.shop.internal"
# The domains of zones and rules, and what a zone over them may hold.
DOMAINS: Final = ("shop.internal", "example.com", "rds.amazonaws.com")


class Names:
    """The name servers; `turn` tells each what it knows."""

    def __init__(self, at: Mapping[str, Namespace]) -> None:
        self._at = at
        self._public = self._open("net", RESOLVER)
        self._own = self._open("own", OWN_DNS)
        self._office = self._open("office", OFFICE_DNS)
        self._resolver: Resolver | None = None

    def _open(self, place: str, address: str) -> Resolver:
        with self._at[place].inside():
            return Resolver(address)

    def turn(self, state: Settings) -> None:
        public = {TARGETS[name].host: address for name, address in PUBLIC.items()}
        public[TARGETS["rds"].host] = addresses(state)[1] if state["public-database"] == "no" else PUBLIC_DATABASE
        everything = {**public, PRIVATE: addresses(state)[1]}
        self._public.known = Known(public)
        self._own.known = Known(public)
        if state["dns-servers"] == "forwarding":
            self._own.known = Known(rules={"": Forward(self._at["own"], RESOLVER)})
        self._office.known = Known(everything if state["forwarding"] == "known" else {})
        if state["dns"] == "off":
            if self._resolver:
                self._resolver.close()
            self._resolver = None
            return
        self._resolver = self._resolver or self._open("vpc", RESOLVER)
        self._resolver.known = Known(
            {**public, **_inside(state), **_endpoints(state)},
            _zones(state, everything),
            self._rules(state),
            _blocked(state),
        )

    def _rules(self, state: Settings) -> dict[str, Forward]:
        if state["forwarding"] == "none":
            return {}
        return dict.fromkeys(DOMAINS, Forward(self._at["outb"], OFFICE_DNS))

    def server(self, state: Settings) -> str:
        """Return the server that the code asks."""
        return OWN_DNS if state["attached"] == "yes" and state["dns-servers"] != "vpc" else RESOLVER

    def ways(self, state: Settings) -> dict[str, Way]:
        """Return how each target is called."""
        found = {name: Way(target.host, target.port) for name, target in TARGETS.items()}
        port, protocol = TARGETS["rds"].port, state["protocol"]
        host = PRIVATE if state["name"] == "private" else TARGETS["rds"].host
        found["rds"] = Way(
            addresses(state)[0] if state["address"] == "kept" and state["attached"] == "yes" else host,
            port,
            protocol,
            state["answer"] == "fragments",
        )
        if protocol == "icmp":
            found["api4"] = Way(TARGETS["api4"].host, 0, protocol)
        elif state["mail"] != "no":
            found["api4"] = Way(TARGETS["api4"].host, MAIL)
        return found


def _inside(state: Settings) -> dict[str, str]:
    """Return what the VPC's resolver knows of a public database: its private address, inside and by a peering that asks."""
    peers = state["place"] != "same" and state["peering-dns"] == state["dns-hostnames"] == "on"
    return {TARGETS["rds"].host: addresses(state)[1]} if state["place"] == "same" or peers else {}


def _endpoints(state: Settings) -> dict[str, str]:
    if not all(state[name] in ("yes", "on") for name in ("interface-endpoint", "private-dns", "dns-hostnames")):
        return {}
    hosts = ENDPOINTS["epb" if state["from-zone"] == "b" and state["parts-in"] == "both" else "ep"]
    if state["target-subnet"] == "same":
        hosts = {name: NEIGHBOURS[name] for name in hosts}
    return {TARGETS[name].host: address for name, address in hosts.items()}


def _zones(state: Settings, everything: Mapping[str, str]) -> dict[str, dict[str, str]]:
    zone = state["zone"]
    if zone in {"none", "not-associated"} or state["dns-hostnames"] == "off":
        return {}
    held = {
        domain: {name: address for name, address in everything.items() if name.endswith(domain)}
        if zone != "no-record"
        else {}
        for domain in DOMAINS
    }
    narrower = {key: dict[str, str]() for key in (TARGETS[name].host for name in ("rds", "api4", "api6"))}
    return {**held, **narrower, PRIVATE: {}} if zone == "narrower" else held


def _blocked(state: Settings) -> frozenset[str]:
    if state["dns-firewall"] == "none":
        return frozenset()
    return frozenset({PRIVATE, *(target.host for target in TARGETS.values())})
