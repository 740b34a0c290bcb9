"""Why something stayed in a page as it is written, and how it is written so that it does not.

See [the plan][plan].  ->  ("no line of this page defines `plan`", "Add a line `[plan]: address`, or ...")
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studyguide.checks import foreign
from studyguide.checks.names import NAMED, free_label, why_slashes, why_unnamed
from studyguide.near import did_you_mean, quoted
from studyguide.site.foreign import ODD_RE, QUOTES
from studyguide.site.syntax import PATTERNS
from studyguide.text.source import LINK_DEFINITION_RE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.checks.book import Book
    from studyguide.text.source import Source

RAW = (
    "Markdown is not read inside raw HTML",
    "Write HTML there, or give the element around it the attribute: `<div markdown>`.",
)
TURNED = ("its brackets are the wrong way round", "Write `{bang}[{words}]({dest})`.")
# Why each kind stayed, and how it is written.
REASONS = {
    "": ("", "Mend its marks, or put a backslash before each if a reader is meant to see them."),
    "reversed": TURNED,
    "turned": TURNED,
    "spaced": ("there is a space between its brackets", "Write `{bang}[{words}]({dest})`."),
    "link": ("the link is never closed", "Write `{bang}[{words}]({dest})`."),
    "barred": ("a bar ends its cell", "Write `\\|` for a bar that ends no cell."),
    "wiki": ("links of this kind are not read here", "Write `[{words}](address)`."),
    "embedded": ("images of this kind are not read here", "Write `![What it shows]({dest})`."),
    "definition": (
        "it defines no link as it is written",
        "Write `[{words}]: address` on a line of its own, the address without spaces.",
    ),
    "padded": ("its marks stand apart from its words", "Write `{mark}{words}{mark}`."),
    "open": (
        "its marks are never closed",
        "Add `**` where it ends, or put a backslash before each mark if a reader is meant to see them.",
    ),
    "ticked": (
        "its mark is never closed",
        "Add a backtick where the code ends, or put a backslash before this one if a reader is meant to see it.",
    ),
    "parted": ("an empty line parts the link", "Write it in one paragraph."),
    "unopened": (
        "the bracket before its words is missing",
        "Write `[` where they begin, or a backslash before `]` if a reader is meant to see it.",
    ),
    "cut": ("an empty line parts the link", "Write `{bang}[{words}](address)` in one paragraph."),
    "mention": ("a citation stands in brackets", "Write `[@{key}]`."),
    "braced": ("nothing closes the attributes on their line", "Add `}}` after the last of them."),
    "late": ("a block starts a line of its own", "Write it on the next line, after an empty one."),
    "tab": ("a title stands in quotes", 'Write `{mark} "{words}"`.'),
    "sub": ("nothing here reads these marks", "Turn on `pymdownx.tilde`, or write `{before}<sub>{words}</sub>`."),
    "sup": ("nothing here reads these marks", "Turn on `pymdownx.caret`, or write `{before}<sup>{words}</sup>`."),
    "citation": (
        "it is not a citation that the guide can read",
        "Write `[@key]`, `[@key, p. 3]` or `[see @key]`, and `;` between two: `[@one; @two]`.",
    ),
    "list": ("a list needs an empty line above it", "Add one."),
    "numbered": ("the number of an item ends with a full stop", "Write `1.` where `1)` is."),
    "struck": ("nothing here reads these marks", "Turn on `pymdownx.tilde`, or write `<del>{words}</del>`."),
    "emoji": (
        "nothing here knows this icon",
        "Turn on `pymdownx.emoji`, for an icon of the theme with its index, and look for the icon's name there.",
    ),
    "keys": ("nothing here reads these marks", "Turn on `pymdownx.keys`, or write `<kbd>{words}</kbd>`."),
    "comment": ("the comment is never closed", "Write `-->` where it ends."),
    "marked": ("nothing here reads these marks", "Turn on `pymdownx.mark`, or write `<mark>{words}</mark>`."),
    "inserted": ("nothing here reads these marks", "Turn on `pymdownx.caret`, or write `<ins>{words}</ins>`."),
    "callout": (
        "a note in a quotation is written otherwise",
        'Write `!!! note "Title"`, and its text indented by four spaces.',
    ),
    "table": ("a table needs an empty line above it", "Add one."),
    "closing": (
        "no block is open that it closes",
        "Remove it, or give the block that it is to close more slashes than those within have.",
    ),
    "rows": (
        "a table has a row of hyphens below its first",
        "Add one, such as `| --- | --- |`.",
    ),
    "attributes": (
        "there is nothing before it that could have attributes",
        "Put it right after its element, without a space.",
    ),
    "name": (
        "no name of the settings stands for it here",
        "Names are under `extra: names:` in the settings, and are read in prose and in front matter.",
    ),
    "template": (
        "nothing here reads such a tag",
        "Turn on the plugin that does, or write it as code if a reader is meant to see it.",
    ),
    "entity": (
        "HTML knows no such character",
        "Mend its name, or write `&amp;{words};` if a reader is meant to see it.",
    ),
    "break": ("a backslash breaks no line here", "End the line with two spaces, or write `<br>`."),
    "task": (
        "it is an option of no question",
        "Put it between `/// checkpoint | Question?` and `///`; a list to tick off needs `pymdownx.tasklist`.",
    ),
    "boxed": ("a box has a space on either side", "Write `- {box} {words}`."),
    "explained": ("it explains no word", "Write the word on the line above it."),
    "abbreviation": ("it is not read where it stands", "Write it on a line of its own, outside of anything else."),
    **foreign.REASONS,
}
# The extension without which other syntax says nothing, by what it is called where the build says what is on.
OFF = {"attributes": "attr_list", "explained": "def_list", "abbreviation": "abbr", "defined": "def_list"}
# The extension without which a block's mark says nothing.
EXTENSIONS = {
    "!!!": "admonition", "???": "pymdownx.details", "===": "pymdownx.tabbed", "8<": "pymdownx.snippets", "///": "pymdownx.blocks",
}  # fmt: skip
# What it is called where the build says what is on.
SYNTAX = {
    "attributes": "attributes", "emoji": "emoji", "keys": "keys", "explained": "definitions", "abbreviation": "abbreviations", "defined": "definitions", "!!!": "admonitions", "???": "folds", "===": "tabs", "8<": "snippets", "///": "blocks",
}  # fmt: skip
LIKE = {
    "!!!": '!!! note "Title"',
    ":::": '!!! note "Title"',
    "???": '??? note "Title"',
    "===": '=== "Title"',
    "8<": '--8<-- "file.md"',
}
# An object of a program, as mkdocstrings has it.
DOTTED_RE = re.compile(r"\s*:::[ ]+(?P<name>[\w-]+(?:\.\w+)+)\s*$")
# A block that is written as one is.
RIGHT_RE = re.compile(r"(?:!!!|\?{3}\+?)[ ]+[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+\"[^\"]*\")?|===[+!]?[ ]+\"[^\"]+\"")
# What stands farther from its marks than a block that is read.
APART_RE = re.compile(r"(?:!!!|\?{3}\+?)(?:[ ]{2,}|[ ]*\t[ \t]*)[\w\"]")
# What raw HTML has no part in.
ANYWHERE = ("reversed", "turned", "citation", "name", "template", "entity", *foreign.REASONS)
# Quotation marks that end no title.
QUOTES_RE = re.compile(f"[{''.join(QUOTES)}]")
# What parts the cells of a row.
CELL_RE = re.compile(r"(?<!\\)\|")
# What looks like the rule of a table: other dashes, signs and spaces than it may have.
NEARLY_RULE_RE = re.compile(
    r"(?=[^|]*[|+])[|+=_\-\u2010-\u2015\u2212\u2500\uff0d:\uff1a \t\u00a0\u2002-\u200b\u202f\u3000\ufeff]{3,}"
)
# What stands in place of the bracket that is missing.
OTHER_END_RE = re.compile(r"[\]\uff09}][.,;:!?]*\Z")
HALF_RE, HALF_END_RE = re.compile(r"[*_`]+"), re.compile(r"[*_`]+\Z")
# So many signs more or fewer than its words has a line below a heading by a slip.
SLIP = 2
MARKS_RE = re.compile(r"`{3,}|~{3,}")
BARRED_RE = re.compile(r"!?\[[^\[\]\n]*\]\([^()|\n]*(?<!\\)\|[^()\n]*\)")
COMMA_RE = re.compile(r",(?=\s*-?@)")


class Place(NamedTuple):
    """Where something is written, as it is written there."""

    source: Source
    offset: int
    text: str
    in_html: bool


def is_on(mark: str, book: Book) -> bool:
    """Return whether the parser reads blocks with this mark at all."""
    return mark not in SYNTAX or SYNTAX[mark] in book.listing.syntax


def mark_of(text: str) -> str:
    """Return the mark that opens a block, such as ``!!!``, without what makes it longer."""
    found = PATTERNS["block"].match(text)
    mark = found["mark"] if found else ""
    return "8<" if "8<" in mark else mark[:3]


def why(kind: str, place: Place, book: Book) -> tuple[str, str]:
    """Return why something stayed, and how to mend it."""
    if kind == "fence":
        return _why_fence(place)
    if kind == "tab" and not is_on("===", book):
        return _why_unread("===", book)
    if kind == "block":
        return _why_block(place, book)
    if kind.startswith("alike"):
        return foreign.why_alike(place.text, wholly=kind == "alike-block")
    if place.in_html and kind not in ANYWHERE:
        return RAW
    found = _why_off(kind, book) if kind in OFF and not is_on(kind, book) else None
    found = found or (why_unnamed(kind, place.text) if kind in NAMED and is_on(kind, book) else None)
    return found or _why_marks(kind, place)


def _why_off(kind: str, book: Book) -> tuple[str, str]:
    fix = f"Add it to `markdown_extensions` in {book.project.name}, or write it otherwise."
    return f"the extension `{OFF[kind]}` is off", fix


def _why_marks(kind: str, place: Place) -> tuple[str, str]:
    if kind == "citation" and COMMA_RE.search(place.text):
        return "two citations are parted by a semicolon", f"Write `{COMMA_RE.sub(';', place.text)}`."
    # What starts a line is found after one.
    if kind in ("half", "ticks", "code") and (found := _why_half(place)):
        return found
    match = PATTERNS[kind].search(place.text) or PATTERNS[kind].search(f"\n{place.text}")
    parts = {name: " ".join((value or "").split()) for name, value in (match.groupdict() if match else {}).items()}
    parts |= {"key": parts.get("key") or parts.get("braced", "")}
    parts |= foreign.parts(kind, place.text)
    parts |= {"free": free_label(place.source, place.offset)} if kind == "within" else {}
    parts |= {"words": parts.get("words") or parts.get("dest", ""), "bang": "!" * place.text.startswith("!")}
    if kind == "reference":
        # Code in it may hold brackets of its own.
        words, _, label = place.text.strip("![]").rpartition("][")
        label = match["label"] if match else label
        return _why_undefined(label or parts["words"] or words, parts["words"] or words, place.source)
    if kind == "comment" and "-->" in place.source.prose[place.offset + len("<!--") :]:
        return (
            "within a paragraph a comment ends with it",
            "Write `-->` in the same paragraph, or start the comment on a line of its own.",
        )
    if kind in ("heading", "table", "rows") and (found := _why_line(kind, place)):
        return found
    if kind == "wiki" and place.text.startswith("!"):
        kind = "embedded"
        parts["dest"] = parts["dest"].replace(" ", "%20") if "." in parts["dest"] else "address"
    if kind == "parted" and not _is_opened(place):
        kind = "unopened"
    kind = "barred" if kind == "link" and is_barred(place) else kind
    parts["dest"] = OTHER_END_RE.sub("", parts.get("dest", ""))
    why, fix = REASONS.get("" if parts.get("end") and kind != "barred" else kind, REASONS[""])
    return why.format_map(parts), fix.format_map(parts)


def is_barred(place: Place) -> bool:
    """Return whether a link has a bar in it, which ends its cell of a table."""
    return BARRED_RE.match(place.source.prose, place.offset) is not None


def _is_opened(place: Place) -> bool:
    """Return whether the words of a link begin somewhere before its end."""
    before = place.source.prose[: place.offset]
    return before.rfind("[") > before.rfind("]")


def _why_half(place: Place) -> tuple[str, str] | None:
    """Return why words between marks stayed if there are other marks at their end than at their start."""
    start, end = HALF_RE.match(place.text), HALF_END_RE.search(place.text)
    counts = (len(start.group()) if start else 0, len(end.group()) if end else 0)
    if counts[0] == counts[1]:
        return None
    reason = f"{counts[0]} mark{' opens' if counts[0] == 1 else 's open'} it, and {counts[1]} close{'s' if counts[1] == 1 else ''} it"
    return reason, "Write as many at its end as at its start."


def _why_line(kind: str, place: Place) -> tuple[str, str] | None:
    """Return why a line starts no heading, or rules no table, though it stands where one could."""
    if kind != "heading":
        return _why_unruled(place) if kind == "rows" else _why_no_rule(place)
    if place.text.startswith("#" * 7):
        return "a heading has at most six levels", "Write fewer `#`."
    line = place.source.lines[place.source.position(place.offset).line - 1]
    return ("a heading starts its line", "Remove the space before it.") if line.startswith(" ") else None


def _why_no_rule(place: Place) -> tuple[str, str] | None:
    """Return why a rule makes no table of the row above it."""
    if not place.source.lines[max(place.source.position(place.offset).line - 2, 0)].strip(" \t>"):
        return (
            "the first row of its table is not right above it",
            "Write the names of the columns there, without an empty line between.",
        )
    wanted, given = columns(place)
    if wanted != given:
        reason = f"it rules {given} column{'' if given == 1 else 's'}, and the row above it has {wanted}"
        return reason, f"Write {quoted('| ' + ' | '.join(['---'] * wanted) + ' |')}."
    if wanted == 1 and (number := barless(place)):
        reason = f"a table of one column has a bar on each line, and line {number} has none"
        return reason, "Write an empty line above that, or bars around it."
    return None


def _why_unruled(place: Place) -> tuple[str, str] | None:
    """Return why the second line of a table is no rule, if it was meant to be one."""
    number = place.source.position(place.offset).line
    rule = place.source.lines[number].strip(" \t>") if number < len(place.source.lines) else ""
    odd = next((sign for sign in rule if sign not in "|-: "), "") if NEARLY_RULE_RE.fullmatch(rule) else ""
    if not odd:
        return None
    cells = len(CELL_RE.split(rule.replace("+", "|").strip("|")))
    reason = (
        f"its second line has U+{ord(odd):04X} ({unicodedata.name(odd, 'without a name').lower()}) where hyphens belong"
    )
    return reason, f"Write {quoted('| ' + ' | '.join(['---'] * cells) + ' |')}."


def columns(place: Place) -> tuple[int, int]:
    """Return how many cells the row above a table's rule has, and how many the rule."""
    number = place.source.position(place.offset).line
    rows = (place.source.lines[number - 2] if number > 1 else "", place.source.lines[number - 1])
    above, rule = (len(CELL_RE.split(row.strip(" \t>").strip("|"))) for row in rows)
    return above, rule


