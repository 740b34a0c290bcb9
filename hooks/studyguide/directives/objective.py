"""An objective: something the reader will be able to do, which checkpoints then test.

/// objective | Explain the path      ->  <div class="sg-objective" id="obj-path">
    id: obj-path                          <p class="sg-objective__title">Explain the path</p> the body </div>
///
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives.elements import element
from studyguide.directives.options import Id
from studyguide.model import Problem, Target
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from studyguide.directives.block import Block
    from studyguide.directives.page import Page

NAME = "objective"
OPTIONS = {"id": Id(NAME)}


def make(block: Block, parent: ET.Element, page: Page) -> None:
    """Put the objective into the page, with the target that checkpoints name."""
    page.define(Target("objective", block.key, plain(block.title), block.at("id")))
    if not block.title:
        fix = "Write it after a bar: `/// objective | Explain ...`."
        page.report([Problem(block.position, "OBJ001", "This objective says nothing.", fix)])
    whole = element(parent, "div", "sg-objective", id=block.key)
    element(whole, "p", "sg-objective__title", block.title)
    page.parse(whole, block.body)
