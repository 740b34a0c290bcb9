"""Names that are written once, in the settings, and used everywhere: ``{{ exam }}`` becomes what ``mkdocs.yml`` says.

    extra:
      names: {exam: DVA-C03}          The exam is {{ exam }}.  ->  The exam is DVA-C03.

Being a Markdown extension, it leaves code alone. A name that the settings do not have stays as it is written, which the
check of the rendered pages finds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown import Markdown

NAME_RE = re.compile(r"\{\{[ ]*(?P<name>[a-z][a-z0-9-]*)[ ]*\}\}")
# After code spans (190) and before everything that could take part of it.
PRIORITY = 185


def filled(text: str, names: Mapping[str, str]) -> str:
    """Return a text with its names in place."""
    return NAME_RE.sub(lambda match: names.get(match["name"], match[0]), text)


class _Names(InlineProcessor):
    def __init__(self, md: Markdown, names: Mapping[str, str]) -> None:
        super().__init__(NAME_RE.pattern, md)
        self._names = names

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str, int, int] | tuple[None, None, None]:
        """Return what stands for a name."""
        name = self._names.get(m["name"])
        return (name, m.start(0), m.end(0)) if name is not None else (None, None, None)


class NamesExtension(Extension):
    """Teach Python-Markdown the names of a project."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = names

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register the inline pattern."""
        md.inlinePatterns.register(_Names(md, self._names), "studyguide-names", PRIORITY)
