"""Text that a page shows in another block than it is written for: lists without levels, and rows that are none.

- An item                  ->  TXT008: it is shown beside the item, not below it
  - Indented by two

| a | b |
| - | - |
| 1 | 2 |
Right below a table.       ->  TXT008: it is a row of the table

> A quotation              ->  TXT008: it is a heading
---

- An item

1. Of another list         ->  TXT008: it is one of the list above, without its number

The source says what may be meant; whether it came out otherwise is seen in the rendered page.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from studyguide.checks.locate import is_code
from studyguide.checks.written import letters, words
from studyguide.model import Position, Problem
from studyguide.text.source import CODE_INDENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Fence, Source

ITEM_RE = re.compile(r"(?P<indent>[ ]*)(?:[-*+]|\d+[.)])[ ]+(?:\[[ xX]\][ ]+)?(?=\S)")
BOX_RE = re.compile(r"\A\s*\[[ xX]\]\s")
QUOTE_RE = re.compile(r"(?:[ ]?>[ ]?)+")
# What is indented, and not by whole levels, at the start of an item or after an empty line: most pages have none.
# Ends of lines are found much faster than starts.
_UNEVEN = r"(?:[ ]?>[ ]?)*+(?:[ ]{4})*[ ]{2,3}"
UNEVEN_RE = re.compile(rf"\n(?:{_UNEVEN}(?:[-*+]|\d+[.)])[ ]|[ \t>]*\n{_UNEVEN}[^ \n])")
RULE_RE = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ :-]*)*\|[ :|-]*")
# What makes a heading of the one line above it, whatever that is: it is meant to be a rule.
RULED_RE = re.compile(r"(?<=\n)[=-]+[ ]*(?=\n|\Z)")
# What a paragraph begins with, and nothing else does that an item may hold.
WORD_RE = re.compile(r"[^\W_]|[*_`\[(\"'\u201c\u2018]+[^\W_]")
# Items of both kinds: few pages have a list of each.
MARKED_RE, NUMBERED_RE = re.compile(r"\n[ >]*[-*+] "), re.compile(r"\n[ >]*\d+\. ")
PARTED = "Begin its items alike, or part two lists by a line `<!-- -->` between empty ones."
LIST, LOST = "Indent it by four spaces more than that item.", 2
FEW = 8


class _Item(NamedTuple):
    indent: int
    line: int
    words: str


class _Held(NamedTuple):
    """What an item was meant to hold: its kind, its place, its words, and how far it is indented beyond the item."""

    what: str
    line: int
    words: str
    item: _Item
    by: int
    column: int


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such text of a page that somebody wrote."""
    said = {problem.position for problem in book.said}
    for page, source in book.written():
        shown = _Shown(page, book)
        for text in [source, *book.included.get(page.path, ())]:
            has = seen_in(text)
            if has.uneven:
                yield from _left(text, shown)
            if has.rules:
                yield from _headed(text, shown)
            if has.rows:
                yield from _taken(text, shown)
            if has.lists:
                # An item of another kind is a problem of its question.
                yield from (each for each in _joined(text, shown) if each.position not in said)


class Seen(NamedTuple):
    """What is in a text that may come out otherwise than it is written: most pages have little of it."""

    uneven: bool
    rules: bool
    rows: bool
    lists: bool


def seen_in(text: Source) -> Seen:
    """Return what a text has that is to be looked for in its page."""
    uneven = UNEVEN_RE.search(f"\n{text.prose}") is not None or any(_is_uneven(fence) for fence in text.fences)
    lists = all(kind.search(text.prose) for kind in (MARKED_RE, NUMBERED_RE))
    return Seen(uneven, RULED_RE.search(text.prose) is not None, "|\n" in text.prose, lists)


def _is_uneven(fence: Fence) -> bool:
    return (fence.opening.column - 1) % CODE_INDENT >= LOST


def _left(source: Source, shown: _Shown) -> Iterator[Problem]:
    """Yield the first that each item of a list was meant to hold, and does not."""
    said = set[int]()
    for held in held_by(source):
        if held.item.line in said or not shown.outside(held):
            continue
        said.add(held.item.line)
        at = Position(source.path, held.line, held.column)
        where = "beside" if held.what == "item" else "outside of"
        message = f"This {held.what} is shown {where} the item on line {held.item.line}: it is indented by {held.by} spaces only."
        yield Problem(at, "TXT008", message, LIST)


