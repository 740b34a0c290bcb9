"""What Lambda, IAM and the VPC's DNS do for the function, done here; everything else is the function's own.

* An *environment* imports the code anew, so that it starts cold; its calls share what the modules keep.
* *IAM*: MariaDB knows no IAM tokens. Here the token is signed by botocore as ever, and becomes the user's password if
  its own date says that it is not older than its 900 seconds. So the login is a real one with a real token, and what
  is not shown is AWS checking the signature, and MySQL's clear-text plugin that carries the token.
* *DNS*: the endpoint's name leads to loopback, and a name that nobody registered does not resolve.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import socket
import sys
import threading
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import botocore.auth
import botocore.signers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from example.mariadb import Server

APP = Path(__file__).parents[2] / "docs/example/app"
HOST = "orders.c0ffee.eu-west-1.rds.amazonaws.com"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of a database that lives for a minute
OTHER_HOST = "other.c0ffee.eu-west-1.rds.amazonaws.com"
MODULES = ("handler", "settings", "symptoms")
TIME_FORMAT = "%Y%m%dT%H%M%SZ"


class Clock(threading.local):
    """The time of a function's call, in seconds: what this file does in place of AWS is none of it, and may wait for a disk."""

    stood = 0.0

    def now(self) -> float:
        return time.monotonic() - self.stood

    @contextmanager
    def stopped(self) -> Iterator[None]:
        since = time.monotonic()
        try:
            yield
        finally:
            self.stood += time.monotonic() - since


CLOCK = Clock()


@dataclass(frozen=True)
class Context:
    """What the function asks of its context: how long it may still run."""

    deadline: float

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - CLOCK.now()) * 1000))


@dataclass(frozen=True)
class Call:
    """What a caller and a reader of the log see of one invocation."""

    event: Any
    answer: Any
    error: BaseException | None
    log: list[dict[str, Any]]
    took: float
    limit: float

    @property
    def response(self) -> str:
        """The payload that Lambda returns."""
        if self.error:
            return json.dumps({"errorMessage": str(self.error), "errorType": type(self.error).__name__})
        return json.dumps(self.answer)

    @property
    def text(self) -> str:
        """Everything that leaves the function, the traceback included."""
        trace = "".join(traceback.format_exception(self.error)) if self.error else ""
        return "\n".join([*map(json.dumps, self.log), self.response, trace])


@dataclass
class Cloud:
    """Makes environments, and sees that no call tells a secret or outlives its limit."""

    settings: dict[str, str]
    secrets: set[str] = field(default_factory=set)
    environments: list[Environment] = field(default_factory=list)

    def environment(self, **changes: str | None) -> Environment:
        """Return a cold environment; a setting changed to None is taken away."""
        merged = {**self.settings, **changes}
        made = Environment({name: value for name, value in merged.items() if value is not None}, self)
        self.environments.append(made)
        return made

    def check(self, call: Call) -> None:
        assert call.took < call.limit, "Lambda would have stopped this call, and nobody would know why"
        told = [secret for secret in self.secrets if secret in call.text]
        assert not told, "a secret was told"

    def close(self) -> None:
        for environment in self.environments:
            environment.close()


class Environment:
    """One execution environment: cold at first, warm after a call."""

    def __init__(self, variables: dict[str, str], cloud: Cloud) -> None:
        self.variables = variables
        self._cloud = cloud
        self._log: list[dict[str, Any]] = []
        with _path(), mock.patch.dict(os.environ, variables):
            self.module = importlib.import_module("handler")
        self.module.print = lambda line: self._log.append(json.loads(line))  # each line is one JSON object

    def __call__(self, event: Any = None, *, seconds: float = 4.0) -> Call:
        with mock.patch.dict(os.environ, self.variables):
            return self.run(event, seconds=seconds)

    def run(self, event: Any = None, *, seconds: float) -> Call:
        """Call without setting the environment variables, which all threads share."""
        event = {"customer": "C-1001"} if event is None else event
        start, answer, error, first = CLOCK.now(), None, None, len(self._log)
        try:
            answer = self.module.handler(event, Context(start + seconds))
        except Exception as raised:  # noqa: BLE001 - Lambda too answers with whatever was raised
            error = raised
        call = Call(event, answer, error, self._log[first:], CLOCK.now() - start, seconds)
        self._cloud.check(call)
        return call

    @property
    def kept(self) -> dict[str, Any]:
        """What the environment keeps from call to call."""
        return self.module._kept

    def close(self) -> None:
        if connection := self.kept.pop("connection", None):
            connection._force_close()


@contextmanager
def _path() -> Iterator[None]:
    """Import the function's files as Lambda does, and anew."""
    sys.path.insert(0, str(APP))
    try:
        yield
    finally:
        sys.path.remove(str(APP))
        for name in MODULES:
            sys.modules.pop(name, None)


@dataclass
class Iam:
    """Lets a user log in with a token that is not too old."""

    server: Server
    cloud: Cloud
    real: Any = botocore.signers.generate_db_auth_token

    def signer(self) -> Callable[..., str]:
        """Return what takes the place of botocore's method: it signs, and lets the server know."""

        def sign(client: Any, *args: Any, **kwargs: Any) -> str:
            token = self.real(client, *args, **kwargs)
            self.cloud.secrets.add(token)
            with CLOCK.stopped():
                self.accept(token)
            return token

        return sign

    def accept(self, token: str) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(f"https://{token}").query).items()}
        signed = dt.datetime.strptime(query["X-Amz-Date"], TIME_FORMAT).replace(tzinfo=dt.UTC)
        if dt.datetime.now(dt.UTC) - signed < dt.timedelta(seconds=int(query["X-Amz-Expires"])):
            self.server.run(f"SET PASSWORD FOR '{query['DBUser']}' = PASSWORD('{token}')")


@contextmanager
def late(*, minutes: int) -> Iterator[None]:
    """Sign as if it had been done some minutes ago."""
    now, ago = botocore.auth.get_current_datetime, dt.timedelta(minutes=minutes)
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda *args, **kwargs: now(*args, **kwargs) - ago):
        yield


class Dns:
    """The names that resolve: each leads to loopback, and no question leaves the machine."""

    def __init__(self, *names: str) -> None:
        self._names = {*names, "localhost", "127.0.0.1"}
        self._real = socket.getaddrinfo

    def getaddrinfo(self, host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self._real("127.0.0.1", port, *args, **kwargs)
