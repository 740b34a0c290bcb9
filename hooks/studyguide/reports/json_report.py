"""A report as JSON: what ``problems.schema.json``, beside this file, describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studyguide.codes import RULES, help_for
from studyguide.reports.fingerprint import fingerprints
from studyguide.reports.text import by_severity, clip

if TYPE_CHECKING:
    from studyguide.model import Edit, Problem
    from studyguide.reports.report import Report

VERSION = 1


def report(report: Report) -> str:
    """Return the problems, the waived ones, and what was checked."""
    ids = fingerprints(report)
    return dump(
        {
            "version": VERSION,
            "tool": report.tool,
            "problems": [_problem(problem, ids[problem], report) for problem in report.problems],
            "waived": [
                _problem(problem, ids[problem], report) | {"reason": waiver.reason, "until": waiver.until.isoformat()}
                for problem, waiver in report.waived
            ],
            "summary": by_severity(report.problems),
            "checked": report.checked,
            "not_checked": list(report.not_checked),
        }
    )


def dump(document: dict[str, Any]) -> str:
    """Return a document as JSON that any encoder of UTF-8 can write: half a character becomes a question mark."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode("utf-8")


def _problem(problem: Problem, fingerprint: str, report: Report) -> dict[str, Any]:
    at = problem.position
    line = report.excerpts.get((at.path, at.line))
    return {
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "code": problem.code,
        "severity": problem.severity,
        "family": RULES[problem.code].family,
        "message": problem.message,
        "fix": problem.fix,
        "notes": list(problem.notes),
        "help": help_for(problem.code),
        "fingerprint": fingerprint,
        "excerpt": None if line is None else clip(line, at.column)[0],
        "edit": _edit(problem.edit) if problem.edit else None,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    at = edit.position
    return {"path": at.path, "line": at.line, "column": at.column, "old": edit.old, "new": edit.new}
