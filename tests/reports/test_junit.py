"""A report as JUnit XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from studyguide.model import Position, Problem
from studyguide.reports.junit import report
from studyguide.reports.report import gather

if TYPE_CHECKING:
    from studyguide.reports.report import Report

HELP = "https://lambda-vpc-study-guide.github.io/authoring/problems/"


def parse(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - written by ourselves


def test_problems_fail_hints_pass_and_what_was_not_checked_is_skipped(mixed: Report) -> None:
    assert (
        report(mixed)
        == f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="studyguide" tests="4" failures="2" errors="0">
  <testsuite name="studyguide.assets" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="studyguide.assets" name="docs/a page, 100%.png: AST001 Nothing uses this file." \
file="docs/a page, 100%.png" line="1">
      <failure type="AST001" message="Nothing uses this file.">\
docs/a page, 100%.png:1:1: warning AST001 Nothing uses this file.
  Fix: Remove it.
  Help: {HELP}#ast001</failure>
    </testcase>
  </testsuite>
  <testsuite name="studyguide.links" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="studyguide.links" name="docs/index.md: LNK001 `learn/keyterms.md` leads nowhere." \
file="docs/index.md" line="3">
      <failure type="LNK001" message="`learn/keyterms.md` leads nowhere.">\
docs/index.md:3:24: error LNK001 `learn/keyterms.md` leads nowhere.
    3 | [Gone](learn/gone.md), [near](learn/keyterms.md) and [fine](learn/key-terms.md).
      |                        ^
  Fix: Did you mean `learn/key-terms.md`?
  Note: Commit 1a2b3c4 renamed it.
  Help: {HELP}#lnk001</failure>
    </testcase>
  </testsuite>
  <testsuite name="studyguide.portability" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="studyguide.portability" name="docs/z.md: PRT001 `[](#fig-a)` works on the site only." \
file="docs/z.md" line="2">
      <system-out>docs/z.md:2:5: hint PRT001 `[](#fig-a)` works on the site only.
    2 | See [](#fig-a).
      |     ^
  Help: {HELP}#prt001</system-out>
    </testcase>
  </testsuite>
  <testsuite name="studyguide" tests="1" failures="0" errors="0" skipped="1">
    <testcase classname="studyguide" name="Not checked: the anchors of 1 page">
      <skipped message="Not checked: the anchors of 1 page." />
    </testcase>
  </testsuite>
</testsuites>"""
    )


def test_nothing_found_is_one_test_that_passes(clean: Report) -> None:
    assert (
        report(clean)
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="studyguide" tests="1" failures="0" errors="0">
  <testsuite name="studyguide" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="studyguide" name="No problems">
      <system-out>Checked 1 page, 2 links.</system-out>
    </testcase>
  </testsuite>
</testsuites>"""
    )


def test_nothing_found_where_not_everything_was_checked_passes_no_test() -> None:
    root = parse(report(gather([], {}, checked="1 page", not_checked=["the anchors"])))
    assert [child.tag for case in root.iter("testcase") for child in case] == ["skipped"]


def test_names_are_unique_and_hold_no_line() -> None:
    problems = [Problem(Position("a.md", line), "ID001", "`x` is taken at b.md:3:1.") for line in (4, 9)]
    names = [case.get("name") for case in parse(report(gather(problems, {}, checked=""))).iter("testcase")]
    assert names == ["a.md: ID001 `x` is taken at b.md.", "a.md: ID001 `x` is taken at b.md. (2)"]


def test_what_xml_forbids_is_left_out() -> None:
    problem = Problem(Position("a.md"), "LNK001", '`a\x00b\x1bc\ufffe<&"` leads\nnowhere.')
    failure = parse(report(gather([problem], {}, checked=""))).find(".//failure")
    assert failure is not None
    assert failure.get("message") == '`abc<&"` leads\nnowhere.'
