r"""Mermaid source -> a drawing, with Pele in a JavaScript context that has no network, no files and no clock to wait on.

``flowchart LR\n A[Function] --> B[(Database)]`` becomes an SVG whose colours are the site's ``--pele-*``
variables. The context is made once per thread, because it can only be used where it was made.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import quickjs

from studyguide.model import Drawing, Finding

from . import legible, svg, tex

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

VERSION = "pele-1.13.0"
_VENDOR = Path(__file__).parent / "vendor"
_MEMORY, _SECONDS = 256 << 20, 10
_OPTIONS = {
    "links": False,
    "images": False,
    "responsive": False,
    "limit": 50_000,
    "outputLimit": 2_000_000,
    "maxEdges": 500,
    "idPrefix": "p",
    "now": 0,
    "config": {},
}
# Pele's short variables, which its root element would declare in a style attribute.
_VARIABLES = {
    "_bg": "var(--pele-bg)",
    "_fg": "var(--pele-fg)",
    "_m": "var(--pele-muted)",
    "_l": "var(--pele-line)",
    "_s": "var(--pele-surface)",
    "_a": "var(--pele-surface-alt)",
    "_b": "var(--pele-border)",
    "_c": "var(--pele-accent)",
    "_r": "4",
    "_w": "bold",
    "_tw": "bold",
    "_hw": "bold",
    "_fm": "monospace",
}
_SHORT = re.compile(r"var\(--(?P<name>_[a-z]+)\)")
# What the engine itself writes with a colour to fall back on. The inks on an author's fill and whatever a site has no
# variable of its own for turn with the scheme as any literal colour does; of a site's own the variable is enough.
_FALLBACK = re.compile(r"var\(--pele-(?P<name>[a-z]+(?:-[a-z0-9]+)*)\s*,\s*(?P<colour>#[0-9a-fA-F]{3,6})\)")
_SITE = frozenset({"bg", "fg", "muted", "line", "surface", "surface-alt", "border", "accent"})
# Darker than Pele's own series, so that the labels upon them, in the colour of the page, can be read.
_SERIES = ("#2f5d8c", "#8f4700", "#2f6b2a", "#a02c36", "#66479a", "#76483a", "#85306f", "#4c5863")
# As dark as they, for the labels upon it are in the colour of the page too.
_CRITICAL = _SERIES[3]
_PAINTED = re.compile(r"\b(?:fill|color)\s*:|^\s*(?:rect|box)\s", re.MULTILINE)
_ROOT_STYLE = re.compile(r'(?P<open><svg\b[^>]*?) style="[^"]*"')
_PARSE = re.compile(r"(?:Parse|Lexical) error on line \d+[.:].*\n.*\n-*\^\n?(?P<rest>.*)", re.DOTALL)
_WANTED = re.compile(r"Expecting (?P<wanted>.*), got '(?P<got>[^']*)'", re.DOTALL)
_CLOSERS = {"SQE": "]", "PE": ")", "DIAMOND_STOP": "}", "STADIUMEND": "])", "SUBROUTINEEND": "]]", "CYLINDEREND": ")]"}
_OPENERS = {"]": "[", ")": "(", "}": "{"}
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "text", "use"})
_here = threading.local()


class EngineChangedError(Exception):
    """The vendored engine is not the file whose sha256 is noted beside it."""


def draw(source: str) -> Drawing:
    """Draw a diagram; what is wrong with it comes back as findings."""
    answer = _ask(source)
    if error := answer.get("error"):
        return Drawing("", findings=(_finding(source, error),))
    try:
        cleaned = svg.clean(_own_colours(answer["svg"]))
    except svg.SvgError as error:
        return Drawing("", findings=(Finding(1, 1, "FIG013", f"The engine's drawing cannot be used: {error}."),))
    root, width, height = cleaned.root, float(answer["width"]), float(answer["height"])
    root.attrib.clear()
    root.attrib.update(
        {"class": "sg-mermaid", "viewBox": f"0 0 {width:g} {height:g}", "width": f"{width:g}", "height": f"{height:g}"}
    )
    root.set("fill", "var(--pele-fg)")
    return Drawing(
        svg.serialise(root),
        width,
        height,
        tuple(sorted(cleaned.glyphs.items())),
        tuple(sorted(cleaned.colours)),
        words(root),
        (
            *_nothing(root),
            *_unknown_colours(source, cleaned.dropped),
            *legible.check_mermaid(source, root, _labels, painted=bool(_PAINTED.search(source))),
        ),
    )


def _nothing(root: ET.Element) -> tuple[Finding, ...]:
    """Return the finding of a picture without a shape or a word: the kind of a diagram alone is drawn as that."""
    shapes = (each for each in root.iter() if each.tag.rpartition("}")[2] in _SHAPES)
    if any(each.get("class") != "pele-slice" or each.tag.endswith("path") for each in shapes):
        return ()
    text = "There is nothing in this diagram."
    return (Finding(1, 1, "FIG013", text, "Add what it is to show below its first line."),)


def _ask(source: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_studio()(source, json.dumps(_OPTIONS)))
    except EngineChangedError:
        raise
    except Exception as error:  # noqa: BLE001  the engine's own errors have no common base but this
        # After a limit the context may hold half of a diagram: the next one gets a new context.
        _here.__dict__.clear()
        return {"error": {"message": str(error), "code": "limit", "line": 1, "column": 1}}
    return found


def _studio() -> Any:
    """Return this thread's drawing function, making its context first."""
    if not hasattr(_here, "draw"):
        engine = (_VENDOR / "pele.global.js").read_bytes()
        noted = (_VENDOR / "pele.global.js.sha256").read_text(encoding="utf-8").split()[0]
        if hashlib.sha256(engine).hexdigest() != noted:
            message = "figures/vendor/pele.global.js does not match its sha256; run the update command again"
            raise EngineChangedError(message)
        context = quickjs.Context()
        context.set_memory_limit(_MEMORY)
        context.set_time_limit(_SECONDS)
        context.eval((_VENDOR / "host.js").read_text(encoding="utf-8"))
        context.eval(engine.decode("utf-8"))
        context.eval("studyguide.measure")((_VENDOR / "widths.json").read_text(encoding="utf-8"))
        _here.context, _here.draw = context, context.eval("studyguide.draw")
    return _here.draw


