"""What a checker printed -> its findings, and how they compare with the links that were planted.

    WARNING -  Doc file 'part-00/a.md' contains a link 'gone-000.md', but the target ...
    ->  Finding("part-00/a.md", 0, "gone-000")

A line of 0 says that the checker names none.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from book import BROKEN, RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from book import Planted

WORD_RE = re.compile(r"(?P<kind>gone|right)-(?:é-|%C3%A9-)?(?P<number>\d{3})", re.IGNORECASE)
COLOUR_RE = re.compile(r"\x1b\[[\d;]*m")
MKDOCS_RE = re.compile(r"^WARNING -  Doc file '(?P<path>[^']+)' .*$", re.MULTILINE)
HTMLPROOFER_RE = re.compile(
    r"^(?:WARNING|ERROR  ) -  htmlproofer: invalid url - .* \[(?P<path>[^\]]+)\]$", re.MULTILINE
)
ZENSICAL_RE = re.compile(r"^\s*╭─\[ (?P<path>[^\]:]+):(?P<line>\d+):\d+ \]$", re.MULTILINE)


class Finding(NamedTuple):
    """A complaint: the page, the line (0 if the checker names none), and the planted word in it ("" if none is)."""

    path: str
    line: int
    word: str


class Score(NamedTuple):
    """What a checker said of the planted links: how often what it should have said, and how often what it should not."""

    found: int
    at_line: int
    false: int
    other: int
    kinds: dict[str, int]


def score(findings: list[Finding], planted: list[Planted]) -> Score:
    """Compare what was said with what was planted; each kind counts the places of it that were complained about."""
    said: dict[str, list[Finding]] = {}
    for finding in findings:
        said.setdefault(finding.word, []).append(finding)
    kinds = dict.fromkeys((*BROKEN, *RIGHT), 0)
    at_line = 0
    for link in planted:
        here = [finding for finding in said.get(link.word, []) if finding.path == link.path]
        kinds[link.kind] += min(len(here), link.places)
        at_line += min(len({finding.line for finding in here} & set(link.lines)), link.places) if link.broken else 0
    return Score(
        found=sum(kinds[kind] for kind in BROKEN),
        at_line=at_line,
        false=sum(kinds[kind] for kind in RIGHT),
        other=len(said.get("", [])),
        kinds=kinds,
    )


def ours(output: str) -> list[Finding]:
    """Return the problems in ``studyguide check --format json``."""
    return [
        Finding(
            problem["path"].removeprefix("docs/"), problem["line"], _word(f"{problem['message']} {problem['excerpt']}")
        )
        for problem in json.loads(output)["problems"]
        if problem["severity"] != "hint"
    ]


def mkdocs(output: str) -> list[Finding]:
    """Return the warnings of MkDocs' own check."""
    return list(_lines(MKDOCS_RE, output))


def htmlproofer(output: str) -> list[Finding]:
    """Return the warnings of the plugin, without those that MkDocs gives as well."""
    return list(_lines(HTMLPROOFER_RE, output))


def zensical(output: str) -> list[Finding]:
    """Return the warnings of Zensical, whose place is followed by the line that was written."""
    plain = COLOUR_RE.sub("", output)
    places = list(ZENSICAL_RE.finditer(plain))
    ends = [place.start() for place in places[1:]] + [len(plain)]
    return [
        Finding(place["path"], int(place["line"]), _word(plain[place.end() : end]))
        for place, end in zip(places, ends, strict=True)
    ]


def _lines(pattern: re.Pattern[str], output: str) -> Iterator[Finding]:
    for match in pattern.finditer(output):
        yield Finding(match["path"], 0, _word(match[0]))


def _word(text: str) -> str:
    match = WORD_RE.search(text)
    return f"{match['kind'].lower()}-{match['number']}" if match else ""


READERS: dict[str, Callable[[str], list[Finding]]] = {
    "studyguide": ours,
    "htmlproofer": htmlproofer,
    "Zensical": zensical,
    "MkDocs": mkdocs,
}
