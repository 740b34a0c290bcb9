"""A report as SARIF 2.1.0, for code scanning and editors.

A waived problem is a result with a suppression, a certain edit is a fix, and what could not be checked makes the
run one that did not succeed. Files are named relative to the folder of the site's settings, whose place on the
machine is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from studyguide.codes import HELP, RULES, help_for
from studyguide.reports.fingerprint import fingerprints
from studyguide.reports.json_report import dump

if TYPE_CHECKING:
    from studyguide.codes import Severity
    from studyguide.model import Edit, Position, Problem
    from studyguide.reports.report import Report
    from studyguide.waivers import Waiver

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}
# In a SARIF message a number in braces is a placeholder, and `[words](address)` a link: sections 3.11.5 and 3.11.6.
BRACE_RE = re.compile(r"[{}]")
LINK_RE = re.compile(r"\](?=\()")


def report(report: Report) -> str:
    """Return the report as one SARIF log with one run."""
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> dict[str, Any]:
    ids = fingerprints(report)
    waivers = {pair.problem: pair.waiver for pair in report.waived}
    codes = sorted({problem.code for problem in ids})
    results = [_result(problem, codes, fingerprint) for problem, fingerprint in ids.items()]
    if waivers:
        # Of all results or of none, or else a reader cannot tell "not suppressed" from "not known".
        for problem, result in zip(ids, results, strict=True):
            result["suppressions"] = [_suppression(waivers[problem], problem)] if problem in waivers else []
    return {
        "tool": {"driver": _driver(report.tool, codes)},
        "invocations": [_invocation(report.not_checked)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of the site's settings."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"checked": report.checked},
    }


def _driver(version: str, codes: list[str]) -> dict[str, Any]:
    known = {"version": version} if version else {}
    return {"name": "studyguide", **known, "informationUri": HELP, "rules": [_rule(code) for code in codes]}


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": f"{rule.title}."},
        "help": {"text": f"{rule.title}: see {help_for(code)}"},
        "helpUri": help_for(code),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _invocation(not_checked: tuple[str, ...]) -> dict[str, Any]:
    notifications = [{"level": "error", "message": _message(f"Not checked: {words}.")} for words in not_checked]
    return {"executionSuccessful": not not_checked, "toolExecutionNotifications": notifications}


def _result(problem: Problem, codes: list[str], fingerprint: str) -> dict[str, Any]:
    text = " ".join(filter(None, (problem.message, problem.fix, *problem.notes)))
    fixes = {"fixes": [_fix(problem.edit, problem.fix)]} if problem.edit else {}
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": LEVELS[problem.severity],
        "message": _message(text),
        "locations": [_location(problem.position)],
        "partialFingerprints": {"studyguide/v1": fingerprint},
        **fixes,
    }


def _fix(edit: Edit, words: str) -> dict[str, Any]:
    at = edit.position
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.line,
        "endColumn": at.column + len(edit.old),
    }
    return {
        "description": _message(words or f"Replace `{edit.old}` by `{edit.new}`."),
        "artifactChanges": [
            {
                "artifactLocation": _artifact(at.path),
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.new}}],
            }
        ],
    }


def _suppression(waiver: Waiver, problem: Problem) -> dict[str, Any]:
    return {
        "kind": "inSource" if waiver.position.path == problem.position.path else "external",
        "status": "accepted",
        "justification": f"{waiver.reason} (until {waiver.until})",
        "location": _location(waiver.position),
    }


def _location(at: Position) -> dict[str, Any]:
    region = {"startLine": at.line, "startColumn": at.column}
    return {"physicalLocation": {"artifactLocation": _artifact(at.path), "region": region}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="replace"), "uriBaseId": ROOT}


def _message(text: str) -> dict[str, str]:
    return {"text": LINK_RE.sub(r"\\]", BRACE_RE.sub(lambda brace: brace.group() * 2, text))}
