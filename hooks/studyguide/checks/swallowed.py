"""Fences and comments that hold the first line of another: nobody sees what is between as its author meant it.

<!-- A note            ->  TXT002: it is never closed before the comment on line 5
<!-- Another -->
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.text.source import FENCE_RE, LITERAL_RE, is_indented_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.text.source import Source

# The first line of a comment, within another that began on a line before.
COMMENT_RE = re.compile(r"\A\s*<!--.*?^[ \t>]*(?P<open><!--)", re.DOTALL | re.MULTILINE)
# What follows the marks of a fence that somebody meant as one: a language, with or without options.
NAMED_RE = re.compile(r"\{?[ ]*\.?[A-Za-z][\w+#-]*(?:[ {}]|$)")
# The blocks of Sphinx with MyST, and how each is written here.
INSTEAD = {
    ("note", "tip", "warning", "danger", "attention", "caution", "error", "hint", "important", "seealso", "admonition", "dropdown", "versionadded", "versionchanged", "deprecated"):
        'Write `!!! note "Title"`, and its text indented by four spaces.',
    ("include", "literalinclude"): 'Write `--8<-- "file.md"`.',
    ("figure", "image"): "Write `![What it shows](file.png)`.",
    ("code-block", "code", "sourcecode", "code-cell"): "Write the language behind the marks, without braces.",
    ("tab-set", "tab-item", "tabs", "tab"): 'Write `=== "Title"`, and its text indented by four spaces.',
    ("toctree", "contents", "tableofcontents", "list-table", "csv-table", "table", "glossary", "eval-rst", "bibliography", "card", "grid", "grid-item-card", "button-ref", "math", "mermaid", "exercise", "solution", "epigraph", "rubric", "only", "margin", "sidebar", "topic", "autoclass", "automodule", "autofunction"): "",
}  # fmt: skip
OTHERWISE = "Write it otherwise, or remove the braces if it is to be shown as code."
DIRECTIVE_RE = re.compile(rf"\{{(?P<name>{'|'.join(name for names in INSTEAD for name in names)})\}}(?:[ ]|$)")


def swallowed(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the fences and comments of a text."""
    yield from _fences(source)
    yield from _directives(source)
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


def _directives(source: Source) -> Iterator[Problem]:
    """Yield the fences that are blocks to Sphinx with MyST, and code here."""
    for fence in source.fences if "{" in source.text else ():
        if (found := DIRECTIVE_RE.match(fence.info)) and not is_indented_code(source.lines, fence.first):
            opening = quoted(source.lines[fence.first].strip(" \t>"))
            name = found["name"]
            instead = next((fix for names, fix in INSTEAD.items() if name in names and fix), OTHERWISE)
            yield Problem(fence.opening, "TXT003", f"{opening} is no block here, but a fence of code.", instead)


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
