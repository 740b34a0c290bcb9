"""The site as built: its files, and each page as a browser sees it.

Addresses are relative to the site's root: ``""`` is the home page, ``learn/key-terms/`` a page.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ADDRESSES = (
    ("a", "href"), ("area", "href"), ("link", "href"), ("img", "src"), ("img", "srcset"), ("script", "src"), ("source", "src"), ("source", "srcset"),
    ("video", "src"), ("video", "poster"), ("audio", "src"), ("track", "src"), ("iframe", "src"), ("embed", "src"), ("object", "data"),
)  # fmt: skip
ASSETS = frozenset(tag for tag, _ in ADDRESSES) - {"a", "area", "link", "iframe"}


class Use(NamedTuple):
    """An address in a page: the element it is on, its value, and whether a reader would see a text there."""

    tag: str
    href: str


@dataclass(frozen=True)
class Page:
    """A rendered page: ``path`` is its source below docs, "" where it has none (404.html)."""

    path: str
    url: str
    html: str

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id, or name of an ``<a>``, is on the page."""
        found = Counter(value for node in self._tree.css("[id]") if (value := node.attributes.get("id")))
        names = {value for node in self._tree.css("a[name]") if (value := node.attributes.get("name"))}
        return found + Counter(names - found.keys())

    @cached_property
    def uses(self) -> list[Use]:
        """Every address the page holds, in document order for each kind of element."""
        return [
            Use(tag, part)
            for tag, attribute in ADDRESSES
            for node in self._tree.css(f"{tag}[{attribute}]")
            if (value := node.attributes.get(attribute)) is not None
            for part in (_srcset(value) if attribute == "srcset" else [value.strip()])
        ]

    @cached_property
    def unlabelled_images(self) -> list[str]:
        """The addresses of the images without words: no ``alt`` at all, or an empty one."""
        return [node.attributes.get("src") or "" for node in self._tree.css("img") if not node.attributes.get("alt")]


def _srcset(value: str) -> list[str]:
    return [part.split()[0] for part in value.split(",") if part.strip()]


class Place(NamedTuple):
    """Where an address leads in the site: a page or file, and an anchor on it."""

    url: str
    anchor: str


@dataclass(frozen=True)
class Site:
    """The built site: ``base`` is the path it is served under, ``/`` or ``/guide/``."""

    pages: Mapping[str, Page]
    files: frozenset[str]
    base: str = "/"

    @cached_property
    def page_at(self) -> dict[str, Page]:
        """The page at each address, ``index.html`` spelled out or not."""
        return {file_of(page.url): page for page in self.pages.values()}

    def place(self, href: str, page: Page) -> Place | None:
        """Return where ``href`` on ``page`` leads, None if it leaves the site; above the root is ``../``."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        if not path:
            return Place(page.url, unquote(parts.fragment))
        if path.startswith("/"):
            path = path if path != self.base.rstrip("/") else self.base
            path = path.removeprefix(self.base) if path.startswith(self.base) else f"../{path}"
            joined = posixpath.normpath(path.lstrip("/") or ".")
        else:
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(page.url), path))
        folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        url = "" if joined == "." else f"{joined}/" if folder else joined
        return Place(url, unquote(parts.fragment))

    def exists(self, url: str) -> bool:
        """Return whether a file answers at this address."""
        return file_of(url) in self.files or f"{url}/index.html" in self.files


def file_of(url: str) -> str:
    """Return the file behind an address of the site."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def read_site(folder: Path, urls: Mapping[str, str], site_url: str = "") -> Site:
    """Read a built site: ``urls`` maps each page's source path to its address."""
    files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = {path: Page(path, url, _text(folder / file_of(url))) for path, url in urls.items() if file_of(url) in files}
    if "404.html" in files:
        pages["404.html"] = Page("", "404.html", _text(folder / "404.html"))
    return Site(pages, files, base=urlsplit(site_url).path.rstrip("/") + "/")


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
