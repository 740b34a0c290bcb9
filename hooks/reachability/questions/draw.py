"""What a question draws from its id: the same every time, and another thing than the next question.

pick(("and times out", "and hangs"), "cp-lab-rds-egress-none", "seen")  ->  "and hangs"
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")
# What stops a call, and what mends it.
CAUSE, MEND = "cp-lab-", "cp-fix-"
# Before anything is called it does not matter what is.
ONCE = {"start-no-role": "rds"}
# Which draw of a question it is, where an earlier one was too like another question.
DRAWS: Mapping[str, int] = {
    "cp-fix-dynamodb-egress-other-port": 1,
    "cp-fix-lambda-route4-none": 1,
    "cp-fix-rds-start-no-role": 1,
    "cp-lab-lambda-route4-none": 1,
}


def question_of(target: str, key: str) -> str:
    """Return the id of the question about a hop that stops a call of a target."""
    return f"{CAUSE}{ONCE.get(key, target)}-{key}"


def place(name: str, *words: object) -> bytes:
    """Return where something stands among others, as a question draws it."""
    return sha256(" ".join(map(str, (name, DRAWS.get(name, 0), *words))).encode()).digest()


def pick(of: Sequence[T], name: str, *words: object) -> T:
    """Return one of several, as a question draws it."""
    return of[int.from_bytes(place(name, *words)[:4], "big") % len(of)]


def is_cause(name: str) -> bool:
    """Return whether a question asks what stops a call, and not what mends it."""
    return name.startswith(CAUSE)
