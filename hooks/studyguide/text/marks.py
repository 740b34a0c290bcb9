"""Marks: tokens that the Markdown parser carries along, and that say where in which file something was written.

    [](#fig-routes)   ->  [](#fig-routes⟨reference, file 0, line 7, column 5⟩)

The parser decides what a piece of text is; where its mark arrives, its place is known. A mark is made of Unicode's
noncharacters only, which are for a process's own use and which no text that is exchanged holds: they are no word, no
digit and no white space to a regular expression, and no slug, title or index keeps them. None gets out of the parser:
in code it is dropped, in prose it says that syntax stayed text.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["directive", "end", "line", "fence", "reference", "citation", "snippet", "comment"]

# U+FDD0 to U+FDD9 are the digits, one character for each kind follows, then those that part and close.
DIGITS = "".join(chr(0xFDD0 + digit) for digit in range(10))
KINDS: dict[str, Kind] = {
    "\ufdda": "directive",
    "\ufddb": "end",
    "\ufddc": "line",
    "\ufddd": "fence",
    "\ufdde": "reference",
    "\ufddf": "citation",
    "\ufde0": "snippet",
    "\ufde1": "comment",
}
OPENING: dict[Kind, str] = {kind: character for character, kind in KINDS.items()}
STASHED, PART, CLOSE = "\ufded", "\ufdee", "\ufdef"
RESERVED_RE = re.compile("[\ufdd0-\ufdef]")

NUMBER = f"[{DIGITS}]+"
MARK = f"[{''.join(KINDS)}]{NUMBER}{PART}{NUMBER}{PART}{NUMBER}{CLOSE}"
# The option that carries a mark through the first line of a fence goes with it.
FENCE_OPTION = ' at="{}"'
NOTES_OPTION = ' data-at="{}"'
MARK_RE = re.compile(
    f'(?P<option> (?:data-)?at=")?(?P<kind>[{"".join(KINDS)}])(?P<file>{NUMBER}){PART}(?P<line>{NUMBER}){PART}(?P<column>{NUMBER})'
    f'{CLOSE}(?(option)")'
)
# What stands for a block that is taken out of the text until the parser gets to it.
TOKEN_RE = re.compile(f"{STASHED}(?P<number>{NUMBER}){CLOSE}")

_TO_MARK = str.maketrans("0123456789", DIGITS)
_FROM_MARK = str.maketrans(DIGITS, "0123456789")


class Mark(NamedTuple):
    """A place: the kind of what is there, the number of its file, its line and column, both from 1."""

    kind: Kind
    file: int
    line: int
    column: int

    def __str__(self) -> str:
        place = PART.join(str(number) for number in (self.file, self.line, self.column))
        return f"{OPENING[self.kind]}{place.translate(_TO_MARK)}{CLOSE}"


def of(found: re.Match[str]) -> Mark:
    """Return the mark that was found."""
    return Mark(KINDS[found["kind"]], *(int(found[name].translate(_FROM_MARK)) for name in ("file", "line", "column")))


def mark_of(*kinds: Kind) -> str:
    """Return a pattern of the marks of these kinds."""
    return MARK.replace("".join(KINDS), "".join(OPENING[kind] for kind in kinds))


def strip(text: str) -> str:
    """Return a text without its marks."""
    return MARK_RE.sub("", text) if CLOSE in text else text


def token(number: int) -> str:
    """Return what stands for the block with this number."""
    return f"{STASHED}{str(number).translate(_TO_MARK)}{CLOSE}"


def number_of(found: re.Match[str]) -> int:
    """Return the number of the block that a token stands for."""
    return int(found["number"].translate(_FROM_MARK))
