"""A citation: ``[@key]`` in the prose, Pandoc's syntax, becomes a link to the source's place.

    [@heni-quota-500; @heni-65000]  ->  <a class="sg-cite" href="#src-heni-quota-500"></a><a ...></a>

The link is an ordinary reference without words: ``links`` gives it its number and its page. Being a pattern of the
Markdown parser, it sees code as code and leaves it alone.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown.inlinepatterns import InlineProcessor

from studyguide.directives.elements import element
from studyguide.text import marks

if TYPE_CHECKING:
    from markdown import Markdown

KEY = rf"@[\w:.-]+(?:{marks.mark_of('citation')})?"
CITATION = rf"\[(?P<keys>{KEY}(?:[ \t]*;[ \t]*{KEY})*)\]"


class Citations(InlineProcessor):
    """Makes the links of citations."""

    # After code spans (190), before reference links (170), which would take the brackets.
    PRIORITY = 175

    def __init__(self, md: Markdown) -> None:
        super().__init__(CITATION, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        """Return the links."""
        group = ET.Element("span", {"class": "sg-cites"})
        for key in re.findall(KEY, m["keys"]):
            element(group, "a", "sg-cite", href=f"#src-{key[1:]}")
        return group, m.start(0), m.end(0)
