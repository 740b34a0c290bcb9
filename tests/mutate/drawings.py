"""Mistakes in figures: in their words, their fences, and the TikZ and Mermaid in them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from studyguide.checks.labels import labels
from studyguide.model import Position

from mutate.directives import one_line
from mutate.insert import paragraphs
from mutate.mutant import Expected, Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.model import Engine
    from studyguide.text.source import Fence

    from mutate.original import Found, Original

ENGINES = ("tikz", "mermaid")
KIND_RE = re.compile(r"^[ \t]*(?P<kind>[a-zA-Z]+)", re.MULTILINE)
# A node more, in each kind of drawing whose nodes are known.
ANOTHER = {
    "tikz": r"  \node[draw] at (0,0) {Zeppelin};",
    "flowchart": '  zeppelin["Zeppelin"]',
    "sequenceDiagram": "  participant Z as Zeppelin",
    "stateDiagram": '  state "Zeppelin" as zeppelin',
}


def _drawings(original: Original, *engines: str) -> Iterator[tuple[Found, Fence]]:
    """Yield every figure whose body is one drawing."""
    for found in original.named("figure"):
        fences = original.sources[found.path].fences
        inside = [fence for fence in fences if found.first <= fence.first < found.last and fence.language in engines]
        if len(inside) == 1:
            yield found, inside[0]


def alt_dropped(original: Original) -> Iterator[Mutant]:
    for found, _ in _drawings(original, *ENGINES):
        if found.block.text("alt"):
            yield one_line(
                original, found, found.line("alt"), [], code="FIG001", change=f"the alt text of `{found.id}` went"
            )


def alt_unread(original: Original) -> Iterator[Mutant]:
    options = ("/// figure | Two numbers", "    id: fig-mutant", "    alt: One and two.")
    return paragraphs(original, "DIR008", *options, "", "| One | Two |", "| --- | --- |", "| 1 | 2 |", "///", at=2)


def alt_says_nothing(original: Original) -> Iterator[Mutant]:
    for found, fence in _drawings(original, *ENGINES):
        if labels(cast("Engine", fence.language), fence.code):
            number = found.line("alt")
            text = original.sources[found.path].lines[number - 1].partition(":")[0]
            change = f"the alt text of `{found.id}` became another"
            yield one_line(original, found, number, [f"{text}: Zeppelins."], number, code="FIG020", change=change)


def node_unnamed(original: Original) -> Iterator[Mutant]:
    """Yield every drawing with a node more, of which its alt text says nothing."""
    for found, fence in _drawings(original, *ENGINES):
        if new := ANOTHER.get(_kind(fence)):
            number = _end(fence)
            files = original.apply([original.lines(found.path, number, number - 1, [new])])
            expected = (expect("FIG020", found.path, found.line("alt")),)
            yield Mutant(Position(found.path, number), f"`{new.strip()}` was put in", files, expected)


def _kind(fence: Fence) -> str:
    """Return what a drawing is: of Mermaid, the first word that is no setting."""
    match = KIND_RE.search(fence.code)
    return fence.language if fence.language == "tikz" or not match else match["kind"]


def emptied(original: Original) -> Iterator[Mutant]:
    for found, fence in _drawings(original, *ENGINES):
        files = original.apply([original.lines(found.path, fence.first + 1, fence.last + 1, ["Nothing to see."])])
        expected = (expect("FIG002", found.path, found.first),)
        yield Mutant(fence.opening, f"the drawing of `{found.id}` went", files, expected)


def form_missing(original: Original) -> Iterator[Mutant]:
    """Yield every figure of one drawing that says it has two forms."""
    for found, _ in _drawings(original, *ENGINES):
        number = found.line("alt")
        text = original.sources[found.path].lines[number - 1]
        new = f"{text.partition('alt')[0]}forms: [wide, narrow]"
        change = f"`{new.strip()}` was put in"
        yield one_line(original, found, number, [text, new], number + 1, code="FIG022", change=change)


def outside_figure(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "FIG004", "```mermaid", "flowchart LR", "  A --> B", "```")


def fence_unclosed(original: Original) -> Iterator[Mutant]:
    """Yield every figure whose fence is not closed: what follows is read as its code, so either may be named."""
    for found, fence in _drawings(original, *ENGINES):
        files = original.apply([original.lines(found.path, fence.last + 1, fence.last + 1)])
        expected = (Expected(("FIG005", "DIR006"), found.path, (found.first, fence.opening.line)),)
        yield Mutant(Position(found.path, fence.last + 1), "the line that closes a drawing went", files, expected)


def fence_unclosed_at_the_end(original: Original) -> Iterator[Mutant]:
    for path, source in original.sources.items():
        end = len(source.lines)
        new = [
            "",
            "/// figure | A plan",
            "    id: fig-mutant",
            "    alt: A plan.",
            "",
            "```mermaid",
            "flowchart LR",
            "///",
        ]
        files = original.apply([original.lines(path, end, end - 1, new)])
        yield Mutant(
            Position(path, end + 5), "a figure whose drawing is not closed", files, (expect("FIG005", path, end + 5),)
        )


def _last_lines(engine: str, code: str, *new: str, at: int | None = None) -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that puts lines in before the end of every drawing; ``at`` counts from the first line of code.

    The Mermaid is that of flowcharts, so other diagrams are left alone.
    """

    def mutants(original: Original) -> Iterator[Mutant]:
        for found, fence in _drawings(original, engine):
            if engine == "mermaid" and _kind(fence) != "flowchart":
                continue
            number = _end(fence)
            files = original.apply([original.lines(found.path, number, number - 1, new)])
            lines = range(number, number + len(new)) if at is None else [fence.start.line + at]
            change = f"`{new[-1].strip()}` was put in"
            yield Mutant(Position(found.path, number), change, files, (expect(code, found.path, *lines),))

    return mutants


