"""Labels that cannot be read, each at its place in the source: too pale for what lies under them, or on a line.

check(source, root, glyphs)  ->  [Finding(2, 32, "FIG018", "The text 'Pale' has a contrast of ..."), ...]
"""

from __future__ import annotations

import re
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
_PALER = "Use a paler fill (a mix of 20 or less) or a darker text."
_BESIDE = "Put it beside the line (above, right, xshift), or give it a ground: fill=white."
_ROOM = "Use fewer words, break them with <br/>, or change the order of the nodes."


class _Label(NamedTuple):
    """What a label says, and where it is written."""

    words: str
    at: int


def check_mermaid(source: str, root: ET.Element, *, painted: bool) -> list[Finding]:
    """Return a finding for each label that cannot be read; where no colour is an author's own, colours are left alone."""
    drawn = scene(root, {})
    pale = contrast.dim(drawn) if painted else {}
    said = {item.group: item.words for item in drawn if isinstance(item, Letter)}
    return _findings(source, _written(source, said), pale, crossings.crossed(drawn), _ROOM)


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


def _written(source: str, said: Mapping[int, tuple[str, ...]]) -> dict[int, _Label]:
    """Return where each label of a diagram is written: the third that says so is taken for the third in the source."""
    seen: dict[tuple[str, ...], int] = {}
    found = {}
    for group, rows in said.items():
        words = r"(?:\s|\\n|<br\s*/?>)+".join(re.escape(word) for word in " ".join(rows).split())
        places = [match.start() for match in re.finditer(rf"(?<!\w){words}(?!\w)", source)] if words else []
        number = seen[rows] = seen.get(rows, -1) + 1
        found[group] = _Label(" ".join(rows), places[min(number, len(places) - 1)] if places else 0)
    return found


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
