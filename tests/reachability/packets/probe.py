"""What the code would do: look the name up, connect, read. Runs in the namespace of the function."""

from __future__ import annotations

import socket
import struct
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from packets.servers import LARGE, NO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packets.namespaces import Namespace

_ECHO, _ANY = 8, 4096


class Way(NamedTuple):
    """How a target is called: by a name or an address, on a port, over TCP, UDP or by a ping; whether it answers much."""

    host: str
    port: int
    protocol: str = "tcp"
    large: bool = False


class Seen(NamedTuple):
    """The symptom, by the model's names, and what the server said where one answered."""

    symptom: str
    answer: str = ""


def probe(ways: Mapping[str, Way], place: Namespace, seconds: float) -> dict[str, Seen]:
    """Call all targets at once."""
    with ThreadPoolExecutor(max(1, len(ways))) as pool:
        return dict(zip(ways, pool.map(lambda way: _inside(way, place, seconds), ways.values()), strict=True))


def _inside(way: Way, place: Namespace, seconds: float) -> Seen:
    with place.inside():
        return _call(way, seconds)


def _call(way: Way, seconds: float) -> Seen:
    try:
        said = {"tcp": _connect, "udp": _ask, "icmp": _ping}[way.protocol](way, seconds)
    except socket.gaierror:
        return Seen("dns")
    except TimeoutError:
        return Seen("timeout")
    except ConnectionRefusedError:
        return Seen("refused")
    except OSError:
        # No address of that family, or no route of the function's own: it fails before a packet leaves.
        return Seen("unreachable")
    return Seen("denied") if said == NO else Seen("none", said)


def _connect(way: Way, seconds: float) -> str:
    with socket.create_connection((way.host, way.port), seconds) as connection:
        return connection.recv(100).decode()


def _ask(way: Way, seconds: float) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.settimeout(seconds)
        asking.connect((way.host, way.port))
        asking.send(LARGE if way.large else b"small")
        return asking.recv(_ANY).decode().strip()


def _ping(way: Way, seconds: float) -> str:
    address = socket.gethostbyname(way.host)
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as asking:
        asking.settimeout(seconds)
        asking.connect((address, 0))
        head = struct.pack("!BBHHH", _ECHO, 0, 0, 1, 1)
        asking.send(struct.pack("!BBHHH", _ECHO, 0, 0xFFFF - sum(struct.unpack("!4H", head)), 1, 1))
        asking.recv(_ANY)
        return "echo"
