r"""What every format is made from: the problems of one check, and the lines they are on.

gather([problem at docs/a.md:3:1], {"docs/a.md": "# A\n\n[Gone](gone.md)\n"}, checked="1 page")
  ->  Report(problems=(...), checked="1 page", excerpts={("docs/a.md", 3): "[Gone](gone.md)"})
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.model import Problem
    from studyguide.waivers import Waived


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check.

    ``problems`` are in file order; ``checked`` and ``not_checked`` are words, such as "13 pages, 400 links" and
    "the anchors of 3 pages"; ``excerpts`` has the text of the line at ``(path, line)``; ``tool`` is the version
    of studyguide.
    """

    problems: tuple[Problem, ...]
    checked: str
    not_checked: tuple[str, ...] = ()
    waived: tuple[Waived, ...] = ()
    excerpts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    tool: str = ""


def gather(
    problems: Iterable[Problem],
    texts: Mapping[str, str],
    *,
    checked: str,
    not_checked: Iterable[str] = (),
    waived: Iterable[Waived] = (),
    tool: str = "",
) -> Report:
    """Return the report of these problems, each once; ``texts`` are the files by the path a problem prints."""
    standing = tuple(sorted(dict.fromkeys(problems)))
    accepted = tuple(sorted(waived, key=lambda pair: pair.problem))
    lines = excerpts_of([*standing, *(pair.problem for pair in accepted)], texts)
    return Report(standing, checked, tuple(not_checked), accepted, lines, tool)


def excerpts_of(problems: Iterable[Problem], texts: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Return the line of each problem whose file is known and has that line."""
    wanted: dict[str, set[int]] = {}
    for problem in problems:
        wanted.setdefault(problem.position.path, set()).add(problem.position.line)
    found = {}
    for path in sorted(wanted.keys() & texts.keys()):
        # Not splitlines(): lines are counted by line feeds alone, as in source.py.
        lines = texts[path].split("\n")
        for number in sorted(wanted[path]):
            if 1 <= number <= len(lines):
                found[path, number] = lines[number - 1].rstrip("\r")
    return found
