"""Characters of a text that became markup, though it says nothing as such: they are gone from the page.

That is 2*3*4.            ->  TXT007: the stars became emphasis of the 3
### Get a name {name}     ->  TXT007: the braces and what is in them became an attribute of the heading
## What is C#             ->  TXT007: the hash ended the heading

The source says what may be meant, and the rendered page whether it was taken so.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.checks.written import letters, words
from studyguide.model import Position, Problem
from studyguide.near import quoted
from studyguide.text.source import LINK_DEFINITION_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.site.page import Page
    from studyguide.text.source import Source

PRODUCT_RE = re.compile(r"(?<![\w*\\.])(?P<first>\d[\d.]*)\*(?P<second>\d[\d.]*)\*(?P<third>\d[\d.]*)(?![\w*])")
# A word in braces, and the start of a line that is a heading.
BRACED_RE = re.compile(r"(?P<shown>\{:?[ ]*(?P<word>[A-Za-z]\w*)[ ]*\})(?!\})")
HEADED_RE = re.compile(r"[ ]{0,3}#{1,6}[ ]+[^ ]")
# A heading that ends with a hash of its own: as many as begin it close it, unless they are the end of one letter's name.
HASH_RE = re.compile(
    r"^[ \t>]*(?P<marks>#{1,6})[ \t]*(?P<words>[^\n]*?[^\s#\\])(?P<hash>#)(?=[ \t]*(?:\{[^{}\n]*\}[ \t]*)?$)",
    re.MULTILINE,
)
LETTER_RE = re.compile(r"(?<!\w)[A-Z]\Z")
# Two links to labels with a space between them, which is one.
LABELS_RE = re.compile(r"(?<![\w\]\\!])\[(?P<words>[^\[\]\n@^]+)\][ \n]\[(?P<label>[^\[\]\n@^]+)\](?![\[(:])")
# Stars of two calls of a program, of which the first is closed between those of emphasis.
CALLS_RE = re.compile(
    r"(?<=[(,\s])(?<![\w)]\s)(?P<marks>\*{1,2})(?P<words>[A-Za-z_][^*()\n]*\)[^*\n]*[(,][ ]?)(?P=marks)(?P<rest>[A-Za-z_]\w*)"
)
# What an abbreviation stands for is missing, and another is explained right below it.
MEANING_RE = re.compile(r"^\*\[[^\[\]\n]+\][ ]?:(?=[ ]*\n[ ]*(?P<below>\*\[[^\[\]\n]+\]))", re.MULTILINE)
# Values of attributes that no plain quotes hold: in others, or in one alone.
QUOTED_RE = re.compile(
    r"(?<=[\s{])(?P<name>[A-Za-z][\w:-]*)=(?P<value>[\u201c\u201d\u201e](?P<odd>[^\n{}\"\u201c\u201d]*)[\u201c\u201d]|(?P<open>[\"'])(?P<rest>(?:(?!(?P=open))[^\n{}])*?))(?=[ \t]*\}|[ \t]+[.#\w])"
)
ATTRIBUTES_RE = re.compile(r"(?<=[\])*_`>])\{[^{}\n]*\}|[ \t]\{[^{}\n]*\}[ \t]*$", re.MULTILINE)
# Code with a backslash before a bar, as it is written, and as a cell shows it.
BARRED_RE = re.compile(r"(?<![`\\])(?P<marks>`+)(?P<words>(?:(?!(?P=marks)).)*?\\\|.*?)(?<!`)(?P=marks)(?!`)")
CELL_RE = re.compile(r"<t[dh][^<>]*>(?:(?!</t[dh]>).)*<code[^<>]*>[^<]*\\\|", re.DOTALL)
# Without these there is none of them. Each begins with one character, so that it is found much faster.
STARS_RE, CALL_RE = re.compile(r"\*(?<=\d\*)\d"), re.compile(r"\*[A-Za-z_][^*()\n]*\)")
WORD_RE, VALUE_RE = re.compile(r"\{:?[ ]*[A-Za-z]\w*[ ]*\}"), re.compile(r"\{[^{}\n]*=")
LAST_RE, BESIDE_RE = re.compile(r"#(?<=[^\s#\\]#)[ \t]*(?:\n|\{|\Z)"), re.compile(r"\][ \n]\[")
# What an element ends with.
BEHIND = ("*", "_", "`", ")", "]")
STARS = "{} loses its stars: they are read as those of emphasis."
UNSTAR = r"Write `\*` for each, or all of it as code."
# Attributes without a value that say something, of HTML and of its extensions.
SAYING = frozenset(
    [
        "allowfullscreen", "async", "autofocus", "autoplay", "checked", "contenteditable", "controls", "default", "defer",
        "disabled", "download", "draggable", "formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop", "markdown",
        "multiple", "muted", "nomodule", "novalidate", "open", "playsinline", "popover", "readonly", "required", "reversed",
        "selected",
    ]
)  # fmt: skip


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such text of a page that somebody wrote."""
    for page, source in book.written():
        html, texts = _Html(page, book), [source, *book.included.get(page.path, ())]
        for text in texts:
            for pattern, find in FINDERS:
                if pattern.search(text.text):
                    yield from find(text, html)
            if LAST_RE.search(text.text):
                yield from _hashes(text, page)
            if BESIDE_RE.search(text.text):
                yield from _labels(text, texts, html)
            if "\\|" in text.text and CELL_RE.search(html.text):
                yield from _bars(text)
            if WORD_RE.search(text.text) and WORD_RE.search(text.unfenced):
                yield from _attributes(text, html)


