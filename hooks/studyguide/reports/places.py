"""Where on its rendered page a problem shows: the element, and the mark that a panel can lead to.

    docs/a.md:7:5: LNK001 `map.md` ...  ->  <a href="map.md">, the second of that address

A finding about an address leads to it; any other to the directive, raw HTML or heading that holds its line, or to
the nearest of those above it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from studyguide.text.source import Source, is_indented_code, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studyguide.directives.block import Block
    from studyguide.directives.part import Part
    from studyguide.model import Position, Problem
    from studyguide.site.site import Site

# Quotes mean something only after an equals sign. What one alternative has taken is never tried again, and what never
# ends goes on to the end of the page, as in a browser: so no page takes long to read.
TAG_RE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|template|title)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<name>[a-z][\w:-]*)(?P<attributes>(?:[^>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=)*+)(?P<end>>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# One whose value does not end is none that could be changed.
ATTRIBUTE_RE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))|(?!\s*=))"
)
ADDRESSES = ("href", "src", "srcset", "poster", "data")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
HEADING_RE = re.compile(r"^[ \t>]*(?:#{1,6}(?![#\s]|$)|#{1,6}[ \t]+(?=\S)|<h[1-6]\b)")
UNDERLINE_RE = re.compile(r"^(?:=+|-+)[ \t]*$")
HEADING_END_RE = re.compile(r"[ \t]*#*[ \t]*(?:\{[^{}]*\})?[ \t]*$")
WRITTEN_ID_RE = re.compile(r"\bid\s*=\s*[\"']?(?P<html>[^\s\"'>]+)|(?<=[{ ])#(?P<list>[\w:.-]+)(?=[^{}\n]*\})")
# What an address of a page loses on its way to the site: `a/index.md` is served as `a/`, `b.md` as `b/` or `b.html`.
PAGE_RE = re.compile(r"(?:(?:^|/)(?:index|README))?\.(?:md|html)$")


@dataclass(frozen=True, slots=True)
class ServedPage:
    """A page of the guide: its file as problems name it, its address, its title, its source, and its directives."""

    path: str
    url: str
    title: str
    text: str
    blocks: Sequence[Block] = ()


def served(sources: Mapping[str, Source], parts: Mapping[str, Part], site: Site) -> list[ServedPage]:
    """Return the pages that somebody wrote, for the panels of a site that is served."""
    return [
        ServedPage(
            source.path,
            page.url,
            page.headings[0].words if page.headings else page.path,
            source.text,
            parts[page.path].blocks if page.path in parts else (),
        )
        for page in site.pages.values()
        if (source := sources.get(page.path))
    ]


class _Element(NamedTuple):
    """A start tag: ``start`` is its ``<``, ``end`` is after its ``>``; names are in small letters."""

    name: str
    start: int
    end: int
    values: dict[str, str]


class _Address(NamedTuple):
    """As written; and its file, the same for a Markdown file and the page it is served as; and its anchor."""

    written: str
    path: str
    anchor: str


class _Place(NamedTuple):
    """An element of the page, and whether a problem is in it or only somewhere below it."""

    element: _Element
    exact: bool


class _Mark(NamedTuple):
    """What becomes of an element: ``id`` is "" if it keeps its own, ``inner`` is the id of an empty element in it."""

    element: _Element
    id: str
    inner: str
    exact: bool


def elements(html: str) -> Iterator[_Element]:
    for tag in TAG_RE.finditer(html):
        if tag["name"] and tag["end"]:
            values: dict[str, str] = {}
            for m in ATTRIBUTE_RE.finditer(html, *tag.span("attributes")):
                values.setdefault(m["name"].lower(), unescape(m["double"] or m["single"] or m["bare"] or ""))
            yield _Element(tag["name"].lower(), tag.start(), tag.end(), values)


def _content(html: str, elements: list[_Element]) -> list[_Element]:
    """Return the start tags of what the author wrote; the first is the element around it."""
    ranks = {"article": 0, "main": 1, "body": 2}
    kinds = ((ranks.get("main" if e.values.get("role") == "main" else e.name, 3), e.start, e) for e in elements)
    whole = min(kinds, key=lambda kind: kind[:2])[2]
    end = html.rfind(f"</{whole.name}", whole.end)
    return [e for e in elements if whole.start <= e.start and (end < 0 or e.start < end)]


def mark(html: str, page: ServedPage, problems: Sequence[Problem]) -> tuple[list[str], list[_Mark]]:
    """Return the anchor of every problem's place on its page, and the mark of every element that is one."""
    found = list(elements(html))
    finder = _Finder(page, html, _content(html, found))
    return _marks([finder.find(problem.position) for problem in problems], found)


def _marks(places: list[_Place], elements: list[_Element]) -> tuple[list[str], list[_Mark]]:
    """Return the anchor of every place, and the mark of every element that is one."""
    firsts: dict[str, int] = {}
    for element in elements:
        firsts.setdefault(element.values.get("id", ""), element.start)
    anchors: list[str] = []
    marks: dict[int, _Mark] = {}
    for number, (element, exact) in enumerate(places, start=1):
        own, made = element.values.get("id", ""), f"sg-problem-{number}"
        # A browser goes to the first of those with the same id.
        lost = own and firsts[own] != element.start
        mark = marks.get(element.start) or _Mark(element, "" if own else made, made if lost else "", exact)
        marks[element.start] = mark._replace(exact=mark.exact or exact)
        anchors.append(mark.inner or mark.id or own)
    return anchors, list(marks.values())


