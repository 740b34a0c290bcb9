"""A report as JUnit XML, for GitLab, Jenkins and whatever else lists failed tests.

A problem is a failed test, a hint one that passes with words, and what could not be checked one that was skipped.
GitLab keeps one test of each name and compares names between branches, so names are unique and hold no line.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING

from studyguide.codes import RULES
from studyguide.reports.fingerprint import without_places
from studyguide.reports.text import render

if TYPE_CHECKING:
    from studyguide.model import Problem
    from studyguide.reports.report import Report

# Everything that is no character of XML 1.0.
FORBIDDEN_RE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAME = "studyguide"


def report(report: Report) -> str:
    """Return a suite for each family with problems, and one for the check as a whole."""
    root = ET.Element("testsuites", name=NAME)
    seen: Counter[str] = Counter()
    for family in sorted({RULES[problem.code].family for problem in report.problems}):
        suite = ET.SubElement(root, "testsuite", name=f"{NAME}.{family}")
        for problem in report.problems:
            if RULES[problem.code].family == family:
                _case(suite, problem, report, seen)
    if report.not_checked or not report.problems:
        _whole(ET.SubElement(root, "testsuite", name=NAME), report)
    for suite in root:
        _count(suite, (suite,), ("tests", "failures", "errors", "skipped"))
    _count(root, tuple(root), ("tests", "failures", "errors"))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'


def _case(suite: ET.Element, problem: Problem, report: Report, seen: Counter[str]) -> None:
    at = problem.position
    name = _clean(f"{at.path}: {problem.code} {without_places(problem.message)}")
    seen[name] += 1
    unique = f"{name} ({seen[name]})" if seen[name] > 1 else name
    classname = suite.get("name", NAME)
    case = ET.SubElement(suite, "testcase", classname=classname, name=unique, file=_clean(at.path), line=str(at.line))
    text = _clean(render(problem, report.excerpts))
    if problem.fails:
        ET.SubElement(case, "failure", type=problem.code, message=_clean(problem.message)).text = text
    else:
        ET.SubElement(case, "system-out").text = text


def _whole(suite: ET.Element, report: Report) -> None:
    for words in report.not_checked:
        case = ET.SubElement(suite, "testcase", classname=NAME, name=_clean(f"Not checked: {words}"))
        ET.SubElement(case, "skipped", message=_clean(f"Not checked: {words}."))
    if not report.not_checked:
        case = ET.SubElement(suite, "testcase", classname=NAME, name="No problems")
        ET.SubElement(case, "system-out").text = _clean(f"Checked {report.checked}.")


def _count(element: ET.Element, suites: tuple[ET.Element, ...], names: tuple[str, ...]) -> None:
    cases = [case for suite in suites for case in suite]
    numbers = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": 0,
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    for name in names:
        element.set(name, str(numbers[name]))


def _clean(text: str) -> str:
    return FORBIDDEN_RE.sub("", text)
