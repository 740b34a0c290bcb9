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
from datetime import date
from typing import NamedTuple

import yaml

from studyguide.model import Position, Problem
from studyguide.text import marks, quickyaml
from studyguide.text.source import fence_end

HEADER_RE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<slashes>/{3,})[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(?P<title>.*?)[ \t]*)?$"
)
OPTION_RE = re.compile(r"^(?P<indent>[ \t]{4,})(?P<key>[A-Za-z_][\w-]*)[ \t]*:")

Value = str | int | float | bool | date | list[object] | dict[str, object] | None


class Line(NamedTuple):
    """A line of the page and its number in the file; ``column`` is where its text starts there.

    ``path`` is the file, where that need not be the page's.
    """

    text: str
    number: int
    column: int = 1
    path: str = ""

    def cut(self, start: int, end: int | None = None) -> Line:
        """Return a part of the line."""
        return self._replace(text=self.text[start:end], column=self.column + start)


@dataclass(frozen=True, slots=True)
class Option:
    """One ``key: value`` under a directive."""

    value: Value
    position: Position


@dataclass(frozen=True, slots=True)
class Block:
    """A directive as written; ``problems`` are those of its options' syntax.

    ``last`` is the line that closes it; ``key`` is the id it has on its page, and ``inside`` that of the directive
    around it, both known once the parser is there. Its title and body are still marked.
    """

    name: str
    title: str
    position: Position
    last: int
    options: dict[str, Option] = field(default_factory=dict)
    body: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    key: str = ""
    inside: str = ""

    def text(self, key: str) -> str:
        """Return an option as text, "" where it is not given."""
        option = self.options.get(key)
        return "" if option is None or option.value is None else str(option.value).strip()

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
    options, problems = _options(inner[:count], position.path)
    return Block(name, title, position, last, options, tuple(inner[count:]), tuple(problems))


def _options(lines: list[Line], path: str) -> tuple[dict[str, Option], list[Problem]]:
    if not lines:
        return {}, []
    first = Position(path, lines[0].number, lines[0].column + 4)
    text = marks.strip("\n".join(line.text[4:] for line in lines))
    try:
        values = quickyaml.load(text) or {}
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, [_bad_yaml(text, lines, path)]
    if not isinstance(values, dict):
        return {}, [
            Problem(
                first,
                "DIR004",
                "The options of this directive are not `key: value` lines.",
                "Write one option a line, such as `id: fig-name`.",
            )
        ]
    places = {
        m["key"]: Position(path, line.number, line.column + len(m["indent"]))
        for line in lines
        if (m := OPTION_RE.match(line.text))
    }
    return {str(key): Option(value, places.get(str(key), first)) for key, value in values.items()}, []


def _bad_yaml(text: str, lines: list[Line], path: str) -> Problem:
    reason, row, column = quickyaml.fault(text)
    line = lines[min(row, len(lines) - 1)]
    return Problem(
        Position(path, line.number, line.column + 4 + column),
        "DIR004",
        f"The options of this directive are not YAML: {reason}.",
        "Put a value that holds `: ` or `#` in quotes.",
    )
