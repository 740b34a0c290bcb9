"""Links and images without an address, which lead to the page itself and show nothing.

[the map]()    ->  LNK001
![A map]()     ->  LNK003
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.checks.locate import is_code
from studyguide.model import Problem
from studyguide.near import quoted
from studyguide.site.page import Use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such link and image that a page has, and somebody wrote in Markdown."""
    for page, source in book.written():
        shown = {image: Use("img" if image else "a", "") in page.uses for image in (True, False)}
        for text in [source, *book.included.get(page.path, ())] if any(shown.values()) else ():
            for link in text.links:
                if link.dest or link.text is None or not shown[link.image] or is_code(text, link.position):
                    continue
                what, code = ("image", "LNK003") if link.image else ("link", "LNK001")
                message = (
                    f"The {what} {quoted(link.text)} has no address." if link.text else f"This {what} has no address."
                )
                fix = "Write it between the round brackets, or put a backslash before the others if no link is meant."
                yield Problem(link.position, code, message, fix)
