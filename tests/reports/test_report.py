"""What is gathered for every format, and that every format takes whatever is gathered."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from studyguide.codes import RULES
from studyguide.model import Edit, Position, Problem
from studyguide.reports import FORMATS
from studyguide.reports.report import excerpts_of, gather
from studyguide.waivers import Waived, Waiver

# Halves of characters too: a file's name may hold bytes that are no text, and Python reads them as such.
TEXT = st.text(st.one_of(st.characters(), st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)), max_size=150)
PLACE = st.builds(Position, TEXT, st.integers(1, 5), st.integers(1, 200))
PROBLEM = st.builds(
    Problem,
    PLACE,
    st.sampled_from(sorted(RULES)),
    TEXT,
    TEXT,
    st.tuples(TEXT),
    st.one_of(st.none(), st.builds(Edit, PLACE, TEXT, TEXT)),
)
WAIVER = st.builds(Waiver, st.just("LNK001"), PLACE, st.just(1), st.just(1), st.dates(), TEXT)


def test_formats_of_the_command_line() -> None:
    assert list(FORMATS) == ["text", "json", "sarif", "junit", "github"]


def test_gather_sorts_and_keeps_one_of_each() -> None:
    first, second = (Problem(Position("a.md", line), "LNK001", "Wrong.") for line in (1, 2))
    assert gather([second, first, second], {}, checked="").problems == (first, second)


def test_excerpts_are_counted_by_line_feeds_alone() -> None:
    problems = [
        Problem(Position(path, line), "LNK001", "Wrong.") for path, line in [("a.md", 2), ("a.md", 9), ("b", 1)]
    ]
    assert excerpts_of(problems, {"a.md": "one\x0c\u2028\ntwo\r\nthree", "c.md": "x"}) == {("a.md", 2): "two"}


@settings(max_examples=200)
@given(
    st.lists(PROBLEM, max_size=3),
    st.lists(st.builds(Waived, PROBLEM, WAIVER), max_size=2),
    st.dictionaries(TEXT, TEXT, max_size=2),
    st.lists(TEXT, max_size=2),
)
def test_every_format_takes_any_text(
    problems: list[Problem], waived: list[Waived], texts: dict[str, str], not_checked: list[str]
) -> None:
    texts |= {problem.position.path: problem.message for problem in problems}
    report = gather(problems, texts, checked="1 page", not_checked=not_checked, waived=waived)
    written = {name: as_text(report) for name, as_text in FORMATS.items()}
    for text in written.values():
        text.encode("utf-8")
    json.loads(written["json"])
    json.loads(written["sarif"])
    ET.fromstring(written["junit"])  # noqa: S314 - written by ourselves
    annotations = len(report.problems) + len(not_checked)
    assert sum(line.startswith("::") for line in written["github"].split("\n")) == annotations
    assert len(written["github"].split("\n")) == annotations + 1


def test_the_same_report_is_the_same_text() -> None:
    problems = [Problem(Position("a.md", line), code, "Wrong.") for line in (2, 1) for code in ("TRM001", "LNK001")]
    waived = [Waived(problems[0], Waiver("TRM001", Position("a.md"), 2, 2, date(2027, 1, 31), "Later."))]
    for as_text in FORMATS.values():
        forth, back = (gather(order, {}, checked="", waived=waived) for order in (problems, problems[::-1]))
        assert as_text(forth) == as_text(back)
