"""Runs one command in this process with a watch on the checks, and writes what the watch said as JSON.

python tests/bench/probe.py watch.json check --site site      ->  {"import": 0.2, "main": 2.1, "read": 1.0, "check": 0.7}
python tests/bench/probe.py watch.json mkdocs build --quiet   ->  the same, of the checks that the hook makes

Seconds of this process's own processor time: what other programs do on the machine is not in them.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: dict[str, float] = {}


def main(output: str, program: str, *arguments: str) -> None:
    """Run ``studyguide check`` or ``mkdocs``; write the seconds of its parts."""
    if program == "mkdocs":
        command = import_module("mkdocs.__main__").cli
        _watch_checks()
        run = _watched("main", lambda: command(arguments, standalone_mode=False))
    else:
        start = time.process_time()
        _watch_checks()
        command = import_module("studyguide.cli").main
        SECONDS["import"] = time.process_time() - start
        run = _watched("main", lambda: command([program, *arguments]))
    run()
    Path(output).write_text(json.dumps(SECONDS), "utf-8")


def _watch_checks() -> None:
    """Put the watch on the two halves of a check: reading the built pages, and looking at them."""
    site = import_module("studyguide.site.site")
    site.read_site = _watched("read", site.read_site)  # type: ignore[attr-defined]
    guide = import_module("studyguide.guide").Guide
    guide.check = _watched("check", guide.check)


def _watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*arguments: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            SECONDS[name] = SECONDS.get(name, 0.0) + time.process_time() - start

    return watched


if __name__ == "__main__":
    main(*sys.argv[1:])