def barless(place: Place) -> int:
    """Return the first line below a table's rule, and in its paragraph, that neither begins nor ends with a bar; 0 for none."""
    first = place.source.position(place.offset).line
    for number, line in enumerate(place.source.lines[first:], start=first + 1):
        text = line.strip(" \t>")
        if not text:
            return 0
        if not (text.startswith("|") or text.endswith("|")):
            return number
    return 0


def _why_undefined(label: str, words: str, source: Source) -> tuple[str, str]:
    if label.strip() != label:
        return "a label has no spaces beside it", f"Write `[{words}][{label.strip()}]`."
    label, defined = " ".join(label.split()), _defined(source)
    if line := defined.get(label.casefold()):
        fix = "Write its address as one word, with `%20` for a space, and nothing after it but a title in quotes."
        return f"the definition of {quoted(label)} on line {line} is not read", fix
    meant = did_you_mean(label, defined)
    fix = f"{meant}Add a line `[{label}]: address`, or write `[{words}](address)`."
    return f"no line of this page defines {quoted(label)}", fix


@lru_cache(1)
def _defined(source: Source) -> Mapping[str, int]:
    """Return the line of what looks like the definition of each link."""
    found = LINK_DEFINITION_RE.finditer(source.prose)
    return {match["label"].casefold(): source.position(match.start("label")).line for match in found}


