"""The site as built: its pages and files, and where an address leads in it.

    read_site(folder, listing.pages)  ->  Site(pages={...}, files={...})

Addresses are relative to the site's root: ``""`` is the home page, ``learn/key-terms/`` a page.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from studyguide.site.page import Job, file_of, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from studyguide.listing import Listed
    from studyguide.site.page import Page


class Place(NamedTuple):
    """Where an address leads in the site: a page or file, and an anchor on it."""

    url: str
    anchor: str


@dataclass(frozen=True)
class Site:
    """The built site: ``base`` is the path it is served under, ``/`` or ``/guide/``.

    ``host`` is where it is served, "" where that is not known. ``pages`` has a page under its source's path, and under its own file's where it has no source.
    ``aside`` has the files that hold more in the ``folder`` than the build wrote, by their names, as it wrote them.
    """

    pages: Mapping[str, Page]
    files: frozenset[str]
    base: str = "/"
    host: str = ""
    folder: Path = Path()
    aside: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    _places: dict[tuple[str, str], Place | None] = field(default_factory=dict, repr=False, compare=False)
    _good: dict[str, set[str]] = field(default_factory=dict, repr=False, compare=False)

    def text(self, name: str) -> str:
        """Return what is written in a file."""
        if (written := self.aside.get(name)) is not None:
            return written.decode("utf-8", errors="replace")
        return (self.folder / name).read_text("utf-8", errors="replace")

    @cached_property
    def page_at(self) -> dict[str, Page]:
        """The page at each address, ``index.html`` spelled out or not."""
        return {page.file: page for page in self.pages.values()}

    def place(self, href: str, page: Page) -> Place | None:
        """Return where ``href`` on ``page`` leads, None if it leaves the site; above the root is ``../``."""
        if href.startswith("#"):
            return Place(page.url, _anchor(href[1:]))
        # What names a scheme leads to the same place from everywhere.
        folder = "" if "://" in href else posixpath.dirname(page.url)
        key = (folder, href)
        if key not in self._places:
            self._places[key] = self._resolve(href, folder)
        place = self._places[key]
        # An address without a path is the page's own.
        return Place(page.url, place.anchor) if place is not None and place.url == SAME else place

    def _resolve(self, href: str, folder: str) -> Place | None:
        try:
            parts = urlsplit(href)
        except ValueError:  # such as an unclosed [ where a host should be
            return Place(href, "")
        whole = bool(parts.scheme or parts.netloc)
        if whole and not (self.host and parts.netloc.lower() == self.host and parts.scheme in ("", "http", "https")):
            return None
        path, anchor = unquote(parts.path) or "/" * whole, _anchor(parts.fragment)
        if not path:
            return Place(SAME, anchor)
        # As browsers do: from the root of the host, above which there is nothing.
        start = "" if path.startswith("/") else f"{self.base}{folder}/"
        found = posixpath.normpath(f"/{start.lstrip('/')}{path.lstrip('/') if not start else path}")
        joined = posixpath.relpath(found, self.base)
        if whole and joined.startswith(".."):
            return None  # another site on this host
        is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        return Place("" if joined == "." else f"{joined}/" if is_folder else joined, anchor)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The first folder of every file, or its name where it is in none."""
        return frozenset(name.partition("/")[0] for name in self.files)

    @cached_property
    def _known(self) -> dict[str, Page | None]:
        """The page at each address of the site as links write it, None at that of another file."""
        known: dict[str, Page | None] = dict.fromkeys(self.files)
        for page in self.pages.values():
            known[page.file] = known[page.url] = page
        return known

    def plainly_leads(self, page: Page) -> Callable[[str], bool]:
        """Return a quick test of a page's addresses: it says yes where something is there for certain.

        Nearly every address of a site passes it; ``place`` looks closely at the others.
        """
        known, own = self._known, page.ids
        folder = posixpath.dirname(page.url)
        # What leads out of the page's own folder leads to the same place from its neighbours.
        good = self._good.setdefault(posixpath.dirname(folder), set()) if folder else set()
        above = [f"{folder}/" if folder else ""]
        while above[-1]:
            parent = posixpath.dirname(above[-1][:-1])
            above.append(f"{parent}/" if parent else "")
        height = len(above)

        def leads(href: str) -> bool:
            if href in good:
                return True
            path, _, anchor = href.partition("#")
            if not path:
                return anchor in own if anchor else not href
            up = 0
            while path.startswith("../"):
                path, up = path[3:], up + 1
            if path in ("..", "."):
                path, up = "", up + len(path) - 1
            if up >= height:
                return False
            target = known.get(above[up] + path, MISSING)
            there = target is not MISSING and (not anchor or target is None or anchor in target.ids)
            if there and up:
                good.add(href)
            return there

        return leads

    def exists(self, url: str) -> bool:
        """Return whether a file answers at this address."""
        return file_of(url) in self.files or f"{url}/index.html" in self.files


MISSING: Any = object()
# The address of a link that names no path: no page can have it.
SAME = "\0"


def _anchor(fragment: str) -> str:
    """Return the id that a fragment names, "" where a script or the browser reads it otherwise."""
    text = fragment.partition(":~:")[0]
    return "" if text.startswith(("/", "!", "?")) else unquote(text)


def read_site(folder: Path, listed: Iterable[Listed], site_url: str = "", *, templates: str = "") -> Site:
    """Read a built site, whose pages are ``listed``; others in it are those of the theme.

    What is in the folder ``templates`` is no page, whatever its name.
    """
    files = frozenset(walk(folder))
    written = {page.file: page for page in listed}
    names = sorted(name for name in files if name.endswith((".html", ".htm")))
    names = [name for name in names if not (templates and name.startswith(templates))]
    pages = read_pages([_job(name, written.get(name), folder) for name in names])
    found = {page.path or name: page for name, page in zip(names, pages, strict=True)}
    order = dict.fromkeys([*(page.path for page in written.values() if page.path in found), *found])
    own = urlsplit(site_url)
    return Site({key: found[key] for key in order}, files, own.path.rstrip("/") + "/", own.netloc.lower(), folder)


def _job(name: str, page: Listed | None, folder: Path) -> Job:
    return Job(page.path if page else "", page.url if page else _url(name), str(folder / name))


def walk(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, from there."""
    root = str(folder)
    for parent, _, names in os.walk(root):
        start = "" if parent == root else os.path.relpath(parent, root).replace(os.sep, "/") + "/"
        yield from (start + name for name in names)


def _url(name: str) -> str:
    """Return the address of a page without a source, as its links are relative to."""
    return name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name
