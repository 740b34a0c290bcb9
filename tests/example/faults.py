"""What a network does wrong, on loopback: a port where packets vanish, a peer that never speaks, a path that goes dead."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def dropping() -> Iterator[int]:
    """Yield a port whose queue is full: the kernel drops each further SYN, as a security group does."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for client in waiting:
            client.settimeout(0)
            client.connect_ex(("127.0.0.1", port))
        yield port
        for client in waiting:
            client.close()


@contextmanager
def mute() -> Iterator[int]:
    """Yield a port that is open, and where nobody ever says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield server.getsockname()[1]


class Relay:
    """A path to a port that can go dead: both ends stay open, and nothing passes any more."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0))
        self._sockets = [self._server]
        self._passing = threading.Event()
        self._passing.set()
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def die(self) -> None:
        """Let what is connected now go dead. What comes later passes."""
        self._passing.clear()
        self._passing = threading.Event()
        self._passing.set()

    def close(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._sockets += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(*ends, self._passing), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, sink: socket.socket, passing: threading.Event) -> None:
        with suppress(OSError):
            while (data := source.recv(65536)) and passing.is_set():
                sink.sendall(data)
            if passing.is_set():
                sink.shutdown(socket.SHUT_WR)
