"""Links and references of the rendered pages: what leads nowhere, where that was written, what was meant."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from studyguide import near
from studyguide.checks import frame
from studyguide.checks.frame import Framed
from studyguide.checks.locate import Locator, is_raw
from studyguide.checks.meant import Meant
from studyguide.collect import SOURCES
from studyguide.kinds import a, kind_of
from studyguide.links.faults import Fault, fault
from studyguide.model import Edit, Position, Problem
from studyguide.site.page import PAGES, Page, Use, file_of
from studyguide.site.site import Place
from studyguide.text.inputs import MARKDOWN, is_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studyguide.checks.book import Book
    from studyguide.links.registry import Registry
    from studyguide.text.source import Link

# A message shows no more of an address than this.
SHOWN = 120
# The size of an image, as other programs take it.
SIZED_RE = re.compile(r"(?P<path>\S+)\s+=(?P<width>\d*%?)x?\d*%?\Z")
FORM = "Link to the Markdown file, relative to this one."


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every address of every page that leads nowhere, and every link without words."""
    framed, written = list[Framed](), set[Place | str | None]()
    for page in book.site.pages.values():
        leads = book.site.plainly_leads(page)
        doubtful = [(use, times) for use, times in page.uses.items() if not leads(use.href)]
        broken = [(use, place, times) for use, times in doubtful if (place := _nowhere(use, page, book))]
        strange = [(use, found, times) for use, times in doubtful if (found := _fault(use, book))]
        if not (broken or strange or page.nameless):
            continue
        locator = Locator(page, book)
        yield from _strange(strange, locator)
        yield from _nameless(page, locator, book)
        finding = _Finding(book, page)
        for use, place, times in broken:
            if not _is_a_problem_of_its_own(use, place, locator, book):
                continue
            if locator.is_written(use):
                written |= {_cause(place, book), use.href}
                yield from (finding.problem(use, place, locator.find(use)) for _ in range(times))
            else:
                framed.append(Framed(page, use, place))
        if book.project.directives:
            framed += [Framed(page, use, None, what) for use, what, _ in strange if not locator.is_written(use)]
    yield from _framed([each for each in framed if not {_cause(each.place, book), each.use.href} & written], book)


def _framed(found: Sequence[Framed], book: Book) -> Iterable[Problem]:
    """Yield the problems of what no page writes; what one page alone has, it may have by other ways."""
    for each, problem in frame.problems(found, book):
        locator = Locator(each.page, book)
        if problem:
            yield problem
        elif each.place:
            yield _Finding(book, each.page).problem(each.use, each.place, locator.find(each.use))
        elif each.fault:
            yield Problem(locator.find(each.use).position, each.fault.code, each.fault.message, each.fault.fix)


def _strange(found: Iterable[tuple[Use, Fault, int]], locator: Locator) -> Iterable[Problem]:
    """Yield a problem for every address that nobody can open; what its words show is meant for readers to run."""
    for use, what, times in found:
        for _ in range(times if locator.is_written(use) else 0):
            link = locator.find(use)
            if not (what.host and what.host in locator.says(link)):
                yield Problem(link.position, what.code, what.message, what.fix)


def _fault(use: Use, book: Book) -> Fault | None:
    """Return what is wrong with an address by itself; that of this site is where it is served, on whatever machine."""
    own = book.project.site_url
    if book.project.directives and use.tag == "a" and use.href.lower().startswith("javascript:"):
        message = f"{_code(use.href)} is a script, and a page has to work without."
        return Fault("LNK005", message, "Link to a page, and let a script add what it does.")
    return None if own and use.href.startswith(own) else fault(use.href)


def _nowhere(use: Use, page: Page, book: Book) -> Place | None:
    """Return where an address of the site leads, if nothing is there."""
    place = book.site.place(use.href, page)
    if place is None or _fault(use, book):
        return None
    if not book.site.exists(place.url):
        return None if _is_elsewhere(use, place, page, book) else place
    target = book.site.page_at.get(file_of(place.url)) if place.anchor else None
    return place if target and place.anchor not in target.ids and place.anchor.lower() != "top" else None


def _is_markdown(use: Use, page: Page, book: Book) -> bool:
    """Return whether a page writes an address in Markdown, not in raw HTML."""
    texts = [book.sources[page.path], *book.included.get(page.path, ())] if page.path in book.sources else []
    return any(link.dest == use.href and not is_raw(link) for text in texts for link in text.links)