def _own_colours(text: str) -> str:
    text = _ROOT_STYLE.sub(lambda match: match["open"], text, count=1)
    text = _SHORT.sub(lambda match: _VARIABLES.get(match["name"], "currentColor"), text)
    plain = "--pele-series-" in text

    def own(match: re.Match[str]) -> str:
        kind, _, number = match["name"].rpartition("-")
        if kind == "series":
            return _SERIES[(int(number) - 1) % len(_SERIES)]
        if kind == "fg-on" and plain:
            return "#ffffff"
        if match["name"] in _SITE:
            return f"var(--pele-{match['name']})"
        return _CRITICAL if match["name"] == "critical" else match["colour"]

    return _FALLBACK.sub(own, text)


def words(root: Any) -> tuple[str, ...]:
    """Return the labels of a diagram, each once, in drawing order."""
    found = (" ".join(" ".join(text.itertext()).split()) for text in root.iter("text"))
    return tuple(dict.fromkeys(label for label in found if label))


def _labels(source: str) -> list[str]:
    """Return what each label of a diagram says, in drawing order; nothing where it does not draw."""
    answer = _ask(source)
    try:
        root = svg.clean(_own_colours(answer["svg"])).root if "svg" in answer else None
    except svg.SvgError:
        root = None
    return legible.said(root) if root is not None else []


def _unknown_colours(source: str, values: list[str]) -> list[Finding]:
    message = "The colour {!r} is not one that can have a dark twin, so it was left out."
    fix = "Write it as #rrggbb, rgb(), hsl() or a CSS name."
    places = ((max(source.find(value), 0), value) for value in dict.fromkeys(values))
    return [tex.finding(source, at, "FIG014", message.format(value), fix) for at, value in places]


