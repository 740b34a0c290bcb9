"""What was meant by an address that leads nowhere: certain, and then there is an edit; near, and then it is a question.

    [out](old.md#a)   + git renamed old.md to new.md      ->  `new.md#a`, and the edit
    [out](rotues.md)  + there is a routes.md              ->  `routes.md`, and no edit

It is written as the page writes its addresses: a path to a Markdown file in Markdown, an address of the site in raw HTML.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from studyguide import near
from studyguide.checks.locate import from_docs, is_raw
from studyguide.links.links import href
from studyguide.model import Edit
from studyguide.site.page import PAGES, Page, file_of
from studyguide.site.site import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studyguide.checks.book import Book
    from studyguide.near import Near
    from studyguide.site.page import Use
    from studyguide.text.source import Link

# What ends the path of an address, and so cannot stand in it.
MARK_RE = re.compile(r"[#?]")
ENCODED = "It looks the same, and its letters are encoded otherwise. "
# What tells a heading from others of the same words: `usage_1` is another section than `usage-1`.
COUNTED_RE = re.compile(r"[-_]\d+\Z")


class Guess(NamedTuple):
    """What was probably meant, as this page writes it, "" if nothing is near; ``edit`` only where that is certain.

    ``why`` says how two names differ that look alike.
    """

    text: str = ""
    edit: Edit | None = None
    why: str = ""

    @property
    def question(self) -> str:
        """What a fix asks first."""
        return f"Did you mean {near.quoted(self.text)}? {self.why}" if self.text else ""


class _Anchors(NamedTuple):
    """The ids of a page: to ask which is near, and by what those have in common that differ in case and hyphens alone."""

    near: Near
    alike: Mapping[str, Sequence[str]]


class Meant:
    """Guesses for one page's addresses."""

    def __init__(self, book: Book, page: Page) -> None:
        self._book, self._site, self._page = book, book.site, page
        self._anchors: dict[str, _Anchors] = {}

    def anchor(self, place: Place, link: Link) -> Guess:
        """Return what an anchor that its page does not have was meant to be."""
        target = self._site.page_at[file_of(place.url)]
        if moved := self._book.moved(place):
            if new := self._place(moved.place, link):
                return self._guess(link, new, certain=moved.certain)
        elif len(same := self._known(target).alike.get(_folded(place.anchor), ())) == 1:
            new = self._place(Place(target.url, same[0]), link)
            return self._guess(link, new, certain=not COUNTED_RE.search(place.anchor))
        found = near.near_anchor(place.anchor, self._known(target).near, words=link.text or "")
        return Guess(f"#{found}" if found else "")

    def _known(self, page: Page) -> _Anchors:
        """Return the anchors of a page, made ready once: thousands of links may be wrong."""
        if page.url not in self._anchors:
            self._anchors[page.url] = _anchors(page)
        return self._anchors[page.url]

    def rendered(self, page: Page, link: Link) -> Guess:
        """Return the address of a page that raw HTML names by its file."""
        return self._guess(link, _with_rest(link, self._address(page.url)), certain=is_raw(link))

    def page(self, use: Use, place: Place, link: Link) -> Guess:
        """Return which page was meant by an address that is none."""
        if same := self._same_letters(link):
            return same
        _, _, anchor = link.dest.partition("#")
        for path in self._paths(link, place):
            if (moved := self._book.moved_page(path, anchor)) and (new := self._place(moved.place, link)):
                return self._guess(link, new, certain=moved.certain)
        return self._from_where_it_was(use, link) or self._near(use, place, link)

    def file(self, use: Use, place: Place, link: Link) -> Guess:
        """Return which file was meant by a path that leads to none."""
        if same := self._same_letters(link):
            return same
        moved = self._book.moved_file(self.source_path(link.dest) if not is_raw(link) else place.url)
        if moved and use.href == link.dest:
            return self._guess(link, _with_rest(link, self._path(moved.path, link)), certain=moved.certain)
        return self._from_where_it_was(use, link) or self._near(use, place, link)

    def _paths(self, link: Link, place: Place) -> Iterator[str]:
        """Yield the paths below docs of the pages that an address may name: one for a file, some for an address."""
        if (path := self.source_path(link.dest)).endswith(".md"):
            yield path
        else:
            yield from self._book.sources_of(place.url)

    def _same_letters(self, link: Link) -> Guess | None:
        """Return the page or file whose name has the letters of a link, some of which say something else in an address."""
        if is_raw(link):
            return None
        here = posixpath.dirname(self._page.path)
        if MARK_RE.search(link.dest) and (found := self._book.there(from_docs(link.dest, here, self._book.project))):
            return Guess(self._path(found, link), why="`#` and `?` end the path of an address. ")
        path = unicodedata.normalize("NFC", self.source_path(link.dest))
        names = (*self._site.pages, *self._site.files) if not path.isascii() else ()
        found = next((name for name in names if unicodedata.normalize("NFC", name) == path), "")
        return Guess(_with_rest(link, self._path(found, link)), why=ENCODED) if self._book.there(found) else None

    def _from_where_it_was(self, use: Use, link: Link) -> Guess | None:
        """Return what a path led to from the folder in which the page was before it was moved."""
        if is_raw(link) or use.href != link.dest or link.start is None:
            return None
        for folder in self._book.former_folders(self._page.path, link.dest):
            path = self.source_path(link.dest, folder)
            found = self._book.there(path)
            if not found and (moved := self._book.moved_page(path, "") or self._book.moved_file(path)):
                found = moved.path if moved.certain else ""
            if found:
                return self._guess(link, _with_rest(link, self._path(found, link)), certain=True)
        return None

    def _near(self, use: Use, place: Place, link: Link) -> Guess:
        """Return the page or file that is nearest by name, then by folder."""
        path = place.url.rstrip("/") if is_raw(link) else self.source_path(use.href)
        known = self._book.names if use.tag in PAGES else self._book.files_like(use.tag)
        found = near.near_pages(path, known, words=link.text or "")
        return Guess(next((new for name in found if _differ(new := self._path(name, link), link.dest)), ""))

    def _guess(self, link: Link, new: str, *, certain: bool) -> Guess:
        if not _differ(new, link.dest):
            return Guess()
        sure = certain and link.start is not None and self._is_own(link, new)
        return Guess(new, Edit(link.start, link.dest, new) if sure and link.start else None)

    def _is_own(self, link: Link, new: str) -> bool:
        """Return whether what is right here is right wherever the text is shown: files may be included by many pages."""
        pages = self._book.shown_on(link.position.path)
        if len(pages) == 1:
            return True
        folders = {posixpath.dirname(page) for page in pages}
        return len(folders) == 1 and not is_raw(link) and not new.startswith("#")

    def _place(self, place: Place, link: Link) -> str:
        """Return how this page writes the address of a place, "" for one that nobody wrote."""
        anchor = f"#{quote(place.anchor)}" if place.anchor else ""
        target = self._site.page_at[file_of(place.url)]
        if target is self._page and anchor and link.dest.startswith("#"):
            return anchor
        path = self._path(target.path, link) if target.path else ""
        return _with_rest(link, path + anchor) if path else ""

    def _path(self, path: str, link: Link) -> str:
        """Return how this page writes the path of a page or file."""
        if is_raw(link):
            page = self._site.pages.get(path)
            return self._address(page.url if page else path)
        return quote(posixpath.relpath(path, posixpath.dirname(self._page.path) or "."))

    def _address(self, url: str) -> str:
        """Return an address of the site as raw HTML on this page writes it."""
        return href(url, self._page.url)

    def source_path(self, address: str, folder: str | None = None) -> str:
        """Return the path below docs that an address names when it is read as Markdown's, from the page's own folder."""
        path = unquote(address.partition("#")[0].partition("?")[0])
        here = posixpath.dirname(self._page.path) if folder is None else folder
        return from_docs(path, here, self._book.project) or here or "."


def _with_rest(link: Link, address: str) -> str:
    """Return an address with the query of a link, and with its anchor unless it has one."""
    path, mark, anchor = address.partition("#")
    before, old_mark, old_anchor = link.dest.partition("#")
    query = f"?{before.partition('?')[2]}" if "?" in before else ""
    return f"{path}{query}{mark or old_mark}{anchor if mark else old_anchor}"


def _differ(new: str, written: str) -> bool:
    """Return whether a suggestion says anything: not so if it is what is written already."""
    return bool(new) and unquote(new.removeprefix("./")) != unquote(written.removeprefix("./"))


def _anchors(page: Page) -> _Anchors:
    known = dict.fromkeys(page.ids, "") | {heading.id: heading.words for heading in page.headings if heading.id}
    alike: dict[str, list[str]] = {}
    for key in page.ids:
        alike.setdefault(_folded(key), []).append(key)
    return _Anchors(near.anchors(known), alike)


def _folded(key: str) -> str:
    return key.casefold().replace("_", "-").strip("-")
