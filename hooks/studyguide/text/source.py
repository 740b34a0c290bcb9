"""A Markdown file as its author wrote it: where its code is, and where its links are.

    See [the map](map.md#routes).     ->  Link("map.md#routes", docs/a.md:1:5)
    Write `[the map](map.md)`.        ->  nothing: it is code

The rendered page decides what is right; this module only says where things are written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import yaml

from studyguide.model import Position
from studyguide.text import marks, quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE_INDENT = 4
FRONT_MATTER_RE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n+|\Z)", re.DOTALL)
FENCE_RE = re.compile(r"^(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
DRAWING_RE = re.compile(r"[{ .]*(?:tikz|mermaid)\b")
SLASHES_RE = re.compile(r"^[ \t>]*/{3,}(?:[ \t]|$)")
# A backslash before a span's first mark takes it away; one before its last is code.
CODE_SPAN_RE = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
LITERAL_RE = re.compile(r"<!--.*?-->|<(?P<tag>pre|code|script|style)\b.*?</(?P=tag)>", re.DOTALL | re.IGNORECASE)
ESCAPE_RE = re.compile(r"\\[\\`*_{}\[\]()<>#+.!|-]")
# The look-ahead finds an image inside a link too; text is bounded so that a wall of brackets stays cheap.
INLINE_LINK_RE = re.compile(
    r"(?=(?P<whole>(?P<bang>!|(?<!!))\[(?P<text>(?:[^\[\]]|\[[^\[\]]{0,500}\]){0,2000})\]"
    r"\([ \t\n]*(?P<dest><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'))?[ \t\n]*\)))"
)
LINK_DEFINITION_RE = re.compile(r"^ {0,3}\[(?P<label>[^\]\n@^][^\]\n]*)\]:[ \t]*(?P<dest><[^<>\n]*>|\S+)", re.MULTILINE)
HTML_TAG_RE = re.compile(r"<(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)")
ADDRESS_RE = re.compile(
    r"(?<=[\s\"'])(?P<name>href|src|srcset|poster|data)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
CITATION_RE = re.compile(r"\[(?P<keys>@[\w:.-]+(?:[ \t]*;[ \t]*@[\w:.-]+)*)\]")
# What may hold an indented block: a list item, an admonition, a tab, a footnote, a definition.
CONTAINER_RE = re.compile(r"^[ \t>]*(?:[-*+][ \t]|\d+[.)][ \t]|(?:!!!|\?\?\?\+?|===\+?)[ \t]|\[\^[^\]]+\]:|:[ \t]|>)")
SNIPPET_RE = re.compile(r"^[ \t]*-{1,}8<-{1,}[ \t]+[\"'](?P<name>[^\"']+)[\"'][ \t]*$", re.MULTILINE)


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
    def body_start(self) -> int:
        """Offset of the first character after the front matter."""
        match = FRONT_MATTER_RE.match(self.text)
        return match.end() if match and _is_mapping(match["yaml"]) else 0

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

    def has_line(self, text: str) -> bool:
        """Return whether a line outside code fences is this text."""
        coded = {index for fence in self.fences for index in range(fence.first, fence.last + 1)}
        return any(line.strip() == text for index, line in enumerate(self.lines) if index not in coded)

    @cached_property
    def prose(self) -> str:
        """The text with front matter, code, comments and escapes blanked: offsets are those of the file."""
        lines = self.lines.copy()
        for fence in self.fences:
            for index in range(fence.first, fence.last + 1):
                lines[index] = " " * len(lines[index])
        text = _blank(self.text[: self.body_start]) + "\n".join(lines)[self.body_start :]
        for pattern in (CODE_SPAN_RE, ESCAPE_RE, LITERAL_RE):
            text = pattern.sub(lambda match: _blank(match.group()), text)
        return text

    @cached_property
    def links(self) -> list[Link]:
        """Every link and image of the prose, Markdown or raw HTML, in file order."""
        found = [
            Link(dest, self.position(m.start()), self._written(m), bool(m["bang"]), start)
            for m in INLINE_LINK_RE.finditer(self.prose)
            for dest, start in [self._dest(m, "dest")]
        ]
        for m in LINK_DEFINITION_RE.finditer(self.prose):
            dest, start = self._dest(m, "dest")
            found.append(Link(dest, self.position(m.start("dest")), start=start))
        found += self._html_links()
        return sorted(found, key=lambda link: link.position)

    def _html_links(self) -> Iterator[Link]:
        """Yield the addresses in raw HTML, each of a ``srcset`` too."""
        for tag in HTML_TAG_RE.finditer(self.prose):
            at, image = self.position(tag.start()), tag["tag"].lower() == "img"
            for m in ADDRESS_RE.finditer(self.prose, tag.start("attributes"), tag.end("attributes")):
                group = next(name for name in ("double", "single", "bare") if m[name] is not None)
                parts = (
                    re.finditer(r"(?:^|,)\s*(\S+)", m[group])
                    if m["name"] == "srcset"
                    else re.finditer(r"\A.*\Z", m[group])
                )
                for part in parts:
                    index = 1 if m["name"] == "srcset" else 0
                    yield Link(part[index], at, image=image, start=self.position(m.start(group) + part.start(index)))

    def _dest(self, match: re.Match[str], group: str) -> tuple[str, Position]:
        """Return a destination without its angle brackets, and where it starts."""
        text = match[group]
        return text.strip("<>"), self.position(match.start(group) + (len(text) - len(text.lstrip("<"))))

    def _written(self, match: re.Match[str]) -> str:
        return self.text[match.start("text") : match.end("text")]

    @cached_property
    def citations(self) -> list[tuple[str, Position]]:
        """Every ``@key`` of every ``[@key; @key]``."""
        return [
            (key.group()[1:], self.position(match.start("keys") + key.start()))
            for match in CITATION_RE.finditer(self.prose)
            for key in re.finditer(r"@[\w:.-]+", match["keys"])
        ]

    @cached_property
    def snippets(self) -> list[tuple[str, Position]]:
        """Every ``--8<-- "file"`` line, inside fences too: the snippet extension reads them there as well."""
        if "8<" not in self.text:
            return []
        return [(m["name"], self.position(m.start("name"))) for m in SNIPPET_RE.finditer(self.text, self.body_start)]


def _is_mapping(text: str) -> bool:
    """Return whether MkDocs takes this for front matter; what is not YAML is meant to be."""
    try:
        return isinstance(quickyaml.load(text), dict)
    except (yaml.YAMLError, ValueError):
        return True


def find_fences(lines: list[str], path: str, *, first: int = 0) -> list[Fence]:
    """Return the closed fences of ``lines[first:]``; an unclosed one is plain text, as in Markdown."""
    fences, index = [], first
    while index < len(lines):
        opening, end = FENCE_RE.match(lines[index]), fence_end(lines, index)
        if opening and end is not None:
            fences.append(_fence(lines, path, index, end, opening))
            index = end
        index += 1
    return fences


def fence_end(lines: list[str], index: int) -> int | None:
    """Return the index of the line that closes the fence opened on this one, None if none opens or closes."""
    opening = FENCE_RE.match(lines[index])
    if not opening:
        return None
    closing = re.compile(rf"^[ \t>]*{re.escape(opening['marks'][0])}{{{len(opening['marks'])},}}[ \t]*$")
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
    return re.sub(r"[^\n]", " ", text)


def plain(markdown: str) -> str:
    """Return a line of Markdown as the words a reader sees; ``[](#id)`` stays, the registry spells it."""
    text = re.sub(rf"\s*{CITATION_RE.pattern}", "", marks.strip(markdown))  # a full stop stands by its word
    text = re.sub(r"!?\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"`+([^`]*)`+", r"\1", text)
    text = re.sub(r"(\*\*|__|\*)(\S(?:.*?\S)?)\1", r"\2", text)
    return " ".join(text.replace("\\", "").split())
