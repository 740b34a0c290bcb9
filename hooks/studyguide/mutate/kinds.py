"""Every kind of mistake, by its name."""

from __future__ import annotations

from studyguide.mutate import data, directives, drawings, files, links, pages, questions

MODULES = (links, pages, files, directives, drawings, questions, data)
KINDS = {kind.name: kind for module in MODULES for kind in module.KINDS}
