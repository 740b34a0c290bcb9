"""Where an address of a rendered page is written: in the page, or in a file that it includes.

[the map](map.md#top)        ->  the href "../map/#top": MkDocs rewrites what names a page
<a href="map.md">the map</a> ->  the href "map.md": raw HTML stays as it is
"""

from __future__ import annotations

import posixpath
import re
from collections import deque
from dataclasses import replace
from html import unescape
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from studyguide.model import Position
from studyguide.site.page import file_of
from studyguide.text.inputs import MARKDOWN
from studyguide.text.source import CODE_INDENT, ESCAPE_RE, Link, is_indented_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.listing import Project
    from studyguide.site.page import Page, Use
    from studyguide.text.source import Source

# The rest of a raw link, up to its end: what it says, if anything.
RAW_LINK_RE = re.compile(
    r"<a\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(?P<inside>.*?)</a\s*>", re.DOTALL | re.IGNORECASE
)
RAW_IMAGE_RE = re.compile(r"<img\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
NAME_RE = re.compile(r"\b(?:aria-label|aria-labelledby|title|alt)\s*=\s*(?![\"']{2})", re.IGNORECASE)
QUOTE_RE = re.compile(r" {0,3}> ?")
ALT_RE = re.compile(r"\salt\b", re.IGNORECASE)
WORDLESS_RE = re.compile(r"<[^<>]*>|!\[\s*\]\([^()]*\)")


def is_raw(link: Link) -> bool:
    """Return whether a link is raw HTML: its place is that of the tag, and its address stands further on."""
    if link.text is not None or link.start is None:
        return False
    return (link.start.line, link.start.column) > (link.position.line, link.position.column + 1)


def is_code(source: Source, position: Position) -> bool:
    """Return whether a line is code by its indentation alone: its links are in the prose, and lead nowhere."""
    return _is_code(source.lines, position.line - 1)


def _is_code(lines: list[str], at: int) -> bool:
    if QUOTE_RE.match(lines[at]):
        # In a quotation, as if there were none.
        quote = list(takewhile(QUOTE_RE.match, reversed(lines[:at])))[::-1]
        return _is_code([QUOTE_RE.sub("", line, count=1) for line in [*quote, lines[at]]], len(quote))
    first = at
    if not lines[first].expandtabs(CODE_INDENT).startswith(" " * CODE_INDENT):
        return False
    while first > 0 and lines[first - 1].strip():
        first -= 1
        # The later lines of a paragraph or an item may be indented as far as they like.
        if not lines[first].expandtabs(CODE_INDENT).startswith(" " * CODE_INDENT):
            return False
    return is_indented_code(lines, first)


def from_docs(path: str, folder: str, project: Project) -> str:
    """Return the path below docs that a path in Markdown names from a folder there, "" for none."""
    if project.from_docs and path.startswith("/"):
        path, folder = path.lstrip("/"), ""
    return path and posixpath.normpath(posixpath.join(folder, path))


class Locator:
    """Where one page's addresses are written; each written place answers once."""

    def __init__(self, page: Page, book: Book) -> None:
        self._page, self._book, self._source = page, book, book.sources.get(page.path)
        self._texts: dict[str, Source] = {}
        self._written: dict[str, list[Link]] = {}
        self._notes: dict[str, list[Link]] = {}
        self._loose: dict[str, list[Link]] | None = None
        self._found: set[Link] = set()
        self._next: dict[Use, deque[Link]] = {}
        self._hrefs = {use.href for use in page.uses}
        texts = [self._source, *book.included.get(page.path, ())] if self._source else []
        for text in texts:
            self._texts[text.path] = text
            self._take((link for link in text.links if not is_code(text, link.position)), self._written)
            if "footnotes" not in book.listing.syntax:
                self._take(text.note_links.values(), self._notes if book.project.directives else self._written)
            for key, position in text.citations:
                self._written.setdefault(f"#src-{key}", []).append(Link(f"#src-{key}", position))

    def _take(self, links: Iterable[Link], written: dict[str, list[Link]]) -> None:
        for link in links:
            for name in dict.fromkeys(self._renderings(link)):
                written.setdefault(name, []).append(link)

    def _renderings(self, link: Link) -> list[str]:
        """Return the names under which an address of the rendered page may be this link: the surest first."""
        if not is_raw(link) and (name := self._rewritten(link.dest)):
            return [name]
        gone = [name] if not is_raw(link) and (name := self._was_rewritten(link.dest)) else []
        parts = [part.split()[0] for part in link.dest.split(",") if part.strip()] if is_raw(link) else []
        plain = ESCAPE_RE.sub(lambda match: match.group()[1:], link.dest)
        dests = dict.fromkeys([link.dest, *parts, plain, unescape(link.dest), " ".join(unescape(plain).split())])
        return [*gone, *(name for dest in dests for name in (self._name(dest), dest, unquote(dest)))]

    def _target(self, dest: str) -> tuple[str, str]:
        """Return what a relative Markdown link names, as a path below docs and an anchor."""
        path, _, anchor = dest.partition("#")
        path = from_docs(unquote(path.partition("?")[0]), posixpath.dirname(self._page.path), self._book.project)
        return path, unquote(anchor)

    def _rewritten(self, dest: str) -> str:
        """Return where MkDocs leads a relative Markdown link to a file that is there, as ``file#anchor``."""
        target, anchor = self._target(dest)
        page = self._book.site.pages.get(target)
        if not target or not (target in self._book.site.files or (page and page.path)):
            return ""
        return f"{file_of(page.url) if page else target}#{anchor}"

    def _was_rewritten(self, dest: str) -> str:
        """Return where MkDocs led a link to a page that is left out now, or gone since this page was built."""
        target, anchor = self._target(dest)
        if not target.endswith(MARKDOWN) or dest in self._hrefs:
            return ""  # what MkDocs finds no page for it leaves as it is
        return f"{file_of(self._book.project.former_address(target))}#{anchor}"

    def _name(self, href: str) -> str:
        """Return where an address leads in the site, as ``file#anchor``; the address itself if that is elsewhere."""
        try:
            place = self._book.site.place(href, self._page)
        except ValueError:
            place = None
        return f"{file_of(place.url)}#{place.anchor}" if place else href

    def find(self, use: Use, fits: Callable[[Link], bool] | None = None) -> Link:
        """Return the next link that is written so, one that ``fits`` first; the page's first line if it is the theme's."""
        if fits is None and use in self._next:
            return self._take_next(self._next[use])
        if places := self._places(use):
            # An image may be in a link that leads to it.
            alike = [link for link in places if link.image == (use.tag == "img")] or places
            if fits is None:
                return self._take_next(self._next.setdefault(use, deque(alike)))
            return self._take_next(deque([link for link in alike if fits(link)] or places[:1]))
        if cited := next((each for each in self._book.cited if each.url == use.href), None):
            return Link(use.href, cited.places.get("url", cited.position))
        if self._source is None:
            return Link(use.href, Position(self._page.file))
        return Link(use.href, self._source.position(self._source.body_start))

    def _take_next(self, links: deque[Link]) -> Link:
        """Return the first that has not answered yet, the last where all have."""
        while len(links) > 1 and links[0] in self._found:
            links.popleft()
        self._found.add(links[0])
        return links[0]

    def is_written(self, use: Use) -> bool:
        """Return whether the author wrote this address: what is not written is the theme's."""
        return bool(self._places(use))

    def is_note(self, use: Use) -> bool:
        """Return whether this is what became of a footnote, where none is read: that is a problem of its own."""
        return not self._written_as(use, self._written) and bool(self._written_as(use, self._notes))

    def _places(self, use: Use) -> list[Link]:
        found = self._written_as(use, self._written) or self._loosely(self._names(use)) or self._filled(use)
        return found or list(self._verbatim(use))

    def _verbatim(self, use: Use) -> Iterator[Link]:
        """Yield where an address stands after brackets that the parser took for a link's, though nobody writes one so."""
        # Of one that goes on over lines, the first says where it is; what goes on in its line is another address.
        first, lines, _ = use.href.partition("\n")
        pattern = re.compile(rf"\]\({re.escape(first)}" + ("" if lines else r"(?=[\s)>]|\Z)"))
        for text in self._texts.values() if first else ():
            if found := pattern.search(text.prose):
                yield Link(use.href, text.position(found.start() + 2))

    def _filled(self, use: Use) -> list[Link]:
        """Return what may be the link where a plugin fills addresses in, the one with the most letters of its own first."""
        links = (each for text in self._texts.values() for each in text.filled_links)
        found = [(pattern, link) for pattern, link in links if pattern.fullmatch(use.href)]
        # What nothing fills in stands as it is written.
        if alike := [link for _, link in found if link.dest.strip() == use.href]:
            return alike
        found.sort(key=lambda each: len(each[0].pattern), reverse=True)
        return [replace(link, dest=use.href) for _, link in found]

    def _written_as(self, use: Use, written: dict[str, list[Link]]) -> list[Link]:
        return next((written[name] for name in self._names(use) if written.get(name)), [])

    def _names(self, use: Use) -> list[str]:
        return [self._name(use.href), use.href, unquote(use.href)]

    def _loosely(self, names: list[str]) -> list[Link]:
        """Return what may be the link where the source does not show it plainly: the page has it, so it is written."""
        if self._loose is None:
            self._loose = {}
            for text in self._texts.values():
                self._take(text.loose_links, self._loose)
        return next((self._loose[name] for name in names if self._loose.get(name)), [])

    def says(self, link: Link) -> str:
        """Return the words of a link as they are written."""
        if not is_raw(link):
            return link.text or ""
        tag = RAW_LINK_RE.match(*self._at(link))
        return tag["inside"] if tag else ""

    def says_nothing(self, link: Link) -> bool:
        """Return whether a link as it is written has no words."""
        if not is_raw(link):
            return not unescape(WORDLESS_RE.sub("", link.text or "")).strip()
        tag = RAW_LINK_RE.match(*self._at(link))
        if tag is None or NAME_RE.search(tag["attributes"]):
            return False
        return not WORDLESS_RE.sub("", tag["inside"]).strip() and not NAME_RE.search(tag["inside"])

    def has_no_alt(self, link: Link) -> bool:
        """Return whether an image as it is written has no alt text; an empty one in raw HTML says it is decoration."""
        if not is_raw(link):
            return link.image and link.text is not None and not unescape(link.text).strip()
        tag = RAW_IMAGE_RE.match(*self._at(link))
        return tag is not None and not ALT_RE.search(tag["attributes"])

    def _at(self, link: Link) -> tuple[str, int]:
        source = self._texts[link.position.path]
        return source.text, source.offset(link.position.line) + link.position.column - 1
