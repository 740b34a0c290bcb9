"""Find a Chromium for the reader's tests, or bring one.

Run as a program it brings one where there is none: Debian's package where we may install it, Playwright's own
download elsewhere. It never fails: the tests say themselves that they were not run, and in CI that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The first has no windows, so it starts and draws faster.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# The browser must not call home: a test asserts that a page makes no request to any other host.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    # What draws is a thread, not a process that everything is handed to: a twelfth less time.
    "--in-process-gpu",
    # A page is open for seconds: what is compiled well for it is not used for long.
    "--js-flags=--no-opt",
    # Letters are as wide as on a reader's screen, which is not a whole number of pixels.
    "--font-render-hinting=none",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Return the path of a Chromium that is already here."""
    return next(filter(None, map(shutil.which, NAMES)), None) or _downloaded()


def _downloaded() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a bare machine may ask before it is installed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def bring() -> None:
    """Install a Chromium by the first way that this machine offers."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        for name in NAMES[:2]:
            if not find():
                _run("apt-get", "install", "-qqy", "--no-install-recommends", name)
    if not find():
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> None:
    # What it prints is the reason, should it fail; the next way is tried then.
    subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    if not find():
        bring()
    print(f"Chromium for the reader's tests: {find() or 'none to be had'}")