def held_by(source: Source) -> tuple[_Held, ...]:
    """Return what stands two or three spaces further in than an item of a list, and may be meant to be in it."""
    return tuple(_held(source))


def _held(source: Source) -> Iterator[_Held]:
    lines, coded = source.prose.split("\n"), {fence.first: fence for fence in source.fences}
    items, apart, around, index = list[_Item](), True, 0, source.body_line - 1
    while index < len(lines):
        fence = coded.get(index)
        marks, text = _unquoted(source.lines[index] if fence else lines[index])
        indent, found = len(text) - len(text.lstrip(" ")), ITEM_RE.match(text)
        if marks.count(">") != around:
            items, apart, around = [], True, marks.count(">")
        if text.strip():
            if found or fence or apart:
                items = [item for item in items if item.indent < indent]
            by = indent - items[-1].indent if items else 0
            what = "code" if fence else _kind(text, found)
            if LOST <= by < CODE_INDENT and (found or apart) and what:
                said = fence.code if fence else words(text[found.end() if found else 0 :])
                said = _paragraph(lines[index:]) if what == "paragraph" and len(letters("", said)) < FEW else said
                yield _Held(what, index + 1, letters("", said.replace("|", "")), items[-1], by, len(marks) + indent + 1)
            if found and not is_code(source, Position(source.path, index + 1)):
                items.append(_Item(indent, index + 1, letters("", words(text[found.end() :]).replace("|", ""))))
        apart = not text.strip()
        index = fence.last + 1 if fence else index + 1


def _unquoted(line: str) -> tuple[str, str]:
    """Return a line's marks of a quotation, and what follows them."""
    found = QUOTE_RE.match(line)
    return line[: found.end() if found else 0], line[found.end() if found else 0 :]


def _paragraph(lines: list[str]) -> str:
    """Return all of a paragraph that begins with the first line: an item right below it goes on with it."""
    texts = (_unquoted(line)[1] for line in lines)
    return words("\n".join(takewhile(str.strip, texts)))


def _kind(text: str, item: re.Match[str] | None) -> str:
    """Return what a line begins, "" for what may be anything."""
    text = text.strip()
    starts = {"table": text.startswith("|"), "quotation": text.startswith(">"), "paragraph": WORD_RE.match(text)}
    return "item" if item else next((kind for kind, is_so in starts.items() if is_so), "")


def _headed(source: Source, shown: _Shown) -> Iterator[Problem]:
    """Yield the items, quotations and code of which a line right below makes a heading."""
    lines, coded = source.prose.split("\n"), {fence.last: fence.first for fence in source.fences}
    for match in RULED_RE.finditer(source.prose):
        index = source.prose.count("\n", 0, match.start())
        first = coded.get(index - 1, index - 1)
        text = lines[first]
        # A heading may well begin with its number.
        item = ITEM_RE.match(text) if not text.lstrip()[:1].isdigit() else None
        what = "code" if index - 1 in coded else _kind(text, item)
        # What goes on with a line above it becomes none.
        apart = first < source.body_line or not lines[first - 1].strip()
        if apart and what in ("code", "item", "quotation") and shown.is_heading(what, letters("", words(text))):
            message = f"This {what} is shown as a heading: line {index + 1} makes it one."
            yield Problem(Position(source.path, first + 1), "TXT008", message, "Write an empty line above that line.")


def _taken(source: Source, shown: _Shown) -> Iterator[Problem]:
    """Yield the lines right below a table that became rows of it."""
    lines, within = source.prose.split("\n"), False
    for index, line in enumerate(lines):
        if "|" in line:
            headed = index > 0 and lines[index - 1].strip(" >").startswith("|")
            within = within or (headed and RULE_RE.fullmatch(line.strip(" >")) is not None)
        elif within:
            within = False
            text = line.strip(" >")
            if text and text[0] not in "{/:" and shown.is_row(letters("", words(text))):
                at = Position(source.path, index + 1, line.index(text[0]) + 1)
                fix = "Write an empty line above it, or bars around its cells."
                yield Problem(at, "TXT008", "This line is a row of the table above it.", fix)


