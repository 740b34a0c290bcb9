"""What syntax looks like in a page's text: each kind by what is left of it where the parser did not take it for one.

    find("See [the plan][plan].")   ->  ("reference", "[the plan][plan]")
    find("An index a[i][j].")       ->  nothing

A text is that of blocks with a break between each two, and with a mark where code was.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from studyguide.site import foreign
from studyguide.site.grammar import ADDRESS, BREAK, CODE, START

if TYPE_CHECKING:
    from collections.abc import Iterator

# The rest of a block, as far as it is written in one; and what Python's users pass on by name.
_REST = r"(?:(?!\n[ \t]*(?:\n|[-*+>#|][ ]|\d+[.)][ ])|[ ]\|[ ])[^\x1e]){0,2000}?"
_KEYWORDS = r"(?:kw\w*|args|opts|options|params|attrs|extras?|data|\w+_\w*)\b"
# A line that ends with a colon, as a page shows it and as it may be written: in bold, or with a break after it.
_COLON = r"(?:(?<=:\n)|(?<=:[ \x1e*_]\n)|(?<=:[ *_]{2}\n)|(?<=:[*_]{3}\n))"
_MATH = r"\$\$?(?=[^\s$])[^$\x1e]{1,500}?(?<=\S)\$\$?(?!\d)|\\\([^\x1e]{1,500}?\\\)"
# What an attribute is set to.
_VALUE = r"(?:[\"\u201c][^{}\n\x1e\"\u201c\u201d]*[\"\u201d]|'[^{}\n\x1e']*'|[^\s{}]+)"
# Each kind by what is left of it. An index (``a[i][j]``) follows a word, and is none of them.
PATTERNS: dict[str, re.Pattern[str]] = {
    "reference": re.compile(
        r"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{1,300})\]\s?\[(?P<label>[^\[\]\x1e]{0,200})\](?![\[(])"
    ),
    "wiki": re.compile(
        r"(?<![\w\ufffc)\]\\\[])!?\[\[(?!(?i:toc)\]\])(?P<dest>(?:#[ ]?)?[^\W_][^\[\]|\x1e\n]{0,200})(?:\|(?P<words>[^\[\]|\x1e\n]{1,200}))?\]\](?![\[(\]])"
    ),
    "definition": re.compile(
        rf"(?:(?<=\n)|(?<=\x1e)|\A)[ ]{{0,3}}\[(?!\^)(?P<words>[^\[\]\x1e\n]{{1,200}})\][ ]?:[ ]+(?:<?{ADDRESS}[^\n\x1e]*|(?:[^\s\x1e]+[ ]){{1,3}}{ADDRESS}[ ]*(?=\n|\x1e|\Z))", re.IGNORECASE
    ),
    "reversed": re.compile(rf"(?<![\w\ufffc)\]\\!])!?\((?P<words>[^()\x1e]{{1,300}})\)\[(?P<dest>{ADDRESS})\](?!\()"),
    "turned": re.compile(
        rf"(?<![\w\ufffc)\]\\!])!?\((?P<dest>{ADDRESS})\)\[(?P<words>(?![\^@])[^\[\]\x1e]{{1,300}})\](?!\()", re.IGNORECASE
    ),
    "spaced": re.compile(
        rf"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{{1,300}})\]\s+\((?P<dest>{ADDRESS})\)", re.IGNORECASE
    ),
    "link": re.compile(
        r"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{1,300})\]\((?P<dest>(?:[^()\s\x1e]|\([^()\s\x1e]*\)){1,500})(?P<end>\)?)"
    ),
    # A link of which an empty line has made two paragraphs: its end, and its start.
    "parted": re.compile(
        rf"(?:(?<=\x1e)|\A)[^\[\]\x1e\ufffc]{{0,1000}}?(?P<shown>[^\[\]\s\x1e\ufffc]*\]\((?P<dest>{ADDRESS})\))", re.IGNORECASE
    ),
    "cut": re.compile(r"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{1,300})\]\([ \n]*(?=\x1e|\Z)"),
    "citation": re.compile(r"\[-?@[ ]+\w[\w:.-]*\](?!\()|\[(?:[^\[\]\x1e]*[^\w@/.\[\]\x1e])?-?@\w[\w:.-]*[^\[\]\x1e]*\](?!\()"),
    "mention": re.compile(r"(?<![\w@/.:\ufffc-])@(?:\{(?P<braced>\w(?:[\w:.-]*\w)?)\}|(?P<key>\w(?:[\w:.-]*\w)?)(?![\w/@]))"),
    "note": re.compile(r"\[\^(?P<id>\w[^\[\]^\x1e]*)\](?![*+?{:])"),
    "noted": re.compile(r"(?:(?<=\n)|(?<=\x1e)|\A)[ ]*\[\^(?P<id>\w[^\[\]^\x1e]*)\]:"),
    "strong": re.compile(
        r"(?<![\w*\\/\ufffc])\*\*(?=[^\s*/.])(?P<words>[^*\x1e]{1,200}?)(?<=[^\s*/])\*\*(?![\w*/])"
    ),
    # Of one star or three; where Markdown is read it is shown otherwise.
    "emphasis": re.compile(
        r"(?<![\w*\\/\ufffc])(?P<mark>\*{3}|\*)(?=[\"'(\u201c\u2018]?[^\W_])(?P<words>[^*\x1e]{1,200}?)(?<=[^\s*/(])(?P=mark)(?![\w*/])"
    ),
    # With a space inside its marks; two words at least of a letter each would be a formula.
    "padded": re.compile(
        r"(?<![\w*\\/\ufffc])(?P<mark>\*\*|__)(?=[ ]|[^*_\n\x1e]{1,200}[ ](?P=mark))[ ]*(?P<words>[\"'(\u201c\u2018]?[^\W\d_]{2}(?:[^*_\n\x1e]{0,200}[^*_\s\x1e])?)[ ]*(?P=mark)(?![\w*/])"
    ),
    "code": re.compile(r"(?<![`\w\\])(?P<open>`{1,2})(?P<words>[^`\x1e\n]{1,200})(?P<close>`{1,2})(?![`\w'])"),
    "open": re.compile(rf"(?<![\w*\\/\ufffc])\*\*(?P<words>(?!{_KEYWORDS})[\"'(\u201c\u2018]?[^\W\d_][^\s*\x1e/]*)(?!{_REST}\*\*)"),
    "ticked": re.compile(rf"(?<![\w`\\\ufffc])`(?P<words>[^\W\d_][^\s`'\x1e]*)(?!{_REST}(?:`|(?<=\w)'(?!\w)))"),
    # Within braces marks are those of a change, which is a kind of its own.
    "marked": re.compile(r"(?<![\w=<>!])(?<!\{(?===[^{}\x1e]{1,500}==\}))==(?=[^\s=])(?P<words>[^=\x1e]{1,200}?)(?<=[^\s=<>!])==(?![\w=])"),
    "inserted": re.compile(r"(?<![\w^])\^\^(?=[^\s^])(?P<words>[^^\x1e]{1,200}?)(?<=[^\s^])\^\^(?![\w^])"),
    "emoji": re.compile(r"(?<![\w:]):(?P<words>[a-z][a-z0-9_+-]+):(?![\w:])"),
    "keys": re.compile(r"(?<![\w+])(?<!\{(?=\+\+[^{}\x1e]{1,500}\+\+\}))\+\+(?P<words>[a-z][\w-]*(?:\+[\w-]+)*)\+\+(?![\w+])"),
    "comment": re.compile(r"(?<!\\)<!--[ ]?[^\s<\x1e]*(?![^\x1e]*-->)"),
    "struck": re.compile(r"(?<![\w~])(?<!\{(?=~~[^{}\x1e]{1,500}~~\}))~~(?=[^\s~])(?P<words>[^~\x1e]{1,200}?)(?<=[^\s~])~~(?![\w~])"),
    "sub": re.compile(r"(?<![\w/~.])(?P<shown>(?P<before>[A-Za-z(][\w()]*)(?<=[A-Za-z)])~(?P<words>[\w+\u2212-]{1,8})~)(?!~)"),
    "sup": re.compile(r"(?<![\w/^.])(?P<shown>(?P<before>[\w(][\w()]*)\^(?P<words>[\w+\u2212-]{1,8})\^)(?![\w^])"),
    "heading": re.compile(rf"{START}[ ]{{0,3}}#{{1,12}}[ ]+(?P<words>[^\s#][^\n\x1e]*)"),
    "list": re.compile(
        rf"(?<=\n)(?P<mark>[-*+] |\d+[.)] )\S[^\n\x1e]*(?=\n(?:[-*+] |\d+[.)] )\S)|{_COLON}(?:[-*+] |1[.)] )\S[^\n\x1e]*"
    ),
    "numbered": re.compile(r"(?:(?<=\n)|(?<=\x1e)|\A)\d+\) \S[^\n\x1e]*(?=\n\d+\) \S)"),
    "callout": re.compile(
        r"(?:(?<=\n)|(?<=\x1e)|\A)[ \t]*\[!(?:note|tip|important|warning|caution|info|danger|example|question|quote|bug)\]",
        re.IGNORECASE,
    ),
    # One of two columns or more rules a table even where nothing is right above it.
    "table": re.compile(
        r"(?:(?<=\n)[ \t]*(?:\|[ \t]*:?-+:?[ \t]*(?:\|[ \t:-]*)*|:?-+:?[ \t]*\|[ \t|:-]*)"
        r"|(?<=\x1e)[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|){2,}[ \t]*)(?=\n|\Z|\x1e)"
    ),
    "closing": re.compile(rf"{START}[ \t]*/{{3,}}[ \t]*(?=\n|\x1e|\Z)"),
    "rows": re.compile(
        rf"{START}(?:[ \t]*\|(?![ \t|:-]*\n)[^\n|\x1e]*\|[^\n\x1e]*\|[ \t]*\n)[ \t]*\|(?![ \t|:-]*(?:\n|\Z|\x1e))[^\n|\x1e]*\|[^\n\x1e]*\|[ \t]*(?=\n|\Z|\x1e)"
    ),
    "attributes": re.compile(
        rf"(?<![{{$\\])\{{(?::?[ ]?[#.][A-Za-z][\w-]*|:[ ]?[\w-]+={_VALUE})(?:[ ]+(?:[#.][\w-]+|[\w-]+={_VALUE}))*[ ]?\}}(?![}}\w])"
    ),
    "braced": re.compile(
        r"\{:?[ ]?(?:[#.][A-Za-z][\w-]*|(?:width|height|align|loading|class|id|style|title|target|rel|download|markdown|data-[\w-]+)=[^\s{}\x1e]+)"
        r"(?![^\s\x1e])(?![^{}\n\x1e]*\})"
    ),
    # Names of the settings and tags of templates; entities that HTML does not know; a line's end that breaks no line.
    "name": re.compile(r"(?<![\\{])\{\{[ ]*[A-Za-z][\w-]*[ ]*\}\}(?!\})"),
    "template": re.compile(r"(?<!\{)\{%-?[ ]*[a-z][^%{}\x1e]{0,300}%\}|\{![ ]*[\w./-][^!{}\x1e]{0,300}![ ]*\}|(?<!\{)\{#-?[ ][^#{}\x1e]{1,300}#\}"),
    "entity": re.compile(r"(?<![A-Z])&(?P<words>[A-Za-z][A-Za-z0-9]{2,30});"),
    "break": re.compile(r"[^\s\\\x1e]+\\(?=\n[^\n\x1e])"),
    "task": re.compile(rf"(?:{START}|(?<=[-*+.)] ))\[[ xX]\][ ](?P<words>\S[^\n\x1e]*)"),
    # A box that touches the mark of its item, or its text; `*[X]: ...` explains an abbreviation.
    "boxed": re.compile(
        rf"(?:{START}[ \t>]*|(?<=[-*+.)] ))(?P<shown>[-*+]?(?P<box>\[[ xX]\])(?:(?<=[-*+]\[.\])[ ]?|(?=\w))(?P<words>[^\s:(\[][^\n\x1e]*))"
    ),
    "explained": re.compile(rf"{START}[ ]{{0,3}}:[ ]{{1,3}}(?P<words>[^\s:|][^\n\x1e]*)"),
    "abbreviation": re.compile(rf"{START}[ ]{{0,3}}\*\[(?P<words>[^\[\]\x1e\n]{{1,80}})\](?:[ ]?:|(?=\w))[^\n\x1e]*"),
    "late": re.compile(r"(?<=[^\s\x1e/|>])[ \t]+(?P<shown>/{3,}[ \t]*(?P<words>[a-z][\w-]*)[ \t]*\|[^\n\x1e]*)"),
    "tab": re.compile(r"(?:(?<=\x1e)|(?<=\x1e\n)|\A)[ \t]*(?P<mark>===[+!]?)[ ]+(?P<words>\w[^\n=\x1e]*)(?=\n|\x1e|\Z)"),
    "block": re.compile(
        r"(?:(?<=\n)|(?<=\x1e)|\A)[ \t]*(?P<mark>/{3,}(?=[ \t]*\w)|:{3,}(?=[ \t]*\{?\.?\w)|!!!(?=[ \t]*[\w\"'])|\?{3}\+?(?=[ \t]*[\w\"'])"
        r"|===[+!]?(?=[ \t]*[\"'])|-+8<-+|(?:`{3,}|~{3,})(?=[ \t]*\{?\.?\w*))[^\n\x1e]*"
    ),
    **foreign.PATTERNS,
}  # fmt: skip
# What a program would fill in, in a title or a description too.
FILLED = ("name", "filled")
# A colon is in most pages, and one before a small letter in few.
ICON_RE = re.compile(r":[a-z]")
ITEM_RE = re.compile(r"\n(?:[-*+]|\d+[.)]) ")
BOXED_RE = re.compile(r"[-*+]\[[ xX]\]|\[[ xX]\]\w")
# Signs that are no one text.
LOOSE = (ICON_RE, ITEM_RE, BOXED_RE, *foreign.LOOSE)
# What a text has to hold for a kind to be worth looking for: that is found a hundred times as fast.
NEEDS: dict[str, tuple[str, ...] | re.Pattern[str]] = {
    "reference": ("]",), "wiki": ("[[",), "definition": ("]:", "] :"), "reversed": (")[",), "turned": (")[",), "spaced": ("]",), "link": ("](",),
    "parted": ("](",), "cut": ("](",), "citation": ("@",), "mention": ("@",), "note": ("[^",), "noted": ("[^",), "strong": ("**",),
    "emphasis": ("*",), "padded": ("**", "__"), "code": ("`",), "open": ("**",), "ticked": ("`",), "marked": ("==",), "inserted": ("^^",), "emoji": ICON_RE, "keys": ("++",),
    "comment": ("<!--",), "struck": ("~~",), "sub": ("~",), "sup": ("^",), "heading": ("# ",), "list": ITEM_RE, "numbered": ITEM_RE,
    "callout": ("[!",), "table": ("|",), "closing": ("///",), "rows": ("|",), "attributes": ("{",), "braced": ("{",), "name": ("{{",),
    "template": ("{%", "{!", "{#"), "entity": ("&",), "break": ("\\\n",), "task": ("[ ] ", "[x] ", "[X] "), "boxed": BOXED_RE,
    "explained": ("\n: ", f"{BREAK}: "), "abbreviation": ("*[",), "late": ("///",), "tab": ("===",),
    "block": ("///", ":::", "!!!", "???", "===", "8<", "```", "~~~"),
    **foreign.NEEDS,
}  # fmt: skip
# Without one of these in its text a page holds nothing to find: they are found much faster than patterns, and fastest by
# a character that each has and most texts lack.
SIGNS = {
    "]": ("][", "](", "] (", "]\n(", "]  ", "]\t", "] [", "]\n[", "]:", "] :", "[ ] ", "[x] ", "[X] "), "[": ("[!", "[[", ")["),
    "|": ("|\n|", "| \n|", "|-", "| -", "|:", "| :", "-|", "- |"), "*": ("*",), "#": ("\n#", "# "), "+": ("++", "\n+ "),
    "<": ("<!--", "-8<-"), ":": (":::", "\n: ", f"{BREAK}: "), "=": ("==",), "/": ("///",), "!": ("!!!",), "?": ("???",), "-": ("\n- ",),
    "_": ("__",), "1": ("\n1. ", "1) "), "\\": ("\\\n",), "^": ("^",), "@": ("@",), "`": ("`",), "~": ("~",), "{": ("{",), "&": ("&",),
}  # fmt: skip
# What brackets hold where they are no link: numbers and marks, single letters and ions, ranges of characters.
PLAIN_RE = re.compile(r"[^\w\ufffc]*|[\d\W]*\d[^\w\ufffc]*|[xX]|[A-Z][A-Za-z]?[\d+\u2212-]*|\^?(?:[^\s-]-[^\s-])+|\\\w")
# What stands in brackets beside others where a command's usage is shown, and what two brackets hold in a program.
USAGE_RE = re.compile(
    r"^-|[|=<>\"]|\.\.\.|\u2026|^[A-Z_ ]+$|^(?:options?|args?|arguments?|commands?|files?|flags?|params?|parameters?)$"
)
LISTED_RE = re.compile(r"\w|[\w.-]+(?:\.(?!md)\w+)+|[\w.\"']+(?:,\s*[\w.\"']+)+,?|.*[=()\"'].*")
# Icons of the theme, by what they begin with.
ICONS = ("material-", "octicons-", "fontawesome-", "simple-")


def find(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of everything in a page's text that looks like syntax."""
    # What is in a formula is no syntax, but for the formula itself.
    plain = re.sub(_MATH, CODE, text) if "$" in text or "\\(" in text else text
    for kind, pattern in PATTERNS.items():
        read = text if kind == "formula" else plain
        for match in pattern.finditer(read) if _may_hold(read, kind) else ():
            if not _is_plain(match):
                yield kind, shown(match).strip()


