"""A check that is stopped from outside says so, with the exit code of what was not checked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import mkdocs
from studyguide.cli import NOT_CHECKED, main
from test_listing import project

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


ENDLESS = """
import pathlib, time
def on_files(files, config):
    pathlib.Path("started").write_text(str(__import__("os").getpid()))
    time.sleep(600)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_check_that_is_told_to_end(tmp_path: Path, name: str) -> None:
    """It ends the build that it started."""
    (tmp_path / "stop.py").write_text(ENDLESS, "utf-8")
    settings = project(tmp_path, {"index.md": "# Home\n"}, "plugins: [search, studyguide]\nhooks: [stop.py]\n")
    command = [sys.executable, "-m", "studyguide.cli", "check", "--config", str(settings)]
    # Whoever starts the tests may have it ignored.
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.Signals[name], signal.SIG_DFL),  # noqa: PLW1509 - no thread is running
    ) as check:
        child = int(said(tmp_path / "started"))
        check.send_signal(signal.Signals[name])
        out, err = check.communicate(timeout=60)
    assert (check.returncode, out, err) == (NOT_CHECKED, b"", b"studyguide: stopped before it was done.\n")
    assert not is_running(child)


def said(file: Path) -> str:
    """Return what is in a file, once something is."""
    until = time.monotonic() + 60
    while not (file.exists() and file.read_text("utf-8")):
        assert time.monotonic() < until
        time.sleep(0.05)
    return file.read_text("utf-8")


def is_running(process: int) -> bool:
    """Return whether a process is still there; one that has ended may not have been waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("name", "named", "why"),
    [("objects.json", "", "No space left on device"), ("checks.json", "checks.json", "Is a directory")],
)
def test_no_room_for_the_receipt(tmp_path: Path, name: str, named: str, why: str) -> None:
    """The findings are said all the same, and no site is left that looks as if it was checked."""
    full = {"objects.json": "file.symlink_to('/dev/full')", "checks.json": "file.mkdir()"}[name]
    hook = (
        f"import pathlib\ndef on_post_build(config):\n    file = pathlib.Path(config.site_dir, {name!r})\n    {full}\n"
    )
    (tmp_path / "full.py").write_text(hook, "utf-8")
    settings = project(
        tmp_path, {"index.md": "# Home\n\n[gone](gone.md)\n"}, "plugins: [search, studyguide]\nhooks: [full.py]\n"
    )
    run = mkdocs("build", folder=settings.parent)
    assert run.returncode == 1
    assert "docs/index.md:3:1: error LNK001 `gone.md` leads nowhere." in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stderr.endswith(
        "What was checked cannot be written into the site, which is not to be published so: "
        f"{tmp_path / 'site' / named}: {why}.\n"
    )
    assert not (tmp_path / "site/checks.json").is_file()


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
