"""A citation: ``[@key]`` in the prose, Pandoc's syntax, becomes a link to the source's place.

    [@heni-quota-500; @heni-65000]  ->  [<a class="sg-cite" href="#src-heni-quota-500"></a>, <a ...></a>]
    [see @vpc-guide, p. 3]          ->  [see <a class="sg-cite" href="#src-vpc-guide"></a>, p. 3]

However many it cites, a reader meets one marker.

The link is an ordinary reference without words: ``links`` gives it its number and its page. Being a pattern of the
Markdown parser, it sees code as code and leaves it alone.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown.inlinepatterns import InlineProcessor

from studyguide.directives.elements import element
from studyguide.text import marks
from studyguide.text.source import cites_of

if TYPE_CHECKING:
    import re

    from markdown import Markdown

CLASS = "sg-cite"
CITE_RE, CITATION_RE = cites_of(rf"(?P<mark>{marks.mark_of('citation')})?")


class Citations(InlineProcessor):
    """Makes the links of citations."""

    # After code spans (190), before reference links (170), which would take the brackets.
    PRIORITY = 175

    def __init__(self, md: Markdown) -> None:
        super().__init__(CITATION_RE.pattern, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        """Return the links."""
        group = ET.Element("span", {"class": "sg-cites"})
        cites = [cite.groupdict() for cite in CITE_RE.finditer(m["keys"])]
        wordy = any(cite["before"].strip() or cite["after"].strip() for cite in cites)
        for cite in cites:
            before = cite["before"].lstrip().removesuffix("-")
            if len(group):
                group[-1].tail = f"{group[-1].tail or ''}{'; ' if wordy else ', '}{before}"
            else:
                group.text = f"[{before}"
            link = element(group, "a", CLASS, href=f"#src-{cite['key']}{cite['mark'] or ''}")
            # What is left of words that become an attribute is their text alone: a mark there says that this was lost.
            link.text, link.tail = cite["mark"], cite["after"].rstrip()
        group[-1].tail = f"{group[-1].tail or ''}]"
        return group, m.start(0), m.end(0)
