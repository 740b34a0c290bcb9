"""One cause is one problem, said where the cause is, with advice that mends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from building import build, problems, project
from studyguide.cli import NOT_CHECKED, main

if TYPE_CHECKING:
    from pathlib import Path

PARTS_RE = re.compile(r"(?P<place>\S+): (?P<said>[^\n]*)\n.*^ +Fix: (?P<fix>[^\n]*)", re.DOTALL | re.MULTILINE)
EXTENSIONS = (
    "markdown_extensions:\n  - admonition\n  - attr_list\n  - footnotes\n  - tables\n  - pymdownx.superfences\n"
)
MARKS = f"{EXTENSIONS}  - pymdownx.blocks.admonition\n  - pymdownx.emoji\n  - pymdownx.keys\n  - pymdownx.snippets\n"
TOC = "Write `[TOC]` for a list of the headings, on a line of its own, or remove it."
OTHERWISE = "a list of the headings is written otherwise"
DRAWN = """\
/// figure | A box
    id: fig-box
    alt: A box that says Hello.

```tikz
\\begin{tikzpicture}
\\node[fill=nopecolor] {Hello};
\\end{tikzpicture}
```
///

[](#fig-box)
"""
# What a page says after its heading, what the settings say besides, and all that is said of it.
CASES: dict[str, tuple[str, str, list[str]]] = {
    "the space before the colon of a footnote": (
        "Text[^3], and again[^3].\n\n[^3] : Three\n", "",
        ["docs/index.md:5:1: error FTN001 The footnote `3` is not defined: a space stands before the colon. Write `[^3]: ...`."],
    ),
    "a colon within a sentence is no definition": (
        "Text[^3].\n\nOf [^3] : more.\n\n[^3]: Three\n", "",
        [],
    ),
    "a note within the text, and labels that are taken": (
        "One[^1], two^[of two words] and three^[of three words].\n\n[^1]: One.\n", "",
        [
            "docs/index.md:3:13: error TXT002 `^[of two words]` stayed text: a footnote is written on a line of its own. Write `[^2]` here, and on a line of its own `[^2]: of two words`.",
            "docs/index.md:3:38: error TXT002 `^[of three words]` stayed text: a footnote is written on a line of its own. Write `[^3]` here, and on a line of its own `[^3]: of three words`.",
        ],
    ),
    "a change in braces is no key": (
        "A {++word++} and {==two==}, and {~~three~~}.\n", "",
        [
            f"docs/index.md:3:{column}: error TXT002 `{text}` stayed text: nothing here reads these marks. Turn on `pymdownx.critic`, or keep one of the versions."
            for column, text in ((3, "{++word++}"), (18, "{==two==}"), (33, "{~~three~~}"))
        ],
    ),
    "a key in braces that close later": (
        "The set {++ctrl++, and more}.\n", "",
        ["docs/index.md:3:10: error TXT002 `++ctrl++` stayed text: nothing here reads these marks. Turn on `pymdownx.keys`, or write `<kbd>ctrl</kbd>`."],
    ),
    "a list of the headings, shown and taken for an attribute": (
        "Words.\n\n{:toc}\n\n- Contents\n{:toc}\n", "",
        [
            f"docs/index.md:5:1: error TXT002 `{{:toc}}` stayed text: {OTHERWISE}. Write `[TOC]` on a line of its own, or remove it.",
            f"docs/index.md:8:1: error TXT007 `{{:toc}}` is taken for an attribute, so no reader sees it. {TOC}",
        ],
    ),
    "an address in the navigation": (
        "Words.\n", "nav:\n  - Home: index.md\n  - Web: www.example.com\n",
        ["mkdocs.yml:LINE:10: error LNK005 No browser opens `www.example.com`. 1 page has it. Write the whole address, from `https://` on."],
    ),
    "a page that is not there": (
        "Words.\n", "nav:\n  - Home: index.md\n  - Web: example.md\n",
        ["mkdocs.yml:LINE:10: error NAV002 The navigation names `example.md`, and there is no such page. Give the path of a page below docs, or remove the entry."],
    ),
    "a colour that does not exist": (
        DRAWN, "",
        ["docs/index.md:9:12: error FIG010 There is no colour 'nopecolor'. Use a colour of xcolor, such as blue!60!black, or define it with \\definecolor."],
    ),
    "a bar in a link": (
        '| a | b |\n| - | - |\n| [l](index.md "a|b") | c |\n| [l](index.md "a\\|b") | c |\n', "",
        [r"docs/index.md:5:25: error TXT006 `c` is not shown: this row has 3 cells, and its table 2 columns. Write `\|` for a bar that ends no cell, or give the table one more column."],
    ),
    "a bar in a link of a row that has room": (
        '| a | b | c |\n| - | - | - |\n| [l](index.md "a|b") | c |\n', "",
        [r"docs/index.md:5:3: error TXT001 `[l](index.md` stayed text: a bar ends its cell. Write `\|` for a bar that ends no cell."],
    ),
    "two spaces behind the marks of a note": (
        '!!!  note  "x"\n    Words.\n\n!!! note  "x"\n    Words.\n', "",
        ['docs/index.md:3:1: error TXT003 `!!! note "x"` stayed text: one space follows the marks. Write `!!! note "x"`.'],
    ),
    "keys and icons that nothing is called": (
        "Press ++ctrl+nope++ or ++contrl++, :material-nope:.\n", MARKS,
        [
            "docs/index.md:3:7: error TXT002 `++ctrl+nope++` stayed text: `nope` is the name of no key. Use the name of a key, or write `<kbd>nope</kbd>`.",
            "docs/index.md:3:24: error TXT002 `++contrl++` stayed text: `contrl` is the name of no key. Did you mean `control`? Use the name of a key, or write `<kbd>contrl</kbd>`.",
            "docs/index.md:3:36: error TXT002 `:material-nope:` stayed text: no icon has this name here. Look for its name; those of a theme are read with the theme's index.",
        ],
    ),
    "a file to include below the folder that is set": (
        '--8<-- "index.md"\n\n--8<-- "none.css"\n', MARKS,
        [
            "docs/index.md:3:9: error SNP001 There is no file `index.md` to include. Write `docs/index.md`: a path begins at the `base_path` of `pymdownx.snippets`.",
            "docs/index.md:5:9: error SNP001 There is no file `none.css` to include. Give its path below docs; nothing outside can be included.",
        ],
    ),
    "a line of tildes below words": (
        "My title\n~~~~~~~~\n\nWords.\n", "",
        ["docs/index.md:4:1: error TXT003 `~~~~~~~~` stayed text: it makes no heading of the line above it. Write `## My title` for both lines."],
    ),
    "tildes far from as long as the words above": (
        "My title is this one:\n~~~\n\nWords.\n", "",
        ["docs/index.md:4:1: error TXT003 `~~~` stayed text: this fence is never closed. Add a line `~~~` after its last line."],
    ),
    "an option that a block does not have": (
        "/// tip\n    open: true\n\nWords.\n///\n", "",
        ["docs/index.md:3:1: error TXT003 `/// tip` stayed text: `open` is no option of such a block. Remove it: its options are `attrs`, `type`."],
    ),
    "an anchor, with its sign": (
        "## Über uns\n\n[x](#über-uns)\n", "",
        ["docs/index.md:5:1: error LNK002 No page of the guide has an anchor `#über-uns`. Did you mean `#uber-uns`? Link to a heading or an id that is there."],
    ),
}  # fmt: skip
EDIT = {
    "an absolute address": (
        'repo_url: https://github.com/x/y\nedit_uri: "http:/bad/"\n',
        "2:11: error LNK005 No browser opens `http:/bad/`. 2 pages have it. Write the whole address, from `https://` on.",
    ),
    "a template": (
        'edit_uri_template: "http:/bad/{path}"\n',
        "1:20: error LNK005 No browser opens `http:/bad/`. 2 pages have it. Write the whole address, from `https://` on.",
    ),
    "a repository": (
        "repo_url: htp://github.com/x/y\n",
        "1:11: error LNK005 No browser opens `htp://github.com/x/y`. 3 pages have it. Write the whole address, from `http://` on.",
    ),
    "a path without a repository": (
        "edit_uri: edit/\n",
        "1:11: error LNK001 `edit/` leads nowhere, and 2 pages link to it. Mend the address here.",
    ),
}


def said(folder: Path, files: dict[str, str | bytes], settings: str = "") -> list[str]:
    """Return what a build says of these files: place, message and advice."""
    config = project(folder, files, settings)
    found = (PARTS_RE.match(each) for each in problems(build(config, folder / "site").log))
    return [f"{match['place']}: {match['said']} {match['fix']}" for match in found if match]


def line(folder: Path, text: str) -> int:
    """Return the line of the settings that holds a text."""
    lines = (folder / "mkdocs.yml").read_text("utf-8").split("\n")
    return next(number for number, each in enumerate(lines, start=1) if text in each)


@pytest.mark.parametrize("case", CASES)
def test_one_cause_is_one_problem(case: str, tmp_path: Path) -> None:
    text, settings, expected = CASES[case]
    found = said(tmp_path, {"index.md": f"# Home\n\n{text}"}, settings)
    number = line(tmp_path, "- Web: ") if "nav:" in settings else 0
    assert found == [each.replace("LINE", str(number)) for each in expected]


@pytest.mark.parametrize("case", EDIT)
def test_the_address_of_every_source_is_one_setting(case: str, tmp_path: Path) -> None:
    settings, expected = EDIT[case]
    found = said(tmp_path, {"index.md": "# Home\n\nWords.\n", "a.md": "# A\n\nWords.\n"}, settings)
    at, _, rest = expected.partition(":")
    number = line(tmp_path, settings.split("\n")[0]) + int(at) - 1
    assert found == [f"mkdocs.yml:{number}:{rest}"]


def test_a_source_without_an_address_is_no_broken_link_too(tmp_path: Path) -> None:
    entry = 'quota: {fact: Five., title: Quotas, url: "https://exa mple.com", checked: 2026-11-22, confidence: official-2026}'
    page = "# Home\n\nFive [@quota].\n\n<!-- studyguide: sources -->\n"
    found = said(tmp_path, {"index.md": page, "reference/sources.yml": f"{entry}\n"})
    assert found == [
        "docs/reference/sources.yml:1:37: error SRC002 The source `quota` has no https address in `url`. Give the official page."
    ]


def test_an_alias_to_an_anchor_of_the_home_page(tmp_path: Path) -> None:
    found = said(tmp_path, {"index.md": "# Home\n", "reference/aliases.yml": 'old/: "./#home"\nolder/: "#home"\n'})
    assert found == [
        "docs/reference/aliases.yml:1:1: error RED001 `./#home` is not an address of this site. Write `/#home`: an address begins at the root of the site."
    ]


@pytest.mark.parametrize("code", ["0", "3", "None"])
def test_a_hook_that_ends_the_build(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    (tmp_path / "stop.py").write_text(f"import sys\ndef on_config(config): sys.exit({code})\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Home\nhooks: [stop.py]\n", "utf-8")
    assert main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == NOT_CHECKED
    ended = "a hook or a plugin ended it with the exit code"
    reason = f"{ended} {code.replace('None', '0')}."
    assert capsys.readouterr().err == f"studyguide: not checked: MkDocs did not build the site: {reason}\n"


@pytest.mark.parametrize(
    ("end", "reason"),
    [("raise RuntimeError('Late.')", "Late."), ("sys.exit(3)", "a hook or a plugin ended it with the exit code 3.")],
)
def test_a_hook_that_ends_the_build_when_all_was_checked(
    end: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was found, and readers get no site: that is not clean."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    late = f"@mkdocs.plugins.event_priority(-5000)\ndef on_post_build(config): {end}\n"
    (tmp_path / "stop.py").write_text(f"import sys\nimport mkdocs.plugins\n\n{late}", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Home\nhooks: [stop.py]\n", "utf-8")
    assert main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == NOT_CHECKED
    assert capsys.readouterr().err == f"studyguide: not checked: MkDocs did not build the site: {reason}\n"
