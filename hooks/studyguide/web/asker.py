"""The addresses of the web on a built site, asked for: what ``studyguide check --external`` adds to a check.

Nothing else imports this, for an HTTP client takes longer to load than most checks take to run.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from studyguide import web as external
from studyguide.text import inputs
from studyguide.web.addresses import gather

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from studyguide.checks.book import Book
    from studyguide.listing import Project
    from studyguide.model import Problem

# Failures that are accepted for a time, below docs; and what is known of pages, below the project.
ACCEPTED, CACHE = "reference/external.yml", ".cache/web"


def asker(*, offline: bool) -> Callable[[Book, Mapping[str, str], date], external.Outcome]:
    """Return what finds out about every address on a site's pages; ``offline``, from what is known already."""
    settings = external.Settings(offline=offline)

    def ask(book: Book, texts: Mapping[str, str], today: date) -> external.Outcome:
        project = book.project
        accepted, problems = _accepted(project)
        addresses = gather(book, texts)
        if accepted is None:
            # What fails may be accepted there, so nothing can be said of any page: the file is the one finding.
            return external.Outcome(problems, 0, tuple(sorted(filter(external.is_web, addresses))))
        found = external.check(
            addresses,
            settings=settings,
            cache=project.root / CACHE,
            accepted=accepted,
            today=today,
            now=time.time(),
        )
        return found._replace(problems=[*problems, *found.problems])

    return ask


def _accepted(project: Project) -> tuple[list[external.Accepted] | None, list[Problem]]:
    """Return the failures that are accepted, None where their file cannot be read, and what is wrong with it."""
    file, path = project.docs / ACCEPTED, project.prefix + ACCEPTED
    if not file.is_file():
        return [], []
    text, problems = inputs.read(file, path)
    if any(problem.code == "INP003" for problem in problems):
        return None, problems
    accepted, wrong = external.read_accepted(text, path)
    return accepted, [*problems, *wrong]