def _products(source: Source, html: _Html) -> Iterator[Problem]:
    for found in PRODUCT_RE.finditer(source.prose):
        as_read = f"{found['first']}<em>{found['second']}</em>{found['third']}"
        if as_read in html.text and not is_code(source, source.position(found.start())):
            yield Problem(source.position(found.start()), "TXT007", STARS.format(quoted(found.group())), UNSTAR)


def _calls(source: Source, html: _Html) -> Iterator[Problem]:
    for found in CALLS_RE.finditer(source.prose):
        tag = "strong" if len(found["marks"]) > 1 else "em"
        as_read = f"<{tag}>{escape(found['words'], quote=False)}</{tag}>{found['rest']}"
        if as_read in html.text and not is_code(source, source.position(found.start())):
            yield Problem(source.position(found.start()), "TXT007", STARS.format(quoted(found.group())), UNSTAR)


def _hashes(source: Source, page: Page) -> Iterator[Problem]:
    shown = {letters("", heading.words) for heading in page.headings if not heading.words.endswith("#")}
    for found in HASH_RE.finditer(source.unfenced):
        # One that begins a heading may be closed by one.
        closed = found["marks"] == "#" and not LETTER_RE.search(found["words"])
        if not closed and letters("", words(found["words"])) in shown:
            message = "This `#` is taken for the end of the heading, so no reader sees it."
            fix = f"Write {quoted(found['words'] + chr(92) + '#')}."
            yield Problem(source.position(found.start("hash")), "TXT007", message, fix)


def _meanings(source: Source, html: _Html) -> Iterator[Problem]:
    for found in MEANING_RE.finditer(source.prose):
        if f'<abbr title="{escape(found["below"])}' in html.text:
            message = f"{quoted(found.group())} takes the line below it for what it means."
            fix = "Write what it means behind its colon, or remove it."
            yield Problem(source.position(found.start()), "TXT007", message, fix)


def _labels(source: Source, texts: list[Source], html: _Html) -> Iterator[Problem]:
    defined = {found["label"].casefold() for each in texts for found in LINK_DEFINITION_RE.finditer(each.prose)}
    for found in LABELS_RE.finditer(source.prose):
        first, second = found["words"], found["label"]
        both = first.casefold() != second.casefold() and {first.casefold(), second.casefold()} <= defined
        if both and html.is_one(first, second) and not is_code(source, source.position(found.start())):
            message = (
                f"{quoted(found.group())} is one link to where {quoted(second)} leads, so no reader sees that word."
            )
            yield Problem(source.position(found.start()), "TXT007", message, f"Write `[{first}][] [{second}]` for two.")


