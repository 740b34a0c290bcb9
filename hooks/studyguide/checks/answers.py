"""Published answers: one that is another now was reviewed since, or it was flipped by a slip."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.exports.inventory import Answer
    from studyguide.model import Checkpoint

LENGTH = 16


def digest(checkpoint: Checkpoint) -> str:
    """Return a short hash of the right options, in whatever order they stand."""
    right = sorted(" ".join(choice.text.split()) for choice in checkpoint.choices if choice.right)
    return sha256("\0".join(right).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def check(published: Mapping[str, Answer], now: Iterable[Checkpoint]) -> Iterable[Problem]:
    """Yield a problem for every checkpoint whose right options changed while its day of review did not."""
    for checkpoint in now:
        before = published.get(checkpoint.id)
        if before and before.digest != digest(checkpoint) and checkpoint.reviewed <= before.reviewed:
            day = f"it was last reviewed on {before.reviewed}" if before.reviewed else "it was not reviewed since"
            message = f"The right options of `{checkpoint.id}` are not those that were published, and {day}."
            fix = "Put the mark back, or check the answer and say so with `reviewed:` and today's date."
            yield Problem(checkpoint.position, "CPT006", message, fix)
