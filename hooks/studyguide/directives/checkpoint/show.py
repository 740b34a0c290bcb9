"""A checkpoint that was read -> the Markdown that any MkDocs site renders, complete without a script.

Every kind has the same frame: label, stem, hint, question, and an answer to be opened. What a reader has to put in
order or to match is shuffled, by the checkpoint's id: the same on every build, and never as it is right.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.part import element

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.checkpoint.kinds import Form
    from studyguide.directives.part import Part

HOW_MANY = {2: "Choose two.", 3: "Choose three.", 4: "Choose four."}


class Shown(NamedTuple):
    """An item, and its parts as they are to be rendered."""

    item: Item
    text: Part
    match: Part
    reason: Part


class _Parts(NamedTuple):
    """What differs between kinds: a hint, the lines of the question, the verdict, and a reason for every item."""

    hint: str
    question: list[str]
    verdict: str
    reasons: list[str]


def shuffled(key: str, count: int) -> list[int]:
    """Return the numbers below ``count``, three at least, in an order that the id decides, and that is not their own."""
    order = sorted(range(count), key=lambda index: sha256(f"{key} {index}".encode()).digest())
    # Backwards is as easy to see through as not shuffled.
    return [*order[1:], *order[:1]] if sorted(order) in (order, order[::-1]) else order


def markdown(key: str, form: Form, stem: Part, shown: list[Shown], explanation: Part) -> list[str]:
    """Return a checkpoint's lines."""
    match form:
        case "choose":
            parts = _choose(shown)
        case "fill":
            parts = _fill(shown)
        case "order":
            parts = _order(key, shown)
        case "match":
            parts = _match(key, shown)
    answer = [
        *_line("summary", "Show the answer"),
        *_line("p", parts.verdict, class_="sg-verdict"),
        *parts.reasons,
        *(element("div", explanation.lines, class_="sg-explanation") if explanation.lines else []),
    ]
    body = [
        *_line("p", f"[](#{key})", class_="sg-label"),
        *element("div", stem.lines, class_="sg-stem", id=f"{key}-stem"),
        *(_line("p", parts.hint, class_="sg-hint") if parts.hint else []),
        *parts.question,
        *element("details", answer, class_="sg-answer", **{"data-search-exclude": "true"}),
    ]
    return element("section", body, class_="sg-checkpoint", id=key, **{"aria-labelledby": f"{key}-stem"})


def _choose(shown: list[Shown]) -> _Parts:
    right = [_letter(index) for index, each in enumerate(shown) if each.item.right]
    reasons = [
        line
        for each in shown
        for line in _reason(each, "Right" if each.item.right else "Not this one", class_=_side(each))
    ]
    return _Parts(
        HOW_MANY.get(len(right), ""),
        _lettered(each.text for each in shown),
        f"Right: **{' and '.join(right)}**" if right else "No option is marked as right.",
        element("ol", reasons, class_="sg-reasons", type="A"),
    )


def _fill(shown: list[Shown]) -> _Parts:
    """Return what to show of answers to fill in: the accepted ones first, and none with the question."""
    right = [each for each in shown if each.item.right]
    wrong = [each for each in shown if not each.item.right]
    accepted = " or ".join(f"<strong>{_inline(each.text)}</strong>" for each in right)
    reasons = [
        *(line for each in right for line in _reason(each, f"Right: {_inline(each.text)}", class_=_side(each))),
        *(line for each in wrong for line in _reason(each, f"Not {_inline(each.text)}", class_=_side(each))),
    ]
    return _Parts(
        "Fill in the blank.",
        [],
        f"Right: {accepted}" if accepted else "No answer is marked as right.",
        element("ul", reasons, class_="sg-reasons sg-reasons--fill"),
    )


def _order(key: str, shown: list[Shown]) -> _Parts:
    order = shuffled(key, len(shown))
    places = [order.index(index) for index in range(len(shown))]
    reasons = [
        line
        for step, (place, each) in enumerate(zip(places, shown, strict=True), start=1)
        for line in _reason(each, f"Step {step}", _again(each.text), place=place)
    ]
    return _Parts(
        "Put the letters in the right order.",
        _lettered(shown[index].text for index in order),
        f"Right order: **{', '.join(map(_letter, places))}**",
        element("ol", reasons, class_="sg-reasons", type="A"),
    )


def _match(key: str, shown: list[Shown]) -> _Parts:
    order = shuffled(key, len(shown))
    pairs = [f"{number} {_letter(order.index(number - 1))}" for number in range(1, len(shown) + 1)]
    left = [line for each in shown for line in element("li", each.text.lines)]
    lists = [*element("ol", left, class_="sg-numbers"), *_lettered(shown[index].match for index in order)]
    reasons = [
        line
        for pair, each in zip(pairs, shown, strict=True)
        for line in _reason(each, pair, [*_again(each.text), *_again(each.match)])
    ]
    return _Parts(
        "Give every number a letter.",
        element("div", lists, class_="sg-pairs"),
        f"Right: **{', '.join(pairs)}**",
        element("ul", reasons, class_="sg-reasons sg-reasons--match"),
    )


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _lettered(texts: Iterable[Part]) -> list[str]:
    items = [line for text in texts for line in element("li", text.lines)]
    return element("ol", items, class_="sg-options", type="A")


def _line(tag: str, text: str, *, class_: str = "") -> list[str]:
    return element(tag, [text], markdown="inline", class_=class_)


def _reason(
    each: Shown, mark: str, text: Iterable[str] = (), *, class_: str = "", place: int | None = None
) -> list[str]:
    """Return the item of an answer: a mark, what it is about unless the mark says it, and the reason.

    One that stood at another ``place`` in the question keeps its letter: ``value`` without styles, ``data-letter`` with.
    """
    letter = {} if place is None else {"value": str(place + 1), "data-letter": _letter(place)}
    return element("li", [*_line("p", mark, class_="sg-mark"), *text, *each.reason.lines], class_=class_, **letter)


def _side(each: Shown) -> str:
    return "sg-right" if each.item.right else "sg-wrong"


def _again(text: Part) -> list[str]:
    """Return a text for a second time, its first line alone if it holds what a page may hold once."""
    once = text.targets or text.figures
    return element("div", text.lines[:1] if once else text.lines, class_="sg-item")


def _inline(text: Part) -> str:
    """Return the first paragraph of a text, to stand within a line."""
    return " ".join(text.lines).strip() if "" not in text.lines else " ".join(text.lines[: text.lines.index("")])
