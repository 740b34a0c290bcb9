"""Where everything stands: the addresses of the networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.settings import EVERY

if TYPE_CHECKING:
    from reachability import Settings

MAIL: Final = 25
RESOLVER: Final = "169.254.169.253"
# By zone, and whether the interface is the first one or its successor.
FUNCTIONS: Final = {
    ("a", "kept"): "10.0.1.10",
    ("a", "replaced"): "10.0.1.20",
    ("b", "kept"): "10.0.11.10",
    ("b", "replaced"): "10.0.11.20",
}
FUNCTIONS6: Final = {"a": "2001:db8:1:1::10", "b": "2001:db8:1:b::10"}
SUBNETS: Final = {
    "db": 2,
    "ep": 3,
    "natpub": 4,
    "natpriv": 5,
    "natreg": 6,
    "own": 7,
    "outb": 8,
    "epb": 13,
    "natpubb": 14,
    "natregb": 16,
}
# Databases by the network that they are in; a transit gateway leads to one of the peer's addresses, as a narrower line does.
DATABASES: Final = {
    "db": "10.0.2.10",
    "peer": "10.1.2.10",
    "far": "10.2.2.10",
    "office": "10.9.2.10",
    "transit": "10.1.2.10",
}
OFFICE: Final = "10.9.0.0/16"
# Where they are after a failover.
NEW: Final = {name: f"{address[:-2]}11" for name, address in DATABASES.items()}
PUBLIC_DATABASE: Final = "203.0.115.10"
ENDPOINTS: Final = {
    "ep": {"secrets": "10.0.3.11", "s3": "10.0.3.12", "lambda": "10.0.3.14"},
    "epb": {"secrets": "10.0.13.11", "s3": "10.0.13.12", "lambda": "10.0.13.14"},
}
# What stands in the function's own subnet of zone a.
NEIGHBOURS: Final = {
    "rds": "10.0.1.50",
    "new": "10.0.1.51",
    "secrets": "10.0.1.61",
    "s3": "10.0.1.62",
    "lambda": "10.0.1.64",
}
PUBLIC: Final = {
    "api4": "203.0.113.10",
    "s3": "203.0.113.20",
    "dynamodb": "203.0.113.30",
    "secrets": "203.0.113.40",
    "lambda": "203.0.113.50",
    "api6": "2001:db8:ffff::10",
}
NATS: Final = {
    ("public", "a"): "natpub",
    ("public", "b"): "natpubb",
    ("private", "a"): "natpriv",
    ("private", "b"): "natpriv",
    ("regional", "a"): "natreg",
    ("regional", "b"): "natregb",
}
ELASTIC: Final = {
    "natpub": "198.51.100.10",
    "natreg": "198.51.100.11",
    "natpriv": "198.51.100.12",
    "natpubb": "198.51.100.20",
    "natregb": "198.51.100.21",
}
# Links to what is no subnet: the router's end is .1, the other .2.
GATEWAYS: Final = {
    "igw": "10.0.250",
    "eigw": "10.0.251",
    "gwe": "10.0.252",
    "peer": "10.0.253",
    "far": "10.0.254",
    "office": "10.0.249",
    "transit": "10.0.248",
}


def whole(state: Settings) -> Settings:
    """Return a state with every setting."""
    return {**{name: setting.default for name, setting in EVERY.items()}, **state}


def database(state: Settings) -> str:
    """Return the network that the database is in."""
    if state["target-subnet"] == "same":
        return "near"
    if state["place"] in {"peered", "peered-no-route"} and state["narrow-line"] == "transit-gateway":
        return "transit"
    if state["place"] == "peered":
        return {"vpn": "office", "peer-vpn": "office", "transit-gateway": "transit"}.get(state["line"], "peer")
    return {"same": "db", "peered-no-route": "peer", "region": "far"}[state["place"]]


def addresses(state: Settings) -> tuple[str, str]:
    """Return the address of the database before a failover, and the one of now."""
    place = database(state)
    old, new = (NEIGHBOURS["rds"], NEIGHBOURS["new"]) if place == "near" else (DATABASES[place], NEW[place])
    return old, old if state["failover"] == "none" else new
