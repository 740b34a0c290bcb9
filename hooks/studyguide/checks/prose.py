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

from studyguide.directives.block import HEADER_RE
from studyguide.kinds import DIRECTIVES
from studyguide.text.source import CODE_INDENT, CONTAINER_RE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.text.source import Source

HEADING_RE = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)


def running(source: Source) -> str:
    """Return a page's running text; the question of a checkpoint belongs to it."""
    return "\n".join(
        # Options look like indented code, for they are in no container.
        " " * len(line) if code or ("#" in line and HEADING_RE.match(line)) else _untitled(line)
        for line, code in zip(source.prose.split("\n"), _indented(source), strict=True)
    )


def read(source: Source) -> str:
    """Return the prose without what its author gives directives as options, which no parser of Markdown reads."""
    lines, inner = source.prose.split("\n"), 0
    for index, line in enumerate(lines):
        opening = HEADER_RE.match(line.replace(">", " ")) if "///" in line else None
        if opening and opening["name"] in DIRECTIVES:
            inner = len(opening["indent"]) + CODE_INDENT
        elif inner and line.strip() and not line.replace(">", " ")[:inner].strip():
            lines[index] = " " * len(line)
        else:
            inner = 0
    return "\n".join(lines)


def section_end(text: str, offset: int) -> int:
    """Return where the section around an offset ends: at the next heading, or with the page."""
    heading = HEADING_RE.search(text, offset)
    return heading.start() if heading else len(text)


def _untitled(line: str) -> str:
    """Return a line without the title of a directive that starts there, in a quotation too."""
    opening = HEADER_RE.match(line.replace(">", " ")) if "///" in line else None
    if opening is None or opening["name"] not in DIRECTIVES:
        return line
    start = opening.start("title") if opening["name"] == "checkpoint" and opening["title"] else len(line)
    return " " * start + line[start:]


def _indented(source: Source) -> Iterator[bool]:
    """Yield whether each line is code by its indentation, as ``is_indented_code`` says of one, but all in one pass."""
    # The lines that this one may be inside of: indentation, whether it may hold code, whether a blank line came since.
    around: list[tuple[int, bool, bool]] = []
    for line in source.lines:
        text = line.expandtabs(CODE_INDENT)
        indent = len(text) - len(text.lstrip())
        if not text.strip():
            around = [(column, holds, True) for column, holds, _ in around]
            yield False
            continue
        while around and around[-1][0] >= indent:
            around.pop()
        column, holds, apart = around[-1] if around else (0, False, False)
        code = indent >= CODE_INDENT and (not holds or (apart and indent - column >= 2 * CODE_INDENT))
        around.append((indent, CONTAINER_RE.match(line) is not None and not code, False))
        yield code
