"""What reading a stretch of a page gives: the Markdown to render, what it defines, what is wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.model import Checkpoint, Figure, Position, Problem, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Part:
    """Rewritten ``lines`` and everything found while rewriting them."""

    lines: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    references: tuple[tuple[str, Position], ...] = ()
    problems: tuple[Problem, ...] = ()

    def with_lines(self, lines: Iterable[str]) -> Part:
        """Return the same findings with other lines."""
        return Part(tuple(lines), self.targets, self.figures, self.checkpoints, self.references, self.problems)


def join(*parts: Part) -> Part:
    """Return the parts one after the other."""
    return Part(
        tuple(line for part in parts for line in part.lines),
        tuple(item for part in parts for item in part.targets),
        tuple(item for part in parts for item in part.figures),
        tuple(item for part in parts for item in part.checkpoints),
        tuple(item for part in parts for item in part.references),
        tuple(item for part in parts for item in part.problems),
    )


def element(tag: str, lines: Iterable[str], *, markdown: str = "block", **attributes: str) -> list[str]:
    """Return an HTML element around Markdown lines, as a ``pymdownx.blocks.html`` block.

    A block needs more slashes than the blocks it holds. ``class_`` stands for ``class``.
    """
    body = list(lines)
    marks = [line.lstrip() for line in body if "///" in line]
    inner = [len(text) - len(text.lstrip("/")) for text in marks if text.startswith("///")]
    slashes = "/" * (max([2, *inner]) + 1)
    named = {name.rstrip("_"): value for name, value in attributes.items() if value}
    return [
        f"{slashes} html | {tag}",
        f"    markdown: {markdown}",
        f"    attrs: {_yaml(named)}",
        "",
        *body,
        "",
        slashes,
        "",
    ]


def _yaml(mapping: Mapping[str, str]) -> str:
    return json.dumps(dict(mapping), ensure_ascii=False)


def id_taken(key: str, second: Position, first: Position) -> Problem:
    """Return the problem of an id that is defined again."""
    return Problem(
        second, "ID001", f"The id `{key}` is taken, by {first}.", "Ids are unique in the guide: give this one another."
    )
