"""What an author waits for: from a saved page until the server has it, with the hook and with plain Material."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "learn/dns"
SAVES, FIRST, PATIENCE = 5, 1.5, 120


def waits(folder: Path, settings: str) -> float:
    """Return how many seconds pass, in the middle of some saves, until a server of the guide has what was saved.

    A server looks for changed files four times a second, and waits a tenth of one for others: a quarter is its own.
    """
    page = folder / f"docs/{PAGE}.md"
    text, found = page.read_text("utf-8"), list[float]()
    with _serving(folder, settings) as address:
        try:
            for number in range(SAVES):
                # The last build has ended, and no two saves fall into the same moment of the server's.
                time.sleep(FIRST + number / 7)
                started = time.perf_counter()
                page.write_text(f"{text}\nSaved for the time number {number}.\n", "utf-8")
                _wait_for(address, f"time number {number}.")
                found.append(time.perf_counter() - started)
        finally:
            page.write_text(text, "utf-8")
    return statistics.median(found)


@contextmanager
def _serving(folder: Path, settings: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    command = (sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", host, "--config-file", settings)
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(address := f"http://{host}/{PAGE}/", "<h1")
            yield address
        finally:
            server.terminate()


def _wait_for(address: str, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while words not in _shown(address):
        if time.monotonic() > end:
            message = f"{address} does not come to show {words!r}."
            raise RuntimeError(message)
        time.sleep(0.01)


def _shown(address: str) -> str:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - of this machine
            return str(answer.read(), "utf-8")
    except (URLError, ConnectionError):
        return ""
