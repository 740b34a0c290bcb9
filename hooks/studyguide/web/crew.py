"""Visits -> answers: so many requests at once, so many for each host, and a pause where a host wants one.

One thread decides what is asked when; each request is a thread of its own that ends with a Reply. They are daemons:
a server that never lets go holds up neither the budget of the check nor Ctrl-C.
"""

from __future__ import annotations

import heapq
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from studyguide.web.client import Client
from studyguide.web.visit import OF_THE_SERVER, Again, Answer, Reply, Settings, Visit, step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONG = 3600.0  # a day would do as well: every reply ends the wait


def visit_all(visits: Iterable[Visit], settings: Settings) -> Iterator[Answer]:
    """Yield the answer to each visit as it comes; those unknown when the budget is spent are left out."""
    crew = _Crew(settings)
    try:
        yield from crew.run(visits)
    finally:
        crew.client.close()


@dataclass(slots=True)
class _Host:
    """The visits that wait for a host, each with the time from which it may start."""

    waiting: list[tuple[float, int, Visit]] = field(default_factory=list)
    asked: int = 0  # requests on their way
    resume: float = 0.0

    @property
    def ready(self) -> float:
        return max(self.resume, self.waiting[0][0])


class _Crew:
    def __init__(self, settings: Settings) -> None:
        self.client = Client(settings)
        self._settings = settings
        self._hosts: dict[str, _Host] = {}
        self._down: dict[str, Reply] = {}
        self._replies: SimpleQueue[tuple[Visit, Reply]] = SimpleQueue()
        self._asked = self._order = 0

    def run(self, visits: Iterable[Visit]) -> Iterator[Answer]:
        for visit in visits:
            self._queue(Again(visit))
        end = time.monotonic() + self._settings.budget
        while (now := time.monotonic()) < end and any(host.waiting or host.asked for host in self._hosts.values()):
            self._start(now)
            with suppress(Empty):
                pause = min(end, self._next_start()) - time.monotonic()
                visit, reply = self._replies.get(timeout=max(0.0, pause))
                yield from self._take(visit, reply)

    def _queue(self, again: Again) -> None:
        host = self._hosts.setdefault(again.visit.host, _Host())
        ready = time.monotonic() + again.wait
        self._order += 1
        heapq.heappush(host.waiting, (ready, self._order, again.visit))
        if again.busy:
            host.resume = max(host.resume, ready)

    def _start(self, now: float) -> None:
        for host in self._hosts.values():
            while host.waiting and self._free(host) and host.ready <= now:
                visit = heapq.heappop(host.waiting)[2]
                host.asked += 1
                self._asked += 1
                if reply := self._down.get(visit.server):
                    self._replies.put((visit, reply))
                else:
                    threading.Thread(target=self._ask, args=(visit,), daemon=True).start()

    def _free(self, host: _Host) -> bool:
        return host.asked < self._settings.per_host and self._asked < self._settings.concurrency

    def _next_start(self) -> float:
        """Return when a request may start that waits for time to pass, not for another to end."""
        ready = [host.ready for host in self._hosts.values() if host.waiting and self._free(host)]
        return min(ready, default=time.monotonic() + LONG)

    def _ask(self, visit: Visit) -> None:
        reply = Reply(failure="broken")
        try:
            reply = self.client.ask(visit)
        finally:
            self._replies.put((visit, reply))

    def _take(self, visit: Visit, reply: Reply) -> Iterator[Answer]:
        self._hosts[visit.host].asked -= 1
        self._asked -= 1
        if visit.server in self._down:
            # A server that was not there after every retry is not asked again for each of its pages.
            visit = replace(visit, tries=self._settings.retries)
        then = step(visit, reply, self._settings)
        if isinstance(then, Again):
            self._queue(then)
            return
        if then.failure in OF_THE_SERVER:
            self._down[visit.server] = reply
        yield then
