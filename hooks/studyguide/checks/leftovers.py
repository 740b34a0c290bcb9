"""Syntax that a page shows instead of what was meant by it.

    See [the plan][plan].      ->  TXT001: no line of the page defines `plan`
    <div>**bold**</div>        ->  TXT002: Markdown is not read inside raw HTML

The rendered page says what stayed (``site.stayed``). The source says where that is written, and whether it is meant:
what is escaped there, or written as entities, is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from markdown.util import BLOCK_LEVEL_ELEMENTS

from studyguide.checks.html import CLOSED
from studyguide.checks.locate import is_code
from studyguide.checks.reasons import Place, columns, is_on, mark_of, why
from studyguide.directives.block import HEADER_RE
from studyguide.kinds import DIRECTIVES
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.site.stayed import CODE, PATTERNS, find
from studyguide.text.source import ESCAPE_RE, FENCE_RE, LITERAL_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Fence, Source

CODES = {
    "reference": "TXT001", "reversed": "TXT001", "spaced": "TXT001", "link": "TXT001", "wiki": "TXT001", "definition": "TXT001",
    "strong": "TXT002", "open": "TXT002", "ticked": "TXT002", "marked": "TXT002", "inserted": "TXT002", "struck": "TXT002", "emoji": "TXT002", "keys": "TXT002", "comment": "TXT002",
    "numbered": "TXT002", "code": "TXT002", "heading": "TXT002", "list": "TXT002", "table": "TXT002", "rows": "TXT002", "attributes": "TXT002",
    "name": "TXT002", "template": "TXT003", "entity": "TXT002", "break": "TXT002", "task": "TXT002", "explained": "TXT002", "abbreviation": "TXT002",
    "block": "TXT003", "closing": "TXT003", "fence": "TXT003", "callout": "TXT003", "citation": "CIT002",
}  # fmt: skip
# What the parser itself says of our syntax.
PARSED = ("DIR", "CPT", "REF", "CIT", "SNP", "FIG00")
TAG_RE = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>")
READ_RE = re.compile(r"\smarkdown(?!\s*=\s*[\"']?0)", re.IGNORECASE)
# What differs between a text as written and as rendered: markup, code, the ends of lines.
MARKUP_RE = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|[^\w@;,./#:?=&|<-]+|[<_]")
# How far up the line is that has to be empty, for what starts a block.
FAR = {"list": 1, "table": 2}
# What raw HTML leaves as it is, and Markdown reads wherever else it is well formed.
UNREAD = ("link", "strong", "code", "heading")
ESCAPED_RE = re.compile(rf"{ESCAPE_RE.pattern}|^[ \t]*;(?=;*-+8<)", re.MULTILINE)
# What a block may be in: the page shows it without these.
CONTAINERS_RE = re.compile(r"^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)+", re.MULTILINE)
# A heading that is nothing but attributes has no words, and is reported as such.
HASHES_RE = re.compile(r"[ \t]*#{1,6}[ \t]*")
# Of more hashes than a heading can have, the page shows the others.
DEEP_RE = re.compile(r"(?<!#)#{6}(?=#)#")
ICON_RE = re.compile(PATTERNS["emoji"].pattern + r"\Z")
ITEM_RE = re.compile(r"(?:[-*+]|\d+[.)])[ \t]")
# The first line of a comment, within another that began on a line before.
COMMENT_RE = re.compile(r"\A\s*<!--.*?^[ \t>]*(?P<open><!--)", re.DOTALL | re.MULTILINE)
SLASHES_RE = re.compile(r"[ \t]*(?P<marks>/{3,})(?P<name>[ \t]*\w.*)?[ \t]*")
LINK_RE = re.compile(r"\[(?P<words>[^\[\]]*)\]\([^()\s]*\)")
SHOWN = 60
# What is known of so many texts at once: a page's, in all its kinds.
KEPT = 64
# What follows the marks of a fence that somebody meant as one: a language, with or without options.
NAMED_RE = re.compile(r"\{?[ ]*\.?[A-Za-z][\w+#-]*(?:[ {}]|$)")
# What may be any text, unless it is plainly written: code on several lines, a box or a number in a cell, a line that starts so.
SURE = ("fence", "heading", "comment", "task", "explained", "break")
# What is any text where the guide is not written in our syntax.
OURS = ("name", "template", "explained", "task", "break", "closing")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for everything that stayed in a page somebody wrote."""
    for page, source in book.written():
        yield from _page(page, [source, *book.included.get(page.path, ())], book)


