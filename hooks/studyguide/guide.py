"""One build of the guide: every stage, called in order, by MkDocs' events or by the command line.

guide = Guide(studio, settings)
markdown = guide.read("learn/key-terms.md", guide.open("learn/key-terms.md"))     each page, then
guide.number(paths_in_reading_order)
guide.connect(urls, rendered_contents)
html = guide.place("learn/key-terms.md")                                          each page, then
outcome = guide.check(site, today=date(2026, 11, 25))

In a project that is not built with our hook no page is read for directives, and the families that need
them are off.
"""

from __future__ import annotations

import os
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from studyguide import checks, directives, figures, waivers
from studyguide.checks.book import Book, NoMemory
from studyguide.directives.figure import PLACEHOLDER_RE
from studyguide.directives.part import Part
from studyguide.links.breaks import with_breaks
from studyguide.links.links import Links
from studyguide.links.registry import Registry
from studyguide.model import Problem
from studyguide.outcome import SEPARATE, Outcome, counts, off, page_counts
from studyguide.published import aliases, answers, contract, inventory, redirects
from studyguide.reports.places import ServedPage
from studyguide.text import inputs, sources
from studyguide.text.source import Source

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide import web as external
    from studyguide.checks.book import Memory
    from studyguide.figures import Studio
    from studyguide.model import Drawing, Figure
    from studyguide.site.site import Site
    from studyguide.text.config import Config

SOURCES_MARK = "<!-- studyguide: sources -->"
# Data of the guide, below docs: each is read where it is there.
SOURCES, ALIASES, PUBLISHED = "reference/sources.yml", "reference/aliases.yml", "reference/published.json"

DATA = frozenset({SOURCES, ALIASES, PUBLISHED, "reference/external.yml"})

# A drawing is made to fit a phone, unless its words would come out smaller than this part of their size.
PHONE, SMALLEST = 334, 0.65


