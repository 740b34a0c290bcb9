"""Mistakes that need no place of their own: a paragraph put in before a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Position

from mutate.mutant import Content, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mutate.original import Original


def paragraphs(
    original: Original, code: str, *lines: str, at: int = 0, files: Mapping[str, Content] | None = None
) -> Iterator[Mutant]:
    """Yield the lines, put in at every place for a paragraph; ``at`` is the one that is wrong, ``files`` come with them."""
    for path, line in original.gaps:
        yield paragraph(original, path, line, code, *lines, at=at, files=files)


def paragraph(
    original: Original,
    path: str,
    line: int,
    code: str,
    *lines: str,
    at: int = 0,
    files: Mapping[str, Content] | None = None,
) -> Mutant:
    """Return the lines, put in before a line of a page."""
    edited = original.apply([original.lines(path, line, line - 1, [*lines, ""])])
    return Mutant(
        Position(path, line + at),
        f"`{lines[at].strip()}` was put in",
        {**edited, **files} if files else edited,
        (expect(code, path, line + at),),
    )
