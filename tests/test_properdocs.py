"""ProperDocs, the fork that goes on with MkDocs 1.x, says the same of a project as MkDocs does."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from building import TESTS, build, mkdocs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["all-at-once", "clean", "included", "nav", "positions"])
def test_both_say_the_same(name: str, tmp_path: Path) -> None:
    """Word for word, every line of the log, and the exit code."""
    settings, site = TESTS / "sites" / name / "mkdocs.yml", tmp_path / "site"
    ours = build(settings, site)
    # The name of the settings' file is given, for its default there is another.
    command = ("build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(site))
    theirs = mkdocs(*command, folder=settings.parent, program="properdocs")
    assert theirs.returncode == ours.returncode
    assert _timeless(theirs.log) == _timeless(ours.log)


def _timeless(log: list[str]) -> list[str]:
    return [line for line in log if not line.startswith("INFO    -  Documentation built in ")]


def test_serve_memory_knows_its_functions() -> None:
    """In a process of its own, where the fork stands in MkDocs' place."""
    script = (
        "import properdocs.__main__; from mkdocs.structure.pages import Page; from studyguide_mkdocs import guard;"
        "print(Page.__module__, guard.unknown())"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "properdocs.structure.pages []\n"
