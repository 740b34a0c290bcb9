"""References -> links, once every page is known: where an id is, and what a link without words says.

    <a href="#fig-routes"></a>   on learn/   ->  <a href="../example/#fig-routes">Figure 3</a>

An id that leads nowhere is left as it is: the check of the rendered page finds it there.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from studyguide.links.registry import Registry
    from studyguide.model import Target

# Content is Python-Markdown's own output: attributes are in double quotes, and links do not nest.
REFERENCE_RE = re.compile(
    r'<a(?P<before>[^>]*?) href="(?P<page>[^"#]*)#(?P<id>[^"]+)"(?P<after>[^>]*)>(?P<empty>\s*</a>)?'
)
HEADING_RE = re.compile(
    r'<h[1-6][^>]*\sid="(?P<id>[^"]+)"[^>]*>(?P<words>.*?)(?:<a class="headerlink"|</h[1-6]>)', re.DOTALL
)
TAG_RE = re.compile(r"<[^>]+>")
# What tells the link of a citation.
CITED = 'class="sg-cite"'
ID_RE = re.compile(r'<[a-zA-Z][^<>]*?\sid="(?P<id>[^"]+)"')


class Links:
    """Where every id of the guide is: ``urls`` maps a page's path to its address in the site, not quoted."""

    def __init__(
        self,
        registry: Registry,
        urls: Mapping[str, str],
        ids: Mapping[str, Collection[str]],
        headings: Mapping[str, str],
    ) -> None:
        self._registry, self._urls, self._ids, self._headings = registry, urls, ids, headings
        self._pages: dict[str, list[str]] = {}
        for path, found in ids.items():
            for key in found:
                self._pages.setdefault(key, []).append(path)

    @classmethod
    def of_contents(cls, registry: Registry, urls: Mapping[str, str], contents: Mapping[str, str]) -> Self:
        """Return the links of pages whose content is rendered: ``contents`` maps a page's path to its HTML."""
        ids = {path: ids_of(html) for path, html in contents.items()}
        headings = {key: words for html in contents.values() for key, words in headings_of(html).items()}
        return cls(registry, urls, ids, headings)

    def pages_of(self, key: str) -> list[str]:
        """Return the pages that have this id: the registered one alone, if there is one."""
        if self._registry.get(key):
            return [self._registry.page(key)]
        return self._pages.get(key, [])

    def resolve(self, html: str, path: str) -> str:
        """Return a page's content with its references led to their places and given words."""
        return REFERENCE_RE.sub(self._replacement(path), html)

    def _replacement(self, path: str) -> Callable[[re.Match[str]], str]:
        def replacement(match: re.Match[str]) -> str:
            key, page = unescape(match["id"]), match["page"]
            target = self._registry.get(key)
            if not page and key not in self._ids[path]:
                page = self._address(path, key)
            words = f"{escape(self._words(key, target, cited=CITED in match['before']))}</a>" if match["empty"] else ""
            title = "" if "title=" in match.group() else self._title(target, wordless=bool(match["empty"]))
            return f'<a{match["before"]} href="{page}#{match["id"]}"{match["after"]}{title}>{words}'

        return replacement

    def _address(self, path: str, key: str) -> str:
        """Return the relative address of the one page that has this id, "" where none or several have."""
        pages = self.pages_of(key)
        if len(pages) != 1 or pages[0] not in self._urls:
            return ""
        return href(self._urls[pages[0]], self._urls[path])

    def _words(self, key: str, target: Target | None, *, cited: bool) -> str:
        """Return what a link without words says; an unknown id says itself. A citation has its brackets already."""
        if cited:
            return str(target.number) if target else f"{key.removeprefix('src-')}?"
        if target:
            return self._registry.spell(target.label)
        return f"[{key.removeprefix('src-')}?]" if key.startswith("src-") else self._headings.get(key, key)

    def _title(self, target: Target | None, *, wordless: bool) -> str:
        """Return the attribute that says more about a target: of a term, for its note, whatever the link's words are."""
        if target is None or not target.text or not (wordless or target.kind == "term"):
            return ""
        name = "data-sg-definition" if target.kind == "term" else "title"
        return f' {name}="{escape(self._registry.spell(target.text))}"'


@lru_cache(maxsize=8192)
def ids_of(html: str) -> frozenset[str]:
    """Return the ids of a page's content."""
    return frozenset(unescape(match["id"]) for match in ID_RE.finditer(html))


def headings_of(html: str) -> Mapping[str, str]:
    """Return the words of a page's headings, by their ids as they are written."""
    return {match["id"]: unescape(TAG_RE.sub("", match["words"])).strip() for match in HEADING_RE.finditer(html)}


@lru_cache(maxsize=8192)
def href(to: str, base: str) -> str:
    """Return the address of page ``to`` as a link on page ``base`` writes it."""
    return quote(relative(to, base))


def relative(to: str, base: str) -> str:
    """Return the address of page ``to`` as seen from page ``base``, both relative to the site's root."""
    folder = posixpath.dirname(base) if not base.endswith("/") else base
    address = posixpath.relpath(to or ".", folder or ".")
    return f"{address}/" if to.endswith("/") or not to else address
