"""Which mutants are tried: the same for the same seed, whatever other kinds there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Position

from mutate.kinds import KINDS
from mutate.mutant import Content, Kind, Mutant, expect
from mutate.plan import Trial, plan, together

if TYPE_CHECKING:
    from mutate.original import Original

SOME = [KINDS["page-link"], KINDS["reference"], KINDS["term-unlinked"]]


def places(trials: list[Trial]) -> list[tuple[str, str]]:
    return [(trial.kind, str(trial.mutant.at)) for trial in trials]


def test_same_seed_gives_the_same_plan(original: Original) -> None:
    assert places(plan(original, SOME, sample=2, seed=7)) == places(plan(original, SOME, sample=2, seed=7))


def test_seeds_choose_other_places(original: Original) -> None:
    plans = {tuple(places(plan(original, SOME, sample=1, seed=seed))) for seed in range(20)}
    assert len(plans) > 1


def test_another_kind_changes_nothing_for_the_others(original: Original) -> None:
    alone = places(plan(original, [KINDS["reference"]], sample=1, seed=3))
    assert [place for place in places(plan(original, SOME, sample=1, seed=3)) if place[0] == "reference"] == alone


def test_sample_bounds_each_kind_and_keeps_the_order_of_pages(original: Original) -> None:
    found = places(plan(original, SOME, sample=2))
    assert [kind for kind, _ in found] == ["page-link"] * 2 + ["reference"] * 2 + ["term-unlinked"] * 2
    every = [str(mutant.at) for mutant in KINDS["page-link"].mutants(original)]
    chosen = [place for kind, place in found if kind == "page-link"]
    assert chosen == [place for place in every if place in chosen]


def test_kind_may_ask_for_fewer(original: Original) -> None:
    few = Kind("few", KINDS["reference"].mutants, most=1)
    assert len(plan(original, [few], sample=9)) == 1


def test_kind_without_a_place_has_no_mutants(original: Original) -> None:
    assert plan(original, [Kind("none", lambda _: [])]) == []


def trial(name: str, changes: dict[str, Content], *looked_at: str) -> Trial:
    return Trial(
        name, Mutant(Position("docs/a.md"), name, changes, tuple(expect("LNK001", path, 1) for path in looked_at))
    )


def test_one_build_judges_what_is_apart() -> None:
    trials = [
        trial("one", {"docs/a.md": b"1"}, "docs/a.md"),
        trial("another page", {"docs/b.md": b"1"}, "docs/b.md"),
        trial("a page that was changed", {"docs/a.md": b"2"}, "docs/c.md"),
        trial("a page that is looked at", {"docs/d.md": b"1"}, "docs/b.md"),
        trial("settings", {"mkdocs.yml": b""}, "docs/e.md"),
        trial("theme", {"overrides/main.html": b""}, "docs/e.md"),
        trial("a page that goes", {"docs/e.md": None}, "docs/e.md"),
        trial("a list of sources", {"docs/reference/sources.yml": b""}, "docs/reference/sources.yml"),
        trial("one too many", {"docs/f.md": b""}, "docs/f.md"),
    ]
    assert [[each.kind for each in group] for group in together(trials, 3)] == [
        ["one", "another page", "a list of sources"],
        ["a page that was changed", "a page that is looked at", "one too many"],
        ["settings"],
        ["theme"],
        ["a page that goes"],
    ]


def test_places_are_spread_over_the_pages(original: Original) -> None:
    pages = {mutant.at.path for mutant in KINDS["no-character"].mutants(original)}
    found = [trial.mutant.at.path for trial in plan(original, [KINDS["no-character"]], sample=len(pages))]
    assert sorted(found) == sorted(pages)
