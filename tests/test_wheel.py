"""The package as others get it: a wheel, in an environment that holds nothing else of this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import HOOKS, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

# Nothing that building or running leaves behind, and not this guide's own hook.
LEFT = shutil.ignore_patterns("__pycache__", "*.egg-info", ".mypy_cache")
PAGE = """# Home

/// term | ENI
    id: term-eni

An elastic network interface.
///

/// figure | Two parts
    id: fig-parts
    alt: An arrow from A to B.

```mermaid
flowchart LR
  A --> B
```
///

An [](#term-eni) in [](#fig-parts).
"""
SETTINGS = """
site_name: Small
site_url: https://example.org/small/
theme: {name: mkdocs}
plugins: [search, studyguide]
markdown_extensions: [attr_list, md_in_html, pymdownx.superfences, pymdownx.blocks.html]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of a copy, for setuptools leaves files beside what it builds."""
    copy = tmp_path_factory.mktemp("wheel")
    for name in ("hooks", "tests/mutate"):
        shutil.copytree(ROOT / name, copy / name, ignore=LEFT)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--wheel-dir",
        "dist",
        ".",
    ]
    subprocess.run([sys.executable, *build], cwd=copy, check=True)
    return next((copy / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs a module in an environment with the wheel, in a small guide that names the plugin and no hook."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env/bin/python"
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    # The dependencies, without the links of editable packages: a folder that a .pth file names has its own unread.
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(own.stdout.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    (folder / "guide/docs").mkdir(parents=True)
    (folder / "guide/docs/index.md").write_text(PAGE, "utf-8")
    (folder / "guide/mkdocs.yml").write_text(SETTINGS, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, "-P", *command], cwd=folder / "guide", env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.xdist_group("wheel")
def test_wheel_holds_the_packages_whole_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = {name for name in file.namelist() if ".dist-info/" not in name}
    written = {
        path.relative_to(HOOKS).as_posix()
        for folder in HOOKS.iterdir()
        if (folder / "__init__.py").is_file()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path for path in written if not path.endswith(".py")}
    assert sorted(inside) == sorted(written)


@pytest.mark.xdist_group("wheel")
def test_installed_package_checks_builds_verifies_and_draws(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    where = run("-c", "import studyguide; print(studyguide.__file__)").stdout
    assert "/env/lib/" in where
    checked = run("-m", "studyguide.cli", "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("No problems. Checked 2 pages, ")
    assert "1 figure" in checked.stdout
    built = run("-m", "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert checked.stdout.strip() in built.stderr
    verified = run("-m", "studyguide.cli", "verify", "site")
    assert (verified.returncode, verified.stdout) == (0, "site was checked, and is as it was then.\n")

    guide = Path(run("-c", "import os; print(os.getcwd())").stdout.strip())
    (guide / "part.mmd").write_text("flowchart LR\n  A --> B\n", "utf-8")
    drawn = run("-m", "studyguide.cli", "figure", "part.mmd")
    assert (drawn.returncode, drawn.stdout[:5]) == (0, "<svg ")

    with (guide / "docs/index.md").open("a") as page:
        page.write("\n[gone](gone.md)\n")
    broken = run("-m", "mkdocs", "build", "--strict")
    assert broken.returncode == 1
    assert "docs/index.md:21:1: error LNK001 `gone.md` leads nowhere." in broken.stderr
