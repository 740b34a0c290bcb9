"""What we bring along from others is what they published: each file by its sha256, with its licence, and made as we say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from building import ROOT, not_run

if TYPE_CHECKING:
    from pathlib import Path

HERE = {"terser": ROOT / "hooks/studyguide/exports/vendor"} | {
    folder.name: folder for folder in sorted((ROOT / "overrides/assets/vendor").iterdir())
}
# What CONTRIBUTING says of how they are made: commands that begin with the package of that name.
RECIPE_RE = re.compile(r"^```sh\n(?P<commands>npm install (?P<name>[\w-]+)@.*?)^```$", re.DOTALL | re.MULTILINE)
RECIPES = {m["name"]: m["commands"] for m in RECIPE_RE.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8"))}
QUIET = {
    f"npm_config_{name}": value for name, value in (("ignore_scripts", "true"), ("audit", "false"), ("fund", "false"))
}


def test_each_has_its_recipe() -> None:
    assert RECIPES.keys() == HERE.keys()


@pytest.mark.parametrize("name", sorted(HERE.keys() - {"terser"}))
def test_vendored_file_is_the_one_that_was_published(name: str) -> None:
    folder = HERE[name]
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    files = {file.name for file in folder.iterdir()}
    assert files == {*sums, "SHA256SUMS", "LICENSE.txt"}
    assert sums == {name: sha256((folder / name).read_bytes()).hexdigest() for name in sums}


@pytest.mark.decks
@pytest.mark.parametrize("name", RECIPES)
def test_recipe_makes_what_is_here(name: str, tmp_path: Path) -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        not_run("there is no Node here")
    command = ["bash", "-euo", "pipefail", "-c", RECIPES[name]]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | QUIET, capture_output=True, text=True, check=False)
    if not (tmp_path / "node_modules" / name).exists():
        not_run(f"npm brought no {name}: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    made = {
        file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file() and "package" not in file.name
    }
    assert {file: (HERE[name] / file).read_bytes() for file in made} == made
