"""The same problems from a build, a check and a server; what only a server shows."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
from building import TESTS, build, problems, project
from studyguide.cli import PROBLEMS, main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PANEL = "sg-panel"
SUMMARY_RE = re.compile(r"^INFO +-  (?P<words>.*\bChecked \d+ pages?, .*)$")
SECONDS = 120


class Server:
    """``mkdocs serve`` of one project: its log goes to a file, so that no pipe fills."""

    def __init__(self, settings: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/guide/"
        self._log = settings.parent / "serve.log"
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command, cwd=settings.parent, env=os.environ | {"NO_COLOR": "1"}, stdout=log, stderr=log
            )

    def log(self, builds: int) -> list[str]:
        """Return the log since the last build but this many, once there have been so many."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            lines = self._log.read_text("utf-8").splitlines()
            ends = [index for index, line in enumerate(lines) if SUMMARY_RE.match(line)]
            if len(ends) >= builds:
                start = ends[builds - 2] + 1 if builds > 1 else 0
                return lines[start : ends[builds - 1] + 1]
            time.sleep(0.05)
        pytest.fail(self._log.read_text("utf-8"))

    def page(self, name: str) -> str:
        """Return a served page, once the server listens."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                with urlopen(self.address + name, timeout=SECONDS) as answer:  # noqa: S310 - our own server
                    return str(answer.read().decode("utf-8"))
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(SECONDS)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A mini-site with many problems, in a folder that may be changed."""
    docs = TESTS / "sites/positions/docs"
    return project(tmp_path, {"index.md": (docs / "index.md").read_bytes(), "other.md": "# Other\n\n[gone](gone.md)\n"})


@pytest.fixture
def server(broken: Path) -> Iterator[Server]:
    running = Server(broken)
    yield running
    running.stop()


def words(log: list[str]) -> str:
    return next(match["words"] for line in log if (match := SUMMARY_RE.match(line)))


def test_build_check_and_server_say_the_same(
    broken: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    run = build(broken, site)
    expected = problems(run.stderr.splitlines())
    assert len(expected) > 20
    summary = words(run.stderr.splitlines())

    for where in (["--site", str(site)], []):
        assert main(["check", "--config", str(broken), *where]) == PROBLEMS
        assert capsys.readouterr().out.rstrip("\n") == "\n\n".join([*expected, summary])

    served = server.log(builds=1)
    assert (problems(served), words(served)) == (expected, summary)
    assert PANEL in server.page("other/")
    assert PANEL not in (site / "other/index.html").read_text("utf-8")

    # One problem goes, one comes, on another line than before.
    (tmp_path / "docs/other.md").write_text("# Other\n\nA line more.\n\n[gone](lost.md)\n", "utf-8")
    again = server.log(builds=2)
    changed = [problem for problem in problems(again) if problem not in expected]
    assert [problem.partition("\n")[0] for problem in changed] == [
        "docs/other.md:5:1: error LNK001 `lost.md` leads nowhere."
    ]
    assert words(again) == f"1 new, 1 fixed, {len(expected) - 1} unchanged. {summary}"
    assert not [line for line in [*served, *again] if "Traceback" in line]