class Guide:
    """The pages of one build and everything found in them."""

    def __init__(self, studio: Studio, settings: Config, *, memory: Memory | None = None) -> None:
        self._studio, self.settings = studio, settings
        self.prefix = settings.prefix
        self._memory: Memory = memory or NoMemory()
        self._sources: dict[str, Source] = {}
        self._parts: dict[str, Part] = {}
        self._drawings: dict[tuple[str, str], Drawing] = {}
        self._cited: list[sources.Cited] = []
        self._aliases: list[aliases.Alias] = []
        self._problems: list[Problem] = []
        self._waivers: list[waivers.Waiver] = []
        self._contents: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self.texts: dict[str, str] = {settings.name: settings.text}
        self.registry = Registry()
        self._links = Links(self.registry, {}, {}, {})
        self.found = inputs.walk(settings.docs, self.prefix)
        self._problems += self.found.problems
        if settings.ours:
            self._read_data()

    def _read_data(self) -> None:
        """Take in the files of data that the project has."""
        if (self.settings.docs / SOURCES).is_file():
            self.read_sources(self.open(SOURCES), self.prefix + SOURCES)
        if (self.settings.docs / ALIASES).is_file():
            self._aliases, problems = aliases.read(self.open(ALIASES), self.prefix + ALIASES)
            self._problems += problems
        for name in (SOURCES, ALIASES):
            self._waive(*waivers.read_yaml(self.texts.get(self.prefix + name, ""), self.prefix + name))
        self._waive(*waivers.read_yaml(self.settings.text, self.settings.name))

    def _waive(self, found: list[waivers.Waiver], problems: list[Problem]) -> None:
        self._waivers += found
        self._problems += problems

    def open(self, path: str) -> str:
        """Return the text of a file below docs; what is wrong with its bytes is a problem."""
        text, problems = inputs.read(self.settings.docs / path, self.prefix + path)
        self._problems += problems
        self.texts[self.prefix + path] = text
        return text

    def read_sources(self, text: str, path: str) -> None:
        """Take the file of sources in."""
        self._cited, problems = sources.read(text, path)
        self._problems += problems

    def read(self, path: str, text: str) -> str:
        """Take a page's source in, front matter and all; return the Markdown to render."""
        source = Source(self.prefix + path, text)
        self.texts[source.path] = text
        self._problems += inputs.page_problems(text, source.path)
        self._waive(*waivers.read(source))
        part = directives.read(source) if self.settings.ours else Part()
        self._sources[path], self._parts[path] = source, part
        for figure in part.figures:
            self._drawings[path, figure.key] = self._studio.draw(figure.engine, figure.code)
        return "\n".join(waivers.blank(part.lines))

    def number(self, order: Iterable[str]) -> None:
        """Register every target: numbers follow the order of the pages."""
        page = self._sources_page() if self._cited else ""
        found = [self.registry.add(entry.target, page) for entry in self._cited]
        for path in order:
            found += [self.registry.add(target, path) for target in self._parts[path].targets]
        self._problems += [problem for problem in found if problem]

    def _no_sources_page(self) -> list[Problem]:
        """Return the one problem of a guide with sources and no page to show them on."""
        if not self._cited or self._sources_page() or not any(source.citations for source in self._sources.values()):
            return []
        position = min(entry.position for entry in self._cited)
        fix = f"Add a page with the line `{SOURCES_MARK}`."
        return [Problem(position, "SRC003", "No page of the guide shows the sources, so citations lead nowhere.", fix)]

    def _sources_page(self) -> str:
        return next((path for path, source in self._sources.items() if source.has_line(SOURCES_MARK)), "")

    def connect(self, urls: Mapping[str, str], contents: Mapping[str, str], titles: Mapping[str, str]) -> None:
        """Put drawings, sources and old anchors in, and learn where every id is, so that links find it.

        All three are keyed by a page's path: its address, its rendered content, its title.
        """
        self._titles = {urls[path]: titles[path] for path in titles}
        self._contents = {
            path: aliases.with_marks(self._fill(path, html), urls[path], self._aliases, self._titles)
            for path, html in contents.items()
        }
        self._links = Links.of_contents(self.registry, urls, self._contents)

    def place(self, path: str) -> str:
        """Return a connected page's content with its numbers and links in place."""
        return with_breaks(self._links.resolve(self._contents[path], path))

    def redirects(self) -> dict[str, str]:
        """Return the pages that lead on from addresses that pages had before: HTML by its file in the site."""
        return aliases.redirect_pages(self._aliases, self._titles, site_url=self.settings.site_url)

    def _fill(self, path: str, html: str) -> str:
        drawings = {figure.key: figure for figure in self._parts[path].figures}

        def drawn(match: re.Match[str]) -> str:
            figure = drawings.get(match["key"])
            return self._drawing(figure, path) if figure else ""

        filled = PLACEHOLDER_RE.sub(drawn, html)
        if SOURCES_MARK in filled:
            filled = filled.replace(SOURCES_MARK, sources.as_html(self._cited))
        sheet = figures.glyph_sheet([self._drawings[path, key] for key in drawings])
        return filled + sheet

    def _drawing(self, figure: Figure, path: str) -> str:
        drawing = self._drawings[path, figure.key]
        if not drawing.svg:
            return f'<p class="sg-broken">This figure does not draw.</p><pre class="sg-broken"><code>{escape(figure.code)}</code></pre>'
        target = self.registry.get(figure.key)
        name = target.label if target else "Drawing"
        fits = " sg-drawing--fits" if drawing.width <= PHONE / SMALLEST else ""
        svg = figures.inline(drawing, id=figure.key, title=self.registry.spell(figure.caption) or name, alt=figure.alt)
        return (
            f'<div class="sg-drawing{fits}" role="region" tabindex="0" aria-label="{name}, scrollable">{svg}</div>'
            f'<label class="sg-zoom"><input type="checkbox" autocomplete="off"> Enlarge</label>'
        )

    def stylesheet(self) -> str:
        """Return the style sheet behind the colours of every drawing."""
        return figures.stylesheet({colour for drawing in self._drawings.values() for colour in drawing.colours})

    def check(self, site: Site, *, today: date, partial: bool = False, web: external.Outcome | None = None) -> Outcome:
        """Return every problem of the build, each once, in file order, and what was checked.

        ``partial`` says that unchanged pages were not read; ``web`` is what was found out about the web's addresses.
        """
        book = self.book(site, today=today)
        found = [*self.reading_problems(), *self._no_sources_page(), *checks.check(book), *self._contract(book)]
        found += web.problems if web else []
        unchecked = frozenset() if web else SEPARATE
        standing, waived = waivers.apply(sorted(set(found)), self._waivers, today=today, unchecked=unchecked)
        published = (self.settings.docs / PUBLISHED).is_file()
        return Outcome(
            problems=tuple(standing),
            waived=tuple(waived),
            counts=counts(book) | ({"web page": web.checked} if web else {}),
            pages=page_counts(book),
            not_checked=(
                *(("pages that --dirty did not read",) if partial else ()),
                *(_unasked(web.not_checked) if web else ()),
            ),
            off=off(ours=self.settings.ours, published=published, web=web is not None),
        )

    def _contract(self, book: Book) -> list[Problem]:
        """Return what was published and is gone, and aliases that lead nowhere."""
        if not self.settings.ours:
            return []
        pages = {page.url: page.own_ids for page in book.site.pages.values() if page.path}
        found = redirects.check(self._aliases, pages)
        if not (self.settings.docs / PUBLISHED).is_file():
            return found
        before, problems = inventory.read(self.open(PUBLISHED), self.prefix + PUBLISHED)
        if before is None:
            return [*found, *problems]
        current = self.inventory(book.site)
        gone = contract.check(
            before,
            current,
            self._aliases,
            aliases_path=self.prefix + ALIASES,
            docs=self.prefix,
            became=self._memory.became,
            blame=self._memory.blame,
        )
        asked = [checkpoint for part in self._parts.values() for checkpoint in part.checkpoints]
        return [*found, *problems, *gone, *answers.check(before.answers, asked)]

    def with_certain_aliases(self, site: Site) -> dict[str, str]:
        """Return the aliases file with what was published and certainly has another address now; nothing if that is none."""
        if not self.settings.ours or not (self.settings.docs / PUBLISHED).is_file():
            return {}
        path = self.prefix + ALIASES
        before, _ = inventory.read(self.open(PUBLISHED), self.prefix + PUBLISHED)
        current = self.inventory(site)
        found = (
            contract.renames(before, current, self._aliases, docs=self.prefix, became=self._memory.became)
            if before
            else []
        )
        text = self.texts.get(path)
        after = contract.with_aliases(text, [rename for rename in found if rename.certain], path)
        return {path: after} if after is not None and after != text else {}

    def inventory(self, site: Site) -> inventory.Inventory:
        """Return every address of the site that a reader may keep."""
        pages = {
            page.url: inventory.PageEntry(
                page.headings[0].words if page.headings else page.path,
                page.path,
                inventory.anchors(page.ids, {heading.id: heading.words for heading in page.headings}),
            )
            for page in site.pages.values()
            if page.path
        }
        targets = [target for key in self.registry.ids() if (target := self.registry.get(key))]
        placed = [
            (target, site.pages[self.registry.page(target.id)].url)
            for target in targets
            if self.registry.page(target.id) in site.pages
        ]
        asked = [checkpoint for part in self._parts.values() for checkpoint in part.checkpoints]
        return inventory.of(pages, placed, {c.id: inventory.Answer(answers.digest(c), c.reviewed) for c in asked})

    def served(self, site: Site) -> list[ServedPage]:
        """Return the pages that somebody wrote, for the panels of a site that is served."""
        return [
            ServedPage(source.path, page.url, page.headings[0].words if page.headings else page.path, source.text)
            for page in site.pages.values()
            if (source := self._sources.get(page.path))
        ]

    def loops(self) -> list[Problem]:
        """Return the problems that no build survives: links that lead round in a circle."""
        return [problem for problem in self.found.problems if problem.code == "INP004"]

    def unreadable(self) -> set[str]:
        """Return the files below docs that cannot be read."""
        return {p.position.path.removeprefix(self.prefix) for p in self.found.problems if p.code == "INP003"}

    def book(self, site: Site, *, today: date = date.min) -> Book:
        """Return what the families of rules look at."""
        ids = {path: page.ids for path, page in site.pages.items() if page.path}
        links = Links(self.registry, {path: page.url for path, page in site.pages.items()}, ids, {})
        return Book(
            settings=self.settings,
            site=site,
            sources=self._sources,
            parts=self._parts,
            registry=self.registry,
            links=links,
            cited=self._cited,
            assets=[path for path in self.found.assets if not (self.settings.ours and path in DATA)],
            included=self._included(),
            aliases=self._aliases,
            memory=self._memory,
            undrawn=frozenset(key for key, drawing in self._drawings.items() if not drawing.svg),
            today=today,
        )

    def _included(self) -> dict[str, Source]:
        """Return every file below docs that a page includes, or that such a file includes."""
        docs, found = self.settings.docs.resolve(), dict[str, Source]()
        waiting = [name for source in self._sources.values() for name, _ in source.snippets]
        while waiting:
            name = waiting.pop().partition(":")[0]
            file = (docs / name).resolve()
            if name not in found and os.path.isfile(file) and file.is_relative_to(docs):  # noqa: PTH113 - a name may be too long for Path
                found[name] = Source(self.prefix + name, self.open(name))
                waiting += [inner for inner, _ in found[name].snippets]
        return found

    def reading_problems(self) -> list[Problem]:
        """Return the problems that the sources alone show, once every target is registered."""
        written = [problem for part in self._parts.values() for problem in part.problems]
        return sorted({*self._problems, *written, *self._figure_problems()})

    def _figure_problems(self) -> Iterable[Problem]:
        for path, part in self._parts.items():
            for figure in part.figures:
                yield from (finding.at(figure.start) for finding in self._drawings[path, figure.key].findings)


def _unasked(addresses: Sequence[str]) -> list[str]:
    """Say which addresses of the web nothing is known of: how many, and the first."""
    if not addresses:
        return []
    more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
    return [f"the web address {addresses[0]}{more}"]
