"""Footnotes: each is defined once, where definitions are read, and referred to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.checks.reasons import RAW
from studyguide.checks.written import element_at
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Position
    from studyguide.site.page import Page
    from studyguide.text.source import Source

# A definition but for the space before its colon.
SPACED_RE = re.compile(r"^[ ]{0,3}\[\^(?P<id>[^\[\]^]+)\][ \t]+:(?=[ \t])", re.MULTILINE)
NOTE_RE = re.compile(r"\[\^(?P<id>[^\[\]^]+)\](?P<defines>:(?=[ \t\n]|$))?")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every footnote without a definition, without a use, with two definitions, or with one that is not read."""
    if "footnotes" not in book.listing.syntax:
        # What stayed text, or became a link, is a slip in a guide of ours, and anything in another project.
        for page, source in book.written() if book.project.directives else ():
            yield from _unread(page, source, book.project.name) if "[^" in source.text else ()
        return
    for page, source in book.written():
        if "[^" in source.text and "[^" in source.prose:
            yield from _page(page, source)


def _unread(page: Page, source: Source, settings: str) -> Iterable[Problem]:
    """Yield the first mark that the page shows, or has a link for: what defines it in one word defines a link."""
    shown = _stayed(page, "note", -1) | _stayed(page, "noted", -2)
    for match in NOTE_RE.finditer(source.prose):
        at, key = source.position(match.start()), match["id"]
        became = "became a link" if key in source.note_links else "stayed text" if _plain(key) in shown else ""
        if became and not is_code(source, at):
            message = f"The footnote `{key}` {became}: the extension `footnotes` is off."
            yield Problem(at, "FTN001", message, f"Add it to `markdown_extensions` in {settings}.")
            break


def marks(source: Source) -> Iterable[tuple[str, bool, Position]]:
    """Yield the name of every footnote that a text refers to or defines, whether it defines it, and where."""
    return ((match["id"], defines, source.position(match.start())) for match, defines in _notes(source))


def _notes(source: Source) -> Iterable[tuple[re.Match[str], bool]]:
    for match in NOTE_RE.finditer(source.prose):
        if not is_code(source, source.position(match.start())):
            yield match, _defines(match, source)


def _page(page: Page, source: Source) -> Iterable[Problem]:
    inner = _stayed(page, "noted", -2)
    notes = list(_notes(source))
    defined: dict[str, re.Match[str]] = {}
    stayed = _stayed(page, "note", -1)
    # Where Markdown is not read, a mark refers to nothing, though it is defined.
    raw = {match for match, _ in notes if _plain(match["id"]) in stayed and element_at(source, match.start())}
    used = {match["id"] for match, defines in notes if not defines and match not in raw}
    for match, defines in notes:
        at, key = source.position(match.start()), match["id"]
        if defines and _plain(key) in inner:
            defined.setdefault(key, match)
            message = (
                f"The footnote `{key}` is defined in another footnote or in raw HTML, where no definition is read."
            )
            yield Problem(at, "FTN004", message, "Write it at the start of a line of its own, below a paragraph.")
        elif defines and key in defined:
            first = source.position(defined[key].start())
            message = f"The footnote `{key}` is defined twice, first at {first}."
            yield Problem(at, "FTN003", message, "Keep one of them.")
        elif defines:
            defined[key] = match
            # A file that the page includes may refer to it too: then the page has the way back.
            if key not in used and f"fnref:{key}" not in page.ids:
                yield Problem(
                    at, "FTN002", f"Nothing refers to the footnote `{key}`.", f"Write `[^{key}]` in the text."
                )
    yield from _undefined(source, [(match, match in raw) for match, defines in notes if not defines], defined, stayed)


def _undefined(
    source: Source, marks: list[tuple[re.Match[str], bool]], defined: Container[str], stayed: Container[str]
) -> Iterable[Problem]:
    """Yield the marks that the page shows as text: each with whether it stands where Markdown is not read."""
    spaced = {match["id"]: match.start() for match in SPACED_RE.finditer(source.prose) if match["id"] not in defined}
    for match, in_html in marks:
        at, key = source.position(match.start()), _plain(match["id"])
        start = spaced.get(match["id"], match.start())
        if match["id"] in defined:
            if in_html:
                yield Problem(at, "FTN001", f"The footnote `{key}` stayed text: {RAW[0]}.", RAW[1])
        elif key in stayed and match["id"] not in spaced:
            yield Problem(at, "FTN001", f"The footnote `{key}` is not defined.", f"Add a line `[^{key}]: ...`.")
        elif key in stayed and start == match.start():
            message = f"The footnote `{key}` is not defined: a space stands before the colon."
            yield Problem(at, "FTN001", message, f"Write `[^{key}]: ...`.")


def _stayed(page: Page, kind: str, end: int) -> set[str]:
    """Return the names of the marks of a kind that the page shows as text, each of which ends so far from its end."""
    return {_plain(text[2:end]) for each, text in page.stayed if each == kind}


def _plain(name: str) -> str:
    return " ".join(name.split())


def _defines(match: re.Match[str], source: Source) -> bool:
    """Return whether a mark opens a definition: it does at the start of a line."""
    line = source.prose.rfind("\n", 0, match.start()) + 1
    return bool(match["defines"]) and not source.prose[line : match.start()].strip(" \t>")
