"""The finished guide, looked at: the manuscript, its registered targets and the built site -> every problem, each once.

    reader = Reader(studio, project)            collect: every page is read
    manuscript = reader.manuscript(listing)
    registry = register(manuscript)             compose: every target has its number, every page its links
    contents = compose(manuscript, registry, pages)
    guide = Guide(manuscript, registry, site, history)
    outcome = guide.check(today=date(2026, 11, 25))

In a project that is not built with our hook no page is read for directives, and the families that need
them are off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from studyguide import checks, published, waivers
from studyguide.checks.book import Book
from studyguide.collect import ALIASES, PUBLISHED
from studyguide.links.links import Links
from studyguide.model import Problem
from studyguide.outcome import SEPARATE, Outcome, counts, off, page_counts
from studyguide.published import answers, inventory
from studyguide.published.memory import NoMemory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide import web as external
    from studyguide.collect import Manuscript
    from studyguide.links.registry import Registry
    from studyguide.published.memory import Memory
    from studyguide.site.site import Site


@dataclass(frozen=True)
class Guide:
    """One finished build: what was written, where every target is, the site, and what became of what is gone."""

    manuscript: Manuscript
    registry: Registry
    site: Site
    memory: Memory = field(default_factory=NoMemory)

    def check(
        self,
        *,
        today: date,
        partial: bool = False,
        again: bool = False,
        web: external.Outcome | None = None,
        unused: bool = False,
    ) -> Outcome:
        """Return every problem of the build, each once, in file order, and what was checked.

        ``partial`` says that unchanged pages were not read, ``again`` that this is a look at a site that was built
        before, whose manuscript has what the directives showed then; ``web`` is what was found out about the web's
        addresses; ``unused`` asks for files that nothing uses.
        """
        manuscript, book = self.manuscript, self.book(today=today, partial=partial, unused=unused)
        written = set(reading_problems(manuscript, self.registry))
        if not again:
            written |= {*_no_sources_page(manuscript), *checks.check_written(book), *self._answers(today)}
        found = {*written, *checks.check(book), *self._contract(), *(web.problems if web else ())}
        unchecked = frozenset() if web else SEPARATE
        standing, waived = waivers.apply(sorted(found), manuscript.waivers, today=today, unchecked=unchecked)
        return Outcome(
            problems=tuple(standing),
            waived=tuple(waived),
            counts=counts(book) | ({"web page": web.checked} if web else {}),
            pages=page_counts(book),
            not_checked=(
                *(("pages that --dirty did not read",) if partial else ()),
                *(_unasked(web.not_checked) if web else ()),
            ),
            off=off(ours=manuscript.project.directives, published=self._is_published, web=web is not None),
            written=tuple(sorted(written)),
        )

    @property
    def _is_published(self) -> bool:
        return self.manuscript.project.prefix + PUBLISHED in self.manuscript.texts

    def _contract(self) -> list[Problem]:
        """Return what was published and is gone, and aliases that lead nowhere."""
        manuscript = self.manuscript
        if not manuscript.project.directives:
            return []
        pages = {page.url: page.own_ids for page in self.site.pages.values() if page.path}
        return published.check(
            manuscript.before,
            self.inventory,
            None if ALIASES in manuscript.unread else manuscript.aliases,
            pages=pages,
            files=manuscript.listing.written,
            prefix=manuscript.project.prefix,
            aliases_path=manuscript.project.prefix + ALIASES,
            memory=self.memory,
            sources=manuscript.sources,
        )

    def _answers(self, today: date) -> list[Problem]:
        """Return the answers that readers have otherwise."""
        before = self.manuscript.before
        return list(answers.check(before.answers, self.manuscript.checkpoints, today=today)) if before else []

    def with_certain_aliases(self) -> dict[str, str]:
        """Return the aliases file with what was published and certainly has another address now; nothing if that is none."""
        manuscript = self.manuscript
        if manuscript.before is None:
            return {}
        path = manuscript.project.prefix + ALIASES
        text = manuscript.texts.get(path)
        after = published.with_certain_aliases(
            manuscript.before,
            self.inventory,
            manuscript.aliases,
            text=text,
            path=path,
            prefix=manuscript.project.prefix,
            memory=self.memory,
        )
        return {path: after} if after is not None and after != text else {}

    @cached_property
    def inventory(self) -> inventory.Inventory:
        """Every address of the site that a reader may keep."""
        pages = {
            page.url: inventory.PageEntry(
                page.headings[0].words if page.headings else page.path,
                page.path,
                inventory.anchors(page.ids, {heading.id: heading.words for heading in page.headings}),
            )
            for page in self.site.pages.values()
            if page.path
        }
        placed = [
            (target, self.site.pages[self.registry.page(target.id)].url)
            for target in self.registry
            if self.registry.page(target.id) in self.site.pages
        ]
        return inventory.of(pages, placed, published.answers_of(self.manuscript.checkpoints))

    def book(self, *, today: date = date.min, partial: bool = False, unused: bool = False) -> Book:
        """Return what the families of rules look at."""
        manuscript, pages = self.manuscript, self.site.pages
        ids = {path: page.ids for path, page in pages.items() if page.path}
        return Book(
            project=manuscript.project,
            listing=manuscript.listing,
            site=self.site,
            sources=manuscript.sources,
            parts=manuscript.parts,
            registry=self.registry,
            links=Links(self.registry, {path: page.url for path, page in pages.items()}, ids, {}),
            cited=manuscript.cited,
            states=manuscript.states,
            missions=manuscript.missions,
            assets=manuscript.assets,
            included=manuscript.included,
            aliases=manuscript.aliases,
            said=manuscript.problems,
            unread=manuscript.unread,
            memory=self.memory,
            undrawn=frozenset(key for key, drawing in manuscript.drawings.items() if not drawing.svg),
            today=today,
            partial=partial,
            unused=unused,
        )


def reading_problems(manuscript: Manuscript, registry: Registry) -> list[Problem]:
    """Return the problems that the sources alone show, once every target is registered."""
    return sorted({*manuscript.problems, *registry.problems})


def _no_sources_page(manuscript: Manuscript) -> list[Problem]:
    """Return the one problem of a guide with sources and no page to show them on."""
    if not manuscript.cited or manuscript.sources_page:
        return []
    if not any(source.citations for source in manuscript.sources.values()):
        return []
    position = min(entry.position for entry in manuscript.cited)
    fix = "Add a page with the line `<!-- studyguide: sources -->`."
    return [Problem(position, "SRC003", "No page of the guide shows the sources, so citations lead nowhere.", fix)]


def _unasked(addresses: Sequence[str]) -> list[str]:
    """Say which addresses of the web nothing is known of: how many, and the first."""
    if not addresses:
        return []
    more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
    return [f"the web address {addresses[0]}{more}"]