def _finding(source: str, error: dict[str, Any]) -> Finding:
    line, column = max(int(error["line"]), 1), max(int(error["column"]), 1)
    message, code = str(error["message"]), error["code"]
    if code == "unsupported-diagram":
        # Comments and settings start with %%, and may come before the kind.
        words = ((number, text.split()) for number, text in enumerate(source.splitlines(), 1))
        first, kind = next(((number, found[0]) for number, found in words if found and found[0][:2] != "%%"), (1, ""))
        text = f"{kind!r} is not a kind of Mermaid diagram." if kind else "The diagram is empty."
        return Finding(
            first, 1, "FIG013", text, "Begin with flowchart LR, sequenceDiagram, stateDiagram-v2 or another kind."
        )
    if code == "crash":
        text = f"The engine crashed on this diagram ({message.splitlines()[0] if message else 'no reason given'})."
        return Finding(1, 1, "FIG013", text, "Leave out what you added last.")
    if code not in {"syntax", "semantic"}:
        reason = message.splitlines()[0].rstrip(".") if message else "no reason given"
        text = f"The diagram is too large or takes too long ({reason})."
        return Finding(line, column, "FIG013", text, "Draw less in one diagram.")
    return _parse_finding(source, message, line, column)


def _parse_finding(source: str, message: str, line: int, column: int) -> Finding:
    rest = match["rest"] if (match := _PARSE.match(message)) else message
    wanted = _WANTED.search(rest)
    if wanted is None:
        return Finding(
            line,
            column,
            "FIG012",
            f"The diagram does not parse: {(rest.strip() or message.splitlines()[0]).rstrip('.')}.",
        )
    names = re.findall(r"'([^']*)'", wanted["wanted"])
    if "end" in names and wanted["got"] in {"$end", "EOF"}:
        return _never_ended(source, line, column)
    if closer := next((_CLOSERS[name] for name in names if name in _CLOSERS), ""):
        opener = _OPENERS[closer[-1]]
        at = _last_open(source, line, opener, closer[-1])
        if at is not None:
            return tex.finding(
                source, at, "FIG012", f"This {opener!r} is never closed.", f"Add {closer[-1]!r} after its text."
            )
    lines = source.splitlines()
    near = lines[line - 1].strip() if line <= len(lines) else ""
    if near:  # where a line ends too soon, Pele points behind it
        column = min(column, len(lines[line - 1].rstrip()))
    text = (
        f"The diagram does not parse here: {near!r} cannot go on like this." if near else "The diagram ends too soon."
    )
    return Finding(
        line, column, "FIG012", text, 'Check the arrow and the brackets before it, or quote the label: A["text"].'
    )


def _last_open(source: str, line: int, opener: str, closer: str) -> int | None:
    """Return the last opening bracket up to a line that is not closed on its own line."""
    at, found = 0, None
    for text in source.splitlines(keepends=True)[:line]:
        opened: list[int] = []
        for offset, character in enumerate(text):
            if character == opener:
                opened.append(at + offset)
            elif character == closer and opened:
                opened.pop()
        found = opened[-1] if opened else found
        at += len(text)
    return found


def _never_ended(source: str, line: int, column: int) -> Finding:
    opened: list[int] = []
    for match in re.finditer(r"(?m)^\s*(?P<word>subgraph|end|loop|alt|opt|par|critical|break|rect|box)\b", source):
        if match["word"] != "end":
            opened.append(match.start("word"))
        elif opened:
            opened.pop()
    at = opened[-1] if opened else None
    if at is None:
        return Finding(line, column, "FIG012", 'A block has no "end".', 'Add "end" on a line of its own.')
    word = source[at:].split(maxsplit=1)[0]
    return tex.finding(source, at, "FIG012", f'This {word!r} has no "end".', 'Add "end" on a line of its own.')
