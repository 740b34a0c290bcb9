"""A small guide with a place for every kind of mistake, and what its build publishes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from studyguide.text import config

from mutate import run

if TYPE_CHECKING:
    from mutate.original import Original

HERE = Path(__file__).parent
HOOKS = HERE.parent.parent / "hooks"


def guide(folder: Path) -> config.Config:
    """Return the settings of a copy of the small guide, which may be changed."""
    shutil.copytree(HERE / "guide", folder, dirs_exist_ok=True)
    (folder / "hooks").symlink_to(HOOKS, target_is_directory=True)
    return config.read(folder / "mkdocs.yml")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> config.Config:
    return guide(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="session")
def original(settings: config.Config, tmp_path_factory: pytest.TempPathFactory) -> Original:
    with run.Copy(settings, tmp_path_factory.mktemp("copy")) as copy:
        assert copy.build() == run.Report((), "")
        return run.read(settings, run.files(settings), (copy.site / "objects.json").read_bytes())
