"""Sources grow old: half a year is the most."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from studyguide.checks import age
from studyguide.checks.book import Book
from studyguide.links.links import Links
from studyguide.links.registry import Registry
from studyguide.listing import Listing, Project
from studyguide.model import Position
from studyguide.site.site import Site
from studyguide.text.sources import Cited

TODAY = date(2027, 6, 1)


def found(checked: date, today: date = TODAY) -> list[str]:
    registry = Registry()
    entry = Cited("quota", "A fact.", "A page", "https://example.org/", checked, "official", Position("s.yml", 3))
    project = Project(Path("nowhere"), Path("nowhere/docs"), directives=True)
    book = Book(
        project, Listing(), Site({}, frozenset()), {}, {}, registry, Links(registry, {}, {}, {}), [entry], today=today
    )
    return [str(problem) for problem in age.check(book)]


def test_a_source_checked_too_long_ago() -> None:
    message = "The source `quota` was checked on 2026-12-02, more than 180 days ago."
    fix = "Read it again, mend what it backs, and put the day into `checked`."
    assert found(TODAY - timedelta(days=181)) == [f"s.yml:3:1: SRC005 {message} Fix: {fix}"]


@pytest.mark.parametrize("checked", [TODAY - timedelta(days=180), TODAY, TODAY + timedelta(days=1), date.min])
def test_a_source_checked_lately_or_without_a_day(checked: date) -> None:
    assert found(checked) == []


def test_nothing_is_old_without_a_day_to_count_from() -> None:
    assert found(date(2020, 1, 1), today=date.min) == []
