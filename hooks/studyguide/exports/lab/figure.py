"""The network as a map of its stations: the lab's script marks the way of a call in it, and where it stops.

Who cannot see it misses nothing: the list of hops says the same in words, so the map is hidden from screen readers.
"""

from __future__ import annotations

from typing import NamedTuple

WIDTH, HEIGHT = 360, 446
BOX = 30


class Frame(NamedTuple):
    """A part of the network that holds stations."""

    x: int
    y: int
    width: int
    height: int
    label: str


class Station(NamedTuple):
    """Where a hop is in the map."""

    hop: str
    x: int
    y: int
    width: int
    label: str


FRAMES = (
    Frame(6, 60, 348, 330, "Your VPC"),
    Frame(16, 84, 190, 146, "Function's subnet"),
    Frame(166, 242, 178, 140, "Target's subnet"),
)
STATIONS = (
    Station("start", 106, 12, 148, "Function"),
    Station("ipv6", 26, 108, 170, "Interface, IPv6"),
    Station("egress", 26, 148, 170, "Security group"),
    Station("nacl-out", 26, 188, 76, "ACL, out"),
    Station("reply", 114, 188, 82, "ACL, back"),
    Station("dns", 222, 108, 122, "Resolver"),
    Station("route", 222, 188, 122, "Route table"),
    Station("nat", 16, 262, 138, "NAT gateway"),
    Station("igw", 16, 302, 138, "Internet gateway"),
    Station("eigw", 16, 342, 138, "Egress-only gw."),
    Station("nacl-in", 176, 266, 158, "ACL, in"),
    Station("ingress", 176, 304, 158, "Security group"),
    Station("endpoint-policy", 176, 342, 158, "Endpoint policy"),
    Station("role-call", 16, 404, 138, "Permission"),
    Station("server", 176, 404, 158, "Database's port"),
)


def template() -> str:
    """Return the map, for a script to copy."""
    frames = "".join(
        f'<rect class="sg-map__frame" x="{frame.x}" y="{frame.y}" width="{frame.width}" height="{frame.height}" rx="8"/>'
        f'<text class="sg-map__label" x="{frame.x + 8}" y="{frame.y + 16}">{frame.label}</text>'
        for frame in FRAMES
    )
    stations = "".join(map(_station, STATIONS))
    return (
        f'<template class="sg-lab-map"><svg class="sg-map" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'focusable="false">{frames}{stations}</svg></template>'
    )


def _station(station: Station) -> str:
    right = station.x + station.width
    return (
        f'<g data-hop="{station.hop}"><rect x="{station.x}" y="{station.y}" width="{station.width}" height="{BOX}" rx="6"/>'
        f'<text x="{station.x + 8}" y="{station.y + 20}">{station.label}</text>'
        f'<circle cx="{right}" cy="{station.y + BOX // 2}" r="9"/>'
        f'<text class="sg-map__mark" x="{right}" y="{station.y + BOX // 2 + 4}"></text></g>'
    )
