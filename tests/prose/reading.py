"""A page -> the passages a reader reads, each with its place.

    /// figure | Two routes    ->  Passage("caption", "Two routes")
        alt: A route each.     ->  Passage("alt", "A route each.")

    * Ask `dig` [@dns-a].      ->  Passage("item", "Ask ##### ::::::::.")

A passage's ``text`` is as long as what is written: code shows as a run of ``CODE``, and what no reader sees
(citations, destinations, tags) as a run of ``GAP``. So an offset in it is an offset in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives import checkpoint
from studyguide.directives.block import HEADER_RE
from studyguide.text.source import CITATION_RE, CODE_SPAN_RE, ESCAPE_RE, LITERAL_RE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.model import Position
    from studyguide.text.source import Source

# Private characters: no page holds them, and to `\w` and `\s` they are neither letter nor space.
CODE = "\ue000"
GAP = "\ue001"

TAG_RE = re.compile(r"</?[A-Za-z][^<>]*>|<https?://[^<>\s]*>")
EMPTY_LINK_RE = re.compile(r"\[\]\([^()]*\)")
DESTINATION_RE = re.compile(r"(?<=\])\([^()]*(?:\([^()]*\)[^()]*)*\)|(?<=\])\[[^\]]*\]")
ATTRIBUTES_RE = re.compile(r"\{[ :]*[.#][^{}\n]*\}")
END_RE = re.compile(r"^[ \t]*/{3,}[ \t]*$")
OPTION_RE = re.compile(r"^ {4}\s*(?P<key>[a-z][a-z-]*):[ \t]*(?P<value>.*)$")
HEADING_RE = re.compile(r"^#{1,6}[ \t]+(?P<text>.*?)\s*$")
ADMONITION_RE = re.compile(r"^\s*(?:!!!|\?\?\?\+?|===\+?)[^\"]*(?:\"(?P<text>.*)\")?\s*$")
ITEM_RE = re.compile(r"^\s*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<text>.*?)\s*$")
ROW_RE = re.compile(r"^\s*(?P<text>\|.*\|)\s*$")
RULE_RE = re.compile(r"^[\s|:-]+$")
DEFINITION_RE = re.compile(r"^:[ \t]+(?P<text>.*?)\s*$")
QUOTE_RE = re.compile(r"^\s*>[ \t]?(?P<text>.*?)\s*$")
DESCRIPTION_RE = re.compile(r"^description:[ \t]*(?P<text>.*)$", re.MULTILINE)
# What starts a passage, and whether the next line may go on with it.
STARTS = (
    ("heading", HEADING_RE, False),
    ("title", ADMONITION_RE, False),
    ("row", ROW_RE, False),
    ("item", ITEM_RE, True),
    ("paragraph", DEFINITION_RE, True),
    ("quote", QUOTE_RE, True),
)
IN_CHECKPOINT = {"item": "option", "quote": "reason"}
OPTIONS = ("id", "alt", *checkpoint.OPTIONS)
TITLES = {"figure": "caption", "checkpoint": "question", "objective": "objective"}


class Passage(NamedTuple):
    """A paragraph, item, row, caption ...: ``start`` is the offset of its text in the file.

    ``evidence`` is whether the checkpoint it belongs to names facts.
    """

    kind: str
    start: int
    text: str
    source: Source
    evidence: bool = False

    @property
    def raw(self) -> str:
        """The passage as written."""
        return self.source.text[self.start : self.start + len(self.text)]

    def at(self, offset: int) -> Position:
        """Return the place of a character of the text."""
        return self.source.position(self.start + offset)


def masked(source: Source) -> str:
    """Return the file with code and what is not read masked, and fences blank: every offset stays."""
    lines = source.lines.copy()
    for fence in source.fences:
        for index in range(fence.first, fence.last + 1):
            lines[index] = " " * len(lines[index])
    text = "\n".join(lines)
    text = CODE_SPAN_RE.sub(lambda match: _run(CODE, match), text)
    text = LITERAL_RE.sub(lambda match: _run(" ", match), text)
    text = EMPTY_LINK_RE.sub(lambda match: _run(CODE, match), text)
    for pattern in (CITATION_RE, DESTINATION_RE, TAG_RE, ATTRIBUTES_RE):
        text = pattern.sub(lambda match: _run(GAP, match), text)
    return ESCAPE_RE.sub(lambda match: GAP + match.group()[1], text)


def _run(mark: str, match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", mark, match.group())


def passages(source: Source) -> list[Passage]:
    """Return every passage of a page, in file order."""
    found = [_description(source)] if source.body_start else []
    return [passage for passage in [*found, *_body(source)] if passage and passage.text.strip(f" \n{GAP}")]


def _description(source: Source) -> Passage | None:
    match = DESCRIPTION_RE.search(source.text, 0, source.body_start)
    return match and Passage("description", match.start("text"), match["text"], source)


class _Line(NamedTuple):
    """What a line starts: ``column`` is where its text begins, ``joins`` whether the next line may go on with it."""

    kind: str
    column: int
    end: int
    joins: bool = True


def _body(source: Source) -> Iterator[Passage]:
    mask, lines = masked(source), masked(source).split("\n")
    evidence = _evidence(source)
    kind, start, end = "", 0, 0
    for index in range(source.body_line - 1, len(lines)):
        line, offset = lines[index], source.offset(index + 1)
        opened = _read(line, kind, inside=index in evidence)
        if opened is None and kind and line.strip():
            end = offset + len(line.rstrip())
            continue
        if kind:
            yield Passage(kind, start, mask[start:end], source, evidence.get(index - 1, False))
        kind = opened.kind if opened and opened.joins else ""
        if opened and opened.kind:
            start, end = offset + opened.column, offset + opened.end
            if not opened.joins:
                yield Passage(opened.kind, start, mask[start:end], source, evidence.get(index, False))
    if kind:
        yield Passage(kind, start, mask[start:end], source)


def _evidence(source: Source) -> dict[int, bool]:
    """Return the lines inside checkpoints, and whether theirs names evidence."""
    found, opening = dict[int, bool](), None
    for index, line in enumerate(source.lines):
        header = HEADER_RE.match(line)
        if header and header["name"] == "checkpoint":
            opening = index
        elif END_RE.match(line) and opening is not None:
            named = any(text.lstrip().startswith("evidence:") for text in source.lines[opening:index])
            found |= dict.fromkeys(range(opening, index + 1), named)
            opening = None
    return found


def _read(line: str, before: str, *, inside: bool) -> _Line | None:
    """Return what a line starts, None where it goes on with the passage before it."""
    if not line.strip() or END_RE.match(line) or RULE_RE.match(line):
        return _Line("", 0, 0, joins=False)
    if header := HEADER_RE.match(line):
        kind = TITLES.get(header["name"], "title") if header["title"] else ""
        return _Line(kind, *header.span("title"), joins=False)
    if (option := OPTION_RE.match(line)) and option["key"] in OPTIONS:
        return _Line("alt" if option["key"] == "alt" else "", *option.span("value"), joins=option["key"] == "alt")
    for kind, pattern, joins in STARTS:
        if match := pattern.match(line):
            named = IN_CHECKPOINT.get(kind, kind) if inside else kind
            if kind == "quote" and before == named:
                return None
            return _Line(named if match["text"] else "", *match.span("text"), joins=joins)
    return None if before else _Line("paragraph", len(line) - len(line.lstrip()), len(line.rstrip()))
