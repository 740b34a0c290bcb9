"""Definitions of footnotes within footnotes, kept from ending a build.

    [^one]: The first.          ->  a footnote that says "The first." and "[^two]: The second."

        [^two]: The second.

Python-Markdown parses the text of each footnote while it goes through them all, and a definition that it meets there
makes it stop with an error, or is lost. Left as text it goes on into the page, where the check of the footnotes finds it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

# As the processor that it takes the place of; and just before the one that parses footnotes (50).
DEFINITIONS, FIRST = 17, 50.5


class _Definitions(FootnoteBlockProcessor):
    """Takes definitions in while the page is parsed, and no more once its footnotes are."""

    within = False

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Take a definition out of a block, or make the block a paragraph: it looks like a link's definition too."""
        if not self.within or not self.RE.search(blocks[0]):
            return not self.within and super().run(parent, blocks) is not False
        ET.SubElement(parent, "p").text = blocks.pop(0).lstrip()
        return True


class _Begin(Treeprocessor):
    """Says that the page is parsed."""

    def __init__(self, md: Markdown, definitions: _Definitions) -> None:
        super().__init__(md)
        self._definitions = definitions

    def run(self, root: ET.Element) -> None:  # noqa: ARG002
        """Let no definition in from here on."""
        self._definitions.within = True


class NotesExtension(Extension):
    """Leaves definitions within footnotes as text."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._definitions: _Definitions | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Take the place of the processor of definitions, where there is one."""
        for extension in md.registeredExtensions:
            if isinstance(extension, FootnoteExtension):
                self._definitions = _Definitions(extension)
                md.parser.blockprocessors.register(self._definitions, "footnote", DEFINITIONS)
                md.treeprocessors.register(_Begin(md, self._definitions), "studyguide-notes", FIRST)
                md.registerExtension(self)
                break

    def reset(self) -> None:
        """Begin another page."""
        if self._definitions:
            self._definitions.within = False
