"""Questions -> a table (CSV) for spreadsheets and programs, one row a question, in plain text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from studyguide.exports.decks.clean import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.exports.decks.taken import Answer, Taken

HEAD = (
    "id",
    "kind",
    "objective",
    "difficulty",
    "question",
    "options",
    "answer",
    "reasons",
    "explanation",
    "reviewed",
    "page",
)


def write(questions: Iterable[Taken], objectives: Mapping[str, str], *, site: str) -> bytes:
    """Return the questions as a file, which spreadsheets know to be UTF-8 by its first character."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(HEAD)
    for question in questions:
        table.writerow(_row(question, objectives, site))
    return file.getvalue().encode("utf-8-sig")


def _row(question: Taken, objectives: Mapping[str, str], site: str) -> tuple[str, ...]:
    numbers = [f"{number}. {text(each)}" for number, each in enumerate(question.numbers, start=1)]
    options = [
        f"{letter}. {text(each)}" for letter, each in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", question.options, strict=False)
    ]
    return (
        question.id,
        question.kind,
        objectives.get(question.objective, question.objective),
        str(question.difficulty or ""),
        text(question.stem),
        "\n".join([*numbers, *options]),
        text(question.verdict).partition(": ")[2],
        "\n".join(f"{_mark(question, answer)} {text(answer.reason)}" for answer in question.in_order),
        text(question.explanation),
        question.reviewed,
        f"{site}{question.place}" if site else "",
    )


def _mark(question: Taken, answer: Answer) -> str:
    if question.kind == "match":
        return f"{text(answer.text)} - {text(answer.match)}:"
    return f"{answer.letter or text(answer.text)}{' (right)' if answer.right and question.kind != 'order' else ''}:"
