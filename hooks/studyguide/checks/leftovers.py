"""Syntax that a page shows instead of what was meant by it.

    See [the plan][plan].      ->  TXT001: no line of the page defines `plan`
    <div>**bold**</div>        ->  TXT002: Markdown is not read inside raw HTML

The rendered page says what stayed (``site.stayed``). The source says where that is written, and whether it is meant:
what is escaped there, or written as entities, is.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from markdown.util import BLOCK_LEVEL_ELEMENTS

from studyguide.checks.html import CLOSED
from studyguide.checks.locate import is_code
from studyguide.model import Problem
from studyguide.near import did_you_mean
from studyguide.site.stayed import CODE, PATTERNS, find
from studyguide.text.source import ESCAPE_RE, LINK_DEFINITION_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Source

CODES = {
    "reference": "TXT001", "reversed": "TXT001", "spaced": "TXT001", "link": "TXT001", "wiki": "TXT001", "definition": "TXT001",
    "strong": "TXT002", "open": "TXT002", "ticked": "TXT002", "marked": "TXT002", "inserted": "TXT002", "struck": "TXT002", "numbered": "TXT002", "code": "TXT002", "heading": "TXT002", "list": "TXT002", "table": "TXT002", "attributes": "TXT002",
    "block": "TXT003", "callout": "TXT003", "citation": "CIT002",
}  # fmt: skip
# What the parser itself says of our syntax.
PARSED = ("DIR", "CPT", "REF", "CIT", "SNP", "FIG00")
LINKS = [kind for kind, code in CODES.items() if code == "TXT001"]
RAW = (
    "Markdown is not read inside raw HTML",
    "Write HTML there, or give the element around it the attribute: `<div markdown>`.",
)
# Why each kind stayed, and how it is written.
REASONS = {
    "": ("", "Mend its marks, or put a backslash before each if a reader is meant to see them."),
    "reversed": ("its brackets are the wrong way round", "Write `[{words}]({dest})`."),
    "spaced": ("there is a space between its brackets", "Write `[{words}]({dest})`."),
    "link": ("the link is never closed", "Write `[{words}]({dest})`."),
    "wiki": ("links of this kind are not read here", "Write `[{words}](address)`."),
    "definition": (
        "it defines no link as it is written",
        "Write `[{words}]: address` on a line of its own, the address without spaces.",
    ),
    "open": (
        "its marks are never closed",
        "Add `**` where it ends, or put a backslash before each mark if a reader is meant to see them.",
    ),
    "ticked": (
        "its mark is never closed",
        "Add a backtick where the code ends, or put a backslash before this one if a reader is meant to see it.",
    ),
    "citation": (
        "it is not a citation that the guide can read",
        "Write `[@key]`, `[@key, p. 3]` or `[see @key]`, and `;` between two: `[@one; @two]`.",
    ),
    "list": ("a list needs an empty line above it", "Add one."),
    "numbered": ("the number of an item ends with a full stop", "Write `1.` where `1)` is."),
    "struck": ("nothing here reads these marks", "Turn on `pymdownx.tilde`, or write `<del>{words}</del>`."),
    "marked": ("nothing here reads these marks", "Turn on `pymdownx.mark`, or write `<mark>{words}</mark>`."),
    "inserted": ("nothing here reads these marks", "Turn on `pymdownx.caret`, or write `<ins>{words}</ins>`."),
    "callout": (
        "a note in a quotation is written otherwise",
        'Write `!!! note "Title"`, and its text indented by four spaces.',
    ),
    "table": ("a table needs an empty line above it", "Add one."),
    "attributes": (
        "there is nothing before it that could have attributes",
        "Put it right after its element, without a space.",
    ),
}
# The extension without which a block's mark says nothing.
EXTENSIONS = {
    "!!!": "admonition", "???": "pymdownx.details", "===": "pymdownx.tabbed", "8<": "pymdownx.snippets", "///": "pymdownx.blocks",
}  # fmt: skip
# What it is called where the build says what is on.
SYNTAX = {"!!!": "admonitions", "???": "folds", "===": "tabs", "8<": "snippets", "///": "blocks"}
LIKE = {
    "!!!": '!!! note "Title"',
    ":::": '!!! note "Title"',
    "???": '??? note "Title"',
    "===": '=== "Title"',
    "8<": '--8<-- "file.md"',
}
TAG_RE = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>")
READ_RE = re.compile(r"\smarkdown(?!\s*=\s*[\"']?0)", re.IGNORECASE)
# What differs between a text as written and as rendered: markup, code, the ends of lines.
MARKUP_RE = re.compile(r"</?[a-zA-Z][^<>]*>|[^\w@;,./#:?=&|<-]+|[<_]")
# How far up the line is that has to be empty, for what starts a block.
FAR = {"list": 1, "table": 2}
# What raw HTML leaves as it is, and Markdown reads wherever else it is well formed.
UNREAD = ("link", "strong", "code", "heading")
ESCAPED_RE = re.compile(rf"{ESCAPE_RE.pattern}|^[ \t]*;(?=;*-+8<)", re.MULTILINE)
# What a block may be in: the page shows it without these.
CONTAINERS_RE = re.compile(r"^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)+", re.MULTILINE)
# A heading that is nothing but attributes has no words, and is reported as such.
HASHES_RE = re.compile(r"[ \t]*#{1,6}[ \t]*")
ITEM_RE = re.compile(r"(?:[-*+]|\d+[.)])[ \t]")
COMMA_RE = re.compile(r",(?=\s*-?@)")
SHOWN = 60


class Place(NamedTuple):
    """Where something is written, as it is written there."""

    source: Source
    offset: int
    text: str
    in_html: bool


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for everything that stayed in a page somebody wrote."""
    for page, source in book.written():
        if page.stayed:
            yield from _page(page, [source, *book.included.get(page.path, ())], book)


