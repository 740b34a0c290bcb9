"""Addresses that no page writes: what the settings and the theme put around every page. One cause is one problem.

    extra_css: [gone.css]              ->  mkdocs.yml:4:12: There is no file `gone.css`, and 9 pages ask for it.
    <a href="{{ 'gone/' | url }}">     ->  overrides/main.html:3:15: `gone/` leads nowhere, and 9 pages link to it.

A page that shows a part of another, such as a blog's list of posts, writes no address of its own either: those are
reported where they are written.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from studyguide import near
from studyguide.links.faults import fault
from studyguide.model import Position, Problem
from studyguide.site.page import PAGES, file_of
from studyguide.text import settings
from studyguide.text.inputs import read
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studyguide.checks.book import Book
    from studyguide.links.faults import Fault
    from studyguide.site.page import Page, Use
    from studyguide.site.site import Place

COMMENT_RE = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
# The file of the page that every theme leads to.
HOME = "index.html"
# A page's way to the root of the site.
# How the address of a page's source goes on after that of its repository, where the settings do not say.
REPOSITORY = ("edit/", "src/", "blob/")
UP_RE = re.compile(r"^(?:\.{0,2}/)+")


class Framed(NamedTuple):
    """An address on a page whose source does not have it: where it leads to nothing, or why nobody can open it."""

    page: Page
    use: Use
    place: Place | None
    fault: Fault | None = None


class _Cause(NamedTuple):
    """One such address as it is written, where that is, and how many pages have it."""

    framed: Framed
    written: str
    position: Position
    pages: int


def problems(found: Sequence[Framed], book: Book) -> Iterator[tuple[Framed, Problem | None]]:
    """Yield a problem for each cause; None where one page alone has the address and nothing says why."""
    causes: dict[object, tuple[Position | None, str, list[Framed]]] = {}
    for group in _by_cause(found):
        position, written = _written(group[0], book)
        # What a template makes of a page's own address is another on each page.
        key = (position, written) if position else (group[0].use, group[0].place)
        causes.setdefault(key, (position, written, []))[2].extend(group)
    for position, written, group in causes.values():
        # That nobody can open it is why it leads nowhere.
        group.sort(key=lambda framed: framed.fault is None)
        pages = len({framed.page.url for framed in group})
        if position is None and _is_left(group[0], book):
            continue
        if position is None and pages == 1 and group[0].page.path:
            yield group[0], None
        else:
            cause = _Cause(group[0], written, position or Position(book.project.name), pages)
            yield group[0], _problem(cause, book, known=position is not None)


def _is_left(framed: Framed, book: Book) -> bool:
    """Return whether this leads to what is gone or moved, from a page not built since: nobody can mend it there."""
    place = framed.place
    if not book.partial or place is None or framed.use.tag not in PAGES:
        return False
    # An id of the guide leads to whatever page has it when the page is built again.
    return not book.site.exists(place.url) or book.registry.get(place.anchor) is not None


def _by_cause(found: Sequence[Framed]) -> Iterable[list[Framed]]:
    """Return what has one cause: one place reached from everywhere, or one text that is the same everywhere."""
    places: dict[object, list[Framed]] = {}
    texts: dict[object, list[Framed]] = {}
    for framed in found:
        places.setdefault((framed.use.tag, framed.place), []).append(framed)
        texts.setdefault(framed.use, []).append(framed)
    groups: dict[object, list[Framed]] = {}
    for framed in found:
        place = (framed.use.tag, framed.place)
        same_place = framed.place is not None and len(places[place]) >= len(texts[framed.use])
        groups.setdefault(place if same_place else framed.use, []).append(framed)
    return groups.values()


def _names(framed: Framed, book: Book) -> list[str]:
    """Return what may be written for an address, the likeliest first."""
    place = framed.place
    # A plugin that makes pages which lead on is told their targets by the names of the sources.
    target = book.site.page_at.get(file_of(place.url)) if place and place.anchor else None
    source = f"{target.path}#{place.anchor}" if place and target and target.path else ""
    whole = f"{place.url}#{place.anchor}" if place and place.anchor else place.url if place else ""
    # A template may make the page's address and write what follows it alone.
    anchor = f"#{place.anchor}" if place and place.anchor else ""
    own = [address.removeprefix(framed.page.url) for address in (framed.use.href, whole)]
    from_root = framed.use.href if framed.use.href.startswith("/") else ""
    names = [
        from_root,
        whole.removeprefix("../"),
        UP_RE.sub("", framed.use.href),
        framed.use.href,
        source,
        anchor,
        *own,
    ]
    return list(dict.fromkeys(filter(None, names)))


def _written(framed: Framed, book: Book) -> tuple[Position | None, str]:
    """Return where an address is written, None where that is not known, and how."""
    if edited := _in_edit(framed, book):
        return edited
    if position := _in_its_file(framed, book):
        return position, framed.use.href
    names = _names(framed, book)
    for search in (settings.find, lambda _, name: _in_templates(name, book), settings.find_within):
        for name in names:
            if position := search(book.project.settings, name):
                return position, name
    return None, names[0] if names else framed.use.href


def _in_edit(framed: Framed, book: Book) -> tuple[Position, str] | None:
    """Return where the settings say how the address of each page's source begins, and that; None of any other address."""
    path, href = framed.page.path, framed.use.href
    if framed.use.tag != "a" or not path or not href.endswith(path):
        return None
    start, known = href.removesuffix(path), book.project.settings
    repository = settings.value(known, "repo_url")
    # To an address that is none MkDocs joins nothing: what is left leads nowhere.
    if repository and fault(repository[0]) and not fault(start) and start.startswith(REPOSITORY):
        return repository[1], repository[0]
    for key in ("edit_uri_template", "edit_uri"):
        if (found := settings.value(known, key)) and (begin := found[0].partition("{")[0]) and start.endswith(begin):
            return found[1], begin
    return None


