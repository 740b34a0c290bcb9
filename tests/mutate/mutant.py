"""A mutant: one mistake in a copy of the guide, and what the build has to say about it.

Mutant(at docs/a.md:3, "`b.md` became `b-gone.md`", {"docs/a.md": b"..."}, (Expected(("LNK001",), "docs/a.md", (3,)),))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studyguide.model import Position, Problem

    from mutate.original import Original


class Symlink(NamedTuple):
    """A file that is a link to another."""

    to: str


Content = bytes | Symlink | None


@dataclass(frozen=True, slots=True)
class Expected:
    """A problem that has to be reported: one of ``codes``, in the file at ``path``, on one of ``lines``."""

    codes: tuple[str, ...]
    path: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        return f"{' or '.join(self.codes)} at {self.path}:{' or '.join(map(str, self.lines))}"

    def is_caught(self, problems: Iterable[Problem]) -> bool:
        """Return whether such a problem is among these, on whatever line."""
        return any(problem.code in self.codes and problem.position.path == self.path for problem in problems)

    def is_placed(self, problems: Iterable[Problem]) -> bool:
        """Return whether such a problem is among these, on the right line."""
        return self.is_caught(problem for problem in problems if problem.position.line in self.lines)


@dataclass(frozen=True, slots=True)
class Mutant:
    """``files`` are the new contents by path below the project's root, None for a file that goes."""

    at: Position
    change: str
    files: Mapping[str, Content]
    expected: tuple[Expected, ...]


class Kind(NamedTuple):
    """A kind of mistake: its name, and how it is made at every place of the guide that has one for it."""

    name: str
    mutants: Callable[[Original], Iterable[Mutant]]
    most: int | None = None


def expect(code: str, path: str, *lines: int) -> Expected:
    """Return the expectation of one code; several lines are all right, for a mistake that lies between them."""
    return Expected((code,), path, lines)
