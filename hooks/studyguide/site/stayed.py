"""Syntax that a rendered page still shows: whatever the parser did not take for what its author meant.

    <p>See [the plan][plan].</p>             ->  Stayed("reference", "[the plan][plan]")
    <p>See <code>[the plan][plan]</code>.</p>  ->  nothing: it is code
    <details><summary>More</summary></details> ->  Stayed("empty", "details")

A page is read as its blocks, one after the other, with inline elements melted into their text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from studyguide.site import elements
from studyguide.site.grammar import BREAK, CODE
from studyguide.site.syntax import FILLED, LOOSE, PATTERNS, SIGNS, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

# Where a page's own words are: themes call it so, the most certain first.
CONTENTS = ("article", "[role=main]", "main", "body")
# What shows syntax on purpose, or none that Markdown knows; and links that the build made of syntax.
NOT_PROSE = "pre, code, kbd, samp, var, script, style, template, textarea, svg, math, .arithmatex, .MathJax"
NOT_WRITTEN = "nav, sup[id^=fnref], .sg-cites, .headerlink, .sg-checkpoint .sg-label"
INLINE = ["a", "abbr", "b", "bdi", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"]  # fmt: skip
# What is said to who does not see a page.
SAID = ("content", "alt", "title", "aria-label")
BLOCKS = ".admonition, details:not(.sg-answer), .tabbed-block"
BLOCK_SIGNS = (b'class="admonition', b'class="tabbed-block')
# Code without other elements in it, and what it follows where it is a block of its own.
CODE_RE = re.compile(rb"<code>([^<]+)</code>")
BLOCK_STARTS = (b"<pre>", b"</span>")
# Emphasis with a mark of its own kind beside it; and a note that begins with a star.
HALVES = tuple(
    half.encode() for mark in "*_" for name in ("em", "strong") for half in (f"{mark}<{name}>", f"</{name}>{mark}")
)
MARKS = ("*", "_")
NOTED_RE = re.compile(r"(?:^|[\n\x1e])[ ]*\*+[ ]?\w")
# A script that shows formulas, of which the page has the text.
FORMULAS_RE = re.compile(rb"<script[^>]*(?:mathjax|katex)|<script[^>]*>\s*(?:window\.)?MathJax\b", re.IGNORECASE)
# Every checkpoint has one, and none is an author's fold.
ANSWER = b'<details class="sg-answer"'


class Stayed(NamedTuple):
    """Something of a kind that stayed in a page, with its text as read there."""

    kind: str
    text: str


def stayed(tree: LexborHTMLParser, data: bytes) -> tuple[Stayed, ...]:
    """Return what stayed in a page, each once, in order; the tree is of no use afterwards."""
    folds = data.count(b"<details") - data.count(ANSWER)
    found = list(_blocks(tree)) if folds > 0 or any(sign in data for sign in BLOCK_SIGNS) else []
    found += _unseen(tree) if b"{{" in data else ()
    found += _codes(data)
    content = next((node for name in CONTENTS if (node := tree.css_first(name)) is not None), None)
    found += _in_content(tree, content, _part(data, content.tag or "")) if content is not None else ()
    if any(kind == "formula" for kind, _ in found) and FORMULAS_RE.search(data):
        found = [each for each in found if each.kind != "formula"]
    return tuple(dict.fromkeys(found))


def _part(data: bytes, tag: str) -> bytes:
    """Return the part of a page's data that holds its content, which is an article at best: most of it is the theme's."""
    name = b"article" if tag == "article" else b"body"
    start, end = data.find(b"<" + name), data.rfind(b"</" + name)
    return data[start:end] if 0 <= start < end else data


def _in_content(tree: LexborHTMLParser, content: LexborNode, part: bytes) -> Iterator[Stayed]:
    """Yield what stayed in the content of a page, whose tags are in a part of its data."""
    names, halves = elements.doubtful(part), any(half in part for half in HALVES)
    if names or halves or _may_hold(content):
        _strip(content)
        yield from (Stayed("element", name) for name in (elements.unknown(content, names) if names else ()))
        half = list(_halves(content)) if halves else []
        if half or _may_hold(content):
            text = _melted(tree, content)
            # A star after words leads to a note that starts with one.
            noted = NOTED_RE.search(text) is not None
            yield from (Stayed("half", each) for each in half if not (noted and each.endswith("*")))
            yield from (Stayed(kind, each) for kind, each in find(text))


def _codes(data: bytes) -> Iterator[Stayed]:
    """Yield code that is shown within a paragraph: on several lines, as of a fence whose first line is not read, or with a mark."""
    for match in CODE_RE.finditer(data):
        code = match[1]
        if b"\n" in code:
            if not data.endswith(BLOCK_STARTS, 0, match.start()):
                yield Stayed("fence", unescape(code.decode("utf-8", "replace")))
        elif code.startswith(b"`") and code.count(b"`") < len(code):
            yield Stayed("ticks", unescape(code.decode("utf-8", "replace")))


def _halves(content: LexborNode) -> Iterator[str]:
    """Yield what is emphasized beside a mark that is left over, with that mark."""
    for node in content.css("em, strong"):
        before, after = _beside(node.prev), _beside(node.next)
        if before.endswith(MARKS):
            yield f"{before[-1]}{node.text()}"
        elif after.startswith("_") or (after.startswith("*") and node.tag == "em"):
            yield f"{node.text()}{after[0]}"


def _beside(node: LexborNode | None) -> str:
    return (node.text_content or "") if node is not None and node.is_text_node else ""


def _unseen(tree: LexborHTMLParser) -> Iterator[Stayed]:
    """Yield what nothing fills in of what a page says without showing it: titles, descriptions, alt texts."""
    texts = [(node.attributes.get(name) or "") for name in SAID for node in tree.css(f"[{name}*='{{{{']")]
    for text in [*texts, *(node.text() or "" for node in tree.css("head title"))]:
        yield from (Stayed(kind, match.group()) for kind in FILLED for match in PATTERNS[kind].finditer(text))


def _may_hold(content: LexborNode) -> bool:
    text = content.text()
    held = any(mark in text and any(sign in text for sign in signs) for mark, signs in SIGNS.items())
    return held or any(pattern.search(text) for pattern in LOOSE)


def _strip(content: LexborNode) -> None:
    """Take away what shows syntax on purpose."""
    for node in content.css(NOT_WRITTEN):
        node.decompose()
    for node in content.css(NOT_PROSE):
        node.replace_with(CODE)


def _melted(tree: LexborHTMLParser, content: LexborNode) -> str:
    """Return the text of a page with its inline elements melted into their blocks."""
    tree.unwrap_tags(INLINE)
    content.merge_text_nodes()
    return content.text(separator=BREAK)


def _blocks(tree: LexborHTMLParser) -> Iterator[Stayed]:
    """Yield the kind of every block with a title, and which of them have nothing below it."""
    for node in tree.css(BLOCKS):
        names = (node.attributes.get("class") or "").split()
        kinds = [name for name in names if name != "admonition"]
        if kinds and "tabbed-block" not in names:
            yield Stayed("kind", kinds[0])
            if len(kinds) > 1:
                yield Stayed("kinds", " ".join(kinds))
        if _is_empty(node):
            yield Stayed("empty", "===" if "tabbed-block" in names else "???" if node.tag == "details" else "!!!")


def _is_empty(node: LexborNode) -> bool:
    """Return whether a block has nothing but its title."""
    for child in node.iter(include_text=True):
        if child.is_text_node and not (child.text_content or "").strip():
            continue
        title = child.tag == "summary" or "-title" in (child.attributes.get("class") or "")
        if not title:
            return False
    return True
