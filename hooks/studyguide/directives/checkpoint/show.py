"""A checkpoint that was read -> its elements, complete without a script.

Every kind has the same frame: label, stem, what a reader answers with, and an answer to be opened. What a reader has to
put in order or to match is shuffled, by the checkpoint's id: the same on every build, and never as it is right. The
section says in attributes what a script needs to know of the question.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown.util import AtomicString

from studyguide.directives.checkpoint.controls import SET_ASIDE, Choosable, Controls
from studyguide.directives.checkpoint.digest import version
from studyguide.directives.checkpoint.items import joined
from studyguide.directives.checkpoint.number import amount, around
from studyguide.directives.checkpoint.place import places_in
from studyguide.directives.elements import element, words
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Mapping

    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.checkpoint.kinds import Form
    from studyguide.directives.checkpoint.place import Places
    from studyguide.directives.given import Line
    from studyguide.directives.page import Page
    from studyguide.model import Checkpoint

LEADING_RE = re.compile(r"\d[\d,]*(?:\.\d+)?", re.ASCII)
HOW_MANY = {2: "Choose two.", 3: "Choose three.", 4: "Choose four.", 5: "Choose five."}


class Question(NamedTuple):
    """What a checkpoint shows, its lines as Markdown, and what it is as a value."""

    value: Checkpoint
    form: Form
    stem: list[Line]
    items: list[Item]
    explanation: list[Line]
    options: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Its id."""
        return self.value.id


def shuffled(key: str, count: int) -> list[int]:
    """Return the numbers below ``count``, three at least, in an order that the id decides, and that is not their own."""
    order = sorted(range(count), key=lambda index: sha256(f"{key} {index}".encode()).digest())
    # Backwards is as easy to see through as not shuffled.
    return [*order[1:], *order[:1]] if sorted(order) in (order, order[::-1]) else order


def show(parent: ET.Element, page: Page, question: Question) -> list[Places]:
    """Put a checkpoint into the page; return the blocks of code and the tables that its question shows."""
    key = question.key
    whole = element(parent, "section", "sg-checkpoint", id=key, aria_labelledby=f"{key}-stem", **_data(question))
    element(element(whole, "p", "sg-label"), "a", href=f"#{key}")
    stem = element(whole, "div", "sg-stem")
    page.parse(stem, question.stem)
    # It is the name of what follows, wherever that is heard of: the question, without the code and tables under it.
    plain_question = len(stem) and SET_ASIDE not in (stem[0].text or "")
    (stem[0] if plain_question else stem).set("id", f"{key}-stem")
    blocks = places_in(stem, page) if question.form == "fault" else []
    if len(blocks) == 1:
        question = question._replace(items=[replace(item, text=blocks[0].text(item)) for item in question.items])
    answers: dict[Form, Callable[[_Shown, Question], None]] = {
        "choose": _choose,
        "fault": _choose,
        "fill": _fill,
        "number": _number,
        "order": _order,
        "match": _match,
    }
    shown = _Shown(element(whole, "sg-question"), page, key)
    answers[question.form](shown, question)
    if any(line.text.strip() for line in question.explanation):
        page.parse(element(shown.answer, "div", "sg-explanation"), question.explanation)
    return blocks


def _data(question: Question) -> dict[str, str]:
    """Return what the section says of its question to whoever reads it by program."""
    value = question.value
    data = {
        "data_id": value.id,
        "data_kind": value.kind,
        "data_objective": value.objective,
        "data_version": version(value),
        "data_difficulty": str(value.difficulty or ""),
        "data_shuffle": "no" if question.options["shuffle"] or _in_order(question) else "",
    }
    return {name: text for name, text in data.items() if text}


def _in_order(question: Question) -> bool:
    """Return whether the options are places, or numbers that rise or fall: readers expect those in their order."""
    if question.form != "choose":
        return question.form == "fault"
    found = [LEADING_RE.match(plain(joined(item.text))) for item in question.items]
    numbers = [Decimal(match[0].replace(",", "")) for match in found if match]
    return len(numbers) == len(found) and sorted(numbers) in (numbers, numbers[::-1])


class _Shown:
    """A checkpoint in the making: what differs between kinds is put into it in the order of the page."""

    def __init__(self, whole: ET.Element, page: Page, key: str) -> None:
        self._whole, self._page, self._key = whole, page, key
        self.answer = whole

    def ask(self, hint: str) -> Controls:
        """Begin what a reader answers with."""
        self._controls = Controls(self._whole, self._page, self._key, hint)
        return self._controls

    def open_answer(self, verdict: str, right: str, tag: str, class_: str, **attributes: str) -> ET.Element:
        """Begin the answer: what is right, and the list of reasons, which is returned."""
        self.answer = element(self._whole, "details", "sg-answer", data_search_exclude="true")
        # Whoever hears of it alone, in a list of a page's controls, hears of which question too.
        summary = element(self.answer, "summary", aria_describedby=f"{self._key}-stem")
        words(summary, "span", "sg-show", "Show the answer")
        words(summary, "span", "sg-hide", "Hide the answer")
        if right:
            words(words(self.answer, "p", "sg-verdict", verdict), "strong", "", right)
        else:
            element(self.answer, "p", "sg-verdict", verdict)
        return element(self.answer, tag, class_, **attributes)

    def reason(
        self,
        reasons: ET.Element,
        item: Choosable,
        reason: list[Line],
        mark: str,
        *again: list[Line],
        class_: str = "",
        **data: str,
    ) -> None:
        """Show an item of the answer: a mark, what it is about unless the mark says it, and the reason.

        A text that holds what a page may hold once shows its first line only.
        """
        whole = element(reasons, "li", class_, data_item=str(item.number), **data)
        element(whole, "p", "sg-mark", mark)
        for text in again:
            lines = text[:1] if self._controls.once(text) else text
            self._page.parse(element(whole, "div", "sg-item"), lines)
        self._page.parse(whole, reason)


