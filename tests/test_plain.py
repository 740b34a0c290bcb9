"""A MkDocs project without our hook: what any project can get wrong is found, and nothing of ours is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from studyguide.cli import CLEAN, PROBLEMS, main
from test_inputs import heads

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
site_name: Plain
site_url: https://example.org/plain/
plugins: [search]
theme:
  name: THEME
nav:
  - index.md
  - other.md
validation:
  nav: {omitted_files: warn}
markdown_extensions:
  - attr_list
  - pymdownx.superfences
  - pymdownx.blocks.admonition
"""
# Nothing here is for us to judge: no alt text, no figure, no closed element, no footnotes, no known directive.
FINE = """# Plain

![](img/plan.png) and <div>.

```tikz
\\begin{tikzpicture}
```

A `/// figur | Not ours` in code.

/// note | Theirs
Words.
///

A footnote here[^none] stays text, and [a citation @none] as well as [@none]. [x](/elsewhere/) is beside this site.

## {: #hollow }

--8<-- "nowhere.md"

<!-- studyguide: ignore LNK001 until=2999-01-31 reason="A waiver works in any project." -->
[gone](gone.md)

[other](other.md), [its heading](other.md#there), [the address](other/), [top](#top) and [plain](#plain).
"""
OTHER = "# Other\n\n## There\n\n<p id='plain'></p>\n"
WRONG = """
[gone](gone.md), [lost](other.md#lost), ![Map](img/map.png) and [one](#one).
What [another page has](#there).

<span id="twice"></span><span id="twice"></span>
"""


@pytest.fixture(params=["mkdocs", "material"])
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Write a project that is all right, whatever our own guide would say of it."""
    (tmp_path / "docs/img").mkdir(parents=True)
    (tmp_path / "docs/img/plan.png").write_bytes(b"\x89PNG")
    (tmp_path / "docs/index.md").write_text(FINE, "utf-8")
    (tmp_path / "docs/other.md").write_text(OTHER, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS.replace("THEME", request.param), "utf-8")
    return tmp_path


def test_plain_project_is_checked(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once as it is, and once with what is wrong in any project."""
    settings = str(plain / "mkdocs.yml")
    assert main(["check", "--config", settings]) == CLEAN
    said = capsys.readouterr().out
    assert said.startswith("No problems. Waived 1 problem. Checked 3 pages, ")
    assert "figure" not in said

    with (plain / "docs/index.md").open("a") as page:
        page.write(WRONG)
    (plain / "docs/img/idle.png").write_bytes(b"\x89PNG")
    (plain / "docs/left-out.md").write_text("# Left out\n\n[^note]: Idle.\n", "utf-8")
    with (plain / "mkdocs.yml").open("a") as file:
        file.write("  - footnotes\n")
    assert main(["check", "--config", settings]) == PROBLEMS
    first = FINE.count("\n") + 2
    assert heads(capsys.readouterr().out) == [
        "docs/img/idle.png:1:1: hint AST001 Nothing in the guide uses this file.",
        "docs/index.md:15:16: error FTN001 The footnote `none` is not defined.",
        f"docs/index.md:{first}:1: error LNK001 `gone.md` leads nowhere.",
        f"docs/index.md:{first}:18: error LNK002 `other.md` has no anchor `#lost`.",
        f"docs/index.md:{first}:41: error LNK003 There is no file `img/map.png`.",
        f"docs/index.md:{first}:65: error LNK002 This page has no anchor `#one`.",
        f"docs/index.md:{first + 1}:6: error LNK002 This page has no anchor `#there`.",
        f"docs/index.md:{first + 3}:31: error ID001 The id `twice` is taken, by docs/index.md:{first + 3}:7.",
        "docs/left-out.md:1:1: warning NAV001 This page is not in the navigation.",
        "docs/left-out.md:3:1: warning FTN002 Nothing refers to the footnote `note`.",
    ]