def marked(html: str, mark: _Mark) -> str:
    """Return an element's start tag with its mark."""
    element, name = mark.element, "sg-problem-here" if mark.exact else "sg-problem-near"
    after = element.start + 1 + len(element.name)
    tag, rest = html[element.start : after], html[after : element.end]
    old = next((m for m in ATTRIBUTE_RE.finditer(rest) if m["name"].lower() == "class"), None)
    if old:
        names = escape(f"{element.values['class']} {name}".strip())
        rest = f'{rest[: old.start()]}class="{names}"{rest[old.end() :]}'
    new = (f' id="{mark.id}"' if mark.id else "") + ("" if old else f' class="{name}"')
    return f"{tag}{new}{rest}" + (f'<span id="{mark.inner}"></span>' if mark.inner else "")


class _Finder:
    """Finds the element that a place in a page's source became."""

    def __init__(self, page: ServedPage, html: str, elements: list[_Element]) -> None:
        self._html, self._elements = html, elements
        self._source, self._blocks = Source(page.path, page.text), page.blocks
        # `a.md` is served as `a/`: addresses in it go up one folder more than in the source.
        stem = posixpath.splitext(posixpath.basename(page.path))[0]
        self._folder = stem if f"/{page.url}".endswith(f"/{stem}/") else ""

    def find(self, position: Position) -> _Place:
        """Return the link, image, directive or heading at the position; the nearest above, if there is none at it."""
        return self._by_address(position) or self._by_line(position.line)

    def _by_address(self, position: Position) -> _Place | None:
        address = self._written.get(position)
        if address is None:
            return None
        before = sum(_same(address, other) for at, other in self._written.items() if at < position)
        found = [element for there, element in self._shown if _same(address, there)]
        return _Place(found[min(before, len(found) - 1)], exact=True) if found else None

    @cached_property
    def _written(self) -> dict[Position, _Address]:
        citations = {position: _address(f"#src-{key}") for key, position in self._source.citations}
        return citations | {link.position: _address(link.dest) for link in self._source.links}

    @cached_property
    def _shown(self) -> list[tuple[_Address, _Element]]:
        return [
            (_address(element.values[name], self._folder), element)
            for element in self._elements
            if element.values.get("class") != "headerlink"
            for name in ADDRESSES
            if name in element.values
        ]

    def _by_line(self, line: int) -> _Place:
        above = [(last >= line, first, element) for first, last, element in self._landmarks if first <= line]
        if above:
            inside, _, element = max(above, key=lambda landmark: landmark[:2])
            return _Place(element, inside)
        headings = (element for element in self._elements if element.name in HEADINGS)
        return _Place(next(headings, self._elements[0]), exact=False)

    @cached_property
    def _landmarks(self) -> list[tuple[int, int, _Element]]:
        """What has a known place on the page: first line, last line, element."""
        return [*self._named(), *self._headings()]

    def _named(self) -> Iterator[tuple[int, int, _Element]]:
        shown: dict[str, list[_Element]] = defaultdict(list)
        for element in self._elements:
            shown[element.values.get("id", "")].append(element)
        seen: Counter[str] = Counter()
        for first, last, key in sorted([*self._directives(), *self._ids()]):
            if seen[key] < len(shown[key]):
                yield first, last, shown[key][seen[key]]
            seen[key] += 1

    def _directives(self) -> Iterator[tuple[int, int, str]]:
        for block in self._blocks:
            if block.position.path == self._source.path:
                yield block.position.line, block.last, block.key

    def _ids(self) -> Iterator[tuple[int, int, str]]:
        for match in WRITTEN_ID_RE.finditer(self._source.prose):
            line = self._source.position(match.start()).line
            yield line, line, match["html"] or match["list"]

    def _headings(self) -> Iterator[tuple[int, int, _Element]]:
        """Pair the headings in their order: all, if there are as many; those with the same words, if not."""
        written = list(self._written_headings())
        shown = [element for element in self._elements if element.name in HEADINGS]
        if len(written) == len(shown):
            yield from ((line, line, element) for (line, _), element in zip(written, shown, strict=True))
            return
        words = [_words(self._html[e.end : self._html.find(f"</{e.name}", e.end)]) for e in shown]
        start = 0
        for line, text in written:
            if text in words[start:]:
                start = words.index(text, start) + 1
                yield line, line, shown[start - 1]

    def _written_headings(self) -> Iterator[tuple[int, str]]:
        prose, lines = ["", *self._source.prose.split("\n"), ""], self._source.lines
        for index, line in enumerate(lines):
            before, text, after = prose[index : index + 3]
            underlined = text.strip() and not before.strip() and UNDERLINE_RE.match(after)
            if underlined or (HEADING_RE.match(text) and not is_indented_code(lines, index)):
                yield index + 1, _words(plain(HEADING_END_RE.sub("", line).lstrip("> \t#")))


def _address(written: str, folder: str = "") -> _Address:
    path, _, anchor = written.strip().partition("#")
    if path and "//" not in path:
        path = PAGE_RE.sub("", posixpath.normpath(posixpath.join(folder, unquote(path)))) or "."
    return _Address(written.strip(), path, unquote(anchor))


def _same(one: _Address, other: _Address) -> bool:
    """Return whether two addresses are one: the build leads an anchor alone to any page, and leaves what it does not know."""
    alone = bool(one.anchor) and not (one.path and other.path)
    return one.written == other.written or (one.anchor == other.anchor and (one.path == other.path or alone))


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unescape(re.sub(r"<[^>]+>", "", text))).strip().lower()
