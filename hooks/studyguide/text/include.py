"""Files that pages include, read so that none of them can end a build.

``pymdownx.snippets`` opens what is there, and lets what is not text, or no file at all, stop MkDocs with a
traceback. What is wrong with such a file is a problem of the guide's instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from markdown.extensions import Extension

from studyguide.text import inputs

if TYPE_CHECKING:
    from markdown import Markdown


class IncludeExtension(Extension):
    """Makes ``pymdownx.snippets`` read files as the guide does; add it after that extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Replace how lines are read."""
        if "snippet" in md.preprocessors:
            cast("Any", md.preprocessors["snippet"]).read_lines = _lines


def _lines(path: str) -> list[str]:
    text, _ = inputs.read(Path(path), path)
    return text.split("\n") if text else []
