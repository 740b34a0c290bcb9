"""A checkpoint that was read -> its elements, complete without a script.

Every kind has the same frame: label, stem, hint, question, and an answer to be opened. What a reader has to put in
order or to match is shuffled, by the checkpoint's id: the same on every build, and never as it is right.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from markdown.util import AtomicString

from studyguide.directives.elements import element, words

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterable

    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.checkpoint.kinds import Form
    from studyguide.directives.given import Line
    from studyguide.directives.page import Page

HOW_MANY = {2: "Choose two.", 3: "Choose three.", 4: "Choose four."}


class Question(NamedTuple):
    """What a checkpoint shows, its lines as Markdown."""

    key: str
    form: Form
    stem: list[Line]
    items: list[Item]
    explanation: list[Line]


def shuffled(key: str, count: int) -> list[int]:
    """Return the numbers below ``count``, three at least, in an order that the id decides, and that is not their own."""
    order = sorted(range(count), key=lambda index: sha256(f"{key} {index}".encode()).digest())
    # Backwards is as easy to see through as not shuffled.
    return [*order[1:], *order[:1]] if sorted(order) in (order, order[::-1]) else order


def show(parent: ET.Element, page: Page, question: Question) -> None:
    """Put a checkpoint into the page."""
    key = question.key
    whole = element(parent, "section", "sg-checkpoint", id=key, aria_labelledby=f"{key}-stem")
    element(element(whole, "p", "sg-label"), "a", href=f"#{key}")
    page.parse(element(whole, "div", "sg-stem", id=f"{key}-stem"), question.stem)
    answers: dict[Form, Callable[[_Shown, Question], None]] = {
        "choose": _choose,
        "fill": _fill,
        "order": _order,
        "match": _match,
    }
    shown = _Shown(whole, page, key)
    answers[question.form](shown, question)
    if any(line.text.strip() for line in question.explanation):
        page.parse(element(shown.answer, "div", "sg-explanation"), question.explanation)


class _Shown:
    """A checkpoint in the making: what differs between kinds is put into it in the order of the page."""

    def __init__(self, whole: ET.Element, page: Page, key: str) -> None:
        self._whole, self._page, self._key = whole, page, key
        self._once: set[int] = set()
        self.answer = whole

    def hint(self, text: str) -> None:
        words(self._whole, "p", "sg-hint", text)

    def items(
        self, class_: str, texts: Iterable[list[Line]], *, into: ET.Element | None = None, **attributes: str
    ) -> None:
        """Show texts as the items of a list, lettered where its ``type`` says so."""
        whole = element(self._whole if into is None else into, "ol", class_, **attributes)
        for text in texts:
            if self._page.parse(element(whole, "li"), text):
                self._once.add(id(text))

    def pairs(self) -> ET.Element:
        return element(self._whole, "div", "sg-pairs")

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
        self, reasons: ET.Element, item: Item, mark: str, *again: list[Line], class_: str = "", place: int | None = None
    ) -> None:
        """Show an item of the answer: a mark, what it is about unless the mark says it, and the reason.

        One that stood at another ``place`` in the question keeps its letter: ``value`` without styles, ``data-letter``
        with. A text that holds what a page may hold once shows its first line only.
        """
        letter = {} if place is None else {"value": str(place + 1), "data_letter": _letter(place)}
        whole = element(reasons, "li", class_, **letter)
        element(whole, "p", "sg-mark", mark)
        for text in again:
            lines = text[:1] if id(text) in self._once else text
            self._page.parse(element(whole, "div", "sg-item"), lines)
        self._page.parse(whole, item.reason)


def _choose(shown: _Shown, question: Question) -> None:
    right = [_letter(index) for index, item in enumerate(question.items) if item.right]
    if hint := HOW_MANY.get(len(right)):
        shown.hint(hint)
    shown.items("sg-options", [item.text for item in question.items], type="A")
    verdict = "Right: " if right else "No option is marked as right."
    reasons = shown.open_answer(verdict, " and ".join(right), "ol", "sg-reasons", type="A")
    for item in question.items:
        shown.reason(reasons, item, AtomicString("Right" if item.right else "Not this one"), class_=_side(item))


def _fill(shown: _Shown, question: Question) -> None:
    """Show answers to fill in: the accepted ones first, and none with the question."""
    right = [item for item in question.items if item.right]
    wrong = [item for item in question.items if not item.right]
    shown.hint("Fill in the blank.")
    accepted = " or ".join(f"<strong>{_inline(item.text)}</strong>" for item in right)
    verdict = f"Right: {accepted}" if accepted else "No answer is marked as right."
    reasons = shown.open_answer(verdict, "", "ul", "sg-reasons sg-reasons--fill")
    for item in (*right, *wrong):
        mark = f"{'Right:' if item.right else 'Not'} {_inline(item.text)}"
        shown.reason(reasons, item, mark, class_=_side(item))


def _order(shown: _Shown, question: Question) -> None:
    order = shuffled(question.key, len(question.items))
    places = [order.index(index) for index in range(len(question.items))]
    shown.hint("Put the letters in the right order.")
    shown.items("sg-options", [question.items[index].text for index in order], type="A")
    right = ", ".join(map(_letter, places))
    reasons = shown.open_answer("Right order: ", right, "ol", "sg-reasons", type="A")
    for step, (place, item) in enumerate(zip(places, question.items, strict=True), start=1):
        shown.reason(reasons, item, AtomicString(f"Step {step}"), item.text, place=place)


def _match(shown: _Shown, question: Question) -> None:
    order = shuffled(question.key, len(question.items))
    pairs = [f"{number} {_letter(order.index(number - 1))}" for number in range(1, len(question.items) + 1)]
    shown.hint("Give every number a letter.")
    whole = shown.pairs()
    shown.items("sg-numbers", [item.text for item in question.items], into=whole)
    shown.items("sg-options", [question.items[index].match for index in order], into=whole, type="A")
    reasons = shown.open_answer("Right: ", ", ".join(pairs), "ul", "sg-reasons sg-reasons--match")
    for pair, item in zip(pairs, question.items, strict=True):
        shown.reason(reasons, item, AtomicString(pair), item.text, item.match)


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _side(item: Item) -> str:
    return "sg-right" if item.right else "sg-wrong"


def _inline(lines: list[Line]) -> str:
    """Return the first paragraph of a text, to stand within a line."""
    texts = [line.text for line in lines]
    return " ".join(texts[: texts.index("")] if "" in texts else texts).strip()
