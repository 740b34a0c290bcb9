"""Fences and comments that hold the first line of another: nobody sees what is between as its author meant it.

<!-- A note            ->  TXT002: it is never closed before the comment on line 5
<!-- Another -->
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.text.source import FENCE_RE, LITERAL_RE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.text.source import Source

# The first line of a comment, within another that began on a line before.
COMMENT_RE = re.compile(r"\A\s*<!--.*?^[ \t>]*(?P<open><!--)", re.DOTALL | re.MULTILINE)
# What follows the marks of a fence that somebody meant as one: a language, with or without options.
NAMED_RE = re.compile(r"\{?[ ]*\.?[A-Za-z][\w+#-]*(?:[ {}]|$)")


def swallowed(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the fences and comments of a text."""
    yield from _fences(source)
    yield from _comments(source)


def _fences(source: Source) -> Iterator[Problem]:
    """Yield the fences that hold the first line of another: what is between is shown as code."""
    for fence in source.fences:
        marks = FENCE_RE.match(source.lines[fence.first])
        for number in range(fence.first + 1, fence.last) if marks and marks["marks"] in fence.code else ():
            other = FENCE_RE.match(source.lines[number])
            if marks and other and NAMED_RE.match(other["info"]) and other["marks"].startswith(marks["marks"]):
                opening = quoted(source.lines[fence.first].strip(" \t>"))
                message = (
                    f"{opening} is never closed before the fence on line {number + 1}, which is shown as its code."
                )
                fix = "Close it, or give it more marks than what it is to show."
                yield Problem(fence.opening, "TXT003", message, fix)
                break


def _comments(source: Source) -> Iterator[Problem]:
    """Yield the comments that hold the first line of another: nobody sees what is between."""
    for found in LITERAL_RE.finditer(source.marked_up) if source.text.count("<!--") > 1 else ():
        other = COMMENT_RE.search(found.group())
        if other:
            at = source.position(found.start() + found.group().index("<!--"))
            line = source.position(found.start() + other.start("open")).line
            opening = quoted(found.group().strip().partition("\n")[0])
            message = f"{opening} is never closed before the comment on line {line}, so nobody sees what is between."
            yield Problem(at, "TXT002", message, "Write `-->` where it ends.")
