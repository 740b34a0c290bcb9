"""What a network costs by the month: list prices of us-east-1, in one zone, before traffic. Look them up before you plan.

The function's own attachment costs nothing, so only what stands in the VPC counts, used or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reachability.settings import Settings


@dataclass(frozen=True, slots=True)
class Item:
    """``month`` in USD for 730 hours in one zone, ``gigabyte`` in USD for what passes; there when ``name`` is set so."""

    name: str
    values: tuple[str, ...]
    what: str
    month: float
    gigabyte: float
    sources: tuple[str, ...]


ITEMS: Final = (
    Item(
        "nat",
        ("public", "private"),
        "NAT gateway with its public IPv4 address, in each zone that has one",
        36.50,
        0.045,
        ("nat-price",),
    ),
    Item(
        "nat",
        ("regional",),
        "regional NAT gateway with its public IPv4 address, in each active zone",
        36.50,
        0.045,
        ("nat-price", "nat-regional-price"),
    ),
    Item("interface-endpoint", ("yes",), "interface endpoint, in each zone", 7.30, 0.01, ("if-price",)),
    Item("gateway-endpoint", ("this-table", "other-table"), "gateway endpoint", 0, 0, ("gw-free",)),
    Item("route6", ("eigw",), "egress-only internet gateway", 0, 0, ("ipv6-eigw-free",)),
)


def items(settings: Settings) -> tuple[Item, ...]:
    return tuple(item for item in ITEMS if settings[item.name] in item.values)


def monthly(settings: Settings) -> float:
    return round(sum(item.month for item in items(settings)), 2)