def _page(page: Page, texts: list[Source], book: Book) -> Iterator[Problem]:
    swallowed = [problem for each in texts for problem in (*_swallowed(each), *_commented(each))]
    yield from swallowed
    if not page.stayed:
        return
    # What the parser reports needs no second word.
    said = [*swallowed, *(p for p in book.said if p.code.startswith(PARSED))]
    reported = {(p.position.path, p.position.line) for p in said}
    # An option is of no question, and a line closes nothing, where the question is not read.
    unread = any(p.code.startswith("DIR") and p.position.path in {each.path for each in texts} for p in book.said)
    warned = {p.position for p in book.said if p.code == "BLD001"}
    blocks = sum(kind == "block" for kind, _ in page.stayed)
    first = next((text for kind, text in page.stayed if kind == "block"), "")
    for kind, text in page.stayed:
        # The end of a fence stays where its start does.
        if kind == "block" and text != first and not _letters(kind, text):
            continue
        if (kind == "task" and unread) or (kind == "closing" and (unread or blocks)):
            continue
        if kind in CODES and _is_read(kind, text, book):
            places = [place for each in texts for place in _places(each, kind, text)]
            # Of blocks that are written alike, those in raw HTML are the ones that nobody reads, if any is read.
            if kind == "block" and (_is_ours(text) or ((mark := mark_of(text)) != "8<" and is_on(mark, book))):
                places = [place for place in places if place.in_html] or places
            # The page does not say which of several fences that begin alike it shows as text.
            if {place.source.position(place.offset) for place in places} & {each.position for each in swallowed}:
                continue
            for place in places or _unplaced(page, texts, kind, text, book):
                problem = _problem(kind, place, book)
                at = problem.position
                if (at.path, at.line) not in reported and at not in warned and not _has_a_cause(kind, place):
                    yield problem


def _swallowed(source: Source) -> Iterator[Problem]:
    """Yield the fences that hold the first line of another: what is between is shown as code."""
    for fence in source.fences:
        marks = FENCE_RE.match(source.lines[fence.first])
        for number in range(fence.first + 1, fence.last) if marks else ():
            other = FENCE_RE.match(source.lines[number])
            if marks and other and NAMED_RE.match(other["info"]) and other["marks"].startswith(marks["marks"]):
                opening = quoted(source.lines[fence.first].strip(" \t>"))
                message = (
                    f"{opening} is never closed before the fence on line {number + 1}, which is shown as its code."
                )
                fix = "Close it, or give it more marks than what it is to show."
                yield Problem(fence.opening, "TXT003", message, fix)
                break


def _commented(source: Source) -> Iterator[Problem]:
    """Yield the comments that hold the first line of another: nobody sees what is between."""
    for found in LITERAL_RE.finditer(source.marked_up) if "<!--" in source.marked_up else ():
        other = COMMENT_RE.search(found.group())
        if other:
            at = source.position(found.start() + found.group().index("<!--"))
            line = source.position(found.start() + other.start("open")).line
            opening = quoted(found.group().strip().partition("\n")[0])
            message = f"{opening} is never closed before the comment on line {line}, so nobody sees what is between."
            yield Problem(at, "TXT002", message, "Write `-->` where it ends.")


def _unplaced(page: Page, texts: list[Source], kind: str, text: str, book: Book) -> list[Place]:
    """Return the nearest place of what is not plainly written in a page; none where it is meant, or a problem already."""
    if kind in SURE:
        return []
    if any(_is_meant(each, kind, text) or _is_unfenced(each, page, text) for each in texts):
        return []
    # A plugin may put one page's text into another.
    others = (source for other, source in book.written() if other is not page and (kind, text) in other.stayed)
    if any(_places(source, kind, text) for source in others):
        return []
    return [_nearest(texts, kind, text)]


def _is_ours(text: str) -> bool:
    """Return whether a line is the first of a directive of ours, which the parser reads or reports."""
    found = HEADER_RE.match(text)
    return found is not None and found["name"] in DIRECTIVES


