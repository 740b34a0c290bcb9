"""An objective: something the reader will be able to do, which checkpoints then test.

/// objective | Explain the path      ->  <div class="sg-objective" id="obj-path">
    id: obj-path                          <p class="sg-objective__title">Explain the path</p> the body </div>
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

NAME = "objective"
PREFIX = "obj-"
OPTIONS = ("id",)


def read(block: Block, key: str, inner: Callable[[list[Line]], Part]) -> Part:
    """Return the objective as Markdown, with the target that checkpoints name."""
    body = inner(list(block.body))
    title = element("p", [block.title], markdown="inline", class_="sg-objective__title")
    lines = element("div", [*title, *body.lines], class_="sg-objective", id=key)
    target = Target("objective", key, plain(block.title), block.at("id"))
    fix = "Write it after a bar: `/// objective | Explain ...`."
    problems = () if block.title else (Problem(block.position, "OBJ001", "This objective says nothing.", fix),)
    return Part(
        tuple(lines),
        (target, *body.targets),
        body.figures,
        body.checkpoints,
        body.references,
        (*body.problems, *problems),
    )
