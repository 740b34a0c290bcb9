"""A page's source -> its running text: what a reader reads as sentences, every offset that of the file.

    ## The door                    ->
    /// figure | A door            ->
        alt: A door.               ->
    /// checkpoint | Is it open?   ->                  Is it open?
    See `code` and *the door*.     ->  See        and *the door*.

Titles, options, code and comments are blanks there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.directives import KINDS
from studyguide.directives.block import HEADER_RE
from studyguide.source import is_indented_code

if TYPE_CHECKING:
    from studyguide.source import Source

HEADING_RE = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)
INDENTED_RE = re.compile(r"[ \t]{4}|[ ]{1,3}\t")


def running(source: Source) -> str:
    """Return a page's running text; the question of a checkpoint belongs to it."""
    lines = source.prose.split("\n")
    return "\n".join(_kept(source, lines, index) for index in range(len(lines)))


def section_end(text: str, offset: int) -> int:
    """Return where the section around an offset ends: at the next heading, or with the page."""
    heading = HEADING_RE.search(text, offset)
    return heading.start() if heading else len(text)


def _kept(source: Source, lines: list[str], index: int) -> str:
    line = lines[index]
    if HEADING_RE.match(line) or (INDENTED_RE.match(line) and is_indented_code(source.lines, index)):
        return " " * len(line)  # options look like indented code, for they are in no container
    opening = HEADER_RE.match(line)
    if opening is None or opening["name"] not in KINDS:
        return line
    start = opening.start("title") if opening["name"] == "checkpoint" and opening["title"] else len(line)
    return " " * start + line[start:]
