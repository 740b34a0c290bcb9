"""What is not told and may be one of a few -> every case of it.

Stage is compared with live and test  ->  (("Stage", "live"),), (("Stage", "test"),), (("Stage", None),)
a port that may be one of two         ->  (("the port of Db", "3306"),), (("the port of Db", "5432"),)

None is any value that no condition asks for: it stays unknown, but for the conditions.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from reachability.template.databases import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.template.stack import Stack

PORT: Final = "the port of "
Case: TypeAlias = tuple[tuple[str, str | None], ...]
T = TypeVar("T")
# So many cases, and answers in all of them together, take about a second.
MOST: Final = 64
ANSWERS: Final = 400


def cases(stack: Stack, answers: int) -> Iterator[Case]:
    """Yield each case, with so many answers in each; none where nothing is open, or too much is."""
    resolver = stack.resolver
    choices = [[(name, choice) for choice in resolver.choices(name)] for name in sorted(resolver.compared)]
    choices += [[(f"{PORT}{name}", str(port)) for port in DEFAULTS] for name in sorted(stack.open_ports)]
    if choices and prod(map(len, choices)) <= min(MOST, ANSWERS // max(answers, 1)):
        yield from product(*choices)


def given(case: Case) -> dict[str, str]:
    return {name: value for name, value in case if value is not None and not name.startswith(PORT)}


def others(case: Case, stack: Stack) -> dict[str, frozenset[str]]:
    """Return which values the parameters do not have that have another one."""
    return {name: frozenset(stack.resolver.compared[name]) for name, value in case if value is None}


def ports(case: Case) -> dict[str, int]:
    return {name.removeprefix(PORT): int(value) for name, value in case if value and name.startswith(PORT)}


def matters(found: dict[Case, T]) -> list[str]:
    """Return the names of that on which it depends what is found; all of them where no one of them does alone."""
    first, *more = found.items()
    if all(answer == first[1] for _, answer in more):
        return []
    names = [name for name, _ in first[0]]
    alone = [name for place, name in enumerate(names) if _alone(place, found)]
    return alone or names


def _alone(place: int, found: dict[Case, T]) -> bool:
    """Whether two cases that differ in one name have different answers."""
    by_the_rest: dict[Case, T] = {}
    return any(
        by_the_rest.setdefault(case[:place] + case[place + 1 :], answer) != answer for case, answer in found.items()
    )
