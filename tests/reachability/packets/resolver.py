"""Name servers: what they know they answer over UDP, as RFC 1035 has it, and the rest they ask others."""

from __future__ import annotations

import ipaddress
import socket
import struct
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packets.namespaces import Namespace

_A, _AAAA, _IN = 1, 28, 1
_HEADER = 12
_AUTHORITATIVE_ANSWER, _NO_SUCH_NAME = 0x8580, 3
# The answer's name is the question's, which stands right behind the header.
_SAME_NAME = 0xC00C
_LARGEST = 512
# Longer than the code waits in a hurry: a busy machine forwards slowly.
_PATIENCE = 4.0


@dataclass(frozen=True)
class Forward:
    """Where questions go on: from which network, to which server."""

    place: Namespace
    server: str


@dataclass(frozen=True)
class Known:
    """What a server knows: ``records`` of everybody, ``zones`` of its own by domain, ``rules`` by domain; what it blocks."""

    records: Mapping[str, str] = field(default_factory=dict)
    zones: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rules: Mapping[str, Forward] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()

    def of(self, name: str) -> Mapping[str, str] | Forward:
        """Return who is responsible: the longest domain that matches, and of equals the rule."""
        if name in self.blocked:
            return {}
        mine: dict[str, Mapping[str, str] | Forward] = {**self.zones, **self.rules}
        matching = [domain for domain in mine if domain in {"", name} or name.endswith(f".{domain}")]
        return mine[max(matching, key=len)] if matching else self.records


class Resolver:
    """A socket that answers from what is ``known``; it lives in the namespace in which it was opened."""

    def __init__(self, address: str) -> None:
        self.known = Known()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 53))
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        # Closing alone would leave the thread waiting, and the port open with it.
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            self._socket.close()
        else:
            self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                query, client = self._socket.recvfrom(_LARGEST)
                if not query:
                    return
                knows = self.known.of(_name(query)[0])
                if isinstance(knows, Forward):
                    Thread(target=self._forward, args=(query, client, knows), daemon=True).start()
                else:
                    self._socket.sendto(answer(query, knows), client)
            except OSError:
                return

    def _forward(self, query: bytes, client: tuple[str, int], to: Forward) -> None:
        """Ask the other server; where nothing comes back, nothing is said."""
        try:
            with to.place.inside():
                asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            with asking:
                asking.settimeout(_PATIENCE)
                asking.connect((to.server, 53))
                asking.send(query)
                self._socket.sendto(asking.recv(_LARGEST), client)
        except OSError:
            return


def answer(query: bytes, records: Mapping[str, str]) -> bytes:
    name, end = _name(query)
    kind, _ = struct.unpack_from("!HH", query, end)
    address = records.get(name)
    found = [packed] if address and (packed := _record(address, kind)) else []
    flags = _AUTHORITATIVE_ANSWER if address else _AUTHORITATIVE_ANSWER | _NO_SUCH_NAME
    return query[:2] + struct.pack("!5H", flags, 1, len(found), 0, 0) + query[_HEADER : end + 4] + b"".join(found)


def _name(query: bytes) -> tuple[str, int]:
    labels, at = [], _HEADER
    while length := query[at]:
        labels.append(query[at + 1 : at + 1 + length].decode("ascii").lower())
        at += 1 + length
    return ".".join(labels), at + 1


def _record(address: str, kind: int) -> bytes:
    packed = ipaddress.ip_address(address).packed
    fits = {_A: 4, _AAAA: 16}.get(kind) == len(packed)
    return struct.pack("!HHHIH", _SAME_NAME, kind, _IN, 0, len(packed)) + packed if fits else b""
