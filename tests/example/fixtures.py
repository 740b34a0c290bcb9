"""A database, and what surrounds the function."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from example import mariadb
from example.certificates import Authority
from example.cloud import APP, HOST, OTHER_HOST, PASSWORD, Cloud, Dns, Iam
from example.output import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example.mariadb import Server

ORDERS = "('C-1001', 'open', 12.50), ('C-1001', 'open', 3.00), ('C-1001', 'paid', 9.99), ('C-2002', 'open', 700.00)"


def missing(what: str) -> None:
    """Say that a test was not run; in CI that is a failure."""
    message = f"not run: {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.new("Test RDS root")


@pytest.fixture(scope="session")
def running(authority: Authority) -> Iterator[Server]:
    """A server with TLS, the schema, some orders, and the function's user."""
    if not mariadb.find():
        mariadb.bring()
    if not mariadb.find():
        missing("there is no MariaDB (Debian: apt install mariadb-server)")
    # A socket's path is short: pytest's folders are too deep for it.
    folder = Path(tempfile.mkdtemp(prefix="example-"))
    authority.issue(HOST, folder)
    authority.write(folder / "ca.pem")
    server = mariadb.Server(folder)
    try:
        server.start()
        server.run(*schema())
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def schema() -> list[str]:
    """Return the statements of the example's schema, with a password where MySQL on RDS asks IAM."""
    text = (Path(__file__).parents[2] / "docs/example/app/schema.sql").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    plugin = "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'"
    statements = "\n".join(lines).replace(plugin, f"IDENTIFIED BY '{PASSWORD}'").split(";")
    assert plugin not in "".join(statements)
    return [*filter(str.strip, statements), f"INSERT INTO shop.orders (customer, status, total) VALUES {ORDERS}"]


@pytest.fixture
def server(running: Server) -> Server:
    """The server as every test may expect it, whatever the one before did to it."""
    running.run(f"SET PASSWORD FOR orders_app = PASSWORD('{PASSWORD}')")
    return running


@pytest.fixture
def cloud(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """An account in which the function may log in with a token."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "DB_"))]:
        monkeypatch.delenv(name)
    settings = {
        "DB_HOST": HOST,
        "DB_PORT": str(server.port),
        "DB_NAME": "shop",
        "DB_USER": "orders_app",
        "DB_CA_BUNDLE": str(server.folder / "ca.pem"),
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "key-of-the-role",
        "AWS_SESSION_TOKEN": "session-of-the-role",
    }
    made = Cloud(settings, {PASSWORD, settings["AWS_SECRET_ACCESS_KEY"], settings["AWS_SESSION_TOKEN"]})
    monkeypatch.setattr("botocore.signers.generate_db_auth_token", Iam(server, made).signer())
    monkeypatch.setattr("socket.getaddrinfo", Dns(HOST, OTHER_HOST).getaddrinfo)
    yield made
    made.close()


@pytest.fixture
def untouched(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> list[Any]:  # noqa: ARG001 - what the cloud set up is not counted
    """A list of the connections that were tried; it is to stay empty."""
    tried: list[Any] = []
    monkeypatch.setattr("socket.create_connection", lambda address, *_, **__: tried.append(address))
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: tried.append(address))
    return tried


@pytest.fixture(scope="session")
def shown() -> Shown:
    """Keeps what a run said for the pages."""
    return Shown(APP.parent / "output")
