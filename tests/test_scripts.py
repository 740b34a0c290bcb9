"""Scripts of a finished site say the same in fewer letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from studyguide.exports.scripts import shorten, shortened

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("script", "shorter"),
    [
        ("// A word.\nlet total = 1;\n", "let total=1"),
        ("function both(first, second) {\n    return first + second\n}\n", "function both(e,t){return e+t}"),
        ("class Box extends HTMLElement { #open = 1 }\n", "class Box extends HTMLElement{#e=1}"),
        ("globalThis.studyguide.kept = `a ${b}`\n", "globalThis.studyguide.kept=`a ${b}`"),
        ("", ""),
        ("if (open) {", None),
    ],
)
def test_script(script: str, shorter: str | None) -> None:
    assert shortened(script) == shorter


def test_files(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.js", tmp_path / "bad.js"
    good.write_text("// Said.\nopen( 1 )\n")
    bad.write_text("open( ")
    shorten([good, bad])
    assert (good.read_text(), bad.read_text()) == ("open(1)", "open( ")
