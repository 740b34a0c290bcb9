"""What is written, to whom, and what is said where it cannot be."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from studyguide import output
from studyguide.cli import CLEAN, NOT_CHECKED, PROBLEMS, main

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "café → 𝄞 \udcff\n"


@pytest.fixture
def mermaid(tmp_path: Path) -> Iterator[Path]:
    """A diagram with a letter that Latin-1 lacks."""
    source = tmp_path / "a.mmd"
    source.write_text("flowchart LR\n  A[Łódź] --> B\n", "utf-8")
    return source


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "café → 𝄞 \\udcff\n".encode()),
        ("latin-1", b"caf\xe9 \\u2192 \\U0001d11e \\udcff\n"),
        ("ascii", b"caf\\xe9 \\u2192 \\U0001d11e \\udcff\n"),
        ("cp1252", b"caf\xe9 \\u2192 \\U0001d11e \\udcff\n"),
    ],
)
def test_a_terminal_shows_what_it_can_and_spells_out_the_rest(
    encoding: str, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    output.write(WORDS)
    assert raw.getvalue() == written
    output.write(WORDS, data=True)
    assert raw.getvalue() == written + "café → 𝄞 \\udcff\n".encode()


def run(*arguments: str, stdout: object = subprocess.PIPE, **options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "studyguide.cli", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, **options)  # type: ignore[call-overload]


def test_a_full_disk(mermaid: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run("figure", str(mermaid), stdout=full)
    assert (done.returncode, done.stderr) == (
        NOT_CHECKED,
        "studyguide: standard output cannot be written: No space left on device.\n",
    )


def test_a_closed_standard_output(mermaid: Path) -> None:
    command = f'"{sys.executable}" -m studyguide.cli figure "{mermaid}" >&-'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (NOT_CHECKED, "studyguide: standard output is closed.\n")


@pytest.mark.parametrize(("style", "code"), [("", CLEAN), ("  style A fill:nocolour\n", PROBLEMS)])
def test_a_reader_that_has_had_enough(
    tmp_path: Path, style: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is that of what was found: the reader knows that it does not know all."""
    (tmp_path / "a.mmd").write_text(f"flowchart LR\n  A --> B\n{style}", "utf-8")
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["figure", str(tmp_path / "a.mmd")]) == code
        monkeypatch.undo()
    assert capsys.readouterr().err.endswith("studyguide: standard output was closed before all was written.\n")


def test_help_onto_a_full_disk() -> None:
    with Path("/dev/full").open("w") as full:
        done = run("--help", stdout=full, env=os.environ | {"PYTHONUNBUFFERED": ""})
    assert (done.returncode, done.stderr) == (
        NOT_CHECKED,
        "studyguide: standard output cannot be written: No space left on device.\n",
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/a.svg", "there is no such folder"),
        ("folder", "Is a directory"),
        ("a.mmd/a.svg", "Not a directory"),
        ("/dev/full", "No space left on device"),
    ],
)
def test_a_file_that_cannot_be_written(
    mermaid: Path, tmp_path: Path, name: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    assert main(["figure", str(mermaid), "-o", str(tmp_path / name)]) == NOT_CHECKED
    assert capsys.readouterr().err == f"studyguide: {tmp_path / name} cannot be written: {reason}.\n"


def test_data_is_utf_8_in_every_terminal(mermaid: Path) -> None:
    command = f'PYTHONIOENCODING=ascii "{sys.executable}" -m studyguide.cli figure "{mermaid}"'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == CLEAN
    assert "Łódź".encode() in done.stdout
    assert not done.stderr


@pytest.mark.parametrize("name", ["mkdocs.yml", "base.yml", "pages/index.md", "pages/a.mmd"])
@pytest.mark.parametrize("verb", [("check",), ("figure", "pages/b.mmd"), ("pdf", "site")])
def test_a_source_is_not_written_over(
    verb: tuple[str, ...],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "pages").mkdir()
    for path in ("pages/index.md", "pages/a.mmd", "pages/b.mmd"):
        (tmp_path / path).write_text("flowchart LR\n  A --> B\n", "utf-8")
    (tmp_path / "base.yml").write_text("docs_dir: pages\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Home\n", "utf-8")
    before = (tmp_path / name).read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    option = "--output" if verb[0] == "check" else "-o"
    assert main([*verb, option, name]) == NOT_CHECKED
    assert capsys.readouterr().err == f"studyguide: {name} is a source of the guide: nothing is written over it.\n"
    assert (tmp_path / name).read_text("utf-8") == before


def test_what_is_no_source_is_written_over(mermaid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.svg").write_text("before", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Home\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["figure", str(mermaid), "-o", "docs/a.svg"]) == CLEAN
    assert (tmp_path / "docs/a.svg").read_text("utf-8").startswith("<svg")
