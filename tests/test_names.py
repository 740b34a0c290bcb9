"""Names that are written once: in the settings, and nowhere else by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
import pytest
from building import ROOT
from studyguide.text.names import NamesExtension, filled

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"exam": "DVA-C03", "half": "a *b"}
CODE_RE = re.compile(r"DVA-C\d\d")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("The {{ exam }} asks.", "<p>The DVA-C03 asks.</p>"),
        ("**{{exam}}** and {{ half }}", "<p><strong>DVA-C03</strong> and a *b</p>"),
        ("`{{ exam }}` and {{ exma }}", "<p><code>{{ exam }}</code> and {{ exma }}</p>"),
        ("{{resolve:secretsmanager:a}} and { { exam } }", "<p>{{resolve:secretsmanager:a}} and { { exam } }</p>"),
    ],
)
def test_name_in_a_page(text: str, html: str) -> None:
    assert markdown.markdown(text, extensions=[NamesExtension(NAMES)]) == html


def test_name_in_the_settings() -> None:
    assert filled("To {{ exam }}, not {{ exma }}", NAMES) == "To DVA-C03, not {{ exma }}"


def _written() -> list[Path]:
    folders = [ROOT / "docs", ROOT / "overrides"]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in (".md", ".html", ".css", ".js")]
    return [*files, ROOT / "mkdocs.yml"]


def test_the_exam_is_named_in_one_place() -> None:
    """The next exam is one edit: only the settings say its code. (The sources quote AWS's own titles.)"""
    lines = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in _written()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if CODE_RE.search(line)
    ]
    assert [line.partition(":")[0] for line in lines] == ["mkdocs.yml", "mkdocs.yml"], "\n".join(lines)


def test_the_readme_names_the_same_exam() -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    exam = re.search(r"^ +exam: (\S+)$", settings, re.MULTILINE)
    assert exam
    assert set(CODE_RE.findall((ROOT / "README.md").read_text("utf-8"))) == {exam[1]}, "run `make readme`"
