"""A citation: ``[@key]`` in the prose, Pandoc's syntax, becomes a link to the source's place.

    [@heni-quota-500; @heni-65000]  ->  <a class="sg-cite" href="#src-heni-quota-500"></a><a ...></a>
    [see @vpc-guide, p. 3]          ->  see <a class="sg-cite" href="#src-vpc-guide"></a>, p. 3

The link is an ordinary reference without words: ``links`` gives it its number and its page. Being a
Markdown extension, it sees code as code and leaves it alone.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from studyguide.text.source import CITATION_RE, CITE_RE

if TYPE_CHECKING:
    import re

    from markdown import Markdown

# After code spans (190), before reference links (170), which would take the brackets.
PRIORITY = 175


class _Citations(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        group = ET.Element("span", {"class": "sg-cites"})
        cites = [cite.groupdict() for cite in CITE_RE.finditer(m["keys"])]
        wordy = any(cite["before"].strip() or cite["after"].strip() for cite in cites)
        for cite in cites:
            before = cite["before"].lstrip().removesuffix("-")
            if len(group):
                group[-1].tail = f"{group[-1].tail or ''}{'; ' if wordy else ''}{before}"
            else:
                group.text = before
            ET.SubElement(group, "a", {"class": "sg-cite", "href": f"#src-{cite['key']}"}).tail = cite["after"].rstrip()
        return group, m.start(0), m.end(0)


class CitationExtension(Extension):
    """Teach Python-Markdown the citation syntax."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline pattern."""
        md.inlinePatterns.register(_Citations(CITATION_RE.pattern, md), "studyguide-citation", PRIORITY)
