"""Each kind of mistake on a small guide: what it changes there, and what it says has to be reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studyguide.codes import RULES
from studyguide.text import quickyaml
from studyguide.text.source import Source

from mutate.kinds import KINDS
from mutate.links import page_link_letter
from mutate.matrix import diff
from mutate.original import Original

if TYPE_CHECKING:
    from mutate.mutant import Kind, Mutant

CASES: dict[str, Any] = quickyaml.load((Path(__file__).parent / "kinds.yml").read_text("utf-8"))
# A build reports no more than this one, and stops; and no build looks at other sites.
NOT_REPORTED = {"INP004"} | {code for code, rule in RULES.items() if rule.family == "external"}


def described(mutant: Mutant, original: Original) -> dict[str, Any]:
    """Return a mutant as the cases write it."""
    return {
        "at": f"{mutant.at.path}:{mutant.at.line}",
        "change": mutant.change,
        "diff": [line[:160] for line in diff(mutant.files, original.files)[:6]],
        "expected": [str(expected) for expected in mutant.expected],
    }


def test_every_kind_has_a_case() -> None:
    assert list(CASES) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_kind_makes_what_it_says(kind: Kind, original: Original) -> None:
    mutants = list(kind.mutants(original))
    found = {"places": len(mutants), **described(mutants[0], original)}
    assert {key: found[key] for key in CASES[kind.name]} == CASES[kind.name]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_mutant_changes_a_file_and_expects_something(kind: Kind, original: Original) -> None:
    for mutant in kind.mutants(original):
        assert mutant.expected
        assert any(original.files.get(path) != content for path, content in mutant.files.items())


def test_every_code_that_a_build_reports_is_tried(original: Original) -> None:
    tried = {
        code
        for kind in KINDS.values()
        for mutant in kind.mutants(original)
        for expected in mutant.expected
        for code in expected.codes
    }
    assert RULES.keys() - tried == NOT_REPORTED


def test_no_place_is_in_code(original: Original) -> None:
    """`[not a link](gone.md)` is code, and the words of a fence are no link to break."""
    dests = {placed.link.dest for placed in original.links}
    assert "gone.md" not in dests
    assert "learn/routes.md" in dests
    for path, line in original.gaps:
        source = original.sources[path]
        assert not any(fence.first <= line - 1 <= fence.last for fence in source.fences)


def test_link_is_never_broken_into_one_that_works() -> None:
    """Without its last letter `routes.md` is `route.md`; where that is a page, nothing would be wrong."""
    files = {"docs/index.md": b"[Out](routes.md)\n", "docs/routes.md": b"# Routes\n", "mkdocs.yml": b""}
    alone = Original(files, {"docs/index.md": "", "docs/routes.md": "routes/"}, {}, {})
    assert len(list(page_link_letter(alone))) == 1
    assert list(page_link_letter(replace(alone, files={**files, "docs/route.md": b""}))) == []


def test_edits_of_one_file_keep_their_places(original: Original) -> None:
    path = "docs/learn/words.md"
    edits = [
        original.lines(path, 9, 9),
        original.lines(path, 3, 2, ["new: line"]),
        original.lines(path, 1, 1, ["--- "]),
    ]
    before = Source(path, original.text(path)).lines
    after = original.apply(edits)[path].decode().split("\n")
    assert after == ["--- ", before[1], "new: line", *before[2:8], *before[9:]]
