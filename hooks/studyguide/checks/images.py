"""Images without words, for readers who cannot see them, and fences that were meant to be drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.locate import Locator, is_code, is_raw
from studyguide.listing import fence_of
from studyguide.model import Problem
from studyguide.near import nearest
from studyguide.site.page import Use
from studyguide.text.source import is_indented_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Source


ALT_RE = re.compile(r"(?<!\\)!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\](?:\([^()\s]*\))?)*)\](?=[(\[])")
REFERENCE_RE = re.compile(r"\[\]\(#[^()\s]+\)")
# What people call the engines.
NEARLY = {"mermaid": "mermaid", "mermaidjs": "mermaid", "mermaid.js": "mermaid", "mmd": "mermaid", "tikz": "tikz", "tikzpicture": "tikz", "tkz": "tikz"}  # fmt: skip
ENGINES = tuple(dict.fromkeys(NEARLY.values()))


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every image that a page shows without an alt text, and every drawing that it shows as code."""
    for page, source in book.written():
        if page.unlabelled:
            yield from _page(page, book)
        yield from _undrawn(source, book.listing.syntax)
        yield from _linked(source) if "![" in source.prose else ()


def _page(page: Page, book: Book) -> Iterable[Problem]:
    locator = Locator(page, book)
    for src in page.unlabelled:
        link = locator.find(Use("img", src), fits=locator.has_no_alt)
        if link.start and locator.has_no_alt(link):
            where = 'the tag: `alt="What it shows"`' if is_raw(link) else "the brackets: `![What it shows](file.png)`"
            fix = f"Write it in {where}."
            yield Problem(link.position, "FIG001", "This image has no alt text.", fix)


def _linked(source: Source) -> Iterable[Problem]:
    """Yield a problem for every reference in an alt text, of which the parser keeps the words, and so nothing."""
    for image in ALT_RE.finditer(source.prose):
        for inner in REFERENCE_RE.finditer(source.prose, image.start("alt"), image.end("alt")):
            at = source.position(inner.start())
            if not is_code(source, at):
                message = "This reference stands in words that become an attribute, where no link can be."
                yield Problem(at, "REF003", message, "Write it in words that the page shows.")


def _undrawn(source: Source, syntax: frozenset[str]) -> Iterable[Problem]:
    """Yield a problem for every fence whose language is nearly an engine's name, and none that the parser knows."""
    for fence in source.fences:
        name = fence.language.casefold()
        engine = NEARLY.get(name) or nearest(name, ENGINES)
        known = fence.language == engine or fence_of(fence.language) in syntax
        if engine and not known and not is_indented_code(source.lines, fence.first):
            message = f"No engine draws `{fence.language}`, so this drawing is shown as code."
            yield Problem(fence.opening, "FIG021", message, f"Write `{engine}`, or `text` if it is an example.")