def _may_hold(text: str, kind: str) -> bool:
    needs = NEEDS[kind]
    return any(sign in text for sign in needs) if isinstance(needs, tuple) else needs.search(text) is not None


def shown(match: re.Match[str]) -> str:
    """Return what stayed of what was found: it may be found by what is before it."""
    return (match["shown"] if "shown" in match.re.groupindex else None) or match.group()


def _is_plain(match: re.Match[str]) -> bool:
    """Return whether brackets are no link, such as ``[1][2]``, ``[H+][OH-]``, ``[a-z][0-9]`` and ``[x] (a.md)``."""
    if match.re is PATTERNS["entity"]:
        return unescape(match.group()) != match.group()
    if match.re is PATTERNS["emoji"]:
        return not match["words"].startswith(ICONS) and match.group() not in _emoji()
    if match.group().startswith("!["):
        return False
    parts = [(match[name] or "").strip() for name in ("words", "label") if name in match.re.groupindex]
    if match.re not in (PATTERNS["reference"], PATTERNS["spaced"]):
        # An address in brackets may have the number of a note behind it.
        is_noted = match.re is PATTERNS["turned"] and (len(parts[0]) == 1 or PLAIN_RE.fullmatch(parts[0]) is not None)
        return is_noted or (match.re is PATTERNS["wiki"] and LISTED_RE.fullmatch(match["dest"]) is not None)
    if "][" not in match.group() and len(parts) > 1:  # as the usage of a command is written
        return any(PLAIN_RE.fullmatch(part) or USAGE_RE.search(part) for part in parts)
    return all(PLAIN_RE.fullmatch(part) for part in parts)


@cache
def _emoji() -> frozenset[str]:
    # Nearly no page needs to know all their names.
    from pymdownx import gemoji_db  # noqa: PLC0415 - as said above

    return frozenset({*gemoji_db.emoji, *gemoji_db.aliases})
