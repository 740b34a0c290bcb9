"""Problems whose mending is certain -> the files mended: what an edit says is changed, and not a character more.

    docs/a.md:3:8  `#routes-ou` becomes `#routes-out`
        See [out](#routes-ou).   ->   See [out](#routes-out).

Texts are a file's very characters: its byte order mark, its line ends and what follows the last of them stay.
"""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studyguide.model import Edit

# What ends a line where files are read for checking: nothing else that Python calls a line end does.
LINE_END_RE = re.compile(r"\r\n|\r|\n")
NO_NEWLINE = "\\ No newline at end of file\n"


class Applied(NamedTuple):
    """The files with the edits made, the problems that mends, and those whose edit does not fit its place or another."""

    texts: Mapping[str, str]
    mended: tuple[Problem, ...]
    skipped: tuple[Problem, ...]


class _Span(NamedTuple):
    start: int
    end: int
    new: str


def apply(problems: Iterable[Problem], texts: Mapping[str, str]) -> Applied:
    """Make the edit of every problem that has one; of those that contradict each other, none is certain."""
    starts = {path: _line_starts(text) for path, text in texts.items()}
    placed = list[tuple[Problem, str, _Span | None]]()
    for problem in problems:
        if problem.edit:
            path = problem.edit.position.path
            span = _span(problem.edit, texts[path], starts[path]) if path in texts else None
            placed.append((problem, path, span))
    spans: dict[str, set[_Span]] = {}
    for _, path, span in placed:
        if span:
            spans.setdefault(path, set()).add(span)
    agreed = {path: _agreed(found) for path, found in spans.items()}
    mended = tuple(problem for problem, path, span in placed if span and span in agreed[path])
    skipped = tuple(problem for problem, path, span in placed if not (span and span in agreed[path]))
    return Applied({path: _replaced(text, agreed.get(path, [])) for path, text in texts.items()}, mended, skipped)


def _agreed(spans: set[_Span]) -> list[_Span]:
    """Return the spans that no other overlaps."""
    return [one for one in spans if not any(_overlap(one, other) for other in spans if other != one)]


def _line_starts(text: str) -> list[int]:
    """Return where each line starts; columns do not count the byte order mark."""
    return [len(text) - len(text.removeprefix("\ufeff")), *(match.end() for match in LINE_END_RE.finditer(text))]


def _span(edit: Edit, text: str, starts: list[int]) -> _Span | None:
    """Return the characters an edit replaces, None if they are not what it expects."""
    line, column = edit.position.line, edit.position.column
    if not (1 <= line <= len(starts) and column >= 1) or LINE_END_RE.search(edit.old + edit.new):
        return None
    start = starts[line - 1] + column - 1
    end = start + len(edit.old)
    ending = LINE_END_RE.search(text, starts[line - 1])
    fits = end <= (ending.start() if ending else len(text)) and text[start:end] == edit.old
    return _Span(start, end, edit.new) if fits else None


def _overlap(one: _Span, other: _Span) -> bool:
    return one.start == other.start or max(one.start, other.start) < min(one.end, other.end)


def _replaced(text: str, spans: Iterable[_Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + span.new + text[span.end :]
    return text


def diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return what changed as a unified diff that ``git apply`` takes; a file that was not there is a new one."""
    return "".join(
        line
        for path in sorted(after)
        if before.get(path) != after[path]
        for line in _file_diff(path, before.get(path), after[path])
    )


def _file_diff(path: str, old: str | None, new: str) -> Iterator[str]:
    tab = "\t" if " " in path else ""
    names = ("/dev/null" if old is None else f"a/{path}{tab}", f"b/{path}{tab}")
    for line in unified_diff(_lines(old or ""), _lines(new), *names):
        yield line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}"


def _lines(text: str) -> list[str]:
    """Return the lines with their ends, as ``diff`` counts them: a carriage return is part of a line."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)
