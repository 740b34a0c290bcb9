"""The function against a real database with TLS: what works, and each way it fails."""

from __future__ import annotations

import os
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from example import faults, mariadb
from example.certificates import Authority
from example.cloud import HOST, OTHER_HOST, PASSWORD, Call, Cloud, Environment, late

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from example.mariadb import Server
    from example.output import Shown

NAME = "orders"
OPEN = {"orders": [{"id": 1, "total": "12.50"}, {"id": 2, "total": "3.00"}]}


def failed(call: Call, meaning: str, detail: str) -> None:
    """Expect one logged symptom, the same for the caller, and the driver's own words beside it."""
    assert (type(call.error).__name__, str(call.error)) == ("Failed", meaning)
    assert [(line["level"], line["symptom"]) for line in call.log] == [("ERROR", meaning)]
    assert detail in call.log[0]["error"]


# What works.


def test_cold_call(cloud: Cloud) -> None:
    call = cloud.environment()()
    assert call.answer == OPEN
    assert [(line["level"], line["orders"]) for line in call.log] == [("INFO", 2)]


def test_warm_call_has_the_same_connection(cloud: Cloud, shown: Shown) -> None:
    environment = cloud.environment()
    first, second = environment(), environment({"customer": "C-2002"})
    assert second.answer == {"orders": [{"id": 4, "total": "700.00"}]}
    assert first.log[0]["connection"] == second.log[0]["connection"]
    shown("cold-and-warm", first, second)


def test_another_environment_has_its_own(cloud: Cloud) -> None:
    first, second = cloud.environment()(), cloud.environment()()
    assert first.log[0]["connection"] != second.log[0]["connection"]


def test_the_connection_is_encrypted(cloud: Cloud) -> None:
    environment = cloud.environment()
    environment()
    with environment.kept["connection"].cursor() as cursor:
        cursor.execute("SHOW STATUS LIKE 'Ssl_version'")
        assert cursor.fetchone() == ("Ssl_version", "TLSv1.3")


def test_server_restarted_between_calls(cloud: Cloud, server: Server, shown: Shown) -> None:
    environment = cloud.environment()
    before = environment()
    server.stop()
    server.start()
    after = environment()
    assert [before.answer, after.answer] == [OPEN, OPEN]
    shown("server-restarted", before, after)


def test_idle_connection_was_closed(cloud: Cloud, server: Server) -> None:
    environment = cloud.environment()
    thread = environment().log[0]["connection"]
    server.run(f"KILL CONNECTION {thread}")
    call = environment()
    assert call.answer == OPEN
    assert call.log[0]["connection"] != thread


def test_idle_path_went_dead(cloud: Cloud, relay: faults.Relay) -> None:
    """The ping waits its share, and what is left is enough for a new connection."""
    environment = cloud.environment(DB_PORT=str(relay.port))
    first = environment(seconds=2.5)
    relay.die()
    second = environment(seconds=2.5)
    assert second.answer == OPEN
    assert second.log[0]["connection"] != first.log[0]["connection"]
    assert second.took > 0.4


@pytest.mark.parametrize(
    "customer",
    ["' OR '1'='1", "C-1001' -- ", "\\' OR 1=1 -- ", "'; DROP TABLE orders; -- ", "\u02bc OR 1=1 #", "%", "%s"],
)
def test_sql_in_the_event_stays_a_text(cloud: Cloud, server: Server, customer: str) -> None:
    assert cloud.environment()({"customer": customer}).answer == {"orders": []}
    assert server.run("SELECT COUNT(*) FROM shop.orders") == [(4,)]


# The network.


@pytest.fixture
def relay(server: Server) -> Iterator[faults.Relay]:
    made = faults.Relay(server.port)
    yield made
    made.close()


TIMEOUT = "timeout: look at routes, security groups, network ACLs"
LOST = "no answer any more: look at slow queries, locks, restarts"
REFUSED = "connection refused: look at the port, the service"
NO_NAME = "name not resolved: look at the DNS of the VPC"
CERTIFICATE = "bad certificate: look at the bundle, the host name, the dates"
DENIED = "access denied: look at the database user, rds-db:connect"
NO_GRANT = "access denied: look at the grants of the database user"
FULL = "too many connections: look at concurrency, RDS Proxy"


def test_packets_dropped(cloud: Cloud, shown: Shown) -> None:
    with faults.dropping() as port:
        call = cloud.environment(DB_PORT=str(port))(seconds=2.5)
    failed(call, TIMEOUT, f"(2003, \"Can't connect to MySQL server on '{HOST}' (timed out)\")")
    shown("packets-dropped", call)


