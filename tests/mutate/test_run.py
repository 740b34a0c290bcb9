"""The self-test end to end: a gate that works, one that is broken, and guides of which nothing can be told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from studyguide.audit import NotCheckedError

from mutate import run
from mutate.conftest import guide
from mutate.matrix import as_text

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.exports.record import Record

# A gate in which one family finds nothing.
BROKEN = """
import runpy, sys
from studyguide import checks
checks.used.check = lambda book: ()
sys.argv[0] = {builder!r}
runpy.run_path({builder!r}, run_name="__main__")
"""

# A gate that says nothing where it has two things to say, and writes down how many it had.
HIDING = """
import runpy, sys
from pathlib import Path
from studyguide import waivers
apply, sys.argv[0] = waivers.apply, {builder!r}
def hiding(problems, *args, **kwargs):
    with Path({log!r}).open("a") as log:
        log.write(f"{{len(problems)}} ")
    return apply(problems if len(problems) < 2 else [], *args, **kwargs)
waivers.apply = hiding
runpy.run_path({builder!r}, run_name="__main__")
"""


def test_gate_catches_what_is_put_in_and_leaves_the_guide_as_it_is(settings: Record) -> None:
    before = run.files(settings.project)
    names = (
        "front-matter-shifted",
        "page-renamed",
        "page-deleted",
        "folder-named-as-page",
        "page-unreadable",
        "published-cut",
        "source-twice",
    )
    matrix = run.run(settings, sample=2, names=names)
    assert matrix.misses == []
    assert [(row.kind, row.mutants) for row in matrix.rows] == [(name, 2) for name in names]
    assert not matrix.fails
    assert run.files(settings.project) == before


def test_model_of_the_copy_is_what_its_answers_are_held_to(settings: Record) -> None:
    matrix = run.run(settings, sample=1, names=("rule-turned", "state-changed"))
    assert [(row.kind, row.placed) for row in matrix.rows] == [("rule-turned", 1), ("state-changed", 1)]
    assert matrix.misses == []


def test_broken_gate_is_found_out(settings: Record) -> None:
    command = (sys.executable, "-c", BROKEN.format(builder=run.BUILDER[1]))
    matrix = run.run(settings, sample=1, names=("figure-unlinked", "page-link"), command=command)
    assert matrix.fails
    lines = as_text(matrix).splitlines()
    assert lines[1:3] == [
        "figure-unlinked         1       0           0",
        "page-link               1       1           1",
    ]
    assert lines[4].startswith("missed: figure-unlinked at docs/")
    assert "  reported nothing" in lines


def test_what_another_mistake_hides_is_tried_alone(
    settings: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.os, "cpu_count", lambda: 1)
    log = tmp_path / "log"
    command = (sys.executable, "-c", HIDING.format(builder=run.BUILDER[1], log=str(log)))
    matrix = run.run(settings, sample=1, names=("page-link", "source-not-https"), command=command)
    assert [(row.kind, row.placed) for row in matrix.rows] == [("page-link", 1), ("source-not-https", 1)]
    assert log.read_text("utf-8").split() == ["0", "0", "2", "1", "1"]


def test_guide_with_problems_is_not_checked(tmp_path: Path) -> None:
    settings = guide(tmp_path)
    (settings.project.docs / "learn/words.md").write_text("# Words\n\n[Gone](gone.md)\n", "utf-8")
    message = "the guide itself has problems, so nothing can be told from its mutants: docs/index.md:9:3: REF001"
    with pytest.raises(NotCheckedError, match=message):
        run.run(settings, names=("page-link",))


def test_unknown_kind_is_not_checked(settings: Record) -> None:
    with pytest.raises(NotCheckedError, match=r"there is no kind `page-lnk`; kinds are page-link, page-link-letter, "):
        run.run(settings, names=("page-lnk",))


def test_sample_of_nothing_is_not_checked(settings: Record) -> None:
    with pytest.raises(NotCheckedError, match="--sample says how many places of each kind are tried: 0 are none"):
        run.run(settings, sample=0)


def test_process_that_ends_is_not_checked(settings: Record) -> None:
    command = (sys.executable, "-c", "raise SystemExit('no module of that name')")
    message = "the process that builds the guide ended: no module of that name"
    with pytest.raises(NotCheckedError, match=message):
        run.run(settings, names=("page-link",), command=command)


def test_mkdocs_that_stops_is_not_checked(tmp_path: Path) -> None:
    settings = guide(tmp_path)
    with (tmp_path / "mkdocs.yml").open("a") as file:
        file.write("plugins: [no-such-plugin]\n")
    with pytest.raises(NotCheckedError, match=r"the guide itself has problems, .*no-such-plugin"):
        run.run(settings, names=("page-link",))
