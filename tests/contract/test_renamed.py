"""A page renamed in git is mended everywhere: in links, in raw HTML, in the navigation, for readers, and in itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from studyguide.cli import CLEAN, PROBLEMS, main

TESTS = Path(__file__).parents[1]
NAV = """
nav:
  - Home: index.md
  - 'Old': "learn/old.md"
  - learn/other.md
exclude_docs: |
  *.yml
  reference/published.json
"""
LONG = "\n".join(f"Line {number} says something of its own." for number in range(20))
FILES = {
    "docs/index.md": """\
# Home

See [old](learn/old.md), [its part](learn/old.md#part) and [that][old]. <a href="learn/old/#part">Raw</a>, <a href='learn/old.md'>as a file</a>.

[old]: <learn/old.md#part>
""",
    "docs/learn/old.md": f"# Old\n\n## Part\n\nSee [other](other.md#x), ![A plan](plan.svg).\n\n{LONG}\n",
    "docs/learn/other.md": '# Other\n\n## X\n\nSee [old](old.md?y=1#part "Its part").\n',
    "docs/learn/plan.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>\n',
    ".gitignore": "site\n.cache\n",
}


def git(root: Path, *arguments: str) -> None:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in git whose first page was published."""
    settings = (TESTS / "sites/base.yml").read_text("utf-8").replace("../../../hooks", str(TESTS.parent / "hooks"))
    for name, text in {**FILES, "mkdocs.yml": settings + NAV}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "docs/reference").mkdir()
    (tmp_path / "docs/reference/published.json").write_text(
        '{"version": 2, "pages": {"learn/old/": {"title": "Old", "source": "learn/old.md", "anchors": {"part": ""}}},'
        ' "figures": {}, "terms": {}, "questions": {}, "objectives": {}, "sources": {}}',
        "utf-8",
    )
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Start")
    return tmp_path


def fix(project: Path) -> int:
    return main(["check", "--config", str(project / "mkdocs.yml"), "--fix"])


def test_everywhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/topics").mkdir()
    git(project, "mv", "docs/learn/old.md", "docs/topics/new name.md")
    git(project, "commit", "--quiet", "--message", "Rename")
    assert fix(project) == CLEAN, capsys.readouterr().out

    def text(name: str) -> str:
        return (project / name).read_text("utf-8")

    new = "topics/new%20name"
    assert text("docs/index.md") == (
        f"# Home\n\nSee [old]({new}.md), [its part]({new}.md#part) and [that][old]. "
        f"<a href=\"{new}/#part\">Raw</a>, <a href='{new}/'>as a file</a>.\n\n[old]: <{new}.md#part>\n"
    )
    assert text("docs/learn/other.md").endswith(f'[old](../{new}.md?y=1#part "Its part").\n')
    assert "See [other](../learn/other.md#x), ![A plan](../learn/plan.svg).\n" in text("docs/topics/new name.md")
    assert "  - 'Old': \"topics/new name.md\"\n  - learn/other.md\n" in text("mkdocs.yml")
    assert text("docs/reference/aliases.yml") == "learn/old/: topics/new name/\n"


def test_a_link_written_after_the_move_was_not_broken_by_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the old folder it would lead somewhere, and nobody meant that."""
    git(project, "mv", "docs/learn/old.md", "docs/old.md")
    page = project / "docs/old.md"
    page.write_text(page.read_text("utf-8") + "\n[Another](./other.md)\n", "utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "Rename")
    assert fix(project) == PROBLEMS
    assert "](./other.md)" in page.read_text("utf-8")
    assert "See [other](learn/other.md#x)" in page.read_text("utf-8")
    assert capsys.readouterr().out.startswith("docs/old.md:28:1: error LNK001 `./other.md` leads nowhere.\n")


@pytest.mark.parametrize("staged", [True, False])
def test_before_it_is_committed(project: Path, *, staged: bool, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/learn/old.md").rename(project / "docs/new.md")
    if staged:
        git(project, "add", "--all")
    assert fix(project) == CLEAN, capsys.readouterr().out
    assert "See [other](learn/other.md#x), ![A plan](learn/plan.svg).\n" in (project / "docs/new.md").read_text("utf-8")


def test_a_page_that_was_half_rewritten_as_well_is_not_certain(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be another page: its new place is named, and nothing is changed."""
    lines = LONG.splitlines()
    git(project, "mv", "docs/learn/old.md", "docs/learn/new.md")
    rewritten = "\n".join([*lines[:13], *(f"Other {number} words, by somebody else." for number in range(7))])
    (project / "docs/learn/new.md").write_text(f"# New\n\n## Part\n\n{rewritten}\n", "utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "Rename")
    before = {file: file.read_bytes() for file in project.rglob("*.*") if file.is_file() and ".git" not in file.parts}
    assert fix(project) == PROBLEMS
    said = capsys.readouterr()
    assert "studyguide: nothing can be mended for certain.\n" in said.err
    assert "Fix: Did you mean `learn/new.md`? Link to the Markdown file, relative to this one.\n" in said.out
    assert "Fix: Did you mean `learn/new.md`? Give the path of a page below docs, or remove the entry.\n" in said.out
    assert {file: file.read_bytes() for file in before} == before
    assert not (project / "docs/reference/aliases.yml").exists()


def test_an_entry_whose_page_has_one_already_stays(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "mv", "docs/learn/old.md", "docs/learn/new.md")
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  - learn/other.md", "  - learn/new.md\n  - learn/other.md")
    )
    assert fix(project) == PROBLEMS
    assert capsys.readouterr().out.startswith(
        "mkdocs.yml:27:12: error NAV002 The navigation names `learn/old.md`, and there is no such page.\n"
    )
