"""What one check comes to: the problems that stand, those that are waived, and what was looked at.

Outcome.checked   ->  "13 pages, 737 links, 8 figures, 30 checkpoints"
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.codes import OURS
from studyguide.kinds import KINDS
from studyguide.reports.report import Report, gather
from studyguide.reports.text import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.checks.book import Book
    from studyguide.model import Problem
    from studyguide.waivers import Waived

# Networks are slow and fail by themselves, so no build asks them.
SEPARATE = frozenset({"external"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a check.

    ``counts`` are what was looked at, by noun; ``pages`` the same for each file of the site;
    ``not_checked`` what could not be, in words; ``off`` the families that nobody asked for; ``written`` the problems
    that the sources show, waived or not: they stay true of a site for as long as its sources stay as they are.
    """

    problems: tuple[Problem, ...] = ()
    waived: tuple[Waived, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    not_checked: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()
    written: tuple[Problem, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether a strict build fails for it."""
        return any(problem.fails for problem in self.problems)

    @property
    def checked(self) -> str:
        """What was looked at, in words."""
        return ", ".join(count(number, noun) for noun, number in self.counts.items())

    def report(self, texts: Mapping[str, str], tool: str = "") -> Report:
        """Return the report of it; ``texts`` are the files by the path a problem prints."""
        return gather(
            self.problems, texts, checked=self.checked, not_checked=self.not_checked, waived=self.waived, tool=tool
        )


def counts(book: Book) -> dict[str, int]:
    """Return what a check looks at in the whole guide, by noun."""
    found = {"page": len(book.site.pages), "link": sum(page.links for page in book.site.pages.values())}
    if book.project.directives:
        kinds = [target.kind for target in book.registry]
        found |= {kind.name: kinds.count(kind.name) for kind in KINDS.values() if kind.numbered}
    return found


def page_counts(book: Book) -> dict[str, dict[str, int]]:
    """Return the same for each page that somebody wrote, by its file in the site."""
    kinds = Counter((book.registry.page(target.id), target.kind) for target in book.registry)
    return {
        page.file: {
            "link": page.links,
            "figure": kinds[page.path, "figure"],
            "answer": kinds[page.path, "checkpoint"],
        }
        for page, _ in book.written()
    }


def off(*, ours: bool, published: bool, web: bool) -> frozenset[str]:
    """Return the families that nobody asked for."""
    left_out = set() if ours else set(OURS)
    left_out |= set() if web else SEPARATE
    left_out |= set() if published and ours else {"contract"}
    return frozenset(left_out)
