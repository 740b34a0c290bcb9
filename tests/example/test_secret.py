"""The function with a password from Secrets Manager: kept, and read again once after a rotation."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import boto3
import botocore.client
import pytest
from example import faults, mariadb
from example.cloud import PASSWORD, Call, Cloud, Environment
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Iterator

    from example.mariadb import Server
    from example.output import Shown

NAME = "orders"
OPEN = {"orders": [{"id": 1, "total": "12.50"}, {"id": 2, "total": "3.00"}]}
NEXT = "a password of the next month"
ENDPOINT = "AWS_ENDPOINT_URL_SECRETS_MANAGER"


class Secret:
    """The secret of the user, in moto's Secrets Manager; it counts how often it was read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reads = 0
        self._client = boto3.client("secretsmanager", region_name="eu-west-1")
        self._client.create_secret(Name="orders", SecretString=self.text(PASSWORD))
        real = botocore.client.BaseClient._make_api_call

        def count(client: Any, operation: str, parameters: Any) -> Any:
            self.reads += operation == "GetSecretValue"
            return real(client, operation, parameters)

        monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", count)

    @staticmethod
    def text(password: str) -> str:
        return json.dumps({"username": "orders_app", "password": password})

    def put(self, **value: Any) -> None:
        self._client.put_secret_value(SecretId="orders", **value)


@pytest.fixture
def secret(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secret]:
    cloud.secrets |= {NEXT, "hidden-1", "12345678"}
    with mock_aws():
        yield Secret(monkeypatch)


@pytest.fixture
def environment(cloud: Cloud, secret: Secret) -> Environment:  # noqa: ARG001 - the secret has to be there
    return cloud.environment(DB_USER=None, DB_SECRET_ID=NAME)


def rotate(server: Server) -> None:
    server.run(f"SET PASSWORD FOR orders_app = PASSWORD('{NEXT}')")


def drop(server: Server, call: Call) -> None:
    server.run(f"KILL CONNECTION {call.log[-1]['connection']}")


def test_secret_is_read_once(environment: Environment, secret: Secret, server: Server) -> None:
    first = environment()
    drop(server, first)
    assert [first.answer, environment().answer, environment().answer] == [OPEN] * 3
    assert secret.reads == 1


def test_secret_rotated_between_two_calls(
    environment: Environment, secret: Secret, server: Server, shown: Shown
) -> None:
    first = environment()
    secret.put(SecretString=secret.text(NEXT))
    rotate(server)
    drop(server, first)
    second = environment()
    assert second.answer == OPEN
    assert secret.reads == 2
    shown("secret-rotated", first, second)


def test_rotation_does_not_end_an_open_session(environment: Environment, secret: Secret, server: Server) -> None:
    first = environment()
    secret.put(SecretString=secret.text(NEXT))
    rotate(server)
    assert environment().log[0]["connection"] == first.log[0]["connection"]
    assert secret.reads == 1


def test_wrong_password_is_tried_again_once(
    environment: Environment, secret: Secret, server: Server, shown: Shown
) -> None:
    rotate(server)  # and the secret does not know
    call = environment()
    assert str(call.error) == "access denied: look at the database user, rds-db:connect"
    assert "(1045, \"Access denied for user 'orders_app'@'127.0.0.1' (using password: YES)\")" in call.log[0]["error"]
    assert secret.reads == 2
    shown("wrong-password", call)
    secret.put(SecretString=secret.text(NEXT))
    assert environment().answer == OPEN


def test_password_of_any_letters(environment: Environment, secret: Secret, server: Server, cloud: Cloud) -> None:
    password = 'naïve 密码 \U0001f511 " \\'  # noqa: S105
    cloud.secrets.add(password)
    with server.admin() as admin, admin.cursor() as cursor:
        cursor.execute("SET PASSWORD FOR orders_app = PASSWORD(%s)", (password,))
    secret.put(SecretString=secret.text(password))
    assert environment().answer == OPEN


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"SecretString": '{"username": "orders_app"}'}, "the secret has no field 'password'"),
        ({"SecretString": '{"user": "orders_app", "password": "hidden-1"}'}, "the secret has no field 'username'"),
        ({"SecretString": "hidden-1"}, "the secret is no JSON object"),
        ({"SecretString": '{"username": "orders_app", "password": "hidden-1"'}, "the secret is no JSON object"),
        ({"SecretString": '["orders_app", "hidden-1"]'}, "the secret is no JSON object"),
        ({"SecretString": "null"}, "the secret is no JSON object"),
        ({"SecretBinary": b"hidden-1"}, "the secret is no JSON object"),
        (
            {"SecretString": '{"username": "orders_app", "password": 12345678}'},
            "username and password of the secret must be texts",
        ),
        (
            {"SecretString": '{"username": "", "password": "hidden-1"}'},
            "username and password of the secret must be texts",
        ),
    ],
)
def test_secret_cannot_be_used(
    environment: Environment, secret: Secret, untouched: list[Any], value: dict[str, Any], message: str
) -> None:
    secret.put(**value)
    call = environment()
    assert (type(call.error).__name__, str(call.error), untouched) == ("BadInput", message, [])


# The way to Secrets Manager, which the function needs beside the one to the database.


def outside(cloud: Cloud, **changes: str) -> Call:
    return cloud.environment(DB_USER=None, DB_SECRET_ID=NAME, **changes)(seconds=2.5)


def test_no_endpoint_for_secrets_manager(cloud: Cloud, shown: Shown) -> None:
    with faults.dropping() as port:
        call = outside(cloud, **{ENDPOINT: f"http://localhost:{port}"})
    assert str(call.error) == "timeout: look at routes, security groups, network ACLs"
    assert call.log[0]["error"].startswith("ConnectTimeoutError: ")
    shown("no-endpoint", call)


def test_secrets_manager_does_not_answer(cloud: Cloud) -> None:
    with faults.mute() as port:
        call = outside(cloud, **{ENDPOINT: f"http://localhost:{port}"})
    assert str(call.error) == "timeout: look at routes, security groups, network ACLs"
    assert call.log[0]["error"].startswith("ReadTimeoutError: ")


def test_secrets_manager_refuses(cloud: Cloud) -> None:
    call = outside(cloud, **{ENDPOINT: f"http://localhost:{mariadb.free_port()}"})
    assert str(call.error) == "connection refused: look at the port, the service"
    assert call.log[0]["error"].startswith("EndpointConnectionError: ")


def test_secrets_manager_has_no_name(cloud: Cloud) -> None:
    """The same exception as for a refusal; only its cause tells them apart."""
    call = outside(cloud)
    assert str(call.error) == "name not resolved: look at the DNS of the VPC"
    assert call.log[0]["error"].startswith("EndpointConnectionError: ")


@pytest.mark.parametrize(
    ("kind", "meaning"),
    [
        ("AccessDeniedException", "access denied: look at the role, the endpoint policy"),
        ("ResourceNotFoundException", "unknown: read the error"),
    ],
)
def test_secrets_manager_says_no(cloud: Cloud, kind: str, meaning: str) -> None:
    class No(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.dumps({"__type": kind, "Message": "no"}).encode()
            self.send_response(400)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), No) as service:
        Thread(target=service.handle_request, daemon=True).start()
        call = outside(cloud, **{ENDPOINT: f"http://localhost:{service.server_port}"})
    assert str(call.error) == meaning
    assert call.log[0]["error"].split(": ", 1)[1].startswith(f"An error occurred ({kind})")
