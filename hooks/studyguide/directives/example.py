"""An example: something from the world beside a term's definition, so that the two are learnt as a pair.

/// example | A printer's port   ->  <div class="sg-example" id="ex-printer">
    id: ex-printer                   <p class="sg-example__title"><a href="#term-eni"></a> A printer's port</p>
    of: term-eni                     the body </div>
It has an address ...
///
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studyguide.directives.elements import element
from studyguide.directives.options import Id, Name
from studyguide.model import Problem, Target
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from studyguide.directives.block import Block
    from studyguide.directives.page import Page
    from studyguide.directives.said import Said

NAME = "example"
OPTIONS = {"id": Id(NAME), "of": Name("term")}


def make(block: Block, parent: ET.Element, page: Page) -> None:
    """Put the example into the page, with a link to the term that it is of."""
    page.define(Target(NAME, block.key, plain(block.title), block.at("id")), partial(_empty, block))
    page.report(_problems(block))
    whole = element(parent, "div", "sg-example", id=block.key)
    title = element(whole, "p", "sg-example__title", block.title)
    if term := block.values["of"]:
        title.text = None
        element(title, "a", "sg-example__of", href=f"#{term}").tail = f" {block.title}"
    page.parse(whole, block.body)


def _problems(block: Block) -> Iterator[Problem]:
    if not block.title:
        fix = "Write it after a bar: `/// example | A printer's port`."
        yield Problem(block.position, "EXM001", "This example has no title.", fix)
    if "of" not in block.options:
        fix = "Add `of: term-...` under its first line."
        yield Problem(block.position, "EXM001", "This example does not say which term it is of.", fix)


def _empty(block: Block, said: Said) -> Iterator[Problem]:
    if not said.shows():
        fix = "Write it between the example's first line and its `///`."
        yield Problem(block.position, "EXM001", "This example shows nothing.", fix)
