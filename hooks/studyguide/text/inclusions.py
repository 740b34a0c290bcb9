r"""Where a text names the files that it includes: a file on a line of its own, or a list of them between two marks.

    --8<-- "a.md"            ->  Named("a.md", 8)
    --8<--\na.md\n--8<--    ->  Named("a.md", 7)

The pattern is that of ``pymdownx.snippets``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Named(NamedTuple):
    """The name of a file to include, or "" for a list of them that never ends, and its offset in the text."""

    name: str
    offset: int


def named(text: str, start: int = 0) -> Iterator[Named]:
    """Yield the files that a text includes, fences included."""
    # It brings an HTTP client, and few texts include anything.
    from pymdownx.snippets import SnippetPreprocessor  # noqa: PLC0415 - as said above

    offset, opened = start, -1
    for line in text[start:].split("\n"):
        mark = SnippetPreprocessor.RE_ALL_SNIPPETS.match(line)
        name = line.strip()
        if mark and not mark["escape"] and mark["block_marker"]:
            opened = offset + mark.start("block_marker") if opened < 0 else -1
        elif mark and not mark["escape"] and opened < 0:
            inner = mark["snippet"][1:-1]
            indent = len(inner) - len(inner.lstrip())
            yield Named(inner.strip(), offset + mark.start("snippet") + 1 + indent)
        elif opened >= 0 and name and not mark and not name.startswith(";"):
            yield Named(name, offset + line.index(name))
        offset += len(line) + 1
    if opened >= 0:
        yield Named("", opened)
