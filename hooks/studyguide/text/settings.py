r"""Where things are written in ``mkdocs.yml``: what they mean is MkDocs' affair, and it has loaded them already.

read(Path("mkdocs.yml"))  ->  {"mkdocs.yml": "INHERIT: base.yml ...", "base.yml": "nav: ..."}
place({"mkdocs.yml": "nav:\n  - Home: indx.md\n"}, "nav", "indx.md")  ->  mkdocs.yml:2:11
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import yaml

from studyguide.model import Position
from studyguide.text import inputs, quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def read(file: Path) -> dict[str, str]:
    """Return the text of a settings' file, then of those that it inherits, by their path from its folder."""
    root, texts = file.parent, dict[str, str]()
    while (name := os.path.relpath(file, root).replace(os.sep, "/")) not in texts:
        texts[name], _ = inputs.read(file, name)
        parent = dict(_pairs(texts[name])).get("INHERIT")
        if not isinstance(parent, yaml.ScalarNode):
            break
        file = file.parent / parent.value
    return texts


def place(settings: Mapping[str, str], key: str, value: str = "") -> Position:
    """Return where a value stands below a key of the settings: that of the key, or the file, where it does not."""
    for name, text in settings.items():
        if node := dict(_pairs(text)).get(key):
            found = next((scalar for scalar in _scalars(node) if scalar.value == value), node)
            return Position(name, found.start_mark.line + 1, found.start_mark.column + 1)
    return Position(next(iter(settings)))


def value(settings: Mapping[str, str], key: str) -> tuple[str, Position] | None:
    """Return the text that a key of the settings has, and where; None where it has none."""
    for name, text in settings.items():
        if isinstance(node := dict(_pairs(text)).get(key), yaml.ScalarNode):
            return node.value, Position(name, node.start_mark.line + 1, node.start_mark.column + 1)
    return None


def emptied(settings: Mapping[str, str], key: str, name: str) -> Position | None:
    """Return where a name stands below a key of the settings, and nothing below the name; None where it does not."""
    for file, text in settings.items():
        nodes = [node] if (node := dict(_pairs(text)).get(key)) else []
        while nodes:
            node = nodes.pop()
            pairs = node.value if isinstance(node, yaml.MappingNode) else ()
            for inner, value in pairs:
                if inner.value == name and not value.value:
                    return Position(file, inner.start_mark.line + 1, inner.start_mark.column + 1)
            nodes += (
                [value for _, value in pairs] if pairs else node.value if isinstance(node, yaml.SequenceNode) else []
            )
    return None


def find(settings: Mapping[str, str], value: str) -> Position | None:
    """Return where a value stands anywhere in the settings, None where it does not."""
    return next((at for name, scalar, at in _everywhere(settings) if scalar.value == value), None)


def find_within(settings: Mapping[str, str], address: str, *, mark: str = "<") -> Position | None:
    """Return where a value stands that holds an address, such as one of HTML; None where none does.

    With another ``mark`` it is any text that a value with such a mark holds.
    """
    pattern = re.compile(rf"(?<![\w.-]){re.escape(address)}(?![\w/.-])")
    for name, scalar, at in _everywhere(settings):
        if mark in scalar.value and pattern.search(scalar.value):
            # What is quoted or folded is written otherwise than it reads, so it is looked for as it is written.
            text = settings[name]
            found = pattern.search(text, scalar.start_mark.index, scalar.end_mark.index)
            if found is None:
                return at
            line = text.count("\n", 0, found.start()) + 1
            return Position(name, line, found.start() - text.rfind("\n", 0, found.start()))
    return None


def _everywhere(settings: Mapping[str, str]) -> Iterator[tuple[str, yaml.ScalarNode, Position]]:
    for name, text in settings.items():
        for _, node in _pairs(text):
            for scalar in _scalars(node):
                yield name, scalar, Position(name, scalar.start_mark.line + 1, scalar.start_mark.column + 1)


def _pairs(text: str) -> Iterator[tuple[str, yaml.Node]]:
    try:
        root = quickyaml.loader(text).get_single_node()
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    if isinstance(root, yaml.MappingNode):
        yield from ((key.value, value) for key, value in root.value)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield every scalar of a value, in file order, the keys of mappings too."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        for part in child if isinstance(child, tuple) else (child,):
            yield from _scalars(part)
