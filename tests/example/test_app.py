"""The files of the function as a reader meets them, and what is said when a test cannot run."""

from __future__ import annotations

import re
import signal
from importlib.metadata import version

import pytest
from example.cloud import APP
from example.fixtures import missing

MARK = "# --8<--"
SECTIONS = {"handler", "connection", "limits", "login"}


@pytest.mark.parametrize("name", sorted(file.name for file in APP.glob("*.py")))
def test_file_fits_a_printed_page(name: str) -> None:
    """A4 in 8 points holds so many lines, and so many letters in one."""
    lines = [line for line in (APP / name).read_text("utf-8").splitlines() if MARK not in line]
    assert len(lines) <= 88
    assert max(map(len, lines)) <= 100


def test_sections_open_and_close() -> None:
    text = (APP / "handler.py").read_text("utf-8")
    assert set(re.findall(r"\[start:(\w+)\]", text)) == set(re.findall(r"\[end:(\w+)\]", text)) == SECTIONS


def test_the_driver_is_the_one_that_was_tested() -> None:
    required = [line for line in (APP / "requirements.txt").read_text("utf-8").splitlines() if "==" in line]
    assert required == [f"pymysql=={version('pymysql')}"]


def test_not_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not run: there is no MariaDB"):
        missing("there is no MariaDB")


def test_not_run_is_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not run: there is no MariaDB"):
        missing("there is no MariaDB")


def test_the_end_of_the_run_is_the_end_of_its_database() -> None:
    """SIGTERM runs what a fixture does last; under nohup a hang-up stays ignored."""
    assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    assert signal.getsignal(signal.SIGHUP) in (signal.default_int_handler, signal.SIG_IGN)
