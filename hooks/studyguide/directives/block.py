"""Directive blocks in a page's lines, with the place of every part.

    /// figure | Two routes        ->  Block("figure", "Two routes", docs/a.md:1:1, last=5,
        id: fig-routes                       options={"id": Option("fig-routes", ...)}, body=[Line("text", 4)])

    text
    ///

The syntax is that of ``pymdownx.blocks``: options are indented by four spaces right under the first
line, and a block that holds another has more slashes than it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from studyguide.directives.given import Line, Option, given
from studyguide.model import Position, Problem
from studyguide.text.source import fence_end

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER_RE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<slashes>/{3,})[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(?P<title>.*?)[ \t]*)?$"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A directive as written; ``problems`` are those of its options' syntax.

    ``options`` are as they are given, ``values`` what each that it may have comes to.
    ``last`` is the line that closes it; ``key`` is the id it has on its page, and ``inside`` that of the directive
    around it, both known once the parser is there. Its title and body are still marked.
    """

    name: str
    title: str
    position: Position
    last: int
    options: dict[str, Option] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    body: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    key: str = ""
    inside: str = ""

    def text(self, key: str) -> str:
        """Return an option as text, "" where it is not given."""
        return self.options[key].text if key in self.options else ""

    def at(self, key: str) -> Position:
        """Return the place of an option, of the block where it is not given."""
        return self.options[key].position if key in self.options else self.position

    def place(self, line: Line, offset: int = 0) -> Position:
        """Return the file position of a character of a body line."""
        return Position(line.path or self.position.path, line.number, line.column + offset)


def block_end(texts: list[str], start: int, opening: re.Match[str]) -> int | None:
    """Return the index of the line that closes the block opened at ``start``, None if none does."""
    closing = re.compile(rf"^[ \t]*/{{{len(opening['slashes'])}}}[ \t]*$")
    index = start + 1
    while index < len(texts):
        if closing.match(texts[index]):
            return index
        inner = HEADER_RE.match(texts[index])
        if inner and len(inner["slashes"]) >= len(opening["slashes"]):
            return None  # another block starts, and one that held it would have more slashes
        index = (fence_end(texts, index) or index) + 1
    return None


def as_block(name: str, title: str, position: Position, inner: list[Line], last: int) -> Block:
    """Return the block with these lines between its first and its last, without the block's own indentation."""
    count = next((i for i, line in enumerate(inner) if not line.text.startswith("    ")), len(inner))
    options, problems = given(inner[:count])
    return Block(name, title, position, last, options, body=tuple(inner[count:]), problems=tuple(problems))
