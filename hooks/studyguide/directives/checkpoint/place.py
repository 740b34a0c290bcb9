"""The block of a question that has a fault -> its places, and what an item that names one shows.

- [x] 2             ->  "Line 2: `Action: s3:GetObject`", of the second line of the code above
- [ ] 1             ->  "Row 1: 10.0.0.0/16, local", of the first row of the table above
- [ ] NAT gateway   ->  "NAT gateway", of the label in the drawing above, whose labels are known once it is drawn
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.checkpoint.items import joined
from studyguide.model import Problem
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterable, Iterator

    from studyguide.directives.block import Block
    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.given import Line
    from studyguide.directives.page import Page
    from studyguide.model import Checkpoint

PLACE_RE = re.compile(r"(?:(?P<noun>line|row) )?(?P<number>\d{1,6})", re.IGNORECASE | re.ASCII)
TICKS_RE = re.compile("`+")


class Places(NamedTuple):
    """A block of code, a table or a drawing: what its places are called, and each as Markdown, "" where nothing is.

    ``figure`` is the key of a drawing, whose places nobody knows yet.
    """

    noun: str
    each: tuple[str, ...]
    figure: str = ""

    def find(self, item: Item) -> str:
        """Return the place that an item names, "" if there is none."""
        named = PLACE_RE.fullmatch(plain(joined(item.text)))
        if not named or (named["noun"] or self.noun).lower() != self.noun.lower():
            return ""
        number = int(named["number"])
        return self.each[number - 1] if 0 < number <= len(self.each) else ""

    def text(self, item: Item) -> list[Line]:
        """Return what an item shows: its place, or what is written where it names none."""
        if self.figure or not (place := self.find(item)):
            return item.text
        number = re.sub(r"\D", "", joined(item.text))
        return [item.first._replace(text=f"{self.noun} {int(number)}: {place}")]


def places_in(stem: ET.Element, page: Page) -> list[Places]:
    """Return the blocks of a question, as the parser has made them."""
    found = list[Places]()
    for part in stem.iter():
        if part.tag == "table":
            rows = [row for body in part.iter("tbody") for row in body.iter("tr")]
            found.append(Places("Row", tuple(", ".join(cell.text or "" for cell in row) for row in rows)))
        elif part.tag == "figure" and _is_drawing(part, page):
            found.append(Places("Label", (), part.get("id", "")))
        elif (code := _code(part, page)) is not None:
            found.append(Places("Line", tuple(_span(line) for line in code.rstrip("\n").split("\n"))))
    return found


def place_faults(block: Block, items: list[Item], blocks: list[Places]) -> Iterator[Problem]:
    """Yield what is wrong with the places that the items of a question name."""
    if len(blocks) != 1:
        fix = "Put the one block of code, table or drawing that has the fault between the question and its options."
        message = f"This question shows {len(blocks) or 'no'} blocks to find the fault in."
        yield Problem(block.position, "CPT017", message, fix)
        return
    noun, places, figure = blocks[0]
    for item in () if figure else items:
        if not blocks[0].find(item):
            message = f"`{plain(joined(item.text))}` is no {noun.lower()} of the block above, which has {len(places)}."
            fix = f"Write the number of a {noun.lower()} that is not empty, such as `- [ ] 1`."
            yield Problem(block.place(item.text[0]), "CPT018", message, fix)


def label_faults(question: Checkpoint, words: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong with the places of a question in a drawing, whose labels are known by now."""
    labels = {_bare(word): word for word in words}
    for choice in question.choices:
        if _bare(plain(choice.text)) not in labels:
            message = f"`{plain(choice.text)}` is no label of the drawing above."
            fix = f"Write a label as the drawing has it: {', '.join(f'`{label}`' for label in labels.values())}."
            yield Problem(choice.position, "CPT018", message, fix)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_drawing(figure: ET.Element, page: Page) -> bool:
    return any(part.text and page.drawing(part.text) is not None for part in figure.iter("p"))


def _code(part: ET.Element, page: Page) -> str | None:
    if part.tag == "pre":
        return "".join(part.itertext())
    return page.code(part.text) if part.tag == "p" and part.text else None


def _span(line: str) -> str:
    """Return a line of code as Markdown, within as many backticks as it needs."""
    text = line.strip()
    if not text:
        return ""
    ticks = "`" * (max(map(len, TICKS_RE.findall(text)), default=0) + 1)
    return f"{ticks} {text} {ticks}" if len(ticks) > 1 else f"`{text}`"
