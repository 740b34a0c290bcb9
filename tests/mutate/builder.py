"""Builds the guide of one folder again and again in one process, and says what each build found.

A line on standard input asks for a build, and if it is `hold` for one that the next ones come back to; a line of JSON on
standard output says what was reported:

    {"problems": [["docs/a.md", 3, 5, "LNK001", "`b.md` leads nowhere.", "Link to ..."]], "error": ""}
"""

from __future__ import annotations

import json
import logging
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from studyguide.audit import Request
from studyguide.text import settings
from studyguide_mkdocs.child import ours
from studyguide_mkdocs.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.plugins import PluginCollection
    from studyguide.model import Problem


class _Findings(logging.Handler):
    """Keeps the problems that the hook logs, as values, and what MkDocs says when it gives up."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.problems: list[Problem] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what a record carries."""
        if problem := getattr(record, "problem", None):
            self.problems.append(problem)
        elif record.levelno >= logging.WARNING:
            self.errors.append(record.getMessage())


class Builder:
    """Builds the guide of one folder again and again."""

    def __init__(self, config: Path, folder: Path) -> None:
        self._config, self._folder = config, folder
        self._memory = Memory(serving=True)
        if unknown := self._memory.install():
            message = f"not as the memory knows it: {', '.join(unknown)}"
            raise RuntimeError(message)

    def build(self, *, hold: bool = False) -> tuple[list[Problem], str]:
        """Return the problems that the hook reports, and why MkDocs stopped if it did; ``hold`` what was made for good."""
        findings = _Findings()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(findings)
        try:
            config = load_config(str(self._config), site_dir=str(self._folder))
            self._memory.start(config, settings.read(self._config).values())
            plugin = ours(config)
            plugin.request, plugin.audit = Request(self._config, date.today()), None
            with _started(config.plugins):
                mkdocs_build.build(config)
            self._memory.end()
            if hold:
                self._memory.hold()
        except (Abort, Exception) as error:  # noqa: BLE001 - whatever a mutant brings down is a finding about it
            return findings.problems, "\n".join([*findings.errors, f"{type(error).__name__}: {error}"])
        finally:
            logger.removeHandler(findings)
        return list(plugin.audit.outcome.problems) if plugin.audit else [], ""


@contextmanager
def _started(plugins: PluginCollection) -> Iterator[None]:
    """Start the plugins, and end what they started."""
    plugins.on_startup(command="build", dirty=False)
    try:
        yield
    finally:
        plugins.on_shutdown()


def main() -> None:
    """Build once for every line of standard input."""
    logging.getLogger("mkdocs").setLevel(logging.INFO)
    logging.getLogger("mkdocs").propagate = False
    builder = Builder(Path(sys.argv[1]), Path(sys.argv[2]))
    for line in sys.stdin:
        problems, error = builder.build(hold=line.strip() == "hold")
        found = [[p.position.path, p.position.line, p.position.column, p.code, p.message, p.fix] for p in problems]
        sys.stdout.write(json.dumps({"problems": found, "error": error}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
