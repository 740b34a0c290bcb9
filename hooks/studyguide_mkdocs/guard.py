"""Whether what the serve memory stands in front of is what it was written for.

    unknown()  ->  [], or ["mkdocs.structure.pages.Page.render"] where its source is another one

A memory in front of a function that makes more than the memory keeps would show an author an old page.
"""

from __future__ import annotations

import hashlib
import inspect
from pkgutil import resolve_name

# The start of each source's SHA-256, in MkDocs 1.6.1 and in ProperDocs 1.6.7. Before one is added, read what changed:
# what the function makes, and from what, is what `memory` keeps, and under which key.
KNOWN = {
    "mkdocs.structure.pages.Page.render": frozenset({"320529348f7a", "ee0472474623"}),
    "mkdocs.theme.Theme.get_env": frozenset({"9c26120fb96f"}),
    "mkdocs.commands.build.get_context": frozenset({"4b4bf8a076ed", "5d3114ef7a94"}),
    "mkdocs.commands.build._build_page": frozenset({"adcdbd14b236", "a921d5be3f1b"}),
    "mkdocs.commands.build._build_theme_template": frozenset({"628a78f6a129", "8f450ccd90a6"}),
    "mkdocs.structure.files.File.copy_file": frozenset({"369c71ea1799"}),
    "mkdocs.utils.clean_directory": frozenset({"b3c0aa810731"}),
    "mkdocs.utils.write_file": frozenset({"7ca9477c4bda"}),
    "material.plugins.search.plugin.SearchIndex": frozenset({"a896d1092362"}),
}


def unknown() -> list[str]:
    """Return the names of those that are not as known, now: another memory may stand in front of one."""
    return [name for name, known in KNOWN.items() if digest(name) not in known]


def digest(name: str) -> str:
    """Return what tells the source of a function or a class from another, "" where there is none to read."""
    try:
        source = inspect.getsource(resolve_name(name))
    except (AttributeError, ImportError, OSError, TypeError):
        return ""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:12]
