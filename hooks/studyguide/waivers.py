"""Waivers: a comment that accepts one finding in the block after it, for a reason and until a day.

    <!-- studyguide: ignore LNK001 until=2027-01-31 reason="The page comes with the next release." -->
    [The lab](lab/index.md)

In YAML files the same words follow a ``#``. A waiver that is not used, has expired or gives no reason is a
finding itself, so that none outlives what it was for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studyguide.codes import RULES
from studyguide.directives.block import HEADER_RE, block_end
from studyguide.model import Position, Problem
from studyguide.text import comments, days
from studyguide.text.source import CODE_SPAN_RE, fence_end, find_fences, is_indented_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from studyguide.text.source import Source

COMMENT_RE = re.compile(
    r"^[ \t>]*(?P<open><!--|#)[ \t]*studyguide:[ \t]*ignore\b(?P<rest>.*?)[ \t]*(?P<close>-->)?[ \t]*$"
)
PART_RE = re.compile(
    r"""[ \t]+(?:(?P<code>[A-Z]{2,3}\d{3})|until=(?P<until>\S+)|reason=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))(?=[ \t]|$)"""
)
# A comment in YAML, on a line of its own or behind a value.
NOTED_RE = re.compile(r"(?:^|\s)(?P<mark>#)(?P<said>.*)$")
# What stands before the text of a line in a quotation, a waiver's own line among them.
QUOTED_RE = re.compile(r"^[ \t>]*>[ \t]?")
SYNTAX = '`<!-- studyguide: ignore CODE until=2027-01-31 reason="..." -->`'
YAML_SYNTAX = '`# studyguide: ignore CODE until=2027-01-31 reason="..."`'


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver as written; it covers the lines ``first`` to ``last`` of its file."""

    code: str
    position: Position
    first: int
    last: int
    until: date
    reason: str

    def covers(self, problem: Problem) -> bool:
        """Return whether this is the finding that is waived."""
        at = problem.position
        return problem.code == self.code and at.path == self.position.path and self.first <= at.line <= self.last


class Waived(NamedTuple):
    """A finding and the waiver that accepts it."""

    problem: Problem
    waiver: Waiver


def read(source: Source) -> tuple[list[Waiver], list[Problem]]:
    """Return the waivers of a page and what is wrong with them; one shown as code is none."""
    if "studyguide:" not in source.text:
        return [], []
    return _all(source.lines, _comments(source.lines), source.path, _block)


def read_yaml(text: str, path: str) -> tuple[list[Waiver], list[Problem]]:
    """Return the waivers of a YAML file and what is wrong with them."""
    lines = text.split("\n")
    read = [index for index, line in enumerate(lines) if _is_comment(line, "#")]
    waivers, problems = _all(lines, read, path, _entry)
    return waivers, [*problems, *(_unread(lines, index, path) for index in _meant(lines) if index not in read)]


def _meant(lines: list[str]) -> Iterator[int]:
    """Yield the index of every line of a YAML file with a comment that is meant as a waiver."""
    for index, line in enumerate(lines):
        found = NOTED_RE.search(line) if "ide" in line.casefold() else None
        words = comments.said(found["said"]) if found else None
        if words is not None and comments.near(words).partition(" ")[0] == "ignore":
            yield index


def _unread(lines: list[str], index: int, path: str) -> Problem:
    found = NOTED_RE.search(lines[index])
    at = Position(path, index + 1, found.start("mark") + 1 if found else 1)
    fix = f"Write {YAML_SYNTAX}, on a line of its own above the entry."
    return Problem(at, "WAV004", "This waiver cannot be read.", fix)


def blank(lines: Iterable[str]) -> list[str]:
    """Return a page's lines without its waivers: they are for the build, not for readers."""
    found = list(lines)
    for index in _comments(found):
        found[index] = ""
    return found


def _comments(lines: list[str]) -> list[int]:
    """Return the index of every line of Markdown that is a waiver and not code."""
    found = [index for index, line in enumerate(lines) if _is_comment(line, "<!--")]
    coded = {index for fence in find_fences(lines, "") for index in range(fence.first, fence.last)} if found else set()
    return [index for index in found if index not in coded and not is_indented_code(lines, index)]


