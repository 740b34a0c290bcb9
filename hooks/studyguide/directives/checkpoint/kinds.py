"""What ``kind:`` says -> how the lines of a checkpoint are read.

(nothing)  ->  choose: a task list, whose marks say whether one or several are right
ordr       ->  order, for that is what was probably meant, and a problem
"""

from __future__ import annotations

from typing import Literal, cast

from studyguide.directives.options import OneOf
from studyguide.near import nearest

Form = Literal["choose", "fill", "number", "order", "match", "fault"]
# What an author may write.
KINDS: tuple[Form, ...] = ("fill", "number", "order", "match", "fault")
KIND = OneOf(
    names=KINDS,
    known="Kinds are `fill`, `number`, `order`, `match` and `fault`; a question with options has none.",
    code="CPT007",
)


def form_of(written: str) -> Form:
    """Return how to read a checkpoint of this kind; one that nobody knows is read as what is nearest to it."""
    if not written:
        return "choose"
    return cast("Form", written if written in KINDS else nearest(written, KINDS) or "choose")
