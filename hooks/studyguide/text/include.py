r"""Files that pages include: where they are named, and read so that none of them can end a build.

    --8<-- "a.md"            ->  Named("a.md", 8)
    --8<--\na.md\n--8<--    ->  Named("a.md", 7)

``pymdownx.snippets`` opens what is there, and lets what is not text, or no file at all, stop MkDocs with a
traceback. What is wrong with such a file is a problem of the guide's instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markdown.extensions import Extension
from pymdownx.snippets import SnippetPreprocessor

from studyguide.text import inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown


class Named(NamedTuple):
    """The name of a file to include, or "" for a list of them that never ends, and its offset in the text."""

    name: str
    offset: int


class IncludeExtension(Extension):
    """Makes ``pymdownx.snippets`` read files as the guide does; add it after that extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Replace how lines are read."""
        if "snippet" in md.preprocessors:
            cast("Any", md.preprocessors["snippet"]).read_lines = _lines


def _lines(path: str) -> list[str]:
    text, _ = inputs.read(Path(path), path)
    return text.split("\n") if text else []


def named(text: str, start: int = 0) -> Iterator[Named]:
    """Yield the files that a text includes, one a line or as a list between two marks, fences included."""
    offset, opened = start, -1
    for line in text[start:].split("\n"):
        mark = SnippetPreprocessor.RE_ALL_SNIPPETS.match(line)
        name = line.strip()
        if mark and not mark["escape"] and mark["block_marker"]:
            opened = offset + mark.start("block_marker") if opened < 0 else -1
        elif mark and not mark["escape"] and opened < 0:
            yield Named(mark["snippet"][1:-1].strip(), offset + mark.start("snippet") + 1)
        elif opened >= 0 and name and not mark and not name.startswith(";"):
            yield Named(name, offset + line.index(name))
        offset += len(line) + 1
    if opened >= 0:
        yield Named("", opened)
