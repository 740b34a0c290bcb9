"""Labels that cannot be read, each at its place in the source: too pale for what lies under them, or on a line.

check(source, root, glyphs)  ->  [Finding(2, 32, "FIG018", "The text 'Pale' has a contrast of ..."), ...]
"""

from __future__ import annotations

import re
from string import ascii_letters
from typing import TYPE_CHECKING, NamedTuple

from . import contrast, crossings, tex
from .scene import Letter, Line, Shape, scene

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from studyguide.model import Finding

Scene = list[Shape | Line | Letter]
# The red of a colour that says which node a label is of; its green and blue are the node's number.
_PROBE = 201
# So many words of a diagram are asked whether they are a label.
_MOST = 50
_PALER = "Use a paler fill (a mix of 20 or less) or a darker text."
_BESIDE = "Put it beside the line (above, right, xshift), or give it a ground: fill=white."
_ROOM = "Use fewer words, break them with <br/>, or change the order of the nodes."


class _Label(NamedTuple):
    """What a label says, and where it is written."""

    words: str
    at: int


def check_mermaid(
    source: str, root: ET.Element, again: Callable[[str], Sequence[str]], *, painted: bool
) -> list[Finding]:
    """Return a finding for each label that cannot be read; where no colour is an author's own, colours are left alone.

    ``again`` draws another source with the same engine and says its labels: it is asked which word of it is a label.
    """
    drawn = scene(root, {})
    pale, on_lines = contrast.dim(drawn) if painted else {}, crossings.crossed(drawn)
    words = _said(drawn)
    labels = {group: _Label(words[group], _written(source, words, group, again)) for group in {*pale, *on_lines}}
    return _findings(source, labels, pale, on_lines, _ROOM)


def said(root: ET.Element) -> list[str]:
    """Return what each label of a diagram says, in drawing order."""
    return list(_said(scene(root, {})).values())


def _said(drawn: Scene) -> dict[int, str]:
    return {item.group: " ".join(item.words) for item in drawn if isinstance(item, Letter)}


def check_tikz(
    source: str, root: ET.Element, glyphs: Mapping[str, str], labels: Sequence[str], again: Callable[[str], Scene]
) -> list[Finding]:
    """Return a finding for each label that cannot be read.

    ``again`` draws another source with the same engine: it is asked which node a label is of.
    """
    drawn = scene(root, glyphs)
    pale, on_lines = contrast.dim(drawn), crossings.crossed(drawn)
    if not pale and not on_lines:
        return []
    groups = _groups(drawn)
    named = labels if len(labels) == len(groups) else ("",) * len(groups)
    nodes = [node for node in tex.nodes(tex.plain(source)) if node.text.strip()]
    owners: list[tex.Node | None] = (_owners(source, nodes, again) if nodes else []) or list(nodes)
    owners = owners if len(owners) == len(groups) else [None] * len(groups)
    places = {}
    for group, owner, name in zip(groups, owners, named, strict=True):
        words = name or (" ".join(owner.text.replace(tex.BREAK, " ").split()) if owner else "")
        places[group] = _Label(words, owner.text_at if owner else _outside(source, words, nodes))
    return _findings(source, places, pale, on_lines, _BESIDE)


def _findings(
    source: str, labels: Mapping[int, _Label], pale: Mapping[int, float], on_lines: Iterable[int], mend: str
) -> list[Finding]:
    found = []
    for group, ratio in pale.items():
        said = f"{_name(labels[group])} has a contrast of {ratio:.1f}:1 with what lies under it, in light or dark"
        message = f"{said}; it needs {contrast.WANTED}:1."
        found.append(tex.finding(source, labels[group].at, "FIG018", message, _PALER))
    for group in on_lines:
        message = f"{_name(labels[group])} lies on a line."
        found.append(tex.finding(source, labels[group].at, "FIG023", message, mend))
    return found


def _name(label: _Label) -> str:
    return f"The text {label.words!r}" if label.words else "A text"


def _groups(drawn: Scene) -> list[int]:
    return list(dict.fromkeys(item.group for item in drawn if isinstance(item, Letter)))


def _written(source: str, said: Mapping[int, str], group: int, again: Callable[[str], Sequence[str]]) -> int:
    """Return where a label of a diagram is written: where another word of its length is another label in its place.

    A node that several lines name is another node then: of what is left the third that says so is the third in the source.
    """
    words, labels = said[group], list(said.values())
    pattern = r"(?:\s|\\n|<br\s*/?>)+".join(re.escape(word) for word in words.split())
    places = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", source)) if words else []
    alike = [index for index, label in enumerate(labels) if label == words]
    other = next((letter * len(words) for letter in ascii_letters if letter * len(words) not in source), "")
    left, own = list[int](), dict[int, int]()
    for place in places[:_MOST] if len(places) > 1 and other else ():
        now = again(f"{source[: place.start()]}{other}{source[place.end() :]}")
        changed = [index for index in alike if list(now) == [*labels[:index], other, *labels[index + 1 :]]]
        if changed:
            own.setdefault(changed[0], place.start())
        elif other in now:
            left.append(place.start())
    index = list(said).index(group)
    if index in own:
        return own[index]
    left = left or [place.start() for place in places if place.start() not in own.values()]
    number = [each for each in alike if each not in own].index(index)
    return left[min(number, len(left) - 1)] if left else 0


def _owners(source: str, nodes: list[tex.Node], again: Callable[[str], Scene]) -> list[tex.Node | None]:
    """Return the node of each label in drawing order, None for one that no node's text makes: each is drawn in its own colour."""
    text = source
    for number, node in sorted(enumerate(nodes), reverse=True):
        option = f"text=sg-node-{number}"
        at = node.options_at + len(node.options) if node.options else node.start + len(_node_word(source, node))
        text = f"{text[:at]}{f',{option}' if node.options else f'[{option}]'}{text[at:]}"
    colours = (f"\\definecolor{{sg-node-{n}}}{{RGB}}{{{_PROBE},{n // 200},{n % 200}}}\n" for n in range(len(nodes)))
    found: dict[int, tex.Node | None] = {}
    for item in again(f"{''.join(colours)}{text}"):
        if isinstance(item, Letter):
            match = contrast.DIGITS_RE.fullmatch(item.paint)
            red, green, blue = bytes.fromhex(match["digits"]) if match else (0, 0, 0)
            number = green * 200 + blue
            owner = nodes[number] if red == _PROBE and number < len(nodes) else None
            found[item.group] = found.get(item.group) or owner
    return list(found.values())


def _node_word(source: str, node: tex.Node) -> str:
    return r"\node" if source.startswith("\\", node.start) else "node"


def _outside(source: str, words: str, nodes: list[tex.Node]) -> int:
    """Return where words are written that are no node's text: in the options of one, if anywhere."""
    for node in nodes:
        source = source[: node.text_at] + " " * len(node.text) + source[node.text_at + len(node.text) :]
    return max(source.find(words), 0) if words else 0
