"""Markdown with our directives -> Markdown that any MkDocs site renders, and what was found in it.

    read(source).lines     the page to render, one string a line
    read(source).targets   its figures, checkpoints, terms and objectives

A directive is a module with ``NAME``, ``PREFIX`` of its ids, ``OPTIONS`` it knows and
``read(block, key, inner)``; a new one is a file and a name in ``KINDS``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.directives import checkpoint, figure, objective, term
from studyguide.directives.block import Block, Line, block_end, header, parse_block
from studyguide.directives.part import Part, id_taken, join
from studyguide.model import Position, Problem
from studyguide.near import did_you_mean
from studyguide.text.source import FENCE_RE, fence_end, is_indented_code

if TYPE_CHECKING:
    import re
    from types import ModuleType

    from studyguide.text.source import Source

KINDS: dict[str, ModuleType] = {module.NAME: module for module in (figure, checkpoint, term, objective)}
# Blocks that pymdownx.blocks renders itself, where a site enables them.
KNOWN_ELSEWHERE = frozenset(
    [
        "admonition",
        "attention",
        "caption",
        "caution",
        "danger",
        "define",
        "details",
        "error",
        "figure-caption",
        "hint",
        "html",
        "note",
        "tab",
        "table-caption",
        "tip",
        "warning",
    ]
)


def read(source: Source) -> Part:
    """Return the page's body with every directive rewritten, and everything found in it."""
    first = source.body_line
    lines = [Line(text, number) for number, text in enumerate(source.lines[first - 1 :], start=first)]
    return _Reader(source.path).rewrite(lines)


@dataclass
class _Reader:
    """Rewrites one page; remembers which ids it has seen there."""

    path: str
    taken: dict[str, Position] = field(default_factory=dict)

    def rewrite(self, lines: list[Line]) -> Part:
        """Return ``lines`` with the directives among them rewritten."""
        texts = [line.text for line in lines]
        parts, index = [], 0
        while index < len(lines):
            part, index = self._next(lines, texts, index)
            parts.append(part)
        return join(*parts)

    def _next(self, lines: list[Line], texts: list[str], index: int) -> tuple[Part, int]:
        """Return the part that starts at ``index``, and the index after it."""
        fence = fence_end(texts, index)
        if fence is not None:
            return self._fence(lines[index : fence + 1]), fence + 1
        opening = header(lines[index])
        if opening is None or is_indented_code(texts, index):
            return self._text(lines[index]), index + 1
        if opening["name"] not in KINDS:
            return self._foreign(lines[index], opening), index + 1
        end = block_end(texts, index, opening)
        if end is None:
            return self._unclosed(lines[index], opening), index + 1
        return self._directive(parse_block(lines, index, end, opening, self.path), opening["indent"]), end + 1

    def _directive(self, block: Block, indent: str) -> Part:
        kind = KINDS[block.name]
        key, problems = _key(block, kind)
        if key in self.taken:
            # A name of its own, so that this one is still drawn and no browser sees an id twice.
            problems.append(id_taken(key, block.at("id"), self.taken[key]))
            key = f"{key}-line-{block.position.line}"
        self.taken[key] = block.at("id")
        part = kind.read(block, key, self.rewrite)
        problems = [*(block.problems or problems), *_unknown_options(block, kind)]
        lines = [f"{indent}{line}" if line else line for line in part.lines]
        return join(Part(lines=("",)), part.with_lines(lines), Part(problems=tuple(problems)))

    def _fence(self, lines: list[Line]) -> Part:
        """Return a fence as it is; a drawing outside a figure is drawn too, and reported."""
        texts = [line.text for line in lines]
        drawings = figure.drawing_fences(texts, self.path)
        if not drawings:
            return Part(lines=tuple(texts))
        fence, first = drawings[0], lines[0]
        key = f"drawing-{first.number}"
        texts[0] = figure.fence_line(texts[0], fence.language, key)
        position = Position(self.path, first.number, first.column + fence.opening.column - 1)
        fix = "Put it between `/// figure | Caption` and `///`, with `id:` and `alt:`."
        problem = Problem(
            position,
            "FIG004",
            f"This {fence.language} fence is not in a figure, so it has no caption and no alt text.",
            fix,
        )
        return Part(lines=tuple(texts), figures=(figure.as_figure(fence, lines[1], key, "", ""),), problems=(problem,))

    def _text(self, line: Line) -> Part:
        """Return a line as it is; a drawing's fence would not get here if it were closed."""
        fence = FENCE_RE.match(line.text)
        language = fence["info"].strip("{}. ") if fence else ""
        if not fence or language not in figure.ENGINES:
            return Part(lines=(line.text,))
        position = Position(self.path, line.number, line.column + fence.start("marks"))
        fix = "Close it with the marks that open it, on a line of their own."
        return Part(
            lines=(line.text,), problems=(Problem(position, "FIG005", f"This {language} fence is never closed.", fix),)
        )

    def _foreign(self, line: Line, opening: re.Match[str]) -> Part:
        if opening["name"] in KNOWN_ELSEWHERE:
            return Part(lines=(line.text,))
        known = ", ".join(f"`{name}`" for name in KINDS)
        fix = f"{did_you_mean(opening['name'], [*KINDS, *KNOWN_ELSEWHERE])}Directives are {known}."
        problem = Problem(self._at(line, opening), "DIR001", f"There is no directive `{opening['name']}`.", fix)
        return Part(lines=(line.text,), problems=(problem,))

    def _unclosed(self, line: Line, opening: re.Match[str]) -> Part:
        slashes = opening["slashes"]
        problem = Problem(
            self._at(line, opening),
            "DIR006",
            f"This {opening['name']} is never closed.",
            f"Add a line `{slashes}` after its last line.",
        )
        return Part(lines=(line.text,), problems=(problem,))

    def _at(self, line: Line, opening: re.Match[str]) -> Position:
        return Position(self.path, line.number, line.column + opening.start("slashes"))


def _key(block: Block, kind: ModuleType) -> tuple[str, list[Problem]]:
    """Return the block's id, or one made for it and what is wrong with its own."""
    key = block.text("id")
    if not key:
        fix = f"Add `id: {kind.PREFIX}...` under its first line, four spaces in."
        return f"{kind.PREFIX}line-{block.position.line}", [
            Problem(block.position, "DIR003", f"This {block.name} has no id.", fix)
        ]
    rest = key.removeprefix(kind.PREFIX)
    if rest == key or not rest.replace("-", "").isalnum() or not rest.isascii() or rest != rest.lower():
        fix = f"Write `{kind.PREFIX}` and then small letters, digits and hyphens."
        return f"{kind.PREFIX}line-{block.position.line}", [
            Problem(block.at("id"), "DIR005", f"`{key}` is not the id of {_a(block.name)}.", fix)
        ]
    return key, []


def _unknown_options(block: Block, kind: ModuleType) -> list[Problem]:
    known = ", ".join(f"`{name}`" for name in kind.OPTIONS)
    return [
        Problem(
            option.position,
            "DIR002",
            f"`{name}` is not an option of {_a(block.name)}.",
            f"{did_you_mean(name, kind.OPTIONS)}Options are {known}.",
        )
        for name, option in block.options.items()
        if name not in kind.OPTIONS
    ]


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
