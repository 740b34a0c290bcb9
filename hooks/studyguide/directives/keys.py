"""The id of a directive, and the names of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.near import did_you_mean

if TYPE_CHECKING:
    from types import ModuleType

    from studyguide.directives.block import Block


def key_of(block: Block, kind: ModuleType) -> tuple[str, list[Problem]]:
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


def unknown_options(block: Block, kind: ModuleType) -> list[Problem]:
    """Return a problem for every option that the directive does not have."""
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
