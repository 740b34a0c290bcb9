"""Published answers: one that is another now was reviewed since, or it was flipped by a slip."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.model import Checkpoint, CheckpointKind
    from studyguide.published.inventory import Answer

LENGTH = 16


class _Words(NamedTuple):
    """What changed, and how to undo it."""

    changed: str
    undo: str


OPTIONS = _Words("The right options of {} are not those that were published", "Put the mark back")
WORDS: dict[CheckpointKind, _Words] = {
    "one": OPTIONS,
    "several": OPTIONS,
    "fill": _Words("The accepted answers of {} are not those that were published", "Put the mark back"),
    "order": _Words("The right order of {} is not the one that was published", "Put the steps back"),
    "match": _Words("The pairs of {} are not those that were published", "Put the sides back"),
}


def digest(checkpoint: Checkpoint) -> str:
    """Return a short hash of what is right: of steps the order, of pairs who goes with whom, of options only which."""
    right = [" ".join(choice.text.split()) for choice in checkpoint.choices if choice.right]
    match checkpoint.kind:
        case "order":
            parts = ["order", *right]
        case "match":
            matches = [" ".join(choice.match.split()) for choice in checkpoint.choices]
            parts = ["match", *(part for pair in sorted(zip(right, matches, strict=True)) for part in pair)]
        case _:
            parts = sorted(right)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def check(published: Mapping[str, Answer], now: Iterable[Checkpoint]) -> Iterable[Problem]:
    """Yield a problem for every checkpoint whose right options changed while its day of review did not."""
    for checkpoint in now:
        before = published.get(checkpoint.id)
        if before and before.digest != digest(checkpoint) and checkpoint.reviewed <= before.reviewed:
            day = f"it was last reviewed on {before.reviewed}" if before.reviewed else "it was not reviewed since"
            words = WORDS[checkpoint.kind]
            message = f"{words.changed.format(f'`{checkpoint.id}`')}, and {day}."
            fix = f"{words.undo}, or check the answer and say so with `reviewed:` and today's date."
            yield Problem(checkpoint.position, "CPT006", message, fix)
