"""Broken mini-sites: each folder of ``sites`` is built by MkDocs, and must say what its ``problems.txt`` says; ``fix.diff`` is what is certain."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from building import TESTS, build, problems
from studyguide.cli import CLEAN, PROBLEMS, main
from studyguide.text.marks import RESERVED_RE
from studyguide.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

SITES = sorted(file.parent for file in (TESTS / "sites").glob("*/mkdocs.yml"))


class Built(NamedTuple):
    """A mini-site after its build: the lines of its log, and its site."""

    source: Path
    site: Path
    exit_code: int
    log: list[str]

    @property
    def expected(self) -> str:
        """What its ``problems.txt`` says, without the summary."""
        return (self.source / "problems.txt").read_text("utf-8").strip()

    @property
    def said(self) -> str:
        """The problems in its log, as they were printed."""
        return "\n\n".join(problems(self.log))

    @property
    def fails(self) -> bool:
        """Whether one of its problems is more than a hint."""
        return re.search(r"^\S+:\d+:\d+: (error|warning) ", self.expected, re.MULTILINE) is not None


def marked(site: Path) -> list[Path]:
    """Return the files of a site that hold what only the parser may see."""
    texts = [file for file in site.rglob("*") if file.suffix in (".html", ".json", ".xml", ".js", ".css", ".svg")]
    return [file for file in texts if RESERVED_RE.search(file.read_text("utf-8"))]


@pytest.fixture(
    scope="module",
    params=[pytest.param(site, id=site.name, marks=pytest.mark.xdist_group(site.name)) for site in SITES],
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a mini-site as CI would."""
    site = tmp_path_factory.mktemp(request.param.name)
    run = build(request.param / "mkdocs.yml", site)
    return Built(request.param, site, run.returncode, run.log)


def test_build_says_every_problem_word_for_word(built: Built) -> None:
    assert built.said == built.expected


def test_strict_build_fails_only_for_problems(built: Built) -> None:
    assert built.exit_code == (1 if built.fails else 0)
    assert not [line for line in built.log if line.startswith(("Traceback", "ERROR"))]


def test_no_mark_of_the_parser_gets_out(built: Built) -> None:
    assert marked(built.site) == []


def test_build_ends_with_one_summary(built: Built) -> None:
    count = len(problems(built.log))
    start = f"{count} problem{'s' if count > 1 else ''} (" if count else "No problems. "
    assert [line for line in built.log if line.startswith(f"INFO    -  {start}")]


def test_check_agrees_with_build(built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what it would mend is what ``fix.diff`` says: nothing where there is none."""
    output, diff = tmp_path / "problems.txt", built.source / "fix.diff"
    settings, site = str(built.source / "mkdocs.yml"), str(built.site)
    code = main(["check", "--config", settings, "--site", site, "--fix", "--dry-run", "--output", str(output)])
    assert capsys.readouterr().out == (diff.read_text("utf-8") if diff.exists() else "")
    said, _, summary = output.read_text("utf-8").strip().rpartition("\n\n")
    assert said == built.expected
    assert [line for line in built.log if line.endswith(summary)]
    assert code == (PROBLEMS if built.fails else CLEAN)


def test_rest_of_page_renders(built: Built) -> None:
    """Whatever is wrong with a page, its heading and what comes last are there, and broken figures show their source."""
    for page in json.loads((built.site / "checks.json").read_text("utf-8"))["site"]["pages"]:
        path, source = page["path"], built.source / page["source"]
        html = (built.site / page["file"]).read_text("utf-8")
        text = source.read_text("utf-8")
        assert re.search(r"^# (.*)$", text[Source(path, text).body_start :], re.MULTILINE)[1] in html
        if "The rest of the page." in text:
            assert "The rest of the page." in html.rpartition("</figure>")[2]
            assert html.count('<svg class="sg-svg') + html.count('<pre class="sg-broken">') == text.count(
                "/// figure"
            ) - text.count("> /// figure")
