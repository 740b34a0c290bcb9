"""Links and references of the rendered pages: what leads nowhere, and where that was written."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from studyguide.checks.site import ASSETS, Page, Place, Site, Use, file_of
from studyguide.directives.part import did_you_mean
from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.links import Links
    from studyguide.registry import Registry
    from studyguide.source import Source

KINDS = {"fig": "a figure", "cp": "a checkpoint", "term": "a term", "obj": "an objective"}


def check(site: Site, sources: Mapping[str, Source], registry: Registry, links: Links) -> Iterable[Problem]:
    """Yield a problem for every address of every page that leads nowhere."""
    for page in site.pages.values():
        broken = [(use, place) for use in page.uses if (place := site.place(use.href, page)) and not _leads(site, place)]
        if broken:
            locator = Locator(page, sources.get(page.path), site)
            yield from (_Finding(site, page, registry, links).problem(use, place, locator.find(use)) for use, place in broken)


def _leads(site: Site, place: Place) -> bool:
    if not site.exists(place.url):
        return False
    page = site.page_at.get(file_of(place.url))
    return not place.anchor or page is None or place.anchor in page.ids or place.anchor == "top"


class Locator:
    """Where a page's addresses are written; each written place answers once."""

    def __init__(self, page: Page, source: Source | None, site: Site) -> None:
        self._page, self._source, self._site = page, source, site
        self._written = {} if source is None else self._index(source)

    def _index(self, source: Source) -> dict[str, list[Position]]:
        written: dict[str, list[Position]] = {}
        for link in source.links:
            for name in {link.dest, unquote(link.dest), self._rendered(link.dest)}:
                written.setdefault(name, []).append(link.position)
        for key, position in source.citations:
            written.setdefault(f"#src-{key}", []).append(position)
        return written

    def _rendered(self, dest: str) -> str:
        """Return where MkDocs leads a relative Markdown link, as ``file#anchor``."""
        path, _, anchor = dest.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self._page.path), unquote(path))) if path else self._page.path
        page = self._site.pages.get(target)
        return f"{file_of(page.url) if page else target}#{anchor}"

    def find(self, use: Use) -> Position:
        """Return the next place this address is written; the page's first line if it is the theme's."""
        place = self._site.place(use.href, self._page)
        names = [use.href, unquote(use.href), f"{file_of(place.url)}#{place.anchor}" if place else ""]
        for name in names:
            if places := self._written.get(name):
                return places.pop(0) if len(places) > 1 else places[0]
        return self._source.position(self._source.body_start) if self._source else Position(self._page.url or "index.html")


class _Finding:
    """Says what is wrong with an address of a page, and what was probably meant."""

    def __init__(self, site: Site, page: Page, registry: Registry, links: Links) -> None:
        self._site, self._page, self._registry, self._links = site, page, registry, links

    def problem(self, use: Use, place: Place, at: Position) -> Problem:
        if not self._site.exists(place.url):
            return self._no_file(use, at)
        if use.href.startswith("#"):
            return self._no_id(place.anchor, at)
        target = self._site.page_at[file_of(place.url)]
        fix = f"{did_you_mean(place.anchor, target.ids)}Link to a heading or an id that is there."
        return Problem(at, "LNK002", f"`{target.path or target.url}` has no anchor `#{place.anchor}`.", fix)

    def _no_file(self, use: Use, at: Position) -> Problem:
        if use.tag in ASSETS:
            fix = f"{self._near_file(use.href)}Put the file under docs, or mend its path."
            return Problem(at, "LNK003", f"There is no file `{use.href}`.", fix)
        fix = f"{self._near_file(use.href)}Link to the Markdown file, relative to this one."
        return Problem(at, "LNK001", f"`{use.href}` leads nowhere.", fix)

    def _near_file(self, href: str) -> str:
        """Suggest the page or file whose path, as seen from this page, is nearest."""
        here = posixpath.dirname(self._page.path) or "."
        files = [path for path in self._site.pages if path] + sorted(name for name in self._site.files if not name.endswith(".html"))
        return did_you_mean(href.partition("#")[0], [posixpath.relpath(name, here) for name in files])

    def _no_id(self, key: str, at: Position) -> Problem:
        if key.startswith("src-"):
            return no_source(key.removeprefix("src-"), self._registry, at)
        pages = self._links.pages_of(key)
        if len(pages) > 1:
            return Problem(at, "REF002", f"`#{key}` is on several pages: {', '.join(sorted(pages))}.", "Name the page: `[words](page.md#id)`.")
        if key.split("-")[0] in KINDS:
            return no_target(key, self._registry, at)
        fix = f"{did_you_mean(key, self._page.ids)}Link to a heading or an id that is there."
        return Problem(at, "LNK002", f"No page of the guide has an anchor `#{key}`.", fix)


def no_target(key: str, registry: Registry, at: Position) -> Problem:
    """Return the problem of an id that nothing in the guide has."""
    fix = f"{did_you_mean(key, registry.ids())}Use the `id:` of {KINDS.get(key.split('-')[0], 'something')} in the guide."
    return Problem(at, "REF001", f"Nothing in the guide has the id `{key}`.", fix)


def no_source(key: str, registry: Registry, at: Position) -> Problem:
    """Return the problem of a citation whose key is not in the sources."""
    keys = [name.removeprefix("src-") for name in registry.ids() if name.startswith("src-")]
    return Problem(at, "CIT001", f"There is no source `{key}`.", f"{did_you_mean(key, keys)}Sources are in docs/reference/sources.yml.")
