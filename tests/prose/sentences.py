"""Prose -> its sentences, and how long they are.

A sentence ends at ``.``, ``?`` or ``!`` before a space and a word that can start one. It does not end after
an abbreviation, in a number such as 1.5, or inside code, which is masked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from prose.reading import CODE, GAP

# What closes a sentence after its mark: quotes, brackets, emphasis, a citation.
CLOSERS = rf"[\"')\]*_{GAP}]*"
STARTERS = rf"(?:[\"'(\[*_{GAP}]*[A-Z0-9{CODE}])"
END_RE = re.compile(rf"(?P<word>[^\s]*)(?P<mark>[.?!]){CLOSERS}(?:\s+(?={STARTERS})|\Z)")
ABBREVIATIONS = frozenset(["e.g", "i.e", "cf", "etc", "vs", "fig", "approx", "incl", "dr", "mr", "mrs"])
WORD_RE = re.compile(rf"[A-Za-z0-9{CODE}]")


class Sentence(NamedTuple):
    """A sentence and its offset in the passage."""

    text: str
    start: int

    @property
    def length(self) -> int:
        """How many words a reader reads; a stretch of code is one."""
        return sum(bool(WORD_RE.search(word)) for word in self.text.split())


def split(text: str) -> list[Sentence]:
    """Return the sentences of a passage."""
    found, start = [], 0
    for match in END_RE.finditer(text):
        word = match["word"].lstrip("(\"'*[").lower()
        if match["mark"] == "." and word in ABBREVIATIONS and match.end() < len(text):
            continue
        found.append(Sentence(text[start : match.end()].rstrip(), start))
        start = match.end()
    if text[start:].strip():
        found.append(Sentence(text[start:].rstrip(), start))
    return found
