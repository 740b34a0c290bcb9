"""Syntax that a page shows instead of what was meant by it.

    See [the plan][plan].      ->  TXT001: no line of the page defines `plan`
    <div>**bold**</div>        ->  TXT002: Markdown is not read inside raw HTML

The rendered page says what stayed (``site.stayed``). The source says where that is written, and whether it is meant:
what is escaped there, or written as entities, is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.checks import foreign
from studyguide.checks.apart import apart
from studyguide.checks.html import CLOSED
from studyguide.checks.reasons import Place, is_barred, is_on, mark_of, why
from studyguide.checks.swallowed import swallowed
from studyguide.checks.which import which
from studyguide.checks.written import element_at, is_meant, letters, nearest, places
from studyguide.directives.block import HEADER_RE
from studyguide.kinds import DIRECTIVES
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.site.syntax import FILLED, PATTERNS
from studyguide.text import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.model import Position
    from studyguide.site.page import Page
    from studyguide.text.source import Source

CODES = {
    "reference": "TXT001", "reversed": "TXT001", "turned": "TXT001", "spaced": "TXT001", "link": "TXT001", "wiki": "TXT001", "definition": "TXT001",
    "parted": "TXT001", "cut": "TXT001", "braced": "TXT002", "sub": "TXT002", "sup": "TXT002", "half": "TXT002", "tab": "TXT003", "late": "TXT003", "ticks": "TXT002", "mention": "CIT002",
    "strong": "TXT002", "emphasis": "TXT002", "padded": "TXT002", "open": "TXT002", "ticked": "TXT002", "marked": "TXT002", "inserted": "TXT002", "struck": "TXT002", "emoji": "TXT002", "keys": "TXT002", "comment": "TXT002",
    "numbered": "TXT002", "code": "TXT002", "heading": "TXT002", "list": "TXT002", "table": "TXT002", "rows": "TXT002", "attributes": "TXT002",
    "name": "TXT002", "template": "TXT003", "entity": "TXT002", "break": "TXT002", "task": "TXT002", "boxed": "TXT002", "explained": "TXT002", "abbreviation": "TXT002",
    **foreign.CODES,
    "block": "TXT003", "closing": "TXT003", "fence": "TXT003", "callout": "TXT003", "citation": "CIT002",
}  # fmt: skip
# What begins with a box, as the options of a question do.
BOXES = ("task", "boxed", "ticking")
# What the parser itself says of our syntax.
PARSED = ("DIR", "CPT", "REF", "CIT", "SNP", "FIG00")
# What it marks before it reads.
MARKED = ("block", "citation", "mention")
# A heading that is nothing but attributes has no words, and is reported as such.
HASHES_RE = re.compile(r"[ \t]*#{1,6}[ \t]*")
# A block as Pandoc writes it, which is reported as such.
COLONS_RE = re.compile(r"[ \t>]*:{3,}[ \t]*")
ICON_RE = re.compile(PATTERNS["emoji"].pattern + r"\Z")
SHOWN = 60
PLAIN = "The text of a source is shown as it is: write it without marks."
# What may be any text, unless it is plainly written: code on several lines, a box or a number in a cell, a line that starts so.
SURE = (
    "fence", "heading", "comment", "task", "boxed", "explained", "break", "parted", "cut", "braced", "sub", "sup", "half", "ticks", "mention", "tab", "late",
    *foreign.CODES,
)  # fmt: skip
# What is any text where the guide is not written in our syntax.
OURS = ("name", "template", "explained", "task", "break", "closing", "filled", "ticking", "defined")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for everything that stayed in a page somebody wrote; what the settings say is on many, and one."""
    framed = list[Problem]()
    for page, source in book.written():
        texts = [source, *book.included.get(page.path, ())]
        framed += _framed(page, texts, book)
        yield from _page(page, texts, book)
    yield from dict.fromkeys(framed)


def _framed(page: Page, texts: list[Source], book: Book) -> Iterator[Problem]:
    """Yield what a page leaves to fill in, and does not write: those of the site's title and description."""
    for kind, text in page.stayed if book.project.directives else ():
        if kind not in FILLED or any(places(each, kind, text) for each in texts):
            continue
        if at := settings.find_within(book.project.settings, text, mark="{{"):
            yield _problem_at(at, kind, Place(texts[0], 0, text, in_html=False), book)


def _page(page: Page, texts: list[Source], book: Book) -> Iterator[Problem]:
    hidden = [problem for each in texts for problem in (*swallowed(each), *apart(each))]
    yield from hidden
    if not page.stayed:
        return
    # What the parser reports needs no second word.
    said = [*hidden, *(p for p in book.said if p.code.startswith(PARSED))]
    reported = {(p.position.path, p.position.line) for p in said}
    unread = _unread(texts, book)
    warned = {p.position for p in book.said if p.code == "BLD001"}
    blocks = sum(kind in ("block", "late") for kind, _ in page.stayed)
    first = next((text for kind, text in page.stayed if kind == "block"), "")
    for kind, text in page.stayed:
        # The end of a fence stays where its start does.
        if kind == "block" and text != first and not letters(kind, text):
            continue
        if kind in unread or (kind == "closing" and blocks):
            continue
        if kind in CODES and _is_read(kind, text, book):
            found = _places(page, texts, kind, text, book)
            # The page does not say which of several fences that begin alike it shows as text. Of what it marks, the
            # parser tells of each that it does not read, so that one written alike elsewhere is read.
            read = kind in MARKED and any(_line_of(place) in reported for place in found)
            if read or {place.source.position(place.offset) for place in found} & {each.position for each in hidden}:
                continue
            field = None if found else _in_a_source(text, book)
            for place in found or _unplaced(page, texts, kind, text, book):
                problem = _problem(kind, place, book)
                problem = replace(problem, position=field, fix=PLAIN) if field else problem
                at = problem.position
                if (at.path, at.line) not in reported and at not in warned and not _has_a_cause(kind, place, book):
                    yield problem


