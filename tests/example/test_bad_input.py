"""What cannot be used is named, all of it at once, before any connection is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from example.cloud import Cloud
    from example.output import Shown

EVENT = 'the event must look like {"customer": "C-1001"}'
ONE_LOGIN = "one of DB_USER (token) and DB_SECRET_ID (password) is needed, not both"


def refused(cloud: Cloud, untouched: list[Any], event: Any = None, **changes: str | None) -> str:
    call = cloud.environment(**changes)(event)
    assert type(call.error).__name__ == "BadInput"
    assert untouched == []
    return str(call.error)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"DB_HOST": None}, "DB_HOST is missing"),
        ({"DB_HOST": ""}, "DB_HOST is missing"),
        ({"DB_NAME": None}, "DB_NAME is missing"),
        ({"DB_CA_BUNDLE": None}, "DB_CA_BUNDLE is missing"),
        ({"DB_USER": None}, ONE_LOGIN),
        ({"DB_SECRET_ID": "orders"}, ONE_LOGIN),
        ({"DB_PORT": "mysql"}, "DB_PORT is no port number: 'mysql'"),
        ({"DB_PORT": ""}, "DB_PORT is no port number: ''"),
        ({"DB_PORT": "0"}, "DB_PORT is no port number: '0'"),
        ({"DB_PORT": "65536"}, "DB_PORT is no port number: '65536'"),
        ({"DB_PORT": "-1"}, "DB_PORT is no port number: '-1'"),
        ({"DB_PORT": "3306.0"}, "DB_PORT is no port number: '3306.0'"),
        (
            {"DB_HOST": None, "DB_NAME": None, "DB_PORT": "x", "DB_USER": None},
            f"DB_HOST is missing; DB_NAME is missing; {ONE_LOGIN}; DB_PORT is no port number: 'x'",
        ),
    ],
)
def test_setting(cloud: Cloud, untouched: list[Any], changes: dict[str, str | None], message: str) -> None:
    assert refused(cloud, untouched, **changes) == message


def test_authority_file_is_not_there(cloud: Cloud, untouched: list[Any]) -> None:
    message = "DB_CA_BUNDLE cannot be used: /var/task/bundle.pem: [Errno 2] No such file or directory"
    assert refused(cloud, untouched, DB_CA_BUNDLE="/var/task/bundle.pem") == message


@pytest.mark.parametrize(
    ("text", "reason"), [("", "no certificate or crl found"), ("<html>moved</html>", "no certificate or crl found")]
)
def test_authority_file_is_none(cloud: Cloud, untouched: list[Any], tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "bundle.pem").write_text(text, "utf-8")
    message = refused(cloud, untouched, DB_CA_BUNDLE=str(tmp_path / "bundle.pem"))
    assert message.startswith(f"DB_CA_BUNDLE cannot be used: {tmp_path}/bundle.pem: ")
    assert reason in message.lower()


def test_authority_file_is_a_folder(cloud: Cloud, untouched: list[Any], tmp_path: Path) -> None:
    assert refused(cloud, untouched, DB_CA_BUNDLE=str(tmp_path)).startswith(
        f"DB_CA_BUNDLE cannot be used: {tmp_path}: "
    )


@pytest.mark.parametrize("event", [[], "C-1001", 7, {}, {"customer": None}, {"customer": ""}, {"customer": ["C-1001"]}])
def test_event(cloud: Cloud, untouched: list[Any], event: Any) -> None:
    assert refused(cloud, untouched, event) == EVENT


def test_a_mended_setting_is_read_again(cloud: Cloud) -> None:
    """A problem is not kept, so that the next call of the same environment is a fair one."""
    environment = cloud.environment(DB_PORT="x")
    assert environment().error
    environment.variables["DB_PORT"] = cloud.settings["DB_PORT"]
    assert environment().answer


def test_what_bad_input_looks_like(cloud: Cloud, untouched: list[Any], shown: Shown) -> None:
    settings = cloud.environment(DB_HOST=None, DB_PORT="mysql", DB_CA_BUNDLE="bundle.pem")()
    event = cloud.environment()({"custumer": "C-1001"})
    shown("bad-input", settings, event)
    assert untouched == []
