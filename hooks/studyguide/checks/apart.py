"""Images whose mark stands apart: a page shows an exclamation mark and a link that leads to a picture.

! [Two routes](routes.png)  ->  TXT001: Write `![Two routes](routes.png)`
See! [Two routes](routes.png)  ->  nothing: a sentence ends there
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.model import Problem
from studyguide.near import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.text.source import Source

# What may be one, and a mark that nothing stands before, in its line, its item, its quotation or its cell: no sentence ends with it.
NEARLY_RE = re.compile(r"![ \t]+\[")
MARK_RE = re.compile(r"(?:^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*|\|[ \t]*)(?P<mark>![ \t]+)\Z")
IMAGE_RE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?\Z", re.IGNORECASE)


def apart(source: Source) -> Iterator[Problem]:
    """Yield the links to pictures of a text that follow such a mark."""
    for link in source.links if NEARLY_RE.search(source.text) else ():
        if link.text is None or link.image or not IMAGE_RE.search(link.dest) or is_code(source, link.position):
            continue
        # What is escaped is blank in the prose.
        start = source.offset(link.position.line)
        if found := MARK_RE.search(source.prose[start : start + link.position.column - 1]):
            written = f"[{link.text}]({link.dest})"
            message = f"{quoted(f'! {written}')} is no image, but an exclamation mark and a link: a space parts them."
            at = source.position(start + found.start("mark"))
            yield Problem(at, "TXT001", message, f"Write {quoted(f'!{written}')}.")
