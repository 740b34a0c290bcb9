"""What the tests of the reports share: one report with something of everything."""

from __future__ import annotations

from datetime import date

import pytest
from studyguide.model import Edit, Position, Problem
from studyguide.reports.report import Report, gather
from studyguide.waivers import Waived, Waiver

INDEX = "# Home\n\n[Gone](learn/gone.md), [near](learn/keyterms.md) and [fine](learn/key-terms.md).\n"
GONE = Problem(Position("docs/index.md", 3, 1), "LNK001", "`learn/gone.md` leads nowhere.")
NEAR = Problem(
    Position("docs/index.md", 3, 24),
    "LNK001",
    "`learn/keyterms.md` leads nowhere.",
    "Did you mean `learn/key-terms.md`?",
    ("Commit 1a2b3c4 renamed it.",),
    Edit(Position("docs/index.md", 3, 31), "learn/keyterms.md", "learn/key-terms.md"),
)
UNUSED = Problem(Position("docs/a page, 100%.png"), "AST001", "Nothing uses this file.", "Remove it.", level="warning")
HINT = Problem(Position("docs/z.md", 2, 5), "PRT001", "`[](#fig-a)` works on the site only.")
WAIVER = Waiver("LNK001", Position("docs/index.md", 2, 1), 3, 3, date(2027, 1, 31), "It comes in March.")


@pytest.fixture
def mixed() -> Report:
    """Return a report with an error, a warning, a hint, a waived error and something that was not checked."""
    return gather(
        [HINT, NEAR, UNUSED],
        {"docs/index.md": INDEX, "docs/z.md": "# Z\nSee [](#fig-a).\n"},
        checked="3 pages, 4 links",
        not_checked=["the anchors of 1 page"],
        waived=[Waived(GONE, WAIVER)],
        tool="0.1.0",
    )


@pytest.fixture
def clean() -> Report:
    """Return the report of a check that found nothing."""
    return gather([], {}, checked="1 page, 2 links")
