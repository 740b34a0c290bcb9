"""The questions of a rendered page -> values that every format is written from.

<section class="sg-checkpoint" id="cp-call" ...>   ->   Taken("cp-call", kind="one", options=("Yes", "No"), ...)

What a question shows is taken from the page, where links lead, code is coloured and steps are shuffled; what it is comes
from the checkpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from studyguide.directives.checkpoint.digest import version
from studyguide.directives.checkpoint.number import amount
from studyguide.text.source import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from studyguide.exports.decks.clean import Cleaner
    from studyguide.model import Checkpoint, CheckpointKind

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERED: tuple[CheckpointKind, ...] = ("one", "several", "fault", "order")


@dataclass(frozen=True, slots=True)
class Answer:
    """An option, an answer to fill in, a step or a pair; ``letter`` is the one that its page shows, if any.

    All texts are HTML. The steps of a question stand in the right order. A number has its ``value``, and the right ones how
    far off an answer may be.
    """

    text: str
    reason: str
    right: bool
    letter: str = ""
    match: str = ""
    value: str = ""
    tolerance: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A question as its page shows it, in HTML: ``options`` are what has letters there, ``numbers`` what has numbers.

    ``place`` is its address below the site's root.
    """

    id: str
    kind: CheckpointKind
    objective: str
    difficulty: int
    reviewed: str
    version: str
    place: str
    stem: str
    hint: str
    numbers: tuple[str, ...]
    options: tuple[str, ...]
    answers: tuple[Answer, ...]
    verdict: str
    explanation: str
    evidence: tuple[str, ...] = ()
    confused_with: tuple[str, ...] = ()

    @property
    def in_order(self) -> list[Answer]:
        """The answers as the page shows them: steps by their letters, all others as they were written."""
        return sorted(self.answers, key=lambda each: each.letter) if self.kind == "order" else list(self.answers)


def take(content: str, checkpoints: Mapping[str, Checkpoint], cleaner: Cleaner, url: str) -> Iterator[Taken]:
    """Yield the questions of a page's content, in its order."""
    for section in LexborHTMLParser(content).css("section.sg-checkpoint[id]"):
        if (checkpoint := checkpoints.get(section.attributes["id"] or "")) is not None:
            yield _taken(section, checkpoint, cleaner, url)


def _taken(section: LexborNode, checkpoint: Checkpoint, cleaner: Cleaner, url: str) -> Taken:
    reasons = section.css(".sg-answer > .sg-reasons > li")
    options = [_text(item, cleaner) for item in section.css(".sg-ask .sg-options > li")]
    return Taken(
        id=checkpoint.id,
        kind=checkpoint.kind,
        objective=checkpoint.objective,
        difficulty=checkpoint.difficulty,
        reviewed=checkpoint.reviewed,
        version=version(checkpoint),
        place=f"{url}#{checkpoint.id}",
        stem=cleaner.inner(section.css_first(".sg-stem")),
        hint=cleaner.inner(section.css_first(".sg-hint")),
        numbers=tuple(_text(item, cleaner) for item in section.css(".sg-numbers > li")),
        options=tuple(options),
        answers=tuple(_answers(checkpoint, reasons, options, cleaner)),
        verdict=cleaner.inner(section.css_first(".sg-verdict")),
        explanation=cleaner.inner(section.css_first(".sg-explanation")),
        evidence=checkpoint.evidence,
        confused_with=checkpoint.confused_with,
    )


def _text(item: LexborNode, cleaner: Cleaner) -> str:
    """Return what an item says, without its control; a text of one paragraph is that paragraph's."""
    text = cleaner.inner(item.css_first(".sg-text") or item).strip()
    one = text.startswith("<p>") and text.endswith("</p>") and text.count("<p>") == 1
    return text[3:-4] if one else text


def _answers(
    checkpoint: Checkpoint, reasons: list[LexborNode], options: list[str], cleaner: Cleaner
) -> Iterator[Answer]:
    """Yield the answers of a question, as they were written."""
    for item in sorted(reasons, key=_number):
        number = _number(item)
        choice = checkpoint.choices[number - 1]
        shown = [_text(part, cleaner) for part in item.css(".sg-item")]
        letter = item.attributes.get("data-letter") or (LETTERS[number - 1] if checkpoint.kind in LETTERED else "")
        if checkpoint.kind in ("fill", "number"):
            text = escape(plain(choice.text), quote=False)
        else:
            text = options[number - 1] if checkpoint.kind in ("one", "several", "fault") else (shown or [""])[0]
        found = amount(plain(choice.text)) if checkpoint.kind == "number" else None
        yield Answer(
            text=text,
            reason=_reason(item, cleaner),
            right=choice.right,
            letter=letter,
            match=shown[1] if len(shown) > 1 else "",
            value=f"{found.value:f}" if found else "",
            tolerance=item.attributes.get("data-tolerance") or "",
        )


def _number(item: LexborNode) -> int:
    return int(item.attributes["data-item"] or 0)


def _reason(item: LexborNode, cleaner: Cleaner) -> str:
    """Return the reason of an item of an answer: what follows its mark and its text again."""
    for part in item.css(".sg-mark, .sg-item"):
        part.decompose()
    return cleaner.inner(item)
