"""Why syntax stayed text that other programs read, or that is written with other characters, and what to write.

-(U+00A0)an item  ->  ("U+00A0 (no-break space) is no plain space", "Write `- an item`.")
"""

from __future__ import annotations

import re
import unicodedata

from studyguide.near import quoted
from studyguide.site.foreign import ITEMS, ODD_RE, QUOTES, SPACE, UNSEEN, WIDE

MARK_RE = re.compile(r"(?P<mark>\d+[.)]|.)\s*(?P<words>.*)", re.DOTALL)
SPACE_RE, UNSEEN_RE = re.compile(SPACE), re.compile(UNSEEN)

CODES = {
    "bulleted": "TXT002", "item": "TXT002", "defined": "TXT002", "contents": "TXT002", "kramdown": "TXT003", "lettered": "TXT002", "touched": "TXT002", "ticking": "TXT002", "rounded": "TXT001", "unparted": "TXT001",
    "curly": "TXT001", "alike-link": "TXT001", "alike": "TXT002", "alike-block": "TXT003", "miscounted": "TXT003", "shortcode": "TXT003",
    "filled": "TXT003", "module": "TXT003", "role": "TXT003", "named-link": "TXT001", "rst": "TXT003", "unseen": "TXT002", "blocked": "TXT002",
    "within": "TXT002", "grid": "TXT002", "critic": "TXT002", "critic-open": "TXT002",
    "adoc-link": "TXT001", "adoc-image": "TXT001", "adoc-title": "TXT002", "adoc": "TXT003", "latex": "TXT003", "formula": "TXT003",
    "conflict": "TXT003", "tabbed": "TXT003", "celled": "TXT002",
}  # fmt: skip
_LINK = "Write `{bang}[{words}]({dest})`."
_TAG = "Turn on the plugin that does, or write it as code if a reader is meant to see it."
REASONS = {
    "bulleted": ("this sign begins no list", "Write `- {words}`, and so each line of the list, after an empty line."),
    "item": ("{sign} is no `{meant}`", "Write `{meant} {words}`, and so each line of the list, after an empty line."),
    "lettered": ("letters and brackets begin no list", "Write `1.` for each, after an empty line, or an empty line between them."),
    "defined": ("a space follows the colon", "Write `: {words}`."),
    "touched": ("a space follows the mark of an item", "Write `{mark} {words}`, and so each line of the list."),
    "ticking": ("a box is `[ ]` or `[x]`", "Write it so, with one space behind it."),
    "rounded": ("the words of a link stand in square brackets", _LINK),
    "unparted": ("the bracket behind its words is missing", _LINK),
    "curly": ("the address of a link stands in round brackets", _LINK),
    "alike": ("", ""), "alike-block": ("", ""), "alike-link": ("", ""),
    "miscounted": ("a block has three such marks", "Write `!!! {words}`, or `??? {words}` to fold it."),
    "shortcode": ("nothing here reads such a tag", _TAG),
    "filled": ("nothing here fills it in", _TAG),
    "module": ("nothing here runs it", "Remove it, or write it as code if a reader is meant to see it."),
    "contents": ("a list of the headings is written otherwise", "Write `[TOC]` on a line of its own, or remove it."),
    "kramdown": ("nothing here reads such a mark", "Remove it, or write it as code if a reader is meant to see it."),
    "role": ("nothing here reads such a mark before code", "Write a link, such as `[words](page.md)`, or remove the mark."),
    "named-link": ("a link is written otherwise", "Write `[words](address)`."),
    "rst": ("nothing here reads such a line", 'Write a note as `!!! note "Title"`, and an id behind its heading as `{{ #name }}`.'),
    "unseen": ("it is no comment here, and readers see it", "Write `<!-- ... -->`."),
    "blocked": ("nothing here takes it for the name of a block", "Remove it, or give a heading an id: `{{ #name }}`."),
    "within": ("a footnote is written on a line of its own", "Write `[^{free}]` here, and on a line of its own `[^{free}]: {words}`."),
    "grid": ("a table of this kind is not read here", "Write `| a | b |`, and below it `| --- | --- |`."),
    "conflict": ("this file holds a conflict of Git", "Keep what is right of both versions, and remove the three lines of marks."),
    "tabbed": ("a tab has three such marks", "Write `=== {words}`."),
    "celled": ("no cell of a table holds a list", "Write the list below the table, or a word for each box."),
    "critic-open": ("its marks are never closed", "Add `{close}` where it ends, or write `\\{{` if a reader is meant to see it."),
    "adoc-link": ("links of this kind are not read here", "Write `[{words}]({dest})`."),
    "adoc-image": ("images of this kind are not read here", "Write `![{words}]({dest})`."),
    "adoc-title": ("headings of this kind are not read here", "Write `{mark} {words}`."),
    "adoc": ("nothing here reads AsciiDoc", 'Write code between lines of three backticks, a note as `!!! note "Title"`, and `--8<-- "file.md"` to include a file.'),
    "latex": ("nothing here reads LaTeX", "Write it as Markdown has it, or as code if a reader is meant to see it."),
    "formula": ("nothing here reads formulas", "Draw it as a figure, write it as code, or turn on `pymdownx.arithmatex` and a script that shows them."),
    "critic": ("nothing here reads these marks", "Turn on `pymdownx.critic`, or keep one of the versions."),
}  # fmt: skip


