"""A Markdown file as its author wrote it: where its code is, and where its links are.

    See [the map](map.md#routes).     ->  Link("map.md#routes", docs/a.md:1:5)
    Write `[the map](map.md)`.        ->  nothing: it is code

The rendered page decides what is right; this module only says where things are written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING

from studyguide.model import Position
from studyguide.text import css, inclusions, marks, srcset
from studyguide.text import front as front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE_INDENT = 4
FENCE_RE = re.compile(r"^(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
DRAWING_RE = re.compile(r"[{ .]*(?:tikz|mermaid)\b")
SLASHES_RE = re.compile(r"^[ \t>]*/{3,}(?:[ \t]|$)")
# A backslash before a span's first mark takes it away; one before its last is code.
CODE_SPAN_RE = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
# A comment that begins a line goes on to its end; within a line, no further than its paragraph.
LITERAL_RE = re.compile(
    r"^[ ]{0,3}<!--.*?-->|<!--(?:(?!<!--|\n[ \t]*\n).)*?-->|<(?P<tag>pre|code|script|style)\b.*?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
ESCAPE_RE = re.compile(r"\\[\\`*_{}\[\]()>#+.!|-]")
# Text of a link may hold brackets, some deep. Nothing is tried twice, so that a wall of brackets stays cheap.
_TEXT = r"[^\[\]]{0,2000}+"
for _ in range(4):
    _TEXT = rf"(?:[^\[\]]++|\[{_TEXT}\]){{0,500}}+"
_DEST = r"[^\s()]{0,2000}+"
for _ in range(3):
    _DEST = rf"(?:[^\s()]++|\({_DEST}\)){{0,500}}+"
# The look-ahead finds an image inside a link too.
INLINE_LINK_RE = re.compile(
    rf"(?=(?P<whole>(?P<bang>!|(?<!!))\[(?P<text>{_TEXT})\]"
    rf"\([ \t\n]*(?P<dest><[^<>\n]*>|{_DEST})"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'))?[ \t\n]*\)))"
)
# What the parser takes for an address too, though nothing else does.
SPACED_LINK_RE = re.compile(
    r"\[(?P<text>[^\[\]]{0,2000}+)\]\([ \t]*(?P<dest>[^\s()<>]+[ \t]+[^()<>\n\"']*?)"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
LINK_DEFINITION_RE = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+)?\[(?P<label>[^\]\n@^][^\]\n]*)\]:[ \t]*(?:\n[ \t]*(?=\S+[ \t]*$))?(?P<dest><[^<>\n]*>|\S+)",
    re.MULTILINE,
)
# The definition of a footnote of one word, which is a link's where no footnotes are read.
NOTE_LINK_RE = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+)?\[\^(?P<id>[^\[\]^\n]+)\]:[ \t]*\n?[ \t]*(?P<dest>\S+)"
    r"(?:[ \t]+(?:\"[^\n]*\"|'[^\n]*'|\([^\n]*\)))?[ \t]*$",
    re.MULTILINE,
)
HTML_TAG_RE = re.compile(r"<(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)")
AUTOLINK_RE = re.compile(r"<(?P<dest>[a-z][a-z0-9+.-]*://[^<>]*)>", re.IGNORECASE)
# What an extension may make a link of, or a plugin.
BARE_RE = re.compile(r"(?<![\w/(\[<\"'=])https?://[^\s<>\"'`)\]]*[\w/#]", re.IGNORECASE)
# An address that a plugin fills in, such as one in a loop.
FILLED_RE = re.compile(
    r"(?:\]\([ \t]*|\b(?:href|src)\s*=\s*[\"']?)(?P<dest>[^()\"'<>\n]*?\{\{[^{}\n]*\}\}(?:[^()\"'<>\s{}]|\{\{[^{}\n]*\}\})*)"
)
NAME_IN_RE = re.compile(r"\{\{[^{}\n]*\}\}")
ADDRESS_RE = re.compile(
    r"(?<=[\s\"'])(?P<name>(?:xlink:)?href|src|(?:image)?srcset|poster|data|(?:form)?action|cite|background|content|style|srcdoc)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
# A character of an attribute's value, as it is written.
UNIT_RE = re.compile(r"&#?\w+;|.", re.DOTALL)
REFRESH_RE = re.compile(r"\A\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?(?P<url>[^\"']+)", re.IGNORECASE)


def cites_of(mark: str = "") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of one citation, with what may mark its key, and of some in brackets.

    Pandoc's: words before a key, a locator after it; a link may be named so too. Bounded, so that a wall of brackets
    stays cheap.
    """
    words = r"[^\[\]@;]{0,200}"
    one = rf"(?P<before>{words})(?<![^\s\[;-])@(?P<key>\w(?:[\w:.-]*\w)?){mark}(?P<after>(?:[,\s]{words})?)"
    bare = re.sub(r"\?P<\w+>", "?:", one)
    return re.compile(one), re.compile(rf"\[(?P<keys>{bare}(?:;{bare})*)\](?!\()")


