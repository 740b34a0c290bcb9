"""A term: a word of the subject, defined once and linked from everywhere.

/// term | ENI           ->  <div class="sg-term" id="term-eni">
    id: term-eni             <p class="sg-term__name"><dfn>ENI</dfn></p> the body </div>
A network card ...
///
"""

from __future__ import annotations

from functools import partial
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
    from studyguide.directives.said import Said

NAME = "term"
OPTIONS = {"id": Id(NAME)}


def make(block: Block, parent: ET.Element, page: Page) -> None:
    """Put the term into the page, with the target that references to it resolve to."""
    page.define(Target("term", block.key, plain(block.title), block.at("id")), partial(_undefined, block))
    if not block.title:
        fix = "Write it after a bar: `/// term | ENI`."
        page.report([Problem(block.position, "TRM001", "This term has no name.", fix)])
    whole = element(parent, "div", "sg-term", id=block.key)
    element(element(whole, "p", "sg-term__name"), "dfn", text=block.title)
    page.parse(whole, block.body)


def _undefined(block: Block, said: Said) -> Iterator[Problem]:
    if not said.shows():
        fix = "Write it between the term's first line and its `///`."
        yield Problem(block.position, "TRM002", "This term has no definition.", fix)
