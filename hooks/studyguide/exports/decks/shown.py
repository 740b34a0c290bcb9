"""A question -> the two sides of a card: what is asked, and what is right with every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studyguide.exports.decks.taken import Answer, Taken


class Sides(NamedTuple):
    """Both sides in HTML: the question, what there is to choose from, what is right, why, and what else there is to say."""

    question: str
    options: str
    verdict: str
    reasons: str
    explanation: str


def sides(question: Taken) -> Sides:
    """Return the sides of a question's card."""
    numbers = f"<ol>{_items(question.numbers)}</ol>" if question.numbers else ""
    options = f'<ol type="A">{_items(question.options)}</ol>' if question.options else ""
    hint = f"<p><em>{question.hint}</em></p>"
    reasons = "".join(
        f"<li><strong>{_mark(question, answer)}</strong> {answer.reason}</li>" for answer in question.answers
    )
    return Sides(question.stem, hint + numbers + options, question.verdict, f"<ul>{reasons}</ul>", question.explanation)


def _items(texts: tuple[str, ...]) -> str:
    return "".join(f"<li>{text}</li>" for text in texts)


def _mark(question: Taken, answer: Answer) -> str:
    """Return what a reason belongs to."""
    match question.kind:
        case "order":
            return f"{question.answers.index(answer) + 1}. {answer.text} ({answer.letter})"
        case "match":
            return f"{answer.text}: {answer.match}"
        case "fill" | "number":
            return f"{'Right' if answer.right else 'Not'}: {answer.text}"
        case _:
            return f"{answer.letter}, {'right' if answer.right else 'not this one'}:"
