"""The navigation against the pages: a page that it leaves out, an entry that leads to none."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from studyguide.links.faults import fault
from studyguide.model import Edit, Position, Problem
from studyguide.near import did_you_mean
from studyguide.text import inputs, quickyaml, settings
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.listing import Entry, Project
    from studyguide.text.source import Link


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every page outside nav and every entry without a page."""
    for entry in book.listing.missing:
        if entry.path in book.missing and not (_is_on_a_page(entry, book) or _is_said(entry, book)):
            whole, moved = re.split(r"[?#]", entry.path, maxsplit=1)[0], book.moved_page(entry.path)
            if whole != entry.path and whole in book.sources:
                message = f"The navigation names `{entry.path}`: its entries are whole pages."
                fix = f"Write `{whole}`, or remove the entry."
            else:
                near = f"Did you mean `{moved.path}`? " if moved else did_you_mean(entry.path, book.sources)
                message = f"The navigation names `{entry.path}`, and there is no such page."
                fix = f"{near}Give the path of a page below docs, or remove the entry."
            edit = _edit(entry, moved.path, book.project) if moved and moved.certain else None
            yield Problem(_position(entry, book.project), "NAV002", message, fix, book.notes(entry.path), edit)
    for entry in book.listing.empty:
        message = f"The section `{entry.path}` of the navigation leads to no page."
        yield Problem(entry.position, "NAV002", message, "Give it pages, or remove it.")
    for page in book.listing.pages if book.project.whole_nav else ():
        if page.outside and not page.made_by:
            fix = f"Add `{page.path}` to `nav` in {book.project.name}, or to `not_in_nav`."
            yield Problem(Position(page.source), "NAV001", "This page is not in the navigation.", fix)


def _position(entry: Entry, project: Project) -> Position:
    """Return where an entry is written: in the settings, or in a file that a plugin reads and that is no page."""
    if settings.find(project.settings, entry.path):
        return entry.position
    for name in inputs.walk(project.docs, project.prefix).pages:
        path = project.prefix + name
        source = Source(path, inputs.read(project.docs / name, path)[0])
        if link := next((link for link in source.links if _leads(name, link) == entry.path), None):
            return link.position
    return entry.position


def _leads(name: str, link: Link) -> str:
    """Return the path below docs that a link names in a file there, with what follows it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), link.dest))


def _is_on_a_page(entry: Entry, book: Book) -> bool:
    """Return whether a plugin takes an entry from a page, where its link is a problem already."""
    if settings.find(book.project.settings, entry.path):
        return False
    return any(
        entry.path in (leads := _leads(page.path, link), leads.partition("#")[0])
        for page, source in book.written()
        for link in source.links
    )


def _is_said(entry: Entry, book: Book) -> bool:
    """Return whether an entry is an address that no browser opens, and pages link to it: that is a problem of its own."""
    linked = (use.href == entry.path for page in book.site.pages.values() for use in page.uses)
    return book.project.directives and fault(entry.path) is not None and any(linked)


def _edit(entry: Entry, new: str, project: Project) -> Edit | None:
    """Return the change of an entry, if it is written plainly or in quotes and its new page has none yet."""
    text = project.settings.get(entry.position.path, "")
    line = "\n".join(text.split("\n")[entry.position.line - 1 :])[entry.position.column - 1 :]
    mark = line[0] if line[:1] in ("'", '"') else ""
    named = re.search(rf"(?<![\w/.-]){re.escape(new)}(?![\w/.-])", text)
    if named or not line.startswith(f"{mark}{entry.path}{mark}") or not _is_scalar(f"{mark}{new}{mark}", new):
        return None
    return Edit(replace(entry.position, column=entry.position.column + len(mark)), entry.path, new)


def _is_scalar(text: str, value: str) -> bool:
    try:
        return quickyaml.load(f"- {text}") == [value]
    except (yaml.YAMLError, ValueError):
        return False
