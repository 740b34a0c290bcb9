"""Which mutants are tried: the same for the same seed, whatever other kinds there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutate.kinds import KINDS
from mutate.mutant import Kind
from mutate.plan import Trial, plan

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
