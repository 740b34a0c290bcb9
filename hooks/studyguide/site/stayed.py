"""Syntax that a rendered page still shows: whatever the parser did not take for what its author meant.

    <p>See [the plan][plan].</p>             ->  Stayed("reference", "[the plan][plan]")
    <p>See <code>[the plan][plan]</code>.</p>  ->  nothing: it is code
    <details><summary>More</summary></details> ->  Stayed("empty", "details")

A page is read as its blocks, one after the other, with inline elements melted into their text.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

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
# Between two blocks, and where code was: no page holds these as text.
BREAK, CODE = "\x1e", "\ufffc"

_ADDRESS = (
    r"(?:(?:[a-z][a-z+.-]*://|mailto:|\.{0,2}/|#)[^\s()\[\]\x1e]*|www\.[^\s()\[\]\x1e]+|[^\s()\[\]\x1e]+/(?:#[^\s()\[\]\x1e]*)?"
    r"|[^\s()\[\]\x1e]*\.(?:md|html?|png|svg|jpe?g|gif|webp|pdf|css|js|json|ya?ml|csv|txt|zip|py|sh)(?:[?#][^\s()\[\]\x1e]*)?)"
)
# The rest of a block, as far as it is written in one; and what Python's users pass on by name.
_REST = r"(?:(?!\n[ \t]*(?:\n|[-*+>#|][ ]|\d+[.)][ ])|[ ]\|[ ])[^\x1e]){0,2000}?"
_KEYWORDS = r"(?:kw\w*|args|opts|options|params|attrs|extras?|data|\w+_\w*)\b"
# A line that ends with a colon, as a page shows it and as it may be written: in bold, or with a break after it.
_COLON = r"(?:(?<=:\n)|(?<=:[ \x1e*_]\n)|(?<=:[ *_]{2}\n)|(?<=:[*_]{3}\n))"
_MATH = r"\$\$?(?=[^\s$])[^$\x1e]{1,500}?(?<=\S)\$\$?(?!\d)|\\\([^\x1e]{1,500}?\\\)"
_START = r"(?:(?<=\n)|(?<=\x1e)|\A)"
# Each kind by what is left of it. An index (``a[i][j]``) follows a word, and is none of them.
PATTERNS: dict[str, re.Pattern[str]] = {
    "reference": re.compile(
        r"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{1,300})\]\s?\[(?P<label>[^\[\]\x1e]{0,200})\](?![\[(])"
    ),
    "wiki": re.compile(
        r"(?<![\w\ufffc)\]\\\[])!?\[\[(?P<dest>[^\W_][^\[\]|\x1e\n]{0,200})(?:\|(?P<words>[^\[\]|\x1e\n]{1,200}))?\]\](?![\[(\]])"
    ),
    "definition": re.compile(
        rf"(?:(?<=\n)|(?<=\x1e)|\A)[ ]{{0,3}}\[(?!\^)(?P<words>[^\[\]\x1e\n]{{1,200}})\][ ]?:[ ]+(?:<?{_ADDRESS}[^\n\x1e]*|(?:[^\s\x1e]+[ ]){{1,3}}{_ADDRESS}[ ]*(?=\n|\x1e|\Z))", re.IGNORECASE
    ),
    "reversed": re.compile(rf"(?<![\w\ufffc)\]\\])\((?P<words>[^()\x1e]{{1,300}})\)\[(?P<dest>{_ADDRESS})\](?!\()"),
    "spaced": re.compile(
        rf"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{{1,300}})\]\s+\((?P<dest>{_ADDRESS})\)", re.IGNORECASE
    ),
    "link": re.compile(
        r"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{1,300})\]\((?P<dest>[^()\s\x1e]{1,500})(?P<end>\)?)"
    ),
    "citation": re.compile(r"\[-?@[ ]+\w[\w:.-]*\](?!\()|\[(?:[^\[\]\x1e]*[^\w@/.\[\]\x1e])?-?@\w[\w:.-]*[^\[\]\x1e]*\](?!\()"),
    "note": re.compile(r"\[\^(?P<id>\w[^\[\]^\x1e]*)\](?![*+?{:])"),
    "noted": re.compile(r"(?:(?<=\n)|(?<=\x1e)|\A)[ ]*\[\^(?P<id>\w[^\[\]^\x1e]*)\]:"),
    "strong": re.compile(
        r"(?<![\w*\\/\ufffc])\*\*(?=[^\s*/.])(?P<words>[^*\x1e]{1,200}?)(?<=[^\s*/])\*\*(?![\w*/])"
    ),
    "code": re.compile(r"(?<![`\w\\])`(?P<words>[^`\x1e\n]{1,200})`(?![`\w'])"),
    "open": re.compile(rf"(?<![\w*\\/\ufffc])\*\*(?P<words>(?!{_KEYWORDS})[\"'(\u201c\u2018]?[^\W\d_][^\s*\x1e/]*)(?!{_REST}\*\*)"),
    "ticked": re.compile(rf"(?<![\w`\\\ufffc])`(?P<words>[^\W\d_][^\s`'\x1e]*)(?!{_REST}(?:`|(?<=\w)'(?!\w)))"),
    "marked": re.compile(r"(?<![\w=<>!])==(?=[^\s=])(?P<words>[^=\x1e]{1,200}?)(?<=[^\s=<>!])==(?![\w=])"),
    "inserted": re.compile(r"(?<![\w^])\^\^(?=[^\s^])(?P<words>[^^\x1e]{1,200}?)(?<=[^\s^])\^\^(?![\w^])"),
    "emoji": re.compile(r"(?<![\w:]):(?P<words>[a-z][a-z0-9_+-]+):(?![\w:])"),
    "keys": re.compile(r"(?<![\w+])\+\+(?P<words>[a-z][\w-]*(?:\+[\w-]+)*)\+\+(?![\w+])"),
    "comment": re.compile(r"(?<!\\)<!--[ ]?[^\s<\x1e]*(?![^\x1e]*-->)"),
    "struck": re.compile(r"(?<![\w~])~~(?=[^\s~])(?P<words>[^~\x1e]{1,200}?)(?<=[^\s~])~~(?![\w~])"),
    "heading": re.compile(rf"{_START}[ ]{{0,3}}#{{1,12}}[ ]+(?P<words>[^\s#][^\n\x1e]*)"),
    "list": re.compile(
        rf"(?<=\n)(?P<mark>[-*+] |\d+[.)] )\S[^\n\x1e]*(?=\n(?:[-*+] |\d+[.)] )\S)|{_COLON}(?:[-*+] |1[.)] )\S[^\n\x1e]*"
    ),
    "numbered": re.compile(r"(?:(?<=\n)|(?<=\x1e)|\A)\d+\) \S[^\n\x1e]*(?=\n\d+\) \S)"),
    "callout": re.compile(
        r"(?:(?<=\n)|(?<=\x1e)|\A)[ \t]*\[!(?:note|tip|important|warning|caution|info|danger|example|question|quote|bug)\]",
        re.IGNORECASE,
    ),
    "table": re.compile(r"(?<=\n)[ \t]*(?:\|[ \t]*:?-+:?[ \t]*(?:\|[ \t:-]*)*|:?-+:?[ \t]*\|[ \t|:-]*)(?=\n|\Z|\x1e)"),
    "closing": re.compile(rf"{_START}[ \t]*/{{3,}}[ \t]*(?=\n|\x1e|\Z)"),
    "rows": re.compile(
        rf"{_START}(?:[ \t]*\|(?![ \t|:-]*\n)[^\n|\x1e]*\|[^\n\x1e]*\|[ \t]*\n)[ \t]*\|(?![ \t|:-]*(?:\n|\Z|\x1e))[^\n|\x1e]*\|[^\n\x1e]*\|[ \t]*(?=\n|\Z|\x1e)"
    ),
    "attributes": re.compile(
        r"(?<![{$\\])\{:?[ ]?[#.][A-Za-z][\w-]*(?:[ ]+(?:[#.][\w-]+|[\w-]+=[^\s{}]+))*[ ]?\}(?![}\w])"
    ),
    # Names of the settings and tags of templates; entities that HTML does not know; a line's end that breaks no line.
    "name": re.compile(r"(?<![\\{])\{\{[ ]*[A-Za-z][\w-]*[ ]*\}\}(?!\})"),
    "template": re.compile(r"\{%-?[ ]*[a-z][^%{}\x1e]{0,300}%\}|\{![ ]*[\w./-][^!{}\x1e]{0,300}![ ]*\}"),
    "entity": re.compile(r"(?<![A-Z])&(?P<words>[A-Za-z][A-Za-z0-9]{2,30});"),
    "break": re.compile(r"[^\s\\\x1e]+\\(?=\n[^\n\x1e])"),
    "task": re.compile(rf"(?:{_START}|(?<=[-*+.)] ))\[[ xX]\][ ](?P<words>\S[^\n\x1e]*)"),
    "explained": re.compile(rf"{_START}[ ]{{0,3}}:[ ]{{1,3}}(?P<words>[^\s:|][^\n\x1e]*)"),
    "abbreviation": re.compile(rf"{_START}[ ]{{0,3}}\*\[(?P<words>[^\[\]\x1e\n]{{1,80}})\](?:[ ]?:|(?=\w))[^\n\x1e]*"),
    "block": re.compile(
        r"(?:(?<=\n)|(?<=\x1e)|\A)[ \t]*(?P<mark>/{3,}(?=[ \t]*\w)|:{3,}(?=[ \t]*\{?\.?\w)|!!!(?=[ \t]*[\w\"'])|\?{3}\+?(?=[ \t]*[\w\"'])"
        r"|===[+!]?(?=[ \t]*[\"'])|-+8<-+|(?:`{3,}|~{3,})(?=[ \t]*\{?\.?\w*))[^\n\x1e]*"
    ),
}  # fmt: skip
# What a text has to hold for a kind to be worth looking for.
NEEDS = {
    "name": ("{{",), "template": ("{%", "{!"), "entity": ("&",), "break": ("\\\n",), "task": ("[ ] ", "[x] ", "[X] "),
    "explained": ("\n: ", f"{BREAK}: "), "abbreviation": ("*[",), "keys": ("++",), "comment": ("<!--",), "emoji": (":",),
}  # fmt: skip
# Without one of these in its text a page holds nothing to find: they are found much faster than patterns.
SIGNS = (
    "][", "](", "[!", ":::", "] (", "]\n(", "] [", "]\n[", "[[", "]:", "] :", ")[", "[^", "@", "**", "`", "~~", "==", "^^", "\n#", "# ", "\n- ", "\n* ", "\n+ ", "\n1. ", "1) ",
    "|\n|", "| \n|", "|-", "| -", "|:", "| :", "-|", "- |", "{.", "{#", "{:", "{ ", "///", "!!!", "???", "===", "-8<-",
    *(sign for kind, signs in NEEDS.items() if kind != "emoji" for sign in signs),
)  # fmt: skip
# What brackets hold where they are no link: numbers and marks, single letters and ions, ranges of characters.
PLAIN_RE = re.compile(r"[^\w\ufffc]*|[\d\W]*\d[^\w\ufffc]*|[xX]|[A-Z][A-Za-z]?[\d+\u2212-]*|\^?(?:[^\s-]-[^\s-])+|\\\w")
# What stands in brackets beside others where a command's usage is shown, and what two brackets hold in a program.
USAGE_RE = re.compile(
    r"^-|[|=<>\"]|\.\.\.|\u2026|^[A-Z_ ]+$|^(?:options?|args?|arguments?|commands?|files?|flags?|params?|parameters?)$"
)
LISTED_RE = re.compile(r"\w|[\w.-]+(?:\.(?!md)\w+)+|[\w.\"']+(?:,\s*[\w.\"']+)+,?|.*[=()\"'].*")
# A colon is in most pages, and one before a small letter in few.
ICON_RE = re.compile(r":[a-z]")
# Icons of the theme, by what they begin with.
ICONS = ("material-", "octicons-", "fontawesome-", "simple-")
BLOCKS = ".admonition, details:not(.sg-answer), .tabbed-block"
BLOCK_SIGNS = (b'class="admonition', b'class="tabbed-block')
# Code on several lines that is no block of its own, as a fence is whose first line is not read.
LINES_RE = re.compile(rb"(?<!<pre>)(?<!</span>)<code>([^<\n]*\n[^<]*)</code>")
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
    found += [Stayed("fence", unescape(each.decode("utf-8", "replace"))) for each in LINES_RE.findall(data)]
    content = next((node for name in CONTENTS if (node := tree.css_first(name)) is not None), None)
    if content is not None and _may_hold(content):
        _strip(content)
        if _may_hold(content):
            found += [Stayed(kind, text) for kind, text in find(_melted(tree, content))]
    return tuple(dict.fromkeys(found))


def _unseen(tree: LexborHTMLParser) -> Iterator[Stayed]:
    """Yield the names that stand for nothing in what a page says without showing it: titles, descriptions, alt texts."""
    texts = [(node.attributes.get(name) or "") for name in SAID for node in tree.css(f"[{name}*='{{{{']")]
    for text in [*texts, *(node.text() or "" for node in tree.css("head title"))]:
        yield from (Stayed("name", match.group()) for match in PATTERNS["name"].finditer(text))


def _may_hold(content: LexborNode) -> bool:
    text = content.text()
    return any(sign in text for sign in SIGNS) or ICON_RE.search(text) is not None


def find(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of everything in a page's text that looks like syntax."""
    text = re.sub(_MATH, CODE, text) if "$" in text or "\\(" in text else text
    kinds = [kind for kind in PATTERNS if kind not in NEEDS or any(sign in text for sign in NEEDS[kind])]
    for kind, pattern in ((kind, PATTERNS[kind]) for kind in kinds):
        for match in pattern.finditer(text):
            if not _is_plain(match):
                yield kind, match.group().strip()


def _is_plain(match: re.Match[str]) -> bool:
    """Return whether brackets are no link, such as ``[1][2]``, ``[H+][OH-]``, ``[a-z][0-9]`` and ``[x] (a.md)``."""
    if match.re is PATTERNS["entity"]:
        return unescape(match.group()) != match.group()
    if match.re is PATTERNS["emoji"]:
        return not match["words"].startswith(ICONS) and match.group() not in _emoji()
    parts = [(match[name] or "").strip() for name in ("words", "label") if name in match.re.groupindex]
    if match.re not in (PATTERNS["reference"], PATTERNS["spaced"]):
        return match.re is PATTERNS["wiki"] and LISTED_RE.fullmatch(match["dest"]) is not None
    if "][" not in match.group() and len(parts) > 1:  # as the usage of a command is written
        return any(PLAIN_RE.fullmatch(part) or USAGE_RE.search(part) for part in parts)
    return all(PLAIN_RE.fullmatch(part) for part in parts)


@cache
def _emoji() -> frozenset[str]:
    # Nearly no page needs to know all their names.
    from pymdownx import gemoji_db  # noqa: PLC0415

    return frozenset({*gemoji_db.emoji, *gemoji_db.aliases})


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
