"""A small guide with a place for every kind of mistake, and what its build publishes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from studyguide.audit import Request, listed

from mutate import run

if TYPE_CHECKING:
    from studyguide.exports.record import Record

    from mutate.original import Original

HERE = Path(__file__).parent
HOOKS = HERE.parent.parent / "hooks"


def guide(folder: Path) -> Record:
    """Return the settings of a copy of the small guide, which may be changed."""
    shutil.copytree(HERE / "guide", folder, dirs_exist_ok=True)
    (folder / "hooks").symlink_to(HOOKS, target_is_directory=True)
    return listed(Request(folder / "mkdocs.yml", date.min))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return guide(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="session")
def original(settings: Record, tmp_path_factory: pytest.TempPathFactory) -> Original:
    with run.Copy(settings.project, tmp_path_factory.mktemp("copy")) as copy:
        assert copy.build() == run.Report((), "")
        return run.read(
            settings.project, settings.listing, run.files(settings.project), (copy.site / "objects.json").read_bytes()
        )
