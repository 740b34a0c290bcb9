"""Names in syntax that stayed text: of keys, icons, the options of a block; and a label that is still to be had.

Press ++contrl++.       ->  ("`contrl` is the name of no key", "Did you mean `control`? ...")
/// tip
    open: true          ->  ("`open` is no option of such a block", ...)
"""

from __future__ import annotations

import re
from itertools import count, islice, takewhile
from typing import TYPE_CHECKING

from studyguide.near import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.text.source import Source

# What stays where its extension is on: nothing has its name.
NAMED = ("keys", "emoji")
# The options of a block of pymdownx by its name, and how one is written.
OPTIONS = {
    **dict.fromkeys(("admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning"), ("attrs", "type")),
    "details": ("attrs", "open", "type"), "tab": ("attrs", "new", "select"), "html": ("attrs", "markdown"),
}  # fmt: skip
OPTION_RE = re.compile(r"[ >]{4,}(?P<name>[A-Za-z][\w-]*):(?=[ ]|$)")
LABEL_RE = re.compile(r"\[\^([^\[\]]+)\]")


def why_unnamed(kind: str, text: str) -> tuple[str, str] | None:
    """Return why a key or an icon stayed though such marks are read; None where each key has a name that is known."""
    if kind == "emoji":
        return "no icon has this name here", "Look for its name; those of a theme are read with the theme's index."
    from pymdownx import keymap_db  # noqa: PLC0415 - nearly no page needs to know their names

    known = {*keymap_db.keymap, *keymap_db.aliases}
    name = next((name for name in text.strip("+").split("+") if name not in known), "")
    fix = f"{did_you_mean(name, known)}Use the name of a key, or write {quoted(f'<kbd>{name}</kbd>')}."
    return (f"{quoted(name)} is the name of no key", fix) if name else None


def why_slashes(text: str, below: Sequence[str]) -> tuple[str, str]:
    """Return why a block between slashes is not read; ``below`` are the lines under its first."""
    name, _, title = text.strip().lstrip("/ \t").partition("\n")[0].partition(" ")
    if title.strip() and "|" not in title:
        return "a title follows a bar", f"Write `/// {name} | {title.strip()}`."
    known = OPTIONS.get(name, ())
    options = (match["name"] for match in takewhile(bool, map(OPTION_RE.match, below)) if match)
    if known and (strange := next((option for option in options if option not in known), "")):
        those = ", ".join(f"`{option}`" for option in known)
        return f"{quoted(strange)} is no option of such a block", f"Remove it: its options are {those}."
    return (
        "no such block is read here",
        "Close it with `///`, and start it where a paragraph of its own could start.",
    )


def free_label(source: Source, offset: int) -> str:
    """Return the label of a footnote that is still to be had, another for each that is written within the text."""
    taken = set(LABEL_RE.findall(source.prose))
    free = (str(number) for number in count(1) if str(number) not in taken)
    return next(islice(free, source.prose.count("^[", 0, offset), None))
