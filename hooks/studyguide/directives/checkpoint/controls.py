"""The items of a question -> lists whose items can be chosen, filled in or given a place, without a script.

- [ ] Yes   ->  <li data-item="1"><label><input type="radio" name="cp-a" value="1"> Yes</label></li>
1. Call it  ->  <li data-item="1"><div id="cp-a:1">Call it</div><select aria-labelledby="cp-a:1"> ... </select></li>

``data-item`` says which reason belongs to an item, wherever it stands, and ``data-right`` what is right: the answer is
in the page anyway, and styles show which choice was right once it is open.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.elements import element, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studyguide.directives.given import Line
    from studyguide.directives.page import Page

# What the parser leaves for HTML that it does not look into: a fence, a table of an author's own.
SET_ASIDE = "\x02"
# What a browser must not add to what a reader writes.
QUIET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class Choosable(NamedTuple):
    """An item to choose: its number, which its reason has too, its text, and whether it is right."""

    number: int
    text: list[Line]
    right: bool


class Controls:
    """The part of a question where a reader answers: a group with the hint as its name."""

    def __init__(self, parent: ET.Element, page: Page, key: str, hint: str) -> None:
        self._page, self._key = page, key
        self._whole = element(parent, "fieldset", "sg-ask", aria_describedby=f"{key}-stem")
        words(self._whole, "legend", "sg-hint", hint)
        self._once: set[int] = set()

    def once(self, text: list[Line]) -> bool:
        """Return whether a text that was shown holds what a page may hold once."""
        return id(text) in self._once

    def choices(self, items: Iterable[Choosable], *, several: bool) -> None:
        """Show options: one can be chosen, or several."""
        whole = element(self._whole, "ol", "sg-options", type="A")
        for item in items:
            kind = "checkbox" if several else "radio"
            box = ET.Element("input", {"type": kind, "name": self._key, "value": str(item.number)})
            if item.right:
                box.set("data-right", "")
            self._choice(element(whole, "li", data_item=str(item.number)), item, box)

    def field(self, label: str, *, mode: str = "text") -> None:
        """Show a field to write into."""
        whole = element(self._whole, "label", "sg-field")
        words(whole, "span", "", label)
        ET.SubElement(whole, "input", {"type": "text", "inputmode": mode, "name": self._key, **QUIET})

    def places(self, items: Sequence[Choosable]) -> None:
        """Show steps, each with the place that it may be given; their numbers are their places in the right order."""
        whole = element(self._whole, "ol", "sg-options", type="A")
        numbers = [str(number) for number in range(1, len(items) + 1)]
        for item in items:
            self._select(element(whole, "li"), item, "Step", numbers, numbers[item.number - 1])

    def pairs(self, left: Sequence[Choosable], right: Sequence[list[Line]], letters: Sequence[str]) -> None:
        """Show numbers beside letters; each of the numbers may be given a letter, and ``letters`` are theirs."""
        whole = element(self._whole, "div", "sg-pairs")
        numbers = element(whole, "ol", "sg-numbers")
        for item, letter in zip(left, letters, strict=True):
            self._select(element(numbers, "li"), item, "Letter", sorted(letters), letter)
        options = element(whole, "ol", "sg-options", type="A")
        for text in right:
            self._text(element(options, "li"), text)

    def _text(self, parent: ET.Element, text: list[Line]) -> None:
        if self._page.parse(parent, text):
            self._once.add(id(text))

    def _choice(self, whole: ET.Element, item: Choosable, box: ET.Element) -> None:
        """Put an option into its item: one of a paragraph is the label of its box, whatever else names it."""
        self._text(whole, item.text)
        parts = list(whole)
        if len(parts) == 1 and parts[0].tag == "p" and not len(parts[0]) and SET_ASIDE not in (parts[0].text or ""):
            label, text = parts[0], parts[0].text
            label.tag, label.text = "label", None
            label.append(box)
            element(label, "span").text = text
            return
        box.set("aria-labelledby", self._named(whole, item.number))
        whole.insert(0, box)

    def _select(self, whole: ET.Element, item: Choosable, name: str, values: Iterable[str], right: str) -> None:
        """Put a text into its item, with what to choose for it."""
        whole.set("data-item", str(item.number))
        self._text(whole, item.text)
        label = self._named(whole, item.number)
        select = element(
            whole, "select", "sg-place", aria_labelledby=label, data_search_exclude="true", autocomplete="off"
        )
        words(select, "option", "", name).set("value", "")
        for value in values:
            option = words(select, "option", "", f"{name} {value}")
            option.set("value", value)
            if value == right:
                option.set("data-right", "")

    def _named(self, whole: ET.Element, number: int) -> str:
        """Put what an item holds into an element of its own, and return its id, which no heading and no author has."""
        parts = list(whole)
        for part in parts:
            whole.remove(part)
        key = f"{self._key}:{number}"
        text = element(whole, "div", "sg-text", id=key)
        text.text, whole.text = whole.text, None
        text.extend(parts)
        return key
