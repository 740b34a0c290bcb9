"""What a page does not show as it is written, in a project that knows nothing of this guide; and what its author means so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.cli import CLEAN, PROBLEMS, main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SETTINGS = """\
site_name: Others
plugins: []
theme: {name: mkdocs}
extra_javascript: [elements.js]
markdown_extensions: [abbr, admonition, attr_list, md_in_html, tables]
"""
# As a page says it, and what is said of it.
STAYED = {
    "A List<String> holds.": "3:7 TXT007",
    "See <your-name> of it.": "3:5 TXT007",
    "A **half* word.": "3:3 TXT002",
    "!!! note Title\n    Words.": "3:10 TXT005",
    "1. One\n\n   More of it.\n\n2. Two": "5:4 TXT008",
    "| a | b |\n| - | - |\n| 1 | 2 |\nWords.": "6:1 TXT008",
    "A [link]() to nothing.": "3:3 LNK001",
    "In 2*3*4 ways.": "3:4 TXT007",
    "*[CSS]:\n*[JS]: Java\n\nStyles of CSS.": "3:1 TXT007",
    "One [link](a.md 'that goes\non) to [another](b.md 'title').": "3:12 LNK001",
}
MEANT = """\
A <x-widget data-is="it"></x-widget>, and <y-widget> without an end; @someone of @scope/name.

Words of HTML and XML.

*[HTML]:
Hypertext
*[XML]: Markup

A [bookmark](javascript:alert(1)) to keep, 2 * 3 * 4, 5 < 6 > 3, x^2 and ~5 ms.

- One
    - below it

!!! note inline end

    Words.
"""


def checked(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Return the exit code of a check of one page, and the place and code of each problem."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (folder / "docs/elements.js").write_text(
        'customElements.define("y-widget", class extends HTMLElement {});\n', "utf-8"
    )
    (folder / "docs/index.md").write_text(f"# Home\n\n{text}\n", "utf-8")
    code = main(["check", "--config", str(folder / "mkdocs.yml")])
    found = re.findall(r"^docs/index\.md:(\d+:\d+): \w+ (\w+)", capsys.readouterr().out, re.MULTILINE)
    return code, [" ".join(each) for each in found]


def test_others_are_told_what_their_pages_do_not_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, expected, line = list[str](), list[str](), 3
    for text, said in STAYED.items():
        page += [text, ""]
        at, _, code = said.partition(" ")
        number, _, column = at.partition(":")
        expected.append(f"{int(number) + line - 3}:{column} {code}")
        line += text.count("\n") + 2
    assert checked(tmp_path, "\n".join(page), capsys) == (PROBLEMS, expected)


def test_what_others_mean_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path, MEANT, capsys) == (CLEAN, [])


def test_a_wall_of_quotations_takes_no_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each more of them took twice as long."""
    assert checked(tmp_path, f"{'> ' * 60}A\n{'> ' * 60}  - b", capsys) == (CLEAN, [])
