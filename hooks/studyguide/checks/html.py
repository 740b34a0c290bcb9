"""Raw HTML in a page's prose that does not close: everything after it ends up inside the open element."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from studyguide.checks import prose
from studyguide.checks.locate import is_code
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.text.source import Source

# Elements whose end tag may not be left out.
CLOSED = frozenset(
    [
        "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "button", "canvas",
        "caption", "center", "cite", "code", "data", "datalist", "del", "details", "dfn", "dialog", "div", "dl", "em",
        "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "i", "iframe", "ins", "kbd", "label", "legend", "main", "map", "mark", "menu", "meter", "nav",
        "noscript", "object", "ol", "output", "picture", "pre", "progress", "q", "ruby", "s", "samp", "script",
        "search", "section", "select", "slot", "small", "span", "strike", "strong", "style", "sub", "summary", "sup",
        "svg", "table", "tbody", "textarea", "tfoot", "thead", "time", "tt", "u", "ul", "var", "video",
    ]
)  # fmt: skip
# What stands in these marks where a link leads is its address.
TAG_RE = re.compile(
    r"(?<!\]\()(?<!\]: )<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>"
)
# An attribute whose quotes hold the rest of its paragraph.
QUOTE_RE = re.compile(
    r"<(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:\s+[\w:.@-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?)*"
    r"\s+[\w:.@-]+\s*=\s*(?P<quote>[\"'])(?:(?!(?P=quote)|>|\n[ \t]*\n).)*>(?:(?!(?P=quote)|\n[ \t]*\n).)*(?=\n[ \t]*\n|\s*\Z)",
    re.DOTALL,
)
# A tag that its paragraph does not end; what follows that may hold a `>` of its own, as a quotation does.
CUT_RE = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?=[\s/])(?:(?!\n[ \t]*\n)[^<>])*(?=<|\n[ \t]*\n|\s*\Z)"
)

ALONE_RE = re.compile(r"[\s\"']/\s*\Z")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every raw element that does not close, or closes what is not open."""
    for source in book.sources.values():
        if "<" in source.prose:
            text = prose.read(source)
            cut = list(_cut(source, text))
            yield from _unbalanced(source, text, cut)
            yield from map(partial(_unended, source), cut)
            yield from _unquoted(source, text)


def _unbalanced(source: Source, text: str, cut: list[re.Match[str]]) -> Iterable[Problem]:
    """Yield what does not close, or is not open; a tag that is cut short is a problem of its own, and no less open."""
    opened: list[re.Match[str]] = []
    for tag in sorted([*TAG_RE.finditer(text), *cut], key=lambda tag: tag.start()):
        name = tag["name"].lower()
        if name not in CLOSED or is_code(source, source.position(tag.start())):
            continue
        if _is_alone(tag):
            # A drawing's elements end so; and one without attributes changes nothing of what it goes on to hold.
            if name != "svg" and all(other["name"].lower() != "svg" for other in opened):
                yield _alone(source, tag)
        elif not tag["end"]:
            opened.append(tag)
        elif any(other["name"].lower() == name for other in opened):
            while opened[-1]["name"].lower() != name:
                yield from _open(source, opened.pop(), cut)
            opened.pop()
        elif tag not in cut:
            message = f"`</{name}>` closes an element that is not open."
            yield Problem(source.position(tag.start()), "HTM001", message, f"Remove it, or open it with `<{name}>`.")
    for tag in opened:
        yield from _open(source, tag, cut)


def _is_alone(tag: re.Match[str]) -> bool:
    """Return whether a tag is written as if it ended its element itself; the value of an attribute may end so, too."""
    return tag.re is TAG_RE and ALONE_RE.search(tag["rest"]) is not None


def _alone(source: Source, tag: re.Match[str]) -> Problem:
    name = tag["name"].lower()
    message = f"`<{name}>` is never closed: `/>` ends no such element."
    return Problem(source.position(tag.start()), "HTM001", message, f"Write `></{name}>` where `/>` is.")


def _open(source: Source, tag: re.Match[str], cut: list[re.Match[str]]) -> Iterable[Problem]:
    if tag not in cut:
        name = tag["name"].lower()
        fix = f"Add `</{name}>` where it ends, or write `&lt;` for its first sign if it is not HTML."
        yield Problem(source.position(tag.start()), "HTM001", f"`<{name}>` is never closed.", fix)


def _unquoted(source: Source, text: str) -> Iterable[Problem]:
    for tag in QUOTE_RE.finditer(text):
        if not is_code(source, source.position(tag.start())):
            message = f"An attribute of `<{tag['name']}` has no closing quote."
            yield Problem(source.position(tag.start()), "HTM001", message, f"Add `{tag['quote']}` after its value.")


def _cut(source: Source, text: str) -> Iterable[re.Match[str]]:
    """Yield the tags that have no end."""
    # What the value of an attribute holds is no element of the page, as in `srcdoc`.
    text = TAG_RE.sub(lambda tag: re.sub(r"[^\n]", " ", tag.group()), text)
    for tag in CUT_RE.finditer(text):
        if tag["name"].lower() in CLOSED and "=" in tag.group() and not is_code(source, source.position(tag.start())):
            yield tag


def _unended(source: Source, tag: re.Match[str]) -> Problem:
    message = f"The tag `<{tag['end']}{tag['name']}` has no `>`."
    return Problem(source.position(tag.start()), "HTM001", message, "Add it after the tag's last attribute.")
