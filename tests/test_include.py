"""What a page includes: read where it stands there, each line known by its own place, and what cannot be read reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from studyguide.directives import DirectivesExtension, render
from studyguide.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.directives.part import Part

TERM = "Text, and [](#fig-none).\n\n/// term | ENI\n    id: term-eni\n    titel: x\n\nA card.\n\n```python\nx = 1\n```\n///\n"


def page(folder: Path, text: str, **files: str) -> tuple[str, Part]:
    for name, content in files.items():
        (folder / f"{name}.md").write_text(content, "utf-8")
    extension = DirectivesExtension(lambda file: f"docs/{file.relative_to(folder).as_posix()}")
    return render(Source("docs/index.md", text), extension, folder)


@pytest.mark.parametrize("before", ["", "- Item\n\n    ", "!!! note\n\n    ", "A[^1].\n\n[^1]: Note.\n\n    "])
def test_directive_keeps_its_own_place(tmp_path: Path, before: str) -> None:
    html, part = page(tmp_path, f'# H\n\n{before}--8<-- "part.md"\n', part=TERM)
    assert html.count('<div class="sg-term" id="term-eni">') == 1
    assert [(str(block.position), block.last) for block in part.blocks] == [("docs/part.md:3:1", 12)]
    assert [str(problem) for problem in part.problems] == [
        "docs/part.md:5:5: DIR002 `titel` is not an option of a term. Fix: Options are `id`."
    ]
    assert [source.path for source in part.included] == ["docs/part.md"]


def test_file_with_an_id_is_included_once(tmp_path: Path) -> None:
    text = '# H\n\n--8<-- "part.md"\n\n--8<-- "part.md"\n'
    html, part = page(tmp_path, text, part="/// term | ENI\n    id: term-eni\n\nA card.\n///\n")
    assert [str(problem) for problem in part.problems] == [
        (
            "docs/part.md:2:5: ID001 The id `term-eni` is in a file that is included more than once. "
            "Fix: Include it once, and link to it from where else it is needed."
        )
    ]
    assert (html.count('id="term-eni"'), html.count('class="sg-term"')) == (1, 2)


def test_section_and_lines_of_a_file(tmp_path: Path) -> None:
    part = "One.\n\n--8<-- [start:two]\n/// term | Two\n    id: term-two\n\nText.\n///\n--8<-- [end:two]\n"
    _, found = page(tmp_path, '--8<-- "part.md:two"\n\n--8<-- "other.md:3:12"\n', part=part, other=f"\n\n{TERM[26:]}")
    assert [(str(block.position), block.key) for block in found.blocks] == [
        ("docs/part.md:4:1", "term-two"),
        ("docs/other.md:3:1", "term-eni"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('--8<-- "none.md"', "1:9: SNP001 There is no file `none.md` to include. Fix: Give its path below docs; nothing outside can be included."),
        ('--8<-- "part.md:tow"', "1:9: SNP001 `part.md` has no section `tow` to include. Fix: Did you mean `two`? Mark it there: `--8<-- [start:tow]`."),
        ("--8<--\npart.md\n\nnone.md\n--8<--", "4:1: SNP001 There is no file `none.md` to include. Fix: Give its path below docs; nothing outside can be included."),
        ("Text\n\n--8<--\npart.md", "3:1: SNP001 This list of files to include never ends, so every line below it is taken for one. Fix: Add a line `--8<--` after the last of them."),
        ('> --8<-- "part.md"', '1:11: SNP001 This inclusion is not read, so it shows as text. Fix: Write `--8<-- "file"` with nothing on its line but spaces before it; `pymdownx.snippets` has to be on.'),
        ('See --8<-- "part.md"', '1:13: SNP001 This inclusion is not read, so it shows as text. Fix: Write `--8<-- "file"` with nothing on its line but spaces before it; `pymdownx.snippets` has to be on.'),
    ],
)  # fmt: skip
def test_what_is_not_included_is_a_problem(tmp_path: Path, text: str, problem: str) -> None:
    _, part = page(tmp_path, text, part="--8<-- [start:two]\nText.\n--8<-- [end:two]\n")
    assert [str(found) for found in part.problems] == [f"docs/index.md:{problem}"]


def test_file_that_includes_itself_is_a_problem(tmp_path: Path) -> None:
    _, part = page(tmp_path, '--8<-- "a.md"\n', a='Text.\n\n--8<-- "b.md"\n', b='--8<-- "a.md"\n')
    assert [str(found) for found in part.problems] == [
        "docs/b.md:1:9: SNP001 `a.md` includes itself here, which would never end. Fix: Remove this line."
    ]


def test_code_that_shows_an_inclusion_is_code(tmp_path: Path) -> None:
    html, part = page(
        tmp_path, '`--8<-- "none.md"`\n\n```text\n;--8<-- "none.md"\n```\n\n```text\n--8<-- "part.md"\n```\n', part=TERM
    )
    assert (part.problems, part.blocks) == ((), ())
    assert "/// term | ENI\n    id: term-eni" in html
    assert '--8&lt;-- "none.md"' in html.replace("&quot;", '"')
