"""The lines of a directive's options -> the options as they are given, with the place of every part.

id: cp-a                          ->  {"id": Option("cp-a", docs/a.md:2:5, docs/a.md:2:9),
evidence: [fact:a, fact:b]             "evidence": Option(["fact:a", "fact:b"], ..., items=(...))}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import yaml

from studyguide.model import Position, Problem
from studyguide.text import marks, quickyaml

NOTHING = "tag:yaml.org,2002:null"


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


class Item(NamedTuple):
    """One value of an option, as it is written, and where."""

    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class Option:
    """One ``key: value`` under a directive: its ``position`` is that of the key, ``start`` that of the value.

    ``text`` is a value that is one, as it is written; ``items`` are the values of a list, or that one.
    """

    position: Position
    start: Position
    text: str = ""
    items: tuple[Item, ...] = ()
    is_text: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether it has no value."""
        return self.is_text and not self.text


def given(lines: list[Line]) -> tuple[dict[str, Option], list[Problem]]:
    """Return the options on these lines, and what is wrong with their syntax."""
    if not lines:
        return {}, []
    text = marks.strip("\n".join(line.text[4:] for line in lines))
    try:
        node = quickyaml.compose(text)
    except (yaml.YAMLError, RecursionError):
        return {}, [_no_yaml(text, lines)]
    if node is None:
        return {}, []
    if not isinstance(node, yaml.MappingNode):
        message = "The options of this directive are not `key: value` lines."
        return {}, [Problem(_place(lines, 0, 0), "DIR004", message, "Write one option a line, such as `id: fig-name`.")]
    found, problems = dict[str, Option](), list[Problem]()
    for key, value in node.value:
        name = _words(key)
        if name in found:
            problems.append(Problem(_at(lines, key), "DIR004", f"`{name}` is given twice.", "Keep one of them."))
        found[name] = _option(lines, key, value)
    return found, problems


def _option(lines: list[Line], key: yaml.Node, node: yaml.Node) -> Option:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return Option(
        _at(lines, key),
        _at(lines, node),
        _words(node),
        tuple(Item(_words(item), _at(lines, item)) for item in items),
        isinstance(node, yaml.ScalarNode),
    )


def _words(node: yaml.Node) -> str:
    """Return a value as it is written."""
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) and node.tag != NOTHING else ""


def _at(lines: list[Line], node: yaml.Node) -> Position:
    return _place(lines, node.start_mark.line, node.start_mark.column)


def _place(lines: list[Line], row: int, column: int) -> Position:
    line = lines[min(row, len(lines) - 1)]
    return Position(line.path, line.number, line.column + 4 + min(column, len(line.text) - 4))


def _no_yaml(text: str, lines: list[Line]) -> Problem:
    reason, row, column = quickyaml.fault(text)
    message = f"The options of this directive are not YAML: {reason}."
    return Problem(_place(lines, row, column), "DIR004", message, "Put a value that holds `: ` or `#` in quotes.")
