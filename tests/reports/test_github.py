"""A report as annotations of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Position, Problem
from studyguide.reports.github import report
from studyguide.reports.report import gather

if TYPE_CHECKING:
    from studyguide.reports.report import Report

HELP = "https://lambda-vpc-study-guide.github.io/authoring/problems/"


def test_each_problem_what_was_not_checked_and_the_summary(mixed: Report) -> None:
    assert report(mixed).split("\n") == [
        (
            "::warning file=docs/a page%2C 100%25.png,line=1,col=1,title=AST001 A file that nothing uses"
            f"::Nothing uses this file.%0AFix: Remove it.%0AHelp: {HELP}#ast001"
        ),
        (
            "::error file=docs/index.md,line=3,col=24,title=LNK001 A page link that leads nowhere"
            "::`learn/keyterms.md` leads nowhere.%0AFix: Did you mean `learn/key-terms.md`?"
            f"%0ANote: Commit 1a2b3c4 renamed it.%0AHelp: {HELP}#lnk001"
        ),
        (
            "::notice file=docs/z.md,line=2,col=5,title=PRT001 A link that works on the site only"
            f"::`[](#fig-a)` works on the site only.%0AHelp: {HELP}#prt001"
        ),
        "::error title=Not checked::the anchors of 1 page",
        (
            "3 problems (1 error, 1 warning, 1 hint) in 3 files. Waived 1 problem. Checked 3 pages, 4 links. "
            "Not checked: the anchors of 1 page."
        ),
    ]


def test_nothing_found_is_the_summary_alone(clean: Report) -> None:
    assert report(clean) == "No problems. Checked 1 page, 2 links."


def test_no_message_starts_a_command_of_its_own() -> None:
    problem = Problem(Position("a::b\n.md"), "LNK001", "100%\r\n::stop-commands::x\x1b")
    first, last = report(gather([problem], {}, checked="1 page")).split("\n")
    assert first == (
        "::error file=a%3A%3Ab .md,line=1,col=1,title=LNK001 A page link that leads nowhere"
        f"::100%25  ::stop-commands::x·%0AHelp: {HELP}#lnk001"
    )
    assert last == "1 problem (1 error) in 1 file. Checked 1 page."
