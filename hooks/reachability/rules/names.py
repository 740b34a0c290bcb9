"""How the name of the target is looked up: by whom, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from reachability.rules.call import Call

ZONES = {"record": "zone-record", "no-record": "zone-no-record", "narrower": "zone-narrower"}
OFFICE = {"known": "office-knows", "unknown": "office-unknown"}


def look_up(call: Call) -> Iterator[str]:
    """Yield what is said until the name leads somewhere."""
    if call.target.name == "rds" and call.more("address") == "kept":
        yield "address-kept"
        return
    servers = call.more("dns-servers")
    if servers != "vpc" and (call.read("egress") != "all" or call.read("nacl") in {"no-out", "no-ephemeral"}):
        yield "dns-own-filtered"
        return
    if servers == "own":
        yield from _public(call)
        return
    if call.read("dns") == "off":
        yield "dns-off"
        return
    if call.more("dns-firewall") == "blocks":
        yield "dns-firewall-blocks"
        return
    yield from _resolved(call)


def named(call: Call) -> Generator[str, None, str]:
    """Look the name up; return what was said last."""
    said = list(look_up(call))
    yield from said
    return said[-1]


def _resolved(call: Call) -> Iterator[str]:
    """Ask the VPC's resolver: a rule comes before a zone of the same name, and a zone before the public DNS."""
    if (rule := call.more("forwarding")) != "none":
        yield "dns-asked"
        yield "rule-matches"
        yield "outbound-no-way" if rule == "unreachable" else "outbound"
        yield OFFICE.get(rule, "office-knows")
        return
    zone = call.more("zone")
    if zone not in ZONES:
        yield from _public(call, "name-unknown" if zone == "none" else "zone-not-associated")
    elif call.read("dns-hostnames") == "off":
        yield from _public(call, "zone-no-hostnames")
    else:
        yield ZONES[zone]


def _public(call: Call, unknown: str = "name-unknown") -> Iterator[str]:
    """Ask the public DNS, which knows no private name."""
    yield unknown if call.more("name") == "private" else answer(call)


def answer(call: Call) -> str:
    """Return what the usual name leads to."""
    if call.target.name == "rds":
        return _database(call)
    return _service(call) if call.has("service") else "dns-public"


def _database(call: Call) -> str:
    """Return what the name of a database leads to: if it is public, a private address for those inside its VPC alone."""
    if call.more("public-database") == "no":
        return "dns-database"
    if call.more("dns-servers") == "own":
        return "dns-database-public"
    if call.read("place") == "same":
        return "dns-database-inside"
    private = call.more("peering-dns") == "on" and call.read("dns-hostnames") == "on"
    return "dns-peering" if private else "dns-database-public"


def _service(call: Call) -> str:
    """Return what the name of an AWS service leads to: public addresses, unless private DNS takes it over."""
    if call.read("interface-endpoint") == "none":
        return "dns-public"
    if call.more("dns-servers") == "own":
        return "dns-own-servers"
    if call.read("private-dns") == "off":
        return "dns-endpoint-unused"
    return {"on": "dns-endpoint", "off": "dns-no-hostnames"}[call.read("dns-hostnames")]
