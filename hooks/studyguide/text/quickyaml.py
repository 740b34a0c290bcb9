"""YAML read by PyYAML's loader in C where there is one: ten times as fast, and as safe.

Its errors are worded otherwise than those of the loader in Python, so a problem always quotes the latter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The loader in C takes the whole process down where values are nested too deep: in brackets, or in blocks. What has
# neither so many brackets nor such a line is not; of the rest its parser tells, which needs no stack.
BRACKETS = 1000
BLOCKS_RE = re.compile(r"(?:[-?:][ \t]+){200}|^[ ]{500}", re.MULTILINE)
DEEPEST = 200
# What is no text without quotes, and is written in more than one way.
TYPED = tuple(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "timestamp"))
NOTHING = "tag:yaml.org,2002:null"
TOO_DEEP = "values are nested too deep"
HOLDS = "Put a value that holds `: ` in quotes."
QUOTE = "Put the whole value in quotes."
# What a reason says -> how to mend it.
CURES = {
    "character '\\t'": "Indent with spaces: YAML takes no tabs there.",
    "another document": "Remove the line `---`, and what follows if it is not meant.",
    "expected ':'": "Write `key: value`, and indent a line that goes on with the one above.",
}
# What YAML takes for the type of a value or for a name of it, where words begin. Two signs make a type of YAML's own, and
# two types are MkDocs'.
SIGN_RE = re.compile(r"(?P<mark>[!&])(?!!|ENV\b|relative\b)(?P<name>[^\s,\[\]{}]*)(?=\s+\S)")
# Of a remark, none of words: the sign has a space behind it.
REMARK_RE = re.compile(r"[ \t]+(?P<remark>#[^\s#].*)")
# Where one version of two that Git did not merge begins.
CONFLICT_RE = re.compile(r"^<{7} ", re.MULTILINE)
CLOSE_RE = re.compile(r"\s*(?P<key>[\w-]+):(?P<value>[^\s:].*?)\s*$")


# YAML takes these for ends of lines, and nothing else here does.
OTHER_ENDS = str.maketrans("\x85\u2028\u2029", "   ")


class Repeated(NamedTuple):
    """A key that is given again, with its line and column, both from 0."""

    key: str
    line: int
    column: int


class Fault(NamedTuple):
    """Why a text is not YAML, where that shows, both from 0, and how to mend it."""

    reason: str = ""
    line: int = 0
    column: int = 0
    fix: str = ""


class Swallowed(NamedTuple):
    """A part of a text that YAML takes for something else, what that is, and how to mend it; line and column are from 0."""

    written: str
    what: str
    fix: str
    line: int
    column: int


class Retyped(NamedTuple):
    """A value that is read otherwise than it is written, with its line and column, both from 0; ``read`` is "" of a list."""

    written: str
    read: str
    line: int
    column: int


def lines(text: str) -> str:
    """Return a YAML text whose lines are those that everybody counts; each character stays where it is."""
    return text.translate(OTHER_ENDS)


def loader(text: str) -> yaml.SafeLoader:
    """Return a loader of a YAML text: the fast one, unless the text could break it."""
    text = lines(text)
    doubtful = text.count("[") + text.count("{") >= BRACKETS or BLOCKS_RE.search(text) is not None
    found: yaml.SafeLoader = (yaml.SafeLoader if doubtful and _is_deep(text) else Loader)(text)
    return found


def _is_deep(text: str) -> bool:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth >= DEEPEST:
                return True
    except (yaml.YAMLError, ValueError):  # which ends the loader too, no deeper than this
        pass
    return False


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


def construct(node: yaml.Node | None) -> object:
    """Return the value of what a YAML text consists of; that is of no other use then, for merged keys are put into it."""
    return None if node is None else yaml.constructor.SafeConstructor().construct_document(node)


def repeated(text: str, depth: int = 0) -> Iterator[Repeated]:
    """Yield each key that its mapping has had before; nothing of what is no YAML.

    ``depth`` is how deep a mapping has to be to be looked at: that of the file is 0 deep.
    """
    try:
        node = compose(text)
    except (yaml.YAMLError, ValueError):
        return
    yield from repeated_in(node, depth)


def repeated_in(root: yaml.Node | None, depth: int = 0) -> Iterator[Repeated]:
    """Yield the same of what a YAML text consists of."""
    nodes, seen = [(root, 0)], set[int]()
    while nodes:
        node, deep = nodes.pop()
        # An alias stands for a node once more, and may do so within that node.
        if id(node) in seen:
            continue
        seen.add(id(node))
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        known = set[str]()
        for key, _ in pairs if deep >= depth else ():
            # Several may be merged into one.
            if isinstance(key, yaml.ScalarNode) and key.value in known and key.value != "<<":
                yield Repeated(key.value, key.start_mark.line, key.start_mark.column)
            known.add(str(key.value))
        inner = [value for _, value in pairs] or (node.value if isinstance(node, yaml.SequenceNode) else [])
        nodes += [(each, deep + 1) for each in inner]


def retyped(node: yaml.Node) -> Iterator[Retyped]:
    """Yield what stands for a title, if it is not read as it is written: ``1.10`` is the number 1.1, ``No`` is False."""
    at = (node.start_mark.line, node.start_mark.column)
    if isinstance(node, yaml.CollectionNode):
        yield Retyped("", "", *at)
    elif node.tag in TYPED:
        read = str(construct(node))
        if read != node.value:
            yield Retyped(node.value, read, *at)


def blank(node: yaml.Node | None) -> tuple[int, int] | None:
    """Return the line and column, both from 0, of a value that is there and has no word; None of any other."""
    is_text = isinstance(node, yaml.ScalarNode)
    if node is None or not is_text or (node.tag != NOTHING and node.value.strip()):
        return None
    return node.start_mark.line, node.start_mark.column


def below(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """Return what stands in a mapping below a key, and in that below the next; None where nothing does."""
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for each, value in pairs if each.value == key), None)
    return node


def values_of(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the values of a mapping, none of what is no mapping."""
    return [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else []


def keys_in(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield the keys of every mapping in a value."""
    for node in _nodes(root):
        yield from (key for key, _ in node.value) if isinstance(node, yaml.MappingNode) else ()


def words_in(text: str) -> list[yaml.Node]:
    """Return every text in a YAML text that is none of the other types; nothing of what is no YAML."""
    try:
        root = compose(text)
    except (yaml.YAMLError, ValueError):
        return []
    return [node for node in _scalars(root) if node.tag == "tag:yaml.org,2002:str" or node.tag.startswith("!")]


def swallowed(node: yaml.Node | None, rows: Sequence[str]) -> Iterator[Swallowed]:
    """Yield the part of a text that YAML takes for something else: ``Step #3``, ``!important``, ``&lt``.

    ``rows`` are the lines of the file. A remark has a space behind its sign, so that it is told from words.
    """
    if not isinstance(node, yaml.ScalarNode):
        return
    line, column = node.start_mark.line, node.start_mark.column
    sign = SIGN_RE.match(rows[line], column) if line < len(rows) else None
    # What an alias stands for has a name for good reason.
    if sign and not (sign["mark"] == "&" and any(f"*{sign['name']}" in row for row in rows)):
        what = "a type" if sign["mark"] == "!" else "a name of YAML's own"
        yield Swallowed(sign.group(), what, QUOTE, line, column)
    end = node.end_mark
    if not node.style and end.line < len(rows) and (remark := REMARK_RE.match(rows[end.line], end.column)):
        fix = f"{QUOTE} A remark has a space behind `#`."
        yield Swallowed(remark["remark"].rstrip(), "a remark", fix, end.line, remark.start("remark"))


def fault(text: str) -> Fault:
    """Return why a text is not YAML, where that shows and how to mend it; an empty reason where it is."""
    text = lines(text)
    try:
        yaml.safe_load(text)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        reason = f"the character U+{error.character:04X} is not allowed"
        return Fault(reason, before.count("\n"), len(before.rpartition("\n")[2]), "Remove it.")
    except yaml.YAMLError as error:
        if conflict := CONFLICT_RE.search(text):
            fix = "Keep what is right of both versions, and remove the three lines of marks."
            return Fault("it holds a conflict of Git", text.count("\n", 0, conflict.start()), fix=fix)
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or error)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Fault(reason, line, column, _cure(reason, text.split("\n"), line, column))
    except ValueError as error:
        return Fault(str(error), *_not_made(text), "Put it in quotes, or correct it.")
    except RecursionError:
        return Fault(TOO_DEEP, fix="Write fewer brackets.")
    return Fault()


def _cure(reason: str, rows: Sequence[str], line: int, column: int) -> str:
    """Return how to mend what a reason is about."""
    before = next((row for row in reversed(rows[:line]) if row.strip()), "")
    if reason == "mapping values are not allowed here":
        # Where the colon is that of this line's key, the line above goes on to it, for it has none.
        above = CLOSE_RE.match(before) if re.fullmatch(r"\s*[\w-]+", rows[line][:column]) else None
        return f"Write a space behind the colon: `{above['key']}: {above['value']}`." if above else HOLDS
    return next((cure for words, cure in CURES.items() if words in reason), QUOTE)


def _not_made(text: str) -> tuple[int, int]:
    """Return the place of the first value that is written as a number or a day and is none."""
    for node in _scalars(yaml.compose(text, Loader=yaml.SafeLoader)):
        try:
            construct(node)
        except ValueError:
            return node.start_mark.line, node.start_mark.column
    return 0, 0


def _scalars(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield every scalar of a value, in the order of the file."""
    return (node for node in _nodes(root) if isinstance(node, yaml.ScalarNode))


def _nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield every part of a value, in the order of the file; one that has several places, at its first."""
    nodes, seen = [root], set[int]()
    while nodes:
        node = nodes.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        for child in reversed(node.value) if isinstance(node, yaml.CollectionNode) else ():
            nodes.extend(reversed(child) if isinstance(child, tuple) else [child])
