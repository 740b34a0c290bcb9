"""The files of output: each is a run's, and only what differs each time is changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from example.cloud import Call
from example.output import Shown, written
from example.template import FOLDER

TESTS = Path(__file__).parent


def call(**changes: object) -> Call:
    given = {"event": {}, "answer": {"orders": []}, "error": None, "log": [], "took": 0.1, "limit": 4.0}
    return Call(**{**given, **changes})  # type: ignore[arg-type]


def test_every_file_is_of_a_run() -> None:
    """A file whose test went away would be shown for ever."""
    named = {
        name for file in TESTS.glob("test_*.py") for name in re.findall(r'\bshown\("([\w-]+)"', file.read_text("utf-8"))
    }
    assert {file.stem for file in (FOLDER / "output").iterdir()} == named
    assert len(named) > 15


def test_connections_are_counted() -> None:
    runs = [call(log=[{"connection": number}]) for number in (731, 731, 92)]
    assert re.findall(r'"connection": (\d+)', written(*runs)) == ["1", "1", "2"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("certificate has expired (_ssl.c:1129)", "certificate has expired (_ssl.c)"),
        ("http://localhost:40123/", "https://secretsmanager.eu-west-1.amazonaws.com/"),
        ("(2013, 'timed out')", "(2013, 'timed out')"),
        ("http://localhost.example:40123/", "http://localhost.example:40123/"),
    ],
)
def test_what_differs_each_time_is_changed(said: str, shown: str) -> None:
    assert written(call(log=[{"error": said}])) == (
        f'event     {{}}\nlog       {{"error": "{shown}"}}\nresponse  {{"orders": []}}\n'
    )


def test_a_file_that_differs_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXAMPLE_OUTPUT", raising=False)
    (tmp_path / "run.txt").write_text(written(call()) + "more", "utf-8")
    for name in ("run", "gone"):
        with pytest.raises(AssertionError, match=f"{name}.txt is not what this run said"):
            Shown(tmp_path)(name, call())


def test_a_file_is_written_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_OUTPUT", "write")
    Shown(tmp_path / "output")("run", call())
    monkeypatch.delenv("EXAMPLE_OUTPUT")
    Shown(tmp_path / "output")("run", call())
