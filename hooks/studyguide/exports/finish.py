"""What a build leaves in its site once everything is checked: the inventory, the receipt, and its words on each page.

<!-- studyguide: receipt -->  in a page  ->  <a class="sg-receipt" href="../checks.json">41 links checked at 1a2b3c4</a>

While serving, each page is given its panel of problems too.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Protocol

from studyguide import VERSION
from studyguide.exports import receipt
from studyguide.published import inventory
from studyguide.reports import panel, places
from studyguide.text.comments import written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studyguide.exports.record import Record
    from studyguide.listing import Listing
    from studyguide.outcome import Outcome
    from studyguide.reports.report import Report
    from studyguide.site.site import Site

OBJECTS = "objects.json"
# What is not yet in the site when a build looks at it.
MADE = frozenset([receipt.FILE, OBJECTS])
MARK = written("receipt")
# In an address, such as that of a form to report an error with.
COMMIT = "studyguide-commit"


class State(Protocol):
    """What the project's history says of the files that were checked."""

    def head(self) -> str:
        """Return the commit, "" where none is known."""

    def changed(self) -> bool:
        """Return whether files differ from it."""


class Pages(Protocol):
    """Where the pages of a site are read from, to be filled."""

    def read(self, path: Path) -> str:
        """Return a page."""

    def write(self, path: Path, html: str) -> None:
        """Put a page in its place, before all of them are settled."""

    def settle(self) -> None:
        """Let the site's folder have every page as it was put."""


class Written:
    """The pages as they are in their folder."""

    def read(self, path: Path) -> str:
        """Return a page as it was written."""
        return path.read_text("utf-8", errors="replace")

    def write(self, path: Path, html: str) -> None:
        """Write it anew."""
        path.write_text(html, "utf-8")

    def settle(self) -> None:
        """All of it is there already."""


def with_made(site: Site) -> Site:
    """Return a site with what the build will leave in it: a link to that leads somewhere, before and after."""
    return replace(site, files=site.files | MADE)


def receipts(pages: Pages, site: Site, listing: Listing, outcome: Outcome, state: State) -> None:
    """Write what was checked into the foot of every page that has a mark for it, and what it was built from."""
    commit, changed = state.head(), state.changed()
    found = Counter(problem.position.path for problem in outcome.problems if problem.fails)
    for page in site.pages.values():
        file = site.folder / page.file
        html = pages.read(file)
        if MARK not in html and COMMIT not in html:
            continue
        counts = outcome.pages.get(page.file, {})
        source = listing.page[page.path].source if page.path else ""
        words = receipt.footer(counts, commit=commit, changed=changed, problems=found[source])
        address = posixpath.relpath(receipt.FILE, posixpath.dirname(page.file) or ".")
        link = f'<a class="sg-receipt" href="{address}">{escape(words)}</a>' if words else ""
        state_of = f"{commit or 'unknown'}{'-changed' if changed else ''}"
        pages.write(file, html.replace(MARK, link).replace(COMMIT, state_of))


def panels(pages: Pages, folder: Path, shown: Sequence[places.ServedPage], report: Report, change: str) -> None:
    """Put the panel of problems into every page that is served."""
    (folder / panel.STYLESHEET).parent.mkdir(parents=True, exist_ok=True)
    (folder / panel.STYLESHEET).write_text(panel.STYLES, "utf-8")
    for each in panel.panels(shown, report.problems, change, report.not_checked):
        file = folder / (
            f"{each.page.url}index.html" if each.page.url.endswith("/") or not each.page.url else each.page.url
        )
        if file.is_file():
            pages.write(file, panel.insert(pages.read(file), each))


def data(
    folder: Path, outcome: Outcome, current: inventory.Inventory, known: Record, state: State, *, partial: bool
) -> None:
    """Write the inventory and the receipt; the receipt comes last, over the files as they are now."""
    (folder / OBJECTS).write_text(inventory.as_json(current), "utf-8")
    found = receipt.receipt(
        tool=f"studyguide {VERSION}",
        commit=state.head(),
        changed=state.changed(),
        partial=partial,
        checked=outcome.counts,
        problems=outcome.problems,
        files=receipt.digests(folder),
        site=known,
        not_checked=outcome.not_checked,
        off=outcome.off,
        waived=outcome.waived,
    )
    (folder / receipt.FILE).write_text(receipt.as_json(found), "utf-8")
