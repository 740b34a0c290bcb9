"""The addresses of the web on a built site, asked for: what ``studyguide check --external`` adds to a check.

Nothing else imports this, for an HTTP client takes longer to load than most checks take to run.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from studyguide import web as external
from studyguide.model import Problem
from studyguide.web.addresses import gather

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from studyguide.guide import Guide
    from studyguide.site.site import Site

# Failures that are accepted for a time, below docs; and what is known of pages, below the project.
ACCEPTED, CACHE = "reference/external.yml", ".cache/web"


def asker(*, offline: bool) -> Callable[[Guide, Site, date], external.Outcome]:
    """Return what finds out about every address on a site's pages; ``offline``, from what is known already."""
    settings = external.Settings(offline=offline)

    def ask(guide: Guide, site: Site, today: date) -> external.Outcome:
        accepted, problems = list[external.Accepted](), list[Problem]()
        if (guide.settings.docs / ACCEPTED).is_file():
            accepted, problems = external.read_accepted(guide.open(ACCEPTED), guide.prefix + ACCEPTED)
        found = external.check(
            gather(guide.book(site), guide.texts),
            settings=settings,
            cache=guide.settings.root / CACHE,
            accepted=accepted,
            today=today,
            now=time.time(),
        )
        return found._replace(problems=[*problems, *found.problems])

    return ask
