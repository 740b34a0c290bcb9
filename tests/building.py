"""MkDocs as its users start it, but in this process: to start Python takes longer than to build a mini-site.

    mkdocs("build", "--strict", folder=folder)                  ->  Run(1, "WARNING -  docs/index.md:3:1: error ...")
    mkdocs("build", "--strict", folder=folder, cold=True)       ->  the same from a process of its own
    answer(Task(request, site, file), folder)                   ->  what the child of `studyguide check` answers

No run knows anything of the one before: what MkDocs and our glue keep in a process is dropped first.
"""

from __future__ import annotations

import functools
import importlib
import logging
import os
import pickle
import re
import shutil
import subprocess
import sys
import traceback
import warnings
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import jinja2
import mkdocs.__main__ as command_line
import pytest
from click.testing import CliRunner
from mkdocs.config.config_options import Hooks
from mkdocs.config.defaults import MkDocsConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.audit import Task

TESTS = Path(__file__).parent
ROOT = TESTS.parent
HOOKS = ROOT / "hooks"
# A problem takes several lines: what starts with one of these ends it.
LEVEL_RE = re.compile(r"^(?P<level>DEBUG|INFO|WARNING|ERROR)\s+-  ")
# Compiled once, not in every build: that is half of what a mini-site takes.
TEMPLATES = ROOT / ".cache/templates"
TEMPLATES.mkdir(parents=True, exist_ok=True)
# Each by a hash of what it was made of.
CLOTHES = ("scripts", "styles", "templates")
_compiled = jinja2.FileSystemBytecodeCache(str(TEMPLATES))
jinja2.Environment.__init__ = functools.partialmethod(jinja2.Environment.__init__, bytecode_cache=_compiled)
# Its lines are as long as they are, whatever terminal the tests run in.
command_line.ColorFormatter.text_wrapper.width = 0


class Run(NamedTuple):
    """A run of MkDocs: its exit code, and what it printed."""

    returncode: int
    stderr: str

    @property
    def log(self) -> list[str]:
        """The lines of what it printed."""
        return self.stderr.splitlines()


def mkdocs(*arguments: str, folder: Path, cold: bool = False, program: str = "mkdocs", **environment: str) -> Run:
    """Run ``mkdocs`` in a folder; ``program`` is its fork where that is asked for, which needs a process of its own."""
    surroundings = {"NO_COLOR": "1"} | environment
    if cold or program != "mkdocs":
        command, env = [sys.executable, "-m", program, *arguments], os.environ | surroundings
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        return Run(done.returncode, done.stderr)
    with afresh(folder):
        result = CliRunner(env=surroundings).invoke(command_line.cli, arguments, prog_name="mkdocs")
        raised = result.exc_info if result.exception and not isinstance(result.exception, SystemExit) else None
        return Run(result.exit_code, result.stderr + "".join(traceback.format_exception(*raised) if raised else ()))


def build(settings: Path, site: Path, *arguments: str, cold: bool = False, **environment: str) -> Run:
    """Run ``mkdocs build --strict``; its log is in ``stderr``."""
    strict = ("build", "--strict", "--site-dir", str(site))
    _lend(settings)
    return mkdocs(*strict, *arguments, folder=settings.parent, cold=cold, **environment)


def answer(task: Task, root: Path) -> Any:
    """Return what the child of ``studyguide check`` answers, without a process of its own."""
    with afresh(root):
        child = importlib.import_module("studyguide_mkdocs.child")
        # As through a pipe: what cannot be sent there must fail here too.
        return pickle.loads(pickle.dumps(child.answer(pickle.loads(pickle.dumps(task)))))  # noqa: S301 - our own


def _lend(settings: Path) -> None:
    """Give a site in the guide's own clothes what was made of these before: that is most of what a small one takes."""
    kept = settings.parent / ".cache"
    if kept.exists() or str(ROOT) not in settings.read_text("utf-8", errors="replace"):
        return
    for name in CLOTHES:
        # What is being written has another name until it is whole, and then that is gone.
        with suppress(shutil.Error, FileNotFoundError):
            shutil.copytree(ROOT / ".cache" / name, kept / name, ignore=shutil.ignore_patterns("tmp*", "*.tmp"))


def guide(site: Path, **environment: str) -> Path:
    """Build the guide itself, as CI does."""
    run = mkdocs("build", "--strict", "--quiet", "--site-dir", str(site), folder=ROOT, cold=True, **environment)
    assert run.returncode == 0, run.stderr
    return site


@contextmanager
def afresh(folder: Path) -> Iterator[None]:
    """Start in a folder as a new process would, and leave no trace."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in ("mkdocs", "properdocs")]
    loggers = [logging.getLogger(name) for name in ("mkdocs", "properdocs", *names)]
    before = [(log, log.level, log.propagate, log.handlers[:], log.filters[:]) for log in loggers]
    for log in loggers:
        log.handlers, log.filters, log.propagate = [], [], True
        log.setLevel(logging.NOTSET)
    Hooks._load_hook.cache_clear()  # noqa: SLF001 - MkDocs keeps a hook's module, and some plugins, for a server's rebuilds
    vars(MkDocsConfig)["plugins"].plugin_cache.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "studyguide_mkdocs"]:
        del sys.modules[name]
    try:
        with chdir(folder), warnings.catch_warnings():
            yield
    finally:
        for log, level, propagate, handlers, filters in before:
            log.propagate, log.handlers, log.filters = propagate, handlers, filters
            log.setLevel(level)


def problems(log: list[str]) -> list[str]:
    """Return every problem of a log, its lines together."""
    found: list[str] = []
    inside = False
    for line in log:
        match = LEVEL_RE.match(line)
        text = line[match.end() :] if match else line
        if match:
            inside = re.match(r"\S.*?:\d+:\d+: (error|warning|hint) ", text) is not None
            found += [text] if inside else []
        elif inside:
            found[-1] += f"\n{text}"
    return found


def project(folder: Path, files: dict[str, str | bytes], settings: str = "") -> Path:
    """Write a project with the mini-sites' settings and these files below docs; return its ``mkdocs.yml``.

    What ``settings`` has takes the place of that of the mini-sites.
    """
    base = (TESTS / "sites/base.yml").read_text("utf-8").replace("../../../hooks", str(HOOKS))
    for key in re.findall(r"^\w+(?=:)", settings, re.MULTILINE):
        base = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", base, flags=re.MULTILINE)
    for name, content in files.items():
        file = folder / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    (folder / "mkdocs.yml").write_text(base + settings, "utf-8")
    return folder / "mkdocs.yml"


def not_run(why: str) -> NoReturn:
    """Say that a test cannot run here; where CI asked for it, that is a failure."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"not run: {why}")
