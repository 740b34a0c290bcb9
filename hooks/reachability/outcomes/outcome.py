"""What a hop says: whether it lets the call through, why, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Symptom = Literal["none", "timeout", "dns", "refused", "denied", "cannot-start", "unreachable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``because`` may name the {title} of the target and its {port}; ``code`` is one of VPC Reachability Analyzer's.

    ``text`` is what the code sees, where that is not what it sees of every such symptom.
    """

    hop: str
    at: str
    because: str
    sources: tuple[str, ...]
    symptom: Symptom = "none"
    code: str = ""
    inference: bool = False
    text: str = ""

    @property
    def allowed(self) -> bool:
        return self.symptom == "none"
