"""A name server: answers A and AAAA from a table, over UDP, as RFC 1035 has it."""

from __future__ import annotations

import ipaddress
import socket
import struct
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_A, _AAAA, _IN = 1, 28, 1
_HEADER = 12
_AUTHORITATIVE_ANSWER, _NO_SUCH_NAME = 0x8580, 3
# The answer's name is the question's, which stands right behind the header.
_SAME_NAME = 0xC00C


class Resolver:
    """A socket that answers from ``records``; it lives in the namespace in which it was opened."""

    def __init__(self, address: str) -> None:
        self.records: Mapping[str, str] = {}
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
                query, client = self._socket.recvfrom(512)
                if not query:
                    return
                self._socket.sendto(answer(query, self.records), client)
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