def _is_read(kind: str, text: str, book: Book) -> bool:
    """Return whether the project reads such syntax at all: what it does not may be any text."""
    if kind == "citation":
        return book.project.directives
    if kind == "attributes":
        return is_on(kind, book) or book.project.directives
    if kind in OURS:
        return book.project.directives
    if kind == "block":
        name = mark_of(text)
        return is_on(name, book) or book.project.directives
    return True


def _letters(kind: str, text: str) -> str:
    """Return what is left of a text however it is marked up; the marks of a citation are what is wrong with it."""
    if kind == "heading":
        text = DEEP_RE.sub("#", text, count=1)
    return " ".join(text.split()) if kind in ("citation", "closing") else MARKUP_RE.sub("", text)


def _places(source: Source, kind: str, text: str) -> list[Place]:
    """Return where something that stayed is written: in the prose, or in the code of raw HTML."""
    wanted = _letters(kind, text)
    if kind == "name":
        return list(_named(source, text))
    if kind == "fence":
        return [
            _place(fence, source) for fence in source.fences if wanted == _letters(kind, f"{fence.info}{fence.code}")
        ]
    shown = [
        *_matches(source, kind).get(wanted, ()),
        *(_fences(source, wanted) if kind == "block" else ()),
    ]
    outside = [
        place
        for place in shown
        if (wanted or kind != "block" or place.text == text)
        and (kind in ("heading", "block") or not is_code(source, source.position(place.offset)))
        and (kind not in FAR or place.in_html or _is_joined(source, place, FAR[kind]) or _is_uneven(kind, place))
    ]
    if kind == "heading":
        outside = [place for place in outside if DEEP_RE.match(place.text)] or outside
    if kind == "closing":
        return [place for place in outside if source.position(place.offset).line in _closing_nothing(source)]
    if kind not in UNREAD:
        return outside
    # Code is blanked in the prose, even in raw HTML; and what stayed there may be read elsewhere.
    inside = [place for place in _matches(source, kind, code=True).get(wanted, ()) if place.in_html]
    return inside or outside


@lru_cache(KEPT)
def _closing_nothing(source: Source) -> frozenset[int]:
    """Return the lines that would close a block, and follow the first line of none."""
    opened, found = list[str](), list[int]()
    for number, line in enumerate(_shown(source, contained=False).split("\n"), start=1):
        if not (match := SLASHES_RE.fullmatch(line)):
            continue
        if match["name"]:
            opened.append(match["marks"])
        elif match["marks"] in opened:
            while opened.pop() != match["marks"]:
                pass
        else:
            found.append(number)
    return frozenset(found)


def _named(source: Source, text: str) -> Iterator[Place]:
    """Yield where a name of the settings is written, in front matter too."""
    prose = f"{source.text[: source.body_start]}{source.prose[source.body_start :]}"
    for match in PATTERNS["name"].finditer(prose):
        if match.group() == text and not is_code(source, source.position(match.start())):
            yield Place(source, match.start(), text, in_html=False)


@lru_cache(KEPT)
def _shown(source: Source, *, contained: bool = True) -> str:
    """Return the prose with a mark where code is, as a page's text has one; or without what holds a block."""
    if not contained:
        return CONTAINERS_RE.sub(lambda match: " " * len(match.group()), _shown(source))
    both = zip(source.prose, source.unfenced, strict=True)
    return "".join(CODE if blank == " " and char not in " \t\n" else blank for blank, char in both)


def _is_unfenced(source: Source, page: Page, text: str) -> bool:
    """Return whether a text stayed because the fence around it did, which is a problem already."""
    stayed = {_letters("block", each) for kind, each in page.stayed if kind == "block"}
    return any(
        _letters("block", source.lines[fence.first]) in stayed
        and _letters("", text) in _letters("", "\n".join(source.lines[fence.first : fence.last + 1]))
        for fence in source.fences
    )


def _nearest(texts: list[Source], kind: str, text: str) -> Place:
    """Return the first line that says what stayed, the page's first where none does."""
    shown, wanted = text.replace(CODE, "..."), _letters(kind, text.partition("\n")[0])
    for source in texts:
        for number in range(source.body_line, len(source.lines) + 1):
            line = source.lines[number - 1]
            if wanted in _letters(kind, line) if wanted else text in line:
                start = source.offset(number) + len(line) - len(line.lstrip())
                return Place(source, start, shown, in_html=False)
    return Place(texts[0], texts[0].body_start, shown, in_html=False)