def _choosable(items: list[Item]) -> list[Choosable]:
    return [Choosable(number, item.text, item.right) for number, item in enumerate(items, start=1)]


def _choose(shown: _Shown, question: Question) -> None:
    items = _choosable(question.items)
    right = [_letter(item.number - 1) for item in items if item.right]
    hint = HOW_MANY.get(len(right), "Choose all that are right.") if len(right) > 1 else "Choose one."
    shown.ask(hint).choices(items, several=len(right) > 1)
    verdict = "Right: " if right else "No option is marked as right."
    reasons = shown.open_answer(verdict, " and ".join(right), "ol", "sg-reasons", type="A")
    for item, written in zip(items, question.items, strict=True):
        mark = AtomicString("Right" if item.right else "Not this one")
        # Who reads without a script does not have the option in sight, on a phone or in the printed appendix.
        shown.reason(reasons, item, written.reason, mark, item.text, class_=_side(item))


def _fill(shown: _Shown, question: Question) -> None:
    """Show answers to fill in: the accepted ones first, and none with the question."""
    items = sorted(_choosable(question.items), key=lambda item: not item.right)
    shown.ask("Fill in the blank.").field("Your answer")
    accepted = " or ".join(f"<strong>{_inline(item.text)}</strong>" for item in items if item.right)
    verdict = f"Right: {accepted}" if accepted else "No answer is marked as right."
    reasons = shown.open_answer(verdict, "", "ul", "sg-reasons sg-reasons--fill")
    for item in items:
        mark = f"{'Right:' if item.right else 'Not'} {_inline(item.text)}"
        reason, said = question.items[item.number - 1].reason, plain(joined(item.text))
        shown.reason(reasons, item, reason, mark, class_=_side(item), data_answer=said)


def _number(shown: _Shown, question: Question) -> None:
    """Show the answers to a question for a number: the accepted ones first, each with how far off it may be."""
    items = sorted(_choosable(question.items), key=lambda item: not item.right)
    known = {item.number: amount(plain(joined(item.text))) for item in items}
    units = {found.unit for item in items if item.right and (found := known[item.number])}
    unit = units.pop() if len(units) == 1 else ""
    shown.ask("Write a number.").field(f"Your answer, in {unit}" if unit else "Your answer", mode="decimal")
    tolerance = question.options["tolerance"]
    accepted = " or ".join(f"<strong>{_inline(item.text)}</strong>" for item in items if item.right)
    about = f", give or take {tolerance}" if tolerance else ""
    verdict = f"Right: {accepted}{about}" if accepted else "No answer is marked as right."
    reasons = shown.open_answer(verdict, "", "ul", "sg-reasons sg-reasons--fill")
    for item in items:
        mark, found = f"{'Right:' if item.right else 'Not'} {_inline(item.text)}", known[item.number]
        data = {"data_number": f"{found.value:f}"} if found else {}
        if found and item.right:
            data["data_tolerance"] = f"{around(found.value, tolerance):f}"
        shown.reason(reasons, item, question.items[item.number - 1].reason, mark, class_=_side(item), **data)


def _order(shown: _Shown, question: Question) -> None:
    order = shuffled(question.key, len(question.items))
    places = [order.index(index) for index in range(len(question.items))]
    items = _choosable(question.items)
    shown.ask("Put the letters in the right order.").places([items[index] for index in order])
    right = ", ".join(map(_letter, places))
    reasons = shown.open_answer("Right order: ", right, "ol", "sg-reasons", type="A")
    for item, place, written in zip(items, places, question.items, strict=True):
        # It keeps the letter that it had in the question: `value` without styles, `data-letter` with.
        letter = {"value": str(place + 1), "data_letter": _letter(place)}
        mark = AtomicString(f"Step {item.number}")
        shown.reason(reasons, item, written.reason, mark, item.text, **letter)


def _match(shown: _Shown, question: Question) -> None:
    order = shuffled(question.key, len(question.items))
    letters = [_letter(order.index(index)) for index in range(len(question.items))]
    items = _choosable(question.items)
    right = [question.items[index].match for index in order]
    shown.ask("Give every number a letter.").pairs(items, right, letters)
    pairs = [f"{item.number} {letter}" for item, letter in zip(items, letters, strict=True)]
    reasons = shown.open_answer("Right: ", ", ".join(pairs), "ul", "sg-reasons sg-reasons--match")
    for item, pair, written in zip(items, pairs, question.items, strict=True):
        shown.reason(reasons, item, written.reason, AtomicString(pair), written.text, written.match)


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _side(item: Choosable) -> str:
    return "sg-right" if item.right else "sg-wrong"


def _inline(lines: list[Line]) -> str:
    """Return the first paragraph of a text, to stand within a line."""
    texts = [line.text for line in lines]
    return " ".join(texts[: texts.index("")] if "" in texts else texts).strip()
