"""Reading TikZ source just far enough to point into it: comments, groups, options and places.

Nothing here understands TeX. It finds the closing brace that belongs to an opening one, and
turns an offset into a line and a column.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studyguide.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
# As long as the two characters it stands for, and in no source.
BREAK = "\0\0"
_NODE = re.compile(r"(?<![A-Za-z\\])\\?node(?![A-Za-z])")
_PAIRS = {"{": "}", "[": "]", "(": ")"}


class Node(NamedTuple):
    """A ``node`` of the source: where its options and its text are; each may be empty."""

    start: int
    options: str
    options_at: int
    text: str
    text_at: int


def uncomment(source: str) -> str:
    """Return the source with its comments blanked, so that every offset stays true."""
    return _COMMENT.sub(lambda match: " " * len(match[0]), source)


def plain(source: str) -> str:
    r"""Return the source without comments and line breaks: the ``read`` of ``\\read`` is a word, not a command."""
    return uncomment(source.replace(r"\\", BREAK))


def finding(source: str, at: int, code: str, message: str, fix: str = "") -> Finding:
    """Return a finding at an offset of the source."""
    before = source[:at]
    return Finding(before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1, code, message, fix)


def closing(source: str, at: int) -> int | None:
    """Return the offset of the bracket that closes the one at ``at``, or None."""
    opener, closer, depth = source[at], _PAIRS[source[at]], 0
    escaped = False
    for offset in range(at, len(source)):
        character = source[offset]
        if escaped or character == "\\":
            escaped = not escaped
            continue
        if character == opener:
            depth += 1
        elif character == closer:
            depth -= 1
            if not depth:
                return offset
    return None


def nodes(source: str) -> Iterator[Node]:
    """Yield every node that has its text in braces."""
    for match in _NODE.finditer(source):
        if node := _node(source, match.start(), match.end()):
            yield node


def _node(source: str, start: int, at: int) -> Node | None:
    options, options_at = "", at
    while True:
        while at < len(source) and (source[at].isspace() or source.startswith("at", at)):
            at += 2 if source.startswith("at", at) else 1
        if at >= len(source) or source[at] not in _PAIRS:
            return None
        end = closing(source, at)
        if end is None:
            return None
        inside = source[at + 1 : end]
        if source[at] == "{":
            return Node(start, options, options_at, inside, at + 1)
        if source[at] == "[":
            options, options_at = inside, at + 1
        at = end + 1


def split(options: str) -> list[tuple[int, str]]:
    """Split an option list at its own commas, each part with its offset."""
    parts, begin, depth = [], 0, 0
    for offset, character in enumerate(options + ","):
        if character in "{[(":
            depth += 1
        elif character in "}])":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append((begin, options[begin:offset]))
            begin = offset + 1
    return parts
