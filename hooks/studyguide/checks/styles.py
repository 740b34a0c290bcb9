"""Files that the project's own style sheets ask for: a browser that finds none of them says nothing.

@import "gone.css";  background: url(img/gone.png)   ->  LNK003, at its place in the style sheet
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Position, Problem
from studyguide.site.page import Page
from studyguide.text import css, inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studyguide.checks.book import Book

FIX = "Put the file where the style sheet looks for it, or mend its path."


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every address in a style sheet of the project that leads to no file of the site."""
    for name, file in _sheets(book):
        path = file.relative_to(book.project.root).as_posix() if file.is_relative_to(book.project.root) else str(file)
        text, _ = inputs.read(file, path)
        for offset, address in css.addresses(text):
            place = book.site.place(address, Page("", name))
            if place and place.url and not place.url.startswith("..") and not book.site.exists(place.url):
                line = text.count("\n", 0, offset) + 1
                at = Position(path, line, offset - text.rfind("\n", 0, offset))
                yield Problem(at, "LNK003", f"There is no file `{address}`.", FIX)


def _sheets(book: Book) -> Iterator[tuple[str, Path]]:
    """Yield the style sheets that somebody wrote for this project: their files in the site, and their sources."""
    folders = [book.project.docs, *([book.project.root / book.project.theme] if book.project.theme else ())]
    for name in sorted(book.site.files):
        if name.endswith(".css"):
            sources = (folder / name for folder in folders)
            yield from ((name, file) for file in sources if file.is_file())
