"""Links and references of the rendered pages: what leads nowhere, where that was written, what was meant."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from studyguide import near
from studyguide.checks.locate import Locator
from studyguide.links.faults import Fault, fault
from studyguide.links.links import relative
from studyguide.model import Edit, Position, Problem
from studyguide.site.page import PAGES, Page, Use, file_of
from studyguide.site.site import Place
from studyguide.text.inputs import MARKDOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.links.registry import Registry
    from studyguide.text.source import Link

KINDS = {"fig": "a figure", "cp": "a checkpoint", "term": "a term", "obj": "an objective"}
# A message shows no more of an address than this.
SHOWN = 120


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every address of every page that leads nowhere, and every link without words."""
    for page in book.site.pages.values():
        leads = book.site.plainly_leads(page)
        doubtful = [(use, times) for use, times in page.uses.items() if not leads(use.href)]
        broken = [(use, place, times) for use, times in doubtful if (place := _nowhere(use, page, book))]
        strange = [(use, found) for use, _ in doubtful if (found := fault(use.href))]
        if not (broken or strange or page.nameless):
            continue
        locator = Locator(page, book)
        yield from _strange(strange, locator, book)
        yield from _nameless(page, locator, book)
        finding = _Finding(book, page)
        for use, place, times in broken:
            if _is_a_problem_of_its_own(use, place, locator, book):
                yield from (finding.problem(use, place, locator.find(use)) for _ in range(times))
    yield from _options(book)


def _strange(found: Iterable[tuple[Use, Fault]], locator: Locator, book: Book) -> Iterable[Problem]:
    """Yield a problem for every address that nobody can open; what its words show is meant for readers to run."""
    for use, what in found:
        if locator.is_written(use) or book.settings.ours:
            link = locator.find(use)
            if not (what.host and what.host in locator.says(link)):
                yield Problem(link.position, what.code, what.message, what.fix)


def _nowhere(use: Use, page: Page, book: Book) -> Place | None:
    """Return where an address of the site leads, if nothing is there."""
    place = book.site.place(use.href, page)
    if place is None or fault(use.href):
        return None
    if not book.site.exists(place.url):
        return None if _is_elsewhere(use, place, page, book) else place
    target = book.site.page_at.get(file_of(place.url)) if place.anchor else None
    return place if target and place.anchor not in target.ids and place.anchor.lower() != "top" else None


def _is_elsewhere(use: Use, place: Place, page: Page, book: Book) -> bool:
    """Return whether an address leads to another site on the same host, of which nothing is known here.

    Above or beside this site may be any other, but for the project's own files and what only lacks this site's path.
    """
    path = unquote(use.href.partition("#")[0].partition("?")[0])
    if path.lower().endswith(MARKDOWN):
        return False
    if place.url.startswith(".."):
        below = "" if path.startswith("/") else posixpath.join(posixpath.dirname(page.path), path)
        own = bool(below) and bool(page.path) and os.path.isfile(book.settings.docs / below)  # noqa: PTH113 - a name may be too long for Path
        lacking = place.url.lstrip("./")  # the path of this site
        return not own and not (lacking and book.site.exists(lacking))
    beside = use.href.startswith("/") and place.url.partition("/")[0] not in book.site.folders
    return beside and (use.tag == "alternate" or not book.settings.ours)


def _is_a_problem_of_its_own(use: Use, place: Place, locator: Locator, book: Book) -> bool:
    """Return whether this is not one problem of many that have another cause.

    A citation may be right where only the page of sources is missing; an entry of the navigation that leads nowhere
    is on every page; a footnote that nothing refers to leads back to nothing. In a project that is not ours an
    anchor that a theme's script makes is the theme's.
    """
    if use.href.startswith("#src-") and book.registry.get(use.href[1:]):
        return False
    if locator.is_written(use):
        return True
    if f"{place.url}#{place.anchor}" in {alias.new for alias in book.aliases}:
        return False  # that alias leads nowhere, which its own line says
    if place.url in book.missing or use.href.startswith("#fnref"):
        return False
    return book.settings.ours or not use.href.startswith("#__")


