"""A term: a word of the subject, defined once and linked from everywhere.

/// term | ENI           ->  <div class="sg-term" id="term-eni">
    id: term-eni             <p class="sg-term__name"><dfn>ENI</dfn></p> the body </div>
A network card ...
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
    from collections.abc import Iterator

    from studyguide.directives.block import Block
    from studyguide.directives.page import Page

NAME = "term"
OPTIONS = {"id": Id(NAME)}


def make(block: Block, parent: ET.Element, page: Page) -> None:
    """Put the term into the page, with the target that references to it resolve to."""
    page.define(Target("term", block.key, plain(block.title), block.at("id"), first_paragraph(block)))
    page.report(_problems(block))
    whole = element(parent, "div", "sg-term", id=block.key)
    element(element(whole, "p", "sg-term__name"), "dfn", text=block.title)
    page.parse(whole, block.body)


def first_paragraph(block: Block) -> str:
    """Return the first paragraph of a block's body as plain words."""
    text = "\n".join(line.text for line in block.body).strip()
    return plain(text.partition("\n\n")[0].replace("\n", " "))


def _problems(block: Block) -> Iterator[Problem]:
    if not block.title:
        yield Problem(block.position, "TRM001", "This term has no name.", "Write it after a bar: `/// term | ENI`.")
    if not first_paragraph(block):
        fix = "Write it between the term's first line and its `///`."
        yield Problem(block.position, "TRM002", "This term has no definition.", fix)
