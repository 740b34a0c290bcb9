"""YAML read by PyYAML's loader in C where there is one: ten times as fast, and as safe.

Its errors are worded otherwise than those of the loader in Python, so a problem always quotes the latter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The loader in C takes the whole process down where values are nested too deep: in brackets, or in blocks.
BRACKETS = 1000
BLOCKS_RE = re.compile(r"(?:[-?:][ \t]+){200}|^[ ]{500}", re.MULTILINE)
TOO_DEEP = "values are nested too deep"


# YAML takes these for ends of lines, and nothing else here does.
OTHER_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


def lines(text: str) -> str:
    """Return a YAML text whose lines are those that everybody counts; each character stays where it is."""
    return text.translate(OTHER_ENDS)


def loader(text: str) -> yaml.SafeLoader:
    """Return a loader of a YAML text: the fast one, unless the text could break it."""
    deep = text.count("[") + text.count("{") >= BRACKETS or BLOCKS_RE.search(text) is not None
    found: yaml.SafeLoader = (yaml.SafeLoader if deep else Loader)(lines(text))
    return found


def load(text: str) -> object:
    """Return the value of a YAML text; raise YAMLError or ValueError, in the same words everywhere."""
    try:
        return loader(text).get_single_data()
    except (yaml.YAMLError, ValueError):
        return yaml.safe_load(text)
    except RecursionError as error:
        raise yaml.YAMLError(TOO_DEEP) from error


def compose(text: str) -> yaml.Node | None:
    """Return what a YAML text consists of, each part as it is written and where; raise as ``load`` does."""
    try:
        node: yaml.Node | None = loader(text).get_single_node()
    except yaml.YAMLError:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError as error:
        raise yaml.YAMLError(TOO_DEEP) from error
    return node


def repeated(text: str, depth: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield each key that its mapping has had before, with its line and column, both from 0; nothing of what is no YAML.

    ``depth`` is how deep a mapping has to be to be looked at: that of the file is 0 deep.
    """
    try:
        nodes = [(compose(text), 0)]
    except (yaml.YAMLError, ValueError):
        return
    while nodes:
        node, deep = nodes.pop()
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        known = set[str]()
        for key, _ in pairs if deep >= depth else ():
            # Several may be merged into one.
            if isinstance(key, yaml.ScalarNode) and key.value in known and key.value != "<<":
                yield key.value, key.start_mark.line, key.start_mark.column
            known.add(str(key.value))
        inner = [value for _, value in pairs] or (node.value if isinstance(node, yaml.SequenceNode) else [])
        nodes += [(each, deep + 1) for each in inner]


def fault(text: str) -> tuple[str, int, int]:
    """Return why a text is not YAML, and the line and column where that shows, both from 0."""
    text = lines(text)
    try:
        yaml.safe_load(text)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        reason = f"the character U+{error.character:04X} is not allowed"
        return reason, before.count("\n"), len(before.rpartition("\n")[2])
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or error)
        return reason, mark.line if mark else 0, mark.column if mark else 0
    except RecursionError:
        return TOO_DEEP, 0, 0
    return "", 0, 0