def _cause(place: Place | None, book: Book) -> Place | None:
    """Return what is missing: an anchor, or a page whatever the anchor."""
    return place._replace(anchor="") if place and not book.site.exists(place.url) else place


def _is_elsewhere(use: Use, place: Place, page: Page, book: Book) -> bool:
    """Return whether an address leads to another site on the same host, of which nothing is known here.

    Above or beside this site may be any other, but for the project's own files and what only lacks this site's path.
    """
    path = unquote(use.href.partition("#")[0].partition("?")[0])
    if path.lower().endswith(MARKDOWN):
        return False
    if place.url.startswith(".."):
        if path.startswith("/") and book.project.from_docs and _is_markdown(use, page, book):
            return False
        below = "" if path.startswith("/") else posixpath.join(posixpath.dirname(page.path), path)
        own = bool(below) and bool(page.path) and is_file(book.project.docs / below)
        lacking = place.url.lstrip("./")  # the path of this site
        return not own and not (lacking and book.site.exists(lacking))
    beside = use.href.startswith("/") and place.url.partition("/")[0] not in book.site.folders
    return beside and (use.tag == "alternate" or not book.project.directives)


def _is_a_problem_of_its_own(use: Use, place: Place, locator: Locator, book: Book) -> bool:
    """Return whether this is not one problem of many that have another cause.

    A citation may be right where only the page of sources is missing, or their file cannot be read; an entry of the navigation that leads nowhere
    is on every page; a footnote that nothing refers to leads back to nothing, and one that is read as a link leads nowhere; a link may be made of an option,
    which says so. In a project that is not ours an anchor that a theme's script makes is the theme's.
    """
    if use.href.startswith("#src-") and (SOURCES in book.unread or book.registry.get(use.href[1:])):
        return False
    if _is_lost(place, book) or locator.is_note(use):
        return False
    if locator.is_written(use):
        return True
    if f"{place.url}#{place.anchor}" in {alias.new for alias in book.aliases}:
        return False  # that alias leads nowhere, which its own line says
    if place in book.missing_places or use.href.startswith("#fnref") or _is_of_an_option(use, book):
        return False
    return book.project.directives or not use.href.startswith("#__")


def _is_of_an_option(use: Use, book: Book) -> bool:
    """Return whether an option names the id, which is a problem there; of a site that was built before, that was said."""
    key = use.href[1:] if use.href.startswith("#") else ""
    found = (problem.position for problem in book.said if problem.code == "REF001")
    return key in book.named or any(no_target(key, book, at) in book.said for at in found)


def _is_lost(place: Place, book: Book) -> bool:
    """Return whether an id was read on the page that it is wanted on, and its page has lost it: that is a problem already."""
    target = book.site.page_at.get(file_of(place.url)) if place.anchor else None
    return bool(target and book.registry.get(place.anchor) and book.registry.page(place.anchor) == target.path)


def _nameless(page: Page, locator: Locator, book: Book) -> Iterable[Problem]:
    for href in page.nameless:
        use = Use("a", href)
        if not locator.is_written(use):
            continue
        link = locator.find(use, fits=locator.says_nothing)
        if not (href or is_raw(link)):  # that it leads nowhere is said
            continue
        # An image without words is reported as such, and so is what was meant as a reference.
        if unescape(link.text or "").strip() or link.image or _forgotten(link, book):
            continue
        fix = "Write the words between the brackets."
        yield Problem(link.position, "LNK004", f"This link to {_code(link.dest)} has no words.", fix)