def _why_unread(mark: str, book: Book) -> tuple[str, str]:
    return f"the extension `{EXTENSIONS[mark]}` is off", f"Add it to `markdown_extensions` in {book.project.name}."


def _why_block(place: Place, book: Book) -> tuple[str, str]:
    text, mark = place.text, mark_of(place.text)
    if not is_on(mark, book):
        return _why_unread(mark, book)
    if dotted := DOTTED_RE.match(text):
        fix = f"Turn on the plugin that shows `{dotted['name']}`, such as mkdocstrings."
        return "nothing here reads such blocks", fix
    if RIGHT_RE.fullmatch(text.strip()):
        return _why_there(text)
    if mark in ("!!!", "???", "===") and QUOTES_RE.search(text):
        return foreign.why_alike(text.strip(), wholly=True)
    if mark in LIKE:
        return "a block of this kind is written otherwise", f"Write it as `{LIKE[mark]}`."
    return (
        why_slashes(place.text, place.source.lines[place.source.position(place.offset).line :])
        if mark == "///"
        else _why_fence(place)
    )


def _why_there(text: str) -> tuple[str, str]:
    """Return why a block that is written as one is not read."""
    if APART_RE.match(text.strip()):
        return "one space follows the marks", f"Write {quoted(' '.join(text.split()))}."
    fix = "Indent it by four spaces more than what holds it, such as an item of a list, after an empty line."
    return "no such block is read where it stands", fix