def test_nobody_speaks(cloud: Cloud, shown: Shown) -> None:
    with faults.mute() as port:
        call = cloud.environment(DB_PORT=str(port))(seconds=2.5)
    failed(call, LOST, "(2013, 'Lost connection to MySQL server during query (timed out)')")
    shown("nobody-speaks", call)


def test_database_down(cloud: Cloud, shown: Shown) -> None:
    call = cloud.environment(DB_PORT=str(mariadb.free_port()))()
    failed(call, REFUSED, "Connection refused")
    shown("database-down", call)


def test_name_does_not_resolve(cloud: Cloud, shown: Shown) -> None:
    call = cloud.environment(DB_HOST="oders.c0ffee.eu-west-1.rds.amazonaws.com")()
    failed(call, NO_NAME, "Name or service not known")
    shown("name-not-resolved", call)


def test_slow_query_ends_before_the_function(cloud: Cloud, server: Server, shown: Shown) -> None:
    with locked(server):
        call = cloud.environment()(seconds=2.5)
    failed(call, LOST, "Lost connection to MySQL server during query (The read operation timed out)")
    shown("slow-query", call)


def test_a_call_after_a_slow_query_works(cloud: Cloud, server: Server) -> None:
    environment = cloud.environment()
    with locked(server):
        assert environment(seconds=2.5).error
    assert environment().answer == OPEN


def test_path_goes_dead_in_a_query(cloud: Cloud, relay: faults.Relay, server: Server) -> None:
    environment = cloud.environment(DB_PORT=str(relay.port))
    with locked(server):
        threading.Timer(0.3, relay.die).start()
        failed(environment(seconds=2.5), LOST, "timed out")


def test_no_time_is_left(cloud: Cloud, shown: Shown) -> None:
    call = cloud.environment()(seconds=0.9)
    assert str(call.error) == "no time left: the function needs more than 1 s"
    shown("no-time-left", call)


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Hold the table, so that a query waits as it does behind a long transaction."""
    with server.admin() as connection, connection.cursor() as cursor:
        cursor.execute("LOCK TABLES shop.orders WRITE")
        yield
        cursor.execute("UNLOCK TABLES")


# The certificate.


def test_wrong_authority(cloud: Cloud, tmp_path: Path, shown: Shown) -> None:
    bundle = Authority.new("Test RDS root").write(tmp_path / "other.pem")  # the same name, another key
    call = cloud.environment(DB_CA_BUNDLE=str(bundle))()
    failed(call, CERTIFICATE, "certificate verify failed")
    shown("wrong-authority", call)


def test_wrong_host_name(cloud: Cloud, shown: Shown) -> None:
    call = cloud.environment(DB_HOST=OTHER_HOST)()
    failed(call, CERTIFICATE, f"Hostname mismatch, certificate is not valid for '{OTHER_HOST}'")
    shown("wrong-host-name", call)


def test_expired_certificate(cloud: Cloud, server: Server, authority: Authority, shown: Shown) -> None:
    with certificate(server, authority, days=-1):
        call = cloud.environment()()
    failed(call, CERTIFICATE, "certificate has expired")
    shown("expired-certificate", call)


def test_renewed_certificate(cloud: Cloud, server: Server, authority: Authority) -> None:
    with certificate(server, authority, days=90):
        assert cloud.environment()().answer == OPEN


def test_certificates_pass_the_strict_checks_of_python_3_13(cloud: Cloud) -> None:
    environment = cloud.environment()
    with mock.patch.dict(os.environ, environment.variables):
        tls = environment.module.settings().tls
    tls.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
    assert environment().answer == OPEN


@contextmanager
def certificate(server: Server, authority: Authority, *, days: int) -> Iterator[None]:
    authority.issue(HOST, server.folder, days=days)
    server.run("FLUSH SSL")
    yield
    authority.issue(HOST, server.folder)
    server.run("FLUSH SSL")


def test_server_without_tls(cloud: Cloud, server: Server, shown: Shown) -> None:
    """Neither the query nor the token goes out in clear text."""
    server.stop()
    server.start("--skip-ssl")
    call = cloud.environment()()
    server.stop()
    server.start()
    failed(call, "no TLS: look at the parameters of the database", "SSL is required but the server doesn't support it")
    shown("no-tls", call)


# The login.


def test_expired_token(cloud: Cloud, shown: Shown) -> None:
    with late(minutes=16):
        call = cloud.environment()()
    failed(call, DENIED, "(1045, \"Access denied for user 'orders_app'@'127.0.0.1' (using password: YES)\")")
    shown("expired-token", call)


def test_token_of_14_minutes(cloud: Cloud) -> None:
    with late(minutes=14):
        assert cloud.environment()().answer == OPEN


def test_open_session_outlives_its_token(cloud: Cloud, server: Server) -> None:
    environment = cloud.environment()
    first = environment()
    server.run("SET PASSWORD FOR orders_app = PASSWORD('the token is not the password any more')")
    assert environment().log[0]["connection"] == first.log[0]["connection"]


def test_new_connection_has_a_fresh_token(cloud: Cloud, server: Server) -> None:
    environment = cloud.environment()
    thread = environment().log[0]["connection"]
    server.run("SET PASSWORD FOR orders_app = PASSWORD('the old token is too old')", f"KILL CONNECTION {thread}")
    assert environment().answer == OPEN


def test_unknown_user(cloud: Cloud) -> None:
    environment = cloud.environment(DB_USER="nobody")
    with mock.patch("example.cloud.Iam.accept"):
        failed(environment(), DENIED, "(1045, \"Access denied for user 'nobody'")


def test_user_without_the_right(cloud: Cloud, server: Server, shown: Shown) -> None:
    server.run("REVOKE SELECT ON shop.orders FROM orders_app", "GRANT INSERT ON shop.orders TO orders_app")
    call = cloud.environment()()
    server.run("REVOKE INSERT ON shop.orders FROM orders_app", "GRANT SELECT ON shop.orders TO orders_app")
    failed(call, NO_GRANT, "(1142, \"SELECT command denied to user 'orders_app'")
    shown("no-grant", call)


def test_user_without_any_right(cloud: Cloud, server: Server) -> None:
    server.run("REVOKE SELECT ON shop.orders FROM orders_app")
    call = cloud.environment()()
    server.run("GRANT SELECT ON shop.orders TO orders_app")
    failed(call, NO_GRANT, "(1044, \"Access denied for user 'orders_app'")


def test_user_may_do_nothing_else(cloud: Cloud) -> None:
    environment = cloud.environment()
    environment()
    connection = environment.kept["connection"]
    for statement in (
        "DELETE FROM orders",
        "UPDATE orders SET total = 0",
        "DROP TABLE orders",
        "SELECT * FROM mysql.user",
    ):
        with pytest.raises(Exception, match="denied"), connection.cursor() as cursor:
            cursor.execute(statement)


# Many at once.


def test_50_environments_at_once(cloud: Cloud, server: Server, shown: Shown) -> None:
    """Each has a connection of its own, so the database's limit is a limit on concurrency."""
    with limit(server, 30) as admin:
        made = environments(cloud, 50)
        calls = at_once(made)
        refused = [environment for environment, call in zip(made, calls, strict=True) if call.error]
        # Who is still logging in counts already, so in the rush some may be refused who would have been the last to fit.
        settle(admin, others=50 - len(refused))
        again = [environment(seconds=20) for environment in refused]
        assert [call.answer for call in calls + again].count(OPEN) == 30 - 1  # the administrator, who watches, is one
        for call in calls + again:
            if call.answer != OPEN:
                failed(call, FULL, "(1040, 'Too many connections')")
        assert 50 - 29 <= len(refused) < 50
        shown("too-many-connections", next(call for call in calls if call.error))


