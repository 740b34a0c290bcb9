"""One YAML file a behaviour under ``prepass``: TikZ goes in; what is said and what the engine is given come out.

    source: |          the figure, as written
    findings:          [line, column, code, message, fix] of each; none where it is left out
    mended: |          what the engine is given, where that is not the source

A file whose name ends in ``-nope`` is a near miss: it looks like the fault, and is none.
"""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest
from studyguide.figures import prepass
from studyguide.text import quickyaml

CASES = sorted((Path(__file__).parent / "prepass").glob("*.yml"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case(file: Path) -> None:
    case = quickyaml.load(file.read_text("utf-8"))
    assert set(case) <= {"source", "findings", "mended"}
    assert [list(astuple(finding)) for finding in prepass.check(case["source"])] == case.get("findings", [])
    assert prepass.mend(case["source"]) == case.get("mended", case["source"])
    assert file.stem.endswith("-nope") == (set(case) == {"source"})


def test_mending_twice_changes_nothing_more() -> None:
    for file in CASES:
        once = prepass.mend(quickyaml.load(file.read_text("utf-8"))["source"])
        assert prepass.mend(once) == once
