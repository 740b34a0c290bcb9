"""A checkpoint: a question whose answer opens below it, without a script.

/// checkpoint | Can it call?      ->  <section class="sg-checkpoint" id="cp-call">
    id: cp-call                          the stem, <ol class="sg-options">
- [ ] Yes                                <details data-search-exclude> the right letters,
    > No route.                            a reason for each option, the explanation </details>
- [x] No                               </section>
    > Right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives.block import Line
from studyguide.directives.checkpoint.blank import with_blanks
from studyguide.directives.checkpoint.faults import faults
from studyguide.directives.checkpoint.items import CHOICE_RE, REASON_RE, joined, split
from studyguide.directives.checkpoint.kinds import Form, form_of
from studyguide.directives.checkpoint.show import Question, show, shuffled
from studyguide.model import Checkpoint, CheckpointKind, Choice, Target
from studyguide.text import marks
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from studyguide.directives.block import Block
    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.page import Page
    from studyguide.model import Position

__all__ = ["CHOICE_RE", "NAME", "OPTIONS", "PREFIX", "REASON_RE", "make", "shuffled"]

NAME = "checkpoint"
PREFIX = "cp-"
OPTIONS = ("id", "kind", "objective", "reviewed", "evidence")


def make(block: Block, key: str, parent: ET.Element, page: Page) -> None:
    """Put the checkpoint into the page, with its value, target and references."""
    form = form_of(block.text("kind"))
    before, items, after = split(list(block.body), form)
    number = block.position.line
    stem, blanks = with_blanks([Line(block.title, number), Line("", number), *before])
    page.define(Target("checkpoint", key, plain(block.title), block.at("id")))
    page.ask(_value(block, key, form, items, after))
    page.refer(_references(block))
    page.report(faults(block, form, items, blanks))
    show(parent, page, Question(key, form, stem, items, after))


def _value(block: Block, key: str, form: Form, items: list[Item], after: list[Line]) -> Checkpoint:
    choices = tuple(
        Choice(joined(item.text), joined(item.reason), item.right, block.place(item.first), joined(item.match))
        for item in items
    )
    return Checkpoint(
        key,
        marks.strip(block.title),
        choices,
        joined(after),
        block.text("objective"),
        block.position,
        block.text("reviewed"),
        _kind(form, items),
    )


def _kind(form: Form, items: list[Item]) -> CheckpointKind:
    if form == "choose":
        return "several" if sum(item.right for item in items) > 1 else "one"
    return form


def _references(block: Block) -> list[tuple[str, Position]]:
    """Return the ids the options point at: the objective, and the facts given as evidence."""
    found = [(block.text("objective"), block.at("objective"))] if block.text("objective") else []
    evidence = block.options["evidence"].value if "evidence" in block.options else []
    items = evidence if isinstance(evidence, list) else [evidence]
    facts = [str(item).removeprefix("fact:") for item in items if str(item).startswith("fact:")]
    return [*found, *((f"src-{fact}", block.at("evidence")) for fact in facts)]
