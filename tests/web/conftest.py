"""The web these tests see: a server on this machine, and names that lead to it or to nothing."""

from __future__ import annotations

import os
import socket
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from studyguide.model import Position
from studyguide.text.source import Link
from studyguide.web import Accepted, Outcome, Settings, check
from web.server import Web

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY, NOW = date(2026, 11, 25), 1_795_600_000.0
# Patient, for the machine may be busy: what is to wait in vain says for how long.
QUICK = Settings(timeout=60.0, backoff=0.01)


class Checked(Protocol):
    def __call__(self, *addresses: str, **options: Any) -> Outcome: ...


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Run a server; ``*.test`` leads to it, ``*.invalid`` nowhere, and no other name is looked up."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    look_up = socket.getaddrinfo

    def named(host: str, *rest: Any, **options: Any) -> Any:
        if host == "busy.invalid":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        assert host == "127.0.0.1" or host.endswith(".test")
        return look_up("127.0.0.1", *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", named)
    with Web() as server:
        yield server


def link(address: str, line: int) -> Link:
    return Link(address, Position("docs/a.md", line, 1), start=Position("docs/a.md", line, 9))


@pytest.fixture
def checked() -> Checked:
    """Check addresses, each written on a line of its own of ``docs/a.md``, from line 1."""

    def run(
        *addresses: str,
        settings: Settings = QUICK,
        cache: Path | None = None,
        accepted: tuple[Accepted, ...] = (),
        today: date = TODAY,
        now: float = NOW,
    ) -> Outcome:
        written = {address: [link(address, line)] for line, address in enumerate(addresses, 1)}
        return check(written, settings=settings, cache=cache, accepted=accepted, today=today, now=now)

    return partial(run)
