"""What can be called: sockets that listen in a namespace, and tell each caller who answers and whom they see."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packets.namespaces import Namespace


class Server:
    """Listens while it is up. A caller gets `NAME sees ADDRESS`."""

    def __init__(self, name: str, place: Namespace, address: str, port: int) -> None:
        self._name, self._place, self._at = name, place, (address, port)
        self._socket: socket.socket | None = None

    def up(self) -> None:
        if self._socket:
            return
        family = socket.AF_INET6 if ":" in self._at[0] else socket.AF_INET
        with self._place.inside():
            self._socket = socket.create_server(self._at, family=family, backlog=64)
        Thread(target=self._serve, args=(self._socket,), daemon=True).start()

    def down(self) -> None:
        if self._socket:
            # Wakes the thread that waits for a caller; the port is closed when it has gone.
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            self._socket = None

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, seen = listening.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                caller.sendall(f"{self._name} sees {seen[0]}".encode())