def _page(page: Page, texts: list[Source], book: Book) -> Iterator[Problem]:
    # What the parser reports needs no second word.
    reported = {(p.position.path, p.position.line) for p in book.said if p.code.startswith(PARSED)}
    blocks = sum(kind == "block" for kind, _ in page.stayed)
    for kind, text in page.stayed:
        # The end of a fence stays where its start does.
        if kind == "block" and blocks > 1 and not _letters(kind, text):
            continue
        if kind in CODES and _is_read(kind, text, book):
            places = [place for each in texts for place in _places(each, kind, text)]
            if not places and not any(_is_meant(each, kind, text) for each in texts):
                places = [Place(texts[0], texts[0].body_start, text.replace(CODE, "..."), in_html=False)]
            for place in places:
                problem = _problem(kind, place, book)
                if (problem.position.path, problem.position.line) not in reported and not _has_a_cause(kind, place):
                    yield problem


def _is_read(kind: str, text: str, book: Book) -> bool:
    """Return whether the project reads such syntax at all: what it does not may be any text."""
    if kind == "citation":
        return book.project.directives
    if kind == "attributes":
        return "attributes" in book.listing.syntax
    if kind == "block":
        name = _mark(text)
        return _is_on(name, book) or book.project.directives
    return True


def _is_on(mark: str, book: Book) -> bool:
    """Return whether the parser reads blocks with this mark at all."""
    return mark not in SYNTAX or SYNTAX[mark] in book.listing.syntax


def _mark(text: str) -> str:
    """Return the mark that opens a block, such as ``!!!``, without what makes it longer."""
    found = PATTERNS["block"].match(text)
    mark = found["mark"] if found else ""
    return "8<" if "8<" in mark else mark[:3]


def _letters(kind: str, text: str) -> str:
    """Return what is left of a text however it is marked up; the marks of a citation are what is wrong with it."""
    return " ".join(text.split()) if kind == "citation" else MARKUP_RE.sub("", text)


def _places(source: Source, kind: str, text: str) -> list[Place]:
    """Return where something that stayed is written: in the prose, or in the code of raw HTML."""
    wanted = _letters(kind, text)
    prose = _shown(source)
    if kind in ("block", "callout"):
        prose = CONTAINERS_RE.sub(lambda match: " " * len(match.group()), prose)
    outside = [
        place
        for place in [*_matches(source, prose, kind, wanted), *(_fences(source, wanted) if kind == "block" else ())]
        if (kind in ("heading", "block") or not is_code(source, source.position(place.offset)))
        and (kind not in FAR or place.in_html or _is_joined(source, place, FAR[kind]))
    ]
    # Code is blanked in the prose, even in raw HTML; and what stayed there may be read elsewhere.
    inside = [place for place in _matches(source, source.unfenced, kind, wanted) if place.in_html]
    return inside if inside and kind in UNREAD else outside


def _shown(source: Source) -> str:
    """Return the prose with a mark where code is, as a page's text has one."""
    both = zip(source.prose, source.unfenced, strict=True)
    return "".join(CODE if blank == " " and char not in " \t\n" else blank for blank, char in both)


def _fences(source: Source, wanted: str) -> Iterator[Place]:
    """Yield the fences that are closed, and of which the page shows the first line all the same."""
    for fence in source.fences:
        line = source.lines[fence.first]
        if wanted and _letters("block", line) == wanted:
            offset = source.offset(fence.first + 1) + fence.opening.column - 1
            yield Place(source, offset, line.strip(), in_html=False)


def _matches(source: Source, text: str, kind: str, wanted: str) -> Iterator[Place]:
    for match in PATTERNS[kind].finditer(text):
        whole = match.group()
        if _letters(kind, whole) == wanted:
            offset = match.start() + len(whole) - len(whole.lstrip())
            written = source.text[offset : match.end()].rstrip()
            yield Place(source, offset, written, bool(_opened(source, offset)))


