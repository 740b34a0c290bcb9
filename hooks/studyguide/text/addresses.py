"""Addresses that no program can take apart, kept from ending a build.

    [x](http://[YOUR-HOST]/a)  ->  <a href="http://%5BYOUR-HOST%5D/a">

MkDocs takes every address of a page apart and stops at the first that it cannot. With its brackets quoted such an
address goes on into the page, where the check of the links finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from markdown import Markdown

# Before MkDocs' own, which is the last.
PRIORITY = 1
BRACKETS = "[]"


def is_one(address: str) -> bool:
    """Return whether an address can be taken apart."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


class _Quoter(Treeprocessor):
    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                address = element.get(name, "")
                if any(mark in address for mark in BRACKETS) and not is_one(address):
                    element.set(name, quote(address, safe="%/:?#&=@!$'()*+,;~"))


class AddressExtension(Extension):
    """Quotes what would end a build."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register the last look at a page's tree before MkDocs'."""
        md.treeprocessors.register(_Quoter(md), "studyguide-addresses", PRIORITY)
