r"""A drawing's source -> the labels of its nodes, as words: what a reader sees as a thing, and not what its arrows say.

    flowchart LR
      fn["Your<br/>function"] -->|calls| db[(Database)]      ->  ("Your function", "Database")
    \node[box] (db) at (0,0) {Private\\database};            ->  ("Private database",)
    \node at (2,0) {asks};                                   ->  (): words beside an arrow

Of Mermaid it reads flowcharts, sequences and states; other diagrams have no nodes to speak of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.model import Engine

# Comments, settings among them, and the front matter that a diagram may have.
COMMENT_RE = re.compile(r"\A\s*---[ \t]*\n(?s:.*?)\n---[ \t]*$|%%\{(?s:.*?)\}%%|^[ \t]*%%.*$", re.MULTILINE)
BREAK_RE = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)

FLOW_WORDS_RE = re.compile(
    r"^\s*(?:classDef|class|style|linkStyle|click|direction|accTitle|accDescr|end\b).*$", re.MULTILINE
)
SUBGRAPH_RE = re.compile(r"^\s*subgraph\s+(?:[\w-]+\s*\[(?P<label>[^\]]*)\]|(?P<name>[^\[\n]+?))[ \t]*$", re.MULTILINE)
# What an arrow says: between bars, or within the arrow itself.
FLOW_EDGE_RE = re.compile(r"\|[^|\n]*\||(?<=[-=.])[ \t]+(?:\"[^\"\n]*\"|[^-=.>|\n]+?)[ \t]*(?=(?:--+|==+|\.-+)[>xo]?)")
FLOW_NODE_RE = re.compile(
    r"(?P<id>\w[\w-]{0,60}?)(?P<open>\[\(|\(\[|\[\[|\(\(\(?|\{\{|\[/|\[\\|\[|\(|\{|>)\s*"
    r"(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\"\[\](){}\n]+?))\s*(?:[\\/]?\]|\)+\]?|\}+|\)\])+"
)
FLOW_CLASS_RE = re.compile(r":::[\w-]+|@\{[^}]*\}")
FLOW_ARROW_RE = re.compile(r"(?:(?<=\s)[xo])?<?(?:--+|==+|-\.+-?|~~~+)(?:[xo](?=\s))?>?|&|;")
PARTICIPANT_RE = re.compile(
    r"^\s*(?:create\s+)?(?:participant|actor)\s+(?P<id>\S+)(?:\s+as\s+(?P<label>.+?))?\s*$", re.MULTILINE
)
MESSAGE_RE = re.compile(
    r"^\s*(?P<a>[^\s:<>-][^:<>\n-]*?)\s*<?<?--?(?:>>?|[x)])\s*[+-]?\s*(?P<b>[^\s:][^:\n]*?)\s*:", re.MULTILINE
)
STATE_NOTE_RE = re.compile(
    r"^\s*note\b[^:\n]*(?::[^\n]*$|\n.*?^\s*end note\s*$)", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
STATE_AS_RE = re.compile(r"^\s*state\s+\"(?P<label>[^\"]*)\"\s+as\s+(?P<id>\w+)", re.MULTILINE)
STATE_CHOICE_RE = re.compile(r"^\s*state\s+(?P<id>\w+)\s+(?:<<\w+>>|\[\[\w+\]\])\s*$", re.MULTILINE)
STATE_NAME_RE = re.compile(r"^\s*state\s+(?P<id>\w+)\s*\{?\s*$", re.MULTILINE)
STATE_TEXT_RE = re.compile(r"^\s*(?P<id>\w+)\s*:\s*(?P<label>.+?)\s*$", re.MULTILINE)
STATE_ARROW_RE = re.compile(r"^\s*(?P<a>\[\*\]|\w+)\s*-->\s*(?P<b>\[\*\]|\w+)", re.MULTILINE)

TIKZ_COMMENT_RE = re.compile(r"(?<!\\)%.*$", re.MULTILINE)
TIKZ_NODE_RE = re.compile(r"\\node\b")
TIKZ_PART_RE = re.compile(r"\s*(?:(?P<option>\[)|(?P<name>\((?P<id>[^()]*)\))|at\s*(?P<at>\()|(?P<label>\{))")
TIKZ_MACRO_RE = re.compile(r"\\[a-zA-Z]+\*?(?:\[[^\]]*\])?|[{}$~]|\\[ ,;!]")
# Options that say how words are set, and draw nothing around them.
TIKZ_PLAIN_RE = re.compile(
    r"^(?:align|font|text|text width|anchor|above|below|left|right|rotate|inner sep|scale|midway)\b"
)
CLOSERS = {"[": "]", "(": ")", "{": "}"}


def labels(engine: Engine, code: str) -> tuple[str, ...]:
    """Return the label of each node, once, in the order of the source."""
    found = _tikz(code) if engine == "tikz" else _mermaid(code)
    return tuple(dict.fromkeys(label for label in (" ".join(text.split()) for text in found) if label))


def _mermaid(code: str) -> Iterator[str]:
    text = COMMENT_RE.sub("", code).strip()
    kind = text.split(maxsplit=1)[0].partition("-")[0] if text else ""
    readers: dict[str, Callable[[str], Iterator[str]]] = {
        "flowchart": _flowchart,
        "graph": _flowchart,
        "sequenceDiagram": _sequence,
        "stateDiagram": _states,
    }
    _, _, body = text.partition("\n")
    return (BREAK_RE.sub(" ", label).strip('"') for label in readers[kind](body)) if kind in readers else iter(())


def _flowchart(body: str) -> Iterator[str]:
    body = FLOW_CLASS_RE.sub(" ", FLOW_WORDS_RE.sub("", body))
    for match in SUBGRAPH_RE.finditer(body):
        yield match["label"] or match["name"]
    body = FLOW_EDGE_RE.sub(" ", SUBGRAPH_RE.sub("", body))
    named: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        named[match["id"]] = match["quoted"] if match["quoted"] is not None else match["bare"]
        return f" {match['id']} "

    body = FLOW_ARROW_RE.sub(" ", FLOW_NODE_RE.sub(take, body))
    for key in dict.fromkeys(re.findall(r"\w[\w-]*", body)):
        yield named.get(key, key)


def _sequence(body: str) -> Iterator[str]:
    named = {match["id"]: match["label"] or match["id"] for match in PARTICIPANT_RE.finditer(body)}
    yield from named.values()
    for match in MESSAGE_RE.finditer(PARTICIPANT_RE.sub("", body)):
        yield from (match[side] for side in "ab" if match[side] not in named)


def _states(body: str) -> Iterator[str]:
    body = STATE_NOTE_RE.sub("", body)
    choices = {match["id"] for match in STATE_CHOICE_RE.finditer(body)}
    named = {m["id"]: m["label"] for pattern in (STATE_AS_RE, STATE_TEXT_RE) for m in pattern.finditer(body)}
    keys = [m["id"] for pattern in (STATE_AS_RE, STATE_NAME_RE, STATE_TEXT_RE) for m in pattern.finditer(body)]
    keys += [m[side] for m in STATE_ARROW_RE.finditer(body) for side in "ab"]
    yield from (named.get(key, key) for key in dict.fromkeys(keys) if key not in choices and key != "[*]")


def _tikz(code: str) -> Iterator[str]:
    code = TIKZ_COMMENT_RE.sub("", code)
    for match in TIKZ_NODE_RE.finditer(code):
        options, name, label = _node(code, match.end())
        drawn = any(not TIKZ_PLAIN_RE.match(option.strip()) for option in options.split(",") if option.strip())
        # Small words without a name and without a shape stand beside an arrow.
        if name or drawn or not label[:1].islower():
            yield _plain(label)


def _node(code: str, at: int) -> tuple[str, str, str]:
    r"""Return the options, the name and the label of the ``\node`` that ends before a character."""
    options, name = "", ""
    while part := TIKZ_PART_RE.match(code, at):
        kind = part.lastgroup if part.lastgroup != "id" else "name"
        start = part.end() - 1
        at = part.end() if kind == "name" else _closed(code, start)
        if kind == "label":
            return options, name, code[start + 1 : at - 1].strip()
        options += f",{code[start + 1 : at - 1]}" if kind == "option" else ""
        name = part["id"] if part["name"] else name
    return options, name, ""


def _closed(code: str, start: int) -> int:
    """Return the place after the bracket that closes the one at ``start``."""
    opener, depth = code[start], 0
    for at in range(start, len(code)):
        depth += (code[at] == opener) - (code[at] == CLOSERS[opener])
        if not depth:
            return at + 1
    return len(code) + 1


def _plain(label: str) -> str:
    """Return a label without TeX's marks; a word that was parted for its line keeps its hyphen."""
    text = re.sub(r"(-?)\s*\\\\(?:\[[^\]]*\])?\s*", lambda match: match[1] or " ", label)
    return TIKZ_MACRO_RE.sub(" ", text).replace("\\", "")
