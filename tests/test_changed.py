"""A page that another plugin changes before we read it: its change stays, and what is wrong is where it was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from building import build
from studyguide.cli import NOT_CHECKED, PROBLEMS
from studyguide.text.changed import origins
from test_listing import found, project

if TYPE_CHECKING:
    from pathlib import Path

HOOK = """
def on_page_markdown(markdown, **_):
    return markdown.replace("{{ all }}", "- One\\n- Two").replace("{{ slashes }}", "///").replace("{{ v }}", "3")
"""
PAGE = """---
title: Home
---

# Home

{{ all }}

/// term | ENI {{ v }}
    id: term-eni

A card, [](#term-none).
///

- {{ slashes }} term | Made

[](#term-eni) is {{ v }}.

<div>
[](#term-eni)
</div>
"""
MADE = "A plugin makes a directive of this, which is not read where it stands, so it shows as text."
EXPECTED = [
    "docs/index.md:12:9: error REF001 Nothing in the guide has the id `term-none`.",
    f"docs/index.md:15:1: error DIR007 {MADE}",
    "docs/index.md:20:1: error REF003 This reference is not read, so it shows as text.",
]


@pytest.mark.parametrize("ours", ["plugins: [search, studyguide]", "plugins: [search]"])
def test_what_another_plugin_writes_into_a_page_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ours: str
) -> None:
    """It is a hook here, which hears events after plugins: it is asked first all the same."""
    first = "from mkdocs.plugins import event_priority\n" + HOOK.replace("\ndef", "\n@event_priority(50)\ndef")
    (tmp_path / "changer.py").write_text(first, "utf-8")
    settings = project(tmp_path, {"index.md": PAGE}, f"{ours}\nhooks: [changer.py]\n")
    code, said = found(settings, capsys)
    if "studyguide" in ours:
        assert (code, [line for line in said if "DIR" in line or "REF" in line]) == (PROBLEMS, EXPECTED)
    build(settings, tmp_path / "site")
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert re.search(r"<li>\s*One\s*</li>\s*<li>\s*Two\s*</li>", page)
    assert "is 3." in page
    assert not re.search("[\ufdd0-\ufdef\x02\x03]", page)


@pytest.mark.parametrize(
    ("written", "now", "expected"),
    [
        ("a b c", "a b c", [1, 2, 3]),
        ("a b c", "a x y c", [1, -2, -2, 3]),
        ("a b c d", "a d", [1, 4]),
        ("a b", "x y a b", [-1, -1, 1, 2]),
        ("a", "x y z", [-1, -1, -1]),
        ("", "x", [-1]),
    ],
)
def test_where_a_line_was_written(written: str, now: str, expected: list[int]) -> None:
    """Below nought is a line that is not as it was."""
    assert [line if same else -line for line, same in origins(written.split(), now.split())] == expected


@pytest.mark.parametrize(
    "settings",
    ["plugins: [search, studyguide, studyguide]\n", "plugins: [search, studyguide]\nhooks: [ours.py]\n"],
)
def test_a_second_study_guide_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: str) -> None:
    (tmp_path / "ours.py").write_text(
        "from studyguide_mkdocs.plugin import StudyGuide\nO = StudyGuide()\nO.load_config({})\non_config = O.on_config\n",
        "utf-8",
    )
    assert found(project(tmp_path, {"index.md": "# Home\n"}, settings), capsys)[0] == NOT_CHECKED
