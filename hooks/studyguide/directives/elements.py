"""HTML elements around what the Markdown parser is still to read: the text of each is Markdown, or words of ours."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.util import AtomicString


def element(parent: ET.Element, tag: str, class_: str = "", text: str = "", **attributes: str) -> ET.Element:
    """Add an element to another; ``aria_label`` stands for ``aria-label``."""
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    made = ET.SubElement(parent, tag, {"class": class_, **named} if class_ else named)
    made.text = text or None
    return made


def words(parent: ET.Element, tag: str, class_: str, text: str) -> ET.Element:
    """Add an element whose text is no Markdown, so that the parser need not look for any."""
    return element(parent, tag, class_, AtomicString(text))
