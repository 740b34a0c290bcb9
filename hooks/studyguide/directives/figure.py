"""A figure: a drawing, image, table or code block with a caption, a number and words for who cannot see it.

/// figure | Two routes        ->  <figure id="fig-routes" class="sg-figure">
    id: fig-routes                   <div class="sg-body"> the body </div>
    alt: Two arrows.                 <figcaption><a href="#fig-routes">Figure 3</a> Two routes</figcaption>
```tikz                            </figure>
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from studyguide.directives.part import Part, element
from studyguide.model import Engine, Figure, Position, Problem, Target
from studyguide.text.source import FENCE_RE, Fence, find_fences, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.directives.block import Block, Line

NAME = "figure"
PREFIX = "fig-"
OPTIONS = ("id", "alt")
ENGINES = ("tikz", "mermaid")
IMAGE_RE = re.compile(r"!\[[^\]]*\]\(|<img\b")
PLACEHOLDER_RE = re.compile(r'<div class="sg-placeholder" data-drawing="(?P<key>[\w-]*)"></div>')
TABLE_RE = re.compile(r"^[ \t]*(?:\|[ \t]*:?-+:?[ \t]*(?:\||$)|:?-+:?[ \t]*\|)")


def read(block: Block, key: str, inner: Callable[[list[Line]], Part]) -> Part:
    """Return the figure as Markdown, with its target and the drawings in it."""
    caption, alt = plain(block.title), block.text("alt")
    drawings = drawing_fences([line.text for line in block.body], block.position.path)
    body, figures = _body(block, drawings, key, caption, alt)
    part = (
        Part(lines=tuple(body))
        if drawings
        else inner([line._replace(text=_with_alt(line.text, alt)) for line in block.body])
    )
    number = [f"[](#{key}){{ .sg-number }} {block.title}"]
    lines = element(
        "figure",
        [*element("div", part.lines, class_="sg-body"), *element("figcaption", number, markdown="inline")],
        class_="sg-figure",
        id=key,
    )
    target = Target("figure", key, caption, block.at("id"))
    problems = (*part.problems, *_problems(block, drawings, alt))
    return Part(
        tuple(lines), (target, *part.targets), (*figures, *part.figures), part.checkpoints, part.references, problems
    )


def drawing_fences(texts: list[str], path: str) -> list[Fence]:
    """Return the fences that a figure engine draws; their positions count lines from these texts."""
    return [fence for fence in find_fences(texts, path) if fence.language in ENGINES]


def fence_line(text: str, language: str, key: str) -> str:
    """Return a fence's first line, so that its formatter knows which drawing belongs here."""
    marks = re.match(r"[ \t>]*[`~]+", text)
    return f'{marks.group() if marks else "```"}{language} drawing="{key}"'


def as_figure(fence: Fence, start_line: Line, key: str, caption: str, alt: str) -> Figure:
    """Return the drawing of a fence; ``start_line`` is the first line of its code."""
    column = start_line.column + fence.start.column - 1
    start = Position(fence.start.path, start_line.number, column)
    return Figure(key, caption, alt, cast("Engine", fence.language), fence.code, start)


def as_fences(superfences: dict[str, Any]) -> None:
    """Make the options of ``pymdownx.superfences`` leave a mark in the page where a drawing belongs.

    Whatever formatter the site declares for these fences is replaced: they are drawn at build time.
    """
    others = [fence for fence in superfences.get("custom_fences", ()) if fence["name"] not in ENGINES]
    ours = [{"name": name, "class": name, "format": _placeholder, "validator": _keep_key} for name in ENGINES]
    superfences["custom_fences"] = [*others, *ours]


def _placeholder(
    _source: str, _language: str, _css_class: str, options: dict[str, str], _md: object, **_: object
) -> str:
    return f'<div class="sg-placeholder" data-drawing="{options.get("drawing", "")}"></div>'


def _keep_key(_language: str, inputs: dict[str, str], options: dict[str, str], _attrs: object, _md: object) -> bool:
    options.update(inputs)
    return True


def _body(block: Block, drawings: list[Fence], key: str, caption: str, alt: str) -> tuple[list[str], list[Figure]]:
    lines = [line.text for line in block.body]
    figures = []
    for count, fence in enumerate(drawings, start=1):
        own = key if count == 1 else f"{key}-{count}"
        lines[fence.first] = fence_line(lines[fence.first], fence.language, own)
        figures.append(as_figure(fence, block.body[fence.first + 1], own, caption, alt))
    return lines, figures


def _with_alt(text: str, alt: str) -> str:
    """Give an image without words those of its figure."""
    return re.sub(r"!\[\](?=\()", f"![{alt}]", text) if alt else text


def _problems(block: Block, drawings: list[Fence], alt: str) -> list[Problem]:
    problems = []
    texts = [line.text for line in block.body]
    if not block.title:
        fix = "Write it after a bar: `/// figure | What it shows`."
        problems.append(Problem(block.position, "FIG003", "This figure has no caption.", fix))
    if drawings and not alt:  # the check of the rendered page looks after images
        fix = "Add `alt: ...` under its first line: what a reader who cannot see it needs to know."
        problems.append(Problem(block.position, "FIG001", "This figure has no alt text.", fix))
    if not any(IMAGE_RE.search(text) or FENCE_RE.match(text) or TABLE_RE.match(text) for text in texts):
        fix = "Put a tikz or mermaid fence, an image, a table or a code block in it."
        problems.append(Problem(block.position, "FIG002", "This figure shows nothing.", fix))
    return problems
