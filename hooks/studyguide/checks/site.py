"""The site as built: its files, and what each page holds that a check looks at.

    read_site(folder, {"learn/key-terms.md": "learn/key-terms/"})
    ->  Site(pages={"learn/key-terms.md": Page(url, ids, uses, headings ...)}, files={...})

Addresses are relative to the site's root: ``""`` is the home page, ``learn/key-terms/`` a page. A page is
parsed once and forgotten: only what is listed below is kept, so memory does not grow with its markup.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

ADDRESSES = {
    "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src", "srcset"), "script": ("src",),
    "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "iframe": ("src",), "embed": ("src",), "object": ("data",), "image": ("href", "xlink:href"),
}  # fmt: skip
ASSETS = frozenset(ADDRESSES) - {"a", "area", "link", "iframe"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SUMMARIES = frozenset({"description", "og:description", "twitter:description"})
# What ``aliases`` puts into a page.
MARKS = frozenset({"sg-alias", "sg-moved"})


class Use(NamedTuple):
    """An address in a page: the element it is on, and its value."""

    tag: str
    href: str


class Heading(NamedTuple):
    """A heading as rendered, without the mark that links to it."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page: ``path`` is its source below docs, "" where it has none (404.html).

    ``ids`` and ``uses`` map each id and address to how often the page has it, in document order.
    ``nameless`` are the addresses of links and headings without words; ``unlabelled`` those of images
    without them. ``summaries`` are the descriptions for search engines and link previews, ``visible`` the
    text outside answers (of pages that have answers), ``leftovers`` the ``[^x]`` that stayed text, ``marks``
    the ids that aliases put there.
    """

    path: str
    url: str
    ids: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[Use, int] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    unlabelled: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    visible: str = ""
    leftovers: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """The page's file in the site."""
        return file_of(self.url)

    @property
    def own_ids(self) -> list[str]:
        """The ids that somebody wrote, without those that aliases put there."""
        return [key for key, times in self.ids.items() if times > (key in self.marks)]


def parse(path: str, url: str, html: str) -> Page:
    """Return what a check needs to know of a page's HTML."""
    tree = LexborHTMLParser(html)
    reader = _Reader()
    # A page is walked once: a query for each kind of element would walk it as often.
    for node in tree.root.traverse() if tree.root else ():
        reader.take(node, node.tag or "", node.attributes)
    return Page(
        path,
        url,
        ids=reader.ids,
        uses=reader.uses,
        headings=tuple(reader.headings),
        unlabelled=tuple(reader.unlabelled),
        nameless=tuple(reader.nameless),
        summaries=tuple(reader.summaries),
        visible=_visible(tree) if 'class="sg-answer"' in html else "",
        leftovers=_leftovers(html) if "[^" in html else frozenset(),
        marks=frozenset(reader.marks),
    )


