"""A report as the lines that GitHub Actions turns into annotations on the changed files.

::error file=docs/index.md,line=3,col=24,title=LNK001 A page link that leads nowhere::`learn/keyterms.md` ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.codes import RULES
from studyguide.reports.text import advice, summary, visible

if TYPE_CHECKING:
    from studyguide.codes import Severity
    from studyguide.model import Problem
    from studyguide.reports.report import Report

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}
# The percent sign stands first: the others are written with it.
DATA: dict[str, str | int | None] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY: dict[str, str | int | None] = {**DATA, ":": "%3A", ",": "%2C"}


def report(report: Report) -> str:
    """Return an annotation for each problem and for what was not checked, then the summary as plain text."""
    skipped = [f"::error title=Not checked::{_escape(visible(words), DATA)}" for words in report.not_checked]
    last = summary(report.problems, report.checked, report.not_checked, waived=len(report.waived))
    return "\n".join([*map(_annotation, report.problems), *skipped, last])


def _annotation(problem: Problem) -> str:
    at = problem.position
    properties = {
        "file": at.path,
        "line": str(at.line),
        "col": str(at.column),
        "title": f"{problem.code} {RULES[problem.code].title}",
    }
    pairs = ",".join(f"{name}={_escape(visible(value), PROPERTY)}" for name, value in properties.items())
    message = "\n".join([visible(problem.message), *advice(problem)])
    return f"::{COMMANDS[problem.severity]} {pairs}::{_escape(message, DATA)}"


def _escape(text: str, table: dict[str, str | int | None]) -> str:
    return text.translate(str.maketrans(table))