class _Finding:
    """Says what is wrong with an address of a page, and what was probably meant."""

    def __init__(self, book: Book, page: Page) -> None:
        self._book, self._site, self._page = book, book.site, page
        self._meant = Meant(book, page)

    def problem(self, use: Use, place: Place, link: Link) -> Problem:
        written = Use(use.tag, link.dest)
        # Of several that lead to the same place, what is said is of the one that is shown; and of a page that is left out, or
        # gone since this one was built, it is the name, of which MkDocs has made an address.
        if written in self._page.uses or (not self._site.exists(place.url) and _names_a_page(link)):
            use = written
        if not self._site.exists(place.url):
            return self._no_file(use, place, link)
        if use.href.startswith("#"):
            return self._no_id(place.anchor, link)
        return self._no_anchor(place, link)

    def _no_anchor(self, place: Place, link: Link) -> Problem:
        target = self._site.page_at[file_of(place.url)]
        meant = self._meant.anchor(place, link)
        fix = f"{meant.question}Link to a heading or an id that is there."
        notes = self._book.notes(target.path, place.anchor) if target.path else ()
        message = f"{_code(target.path or target.url)} has no anchor {_code('#' + place.anchor)}."
        return Problem(link.position, "LNK002", message, fix, notes, meant.edit)

    def _no_file(self, use: Use, place: Place, link: Link) -> Problem:
        path, source = _code(use.href.partition("#")[0]), self._meant.source_path(link.dest)
        notes = () if source.startswith("..") else self._book.notes(source)
        if use.tag not in PAGES:
            if sized := SIZED_RE.match(link.dest):
                fix = f"Write the size behind the brackets: `({sized['path']}){{ width={sized['width'] or '...'} }}`."
                return Problem(link.position, "LNK003", f"There is no file {path}.", fix)
            meant = self._meant.file(use, place, link)
            fix = f"{meant.question}Put the file under docs, or mend its path."
            return Problem(link.position, "LNK003", f"There is no file {path}.", fix, notes, meant.edit)
        if key := _forgotten(link, self._book):
            message = f"{path} leads nowhere: an id is named with `#`."
            edit = Edit(link.start, link.dest, f"#{key}") if link.start else None
            return Problem(link.position, "LNK001", message, f"Write `#{key}`.", edit=edit)
        if not is_raw(link) and source.endswith(MARKDOWN) and is_file(self._book.project.docs / source):
            fix = f"Link to a page that is, or let it in: see `exclude_docs` in {self._book.project.name}."
            return Problem(link.position, "LNK001", f"{path} is there, and left out of the site.", fix)
        if unrendered := self._site.pages.get(source):
            meant = self._meant.rendered(unrendered, link)
            fix = f"Write a Markdown link, or link to `{meant.text}`."
            message = f"{path} is not an address of the site: MkDocs leaves raw HTML as it is."
            return Problem(link.position, "LNK001", message, fix, edit=meant.edit)
        meant = self._meant.page(use, place, link)
        form = "Write the address of a page, relative to this one's." if is_raw(link) else FORM
        return Problem(link.position, "LNK001", f"{path} leads nowhere.", f"{meant.question}{form}", notes, meant.edit)

    def _no_id(self, key: str, link: Link) -> Problem:
        if key.startswith("src-"):
            return no_source(key.removeprefix("src-"), self._book.registry, link.position)
        pages = self._book.links.pages_of(key)
        if len(pages) > 1 and self._book.project.directives:
            message = f"{_code('#' + key)} is on several pages: {', '.join(sorted(pages))}."
            return Problem(link.position, "REF002", message, "Name the page: `[words](page.md#id)`.")
        if kind_of(key) and self._book.project.directives:
            return no_target(key, self._book, link.position)
        meant = self._meant.anchor(Place(self._page.url, key), link)
        fix = f"{meant.question}Link to a heading or an id that is there."
        where = "No page of the guide has an anchor" if self._book.project.directives else "This page has no anchor"
        notes = self._book.notes(self._page.path, key) if self._page.path else ()
        return Problem(link.position, "LNK002", f"{where} {_code('#' + key)}.", fix, notes, meant.edit)


def _names_a_page(link: Link) -> bool:
    return not is_raw(link) and link.dest.partition("#")[0].partition("?")[0].endswith(MARKDOWN)


def _forgotten(link: Link, book: Book) -> str:
    """Return the id that a link names without its ``#``, "" if it does not."""
    return link.dest if link.text == "" and book.registry.get(link.dest) else ""


def no_target(key: str, book: Book, at: Position) -> Problem:
    """Return the problem of an id that nothing in the guide has."""
    kind = kind_of(key)
    fix = f"{near.did_you_mean(key, book.registry.ids())}Use the `id:` of {a(kind.name) if kind else 'something'} in the guide."
    return Problem(at, "REF001", f"Nothing in the guide has the id {_code(key)}.", fix, book.notes("", key))


def no_source(key: str, registry: Registry, at: Position) -> Problem:
    """Return the problem of a citation whose key is not in the sources."""
    keys = [name.removeprefix("src-") for name in registry.ids() if name.startswith("src-")]
    fix = f"{near.did_you_mean(key, keys)}Sources are in docs/reference/sources.yml."
    return Problem(at, "CIT001", f"There is no source {_code(key)}.", fix)


def _code(text: str) -> str:
    text = " ".join(text.split("\n"))
    return near.quoted(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")
