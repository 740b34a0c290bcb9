"""A stable id for each problem, without the line it is on: the same problem keeps it while text moves around it.

docs/a.md:3:1: LNK001 `gone.md` leads nowhere.    ->  "5a3c...", and the same after a line is added above it
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyguide.model import Problem
    from studyguide.reports.report import Report

PLACE_RE = re.compile(r"(?P<file>[^\s`:]*\.\w+):\d+(?::\d+)?")
LENGTH = 32


def fingerprints(report: Report) -> dict[Problem, str]:
    """Return the id of every problem, waived ones too, so that a waiver does not change the others' ids."""
    seen: Counter[str] = Counter()
    found = {}
    for problem in sorted({*report.problems, *(pair.problem for pair in report.waived)}):
        at = problem.position
        line = report.excerpts.get((at.path, at.line), "").strip()
        words = "\0".join((problem.code, at.path, without_places(problem.message), line))
        seen[words] += 1
        # A file's name may hold bytes that are no character.
        data = f"{words}\0{seen[words]}".encode("utf-8", "surrogatepass")
        found[problem] = sha256(data).hexdigest()[:LENGTH]
    return found


def without_places(message: str) -> str:
    """Return a message with ``path:line:column`` cut to the path."""
    return PLACE_RE.sub(r"\g<file>", message)