def _in_its_file(framed: Framed, book: Book) -> Position | None:
    """Return where an address stands in a page that is a file of HTML below docs, None where it is none."""
    names = (name for name, file in book.listing.files.items() if file == framed.page.file and not framed.page.path)
    if not (name := next(names, "")):
        return None
    path = book.project.prefix + name
    source = Source(path, read(book.project.docs / name, path)[0])
    written = rf"(?<=[\"'=( ])(?:{re.escape(framed.use.href)}|{re.escape(escape(framed.use.href))})(?=[\"')> ])"
    found = re.search(written, source.text)
    return source.position(found.start() if found else 0)


def _in_templates(name: str, book: Book) -> Position | None:
    """Return where a template of the project has an address."""
    pattern = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w/.-])")
    for path in book.project.own_templates():
        text = read(book.project.root / path, path)[0]
        if found := pattern.search(COMMENT_RE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)):
            return Source(path, text).position(found.start())
    return None


def _problem(cause: _Cause, book: Book, *, known: bool) -> Problem:
    framed, place = cause.framed, cause.framed.place
    one = cause.pages == 1
    count = f"{cause.pages} page{'' if one else 's'}"
    where = "here" if known else "where the theme or a setting writes it"
    if place is None or framed.fault:
        what = fault(cause.written) or framed.fault
        text = f"{what.message if what else ''} {count} {'has' if one else 'have'} it."
        return Problem(cause.position, what.code if what else "LNK001", text, what.fix if what else "")
    link = f"{count} link{'s' if one else ''} to it"
    if book.site.exists(place.url):
        target = book.site.page_at[file_of(place.url)]
        text = f"`{target.path or target.url}` has no anchor `#{place.anchor}`, and {link}."
        return Problem(cause.position, "LNK002", text, f"Name an id that the page has{'' if known else f', {where}'}.")
    meant = _meant(framed.use, place, book)
    if framed.use.tag in PAGES and file_of(place.url) == HOME:
        fix = f"Write {book.project.prefix}index.md, or README.md beside it."
        return Problem(cause.position, "LNK001", f"The site has no home page, and {link}.", fix)
    if framed.use.tag in PAGES:
        fix = f"{meant}Mend the address {where}."
        return Problem(cause.position, "LNK001", f"`{cause.written}` leads nowhere, and {link}.", fix)
    fix = f"{meant}Put the file under docs, or mend its path {where}."
    text = f"There is no file `{cause.written}`, and {count} ask{'s' if one else ''} for it."
    return Problem(cause.position, "LNK003", text, fix)


def _meant(use: Use, place: Place, book: Book) -> str:
    known = book.names if use.tag in PAGES else book.files_like(use.tag)
    found = near.near_page(place.url.rstrip("/"), known)
    page = book.site.pages.get(found)
    new = page.url if page else found
    return f"Did you mean `{new}`? " if new else ""