class _Reader:
    """Takes in one element after the other."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.uses: dict[Use, int] = {}
        self.headings: list[Heading] = []
        self.unlabelled: list[str] = []
        self.nameless: list[str] = []
        self.summaries: list[str] = []
        self.marks: set[str] = set()

    def take(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Note what an element has of an id, addresses and words."""
        key = attributes.get("id") or ""
        if key:
            self.ids[key] = self.ids.get(key, 0) + 1
            if attributes.get("class") in MARKS:
                self.marks.add(key)
        if names := ADDRESSES.get(tag):
            self._addresses(tag, names, attributes)
        if tag == "a":
            self._link(node, attributes)
        elif tag in HEADINGS:
            self.headings.append(Heading(key, _heading(node)))
        elif tag == "img" and not attributes.get("alt"):
            self.unlabelled.append((attributes.get("src") or "").strip())
        elif tag == "meta" and (attributes.get("name") or attributes.get("property")) in SUMMARIES:
            self.summaries.append(attributes.get("content") or "")

    def _addresses(self, tag: str, names: tuple[str, ...], attributes: Mapping[str, str | None]) -> None:
        for name in names:
            value = attributes.get(name)
            if value is not None:
                for part in _srcset(value) if name == "srcset" else (value.strip(),):
                    use = Use(tag, part)
                    self.uses[use] = self.uses.get(use, 0) + 1

    def _link(self, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
        if (name := attributes.get("name")) and name not in self.ids:
            self.ids[name] = 1
        if (href := attributes.get("href")) is not None and _is_nameless(node):
            self.nameless.append(href.strip())


def _srcset(value: str) -> list[str]:
    return [part.split()[0] for part in value.split(",") if part.strip()]


def _is_nameless(node: LexborNode) -> bool:
    """Return whether a link says nothing to anybody: no text, no name, no picture with words."""
    child = node.first_child
    if child is not None and child.is_text_node and child.next is None and (child.text_content or "").strip():
        return False
    if (node.text() or "").strip():
        return False
    named = any(node.attributes.get(name) for name in ("aria-label", "aria-labelledby", "title"))
    return not named and node.css_first("img[alt]:not([alt='']), svg, [aria-label]") is None


def _heading(node: LexborNode) -> str:
    link = node.css_first("a.headerlink")
    text = node.text() or ""
    return " ".join((text.removesuffix(link.text() or "") if link else text).split())


def _visible(tree: LexborHTMLParser) -> str:
    """Return the words of a page that are there before any answer is opened."""
    for node in tree.css(".sg-answer, script, style"):
        node.decompose()
    return " ".join((tree.body.text(separator=" ") if tree.body else "").split())


def _leftovers(html: str) -> frozenset[str]:
    """Return the footnote marks that were not understood: those still there as text, outside code."""
    tree = LexborHTMLParser(html)
    for node in tree.css("pre, code, script, style"):
        node.decompose()
    text = tree.body.text() if tree.body else ""
    return frozenset(part.partition("]")[0] for part in text.split("[^")[1:] if "]" in part)


class Place(NamedTuple):
    """Where an address leads in the site: a page or file, and an anchor on it."""

    url: str
    anchor: str


@dataclass(frozen=True)
class Site:
    """The built site: ``base`` is the path it is served under, ``/`` or ``/guide/``.

    ``pages`` has a page under its source's path, and under its own file's where it has no source.
    """

    pages: Mapping[str, Page]
    files: frozenset[str]
    base: str = "/"
    folder: Path = Path()
    _places: dict[tuple[str, str], Place | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def page_at(self) -> dict[str, Page]:
        """The page at each address, ``index.html`` spelled out or not."""
        return {page.file: page for page in self.pages.values()}

    def place(self, href: str, page: Page) -> Place | None:
        """Return where ``href`` on ``page`` leads, None if it leaves the site; above the root is ``../``."""
        if href.startswith("#"):
            return Place(page.url, _anchor(href[1:]))
        folder = posixpath.dirname(page.url)
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
        if parts.scheme or parts.netloc:
            return None
        path, anchor = unquote(parts.path), _anchor(parts.fragment)
        if not path:
            return Place(SAME, anchor)
        if path.startswith("/"):
            path = path if path != self.base.rstrip("/") else self.base
            path = path.removeprefix(self.base) if path.startswith(self.base) else f"../{path}"
            joined = posixpath.normpath(path.lstrip("/") or ".")
        else:
            joined = posixpath.normpath(posixpath.join(folder, path))
        is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        return Place("" if joined == "." else f"{joined}/" if is_folder else joined, anchor)

    def exists(self, url: str) -> bool:
        """Return whether a file answers at this address."""
        return file_of(url) in self.files or f"{url}/index.html" in self.files


# The address of a link that names no path: no page can have it.
SAME = "\0"


def _anchor(fragment: str) -> str:
    """Return the id that a fragment names, "" where a script or the browser reads it otherwise."""
    text = fragment.partition(":~:")[0]
    return "" if text.startswith(("/", "!", "?")) else unquote(text)


def file_of(url: str) -> str:
    """Return the file behind an address of the site."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def read_site(folder: Path, urls: Mapping[str, str], site_url: str = "") -> Site:
    """Read a built site: ``urls`` maps each page's source path to its address."""
    files = frozenset(_files(folder))
    written = {file_of(url): path for path, url in urls.items()}
    pages = [(written.get(name, ""), name) for name in sorted(files) if name.endswith((".html", ".htm"))]
    found = {path or name: parse(path, urls.get(path, _url(name)), _text(folder / name)) for path, name in pages}
    order = [*(path for path in urls if path in found), *(key for key in found if key not in urls)]
    return Site({key: found[key] for key in order}, files, urlsplit(site_url).path.rstrip("/") + "/", folder)


def _files(folder: Path) -> Iterator[str]:
    root = str(folder)
    for parent, _, names in os.walk(root):
        start = "" if parent == root else os.path.relpath(parent, root).replace(os.sep, "/") + "/"
        yield from (start + name for name in names)


def _url(name: str) -> str:
    """Return the address of a page without a source, as its links are relative to."""
    return name.removesuffix("index.html") if name == "index.html" or name.endswith("/index.html") else name


def _text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
