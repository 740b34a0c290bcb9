"""Links and references of the rendered pages: what leads nowhere, and where that was written."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from studyguide.checks.site import ASSETS, Page, Place, Site, Use, file_of
from studyguide.directives.part import did_you_mean, nearest
from studyguide.links import relative
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
        broken = [
            (use, place) for use in page.uses if (place := site.place(use.href, page)) and not _leads(site, place)
        ]
        if broken:
            locator = Locator(page, sources.get(page.path), site)
            finding = _Finding(site, page, registry, links)
            yield from (
                finding.problem(use, place, locator.find(use))
                for use, place in broken
                if not _is_known_source(use, registry)
            )


def _leads(site: Site, place: Place) -> bool:
    if not site.exists(place.url):
        return False
    page = site.page_at.get(file_of(place.url))
    return not place.anchor or page is None or place.anchor in page.ids or place.anchor == "top"


def _is_known_source(use: Use, registry: Registry) -> bool:
    """Return whether a citation is right and only the page of sources is missing: that is one problem, not many."""
    return use.href.startswith("#src-") and registry.get(use.href[1:]) is not None


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
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(self._page.path), unquote(path)))
            if path
            else self._page.path
        )
        page = self._site.pages.get(target)
        return f"{file_of(page.url) if page else target}#{anchor}"

    def find(self, use: Use) -> Position:
        """Return the next place this address is written; the page's first line if it is the theme's."""
        place = self._site.place(use.href, self._page)
        names = [use.href, unquote(use.href), f"{file_of(place.url)}#{place.anchor}" if place else ""]
        for name in names:
            if places := self._written.get(name):
                return places.pop(0) if len(places) > 1 else places[0]
        return (
            self._source.position(self._source.body_start) if self._source else Position(self._page.url or "index.html")
        )


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
        path = use.href.partition("#")[0]
        if use.tag in ASSETS:
            return Problem(
                at,
                "LNK003",
                f"There is no file `{path}`.",
                f"{self._near_file(path)}Put the file under docs, or mend its path.",
            )
        if unrendered := self._site.pages.get(
            posixpath.normpath(posixpath.join(posixpath.dirname(self._page.path), unquote(path)))
        ):
            fix = f"Write a Markdown link, or link to `{relative(unrendered.url, self._page.url)}`."
            return Problem(
                at, "LNK001", f"`{path}` is not an address of the site: MkDocs leaves raw HTML as it is.", fix
            )
        return Problem(
            at,
            "LNK001",
            f"`{path}` leads nowhere.",
            f"{self._near_file(path)}Link to the Markdown file, relative to this one.",
        )

    def _near_file(self, href: str) -> str:
        """Suggest the page or file with the nearest name, as its path is written on this page."""
        here = posixpath.dirname(self._page.path) or "."
        names = [page.path for page in self._site.pages.values() if page.path] + sorted(
            name for name in self._site.files if not name.endswith((".html", ".xml", ".gz"))
        )
        stems: dict[str, str] = {}
        for name in sorted(names, key=lambda name: posixpath.dirname(name) != here):
            stems.setdefault(_stem(name), posixpath.relpath(name, here))
        near = nearest(_stem(href), stems)
        return f"Did you mean `{stems[near]}`? " if near else ""

    def _no_id(self, key: str, at: Position) -> Problem:
        if key.startswith("src-"):
            return no_source(key.removeprefix("src-"), self._registry, at)
        pages = self._links.pages_of(key)
        if len(pages) > 1:
            return Problem(
                at,
                "REF002",
                f"`#{key}` is on several pages: {', '.join(sorted(pages))}.",
                "Name the page: `[words](page.md#id)`.",
            )
        if key.split("-", maxsplit=1)[0] in KINDS:
            return no_target(key, self._registry, at)
        fix = f"{did_you_mean(key, self._page.ids)}Link to a heading or an id that is there."
        return Problem(at, "LNK002", f"No page of the guide has an anchor `#{key}`.", fix)


def no_target(key: str, registry: Registry, at: Position) -> Problem:
    """Return the problem of an id that nothing in the guide has."""
    fix = f"{did_you_mean(key, registry.ids())}Use the `id:` of {KINDS.get(key.split('-', maxsplit=1)[0], 'something')} in the guide."
    return Problem(at, "REF001", f"Nothing in the guide has the id `{key}`.", fix)


def no_source(key: str, registry: Registry, at: Position) -> Problem:
    """Return the problem of a citation whose key is not in the sources."""
    keys = [name.removeprefix("src-") for name in registry.ids() if name.startswith("src-")]
    return Problem(
        at,
        "CIT001",
        f"There is no source `{key}`.",
        f"{did_you_mean(key, keys)}Sources are in docs/reference/sources.yml.",
    )


def _stem(path: str) -> str:
    return posixpath.basename(path.rstrip("/")).rpartition(".")[0] or posixpath.basename(path.rstrip("/"))