def _why_fence(place: Place) -> tuple[str, str]:
    if any(place.source.position(place.offset).line == fence.first + 1 for fence in place.source.fences):
        if ODD_RE.search(place.text.partition('"')[0]):
            return foreign.why_alike(place.text, wholly=True)
        fix = 'Write one word for the language, and after it only options that are read here, as `title="handler.py"`.'
        return "the first line of this fence is written otherwise", fix
    marks = MARKS_RE.search(place.text)
    opening = marks.group() if marks else ""
    if words := _underlined(place, opening):
        return "it makes no heading of the line above it", f"Write {quoted(f'## {words}')} for both lines."
    if number := _nearly_closed(place, opening):
        reason = f"the marks on line {number} are not as many as those that open this fence"
        return reason, f"Write {quoted(opening)} there."
    return "this fence is never closed", f"Add a line {quoted(opening)} after its last line."


def _underlined(place: Place, opening: str) -> str:
    """Return the words that a line of tildes is to underline, as other programs have it: it is about as long as they are."""
    number = place.source.position(place.offset).line
    above = place.source.lines[number - 2].strip() if number > 1 else ""
    alike = place.text.strip() == opening and opening[:1] == "~" and abs(len(above) - len(opening)) <= SLIP
    return above if alike and above[:1].isalnum() else ""


def _nearly_closed(place: Place, opening: str) -> int:
    """Return the first line below that would close a fence if it had as many marks, 0 if there is none."""
    first = place.source.position(place.offset).line
    for number, line in enumerate(place.source.lines[first:], start=first + 1):
        found = MARKS_RE.fullmatch(line.strip(" \t>"))
        if found and found.group()[0] == opening[:1]:
            return number
    return 0
