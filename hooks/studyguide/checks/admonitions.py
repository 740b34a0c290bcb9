"""Admonitions, folds and tabs that are not what was meant: empty ones, and those of a kind that nobody knows.

    ??? note "More"     ->  TXT004: the text below is indented by 2, so the fold has nothing in it
      The rest.
    !!! wrning          ->  TXT005: no theme knows it
    !!! note Read this  ->  TXT005: a title stands in quotes

Which of them a page shows, and which are empty there, is seen in the rendered page (``site.stayed``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model import Position, Problem
from studyguide.near import did_you_mean
from studyguide.text.source import CODE_INDENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.checks.book import Book
    from studyguide.text.source import Source

# What the themes know, and what the extensions call a block without a kind.
KINDS = (
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done", "question",
    "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error", "bug", "example",
    "quote", "cite", "admonition", "seealso", "details",
)  # fmt: skip
# Where a block stands, and what the theme reads in it.
PLACED = ("inline", "end", "annotate")
OPENER_RE = re.compile(r"^(?P<indent>[ \t>]*)(?P<mark>!!!|\?\?\?|===)[+!]?[ \t]*(?P<rest>\S.*)$")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such block of a page that somebody wrote."""
    for page, source in book.written():
        if page.stayed:
            texts = [source, *book.included.get(page.path, ())]
            for kind in (text for each, text in page.stayed if each == "kind"):
                yield from _unknown(kind, texts, book)
            for kinds in (text for each, text in page.stayed if each == "kinds"):
                yield from _untitled(kinds, texts, book)
            yield from _empty({text for each, text in page.stayed if each == "empty"}, texts)


def _unknown(kind: str, texts: list[Source], book: Book) -> Iterator[Problem]:
    """Yield a problem wherever a block has a kind that neither the parser's users know nor a style sheet."""
    if kind in KINDS or _is_styled(kind, book):
        return
    pattern = re.compile(
        rf"^[ \t>]*(?:(?:!!!|\?\?\?\+?)[ \t]*|type:[ \t]*[\"']?)(?P<kind>{re.escape(kind)})(?![\w-])",
        re.MULTILINE | re.IGNORECASE,
    )
    for source in texts:
        for match in pattern.finditer(source.prose):
            fix = f"{did_you_mean(kind, KINDS)}Use a known kind, or style `.{kind}` in a style sheet of the site."
            message = f"No theme knows the kind `{kind}`, and no style sheet of the site does."
            yield Problem(source.position(match.start("kind")), "TXT005", message, fix)


def _untitled(kinds: str, texts: list[Source], book: Book) -> Iterator[Problem]:
    """Yield a problem wherever a title without quotes is taken for more kinds of its block."""
    names = "[ ]+".join(map(re.escape, kinds.split()))
    pattern = re.compile(
        rf"^[ \t>]*(?P<mark>!!!|\?{{3}}\+?)[ \t]*(?P<kinds>{names})[ ]*$", re.MULTILINE | re.IGNORECASE
    )
    for source in texts:
        for match in pattern.finditer(source.prose):
            kept, title = _parted(match["kinds"], book)
            first = kept.partition(" ")[0].lower()
            # One more word in small letters may be a class that somebody has a use for.
            if title and (" " in title or not title.islower()) and (first in KINDS or _is_styled(first, book)):
                message = f"`{title}` has no quotes, so it is not the title of this block, and no reader sees it."
                fix = f'Write `{match["mark"]} {kept} "{title}"`.'
                yield Problem(source.position(match.end("kinds") - len(title)), "TXT005", message, fix)


def _parted(kinds: str, book: Book) -> tuple[str, str]:
    """Return the kinds of a block that somebody knows, and what is after them; a class in a style sheet has small letters."""
    words = list(re.finditer(r"\S+", kinds))
    for word in words[1:]:
        known = word.group() in PLACED or (word.group().islower() and _is_styled(word.group(), book))
        if not known:
            return kinds[: word.start()].rstrip(), kinds[word.start() :]
    return kinds, ""


def _is_styled(kind: str, book: Book) -> bool:
    pattern = re.compile(rf"\.{re.escape(kind)}(?![\w-])")
    return any(map(pattern.search, book.sheets))


def _empty(marks: set[str], texts: list[Source]) -> Iterator[Problem]:
    """Yield a problem for every block that came out empty while text stands below its title."""
    for source in texts if marks else []:
        lines = source.prose.split("\n")
        for index, line in enumerate(lines):
            opener = OPENER_RE.match(line)
            if opener and opener["mark"] in marks and (why := _misses(lines, index, opener)):
                at = Position(source.path, index + 1, opener.start("mark") + 1)
                fix = "Indent what belongs in it by four spaces more than its first line."
                yield Problem(at, "TXT004", f"This `{opener['mark']}` block came out empty: {why}.", fix)


def _misses(lines: list[str], index: int, opener: re.Match[str]) -> str:
    """Return why nothing of what follows a block's first line is in it, "" if all is well.

    A note may be all title; what folds or is a tab may not.
    """
    below = next((i for i in range(index + 1, len(lines)) if lines[i].strip(" \t>")), None)
    depth = _depth(lines[below]) - _depth(opener["indent"] + "x") if below is not None else 0
    if depth >= CODE_INDENT:
        return ""
    if depth > 0:
        return f"the text below is indented by {depth}"
    if below == index + 1 and opener["mark"] == "!!!":
        return "the text below is not indented"
    return "nothing below it is indented" if opener["mark"] != "!!!" else ""


def _depth(line: str) -> int:
    text = line.replace(">", " ").expandtabs(CODE_INDENT)
    return len(text) - len(text.lstrip())
