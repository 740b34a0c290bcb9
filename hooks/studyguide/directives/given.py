"""The lines of a directive's options -> the options as they are given, with the place of every part.

id: cp-a                          ->  {"id": Option("cp-a", docs/a.md:2:5, docs/a.md:2:9),
evidence: [fact:a, fact:b]             "evidence": Option(["fact:a", "fact:b"], ..., items=(...))}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import yaml

from studyguide.model import Position, Problem
from studyguide.text import marks, quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

# A line that begins an option, whatever YAML makes of the rest.
OPTION_RE = re.compile(r"(?P<key>[A-Za-z][\w-]*)(?P<colon>[ \t]*:)(?P<value>.*)", re.DOTALL)
FORM = "Write one option a line, such as `id: fig-name`."


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

    ``text`` is a value that is one, as it is written; ``items`` are the values of a list, or that one. One that is
    ``broken`` is no YAML, and that is a problem already. ``swallowed`` are parts of the value that YAML takes for something
    else, each with its place.
    """

    position: Position
    start: Position
    text: str = ""
    items: tuple[Item, ...] = ()
    is_text: bool = True
    broken: bool = False
    swallowed: tuple[tuple[quickyaml.Swallowed, Position], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether it has no value."""
        return not self.text if self.is_text else not self.items


def given(lines: list[Line]) -> tuple[dict[str, Option], list[Problem]]:
    """Return the options on these lines, and what is wrong with their syntax."""
    if not lines:
        return {}, []
    try:
        node = quickyaml.compose(_text(lines))
    except (yaml.YAMLError, RecursionError):
        return _one_by_one(lines)
    if node is None:
        return {}, []
    if not isinstance(node, yaml.MappingNode):
        return _one_by_one(lines)
    return _options(lines, node)


def _text(lines: list[Line]) -> str:
    return marks.strip("\n".join(line.text[4:] for line in lines))


def _options(lines: list[Line], node: yaml.MappingNode) -> tuple[dict[str, Option], list[Problem]]:
    found, problems = dict[str, Option](), list[Problem]()
    rows = _text(lines).split("\n")
    for key, value in node.value:
        name = _words(key)
        if name in found:
            problems.append(Problem(_at(lines, key), "DIR004", f"`{name}` is given twice.", "Keep one of them."))
        if isinstance(key, yaml.ScalarNode):
            found[name] = _option(lines, rows, key, value)
        else:
            problems.append(Problem(_at(lines, key), "DIR004", "The name of this option is no text.", FORM))
    return found, problems


def _one_by_one(lines: list[Line]) -> tuple[dict[str, Option], list[Problem]]:
    """Return the options of lines that are no YAML as a whole: what is wrong with one is not wrong with the others."""
    found, problems = dict[str, Option](), list[Problem]()
    for part in _parts(lines):
        options, wrong = _part(part)
        for name in [name for name in options if name in found]:
            wrong.append(Problem(options[name].position, "DIR004", f"`{name}` is given twice.", "Keep one of them."))
        found |= {name: option for name, option in options.items() if not (option.broken and name in found)}
        problems += wrong
    if not problems:  # each is right, and together they are not
        problems.append(_no_yaml(lines))
    return found, problems


def _parts(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each option: one begins where a line is not indented any further."""
    part = list[Line]()
    for line in lines:
        if part and (text := marks.strip(line.text[4:])).strip() and text[0] not in " \t#":
            yield part
            part = []
        part.append(line)
    yield part


def _part(lines: list[Line]) -> tuple[dict[str, Option], list[Problem]]:
    text = _text(lines)
    try:
        node = quickyaml.compose(text)
    except (yaml.YAMLError, RecursionError):
        node, wrong = None, _no_yaml(lines)
    else:
        if node is None:
            return {}, []
        if isinstance(node, yaml.MappingNode):
            return _options(lines, node)
        wrong = _no_option(lines, text)
    option = OPTION_RE.match(text)
    if option is None:
        return {}, [wrong]
    at, start = _place(lines, 0, 0), _place(lines, 0, option.start("value"))
    return {option["key"]: Option(at, start, " ".join(option["value"].split()), broken=True)}, [wrong]


def _no_option(lines: list[Line], text: str) -> Problem:
    """Return the problem of a line that is no option."""
    option = OPTION_RE.match(text)
    if option is None:
        fix = f"{FORM} A line that goes on with the one above is indented further."
        return Problem(_place(lines, 0, 0), "DIR004", "This line is no `key: value`.", fix)
    at = _place(lines, 0, option.end("colon"))
    what = "is no space" if option["value"][0].strip() else "is a space of another kind"
    fix = f"Write `{option['key']}: {' '.join(option['value'].split())}`."
    return Problem(at, "DIR004", f"Behind the colon of `{option['key']}` {what}, so this is no option.", fix)


def _option(lines: list[Line], rows: list[str], key: yaml.Node, node: yaml.Node) -> Option:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return Option(
        _at(lines, key),
        _at(lines, node),
        _words(node),
        tuple(Item(_words(item), _at(lines, item)) for item in items),
        isinstance(node, yaml.ScalarNode),
        swallowed=tuple((each, _place(lines, each.line, each.column)) for each in quickyaml.swallowed(node, rows)),
    )


def _words(node: yaml.Node) -> str:
    """Return a value as it is written."""
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) and node.tag != quickyaml.NOTHING else ""


def _at(lines: list[Line], node: yaml.Node) -> Position:
    return _place(lines, node.start_mark.line, node.start_mark.column)


def _place(lines: list[Line], row: int, column: int) -> Position:
    line = lines[min(row, len(lines) - 1)]
    return Position(line.path, line.number, line.column + 4 + min(column, len(line.text) - 4))


def _no_yaml(lines: list[Line]) -> Problem:
    reason, row, column, fix = quickyaml.fault(_text(lines))
    message = f"The options of this directive are not YAML: {reason}."
    return Problem(_place(lines, row, column), "DIR004", message, fix)