def test_50_environments_fit(cloud: Cloud, server: Server) -> None:
    with limit(server, 51):
        assert all(call.answer == OPEN for call in at_once(environments(cloud, 50)))


def environments(cloud: Cloud, count: int) -> list[Environment]:
    """Return environments that know the password already: fifty tokens would be fifty passwords of one user."""
    made = [cloud.environment(DB_USER=None, DB_SECRET_ID=NAME) for _ in range(count)]
    for environment in made:
        environment.kept["login"] = ("orders_app", PASSWORD)
    return made


def at_once(made: list[Environment]) -> list[Call]:
    with mock.patch.dict(os.environ, made[0].variables), ThreadPoolExecutor(len(made)) as pool:
        return list(pool.map(lambda environment: environment.run(seconds=20), made))


@contextmanager
def limit(server: Server, connections: int) -> Iterator[Any]:
    with server.admin() as admin, admin.cursor() as cursor:
        settle(cursor, others=0)
        cursor.execute("SELECT @@max_connections")
        (before,) = cursor.fetchone()
        cursor.execute(f"SET GLOBAL max_connections = {connections}")
        yield cursor
        cursor.execute(f"SET GLOBAL max_connections = {before}")


def settle(admin: Any, *, others: int) -> None:
    """Wait until the server counts so many beside the administrator: a closed connection counts a moment longer."""
    for _ in range(200):
        admin.execute("SHOW STATUS LIKE 'Threads_connected'")
        if int(admin.fetchone()[1]) == others + 1:
            return
        time.sleep(0.05)
    pytest.fail(f"the server counts connections beside {others} and the administrator's")
