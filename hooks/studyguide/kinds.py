"""Everything that has an id of its own kind, in one table: a new directive has a row here and a module in ``directives``."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """What is known of a kind.

    Its ids start with ``prefix``. ``noun`` is what readers call it, ``group`` where the inventory keeps it. A reference
    without words shows the number of one that is ``numbered``, else its name. One that is ``kept`` may not vanish from a
    published site. A ``later`` one was added when there were inventories already, which know nothing of it.
    """

    name: str
    prefix: str
    noun: str
    group: str
    numbered: bool = False
    directive: bool = True
    kept: bool = True
    later: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind("figure", "fig-", "figure", "figures", numbered=True),
        Kind("checkpoint", "cp-", "question", "questions", numbered=True),
        Kind("term", "term-", "term", "terms"),
        Kind("objective", "obj-", "objective", "objectives"),
        Kind("example", "ex-", "example", "examples", later=True),
        Kind("source", "src-", "source", "sources", directive=False, kept=False),
    )
}
# What an author may write behind the slashes of a block.
DIRECTIVES = tuple(kind.name for kind in KINDS.values() if kind.directive)


def kind_of(key: str) -> Kind | None:
    """Return the kind that an id is of, by its prefix."""
    return next((kind for kind in KINDS.values() if key.startswith(kind.prefix)), None)


def a(noun: str) -> str:
    """Return a noun with its article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
