"""Questions -> JSON for other programs, as ``questions.schema.json`` describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide.exports.decks.taken import Answer, Taken
    from studyguide.text.sources import Cited

VERSION = 1
SCHEMA = "questions.schema.json"


def schema() -> bytes:
    """Return the JSON Schema."""
    return (Path(__file__).parent / SCHEMA).read_bytes()


def write(
    questions: Iterable[Taken], objectives: Mapping[str, str], facts: Sequence[Cited], *, name: str, site: str
) -> bytes:
    """Return the questions as a file."""
    known = {f"fact:{entry.key}": entry for entry in facts}
    head = {"$schema": SCHEMA, "version": VERSION, "guide": name, "site": site, "objectives": dict(objectives)}
    # A question has a line, so that a difference between two files can be read.
    lines = ",\n".join(_written(_question(question, known)) for question in questions)
    return f'{_written(head)[:-1]},"questions":[\n{lines}\n]}}\n'.encode()


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _question(question: Taken, known: Mapping[str, Cited]) -> dict[str, Any]:
    sources = [known[key] for key in question.evidence if key in known]
    found = {
        "id": question.id,
        "kind": question.kind,
        "version": question.version,
        "reviewed": question.reviewed,
        "objective": question.objective,
        "difficulty": question.difficulty,
        "page": question.place,
        "question": question.stem,
        "options": list(question.options),
        "numbers": list(question.numbers),
        "answers": [_answer(answer) for answer in question.answers],
        "explanation": question.explanation,
        "sources": [{"fact": each.fact, "title": each.title, "url": each.url} for each in sources],
        "confused_with": list(question.confused_with),
    }
    return {key: value for key, value in found.items() if value not in ("", 0, [])}


def _answer(answer: Answer) -> dict[str, Any]:
    found = {
        "text": answer.text,
        "match": answer.match,
        "letter": answer.letter,
        "value": float(answer.value) if answer.value else "",
        "tolerance": float(answer.tolerance) if answer.tolerance else "",
        "right": answer.right,
        "reason": answer.reason,
    }
    return {key: value for key, value in found.items() if value != ""}