def _has_a_cause(kind: str, place: Place) -> bool:
    """Return whether something else is wrong that explains it: an element that never closes, a heading without words."""
    at = place.source.position(place.offset)
    if kind == "attributes" and HASHES_RE.fullmatch(place.source.lines[at.line - 1][: at.column - 1]):
        return True
    opened = _opened(place.source, place.offset) if place.in_html else ""
    return opened in CLOSED and not re.search(rf"</{opened}\s*>", place.source.prose[place.offset :], re.IGNORECASE)


def _is_joined(source: Source, place: Place, above: int) -> bool:
    """Return whether what has to start a block goes on with the line before it, so many lines up."""
    number = source.position(place.offset).line - above
    line = source.lines[number - 1].strip(" \t>") if number > 0 else ""
    return bool(line) and not ITEM_RE.match(line)


def _is_meant(source: Source, kind: str, text: str) -> bool:
    """Return whether a text needs no word: its marks are escaped to be seen, or it goes on with what is reported."""
    if kind in FAR and any(_matches(source, _shown(source), kind, _letters(kind, text))):
        return True
    plain = unescape(ESCAPED_RE.sub(lambda match: match.group()[1:], source.unfenced))
    return any(found == kind and _letters(kind, match) == _letters(kind, text) for found, match in find(plain))


def _opened(source: Source, offset: int) -> str:
    """Return the raw element that a place is in, "" if there is none or Markdown is read in it."""
    opened: list[tuple[str, bool]] = []
    for tag in TAG_RE.finditer(source.prose, 0, offset):
        name = tag["name"].lower()
        if name not in BLOCK_LEVEL_ELEMENTS or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            opened.append((name, READ_RE.search(tag["rest"]) is not None))
        elif any(other == name for other, _ in opened):
            while opened.pop()[0] != name:
                pass
    return opened[-1][0] if opened and not opened[-1][1] else ""


def _problem(kind: str, place: Place, book: Book) -> Problem:
    shown = " ".join(place.text.split())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}..."
    why, fix = _why(kind, place, book)
    return Problem(
        place.source.position(place.offset),
        CODES[kind],
        f"{_quoted(shown)} stayed text{f': {why}' if why else ''}.",
        fix,
    )


def _quoted(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _why(kind: str, place: Place, book: Book) -> tuple[str, str]:
    """Return why something stayed, and how to mend it."""
    if kind == "block":
        return _why_block(place, book)
    if place.in_html and kind not in ("reversed", "citation"):
        return RAW
    if kind == "citation" and COMMA_RE.search(place.text):
        return "two citations are parted by a semicolon", f"Write `{COMMA_RE.sub(';', place.text)}`."
    # What starts a line is found after one.
    match = PATTERNS[kind].search(place.text if kind in LINKS else f"\n{place.text}")
    parts = {name: " ".join((value or "").split()) for name, value in (match.groupdict() if match else {}).items()}
    parts["words"] = parts.get("words") or parts.get("dest", "")
    if kind == "reference":
        return _why_undefined(parts.get("label") or parts.get("words", ""), parts.get("words", ""), place.source)
    why, fix = REASONS.get("" if parts.get("end") else kind, REASONS[""])
    return why, fix.format_map(parts)


def _why_undefined(label: str, words: str, source: Source) -> tuple[str, str]:
    meant = did_you_mean(label, [found["label"] for found in LINK_DEFINITION_RE.finditer(source.prose)])
    fix = f"{meant}Add a line `[{label}]: address`, or write `[{words}](address)`."
    return f"no line of this page defines {_quoted(label)}", fix


def _why_block(place: Place, book: Book) -> tuple[str, str]:
    text, mark = place.text, _mark(place.text)
    if not _is_on(mark, book):
        return f"the extension `{EXTENSIONS[mark]}` is off", f"Add it to `markdown_extensions` in {book.project.name}."
    if mark in LIKE:
        return "a block of this kind is written otherwise", f"Write it as `{LIKE[mark]}`."
    if mark == "///":
        name, _, title = text.strip().lstrip("/ \t").partition("\n")[0].partition(" ")
        if title.strip() and "|" not in title:
            return "a title follows a bar", f"Write `/// {name} | {title.strip()}`."
        return (
            "no such block is read here",
            "Close it with `///`, and start it where a paragraph of its own could start.",
        )
    if any(place.source.position(place.offset).line == fence.first + 1 for fence in place.source.fences):
        fix = 'Write one word for the language, and options after it as `name="value"`.'
        return "the first line of this fence is written otherwise", fix
    return "this fence is never closed", f"Add a line {_quoted(mark)} after its last line."
