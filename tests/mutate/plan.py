"""Kinds of mistakes and the guide -> the mutants to try: the same for the same seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mutate.mutant import Kind, Mutant
    from mutate.original import Original

# Places of a kind that are tried: more of the same kind find little more.
MOST = 12


class Trial(NamedTuple):
    """A mutant that is to be tried, and its kind."""

    kind: str
    mutant: Mutant


def plan(original: Original, kinds: Iterable[Kind], *, sample: int = MOST, seed: int = 0) -> list[Trial]:
    """Return at most ``sample`` mutants of each kind, at places that the seed chooses, in the order of the pages."""
    return [Trial(kind.name, mutant) for kind in kinds for mutant in _chosen(original, kind, sample, seed)]


def _chosen(original: Original, kind: Kind, sample: int, seed: int) -> list[Mutant]:
    found = list(kind.mutants(original))
    most = min(sample, len(found), kind.most or sample)
    # Each kind has its own sequence, so that a new kind changes nothing for the others.
    chosen = sorted(random.Random(f"{seed} {kind.name}").sample(range(len(found)), most))  # noqa: S311
    return [found[index] for index in chosen]
