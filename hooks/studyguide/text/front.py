"""A page's front matter: where it ends, and what it is to MkDocs.

    ---
    title: Routes     ->  Front(end=24, kind="mapping")
    ---

Anything else than a mapping MkDocs takes for text of the page. Without those lines it takes lines of a key and a colon
for settings, as MultiMarkdown has them, whoever wrote them: a page that begins with "Note: read this" loses its first line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from studyguide.text import quickyaml

# MkDocs' own idea of front matter, and the blank lines after it.
FRONT_RE = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n+|\Z)", re.DOTALL)
# Texts that themes show.
SHOWN = ("title", "description")
# MkDocs' own idea of lines that are settings, and of those that go on with one.
LINE_RE = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):")
MORE_RE = re.compile(r"(?:[ ]{4}|\t)\s*\S")
# What says that such lines are meant: what MkDocs and its themes read, and what other programs do.
SETTINGS = frozenset(
    [
        "title", "description", "template", "hide", "tags", "date", "author", "authors", "icon", "search", "keywords", "layout",
        "slug", "category", "categories", "draft", "lang", "language", "robots", "permalink", "sidebar_label", "sidebar_position",
    ]
)  # fmt: skip
PARAGRAPHS_RE = re.compile(r"(?:\A|\n)[ \t]*\n")


class Front(NamedTuple):
    """What stands between the first two lines of three hyphens.

    ``end`` is the offset of the page's first character after it, or of what is meant as it. Where it is ``broken``,
    ``nothing`` is the place of a title without words, and ``fault`` says why it is not YAML, and where. ``repeated`` are the keys that it gives again, ``retyped`` is a title or
    a description that is read otherwise than it is written, and ``swallowed`` are parts of one that are not read. ``lost`` are
    the first words of the page, where MkDocs takes them for a setting that nobody has.
    """

    end: int = 0
    kind: Literal["none", "mapping", "list", "text", "empty", "broken"] = "none"
    fault: quickyaml.Fault = quickyaml.Fault()
    repeated: tuple[quickyaml.Repeated, ...] = ()
    retyped: tuple[quickyaml.Retyped, ...] = ()
    swallowed: tuple[quickyaml.Swallowed, ...] = ()
    nothing: tuple[int, int] | None = None
    lost: str = ""


@lru_cache(256)
def read(text: str) -> Front:
    """Return the front matter of a page."""
    found = FRONT_RE.match(text)
    if found is None:
        return _of_lines(text) if LINE_RE.match(text) else Front()
    try:
        node = quickyaml.compose(found["yaml"])
        repeated = tuple(quickyaml.repeated_in(node))
        title = quickyaml.below(node, "title")
        shown = [each for each in (quickyaml.below(node, name) for name in SHOWN) if each]
        retyped = tuple(each for text in shown for each in quickyaml.retyped(text))
        rows = found["yaml"].split("\n")
        swallowed = tuple(each for text in shown for each in quickyaml.swallowed(text, rows))
        value = quickyaml.construct(node)
    except Exception as error:  # noqa: BLE001 - YAML in Python raises more kinds than its own
        fault = quickyaml.fault(found["yaml"])
        return Front(found.end(), "broken", fault if fault.reason else quickyaml.Fault(str(error)))
    if isinstance(value, dict):
        return Front(found.end(), "mapping", quickyaml.Fault(), repeated, retyped, swallowed, quickyaml.blank(title))
    if isinstance(value, list):
        return Front(kind="list")
    # Rules around paragraphs are rules.
    if PARAGRAPHS_RE.search(found["yaml"]):
        return Front()
    return Front(kind="empty" if value is None else "text")


def place(text: str, key: str) -> tuple[int, int] | None:
    """Return the line and column, both from 0, of what a page's front matter says of a key; None if it says nothing."""
    found = FRONT_RE.match(text)
    try:
        node = quickyaml.below(quickyaml.compose(found["yaml"]) if found else None, key)
    except Exception:  # noqa: BLE001 - as above, and that is a problem already
        node = None
    return (node.start_mark.line + 1, node.start_mark.column) if node else None


def _of_lines(text: str) -> Front:
    """Return the settings of a page that begins with lines of them, as MkDocs reads those."""
    end, keys = 0, list[str]()
    for line in text.split("\n"):
        found = LINE_RE.match(line)
        if not (found or MORE_RE.match(line)):
            break
        keys += [found["key"].lower()] if found else []
        end += len(line) + 1
    # The lines without a word below it are nobody's.
    rest = text[end:]
    if not rest.partition("\n")[0].strip():
        rest = rest.partition("\n")[2]
    rest = rest.lstrip("\n")
    lost = "" if SETTINGS.intersection(keys) else text.partition("\n")[0].strip()
    return Front(len(text) - len(rest), "mapping", lost=lost)
