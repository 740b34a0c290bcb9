"""One build of the guide: every stage, called in order, by MkDocs' events or by the command line.

guide = Guide(studio)
guide.read_sources(text, "docs/reference/sources.yml")
markdown = guide.read("learn/key-terms.md", text)      each page, then
guide.number(paths_in_reading_order)
guide.connect(urls, rendered_contents)
html = guide.place("learn/key-terms.md")               each page, then
problems = guide.check(site)
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from studyguide import directives, figures, sources
from studyguide.checks import links as link_check
from studyguide.checks import pages as page_check
from studyguide.directives.figure import PLACEHOLDER_RE
from studyguide.links import Links
from studyguide.model import Problem
from studyguide.registry import Registry
from studyguide.reports.text import count
from studyguide.source import Source

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from studyguide.checks.site import Site
    from studyguide.directives.part import Part
    from studyguide.figures import Studio
    from studyguide.model import Drawing, Figure

SOURCES_MARK = "<!-- studyguide: sources -->"

# A drawing is made to fit a phone, unless its words would come out smaller than this part of their size.
PHONE, SMALLEST = 334, 0.65


class Guide:
    """The pages of one build and everything found in them. ``prefix`` is what problems print before a page's path."""

    def __init__(self, studio: Studio, *, prefix: str = "docs/") -> None:
        self._studio, self._prefix = studio, prefix
        self._sources: dict[str, Source] = {}
        self._parts: dict[str, Part] = {}
        self._drawings: dict[tuple[str, str], Drawing] = {}
        self._cited: list[sources.Cited] = []
        self._problems: list[Problem] = []
        self._contents: dict[str, str] = {}
        self.registry = Registry()
        self._links = Links(self.registry, {}, {})

    def read_sources(self, text: str, path: str) -> None:
        """Take the file of sources in."""
        self._cited, problems = sources.read(text, path)
        self._problems += problems

    def read(self, path: str, text: str) -> str:
        """Take a page's source in, front matter and all; return the Markdown to render."""
        source = Source(self._prefix + path, text)
        part = directives.read(source)
        self._sources[path], self._parts[path] = source, part
        for figure in part.figures:
            self._drawings[path, figure.key] = self._studio.draw(figure.engine, figure.code)
        return "\n".join(part.lines)

    def number(self, order: Iterable[str]) -> None:
        """Register every target: numbers follow the order of the pages."""
        page = self._sources_page()
        found = [self.registry.add(entry.target, page) for entry in self._cited]
        for path in order:
            found += [self.registry.add(target, path) for target in self._parts[path].targets]
        self._problems += [problem for problem in found if problem]

    def _no_sources_page(self) -> list[Problem]:
        """Return the one problem of a guide with sources and no page to show them on."""
        cites = any(source.citations for source in self._sources.values())
        if self._sources_page() or not self._cited or not cites:
            return []
        position = min(entry.position for entry in self._cited)
        fix = f"Add a page with the line `{SOURCES_MARK}`."
        return [Problem(position, "SRC003", "No page of the guide shows the sources, so citations lead nowhere.", fix)]

    def _sources_page(self) -> str:
        return next((path for path, source in self._sources.items() if source.has_line(SOURCES_MARK)), "")

    def connect(self, urls: Mapping[str, str], contents: Mapping[str, str]) -> None:
        """Put drawings and sources in, and learn every page's address and ids, so that links find them."""
        self._contents = {path: self._fill(path, html) for path, html in contents.items()}
        self._links = Links(self.registry, urls, self._contents)

    def place(self, path: str) -> str:
        """Return a connected page's content with its numbers and links in place."""
        return self._links.resolve(self._contents[path], path)

    def _fill(self, path: str, html: str) -> str:
        drawings = {figure.key: figure for figure in self._parts[path].figures}

        def drawn(match: re.Match[str]) -> str:
            figure = drawings.get(match["key"])
            return self._drawing(figure, path) if figure else ""

        filled = PLACEHOLDER_RE.sub(drawn, html).replace(SOURCES_MARK, sources.as_html(self._cited))
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

    def check(self, site: Site, docs: Path) -> list[Problem]:
        """Return every problem of the build, each once, in file order; ``docs`` is where snippets come from."""
        found = [
            *self.reading_problems(),
            *self._no_sources_page(),
            *self._snippet_problems(docs),
            *link_check.check(site, self._sources, self.registry, self._links),
            *page_check.check(site, self._sources),
        ]
        return sorted(set(found))

    def reading_problems(self) -> list[Problem]:
        """Return the problems that the sources alone show, once every target is registered."""
        written = [problem for part in self._parts.values() for problem in part.problems]
        return sorted({*self._problems, *written, *self._figure_problems(), *self._option_problems()})

    def _figure_problems(self) -> Iterable[Problem]:
        for path, part in self._parts.items():
            for figure in part.figures:
                yield from (finding.at(figure.start) for finding in self._drawings[path, figure.key].findings)

    def _option_problems(self) -> Iterable[Problem]:
        for part in self._parts.values():
            for key, position in part.references:
                if not self.registry.get(key):
                    source = key.startswith("src-")
                    yield (
                        link_check.no_source(key[4:], self.registry, position)
                        if source
                        else link_check.no_target(key, self.registry, position)
                    )

    def _snippet_problems(self, docs: Path) -> Iterable[Problem]:
        for source in self._sources.values():
            for name, position in source.snippets:
                file = (docs / name.split(":")[0]).resolve()
                if not (file.is_file() and file.is_relative_to(docs.resolve())):
                    yield Problem(
                        position,
                        "SNP001",
                        f"There is no file `{name}` to include.",
                        "Give its path below docs; nothing outside can be included.",
                    )

    def checked(self, site: Site) -> str:
        """Return what was checked, in words."""
        links = sum(len(page.uses) for page in site.pages.values())
        questions = sum(len(part.checkpoints) for part in self._parts.values())
        numbers = (
            count(len(site.pages), "page"),
            count(links, "link"),
            count(len(self._drawings), "drawing"),
            count(questions, "checkpoint"),
        )
        return ", ".join(numbers)
