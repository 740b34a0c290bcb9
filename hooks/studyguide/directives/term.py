"""A term: a word of the subject, defined once and linked from everywhere.

/// term | ENI           ->  <div class="sg-term" id="term-eni">
    id: term-eni             <p class="sg-term__name"><dfn>ENI</dfn></p> the body </div>
A network card ...
///
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives.part import Part, element
from studyguide.model import Problem, Target
from studyguide.text.source import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.directives.block import Block, Line

NAME = "term"
PREFIX = "term-"
OPTIONS = ("id",)


def read(block: Block, key: str, inner: Callable[[list[Line]], Part]) -> Part:
    """Return the term as Markdown, with the target that references to it resolve to."""
    body = inner(list(block.body))
    name = element("p", [f"<dfn>{block.title}</dfn>"], markdown="inline", class_="sg-term__name")
    lines = element("div", [*name, *body.lines], class_="sg-term", id=key)
    target = Target("term", key, plain(block.title), block.at("id"), first_paragraph(block))
    return Part(
        tuple(lines),
        (target, *body.targets),
        body.figures,
        body.checkpoints,
        body.references,
        (*body.problems, *_problems(block)),
    )


def first_paragraph(block: Block) -> str:
    """Return the first paragraph of a block's body as plain words."""
    text = "\n".join(line.text for line in block.body).strip()
    return plain(text.partition("\n\n")[0].replace("\n", " "))


def _problems(block: Block) -> list[Problem]:
    problems = []
    if not block.title:
        problems.append(
            Problem(block.position, "TRM001", "This term has no name.", "Write it after a bar: `/// term | ENI`.")
        )
    if not first_paragraph(block):
        problems.append(
            Problem(
                block.position,
                "TRM002",
                "This term has no definition.",
                "Write it between the term's first line and its `///`.",
            )
        )
    return problems
