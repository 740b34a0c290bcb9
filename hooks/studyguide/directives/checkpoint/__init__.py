"""A checkpoint: a question whose answer opens below it, without a script.

/// checkpoint | Can it call?      ->  <section class="sg-checkpoint" id="cp-call" data-kind="one" ...>
    id: cp-call                          the stem, <sg-question> <fieldset> radios, boxes, fields </fieldset>
- [ ] Yes                                <details data-search-exclude> the right letters,
    > No route.                            a reason for each option, the explanation </details>
- [x] No                               </sg-question> </section>
    > Right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.directives.checkpoint.blank import with_blanks
from studyguide.directives.checkpoint.faults import faults
from studyguide.directives.checkpoint.items import CHOICE_RE, REASON_RE, joined, split
from studyguide.directives.checkpoint.kinds import KIND, Form, form_of
from studyguide.directives.checkpoint.number import Tolerance
from studyguide.directives.checkpoint.place import place_faults
from studyguide.directives.checkpoint.show import Question, show, shuffled
from studyguide.directives.given import Line
from studyguide.directives.options import Day, Id, Name, Names, OneOf, Whole
from studyguide.kinds import KINDS
from studyguide.model import Checkpoint, CheckpointKind, Choice, Target
from studyguide.text import marks
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from studyguide.directives.block import Block
    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.page import Page

__all__ = ["CHOICE_RE", "NAME", "OPTIONS", "REASON_RE", "make", "shuffled"]

NAME = "checkpoint"
OPTIONS = {
    "id": Id(NAME),
    "kind": KIND,
    "objective": Name("objective"),
    "reviewed": Day(),
    "evidence": Names(
        prefixes={"fact:": KINDS["source"].prefix, "lab:": "lab-"},
        known="Write `fact:` and a key of `docs/reference/sources.yml`, or `lab:` and one of `docs/lab/states.yml`.",
    ),
    "difficulty": Whole(least=1, most=3),
    "shuffle": OneOf(names=("no",), known="Write `no` where the order says something, or remove the option."),
    "tolerance": Tolerance(),
    "confused-with": Names(prefixes={"": ""}, known="Write the id of a question, a term or a figure."),
}


def make(block: Block, parent: ET.Element, page: Page) -> None:
    """Put the checkpoint into the page, with its value, target and references."""
    form = form_of(block.text("kind"))
    before, items, after = split(list(block.body), form)
    number = block.position.line
    stem, blanks = with_blanks([Line(block.title, number), Line("", number), *before])
    value = _value(block, form, items, after, joined(page.sources(before)))
    page.define(Target("checkpoint", value.id, plain(block.title), block.at("id")))
    page.report(faults(block, form, items, blanks))
    blocks = show(parent, page, Question(value, form, stem, items, after, block.values))
    page.ask(replace(value, drawing=blocks[0].figure) if len(blocks) == 1 else value)
    if form == "fault":
        page.report(place_faults(block, items, blocks))


def _value(block: Block, form: Form, items: list[Item], after: list[Line], setting: str) -> Checkpoint:
    choices = tuple(
        Choice(joined(item.text), joined(item.reason), item.right, block.place(item.first), joined(item.match))
        for item in items
    )
    return Checkpoint(
        block.key,
        marks.strip(block.title),
        choices,
        joined(after),
        block.values["objective"],
        block.position,
        block.values["reviewed"],
        _kind(form, items),
        block.values["evidence"],
        block.values["difficulty"],
        block.values["confused-with"],
        setting,
    )


def _kind(form: Form, items: list[Item]) -> CheckpointKind:
    if form == "choose":
        return "several" if sum(item.right for item in items) > 1 else "one"
    return form
