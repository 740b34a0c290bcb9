"""A page's front matter: where it ends, and what it is to MkDocs.

    ---
    title: Routes     ->  Front(end=24, kind="mapping")
    ---

Anything else than a mapping MkDocs takes for text of the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from studyguide.text import quickyaml

# MkDocs' own idea of front matter, and the blank lines after it.
FRONT_RE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n+|\Z)", re.DOTALL)
PARAGRAPHS_RE = re.compile(r"(?:\A|\n)[ \t]*\n")


class Front(NamedTuple):
    """What stands between the first two lines of three hyphens.

    ``end`` is the offset of the page's first character after it, or of what is meant as it. Where it is ``broken``,
    ``reason`` says why it is not YAML, and ``line`` and ``column``, both from 0, where; ``repeated`` are the keys that
    it gives again, ``retyped`` is a title that is read otherwise than it is written.
    """

    end: int = 0
    kind: Literal["none", "mapping", "list", "text", "empty", "broken"] = "none"
    reason: str = ""
    line: int = 0
    column: int = 0
    repeated: tuple[quickyaml.Repeated, ...] = ()
    retyped: tuple[quickyaml.Retyped, ...] = ()


@lru_cache(256)
def read(text: str) -> Front:
    """Return the front matter of a page."""
    found = FRONT_RE.match(text)
    if found is None:
        return Front()
    try:
        node = quickyaml.compose(found["yaml"])
        repeated = tuple(quickyaml.repeated_in(node))
        title = quickyaml.below(node, "title")
        retyped = tuple(quickyaml.retyped(title)) if title else ()
        value = quickyaml.construct(node)
    except Exception as error:  # noqa: BLE001 - YAML in Python raises more kinds than its own
        reason, line, column = quickyaml.fault(found["yaml"])
        return Front(found.end(), "broken", reason or str(error), line, column)
    if isinstance(value, dict):
        return Front(found.end(), "mapping", repeated=repeated, retyped=retyped)
    if isinstance(value, list):
        return Front(kind="list")
    # Rules around paragraphs are rules.
    if PARAGRAPHS_RE.search(found["yaml"]):
        return Front()
    return Front(kind="empty" if value is None else "text")
