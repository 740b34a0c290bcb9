"""What the code would do: look the name up, connect, read. Runs in the namespace of the function."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reachability.settings import Target

    from packets.namespaces import Namespace


class Seen(NamedTuple):
    """The symptom, by the model's names, and what the server said where one answered."""

    symptom: str
    answer: str = ""


def probe(targets: Iterable[Target], place: Namespace, seconds: float) -> dict[str, Seen]:
    """Call all targets at once."""
    called = list(targets)
    with ThreadPoolExecutor(max(1, len(called))) as pool:
        return dict(
            zip(
                [target.name for target in called],
                pool.map(lambda target: _inside(target, place, seconds), called),
                strict=True,
            )
        )


def _inside(target: Target, place: Namespace, seconds: float) -> Seen:
    with place.inside():
        return _call(target.host, target.port, seconds)


def _call(host: str, port: int, seconds: float) -> Seen:
    try:
        with socket.create_connection((host, port), seconds) as connection:
            return Seen("none", connection.recv(100).decode())
    except socket.gaierror:
        return Seen("dns")
    except TimeoutError:
        return Seen("timeout")
    except ConnectionRefusedError:
        return Seen("refused")
    except OSError:
        # No address of that family, or no route of the function's own: it fails before a packet leaves.
        return Seen("unreachable")
