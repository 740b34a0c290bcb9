"""Sources that become one file of the site: MkDocs writes one over the other.

a.md and a/index.md  ->  both are a/index.html, and readers get the one that was written last
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every source whose file in the site another has too."""
    taken: dict[str, str] = {}
    for source, file in _files(book):
        if (first := taken.setdefault(file, source)) != source:
            message = f"This and `{first}` both become `{file}` in the site, which keeps one of them."
            yield Problem(Position(source), "INP008", message, "Give one of them another name.")


def _files(book: Book) -> Iterator[tuple[str, str]]:
    """Yield every page and every other file that somebody wrote, with its file in the site."""
    for page in sorted(book.listing.pages, key=lambda page: page.source):
        if not page.made_by:
            yield page.source, page.file
    for path, file in sorted(book.listing.files.items()):
        yield book.project.prefix + path, file
