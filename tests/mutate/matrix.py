"""What the build said of each mutant -> the table of kinds, and the misses with all that explains them.

kind                    mutants  caught  right line
page-link                    12      12          12
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studyguide.reports.text import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studyguide.model import Problem

    from mutate.mutant import Content
    from mutate.plan import Trial

# Lines of a change or a report that a miss shows.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Result:
    """A mutant and what the build reported of it; ``error`` says why MkDocs stopped, if it did."""

    trial: Trial
    problems: tuple[Problem, ...]
    error: str = ""

    @property
    def is_caught(self) -> bool:
        """Whether every problem that has to be reported is."""
        return not self.error and all(expected.is_caught(self.problems) for expected in self.trial.mutant.expected)

    @property
    def is_placed(self) -> bool:
        """Whether each is on the right line too."""
        return not self.error and all(expected.is_placed(self.problems) for expected in self.trial.mutant.expected)


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: how many mutants of it were tried, were caught, and were caught at the right line."""

    kind: str
    mutants: int
    caught: int
    placed: int


@dataclass(frozen=True)
class Matrix:
    """The results of a whole run; ``before`` are the files that no mutant has changed."""

    kinds: Sequence[str]
    results: Sequence[Result]
    seed: int
    before: Mapping[str, bytes]

    @property
    def rows(self) -> list[Row]:
        """One row a kind; a kind without a place has no mutants."""
        found: dict[str, list[Result]] = {kind: [] for kind in self.kinds}
        for result in self.results:
            found[result.trial.kind].append(result)
        return [
            Row(kind, len(results), sum(r.is_caught for r in results), sum(r.is_placed for r in results))
            for kind, results in found.items()
        ]

    @property
    def misses(self) -> list[Result]:
        """The mutants of which something was not said, or said of another line."""
        return [result for result in self.results if not result.is_placed]

    @property
    def fails(self) -> bool:
        """Whether a mistake got past the build, or a kind of them could not be tried."""
        return bool(self.misses) or any(not row.mutants for row in self.rows)


def as_text(matrix: Matrix) -> str:
    """Return the table, the misses, and one line that sums up."""
    width = max(len(row.kind) for row in matrix.rows) + 2
    lines = [f"{'kind':{width}} mutants  caught  right line", *(_row(row, width) for row in matrix.rows)]
    for result in matrix.misses:
        lines += ["", *_miss(result, matrix.before)]
    return "\n".join([*lines, "", _sum(matrix)])


def _row(row: Row, width: int) -> str:
    if not row.mutants:
        return f"{row.kind:{width}} no place"
    return f"{row.kind:{width}} {row.mutants:7}  {row.caught:6}  {row.placed:10}"


def _sum(matrix: Matrix) -> str:
    rows = matrix.rows
    total, caught, placed = (sum(getattr(row, name) for row in rows) for name in ("mutants", "caught", "placed"))
    none = sum(not row.mutants for row in rows)
    nowhere = f"; {none} of the kinds with no place" if none else ""
    tried = f"{count(len(rows), 'kind')}, seed {matrix.seed}: {count(total, 'mutant')}"
    return f"{tried}, {caught} caught, {placed} at the right line{nowhere}."


def _miss(result: Result, before: Mapping[str, bytes]) -> list[str]:
    mutant = result.trial.mutant
    word = "wrong line" if result.is_caught else "missed"
    left = [expected for expected in mutant.expected if not expected.is_placed(result.problems)]
    return [
        f"{word}: {result.trial.kind} at {mutant.at.path}:{mutant.at.line}: {mutant.change}",
        *(f"    {line}" for line in diff(mutant.files, before)[:SHOWN]),
        *(f"  expected {expected}" for expected in left[:SHOWN]),
        *(f"  reported {problem.code} at {problem.position}: {problem.message}" for problem in result.problems[:SHOWN]),
        *([] if result.problems else ["  reported nothing"]),
        *(f"  MkDocs stopped: {line}" for line in result.error.splitlines()[-3:]),
    ]


def diff(files: Mapping[str, Content], before: Mapping[str, bytes]) -> list[str]:
    """Return the changed lines of the files, without those around them."""
    found = []
    for path, content in files.items():
        old, new = _lines(before.get(path)), _lines(content)
        changed = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]  # without the names of the files
        found += [f"{path} {line}" if line.startswith("@@") else line[:160] for line in changed]
    return found


def _lines(content: Content) -> list[str]:
    return content.decode("utf-8", errors="replace").split("\n") if isinstance(content, bytes) else []


def as_json(matrix: Matrix) -> str:
    """Return the same as values."""
    values = {
        "seed": matrix.seed,
        "kinds": [
            {"kind": r.kind, "mutants": r.mutants, "caught": r.caught, "right_line": r.placed} for r in matrix.rows
        ],
        "misses": [_values(result) for result in matrix.misses],
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def _values(result: Result) -> dict[str, Any]:
    mutant = result.trial.mutant
    return {
        "kind": result.trial.kind,
        "path": mutant.at.path,
        "line": mutant.at.line,
        "change": mutant.change,
        "caught": result.is_caught,
        "expected": [{"codes": e.codes, "path": e.path, "lines": e.lines} for e in mutant.expected],
        "reported": [f"{problem.position} {problem.code} {problem.message}" for problem in result.problems],
        "error": result.error,
    }


FORMATS = {"text": as_text, "json": as_json}
