"""A file's source -> its lines with a mark wherever the parser's word is wanted on what something is.

Marked are the first and last lines of directives and what looks like them, the items and headings of a checkpoint, the
first lines of drawings and of code with notes, references, citations, and comments that ask for something. Each mark stands where it changes nothing
that the parser reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.names import ENGINES, KNOWN_ELSEWHERE
from studyguide.kinds import DIRECTIVES
from studyguide.text import comments
from studyguide.text.marks import FENCE_OPTION, NOTES_OPTION, RESERVED_RE, Mark
from studyguide.text.source import FENCE_RE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studyguide.text.changed import Origin
    from studyguide.text.marks import Kind
    from studyguide.text.source import Source

# What nobody sees in front of a word: white space of other kinds, and characters without width.
UNSEEN = "\x0b\x0c\x85\xa0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff"
# A line that may be meant as the first of a directive: behind the marks of whatever may hold it, with a bar or without.
LOOSE_RE = re.compile(
    rf"^(?P<lead>[ \t>{UNSEEN}]*(?:(?:[-*+|]|\#{{1,6}}|\d+[.)]|:|\[\^[^\]\n]+\]:)[ \t]+)*[{UNSEEN}]*)(?P<slashes>/{{2,}})[ \t{UNSEEN}]*"
    rf"(?P<name>[A-Za-z][\w-]*)(?P<rest>[ \t{UNSEEN}].*|\|.*)?$"
)
END_RE = re.compile(r"^[ \t>]*(?P<slashes>/{3,})[ \t]*$")
ITEM_RE = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]+(?=\S)")
# Where the options end of a fence that has notes.
NOTED_RE = re.compile(r"(?<=\.sg-annotated)(?=[ }])")
# One file in quotes, wherever it stands.
INCLUSION_RE = re.compile(r"^[^`;]*?-+8<-+[ \t]+(?P<quote>[\"'])(?P<name>(?:(?!(?P=quote)).)+)(?P=quote)")


class _Edit(NamedTuple):
    """Text to be put between two offsets."""

    start: int
    end: int
    text: str


def marked(source: Source, file: int, *, whole: bool = False, origins: Sequence[Origin] = ()) -> list[str]:
    """Return the lines of a source, marked, those of its body if not ``whole``; marks carry the number of its ``file``.

    ``origins`` says where its lines were written, if not where they are.
    """
    parts, at = list[str](), 0 if whole else source.body_start
    for edit in sorted(set(_Marker(source, file, origins).edits())):
        if edit.start >= at:
            parts += [_clean(source.text[at : edit.start]), edit.text]
            at = edit.end
    return "".join([*parts, _clean(source.text[at:])]).split("\n")


def _clean(text: str) -> str:
    """Return a text in which nothing can be taken for a mark: what could is no character, and a problem."""
    return RESERVED_RE.sub("\ufffd", text)


def looks_meant(found: re.Match[str]) -> bool:
    """Return whether a line that could be the first of a directive of ours is meant as one."""
    name, few = found["name"].lower(), len(found["slashes"]) < 3  # noqa: PLR2004 - a directive's slashes
    rest = (found["rest"] or "").strip()
    if name in KNOWN_ELSEWHERE:
        return False
    if few:
        return name in DIRECTIVES and rest.startswith("|")
    return name in DIRECTIVES or not rest or rest.startswith("|")


class _Marker:
    """Finds where the marks of a source belong."""

    def __init__(self, source: Source, file: int, origins: Sequence[Origin]) -> None:
        self._source, self._file, self._origins = source, file, origins
        self._coded = {index: fence for fence in source.fences for index in range(fence.first, fence.last + 1)}

    def edits(self) -> Iterator[_Edit]:
        """Yield every mark, as the change that puts it in."""
        body = range(self._source.body_line - 1, len(self._source.lines))
        yield from self._fences(body)
        yield from self._lines(body)
        yield from self._inclusions(body)
        yield from self._inline()

    def _mark(self, kind: Kind, index: int, at: int, column: int) -> _Edit:
        """Return the mark of a line, put into it at an offset, for what begins at another."""
        offset = self._source.offset(index + 1) + at
        return _Edit(offset, offset, self._place(kind, index + 1, column + 1))

    def _place(self, kind: Kind, line: int, column: int) -> str:
        """Return the mark of a place, which is that where it was written."""
        if self._origins:
            line, same = self._origins[line - 1]
            column = column if same else 1
        return str(Mark(kind, self._file, line, column))

    def _fences(self, body: range) -> Iterator[_Edit]:
        """Yield the first lines of drawings anew, so that their marks are options; put marks into those with notes."""
        for index in body:
            line, around = self._source.lines[index], self._coded.get(index)
            fence = FENCE_RE.match(line) if "`" in line or "~" in line else None
            if fence is None or (around is not None and around.first != index):
                continue
            mark = self._place("fence", index + 1, fence.start("marks") + 1)
            start = self._source.offset(index + 1)
            language = fence["info"].strip("{}. \t").partition(" ")[0]
            if language in ENGINES:
                text = language + FENCE_OPTION.format(mark)
                yield _Edit(start + fence.end("marks"), start + len(line), text)
            elif noted := NOTED_RE.search(line):
                yield _Edit(start + noted.start(), start + noted.start(), NOTES_OPTION.format(mark))

    def _lines(self, body: range) -> Iterator[_Edit]:
        """Yield the marks of directives, and of the items and headings of checkpoints."""
        asked = ""  # the slashes of the checkpoint around
        for index in body:
            line = self._source.lines[index]
            if index in self._coded or not line.strip():
                continue
            slashes = "//" in line
            if slashes and (found := LOOSE_RE.match(line)) and looks_meant(found):
                yield self._mark("directive", index, len(line.rstrip()), found.start("slashes"))
                asked = found["slashes"] if found["name"] == "checkpoint" else asked
            elif slashes and (end := END_RE.match(line)):
                yield self._mark("end", index, len(line.rstrip()), end.start("slashes"))
                asked = "" if end["slashes"] == asked else asked
            elif asked and (item := ITEM_RE.match(line)):
                yield self._mark("line", index, item.end(), item.end())

    def _inclusions(self, body: range) -> Iterator[_Edit]:
        """Yield the marks of files that are included, and of those in what only looks so."""
        if "8<" not in self._source.text:
            return
        read = {at.line - 1: (name, at.column - 1) for name, at in self._source.snippets}
        for index in body:
            if index in read:
                name, start = read[index]
                yield self._mark("snippet", index, start + len(name), start)
            elif (found := INCLUSION_RE.search(self._source.lines[index])) and index not in self._coded:
                yield self._mark("snippet", index, found.end("name"), found.start("name"))

    def _inline(self) -> Iterator[_Edit]:
        """Yield the marks of references, citations and comments."""
        source = self._source
        for link in source.links:
            if link.start and link.text is not None and link.dest.startswith("#"):
                offset = source.offset(link.start.line) + link.start.column - 1 + len(link.dest)
                yield _Edit(offset, offset, self._place("reference", link.position.line, link.position.column))
        for key, at in source.citations:
            yield self._mark("citation", at.line - 1, at.column + len(key), at.column - 1)
        for found in comments.COMMENT_RE.finditer(source.marked_up) if "<!--" in source.text else ():
            if comments.said(found["said"]) is not None:
                # In a line of its own, which says where it is.
                offset = found.start("said") + len(found["said"].partition("\n")[0])
                at = source.position(found.start())
                yield _Edit(offset, offset, self._place("comment", at.line, at.column))
