"""A check that is stopped from outside says so, with the exit code of what was not checked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from studyguide.cli import NOT_CHECKED, main
from test_listing import project

if TYPE_CHECKING:
    from pathlib import Path

# As somebody who presses Ctrl+C, or a machine that is out of memory.
HOOK = """
import os, signal
def on_files(files, config):
    os.kill({process}, signal.{name})
    signal.pause()
"""


def stopping(folder: Path, process: str, name: str) -> Path:
    """Return the settings of a project whose build stops a process."""
    (folder / "stop.py").write_text(HOOK.format(process=process, name=name), "utf-8")
    return project(folder, {"index.md": "# Home\n"}, "plugins: [search, studyguide]\nhooks: [stop.py]\n")


@pytest.mark.cold
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGSEGV"])
def test_a_build_that_is_killed(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    settings = stopping(tmp_path, "os.getpid()", name)
    assert main(["check", "--config", str(settings)]) == NOT_CHECKED
    said = f"studyguide: not checked: MkDocs did not build the site: its process was ended by {name}.\n"
    assert capsys.readouterr().err == said


def test_a_check_that_is_interrupted(tmp_path: Path) -> None:
    settings = stopping(tmp_path, "os.getppid()", "SIGINT")
    command = [sys.executable, "-m", "studyguide.cli", "check", "--config", str(settings)]
    # Whoever starts the tests may have it ignored.
    run = subprocess.run(
        command,
        capture_output=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert (run.returncode, run.stdout) == (NOT_CHECKED, b"")
    assert run.stderr == b"studyguide: stopped before it was done.\n"


def test_no_room_for_what_a_build_leaves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("tempfile.mkdtemp", full)
    monkeypatch.setattr("tempfile.tempdir", "/somewhere")
    assert main(["check", "--config", str(project(tmp_path, {"index.md": "# Home\n"}))]) == NOT_CHECKED
    said = "studyguide: not checked: no folder could be made in /somewhere: No space left on device.\n"
    assert capsys.readouterr().err == said


def test_a_name_that_no_file_can_have(capsys: pytest.CaptureFixture[str]) -> None:
    name = "x" * 5000
    assert main(["check", "--config", name]) == NOT_CHECKED
    assert main(["figure", f"{name}.mmd"]) == NOT_CHECKED
    said = f"studyguide: not checked: there is no file {name}.\nstudyguide: {name}.mmd: no such file\n"
    assert capsys.readouterr().err == said
