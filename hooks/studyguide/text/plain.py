"""Texts that no inline pattern is in, which is most of them: a question's options are short and plain.

The parser shows each text to every pattern in turn, at a cost that is not small. Here all are asked first, in one quick
loop, whether they are in it at all; where one is, the parser goes its way. It is the parser's own answer, sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from markdown.treeprocessors import InlineProcessor

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from markdown import Markdown

NAME = "inline"
PRIORITY = 20  # of the processor whose place it takes


class Quick(InlineProcessor):
    """The parser's inline processor, which does not look for patterns in a text without any."""

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Look for patterns in a tree, as the parser does."""
        patterns: Any = self.inlinePatterns
        self._searches = [pattern.getCompiledRegExp().search for pattern in patterns]
        return super().run(tree, ancestors)

    # Where the parser has another name for this, it is not asked, and everything is as it was.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if patternIndex or any(search(data) for search in self._searches):
            return cast("str", super()._InlineProcessor__handleInline(data, patternIndex))  # type: ignore[misc]
        return data


def install(md: Markdown) -> None:
    """Put it in the place of the parser's own, unless an extension has put another there."""
    if NAME in md.treeprocessors and type(md.treeprocessors[NAME]) is InlineProcessor:
        md.treeprocessors.register(Quick(md), NAME, PRIORITY)