def _fences(source: Source, wanted: str) -> Iterator[Place]:
    """Yield the fences that are closed, and of which the page shows the first line all the same."""
    for fence in source.fences:
        if wanted and _letters("block", source.lines[fence.first]) == wanted:
            yield _place(fence, source)


def _place(fence: Fence, source: Source) -> Place:
    offset = source.offset(fence.first + 1) + fence.opening.column - 1
    return Place(source, offset, source.lines[fence.first].strip(" \t>"), in_html=False)


@lru_cache(KEPT)
def _matches(source: Source, kind: str, *, code: bool = False) -> Mapping[str, list[Place]]:
    """Return where a kind may be written, by what is left of each however it is marked up; with ``code``, in code too."""
    text = source.unfenced if code else _shown(source, contained=kind not in ("block", "callout", "closing"))
    found: dict[str, list[Place]] = {}
    for match in PATTERNS[kind].finditer(text):
        whole = match.group()
        offset = match.start() + len(whole) - len(whole.lstrip())
        written = source.text[offset : match.end()].rstrip()
        place = Place(source, offset, written, bool(_opened(source, offset)))
        found.setdefault(_letters(kind, whole), []).append(place)
    return found


def _has_a_cause(kind: str, place: Place) -> bool:
    """Return whether something else is wrong that explains it: an element that never closes, no words, no icon."""
    at = place.source.position(place.offset)
    before = place.source.lines[at.line - 1][: at.column - 1]
    if kind == "attributes" and (HASHES_RE.fullmatch(before) or ICON_RE.search(before)):
        return True
    opened = _opened(place.source, place.offset) if place.in_html else ""
    return opened in CLOSED and not re.search(rf"</{opened}\s*>", place.source.prose[place.offset :], re.IGNORECASE)


def _is_joined(source: Source, place: Place, above: int) -> bool:
    """Return whether what has to start a block goes on with the line before it, so many lines up."""
    number = source.position(place.offset).line - above
    line = source.lines[number - 1].strip(" \t>") if number > 0 else ""
    return bool(line) and not ITEM_RE.match(line)


def _is_uneven(kind: str, place: Place) -> bool:
    """Return whether a table's rule has other columns than the row above it."""
    wanted, given = columns(place) if kind == "table" else (0, 0)
    return wanted != given


def _is_meant(source: Source, kind: str, text: str) -> bool:
    """Return whether a text needs no word: its marks are escaped to be seen, or it goes on with what is reported."""
    if kind in FAR and _letters(kind, text) in _matches(source, kind):
        return True
    return (kind, _letters(kind, text)) in _meant(source)


@lru_cache(KEPT)
def _meant(source: Source) -> frozenset[tuple[str, str]]:
    """Return what would look like syntax if no mark of it were escaped."""
    plain = unescape(ESCAPED_RE.sub(lambda match: match.group()[1:], source.unfenced))
    texts = {plain, LINK_RE.sub(lambda match: match["words"], plain)}  # a link between escaped marks shows its words
    return frozenset((kind, _letters(kind, match)) for text in texts for kind, match in find(text))


def _opened(source: Source, offset: int) -> str:
    """Return the raw element that a place is in, "" if there is none or Markdown is read in it."""
    ends, names = _tags(source)
    return names[bisect_right(ends, offset)]


@lru_cache(KEPT)
def _tags(source: Source) -> tuple[list[int], list[str]]:
    """Return where the tags of block elements end, and the unread element that is open before each and after the last."""
    opened: list[tuple[str, bool]] = []
    ends, names = list[int](), [""]
    for tag in TAG_RE.finditer(source.prose):
        name = tag["name"].lower()
        if name not in BLOCK_LEVEL_ELEMENTS or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            opened.append((name, READ_RE.search(tag["rest"]) is not None))
        elif any(other == name for other, _ in opened):
            while opened.pop()[0] != name:
                pass
        ends.append(tag.end())
        names.append(opened[-1][0] if opened and not opened[-1][1] else "")
    return ends, names


def _problem(kind: str, place: Place, book: Book) -> Problem:
    shown = " ".join(place.text.split())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}..."
    reason, fix = why(kind, place, book)
    return Problem(
        place.source.position(place.offset),
        CODES[kind],
        f"{quoted(shown)} stayed text{f': {reason}' if reason else ''}.",
        fix,
    )