def _nameless(page: Page, locator: Locator, book: Book) -> Iterable[Problem]:
    for href in page.nameless:
        use = Use("a", href)
        if not locator.is_written(use):
            continue
        link = locator.find(use, fits=locator.says_nothing)
        # An image without words is reported as such, and so is what was meant as a reference.
        if link.text or link.image or _forgotten(link, book):
            continue
        fix = "Write the words between the brackets."
        yield Problem(link.position, "LNK004", f"This link to `{_clip(link.dest)}` has no words.", fix)


def _options(book: Book) -> Iterable[Problem]:
    """Yield a problem for every option of a directive that names what is not there."""
    for part in book.parts.values():
        for key, position in part.references:
            if not book.registry.get(key):
                yield (
                    no_source(key[4:], book.registry, position)
                    if key.startswith("src-")
                    else no_target(key, book, position)
                )


class _Finding:
    """Says what is wrong with an address of a page, and what was probably meant."""

    def __init__(self, book: Book, page: Page) -> None:
        self._book, self._site, self._page = book, book.site, page

    def problem(self, use: Use, place: Place, link: Link) -> Problem:
        if not self._site.exists(place.url):
            return self._no_file(use, link)
        if use.href.startswith("#"):
            return self._no_id(place.anchor, link)
        return self._no_anchor(place, link)

    def _no_anchor(self, place: Place, link: Link) -> Problem:
        target = self._site.page_at[file_of(place.url)]
        moved = self._book.moved(place) or _same_but_for_case(place, target)
        new = self._address(moved, link) if moved else ""
        fix = f"{_meant(new) or self._near_anchor(place.anchor, link, target)}Link to a heading or an id that is there."
        notes = self._book.notes(target.path, place.anchor) if target.path else ()
        message = f"`{_clip(target.path or target.url)}` has no anchor `#{_clip(place.anchor)}`."
        return Problem(link.position, "LNK002", message, fix, notes, _edit(link, new))

    def _near_anchor(self, anchor: str, link: Link, page: Page) -> str:
        """Suggest the anchor of a page that is nearest by its letters, or whose heading says what the link says."""
        known = dict.fromkeys(page.ids, "") | {heading.id: heading.words for heading in page.headings if heading.id}
        found = near.near_anchor(anchor, near.anchors(known), words=link.text or "")
        return _meant(found)

    def _address(self, place: Place, link: Link) -> str:
        """Return how this page writes the address of a place, in Markdown or in raw HTML as the link is."""
        anchor = f"#{place.anchor}" if place.anchor else ""
        target = self._site.page_at[file_of(place.url)]
        if target is self._page and anchor and link.dest.startswith("#"):
            return anchor
        if (
            link.text is None
            and link.dest != self._source_path(link.dest)
            and not link.dest.partition("#")[0].endswith(".md")
        ):
            return relative(target.url, self._page.url) + anchor
        here = posixpath.dirname(self._page.path) or "."
        return quote(posixpath.relpath(target.path, here)) + anchor if target.path else ""

    def _no_file(self, use: Use, link: Link) -> Problem:
        path = _clip(use.href.partition("#")[0])
        if use.tag not in PAGES:
            fix = f"{self._near_file(use.href)}Put the file under docs, or mend its path."
            return Problem(link.position, "LNK003", f"There is no file `{path}`.", fix, self._file_notes(link))
        if key := _forgotten(link, self._book):
            message = f"`{path}` leads nowhere: an id is named with `#`."
            return Problem(link.position, "LNK001", message, f"Write `#{key}`.", edit=_edit(link, f"#{key}"))
        source = self._source_path(link.dest)
        if unrendered := self._site.pages.get(source):
            address = relative(unrendered.url, self._page.url)
            fix = f"Write a Markdown link, or link to `{address}`."
            message = f"`{path}` is not an address of the site: MkDocs leaves raw HTML as it is."
            return Problem(link.position, "LNK001", message, fix, edit=_edit(link, _with_anchor(link, address)))
        moved = self._book.moved_page(source)
        new = _with_anchor(link, self._address(moved, link)) if moved else ""
        meant = _meant(new.partition("#")[0]) or self._near_file(use.href, link)
        fix = f"{meant}Link to the Markdown file, relative to this one."
        return Problem(
            link.position, "LNK001", f"`{path}` leads nowhere.", fix, self._file_notes(link), _edit(link, new)
        )

    def _file_notes(self, link: Link) -> tuple[str, ...]:
        path = self._source_path(link.dest)
        return () if path.startswith("..") else self._book.notes(path)

    def _source_path(self, href: str) -> str:
        """Return the path below docs that an address names when it is read as Markdown's."""
        path = unquote(href.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._page.path), path))

    def _near_file(self, href: str, link: Link | None = None) -> str:
        """Suggest the page or file that is nearest by name, then by folder, as it is written on this page."""
        found = near.near_page(self._source_path(href), self._book.names, words=(link.text if link else "") or "")
        here = posixpath.dirname(self._page.path) or "."
        return _meant(quote(posixpath.relpath(found, here)) if found else "")

    def _no_id(self, key: str, link: Link) -> Problem:
        if key.startswith("src-"):
            return no_source(key.removeprefix("src-"), self._book.registry, link.position)
        pages = self._book.links.pages_of(key)
        if len(pages) > 1 and self._book.settings.ours:
            message = f"`#{_clip(key)}` is on several pages: {', '.join(sorted(pages))}."
            return Problem(link.position, "REF002", message, "Name the page: `[words](page.md#id)`.")
        if key.split("-", maxsplit=1)[0] in KINDS and self._book.settings.ours:
            return no_target(key, self._book, link.position)
        moved = self._book.moved(Place(self._page.url, key)) or _same_but_for_case(
            Place(self._page.url, key), self._page
        )
        new = self._address(moved, link) if moved else ""
        fix = f"{_meant(new) or self._near_anchor(key, link, self._page)}Link to a heading or an id that is there."
        where = "No page of the guide has an anchor" if self._book.settings.ours else "This page has no anchor"
        notes = self._book.notes(self._page.path, key) if self._page.path else ()
        return Problem(link.position, "LNK002", f"{where} `#{_clip(key)}`.", fix, notes, _edit(link, new))


