"""Images without words, for readers who cannot see them, and fences that were meant to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.locate import Locator
from studyguide.model import Problem
from studyguide.site.page import Use
from studyguide.text.source import is_indented_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Source


# What people call the engines.
NEARLY = {"mermaid": "mermaid", "mermaidjs": "mermaid", "mermaid.js": "mermaid", "mmd": "mermaid", "tikz": "tikz", "tikzpicture": "tikz", "tkz": "tikz"}  # fmt: skip


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every image that a page shows without an alt text, and every drawing that it shows as code."""
    for page, source in book.written():
        if page.unlabelled:
            yield from _page(page, book)
        yield from _undrawn(source)


def _page(page: Page, book: Book) -> Iterable[Problem]:
    locator = Locator(page, book)
    for src in page.unlabelled:
        link = locator.find(Use("img", src), fits=locator.has_no_alt)
        if link.start and locator.has_no_alt(link):
            fix = "Write it in the brackets: `![What it shows](file.png)`."
            yield Problem(link.position, "FIG001", "This image has no alt text.", fix)


def _undrawn(source: Source) -> Iterable[Problem]:
    """Yield a problem for every fence whose language is an engine's name but for its letters' case, or its dots."""
    for fence in source.fences:
        engine = NEARLY.get(fence.language.casefold())
        if engine and fence.language != engine and not is_indented_code(source.lines, fence.first):
            message = f"No engine draws `{fence.language}`, so this drawing is shown as code."
            yield Problem(fence.opening, "FIG021", message, f"Write `{engine}`, or `text` if it is an example.")
