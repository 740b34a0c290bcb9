"""Kinds of mistakes and the guide -> the mutants to try: the same for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mutate.mutant import Kind, Mutant
    from mutate.original import Original

# Places of a kind that are tried: more of the same kind find little more.
MOST = 12
# Endings of the files that are pages, or are read beside them.
SHARED = (".md", ".txt", ".svg", ".pdf", "sources.yml", "aliases.yml", "published.json")


class Trial(NamedTuple):
    """A mutant that is to be tried, and its kind."""

    kind: str
    mutant: Mutant


def plan(original: Original, kinds: Iterable[Kind], *, sample: int = MOST, seed: int = 0) -> list[Trial]:
    """Return at most ``sample`` mutants of each kind, at places that the seed chooses, in the order of the pages."""
    return [Trial(kind.name, mutant) for kind in kinds for mutant in _chosen(original, kind, sample, seed)]


def _chosen(original: Original, kind: Kind, sample: int, seed: int) -> list[Mutant]:
    found = list(kind.mutants(original))
    # Each kind has its own sequence, so that a new kind changes nothing for the others.
    chance = random.Random(f"{seed} {kind.name}")  # noqa: S311
    order = chance.sample(range(len(found)), len(found))
    pages = sorted({mutant.at.path for mutant in found})
    turn = dict(zip(pages, chance.sample(range(len(pages)), len(pages)), strict=True))
    # A second place on a page comes after the first on every other, and each page has the same chance to be first:
    # most of the places are on a few long pages, and what is on different pages can be judged together.
    tried: Counter[str] = Counter()
    turns = {}
    for index in order:
        path = found[index].at.path
        turns[index] = tried[path], turn[path]
        tried[path] += 1
    chosen = sorted(order, key=turns.__getitem__)[: min(sample, kind.most or sample)]
    return [found[index] for index in sorted(chosen)]


def together(trials: Sequence[Trial], most: int) -> list[list[Trial]]:
    """Return the trials in groups that one build can judge: no file is changed, or looked at, by two of a group.

    What the whole site is made from, its settings and its theme, is changed by one trial alone.
    """
    groups: list[tuple[list[Trial], set[str]]] = []
    for trial in trials:
        concerned = {*trial.mutant.files, *(expected.path for expected in trial.mutant.expected)}
        for group, taken in groups if _may_share(trial) else ():
            if len(group) < most and _may_share(group[0]) and not taken & concerned:
                group.append(trial)
                taken.update(concerned)
                break
        else:
            groups.append(([trial], concerned))
    return [group for group, _ in groups]


def _may_share(trial: Trial) -> bool:
    """Return whether a trial only puts other bytes into files that a page or its data is made from."""
    return all(path.endswith(SHARED) and isinstance(content, bytes) for path, content in trial.mutant.files.items())
