"""The command line: exit codes that mean something, problems on the right stream."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from studyguide.cli import CLEAN, NOT_CHECKED, PROBLEMS, main

SITES = Path(__file__).parent / "sites"


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A clean mini-site in a folder of its own."""
    shutil.copytree(SITES / "clean" / "docs", tmp_path / "docs")
    base = (
        (SITES / "base.yml").read_text("utf-8").replace("../../../hooks", str(Path(__file__).parent.parent / "hooks"))
    )
    (tmp_path / "mkdocs.yml").write_text(base, "utf-8")
    return tmp_path


def test_check_builds_and_says_clean(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", str(clean / "mkdocs.yml")]) == CLEAN
    assert capsys.readouterr().out.startswith("No problems. Checked 3 pages, ")


def test_check_says_every_problem(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (clean / "docs/index.md").open("a") as page:
        page.write("\n[gone](gone.md)\n")
    assert main(["check", "--config", str(clean / "mkdocs.yml")]) == PROBLEMS
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "docs/index.md:29:1: error LNK001 `gone.md` leads nowhere."
    assert lines[-1].startswith("1 problem (1 error) in 1 file. Checked 3 pages, ")


def test_check_without_settings_is_not_green(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == NOT_CHECKED
    said = capsys.readouterr()
    assert not said.out
    assert said.err.startswith("studyguide: not checked: ")


def test_check_of_an_empty_site_is_not_green(clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["check", "--config", str(clean / "mkdocs.yml"), "--site", str(tmp_path / "empty")]) == NOT_CHECKED
    assert "holds no page of" in capsys.readouterr().err


def test_check_of_a_site_that_does_not_build_is_not_green(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (clean / "mkdocs.yml").open("a") as settings:
        settings.write("\ntheme:\n  name: no-such-theme\n")
    assert main(["check", "--config", str(clean / "mkdocs.yml")]) == NOT_CHECKED
    assert "MkDocs did not build the site: " in capsys.readouterr().err


def test_figure_draws(tmp_path: Path) -> None:
    source, out = tmp_path / "a.mmd", tmp_path / "a.svg"
    source.write_text("flowchart LR\n  A --> B\n", "utf-8")
    assert main(["figure", str(source), "-o", str(out)]) == CLEAN
    assert out.read_text("utf-8").startswith("<svg ")


def test_figure_that_does_not_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.mmd"
    source.write_text("flowchart LR\n  A[Start --> B\n", "utf-8")
    assert main(["figure", str(source)]) == PROBLEMS
    said = capsys.readouterr()
    assert said.err.startswith(f"{source}:2:")
    assert ": FIG012 " in said.err
    assert not said.out


@pytest.mark.parametrize(("name", "why"), [("a.png", "not a .tex"), ("gone.tex", "no such file")])
def test_figure_of_no_source(tmp_path: Path, name: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.png").touch()
    assert main(["figure", str(tmp_path / name)]) == NOT_CHECKED
    assert why in capsys.readouterr().err
