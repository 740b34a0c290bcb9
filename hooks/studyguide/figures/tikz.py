r"""TikZ source -> a drawing: checked, mended, drawn by one of two engines, and cleaned.

``tikra`` (the default) runs in a child process; ``latex`` is real TeX, where it is installed. Both come
down to one function from source to ``Drawn``; everything after that is the same for both.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from studyguide.model import Drawing, Finding

from . import latex, legible, prepass, svg, tex
from .diagnosis import NO_COLOUR, explain
from .rows import set_in_rows
from .scene import scene
from .worker import Worker, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable

TikzEngine = Literal["tikra", "latex"]
VERSIONS: dict[TikzEngine, str] = {"tikra": "tikra-1.4.0", "latex": "latex-dvisvgm"}
# A point of TeX becomes 1.6 pixels, which makes \small about as large as the page's own small text.
SCALE = 1.6
LARGEST = 2_000_000
_WORKER = Path(__file__).with_name("tikra_worker.py")
_TEXTS = re.compile(r"(?:Nodes|Text in the figure): (?P<words>.*?)\.?(?: Connections: (?P<rest>.*))?$", re.DOTALL)
_LABELED = re.compile(r"labeled “(?P<label>[^”]*)”")
_COMMAND = re.compile(r"\\(?:\\(?:\[[^\]]*\])?|[A-Za-z]+\s?|.)|[{}$~]")


class Drawn(NamedTuple):
    """What an engine gives back: its SVG, or the findings that say why there is none."""

    svg: str
    words: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def worker(seconds: float = 10.0) -> Worker:
    """Return the child process that runs tikra; it starts with the first figure."""
    # -I keeps the guide's folder and the user's settings off the child's path.
    return Worker([sys.executable, "-I", str(_WORKER)], seconds=seconds)


def draw(source: str, engine: TikzEngine, child: Worker) -> Drawing:
    """Draw a figure; what is wrong with it comes back as findings."""
    said = prepass.check(source)
    if any(finding.code == "FIG017" for finding in said):
        return Drawing("", findings=said)
    drawn = _latex(source) if engine == "latex" else _tikra(source, child)
    if engine == "latex":  # what only tikra gets wrong is no fault here
        said = tuple(finding for finding in said if finding.code != "FIG014")
    found = tuple(dict.fromkeys((*said, *drawn.findings)))
    if not drawn.svg:
        return Drawing("", findings=found)
    if len(drawn.svg) > LARGEST:
        message = f"The figure is too large: {len(drawn.svg):,} bytes of SVG, where {LARGEST:,} are allowed."
        return Drawing("", findings=(*found, Finding(1, 1, "FIG011", message, "Draw fewer lines or points.")))
    return _finish(source, drawn, found, lambda text: _again(text, engine, child))


def _again(source: str, engine: TikzEngine, child: Worker) -> legible.Scene:
    """Return what the drawing of a source shows that is to be looked at only, nothing if there is none."""
    drawn = _latex(source) if engine == "latex" else _tikra(source, child)
    try:
        cleaned = svg.clean(drawn.svg) if drawn.svg and len(drawn.svg) <= LARGEST else None
    except svg.SvgError:
        return []
    return scene(cleaned.root, cleaned.glyphs) if cleaned else []


def _finish(source: str, drawn: Drawn, found: tuple[Finding, ...], again: Callable[[str], legible.Scene]) -> Drawing:
    try:
        cleaned = svg.clean(drawn.svg)
    except svg.SvgError as error:
        message = f"The engine's drawing cannot be used: {error}."
        return Drawing("", findings=(*found, Finding(1, 1, "FIG011", message, "Draw with TikZ alone.")))
    root = cleaned.root
    box = [float(number) for number in root.get("viewBox", "0 0 1 1").split()]
    width, height = round(box[2] * SCALE, 1), round(box[3] * SCALE, 1)
    root.attrib.clear()
    root.attrib.update({"class": "sg-tikz", "viewBox": " ".join(f"{number:g}" for number in box)})
    # What names no fill is black in TeX's world and in SVG's; here it is the scheme's ink.
    root.attrib.update({"width": f"{width:g}", "height": f"{height:g}", "fill": "var(--sg-ink)"})
    if not len(root) and not found:
        found = (Finding(1, 1, "FIG010", "There is nothing in this picture.", r"Add a \node or a \draw."),)
    unreadable = legible.check_tikz(source, root, cleaned.glyphs, drawn.words, again)
    # What is drawn in a colour that does not exist says nothing of how it will be read.
    if any(finding.message.startswith(NO_COLOUR) for finding in found):
        unreadable = [finding for finding in unreadable if finding.code != "FIG018"]
    set_in_rows(root)
    return Drawing(
        svg.serialise(root),
        width,
        height,
        tuple(sorted(cleaned.glyphs.items())),
        tuple(sorted(cleaned.colours)),
        tuple(dict.fromkeys(drawn.words)),
        (*found, *unreadable),
    )


def _tikra(source: str, child: Worker) -> Drawn:
    try:
        answer = child.ask(prepass.mend(source))
    except WorkerError as error:
        message = f"The engine gave no drawing: it {error}."
        return Drawn("", findings=(Finding(1, 1, "FIG011", message, "Draw less, or look for a loop without an end."),))
    if crash := answer.get("crash"):
        message = f"The engine crashed on this figure ({str(crash)[:120]})."
        return Drawn("", findings=(Finding(1, 1, "FIG011", message, "Leave out what you added last."),))
    if refused := answer.get("error"):
        return Drawn("", findings=(explain(source, str(refused)),))
    findings = tuple(explain(source, warning) for warning in answer["warnings"])
    return Drawn(answer["svg"], _described(answer["words"]), findings)


def _described(text: str) -> tuple[str, ...]:
    """Take the labels out of the sentence in which tikra describes a figure."""
    match = _TEXTS.search(text)
    if match is None:
        return ()
    labels = match["words"].split("; ") + [found["label"] for found in _LABELED.finditer(match["rest"] or "")]
    return tuple(label for label in labels if label.strip())


def _latex(source: str) -> Drawn:
    try:
        drawn = latex.draw(source)
    except latex.LatexError as error:
        return Drawn("", findings=(Finding(error.line, 1, error.code, error.message, error.fix),))
    plain = (_COMMAND.sub(" ", node.text) for node in tex.nodes(tex.uncomment(source)))
    return Drawn(drawn, tuple(label for text in plain if (label := " ".join(text.split()))))
