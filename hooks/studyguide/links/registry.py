"""Every target of the guide, in reading order: what it is called, which number it has, where it lives."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.directives.part import id_taken
from studyguide.model import Problem
from studyguide.text.source import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.model import Target


EMPTY_REFERENCE_RE = re.compile(r"\[\]\([^()#]*#(?P<id>[^()\s]+)\)")


class Registry:
    """The targets of one build. Add them in reading order: numbers follow it."""

    def __init__(self) -> None:
        self._targets: dict[str, tuple[str, Target]] = {}
        self._counts: dict[str, int] = defaultdict(int)
        self._names: dict[str, Target] = {}
        self.problems: list[Problem] = []

    def add(self, target: Target, page: str) -> None:
        """Add and number a target of the page at ``page``; an id that is taken is a problem, and stays the first's."""
        if target.id in self._targets:
            if self._targets[target.id][1].position == target.position:
                return  # the same source, built once more, or what two pages include: a problem of its own
            self.problems.append(id_taken(target.id, target.position, self._targets[target.id][1].position))
            return
        if target.kind == "term" and target.title:
            self._name(target)
        self._counts[target.kind] += 1
        self._targets[target.id] = (page, replace(target, number=self._counts[target.kind]))

    def _name(self, term: Target) -> None:
        """Keep a term's name; a second definition is a problem, whatever its id: readers look words up by name."""
        first = self._names.setdefault(" ".join(plain(term.title).casefold().split()), term)
        if first is not term:
            message = f"The term `{term.title}` is defined already, at {first.position}."
            fix = "Keep one definition, or give this term a name of its own."
            self.problems.append(Problem(term.position, "TRM005", message, fix))

    def get(self, key: str) -> Target | None:
        """Return the target with this id."""
        return self._targets[key][1] if key in self._targets else None

    def page(self, key: str) -> str:
        """Return the path of the page the target is on."""
        return self._targets[key][0]

    def spell(self, text: str) -> str:
        """Return plain words with every ``[](#id)`` in them replaced by what that reference says."""
        if "[](" not in text:
            return text
        return EMPTY_REFERENCE_RE.sub(
            lambda match: target.label if (target := self.get(match["id"])) else match["id"], text
        )

    def __iter__(self) -> Iterator[Target]:
        """Yield every target, in reading order."""
        return (target for _, target in self._targets.values())

    def ids(self) -> Iterable[str]:
        """Return every id, in reading order."""
        return self._targets.keys()
