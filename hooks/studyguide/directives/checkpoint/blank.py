"""The ``___`` of a question -> a blank that is seen and heard.

It takes ___ seconds.   ->  It takes <span class="sg-blank" role="img" aria-label="blank">___</span> seconds.
It is called `a___b`.   ->  the same: it is code
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.text.source import CODE_SPAN_RE

if TYPE_CHECKING:
    from studyguide.directives.given import Line

BLANK_RE = re.compile(rf"(?P<code>{CODE_SPAN_RE.pattern})|(?<![\w\\])_{{3,}}(?!\w)")
# Escaped, so that two underscores are never the start of bold text.
BLANK = r'<span class="sg-blank" role="img" aria-label="blank">\_\_\_</span>'


def with_blanks(lines: list[Line]) -> tuple[list[Line], int]:
    """Return the lines of a question with its blanks, and how many there are."""
    shown = [line._replace(text=BLANK_RE.sub(_blank, line.text)) for line in lines]
    return shown, sum(line.text.count(BLANK) for line in shown)


def _blank(found: re.Match[str]) -> str:
    return found["code"] or BLANK
