"""A report as text: each problem with the line it is on, then one line that sums up.

docs/index.md:3:24: error LNK001 `learn/keyterms.md` leads nowhere.
    3 | [Gone](learn/gone.md), [near](learn/keyterms.md) and [fine](learn/key-terms.md).
      |                        ^
  Fix: Did you mean `learn/key-terms.md`? Link to the Markdown file, relative to this one.
  Help: https://lambda-vpc-study-guide.github.io/authoring/problems/#lnk001

1 problem (1 error) in 1 file. Checked 13 pages, 400 links.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, get_args

from studyguide.codes import Severity, help_for
from studyguide.reports.fingerprint import fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide.model import Problem
    from studyguide.reports.report import Report

# The most characters of a line that are shown.
WIDEST = 100
# Controls, lone surrogates and line ends of Unicode, and what turns the reading direction round: a terminal
# would obey them, and the line would not be what it seems.
HIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})
SPACES = str.maketrans("\t\n\r", "   ")


def report(report: Report) -> str:
    """Return every problem and the summary."""
    last = summary(report.problems, report.checked, report.not_checked, waived=len(report.waived))
    return "\n\n".join([*(render(problem, report.excerpts) for problem in report.problems), last])


def render(problem: Problem, excerpts: Mapping[tuple[str, int], str]) -> str:
    """Return one problem: its place and message, its line with a caret, how to mend it, and where to read more."""
    at = problem.position
    lines = [visible(f"{at}: {problem.severity} {problem.code} {problem.message}")]
    line = excerpts.get((at.path, at.line), "")
    if line.strip():
        shown, before = clip(line, at.column)
        lines += [f"{at.line:>5} | {shown}", f"{'':>{max(5, len(str(at.line)))}} | {' ' * before}^"]
    lines += [f"  {entry}" for entry in advice(problem)]
    return "\n".join(lines)


def advice(problem: Problem) -> list[str]:
    """Return what helps with a problem, a line each: the fix, the notes, and the address of its section."""
    fix = [f"Fix: {problem.fix}"] if problem.fix else []
    notes = [f"Note: {note}" for note in problem.notes]
    return [*map(visible, [*fix, *notes]), f"Help: {help_for(problem.code)}"]


def clip(line: str, column: int) -> tuple[str, int]:
    """Return at most ``WIDEST`` characters of a line around a column, and how wide what stands before it is."""
    text = line.rstrip()
    index = min(max(column, 1) - 1, len(text))
    start = min(max(index - WIDEST // 2, 0), max(len(text) - WIDEST, 0))
    end = start + WIDEST
    # Of a long line no more is looked at than is shown.
    shown = ("…" if start else "") + visible(text[start + bool(start) : end - (end < len(text))])
    shown += "…" if end < len(text) else ""
    return shown, sum(map(_width, shown[: index - start]))


def visible(text: str) -> str:
    """Return a text for one line of a terminal: tabs and line ends as spaces, control characters as dots."""
    if text.isascii() and text.isprintable():
        return text  # as nearly all are
    return "".join("·" if _is_hidden(character) else character for character in text.translate(SPACES))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN or unicodedata.bidirectional(character) in TURNING


def _width(character: str) -> int:
    if unicodedata.category(character) in WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def summary(problems: Sequence[Problem], checked: str, not_checked: Sequence[str] = (), *, waived: int = 0) -> str:
    """Return one line: how many problems in how many files, what was checked, and what was not."""
    parts = [_verdict(problems, complete=not not_checked)]
    if waived:
        parts.append(f"Waived {count(waived, 'problem')}.")
    if checked:
        parts.append(f"Checked {checked}.")
    if not_checked:
        parts.append(f"Not checked: {'; '.join(not_checked)}.")
    return visible(" ".join(parts))


def _verdict(problems: Sequence[Problem], *, complete: bool) -> str:
    if not problems:
        return "No problems." if complete else "No problems found, but not everything was checked."
    kinds = by_severity(problems)
    files = len({problem.position.path for problem in problems})
    each = ", ".join(count(number, severity) for severity, number in kinds.items() if number)
    return f"{count(len(problems), 'problem')} ({each}) in {count(files, 'file')}."


def by_severity(problems: Iterable[Problem]) -> dict[Severity, int]:
    """Return how many problems there are of each severity, the worst first."""
    counts = Counter(problem.severity for problem in problems)
    return {severity: counts[severity] for severity in get_args(Severity)}


def delta(previous: Report, now: Report) -> str:
    """Return what changed between two checks: "1 new, 2 fixed, 5 unchanged"."""
    before, after = _ids(previous), _ids(now)
    return f"{(after - before).total()} new, {(before - after).total()} fixed, {(after & before).total()} unchanged"


def _ids(report: Report) -> Counter[str]:
    known = fingerprints(report)
    return Counter(known[problem] for problem in report.problems)


def count(number: int, noun: str) -> str:
    """Return "1 link" or "2 links"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