def apply(
    problems: Sequence[Problem], waivers: Sequence[Waiver], *, today: date, unchecked: Collection[str] = ()
) -> tuple[list[Problem], list[Waived]]:
    """Return the problems that stand, with those of the waivers themselves, and the waived ones.

    ``unchecked`` are the families that were not looked at: their waivers may well be needed.
    """
    standing, waived, used = list[Problem](), list[Waived](), set[Waiver]()
    valid = [waiver for waiver in waivers if waiver.until >= today]
    for problem in problems:
        waiver = next((waiver for waiver in valid if waiver.covers(problem)), None)
        if waiver is None:
            standing.append(problem)
        else:
            used.add(waiver)
            waived.append(Waived(problem, waiver))
    standing += [_expired(waiver) for waiver in waivers if waiver.until < today]
    standing += [_unused(w) for w in valid if w not in used and RULES[w.code].family not in unchecked]
    return sorted(standing), waived


def _is_comment(line: str, opening: str) -> bool:
    if "studyguide:" not in line:
        return False
    match = COMMENT_RE.match(CODE_SPAN_RE.sub("", line))
    return match is not None and match["open"] == opening


def _all(lines: list[str], comments: list[int], path: str, extent: object) -> tuple[list[Waiver], list[Problem]]:
    waivers, problems = list[Waiver](), list[Problem]()
    for index in comments:
        line = lines[index]
        at = Position(path, index + 1, len(line) - len(line.lstrip(" \t>")) + 1)
        found = _one(line, at, extent(lines, index))  # type: ignore[operator]
        (waivers if isinstance(found, Waiver) else problems).append(found)  # type: ignore[arg-type]
    return waivers, problems


def _one(line: str, at: Position, extent: tuple[int, int]) -> Waiver | Problem:
    match = COMMENT_RE.match(line)
    rest = match["rest"] if match else ""
    parts = list(PART_RE.finditer(rest))
    code = next((part["code"] for part in parts if part["code"]), "")
    if PART_RE.sub("", rest).strip() or not code or (match and match["open"] == "<!--" and not match["close"]):
        return Problem(at, "WAV004", "This waiver cannot be read.", f"Write {SYNTAX}, on a line of its own.")
    if code not in RULES:
        return Problem(at, "WAV004", f"There is no code `{code}` to waive.", "Copy the code from the finding.")
    reason = next((part["double"] or part["single"] or "" for part in parts if part["double"] or part["single"]), "")
    until = days.read(next((part["until"] for part in parts if part["until"]), ""))
    if not reason.strip() or until is None:
        lacks = " and ".join(
            word for word, bad in (("no reason", not reason.strip()), ("no end", until is None)) if bad
        )
        fix = 'Add `until=` and a day such as 2027-01-31, and `reason="..."`.'
        return Problem(at, "WAV003", f"This waiver of {code} has {lacks}, so it waives nothing.", fix)
    return Waiver(code, at, *extent, until, reason.strip())


def _block(lines: list[str], index: int) -> tuple[int, int]:
    """Return the first and last line of the block after a comment: a directive, a fence or a paragraph."""
    if lines[index].lstrip().startswith(">"):
        lines = [QUOTED_RE.sub("", line) for line in lines]
    first = next(
        (i for i in range(index + 1, len(lines)) if lines[i].strip() and not _is_comment(lines[i], "<!--")), index
    )
    opening = HEADER_RE.match(lines[first])
    end = fence_end(lines, first) or (block_end(lines, first, opening) if opening else None)
    if end is None:
        end = next((i - 1 for i in range(first, len(lines)) if not lines[i].strip()), len(lines) - 1)
    return first + 1, max(end, first) + 1


def _entry(lines: list[str], index: int) -> tuple[int, int]:
    """Return the first and last line of the YAML entry after a comment: deeper lines belong to it."""
    first = next(
        (i for i in range(index + 1, len(lines)) if lines[i].strip() and not lines[i].lstrip().startswith("#")), index
    )
    depth = len(lines[first]) - len(lines[first].lstrip())
    end = next(
        (
            i - 1
            for i in range(first + 1, len(lines))
            if lines[i].strip() and len(lines[i]) - len(lines[i].lstrip()) <= depth
        ),
        len(lines) - 1,
    )
    return first + 1, max(end, first) + 1


def _expired(waiver: Waiver) -> Problem:
    fix = "Mend what it waives, or give it another day and say why."
    return Problem(waiver.position, "WAV002", f"This waiver of {waiver.code} ended on {waiver.until}.", fix)


def _unused(waiver: Waiver) -> Problem:
    message = f"Nothing in the next block has {waiver.code}, so this waiver waives nothing."
    return Problem(waiver.position, "WAV001", message, "Remove it.")