def _unread(texts: list[Source], book: Book) -> set[str]:
    """Return the kinds that need no word: where a question is not read its options are of none, and its end closes nothing."""
    paths = {each.path for each in texts}
    codes = {p.code for p in book.said if p.position.path in paths}
    found = {"task", "closing"} if any(code.startswith("DIR") for code in codes) else set[str]()
    # Of a question without options it is said how they are written.
    return found.union(BOXES if "CPT001" in codes else ())


def _wide(book: Book) -> set[tuple[str, int]]:
    """Return the lines of tables that have more cells than columns."""
    return {(p.position.path, p.position.line) for p in book.said if p.code == "TXT006"}


def _places(page: Page, texts: list[Source], kind: str, text: str, book: Book) -> list[Place]:
    """Return where it is written what stayed in a page."""
    found = [place for each in texts for place in places(each, kind, text)]
    # Of blocks that are written alike, those in raw HTML are the ones that nobody reads, if any is read.
    if kind == "block" and (_is_ours(text) or ((mark := mark_of(text)) != "8<" and is_on(mark, book))):
        found = [place for place in found if place.in_html] or found
    # What is to be filled in may be said where no page shows it, such as in its description.
    return which(book.html(page), text, found) if len(found) > 1 and kind not in FILLED else found


def _line_of(place: Place) -> tuple[str, int]:
    at = place.source.position(place.offset)
    return at.path, at.line


def _unplaced(page: Page, texts: list[Source], kind: str, text: str, book: Book) -> list[Place]:
    """Return the nearest place of what is not plainly written in a page; none where it is meant, or a problem already."""
    if kind in SURE:
        return []
    if any(is_meant(each, kind, text) or _is_unfenced(each, page, text) for each in texts):
        return []
    if kind == "name" and settings.find_within(book.project.settings, text, mark="{{"):
        return []
    # A plugin may put one page's text into another; what a line of this page says is its own.
    wanted = letters(kind, text.partition("\n")[0])
    if any(letters(kind, line) == wanted for each in texts for line in each.lines):
        return [nearest(texts, kind, text)]
    others = (source for other, source in book.written() if other is not page and (kind, text) in other.stayed)
    if any(places(source, kind, text) for source in others):
        return []
    return [nearest(texts, kind, text)]


def _in_a_source(text: str, book: Book) -> Position | None:
    """Return the field of a source that says what no page does: the list of sources is made of them."""
    words = " ".join(text.split())
    fields = ((entry, name) for entry in book.cited for name in ("fact", "title"))
    return next(
        (entry.places.get(name, entry.position) for entry, name in fields if words in getattr(entry, name)), None
    )


def _is_ours(text: str) -> bool:
    """Return whether a line is the first of a directive of ours, which the parser reads or reports."""
    found = HEADER_RE.match(text)
    return found is not None and found["name"] in DIRECTIVES


def _is_read(kind: str, text: str, book: Book) -> bool:
    """Return whether the project reads such syntax at all: what it does not may be any text."""
    if kind == "citation":
        return book.project.directives
    if kind == "mention":
        return text.strip("@{}") in {each.key for each in book.cited}
    if kind in ("attributes", "braced"):
        return is_on("attributes", book) or book.project.directives
    if kind in OURS:
        return book.project.directives
    if kind in ("block", "tab", "tabbed", "late"):
        name = {"tab": "===", "tabbed": "===", "late": "///"}.get(kind) or mark_of(text)
        return is_on(name, book) or book.project.directives
    return True


def _is_unfenced(source: Source, page: Page, text: str) -> bool:
    """Return whether a text stayed because the fence around it did, which is a problem already."""
    stayed = {letters("block", each) for kind, each in page.stayed if kind == "block"}
    return any(
        letters("block", source.lines[fence.first]) in stayed
        and letters("", text) in letters("", "\n".join(source.lines[fence.first : fence.last + 1]))
        for fence in source.fences
    )


def _has_a_cause(kind: str, place: Place, book: Book) -> bool:
    """Return whether something else is wrong that explains it: an element that never closes, no words, no icon."""
    at = place.source.position(place.offset)
    before = place.source.lines[at.line - 1][: at.column - 1]
    if kind == "attributes" and (HASHES_RE.fullmatch(before) or ICON_RE.search(before) or COLONS_RE.fullmatch(before)):
        return True
    # By the same bar its row has more cells than its table.
    if kind == "link" and is_barred(place) and (at.path, at.line) in _wide(book):
        return True
    name = element_at(place.source, place.offset) if place.in_html else ""
    return name in CLOSED and not re.search(rf"</{name}\s*>", place.source.prose[place.offset :], re.IGNORECASE)


def _problem(kind: str, place: Place, book: Book) -> Problem:
    return _problem_at(place.source.position(place.offset), kind, place, book)


def _problem_at(at: Position, kind: str, place: Place, book: Book) -> Problem:
    shown = " ".join(place.text.split())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}..."
    reason, fix = why(kind, place, book)
    return Problem(
        at,
        CODES[kind],
        f"{quoted(shown)} stayed text{f': {reason}' if reason else ''}.",
        fix,
    )
