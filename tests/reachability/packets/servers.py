"""What can be called: sockets that listen in a namespace, and tell each caller who answers and whom they see."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packets.namespaces import Namespace

NO = "no"
# Python has it from 3.14 on.
_PACKET_INFO = 8
LARGE, PACKET = b"large", 3000


class Server:
    """Listens while it is up. A caller gets `NAME sees ADDRESS`; who is not on the list, or calls a reader, gets `no`."""

    def __init__(self, name: str, place: Namespace, address: str, port: int) -> None:
        self._name, self._place, self._at = name, place, (address, port)
        self._sockets: list[socket.socket] = []
        self.admits: str | None = None
        self.reader: str | None = None

    def up(self) -> None:
        if self._sockets:
            return
        family = socket.AF_INET6 if ":" in self._at[0] else socket.AF_INET
        with self._place.inside():
            listening = socket.create_server(self._at, family=family, backlog=64)
            datagrams = socket.socket(family, socket.SOCK_DGRAM)
            datagrams.bind(self._at)
        if family == socket.AF_INET:
            datagrams.setsockopt(socket.IPPROTO_IP, _PACKET_INFO, 1)
        self._sockets = [listening, datagrams]
        Thread(target=self._serve, args=(listening,), daemon=True).start()
        Thread(target=self._reply, args=(datagrams,), daemon=True).start()

    def down(self) -> None:
        for each in self._sockets:
            # Wakes the thread that waits for a caller; the port is closed when it has gone.
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._sockets = []

    def _says(self, seen: str, at: str) -> bytes:
        refuses = self.admits not in {None, seen} or self.reader == at
        return (NO if refuses else f"{self._name} sees {seen}").encode()

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, seen = listening.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                caller.sendall(self._says(seen[0], caller.getsockname()[0]))

    def _reply(self, datagrams: socket.socket) -> None:
        while True:
            try:
                asked, where, _, seen = datagrams.recvmsg(100, 100)
                if not asked:
                    return
                said = self._says(seen[0], "")
                # From the address that was asked, where the host has several.
                datagrams.sendmsg([said.ljust(PACKET) if asked == LARGE else said], where, 0, seen)
            except OSError:
                return