def _end(fence: Fence) -> int:
    """Return the number of the line that ends the picture; of the fence, where nothing ends one."""
    lines = fence.code.split("\n")
    ends = [fence.start.line + i for i, line in enumerate(lines) if line.lstrip().startswith(r"\end{tikzpicture}")]
    return ends[-1] if ends else fence.last + 1


def _replaced(engine: str, old: str, new: str, code: str) -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that puts ``new`` in the place of the first ``old`` of every drawing that has one."""

    def mutants(original: Original) -> Iterator[Mutant]:
        for found, fence in _drawings(original, engine):
            for number, line in enumerate(fence.code.split("\n"), start=fence.start.line):
                if old in line:
                    text = original.sources[found.path].lines[number - 1].replace(old, new, 1)
                    change = f"`{old}` became `{new}`"
                    yield one_line(original, found, number, [text], number, code=code, change=change)
                    break

    return mutants


def no_end(original: Original) -> Iterator[Mutant]:
    for found, fence in _drawings(original, "tikz"):
        start = next(i for i, line in enumerate(fence.code.split("\n")) if r"\begin{tikzpicture}" in line)
        at = fence.start.line + start
        yield one_line(original, found, _end(fence), [], at, code="FIG016", change="the end of a picture went")


def no_semicolon(original: Original) -> Iterator[Mutant]:
    r"""Yield every statement before a `\draw` without its end; a `\node` may follow, as part of the same path."""
    for found, fence in _drawings(original, "tikz"):
        lines = fence.code.split("\n")
        for i, (line, after) in enumerate(pairwise(lines)):
            if line.rstrip().endswith(";") and after.lstrip().startswith("\\draw"):
                number = fence.start.line + i
                text = original.sources[found.path].lines[number - 1].rstrip().removesuffix(";")
                change = "a semicolon went"
                yield one_line(original, found, number, [text], number, number + 1, code="FIG010", change=change)


BOMB = r"  \foreach \x in {1,...,100000000} \draw (0,0) -- (1,1);"
PALE = ('  mutant["Pale words"]', "  style mutant fill:#777777,color:#888888")


def mermaid_of_nothing(original: Original) -> Iterator[Mutant]:
    options = ("/// figure | Mutant", "    id: fig-mutant", "    alt: A mutant.")
    return paragraphs(original, "FIG013", *options, "", "```mermaid", "flowchart LR", "```", "///", at=5)


KINDS = (
    Kind("figure-alt-dropped", alt_dropped),
    Kind("figure-alt-unread", alt_unread),
    Kind("figure-alt-says-nothing", alt_says_nothing),
    Kind("figure-node-unnamed", node_unnamed),
    Kind("figure-emptied", emptied),
    Kind("figure-form-missing", form_missing),
    Kind("drawing-outside-figure", outside_figure),
    Kind("fence-unclosed", fence_unclosed),
    Kind("fence-unclosed-at-the-end", fence_unclosed_at_the_end),
    Kind("mermaid-bracket", _last_lines("mermaid", "FIG012", "  mutant[never closed")),
    Kind("mermaid-of-nothing", mermaid_of_nothing),
    Kind("mermaid-kind", _replaced("mermaid", "flowchart ", "flowchrt ", "FIG013")),
    Kind("mermaid-pale-text", _last_lines("mermaid", "FIG018", *PALE)),
    Kind("tikz-command", _last_lines("tikz", "FIG010", r"  \drawe (0,0) -- (1,1);")),
    Kind("tikz-semicolon", no_semicolon),
    Kind("tikz-library", _replaced("tikz", "arrows.meta", "arrows.metta", "FIG015")),
    Kind("tikz-end", no_end),
    Kind("tikz-reads-a-file", _last_lines("tikz", "FIG017", r"  \input{secret}")),
    Kind("tikz-pale-text", _last_lines("tikz", "FIG018", r"  \node[fill=white, text=black!30] at (0,0) {Pale};")),
    Kind("tikz-label-on-a-line", _last_lines("tikz", "FIG023", r"  \draw (0,0) -- node {Mutant} (0,3);")),
    Kind("tikz-unlike-tex", _last_lines("tikz", "FIG014", r"  \node[font=\sffamily\bfseries] at (0,0) {Bold};")),
    Kind("tikz-goes-on-for-ever", _last_lines("tikz", "FIG011", BOMB, at=0), most=1),
)
