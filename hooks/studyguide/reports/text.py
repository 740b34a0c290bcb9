"""Problems as lines of text: ``path:line:column: CODE message Fix: ...``, then one line that sums up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.model import Problem


def report(problems: Sequence[Problem], checked: str) -> str:
    """Return the problems and the summary, a line each."""
    return "\n".join([*map(str, problems), summary(problems, checked)])


def summary(problems: Sequence[Problem], checked: str) -> str:
    """Return one line: how many problems in how many files, and what was checked."""
    if not problems:
        return f"No problems. Checked {checked}."
    files = len({problem.position.path for problem in problems})
    return f"{count(len(problems), 'problem')} in {count(files, 'file')}. Checked {checked}."


def count(number: int, noun: str) -> str:
    """Return "1 link" or "2 links"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