def parts(kind: str, text: str) -> dict[str, str]:
    """Return what a text is made of where that is not seen without the line below it, or the letter before it."""
    if kind == "within":
        return {"words": " ".join(text[2:].removesuffix("]").split())}
    if kind == "adoc-title":
        return {"mark": "#" * (len(text) - len(text.lstrip("=")))}
    if kind == "critic-open":
        return {"close": f"{text[1:3].replace('>', '<')}}}"}
    found = MARK_RE.match(text) if kind in ("bulleted", "item", "defined", "touched") else None
    meant = ITEMS.get(found["mark"], "") if found else ""
    signs = {"sign": _name(found["mark"]), "meant": meant} if found and meant else {}
    return {"mark": found["mark"], "words": found["words"], **signs} if found else {}


def why_alike(text: str, *, wholly: bool = False) -> tuple[str, str]:
    """Return which character of a text is not the one that it looks like, and the text with that one.

    Of a text that is not ``wholly`` marks, its words stay as they are: there any character may be meant.
    """
    odd = next((found.group() for found in ODD_RE.finditer(text) if _plain(found.group()) != found.group()), "")
    mended = "".join(map(_plain, text)) if wholly else _mended(text)
    mended = mended.replace(":::", "!!!")
    looks = _plain(odd)
    name = _name(odd) if odd else "a character of it"
    what = (
        f"{name} is no {'plain space' if looks == ' ' else quoted(looks)}"
        if looks
        else f"it has {name}, which nobody sees"
    )
    return what, f"Write {quoted(' '.join(mended.split()))}."


def _name(sign: str) -> str:
    """Return what Unicode calls a character that looks like another."""
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'without a name').lower()})"


def _mended(text: str) -> str:
    """Return a text with its marks as Markdown has them."""
    if (first := text.lstrip("! ")[:1]) in ("[", "\uff3b", "\uff5c"):
        signs = "\uff5c" if first == "\uff5c" else "\uff3b\uff3d\uff08\uff09"
        return "".join(_plain(sign) if sign in signs else sign for sign in text)
    end = next((at for at, sign in enumerate(text) if sign.isalnum() and not sign.isdigit()), len(text))
    return "".join(map(_plain, text[:end])) + text[end:]


def _plain(sign: str) -> str:
    """Return what a character looks like, "" for one that nobody sees."""
    if UNSEEN_RE.fullmatch(sign):
        return ""
    return " " if SPACE_RE.fullmatch(sign) else WIDE.get(sign, QUOTES.get(sign, sign))
