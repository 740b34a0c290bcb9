"""The addresses in CSS that ask for a file, as browsers read them; ``data:`` asks for none, nor does a part of the same page.

@import "a.css"; background: url(b.png)                ->  a.css, b.png
image-set("c.avif" type("image/avif"), "d.png" 2x)     ->  c.avif, d.png
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

IMPORT_RE = re.compile(r"@import\s+(?P<quote>[\"'])(?P<bare>[^\"'\n]+)(?P=quote)", re.IGNORECASE)
URL_RE = re.compile(
    r"\burl\(\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'()]+))\s*\)", re.IGNORECASE
)
# What stands in brackets in a set is found as such, says what kind of picture it is, or draws one: with a colour in it.
_BRACKETS = r"\((?:[^()]|\((?:[^()]|\([^()]{0,1000}+\)){0,1000}+\)){0,1000}+\)"
BRACKETS_RE = re.compile(_BRACKETS)
SET_RE = re.compile(rf"\bimage-set\((?P<set>(?:[^()]|{_BRACKETS}){{0,5000}}+)\)", re.IGNORECASE)
OPTION_RE = re.compile(r"(?P<quote>[\"'])(?P<bare>[^\"'\n]+)(?P=quote)")
COMMENT_RE = re.compile(r"/\*.*?\*/", re.DOTALL)


def addresses(text: str) -> list[tuple[int, str]]:
    """Return every address with its offset; what is commented out asks for nothing."""
    return list(found(_without(COMMENT_RE, text)))


def found(text: str) -> Iterator[tuple[int, str]]:
    """Yield every address with its offset in a text that is not CSS alone, and so has no comments to look for."""
    for pattern in (IMPORT_RE, URL_RE):
        for match in pattern.finditer(text):
            yield from _asks(match, 0)
    for match in SET_RE.finditer(text):
        for option in OPTION_RE.finditer(_without(BRACKETS_RE, match["set"])):
            yield from _asks(option, match.start("set"))


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with blanks in place of what a pattern finds, so that all else stays where it is."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def _asks(match: re.Match[str], start: int) -> Iterator[tuple[int, str]]:
    """Yield the address of a match with its offset in a text in which the match's own begins at ``start``."""
    name = next((name for name in ("bare", "double", "single") if match.groupdict().get(name)), "")
    if name and not match[name].startswith(("data:", "#")):
        yield start + match.start(name), match[name]
