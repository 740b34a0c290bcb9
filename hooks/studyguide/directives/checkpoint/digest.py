"""A question -> a short hash of all it says: what tells its answer from another, and its version for readers.

digest(checkpoint)   ->  "4e074085.9a0364b9.ef2d127d.5feceb66.e3b0c442"     key, stem, options, explanation, setting
version(checkpoint)  ->  "9b1c2f04"                                all of it in one
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.model import Checkpoint

LENGTH = 8
# An inventory of before the last was added knows the others.
PARTS = ("key", "stem", "options", "explanation", "setting")
# Where a link with words leads is no part of what is said: a page that is renamed asks for no review.
LINK_RE = re.compile(r"(?P<words>\[[^\[\]]+\])\([^()\s]*\)")


def digest(checkpoint: Checkpoint) -> str:
    """Return a short hash of each part of a question: what is right, the stem, all options, every explanation, the rest."""
    choices = checkpoint.choices
    options = sorted(_said(f"{choice.text}\0{choice.match}") for choice in choices)
    reasons = sorted(_said(f"{choice.text}\0{choice.reason}") for choice in choices)
    said = (checkpoint.stem, checkpoint.explanation, checkpoint.setting)
    stem, explanation, setting = map(_said, said)
    parts = (_key(checkpoint), [stem], options, [explanation, *reasons], [setting])
    return ".".join(map(_hash, parts))


def version(checkpoint: Checkpoint) -> str:
    """Return the same as one word: what a reader's answer was given to."""
    return _hash([digest(checkpoint)])


def _key(checkpoint: Checkpoint) -> list[str]:
    """Return what is right: of steps the order, of pairs who goes with whom, of options only which."""
    right = [" ".join(choice.text.split()) for choice in checkpoint.choices if choice.right]
    match checkpoint.kind:
        case "order":
            return ["order", *right]
        case "match":
            matches = [" ".join(choice.match.split()) for choice in checkpoint.choices]
            return ["match", *(part for pair in sorted(zip(right, matches, strict=True)) for part in pair)]
        case _:
            return sorted(right)


def _said(text: str) -> str:
    return LINK_RE.sub(r"\g<words>", " ".join(text.split()))


def _hash(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
