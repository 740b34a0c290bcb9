"""A checkpoint as written -> what is wrong with it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.block import HEADER_RE, block_end
from studyguide.directives.checkpoint.items import ITEM_RES, REASON_RE, joined, separator
from studyguide.directives.checkpoint.kinds import KINDS
from studyguide.directives.checkpoint.number import amount, around
from studyguide.kinds import a
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.text.source import CODE_INDENT, find_fences, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.directives.block import Block
    from studyguide.directives.checkpoint.items import Item
    from studyguide.directives.checkpoint.kinds import Form
    from studyguide.directives.given import Line

# An item of whatever kind.
OTHER_RE = re.compile(r"^(?:[-*+]|\d+[.)])[ \t]+\S")
# What begins with a box, and not as an option does.
NEARLY_RE = re.compile(r"^(?P<indent>[ \t]*)(?P<begins>(?:[-*+]|\d+[.)])[ \t]*\[[ \t]*[xX]?[ \t]*\]\w*)(?=[ \t]|$)")
HEADING_RE = re.compile(r"^#{1,6}[ \t]")
# Two can only be right or swapped.
FEWEST = 3


class _Words(NamedTuple):
    """What an item is called, how it is written, and what its reason says."""

    item: str
    written: str
    reason: str


WORDS: dict[Form, _Words] = {
    "choose": _Words("option", "Write each as `- [ ] text`, the right one as `- [x] text`.", "it is right or wrong"),
    "fill": _Words("answer", "Write each as `- [x] text`, a known wrong one as `- [ ] text`.", "it is right or wrong"),
    "number": _Words(
        "answer", "Write each as `- [x] 900 seconds`, a known wrong one as `- [ ] 30`.", "it is right or wrong"
    ),
    "fault": _Words("place", "Write each as `- [ ] 3`, the faulty one as `- [x] 5`.", "the fault is there or not"),
    "order": _Words("step", "Write each as `1. text`, in the right order.", "it comes here"),
    "match": _Words("pair", "Write each as `- left :: right`.", "they belong together"),
}
# Options that not every kind has.
ONLY: dict[str, tuple[tuple[Form, ...], str]] = {
    "tolerance": (("number",), "`kind: number`"),
    "shuffle": (("choose",), "questions with options"),
}


def faults(block: Block, form: Form, items: list[Item], blanks: int) -> Iterator[Problem]:
    """Yield what is wrong with a checkpoint; ``blanks`` is how many its question has."""
    words, kind = WORDS[form], block.text("kind")
    if not block.title:
        fix = "Write the question after a bar: `/// checkpoint | Why ...?`."
        yield Problem(block.position, "CPT005", "This checkpoint asks nothing.", fix)
    known = not kind or kind in KINDS  # else nobody can say how many items it needs
    if known and form not in ("order", "match"):
        yield from _unanswered(block, words, items)
        if form in ("choose", "fault") and items and all(item.right for item in items):
            message = "Every option of this checkpoint is marked as right, so there is nothing to choose."
            yield Problem(block.position, "CPT013", message, "Add an option that is wrong, with the reason why.")
    elif known:
        yield from _few(block, words, items)
    if kind == "fill" or (kind == "number" and blanks):
        yield from _blanks(block, blanks)
    if kind == "match":
        yield from _no_pairs(block, items)
    if kind == "number":
        yield from _numbers(block, items)
    yield from _of_another_kind(block, form)
    yield from _alike(block, form, items)
    yield from _silent(block, form, items)
    yield from _mixed(block, form, items)
    yield from _behind(block, words, items)
    yield from _headings(block, items)


def _silent(block: Block, form: Form, items: list[Item]) -> Iterator[Problem]:
    """Yield the items that lack their text or their reason; a number, a place and a pair without text are none."""
    words = WORDS[form]
    for item in items:
        if form in ("choose", "fill", "order") and not joined(item.text):
            fix = "Write its text behind its mark, or remove it."
            yield Problem(block.place(item.first), "CPT019", f"This {words.item} says nothing.", fix)
        if not joined(item.reason):
            fix = f"Add a line `    > Why {words.reason}.` under it."
            yield Problem(block.place(item.first), "CPT003", f"This {words.item} has no reason.", fix)


def _unanswered(block: Block, words: _Words, items: list[Item]) -> Iterator[Problem]:
    if not items:
        yield _no_items(block, words)
    elif not any(item.right for item in items):
        message = f"No {words.item} of this checkpoint is marked as right."
        yield Problem(block.position, "CPT002", message, "Mark it with `- [x]`.")


def _no_items(block: Block, words: _Words) -> Problem:
    """Return the problem of a checkpoint without items, at the first line that was meant to be one."""
    found = ((line, match) for line in _own_lines(block) if (match := NEARLY_RE.match(line.text)))
    line, match = next(found, (None, None))
    if line is None or match is None:
        return Problem(block.position, "CPT001", f"This checkpoint has no {words.item}s.", words.written)
    count = len(match["indent"])
    begins = f"{count} space{'' if count == 1 else 's'}" if count else quoted(match["begins"])
    message = f"This checkpoint has no {words.item}s: each begins with `- [ ]` and a space at the left edge, and this line with {begins}."
    return Problem(block.place(line), "CPT001", message, words.written)


def _few(block: Block, words: _Words, items: list[Item]) -> Iterator[Problem]:
    if len(items) < FEWEST:
        found = f"{len(items)} {words.item}{'' if len(items) == 1 else 's'}"
        message = f"This checkpoint has {found}, and needs at least {FEWEST}."
        yield Problem(block.position, "CPT009", message, words.written)
    for item in items:
        if item.marked:
            message = f"This {words.item} has a mark, but a question of this kind has no wrong ones."
            yield Problem(block.place(item.first), "CPT010", message, words.written)


def _blanks(block: Block, blanks: int) -> Iterator[Problem]:
    if not blanks:
        fix = "Write `___` where the answer belongs, between spaces and outside code."
        yield Problem(block.position, "CPT008", "This question has no blank to fill in.", fix)
    elif blanks > 1:
        fix = "Ask for one thing: keep one `___`."
        yield Problem(block.position, "CPT008", f"This question has {blanks} blanks, and every answer is for one.", fix)


def _no_pairs(block: Block, items: list[Item]) -> Iterator[Problem]:
    for item in items:
        if not joined(item.text) or not joined(item.match) or any(separator(line.text) for line in item.match):
            fix = "Write it as `- left :: right`, with one `::` between spaces."
            yield Problem(block.place(item.first), "CPT011", "This item is not a pair.", fix)


def _numbers(block: Block, items: list[Item]) -> Iterator[Problem]:
    found = [(item, amount(plain(joined(item.text)))) for item in items]
    for item, known in found:
        if known is None:
            fix = "Write digits first, and the unit behind them if there is one, such as `- [x] 900 seconds`."
            yield Problem(block.place(item.text[0]), "CPT015", "This answer is not a number.", fix)
    rights = [known.value for item, known in found if item.right and known]
    for item, known in found:
        near = [
            right for right in rights if known and abs(known.value - right) <= around(right, block.values["tolerance"])
        ]
        if not item.right and near:
            message = "This answer is marked as wrong, and the tolerance of a right one takes it in."
            yield Problem(
                block.place(item.text[0]), "CPT016", message, "Make `tolerance:` smaller, or remove the answer."
            )


def _of_another_kind(block: Block, form: Form) -> Iterator[Problem]:
    for name, (forms, whose) in ONLY.items():
        if name in block.options and form not in forms:
            message = f"`{name}` is of no use in a question of this kind."
            yield Problem(block.options[name].position, "CPT014", message, f"Remove it: it belongs to {whose}.")


def _alike(block: Block, form: Form, items: list[Item]) -> Iterator[Problem]:
    sides: dict[Form, list[tuple[str, list[list[Line]]]]] = {
        "choose": [("option", [item.text for item in items])],
        "fill": [("answer", [item.text for item in items])],
        "number": [("answer", [item.text for item in items])],
        "fault": [("place", [item.text for item in items])],
        "order": [("step", [item.text for item in items])],
        "match": [("left side", [item.text for item in items]), ("right side", [item.match for item in items])],
    }
    for name, texts in sides.get(form, []):
        seen: dict[str, Line] = {}
        for lines in texts:
            words = plain(joined(lines).replace("\n", " "))
            # Of names that an author puts side by side, capitals may be the point.
            words = words if form == "choose" else words.casefold()
            if words in seen:
                message = f"This {name} is the same as that at {block.place(seen[words])}."
                yield Problem(block.place(lines[0]), "CPT012", message, "Nobody could tell them apart: reword one.")
            elif words:
                seen[words] = lines[0]


def _mixed(block: Block, form: Form, items: list[Item]) -> Iterator[Problem]:
    """Yield what has a reason as an item has, and is none: it is written as those of another kind, or comes too late."""
    item, late = (
        WORDS[form].item,
        "Indent the text that stands above it and ended them, or move that below all of them.",
    )
    read = {item.first.number for item in items}
    for line, after in pairwise(_own_lines(block)) if items else ():
        # Further in it is a list of the option above it.
        inner = line.text.expandtabs(CODE_INDENT).startswith(" " * CODE_INDENT)
        other = OTHER_RE.match(line.text) or (NEARLY_RE.match(line.text) and not inner)
        if line.number not in read and other and REASON_RE.match(after.text):
            message = f"This item has a reason, and is not read as {a(item)} of this question."
            fix = late if ITEM_RES[form].match(line.text) else WORDS[form].written
            yield Problem(block.place(line), "CPT020", message, fix)


def _own_lines(block: Block) -> list[Line]:
    """Return the lines of a checkpoint outside of code; nor is a question in the explanation a part of this one."""
    texts = [line.text for line in block.body]
    fences = [(fence.first, fence.last) for fence in find_fences(texts, block.position.path)]
    apart = {index for first, last in (*fences, *_blocks(texts)) for index in range(first, last + 1)}
    return [line for index, line in enumerate(block.body) if line.text.strip() and index not in apart]


def _blocks(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each block within these lines."""
    openings = ((index, HEADER_RE.match(text)) for index, text in enumerate(texts) if "///" in text)
    ends = ((index, block_end(texts, index, opening)) for index, opening in openings if opening)
    yield from ((first, last) for first, last in ends if last is not None)


def _behind(block: Block, words: _Words, items: list[Item]) -> Iterator[Problem]:
    """Yield what is indented as an item's text, in a paragraph of its own behind the item's reason."""
    reasons = {line.number for item in items for line in item.reason}
    for before, line in pairwise(block.body):
        behind = line.number in reasons and line.text.strip() and not REASON_RE.match(line.text)
        if behind and not before.text.strip():
            message = f"This text stands behind the reason of its {words.item}, and is read as a part of the reason."
            fix = "Begin its lines with `    > `, or move it above the reason."
            yield Problem(block.place(line), "CPT021", message, fix)


def _headings(block: Block, items: list[Item]) -> Iterator[Problem]:
    starts = [line for item in items for line in (item.text[:1] + item.match[:1])]
    inside = {line.number for line in starts}
    rest = [line for line in block.body if line.number not in inside]
    for line in sorted([*starts, *rest], key=lambda line: line.number):
        if HEADING_RE.match(REASON_RE.sub(r"\g<text>", line.text).lstrip()):
            message = "A heading in a checkpoint would show in the table of contents."
            yield Problem(block.place(line), "CPT004", message, "Use bold text instead.")
