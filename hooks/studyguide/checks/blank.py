"""Links and images without an address, which lead to the page itself and show nothing.

[the map]()          ->  LNK001
[the map]("map.md")  ->  LNK001: what stands in quotation marks is a title
![A map]()           ->  LNK003
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.site.page import Use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.text.source import Source

# A link of words and a title alone.
TITLED_RE = re.compile(
    r"(?<!\\)(?P<bang>!?)\[(?P<words>[^\[\]]{0,300})\]\([ \t]*(?P<title>\"[^\"\n]+\"|'[^'\n]+')[ \t]*\)"
)


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such link and image that a page has, and somebody wrote in Markdown."""
    for page, source in book.written():
        shown = {image: Use("img" if image else "a", "") in page.uses for image in (True, False)}
        for text in [source, *book.included.get(page.path, ())] if any(shown.values()) else ():
            yield from _titled(text, images=shown[True], links=shown[False])
            for link in text.links:
                if link.dest or link.text is None or not shown[link.image] or is_code(text, link.position):
                    continue
                what, code = ("image", "LNK003") if link.image else ("link", "LNK001")
                message = (
                    f"The {what} {quoted(link.text)} has no address." if link.text else f"This {what} has no address."
                )
                fix = "Write it between the round brackets, or put a backslash before the others if no link is meant."
                yield Problem(link.position, code, message, fix)


def _titled(text: Source, *, images: bool, links: bool) -> Iterable[Problem]:
    """Yield a problem for every link whose address stands in quotation marks."""
    for found in TITLED_RE.finditer(text.prose):
        at, image = text.position(found.start()), bool(found["bang"])
        if not (images if image else links) or is_code(text, at):
            continue
        bang, words, title = found["bang"], found["words"], found["title"][1:-1]
        message = (
            f"The {'image' if image else 'link'} {quoted(words)} has no address: in quotation marks stands a title."
        )
        written = f"address {found['title']}" if " " in title else title
        fix = f"Write {quoted(f'{bang}[{words}]({written})')}."
        yield Problem(at, "LNK003" if image else "LNK001", message, fix)