def _forgotten(link: Link, book: Book) -> str:
    """Return the id that a link names without its ``#``, "" if it does not."""
    return link.dest if link.text == "" and book.registry.get(link.dest) else ""


def no_target(key: str, book: Book, at: Position) -> Problem:
    """Return the problem of an id that nothing in the guide has."""
    kind = KINDS.get(key.split("-", maxsplit=1)[0], "something")
    fix = f"{near.did_you_mean(key, book.registry.ids())}Use the `id:` of {kind} in the guide."
    return Problem(at, "REF001", f"Nothing in the guide has the id `{_clip(key)}`.", fix, book.notes("", key))


def no_source(key: str, registry: Registry, at: Position) -> Problem:
    """Return the problem of a citation whose key is not in the sources."""
    keys = [name.removeprefix("src-") for name in registry.ids() if name.startswith("src-")]
    fix = f"{near.did_you_mean(key, keys)}Sources are in docs/reference/sources.yml."
    return Problem(at, "CIT001", f"There is no source `{_clip(key)}`.", fix)


def _same_but_for_case(place: Place, page: Page) -> Place | None:
    """Return the one id of a page that differs in case, hyphens and underscores alone."""
    found = [key for key in page.ids if _folded(key) == _folded(place.anchor)]
    return Place(page.url, found[0]) if len(found) == 1 else None


def _folded(key: str) -> str:
    return key.casefold().replace("_", "-").strip("-")


def _meant(text: str) -> str:
    return f"Did you mean `{text}`? " if text else ""


def _with_anchor(link: Link, address: str) -> str:
    """Return an address with the anchor that a link names."""
    _, mark, anchor = link.dest.partition("#")
    return f"{address}{mark}{anchor}" if address and "#" not in address else address


def _edit(link: Link, new: str) -> Edit | None:
    """Return the change of what is written, where that is known to the letter."""
    return Edit(link.start, link.dest, new) if new and link.start and link.dest != new else None


def _clip(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
