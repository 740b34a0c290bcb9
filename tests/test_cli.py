"""The command line: exit codes that mean something, problems on the right stream."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from building import TESTS, build, project
from studyguide.cli import CLEAN, NOT_CHECKED, PROBLEMS, main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A clean mini-site in a folder of its own."""
    shutil.copytree(TESTS / "sites/clean/docs", tmp_path / "docs")
    return project(tmp_path, {}).parent


@pytest.mark.cold
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


@pytest.mark.cold
def test_check_of_a_site_that_does_not_build_is_not_green(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (clean / "mkdocs.yml").open("a") as settings:
        settings.write("\ntheme:\n  name: no-such-theme\n")
    assert main(["check", "--config", str(clean / "mkdocs.yml")]) == NOT_CHECKED
    assert "MkDocs did not build the site: " in capsys.readouterr().err


@pytest.mark.parametrize(("flag", "needs"), [("--dry-run", "--fix"), ("--offline", "--external")])
def test_flag_without_the_one_it_goes_with(flag: str, needs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", flag]) == NOT_CHECKED
    assert capsys.readouterr().err == f"studyguide: not checked: {flag} goes with {needs}.\n"


def test_web_that_is_not_asked_is_not_green(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", str(clean / "mkdocs.yml"), "--external", "--offline"]) == NOT_CHECKED
    said = capsys.readouterr().out
    assert said.startswith("No problems found, but not everything was checked. ")
    assert " 0 web pages. Not checked: the web address https://" in said


def test_accepted_failures_that_cannot_be_read_are_the_one_finding(
    clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What fails may be accepted there, so no page of the web is judged, nor asked for."""
    (clean / "docs/reference").mkdir(exist_ok=True)
    (clean / "docs/reference/external.yml").write_text("- url: https://a.example/: x\n", "utf-8")
    assert main(["check", "--config", str(clean / "mkdocs.yml"), "--external"]) == PROBLEMS
    said = capsys.readouterr().out
    assert said.startswith("docs/reference/external.yml:1:26: error WAV004 This file is not YAML: ")
    assert " 0 web pages. Not checked: the web address https://" in said
    assert "1 problem (1 error) in 1 file. " in said


def test_file_that_nothing_uses_is_a_warning_where_it_is_asked_for(
    clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clean / "docs/idle.csv").write_text("a,b\n", "utf-8")
    site, check = clean / "site", ["check", "--config", str(clean / "mkdocs.yml")]
    assert build(clean / "mkdocs.yml", site).returncode == 0
    message = "AST001 Nothing in the guide uses this file."
    for arguments, code, level in (
        ([], CLEAN, "hint"),
        (["--unused"], PROBLEMS, "warning"),
        (["--site", str(site)], CLEAN, "hint"),
        (["--site", str(site), "--unused"], PROBLEMS, "warning"),
    ):
        assert main([*check, *arguments]) == code
        assert capsys.readouterr().out.startswith(f"docs/idle.csv:1:1: {level} {message}\n")


@pytest.mark.parametrize("format_", ["json", "sarif", "junit", "github"])
def test_check_writes_every_format(clean: Path, tmp_path: Path, format_: str) -> None:
    with (clean / "docs/index.md").open("a") as page:
        page.write("\n[gone](gone.md)\n")
    output = tmp_path / "report"
    arguments = ["check", "--config", str(clean / "mkdocs.yml"), "--format", format_, "--output", str(output)]
    assert main(arguments) == PROBLEMS
    assert "LNK001" in output.read_text("utf-8")


@pytest.fixture
def broken(clean: Path) -> Path:
    """A mini-site with one link that is certain to be meant otherwise, and one that is not."""
    with (clean / "docs/index.md").open("a", newline="") as page:
        page.write("\n[all](terms.md#Sources) and [none](terms.md#nothing)\r\n")
    return clean


FIX = """\
--- a/docs/index.md
+++ b/docs/index.md
@@ -26,4 +26,4 @@
 Because.
 ///
{blank}
-[all](terms.md#Sources) and [none](terms.md#nothing)\r
+[all](terms.md#sources) and [none](terms.md#nothing)\r
"""


def test_fix_shows_what_it_would_change(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (broken / "docs/index.md").read_bytes()
    assert main(["check", "--config", str(broken / "mkdocs.yml"), "--fix", "--dry-run"]) == PROBLEMS
    said = capsys.readouterr()
    assert said.out == FIX.replace("{blank}", " ")
    assert said.err.count("error LNK002 ") == 2
    assert (broken / "docs/index.md").read_bytes() == before


def test_fix_mends_what_is_certain_and_nothing_else(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (broken / "docs/index.md").read_bytes()
    assert main(["check", "--config", str(broken / "mkdocs.yml"), "--fix"]) == PROBLEMS
    assert (broken / "docs/index.md").read_bytes() == before.replace(b"#Sources", b"#sources")
    assert capsys.readouterr().out.startswith("docs/index.md:29:29: error LNK002 `terms.md` has no anchor `#nothing`.")


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_fix_is_all_or_nothing(broken: Path, dry: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (broken / "docs/terms.md").chmod(0o444)
    with (broken / "docs/terms.md").open("a") as page:
        page.write("\n[all](#Sources)\n")
    before = (broken / "docs/index.md").read_bytes()
    assert main(["check", "--config", str(broken / "mkdocs.yml"), "--fix", *dry]) == NOT_CHECKED
    said = capsys.readouterr()
    assert said.err.endswith("studyguide: nothing was mended.\ndocs/terms.md is write-protected.\n")
    assert (said.err if dry else said.out).count("error LNK002 ") == 3
    assert (broken / "docs/index.md").read_bytes() == before


def test_fix_without_anything_certain(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", str(clean / "mkdocs.yml"), "--fix"]) == CLEAN
    assert capsys.readouterr().err == "studyguide: nothing can be mended for certain.\n"


def test_search_index_that_cannot_be_read_is_not_green(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = clean / "docs/index.md"
    page.write_text(page.read_text("utf-8").replace("> No.", "> No, it never gets an address of its own."), "utf-8")
    site = clean / "site"
    assert build(clean / "mkdocs.yml", site).returncode == CLEAN
    (site / "search").mkdir()
    (site / "search/search_index.json").write_text('{"docs": [{"te', "utf-8")
    assert main(["check", "--config", str(clean / "mkdocs.yml"), "--site", str(site)]) == NOT_CHECKED
    said = capsys.readouterr().out
    assert said.endswith("Not checked: search/search_index.json (new): not as it was built.\n")


def test_verify_accepts_a_checked_site_and_no_other(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(clean / "mkdocs.yml", clean / "site").returncode == CLEAN
    verify = ["verify", str(clean / "site"), "--config", str(clean / "mkdocs.yml")]
    assert main(verify) == CLEAN
    with (clean / "site/index.html").open("a") as page:
        page.write("<p>later</p>")
    assert main(verify) == PROBLEMS
    assert capsys.readouterr().err.endswith("is refused: 1 file is not as checked: index.html (changed).\n")
    (clean / "site/checks.json").unlink()
    assert main(verify) == PROBLEMS
    assert capsys.readouterr().err.endswith("There is no checks.json: was the site built without the checks?\n")


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


@pytest.mark.parametrize(
    ("style", "code", "said"),
    [
        ("fill:#888,color:#999", CLEAN, ":2:5: FIG018 The text 'A' has a contrast of "),
        ("fill:nocolour", PROBLEMS, ":3:16: FIG014 The colour 'nocolour' "),
        ("fill:nocolour,color:#999", PROBLEMS, ":3:16: FIG014 The colour 'nocolour' "),
        ("fill:#eee", CLEAN, ""),
    ],
)
def test_figure_whose_contrast_is_for_the_build_to_judge(
    tmp_path: Path, style: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "a.mmd", tmp_path / "a.svg"
    source.write_text(f"flowchart LR\n    A --> B\n  style A {style}\n", "utf-8")
    assert main(["figure", str(source), "-o", str(out)]) == code
    assert out.read_text("utf-8").startswith("<svg ")
    assert said in capsys.readouterr().err


def test_figure_that_is_not_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.mmd").write_bytes(b"flowchart LR\n  A[\xff]\n")
    assert main(["figure", str(tmp_path / "a.mmd")]) == NOT_CHECKED
    said = capsys.readouterr()
    assert said.err == f"{tmp_path}/a.mmd:2:5: INP002 The byte 0xff is not UTF-8. Fix: Save the file as UTF-8.\n"
    assert not said.out


def test_figure_that_would_take_the_place_of_its_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, link = tmp_path / "a.mmd", tmp_path / "b.svg"
    source.write_text("flowchart LR\n  A --> B\n", "utf-8")
    link.symlink_to(source)
    assert main(["figure", str(source), "-o", str(link)]) == NOT_CHECKED
    assert capsys.readouterr().err == f"studyguide: {link}: a drawing cannot take the place of its own source\n"
    assert source.read_text("utf-8") == "flowchart LR\n  A --> B\n"


@pytest.mark.parametrize(("name", "why"), [("a.png", "not a .tex"), ("gone.tex", "no such file")])
def test_figure_of_no_source(tmp_path: Path, name: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.png").touch()
    assert main(["figure", str(tmp_path / name)]) == NOT_CHECKED
    assert why in capsys.readouterr().err
