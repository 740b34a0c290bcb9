"""A web of our own on 127.0.0.1: what each path answers, what was asked, and how much of it at once."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Says:
    """One answer; it takes ``hold`` seconds or until the test lets go, and ``pace`` between the pieces of its body."""

    status: int = 200
    body: str | bytes = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hold: float = 0.0
    pace: float = 0.0
    drops: bool = False
    cookie: str = ""  # what a request must bring, or it is answered 404


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of one who has left before the answer: some tests are about that."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Web:
    """A running server: every path it was not told of answers 404."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.times: list[float] = []
        self.agents: set[str] = set()
        self.most: Counter[str] = Counter()
        self.most_at_once = 0
        self._now: Counter[str] = Counter()
        self._answers: dict[str, list[Says]] = {}
        self._lock = threading.Lock()
        self._let_go = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_port

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def says(self, path: str, *answers: Says) -> str:
        """Let a path answer so, one after the other and the last for good; return its address."""
        self._answers[path] = list(answers)
        return self.at(path)

    def page(self, path: str, body: str) -> str:
        return self.says(path, Says(body=body, headers=HTML))

    def moves(self, path: str, to: str, status: int = 301) -> str:
        return self.says(path, Says(status, headers={"Location": to}))

    def next(self, method: str, path: str, agent: str) -> Says:
        with self._lock:
            self.asked.append(f"{method} {path}")
            self.times.append(time.monotonic())
            self.agents.add(agent)
            key = f"{method} {path}" if f"{method} {path}" in self._answers else path
            answers = self._answers.get(key, [Says(404)])
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def hold(self, seconds: float) -> None:
        self._let_go.wait(seconds)

    @contextmanager
    def counted(self, host: str) -> Iterator[None]:
        with self._lock:
            self._now[host] += 1
            self.most[host] = max(self.most[host], self._now[host])
            self.most_at_once = max(self.most_at_once, self._now.total())
        yield
        with self._lock:
            self._now[host] -= 1

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go.set()
        for thread in threading.enumerate():
            if "_ask" in thread.name:  # a request that was left behind closes its connection when it ends
                thread.join(5)
        self._server.shutdown()
        self._server.server_close()


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.removeprefix("http://elsewhere.test")
            answer = web.next(self.command, path, self.headers["User-Agent"])
            with web.counted(self.headers["Host"].partition(":")[0]), suppress(OSError):
                web.hold(answer.hold)
                self._send(answer)

        do_HEAD = do_GET  # noqa: N815 - http.server names it so

        def _send(self, answer: Says) -> None:
            if answer.drops:
                self.close_connection = True
                return
            body = answer.body.encode("utf-8") if isinstance(answer.body, str) else answer.body
            lacks = answer.cookie and answer.cookie not in self.headers.get("Cookie", "").split("; ")
            self.send_response(404 if lacks else answer.status)
            for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "HEAD":
                return
            for start in range(0, len(body), 10 if answer.pace else len(body) or 1):
                self.wfile.write(body[start : start + 10] if answer.pace else body)
                time.sleep(answer.pace)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
