"""The guide before anything is put into it: what a mistake can be made of, each with its place.

The engine's own parsers find the places, so none lies in code, and what a change does is known.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from markdown.extensions.toc import slugify
from studyguide import directives
from studyguide.directives.given import Line
from studyguide.text.source import Source, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.directives.block import Block
    from studyguide.directives.part import Part
    from studyguide.model import Position
    from studyguide.text.source import Link

ELSEWHERE_RE = re.compile(r"[a-zA-Z][\w+.-]*:|//")
HEADING_RE = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<words>[^\n{]*?)[ \t]*(?P<list>\{[ \t]*#(?P<id>[\w-]+)[ \t]*\})?[ \t]*$"
)


class Edit(NamedTuple):
    """A change of the characters from ``start`` to ``end`` of a file."""

    path: str
    start: int
    end: int
    new: str


class Edited(Mapping[str, bytes]):
    """Files with edits made in them when they are asked for: of many mutants that could be, few are tried."""

    def __init__(self, original: Original, edits: Iterable[Edit]) -> None:
        self._original = original
        self._edits = defaultdict[str, list[Edit]](list)
        for edit in edits:
            self._edits[edit.path].append(edit)

    def __getitem__(self, path: str) -> bytes:
        return _applied(self._original.text(path), self._edits[path]).encode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._edits)

    def __len__(self) -> int:
        return len(self._edits)


class Placed(NamedTuple):
    """A link of a page, the page that it leads to ("" for none) and the anchor that it names."""

    path: str
    link: Link
    page: str
    anchor: str

    @property
    def line(self) -> int:
        """Where it is written."""
        return self.link.position.line


class Heading(NamedTuple):
    """A heading outside code and directives; ``explicit`` says whether its id is written as ``{ #id }``."""

    path: str
    line: int
    marks: str
    words: str
    id: str
    explicit: bool


class Found(NamedTuple):
    """A directive of a page, from the line that opens it to the one that closes it."""

    path: str
    block: Block
    first: int
    last: int
    body: list[Line]

    @property
    def id(self) -> str:
        """Its id, "" if it has none."""
        return self.block.text("id")

    def line(self, option: str) -> int:
        """Return the line of one of its options."""
        return self.block.at(option).line


@dataclass(frozen=True)
class Original:
    """``files`` by path below the project's root; ``pages`` in reading order, each with its address and anchors.

    ``nav`` gives the line of ``settings`` that names a page.
    """

    files: Mapping[str, bytes]
    pages: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]
    nav: Mapping[str, int]
    prefix: str = "docs/"
    settings: str = "mkdocs.yml"
    _others: dict[str, Source] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every page as written, in reading order."""
        return {path: Source(path, self.text(path)) for path in self.pages}

    @cached_property
    def parts(self) -> dict[str, Part]:
        """What the directives of every page define."""
        return {path: directives.read(source) for path, source in self.sources.items()}

    @cached_property
    def links(self) -> list[Placed]:
        """Every link that stays in the guide and whose place is known to the letter, in reading order."""
        return [
            placed for source in self.sources.values() for link in source.links for placed in self._placed(source, link)
        ]

    @cached_property
    def headings(self) -> list[Heading]:
        """Every heading with an id, in reading order."""
        return [heading for source in self.sources.values() for heading in self._headings(source)]

    @cached_property
    def blocks(self) -> list[Found]:
        """Every directive that is in no other, in reading order."""
        return [
            Found(path, block, block.position.line, block.last, self._body(path, block))
            for path, part in self.parts.items()
            for block in part.blocks
            if not block.inside
        ]

    @cached_property
    def gaps(self) -> list[tuple[str, int]]:
        """Every page and line before which a paragraph may be put in: those of headings."""
        return [
            (heading.path, heading.line)
            for heading in self.headings
            if len(heading.marks) > 1 and not self.sources[heading.path].lines[heading.line - 2].strip()
        ]

    def text(self, path: str) -> str:
        """Return a file's text, "" if there is none."""
        return self.files.get(path, b"").decode("utf-8")

    def named(self, name: str) -> list[Found]:
        """Return the directives of one kind."""
        return [found for found in self.blocks if found.block.name == name]

    def uses(self, key: str) -> list[Placed]:
        """Return the links to an id."""
        return [placed for placed in self.links if placed.anchor == key]

    def apply(self, edits: Iterable[Edit]) -> Edited:
        """Return the files that the edits change."""
        return Edited(self, edits)

    def lines(self, path: str, first: int, last: int, new: Iterable[str] = ()) -> Edit:
        """Return the edit that puts new lines for those from ``first`` to ``last``; none of them go if last < first."""
        source = self._source(path)
        end = source.offset(last + 1) if last < len(source.lines) else len(source.text)
        return Edit(path, source.offset(first), end, "".join(f"{line}\n" for line in new))

    def dest(self, placed: Placed, new: str) -> Edit:
        """Return the edit that gives a link another destination."""
        start = self._offset(placed.link.start or placed.link.position)
        return Edit(placed.path, start, start + len(placed.link.dest), new)

    def words(self, placed: Placed, new: str) -> Edit:
        """Return the edit that puts words in the place of a whole Markdown link."""
        start, text = self._offset(placed.link.position), self.text(placed.path)
        end = text.index(")", self._offset(placed.link.start or placed.link.position) + len(placed.link.dest)) + 1
        return Edit(placed.path, start, end, new)

    def is_there(self, path: str) -> bool:
        """Return whether a file or folder is there."""
        return path in self.files or any(name.startswith(f"{path}/") for name in self.files)

    def _source(self, path: str) -> Source:
        """Return a file as written, page or not."""
        if path not in self.sources and path not in self._others:
            self._others[path] = Source(path, self.text(path))
        return self.sources.get(path) or self._others[path]

    def _offset(self, position: Position) -> int:
        return self.sources[position.path].offset(position.line) + position.column - 1

    def _placed(self, source: Source, link: Link) -> Iterator[Placed]:
        path, _, anchor = link.dest.partition("#")
        start = link.start
        if ELSEWHERE_RE.match(link.dest) or start is None:
            return
        offset = source.offset(start.line) + start.column - 1
        if source.text[offset : offset + len(link.dest)] != link.dest:
            return
        page = (
            posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path))
            if path
            else self._home(anchor, source)
        )
        yield Placed(source.path, link, page if page in self.pages else "", anchor)

    def _home(self, anchor: str, source: Source) -> str:
        """Return the page that a bare ``#anchor`` leads to."""
        if anchor in self.anchors.get(source.path, {}):
            return source.path
        return next((page for page, ids in self.anchors.items() if anchor in ids), "")

    def _body(self, path: str, block: Block) -> list[Line]:
        """Return the lines of a directive as written, after its options."""
        inner = self.sources[path].lines[block.position.line : block.last - 1]
        options = next((i for i, line in enumerate(inner) if not line.startswith("    ")), len(inner))
        return [Line(text, block.position.line + 1 + i) for i, text in enumerate(inner) if i >= options]

    def _headings(self, source: Source) -> Iterator[Heading]:
        """Yield the headings of a page whose ids are certain: where two could have one, which does depends on both."""
        inside = {
            line for found in self.blocks if found.path == source.path for line in range(found.first, found.last + 1)
        }
        prose = source.prose.split("\n")
        matches = [
            (number, match)
            for number, line in enumerate(source.lines, start=1)
            if number not in inside and prose[number - 1].strip() and (match := HEADING_RE.match(line))
        ]
        ids = Counter(key for _, match in matches for key in {match["id"], slug(match["words"])})
        for number, match in matches:
            key = match["id"] or slug(match["words"])
            if ids[key] == 1 and key in self.anchors.get(source.path, {}):
                yield Heading(source.path, number, match["marks"], match["words"], key, explicit=bool(match["list"]))


def slug(words: str) -> str:
    """Return the id that the words of a heading give it."""
    return slugify(plain(words), "-")


def _applied(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text
