"""Questions -> GIFT, Moodle's format of text, with a feedback for each option.

::cp-call:: [html]<p>Can it call?</p> {
=No #<p>Right.</p>
~Yes #<p>No route.</p>
####<p>The longer explanation.</p>
}

GIFT knows no question that asks for an order: those are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.exports.decks.clean import described, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.exports.decks.taken import Answer, Taken
    from studyguide.model import CheckpointKind

LEFT_OUT: tuple[CheckpointKind, ...] = ("order",)
SPECIAL_RE = re.compile(r"[\\~=#{}:]")
# Moodle takes these parts of a mark and no others.
PARTS = {
    1: "100",
    2: "50",
    3: "33.33333",
    4: "25",
    5: "20",
    6: "16.66667",
    7: "14.28571",
    8: "12.5",
    9: "11.11111",
    10: "10",
}


def write(questions: Iterable[Taken], objectives: Mapping[str, str], *, name: str, site: str) -> bytes:
    """Return the questions as a file; ``objectives`` are the names of those by their ids."""
    parts, category = list[str](), None
    places = {key: place for place, key in enumerate(objectives)}
    held = [question for question in questions if question.kind not in LEFT_OUT]
    for question in sorted(held, key=lambda each: places.get(each.objective, len(places))):
        where = objectives.get(question.objective, "")
        if where != category:
            path = "/".join(each.replace("/", "//") for each in (name, where) if each)
            parts.append(f"$CATEGORY: {path}")
            category = where
        parts.append(_question(question, site))
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _question(question: Taken, site: str) -> str:
    more = described(question.explanation)
    if question.kind == "match":
        pairs = (f"<li>{answer.text}: {answer.match} {answer.reason}</li>" for answer in question.answers)
        more = f"<ul>{described(''.join(pairs))}</ul>{more}"
    page = f'<p><a href="{site}{question.place}">{site}{question.place}</a></p>' if site else ""
    return (
        f"::{_escaped(question.id)}::[html]{_escaped(described(question.stem))}{{{'#' if question.kind == 'number' else ''}\n"
        + "".join(f"{line}\n" for line in _answers(question))
        + f"####{_escaped(described(more) + page)}\n}}"
    )


def _answers(question: Taken) -> Iterable[str]:
    rights = sum(answer.right for answer in question.answers)
    wrongs = len(question.answers) - rights
    for answer in question.answers:
        match question.kind:
            case "match":
                yield f"={_escaped(described(answer.text))} -> {_escaped(text(answer.match))}"
            case "fill":
                yield f"=%{100 if answer.right else 0}%{_escaped(text(answer.text))}{_feedback(answer)}"
            case "number":
                yield f"=%{100 if answer.right else 0}%{answer.value}:{answer.tolerance or 0}{_feedback(answer)}"
            case "several":
                weight = PARTS[rights] if answer.right else f"-{PARTS.get(wrongs, '10')}"
                yield f"~%{weight}%{_escaped(described(answer.text))}{_feedback(answer)}"
            case _:
                yield f"{'=' if answer.right else '~'}{_escaped(described(answer.text))}{_feedback(answer)}"


def _feedback(answer: Answer) -> str:
    return f"#{_escaped(described(answer.reason))}"


def _escaped(html: str) -> str:
    """Return a text in which nothing is a sign of the format."""
    return SPECIAL_RE.sub(r"\\\g<0>", html).replace("\n", r"\n")
