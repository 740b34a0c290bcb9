"""A book in a folder -> the commands that build or check it, each in an environment of its own, and their costs.

The competitors are installed from ``requirements/bench.txt`` into ``.cache/bench``, never into the project's ``.venv``.
One that cannot be installed is left out, and the tables say "not run".
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "bench.txt"
CACHE = ROOT / ".cache" / "bench"
PROBE = Path(__file__).with_name("probe.py")
PINNED_RE = re.compile(r"^(?=[a-z])", re.MULTILINE)
MEGABYTE = 1024  # Linux counts a process' memory in kilobytes


class Cost(NamedTuple):
    """What one run took: seconds on the clock, seconds of processor time, peak memory in MB."""

    seconds: float
    cpu: float
    memory: float


class Run(NamedTuple):
    """A finished command: what it cost, printed and answered."""

    cost: Cost
    output: str
    code: int


class Contender(NamedTuple):
    """A command under test, and the files it leaves behind that the next run must not find."""

    name: str
    command: tuple[str, ...]
    leftovers: tuple[str, ...] = ()


def measure(command: Iterable[str], folder: Path) -> Run:
    """Run a command to its end; the processes that it starts count too."""
    start = time.perf_counter()
    with subprocess.Popen(
        list(command), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment()
    ) as process:
        output = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    cost = Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE)
    return Run(cost, output.decode("utf-8", "replace"), process.returncode)


def run(contender: Contender, folder: Path) -> Run:
    """Run a contender from a clean start."""
    for name in contender.leftovers:
        shutil.rmtree(folder / name, ignore_errors=True)
    return measure(contender.command, folder)


def median(costs: list[Cost]) -> Cost:
    """Return the middle of each figure."""
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))


def install(name: str, *, without: str) -> Path | None:
    """Return the interpreter that has a competitor, installed if need be; None if that fails."""
    pins = "".join(block for block in PINNED_RE.split(_lock()) if not block.startswith(f"{without}=="))
    folder = CACHE / name
    stamp, now = folder / "installed", hashlib.sha256(pins.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == now:
        return folder / "bin" / "python"
    if f"{name}==" not in pins:
        return None
    venv.create(folder, clear=True, with_pip=True)
    (folder / "pins.txt").write_text(pins, "utf-8")
    command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "pins.txt"]
    if subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, check=False).returncode:
        return None
    stamp.write_text(now, "utf-8")
    return folder / "bin" / "python"


def versions() -> str:
    """Return the pinned programs under comparison, with their versions."""
    names = "mkdocs|mkdocs-material|mkdocs-htmlproofer-plugin|zensical"
    return ", ".join(" ".join(pin) for pin in re.findall(rf"^({names})==(\S+)", _lock(), re.MULTILINE))


def _lock() -> str:
    return LOCK.read_text("utf-8") if LOCK.is_file() else ""


def of_the_book(folder: Path) -> list[Contender]:
    """Return every contender that can run, having written the settings that each needs beside mkdocs.yml."""
    here, plugin = sys.executable, install("mkdocs-htmlproofer-plugin", without="zensical")
    rust = install("zensical", without="mkdocs-htmlproofer-plugin")
    settings = json.loads((folder / "mkdocs.yml").read_text("utf-8"))
    _write(folder, "proofed.yml", settings, plugins=["search", {"htmlproofer": {"validate_external_urls": False}}])
    _write(folder, "proofed-off.yml", settings)
    _write(folder, "zensical.yml", settings)
    _write(folder, "zensical-off.yml", settings, validation=False)
    _write(folder, "plain.yml", settings)
    made = [
        Contender("MkDocs", (here, "-m", "mkdocs", "build", "-f", "plain.yml"), ("site-plain",)),
        # The checks as a stage of the build, which leaves the list of the site for those below.
        Contender("MkDocs with studyguide", (here, str(PROBE), "stage.json", "mkdocs", "build", "--quiet"), ("site",)),
        Contender(
            "studyguide",
            (here, "-m", "studyguide.cli", "check", "--site", "site", "--format", "json"),
        ),
        Contender(
            "studyguide, in process",
            (here, str(PROBE), "watch.json", "check", "--site", "site", "--format", "json"),
        ),
    ]
    if plugin:
        made += [
            _build("MkDocs without htmlproofer", plugin, "mkdocs", "proofed-off"),
            _build("MkDocs with htmlproofer", plugin, "mkdocs", "proofed"),
        ]
    if rust:
        made += [
            _build("Zensical without its check", rust, "zensical", "zensical-off", "--clean"),
            _build("Zensical with its check", rust, "zensical", "zensical", "--clean"),
        ]
    return made


def _build(name: str, python: Path, module: str, settings: str, *options: str) -> Contender:
    return Contender(
        name, (str(python), "-m", module, "build", "-f", f"{settings}.yml", *options), (f"site-{settings}",)
    )


def _write(folder: Path, name: str, settings: dict[str, object], **changes: object) -> None:
    own = {**settings, **changes, "site_dir": f"site-{name.removesuffix('.yml')}"}
    (folder / name).write_text(json.dumps(own), "utf-8")


def _environment() -> dict[str, str]:
    """Return this environment, without a color or a file that one contender would get and another would not."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "true", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