def _joined(source: Source, shown: _Shown) -> Iterator[Problem]:
    """Yield the first item of each list that goes on with one of the other kind."""
    for above, item, numbered in changed_in(source):
        if shown.is_joined(above, item, numbered=numbered):
            how = "without its number" if numbered else "with a number"
            message = f"This item is shown {how}: it goes on with the list of the item on line {above.line}."
            line = source.lines[item.line - 1]
            at = Position(source.path, item.line, len(_unquoted(line)[0]) + item.indent + 1)
            yield Problem(at, "TXT008", message, PARTED)


def changed_in(source: Source) -> tuple[tuple[_Item, _Item, bool], ...]:
    """Return each item beside one of the other kind, with that one, and whether it is numbered."""
    return tuple(_changed(source))


def _changed(source: Source) -> Iterator[tuple[_Item, _Item, bool]]:
    coded = {fence.first for fence in source.fences}
    items, apart, around = list[tuple[_Item, bool]](), True, 0
    for number, line in enumerate(source.prose.split("\n"), start=1):
        marks, text = _unquoted(line)
        indent, found = len(text) - len(text.lstrip(" ")), ITEM_RE.match(text)
        if marks.count(">") != around:
            items, around = [], marks.count(">")
        if found and not is_code(source, Position(source.path, number)):
            numbered = text.lstrip()[0].isdigit()
            item = _Item(indent, number, letters("", words(text[found.end() :]).replace("|", "")))
            items = [each for each in items if each[0].indent <= indent]
            if items and items[-1][0].indent == indent:
                above, other = items.pop()
                if numbered != other:
                    yield above, item, numbered
            items.append((item, numbered))
        elif (text.strip() and apart) or number - 1 in coded:
            items = [each for each in items if each[0].indent < indent]
        apart = not text.strip()


class _Shown:
    """A page as it is rendered, read again where something may be in the wrong place."""

    def __init__(self, page: Page, book: Book) -> None:
        self._page, self._book = page, book

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self._book.html(self._page))

    @cached_property
    def _blocks(self) -> dict[str, list[tuple[str, LexborNode]]]:
        """The items, paragraphs and pieces of code of the page, each with its letters."""
        kinds = {"item": "li", "paragraph": "p", "code": "pre", "quotation": "blockquote", "table": "table"}
        return {kind: [(_read(node), node) for node in self._tree.css(tag)] for kind, tag in kinds.items()}

    def outside(self, held: _Held) -> bool:
        """Return whether a page has a block, and has it in no such item."""
        # Few letters may begin another paragraph, so that they are to be all of it.
        whole = held.what == "paragraph" and len(held.words) < FEW
        found = [
            node
            for text, node in self._blocks[held.what]
            if held.words and (text == held.words if whole else text.startswith(held.words))
        ]
        return bool(found) and not any(self._is_in(node, held.item) for node in found)

    def _is_in(self, node: LexborNode | None, item: _Item) -> bool:
        node = node.parent if node is not None else None
        while node is not None:
            if node.tag == "li" and _read(node).startswith(item.words):
                return True
            node = node.parent
        return False

    def is_joined(self, above: _Item, item: _Item, *, numbered: bool) -> bool:
        """Return whether an item is nowhere in a list of its kind, and in one of the other behind the item above it."""
        found = [node.parent for text, node in self._blocks["item"] if item.words and text.startswith(item.words)]
        lists = [node for node in found if node is not None]
        return (
            bool(lists)
            and all(node.tag == ("ul" if numbered else "ol") for node in lists)
            and any(_read(each).startswith(above.words) for node in lists for each in node.iter())
        )

    def is_heading(self, what: str, wanted: str) -> bool:
        """Return whether a heading has these letters; of code, whether one holds any."""
        headings = self._tree.css("h1, h2")
        if what == "code":
            return any(node.css_first("pre") for node in headings)
        return any(letters("", node.text()).startswith(wanted) for node in headings)

    def is_row(self, wanted: str) -> bool:
        """Return whether a row of a table has these letters in its first cell, and nothing in the others."""
        rows = ([letters("", cell.text()) for cell in row.css("td")] for row in self._tree.css("tr"))
        return any(row and wanted and row[0] == wanted and not any(row[1:]) for row in rows)


def _read(node: LexborNode) -> str:
    """Return the letters of an element, without the box that it begins with."""
    return letters("", BOX_RE.sub("", node.text(), count=1)).replace("|", "")
