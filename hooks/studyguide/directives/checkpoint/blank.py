"""The ``___`` of a question -> a blank that is seen and heard.

It takes ___ seconds.   ->  It takes <span class="sg-blank" role="img" aria-label="blank">___</span> seconds.
It is called `a___b`.   ->  the same: it is code
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.text.source import CODE_SPAN_RE, fence_end

if TYPE_CHECKING:
    from studyguide.directives.part import Part

BLANK_RE = re.compile(rf"(?P<code>{CODE_SPAN_RE.pattern})|(?<![\w\\])_{{3,}}(?!\w)")
# Escaped, so that two underscores are never the start of bold text.
BLANK = r'<span class="sg-blank" role="img" aria-label="blank">\_\_\_</span>'


def with_blanks(stem: Part) -> tuple[Part, int]:
    """Return a question with its blanks, and how many there are."""
    lines, count, index, texts = [], 0, 0, list(stem.lines)
    while index < len(texts):
        last = fence_end(texts, index)
        if last is None:
            lines.append(BLANK_RE.sub(_blank, texts[index]))
            count += lines[-1].count(BLANK)
        else:
            lines += texts[index : last + 1]
        index = (last or index) + 1
    return stem.with_lines(lines), count


def _blank(found: re.Match[str]) -> str:
    return found["code"] or BLANK
