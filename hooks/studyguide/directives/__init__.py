"""Our directives in Markdown -> elements of the page, where the parser takes them for blocks, and what they define.

    read(source).targets   the figures, checkpoints, terms and objectives of a page
    read(source).problems  what is wrong with them

``extension`` brings them into a site's Markdown; ``read`` is for who has a page and no site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import Markdown

from studyguide.directives.extension import DirectivesExtension
from studyguide.directives.modules import MODULES
from studyguide.directives.names import KNOWN_ELSEWHERE

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.directives.part import Part
    from studyguide.text.source import Source

__all__ = ["EXTENSIONS", "KNOWN_ELSEWHERE", "MODULES", "DirectivesExtension", "read", "render"]

# The syntax of this guide.
EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
    "pymdownx.blocks.html",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)


def read(source: Source) -> Part:
    """Return what a page defines."""
    return render(source)[1]


def render(source: Source, extension: DirectivesExtension | None = None, docs: Path | None = None) -> tuple[str, Part]:
    """Return a page's HTML as a site with this guide's syntax has it, before links are led, and what it defines.

    What it includes is below ``docs``, if anything is.
    """
    extension, fences = extension or DirectivesExtension(), dict[str, Any]()
    extension.fences(fences)
    snippets = {"base_path": [str(docs)], "check_paths": False} if docs else {}
    md = Markdown(
        extensions=[*EXTENSIONS, *(["pymdownx.snippets"] if docs else []), extension],
        extension_configs={"pymdownx.superfences": fences, **({"pymdownx.snippets": snippets} if docs else {})},
    )
    return md.convert(extension.start(source)), extension.part()
