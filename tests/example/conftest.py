"""`make example` runs these tests, in an environment of their own: the guide's has none of the packages."""

from __future__ import annotations

import importlib.util
import signal
from typing import Any

NEEDED = ("aws_cdk", "cryptography", "hcl2", "moto", "pymysql", "samtranslator")
HERE = all(importlib.util.find_spec(name) for name in NEEDED)

if HERE:
    from example.fixtures import authority, cloud, running, server, shown, untouched  # noqa: F401 - fixtures, by their names

    # Whoever ends the run ends its database too: a signal that would kill Python on the spot ends it as Ctrl-C does.
    for _ended in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(_ended) is signal.SIG_DFL:
            signal.signal(_ended, signal.default_int_handler)
else:
    collect_ignore_glob = ["test_*.py"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not HERE:
        terminalreporter.write_line("tests/example: not run here, but by `make example`")
