"""Every kind of mistake, by its name."""

from __future__ import annotations

from mutate import directives, drawings, files, leftovers, links, pages, published, questions, sources, unread, wording

MODULES = (links, pages, files, directives, drawings, questions, sources, unread, wording, published, leftovers)
KINDS = {kind.name: kind for module in MODULES for kind in module.KINDS}
