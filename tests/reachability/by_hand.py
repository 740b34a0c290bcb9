"""The truth tables: what was worked out by hand from the sources, and what the model says of the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reachability import ImpossibleError, evaluate, settings
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = ("truth.yml", "truth-further.yml")
TABLES = [table for file in FILES for table in quickyaml.load((Path(__file__).parent / file).read_text("utf-8"))]


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield target, settings and what follows."""
    for table in TABLES:
        for row in table["rows"]:
            target, given, expected = (part.strip() for part in row.split("|"))
            yield target, given, expected


def said(target: str, given: str) -> str:
    """Return what the model says, as the tables write it."""
    try:
        verdict = evaluate(target, settings(dict(pair.split("=") for pair in given.split())))
    except ImpossibleError:
        return "impossible"
    return "reached" if verdict.reached else f"{verdict.symptom} at {verdict.blocked_at}"