CITE_RE, CITATION_RE = cites_of()
# What may hold an indented block: a list item, an admonition, a tab, a footnote, a definition.
CONTAINER_RE = re.compile(r"^[ \t>]*(?:[-*+][ \t]|\d+[.)][ \t]|(?:!!!|\?\?\?\+?|===\+?)[ \t]|\[\^[^\]]+\]:|:[ \t]|>)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block: ``info`` is what follows the marks, ``start`` the place of its first code line."""

    info: str
    code: str
    opening: Position
    start: Position
    first: int
    last: int

    @property
    def language(self) -> str:
        """The word after the marks, without the dot of ``{.tikz}``."""
        words = self.info.strip("{} \t").split()
        return words[0].lstrip(".") if words else ""


@dataclass(frozen=True, slots=True)
class Link:
    """A destination somebody wrote, and where: ``text`` is None in raw HTML and link definitions.

    ``start`` is the place of the destination itself, None where it is not known to the letter.
    """

    dest: str
    position: Position
    text: str | None = None
    image: bool = False
    start: Position | None = None


@dataclass(frozen=True)
class Source:
    """One Markdown file: ``path`` as problems print it, ``text`` with its front matter."""

    path: str
    text: str

    @cached_property
    def front(self) -> front_matter.Front:
        """The front matter."""
        return front_matter.read(self.text)

    @property
    def body_start(self) -> int:
        """Offset of the first character after the front matter."""
        return self.front.end

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines without their ends; line n of the file is item n - 1."""
        return self.text.split("\n")

    @cached_property
    def body_line(self) -> int:
        """The number of the body's first line."""
        return self.text.count("\n", 0, self.body_start) + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def position(self, offset: int) -> Position:
        """Return the line and column of a character offset."""
        line = bisect_right(self._starts, offset)
        return Position(self.path, line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int) -> int:
        """Return the character offset of a line's first character."""
        return self._starts[line - 1]

    @cached_property
    def fences(self) -> list[Fence]:
        """Every closed fence of the body, nested ones inside containers included."""
        return find_fences(self.lines, self.path, first=self.body_line - 1)

    @cached_property
    def unfenced(self) -> str:
        """The text with front matter and fences blanked: offsets are those of the file."""
        lines = self.lines.copy()
        for fence in self.fences:
            for index in range(fence.first, fence.last + 1):
                lines[index] = " " * len(lines[index])
        return _blank(self.text[: self.body_start]) + "\n".join(lines)[self.body_start :]

    @cached_property
    def marked_up(self) -> str:
        """The text with front matter, code and escapes blanked: what is left may be raw HTML."""
        text = self.unfenced
        for sign, pattern in (("`", CODE_SPAN_RE), ("\\", ESCAPE_RE)):
            text = _blanked(pattern, text) if sign in text else text
        return text

    @cached_property
    def prose(self) -> str:
        """The text with comments blanked, too: offsets are those of the file."""
        return _blanked(LITERAL_RE, self.marked_up) if "<" in self.marked_up else self.marked_up

    @cached_property
    def links(self) -> list[Link]:
        """Every link and image of the prose, Markdown or raw HTML, in file order."""
        return self._links_of(self.prose)

    @cached_property
    def note_links(self) -> dict[str, Link]:
        """What a parser without footnotes takes for the definitions of links, by the names of the notes."""
        return {
            match["id"]: Link(match["dest"].strip("<>"), self.position(match.start("id") - 2))
            for match in NOTE_LINK_RE.finditer(self.prose)
        }

    @cached_property
    def loose_links(self) -> list[Link]:
        """What may be a link where a page has one that is not among ``links``: code spans and styles are searched too."""
        styles = [
            Link(address, self.position(offset), start=self.position(offset))
            for offset, address in css.found(self.unfenced)
        ]
        bare = [Link(m.group(), self.position(m.start())) for m in BARE_RE.finditer(self.unfenced)]
        spaced = [
            Link(m["dest"], self.position(m.start()), m["text"], start=self.position(m.start("dest")))
            for m in SPACED_LINK_RE.finditer(self.unfenced)
        ]
        return sorted([*self._links_of(self.unfenced), *spaced, *styles, *bare], key=lambda link: link.position)

    @cached_property
    def filled_links(self) -> list[tuple[re.Pattern[str], Link]]:
        """Every address that a plugin fills in, with what it may become."""
        found = []
        for match in FILLED_RE.finditer(self.unfenced):
            parts = map(re.escape, NAME_IN_RE.split(match["dest"].strip()))
            found.append((re.compile(".*".join(parts)), Link(match["dest"], self.position(match.start("dest")))))
        return found

    def _links_of(self, text: str) -> list[Link]:
        found = [
            Link(dest, self.position(m.start()), self._written(m), bool(m["bang"]), start)
            for m in INLINE_LINK_RE.finditer(text)
            for dest, start in [self._dest(m, "dest")]
        ]
        # What is put between these brackets has to be a whole address, so that there is nothing to mend in place.
        found += [Link(m["dest"], self.position(m.start())) for m in AUTOLINK_RE.finditer(text)]
        for m in LINK_DEFINITION_RE.finditer(text):
            dest, start = self._dest(m, "dest")
            found.append(Link(dest, self.position(m.start("dest")), start=start))
        found += self._html_links(text)
        return sorted(found, key=lambda link: link.position)

    def _html_links(self, text: str) -> Iterator[Link]:
        """Yield the addresses in raw HTML, each of a ``srcset`` or a style too."""
        for tag in HTML_TAG_RE.finditer(text):
            at, image = self.position(tag.start()), tag["tag"].lower() == "img"
            for m in ADDRESS_RE.finditer(text, tag.start("attributes"), tag.end("attributes")):
                group = next(name for name in ("double", "single", "bare") if m[name] is not None)
                if m["name"].lower() == "srcdoc":
                    yield from self._quoted(m.start(group), m[group])
                    continue
                value, places = _read(m[group]) if m["name"].lower() in ("style", "content") else (m[group], None)
                for offset, address in _addresses(m["name"].lower(), value):
                    start = m.start(group) + (places[offset] if places else offset)
                    yield Link(address, at, image=image, start=self.position(start))

    def _quoted(self, start: int, value: str) -> Iterator[Link]:
        """Yield the addresses in HTML that is the value of an attribute, which begins at an offset."""
        read, places = _read(value)
        inside = Source(self.path, read)
        for link in inside._html_links(read):
            at, dest = (
                self.position(start + places[inside.offset(each.line) + each.column - 1])
                for each in (link.position, link.start or link.position)
            )
            yield replace(link, position=at, start=dest)

    def _dest(self, match: re.Match[str], group: str) -> tuple[str, Position]:
        """Return a destination without its angle brackets and the spaces beside them, and where it starts."""
        text = match[group]
        inside = text.strip("<>").strip(" \t")
        return inside, self.position(match.start(group) + text.index(inside))

    def _written(self, match: re.Match[str]) -> str:
        return self.text[match.start("text") : match.end("text")]

    @cached_property
    def citations(self) -> list[tuple[str, Position]]:
        """Every ``@key`` of every ``[@key; see @key, p. 3]``."""
        return [
            (cite["key"], self.position(cite.start("key") - 1))
            for match in CITATION_RE.finditer(self.prose)
            for cite in CITE_RE.finditer(self.prose, match.start("keys"), match.end("keys"))
        ]

    @cached_property
    def snippets(self) -> list[tuple[str, Position]]:
        """Every file that is included, inside fences too: the snippet extension reads them there as well."""
        if "8<" not in self.text:
            return []
        return [(name, self.position(offset)) for name, offset in inclusions.named(self.text, self.body_start) if name]

    @cached_property
    def unending(self) -> list[Position]:
        """Where a list of files to include starts that swallows the rest of the page."""
        if "8<" not in self.text:
            return []
        return [self.position(offset) for name, offset in inclusions.named(self.text, self.body_start) if not name]


def _read(value: str) -> tuple[str, list[int]]:
    """Return the value of an attribute as a browser reads it, and where each of its characters is written."""
    parts = [(found.start(), unescape(found.group())) for found in UNIT_RE.finditer(value)]
    return "".join(text for _, text in parts), [at for at, text in parts for _ in text]


def _addresses(attribute: str, value: str) -> list[tuple[int, str]]:
    """Return the addresses in the value of an attribute, each with its offset there."""
    if attribute.endswith("srcset"):
        return srcset.addresses(value)
    if attribute == "content" and value.startswith(("http://", "https://")):
        return [(0, value)]
    if attribute == "style":
        return css.addresses(value)
    if attribute == "content":
        return [(match.start("url"), match["url"].strip()) for match in REFRESH_RE.finditer(value)]
    return [(0, value)]


def find_fences(lines: list[str], path: str, *, first: int = 0) -> list[Fence]:
    """Return the closed fences of ``lines[first:]``; an unclosed one is plain text, as in Markdown."""
    fences, index = [], first
    while index < len(lines):
        opening = _opening(lines[index])
        end = _end(lines, index, opening) if opening else None
        if opening and end is not None:
            fences.append(_fence(lines, path, index, end, opening))
            index = end
        index += 1
    return fences


def fence_end(lines: list[str], index: int) -> int | None:
    """Return the index of the line that closes the fence opened on this one, None if none opens or closes."""
    opening = _opening(lines[index])
    return _end(lines, index, opening) if opening else None


def _opening(line: str) -> re.Match[str] | None:
    """Return the first line of a fence, if this is one: few need a closer look."""
    return FENCE_RE.match(line) if "```" in line or "~~~" in line else None


def _end(lines: list[str], index: int, opening: re.Match[str]) -> int | None:
    closing = re.compile(rf"^[ \t>]*{re.escape(opening['marks'])}[ \t]*$")
    drawing = DRAWING_RE.match(opening["info"]) is not None
    for i in range(index + 1, len(lines)):
        if closing.match(lines[i]):
            return i
        if drawing and SLASHES_RE.match(lines[i]):
            return None  # the figure around it ends here, so its own end is missing
    return None


def is_indented_code(lines: list[str], index: int) -> bool:
    """Return whether a line is code by its indentation: four spaces or more, and in no container."""
    indent = _indent(lines[index])
    while indent >= CODE_INDENT:
        above = next((i for i in range(index - 1, -1, -1) if lines[i].strip() and _indent(lines[i]) < indent), None)
        if above is None or not CONTAINER_RE.match(lines[above]):
            return True
        # Of a container's own, four spaces are its content's; what follows it at once goes on with its words.
        apart = any(not line.strip() for line in lines[above + 1 : index])
        if apart and indent - _indent(lines[above]) >= 2 * CODE_INDENT:
            return True
        index, indent = above, _indent(lines[above])
    return False


def _indent(line: str) -> int:
    text = line.expandtabs(4)
    return len(text) - len(text.lstrip())


def _fence(lines: list[str], path: str, first: int, last: int, opening: re.Match[str]) -> Fence:
    indent = opening["indent"]
    code = "\n".join(_dedent(line, indent) for line in lines[first + 1 : last])
    return Fence(
        info=opening["info"].strip(),
        code=code,
        opening=Position(path, first + 1, len(indent) + 1),
        start=Position(path, first + 2, len(indent) + 1),
        first=first,
        last=last,
    )


def _dedent(line: str, indent: str) -> str:
    if line.startswith(indent):
        return line[len(indent) :]
    return line.lstrip(" \t>") if line[: len(indent)].strip(" \t>") == "" else line


def _blank(text: str) -> str:
    """Return spaces where there were characters: every offset and line stays."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return a text without what a pattern finds there."""
    return pattern.sub(lambda match: _blank(match.group()), text)


def plain(markdown: str) -> str:
    """Return a line of Markdown as the words a reader sees; ``[](#id)`` stays, the registry spells it."""
    text = marks.strip(markdown)
    # Most lines hold none of this, and every option of every question comes by here.
    if "[" in text:
        text = re.sub(rf"\s*{CITATION_RE.pattern}", "", text)  # a full stop stands by its word
        text = re.sub(r"!?\[([^\]]+)\]\([^)]*\)", r"\1", text)
    if "`" in text:
        text = re.sub(r"`+([^`]*)`+", r"\1", text)
    if "*" in text or "__" in text:
        text = re.sub(r"(\*\*|__|\*)(\S(?:.*?\S)?)\1", r"\2", text)
    return " ".join(text.replace("\\", "").split())
