"""Every kind of mistake, by its name."""

from __future__ import annotations

from mutate import (
    asking,
    cards,
    directives,
    drawings,
    files,
    foreign,
    leftovers,
    links,
    nearly,
    pages,
    published,
    questions,
    rules,
    sources,
    states,
    unread,
    wording,
)

MODULES = (
    links,
    pages,
    files,
    directives,
    drawings,
    questions,
    asking,
    cards,
    sources,
    states,
    rules,
    unread,
    wording,
    published,
    leftovers,
    foreign,
    nearly,
)
KINDS = {kind.name: kind for module in MODULES for kind in module.KINDS}