def _quotes(source: Source, html: _Html) -> Iterator[Problem]:
    found = (
        (braces, each)
        for braces in ATTRIBUTES_RE.finditer(source.unfenced)
        for each in QUOTED_RE.finditer(braces.group())
    )
    for braces, each in found:
        name, opened = each["name"], each["open"]
        # What the parser takes for the value ends at the first space.
        value = each["value"].split(maxsplit=1)[0]
        as_read = escape(value, quote=False).replace('"', "&quot;")
        if f'{name}="{as_read}' not in html.text:
            continue
        reason = "nothing closes it" if opened else "a value stands in plain ones"
        fix = f"Add `{opened}` where the value ends." if opened else f'Write `{name}="{each["odd"]}"`.'
        message = f"{quoted(each.group())} is read with its quotation mark{'' if opened else 's'}: {reason}."
        yield Problem(source.position(braces.start() + each.start()), "TXT007", message, fix)


def _bars(source: Source) -> Iterator[Problem]:
    """Yield a hint for the code of each cell that has a backslash before a bar, as other programs want it: readers see it."""
    rows = zip(source.unfenced.split("\n"), source.prose.split("\n"), strict=True)
    for number, (line, prose) in enumerate(rows, start=1):
        for found in BARRED_RE.finditer(line) if prose.lstrip(" >").startswith("|") else ():
            message = f"Readers see the backslash in {quoted(found['words'])}: in code no bar ends a cell."
            at = Position(source.path, number, found.start() + 1)
            yield Problem(at, "TXT002", message, "Remove it, unless readers are meant to see it.", level="hint")


def _is_taken(braces: re.Match[str]) -> bool:
    """Return whether braces are where they can be attributes.

    That is at the end of a heading or a cell, right behind emphasis, code or a link, or below the text of an item or a
    paragraph.
    """
    text, first = braces.string, braces.string.rfind("\n", 0, braces.start()) + 1
    before, behind = text[first : braces.start()], text[braces.end() : _end(text, braces.end())].strip(" ")
    alone = first > 1 and text[first - 2] != "\n" and not (before.strip(" ") or behind)
    apart = before.endswith(" ") and (behind.startswith("|") or HEADED_RE.match(before) is not None)
    return alone or apart or before.endswith(BEHIND)


def _end(text: str, start: int) -> int:
    """Return where a line ends."""
    found = text.find("\n", start)
    return found if found >= 0 else len(text)


def _attributes(source: Source, html: _Html) -> Iterator[Problem]:
    for found in filter(_is_taken, BRACED_RE.finditer(source.unfenced)):
        word = found["word"]
        at = source.position(found.start("shown"))
        written = source.prose[found.start("shown")] == "{"  # code is blank in the prose
        if not written or word.lower() in SAYING or is_code(source, at) or not html.has(word):
            continue
        message = f"{quoted(found['shown'])} is taken for an attribute, so no reader sees it."
        fix = f"Write `{{ #{word} }}` for an id, `{{ .{word} }}` for a class, or a backslash before its first brace."
        fix = "Write `[TOC]` for a list of the headings, on a line of its own, or remove it." if word == "toc" else fix
        yield Problem(at, "TXT007", message, fix)


class _Html:
    """A page as it is built, read again where something may be gone from it."""

    def __init__(self, page: Page, book: Book) -> None:
        self._page, self._book = page, book

    @cached_property
    def text(self) -> str:
        """Its HTML."""
        return self._book.html(self._page)

    def is_one(self, first: str, second: str) -> bool:
        """Return whether a link shows some words, and no link to others follows it."""
        shown, other = (re.escape(escape(text, quote=False)) for text in (first, second))
        return re.search(rf"<a\b[^<>]*>{shown}</a>(?!\s*<a\b[^<>]*>{other}</a>)", self.text) is not None

    def has(self, name: str) -> bool:
        """Return whether an element has an attribute of this name that says nothing."""
        pattern = rf"<[a-z][^<>]*\s{re.escape(name)}(?:=\"(?:{re.escape(name)})?\")?(?=[\s/>])"
        return re.search(pattern, self.text) is not None


# What a text has to hold for each to be worth looking for.
FINDERS = (
    (STARS_RE, _products),
    (CALL_RE, _calls),
    (re.compile(r"\*\["), _meanings),
    (VALUE_RE, _quotes),
)
