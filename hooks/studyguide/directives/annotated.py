"""Notes at lines of code: a list below a block, each of whose items begins with a text of the line that it is about.

    ```{ .python .sg-annotated }
    left = total - RESERVE
    ```

    1. `- RESERVE` keeps a second for the answer.

The line is lit up and gets the number of its note, a link there; the note's text of the line becomes the link back. The
number itself is written by the style sheet, so nobody's copy of the code has it. A note whose text is in no line any
more, or in several, is a problem at its place: so none outlives what it explains.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markdown.treeprocessors import Treeprocessor

from studyguide.directives.page import STASHED_RE
from studyguide.model import Position, Problem
from studyguide.text import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from studyguide.directives.extension import DirectivesExtension
    from studyguide.directives.page import Page

CODE = "DIR010"
BLOCK_RE = re.compile(
    r'(?P<before><div class="[^"]*\bsg-annotated\b.*?<code\b[^>]*>)(?P<lines>.*)(?P<after></code>.*)', re.DOTALL
)
TAG_RE = re.compile(r"<[^>]*>")
# The id is on neither the line nor the link: the theme's script numbers lines that have ids, and its styles hide links.
MARK = '<a class="sg-at" href="#{note}" aria-label="Note {number}"><span id="{at}" data-note="{number}"></span></a>'
FIX = "Begin it with a text of its line in backticks, such as ``1. `timeout=3` is ...``."


class _Block(NamedTuple):
    """A block that has notes: its number on the page, its HTML with its lines apart, and where it is."""

    number: int
    before: str
    lines: str
    after: str
    at: Position


class Notes(Treeprocessor):
    """Ties the notes of a page to their lines."""

    # After code spans are made (20), before marks are taken out (12).
    PRIORITY = 15

    def __init__(self, extension: DirectivesExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ET.Element) -> None:
        """Look for the list below each block that says it has one."""
        stash, page = cast("Any", self.md).htmlStash.rawHtmlBlocks, self._extension.page
        blocks = dict(_blocks(stash, page))
        if not blocks:
            return
        lists = {index: below for parent in root.iter() for index, below in _pairs(parent)}
        for index, block in blocks.items():
            lines, problems = _lines(block, lists.get(index), page)
            stash[index] = f"{block.before}{lines}{block.after}"
            page.report(problems)


def _blocks(stash: list[object], page: Page) -> Iterator[tuple[int, _Block]]:
    """Yield the blocks that have notes, by their places in the parser's stash."""
    number = 0
    for index, html in enumerate(stash):
        if isinstance(html, str) and (found := BLOCK_RE.fullmatch(html)):
            number += 1
            before = found["before"]
            yield index, _Block(number, marks.strip(before), found["lines"], found["after"], page.place(before))


def _pairs(parent: ET.Element) -> Iterator[tuple[int, ET.Element]]:
    """Yield the lists of numbers that stand right below a block, by the block's place in the stash."""
    for block, below in pairwise(parent):
        if below.tag == "ol" and (found := STASHED_RE.fullmatch(block.text or "")):
            yield int(found["number"]), below


def _lines(block: _Block, notes: ET.Element | None, page: Page) -> tuple[str, list[Problem]]:
    """Return the lines of a block, tied to its notes where they can be, and what is wrong."""
    if notes is None:
        fix = "Write them as a numbered list right below it, or take `.sg-annotated` out."
        return block.lines, [Problem(block.at, CODE, "This block has no notes below it.", fix)]
    if 'class="hll"' in block.lines:
        fix = "Take `hl_lines` out: notes light up their lines."
        return block.lines, [Problem(block.at, CODE, "This block has notes and `hl_lines`.", fix)]
    return _tied(block, notes, page)


def _tied(block: _Block, notes: ET.Element, page: Page) -> tuple[str, list[Problem]]:
    """Return the lines with the numbers of their notes, which lead to them now, and what is wrong with notes."""
    lines, problems, last = block.lines.removesuffix("\n").split("\n"), list[Problem](), -1
    said = [unescape(TAG_RE.sub("", line)) for line in lines]
    notes.set("class", "sg-notes")
    for number, item in enumerate(notes, 1):
        code = _code(item)
        words = page.words(code.text or "") if code is not None else ""
        places = [index for index, line in enumerate(said) if words in line]
        if problem := _wrong(number, words, places, last):
            problems.append(Problem(_place(block.at, words, page), CODE, *problem))
            continue
        last = places[0]
        note, at = (f"sg-{name}-{block.number}-{number}" for name in ("note", "line"))
        lines[last] = f'<span class="sg-line">{MARK.format(at=at, note=note, number=number)}{lines[last]}</span>'
        item.set("id", note)
        _lead(item, cast("ET.Element", code), f"#{at}")
    return "".join(f"{line}\n" for line in lines), problems


def _code(item: ET.Element) -> ET.Element | None:
    """Return the code that an item begins with."""
    holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    first = holder[0] if len(holder) and not (holder.text or "").strip() else None
    return first if first is not None and first.tag == "code" else None


def _wrong(number: int, words: str, places: list[int], last: int) -> tuple[str, str] | None:
    """Return what is wrong with a note, and how to mend it, given the lines that its words are in."""
    if not words:
        return f"Note {number} does not begin with code.", FIX
    if not places:
        return (
            f"No line of the block above has `{words}`.",
            "See what became of the line, and whether the note is still true.",
        )
    if len(places) > 1:
        lines = f"{', '.join(str(index + 1) for index in places[:-1])} and {places[-1] + 1}"
        return f"Lines {lines} of the block above have `{words}`.", "Begin with a text that only the note's line has."
    if places[0] <= last:
        message = f"`{words}` is in line {places[0] + 1}, and the note before is about line {last + 1}."
        return message, "Write notes in the order of their lines, one for a line."
    return None


def _place(fence: Position, words: str, page: Page) -> Position:
    """Return the place of a note, which is below its block; that of the block where it is not known."""
    lines = next(source.lines for source in page.files if source.path == fence.path)
    item = re.compile(rf"[ \t>]*\d+\.[ \t]+(?=`{re.escape(words)}`)")
    for number, line in enumerate(lines[fence.line :], fence.line + 1):
        if found := item.match(line):
            return Position(fence.path, number, found.end() + 1)
    return fence


def _lead(item: ET.Element, code: ET.Element, href: str) -> None:
    """Make a link of a note's code."""
    holder = next(part for part in item.iter() if code in list(part))
    link = ET.Element("a", {"href": href})
    link.append(code)
    link.tail, code.tail = code.tail, None
    holder[list(holder).index(code)] = link
