"""The lines of a checkpoint -> what comes before its items, the items, and what comes after them.

- [x] No              ->  Item(right=True, text="No", reason="Right.")
    > Right.
1. Attach it          ->  Item(text="Attach it"), of kind order
- An ENI :: a card    ->  Item(text="An ENI", match="a card"), of kind match
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.text import marks
from studyguide.text.source import CODE_INDENT, CODE_SPAN_RE

if TYPE_CHECKING:
    from studyguide.directives.checkpoint.kinds import Form
    from studyguide.directives.given import Line

CHOICE_RE = re.compile(r"^- \[(?P<mark>[ xX])\][ \t]+(?P<text>.*)$")
# Marks are read where none belongs too, to be reported.
STEP_RE = re.compile(r"^(?:\d+[.)][ \t]+|-[ \t]+(?=\[[ xX]\][ \t]))(?:\[(?P<mark>[ xX])\][ \t]+)?(?P<text>.*)$")
PAIR_RE = re.compile(r"^-[ \t]+(?:\[(?P<mark>[ xX])\][ \t]+)?(?P<text>.*)$")
ITEM_RES: dict[Form, re.Pattern[str]] = {
    "choose": CHOICE_RE,
    "fill": CHOICE_RE,
    "number": CHOICE_RE,
    "order": STEP_RE,
    "match": PAIR_RE,
    "fault": CHOICE_RE,
}
REASON_RE = re.compile(r"^[ \t]+>[ \t]?(?P<text>.*)$")
# What begins a block of its own right below a paragraph: an item, a heading, a directive, a rule, a definition, and so on.
BLOCK_RE = re.compile(
    r"(?:[-*+]|\d+[.)]|#{1,6})[ \t]|[>|<]|`{3}|~{3}|/{3}|!!!|\?\?\?|[-*_=]{3,}[ \t]*$|={3}|\*?\[[^\]]+\]:"
)
# `AWS::Lambda::Function` holds none: it stands between spaces.
SEPARATOR_RE = re.compile(r"(?:^|[ \t]+)::(?:[ \t]+|$)")


@dataclass(slots=True)
class Item:
    """An option, answer, step or pair while its lines are collected; ``match`` is the right side of a pair."""

    first: Line
    marked: bool
    right: bool
    text: list[Line] = field(default_factory=list)
    match: list[Line] = field(default_factory=list)
    reason: list[Line] = field(default_factory=list)


def split(body: list[Line], form: Form) -> tuple[list[Line], list[Item], list[Line]]:
    """Return what comes before the items, the items, and the explanation after them."""
    before, items, after = _split(body, ITEM_RES[form])
    if form == "match":
        for item in items:
            item.text, item.match = _sides(item.text)
    if form in ("order", "match"):
        for item in items:
            item.right = True
    return before, items, after


def joined(lines: list[Line]) -> str:
    """Return lines as one text, as it was written."""
    return marks.strip("\n".join(line.text for line in lines)).strip()


def separator(text: str) -> re.Match[str] | None:
    """Return where the two sides of a pair meet, outside code."""
    return SEPARATOR_RE.search(CODE_SPAN_RE.sub(lambda code: "x" * len(code.group()), text))


def _split(body: list[Line], start: re.Pattern[str]) -> tuple[list[Line], list[Item], list[Line]]:
    before: list[Line] = []
    items: list[Item] = []
    for index, line in enumerate(body):
        if found := start.match(line.text):
            items.append(_item(found, line))
        elif items and line.text.strip() and not line.text[0].isspace() and not _goes_on(items[-1], line):
            return before, items, body[index:]
        elif items:
            _collect(items[-1], line)
        else:
            before.append(line)
    return before, items, []


def _item(found: re.Match[str], line: Line) -> Item:
    text = line.cut(found.start("text"))
    return Item(line, marked=found["mark"] is not None, right=found["mark"] in ("x", "X"), text=[text])


def _goes_on(item: Item, line: Line) -> bool:
    """Return whether a line is in the paragraph of the reason above it: a quote goes on without its sign."""
    return bool(item.reason and item.reason[-1].text.strip()) and not BLOCK_RE.match(marks.strip(line.text))


def _collect(item: Item, line: Line) -> None:
    """Add a line to an item: what is behind the start of its reason is never shown before the answer."""
    if reason := REASON_RE.match(line.text):
        item.reason.append(line.cut(reason.start("text")))
    else:
        said = item.reason or item.text
        said.append(line.cut(_margin(line.text, inner=any(not each.text.strip() for each in said))))


def _margin(text: str, *, inner: bool) -> int:
    """Return how far in an item's own text starts: in its first paragraph a line may be indented as far as it likes."""
    margin = len(text) - len(text.lstrip())
    return min(margin, CODE_INDENT) if inner else margin


def _sides(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the two sides of a pair, cut in its first paragraph."""
    for index, line in enumerate(lines):
        if not line.text.strip():
            break
        if found := separator(line.text):
            return [*lines[:index], line.cut(0, found.start())], [line.cut(found.end()), *lines[index + 1 :]]
    return lines, []
