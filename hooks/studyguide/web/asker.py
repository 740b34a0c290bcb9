"""The addresses of the web on a built site, asked for: what ``studyguide check --external`` adds to a check.

Nothing else imports this, for an HTTP client takes longer to load than most checks take to run.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from studyguide import web as external
from studyguide.model import Problem
from studyguide.text import inputs
from studyguide.web.addresses import gather

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from studyguide.guide import Guide

# Failures that are accepted for a time, below docs; and what is known of pages, below the project.
ACCEPTED, CACHE = "reference/external.yml", ".cache/web"


def asker(*, offline: bool) -> Callable[[Guide, date], external.Outcome]:
    """Return what finds out about every address on a site's pages; ``offline``, from what is known already."""
    settings = external.Settings(offline=offline)

    def ask(guide: Guide, today: date) -> external.Outcome:
        project = guide.manuscript.project
        accepted, problems = list[external.Accepted](), list[Problem]()
        if (project.docs / ACCEPTED).is_file():
            text, problems = inputs.read(project.docs / ACCEPTED, project.prefix + ACCEPTED)
            accepted, wrong = external.read_accepted(text, project.prefix + ACCEPTED)
            problems += wrong
        found = external.check(
            gather(guide.book(), guide.manuscript.texts),
            settings=settings,
            cache=project.root / CACHE,
            accepted=accepted,
            today=today,
            now=time.time(),
        )
        return found._replace(problems=[*problems, *found.problems])

    return ask
