"""The guide's questions, by page and by objective -> what shows how far a reader is.

<!-- studyguide: progress -->  in a page  ->  a table of the lessons and one of the objectives, with their questions
practice/lessons.js                        ->  {"learn/dns/": ["cp-resolver", ...]}: the questions of each page, by its address

A lesson is a page that has questions and that an objective names as what to read.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from studyguide.exports.practice import Asked, Practice, lessons, moved, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.compose import Rendered
    from studyguide.links.registry import Registry

MARK = "<!-- studyguide: progress -->"
FILE = "practice/lessons.js"
HEADS = ("Questions", "Right at the first try", "To look at again")


def progress(pages: Mapping[str, Rendered], registry: Registry) -> Practice:
    """Return the pages that have the mark with their tables, and the file."""
    showing = {path: page for path, page in pages.items() if MARK in page.content}
    if not showing:
        return Practice({}, {})
    asked = {path: found for path, page in pages.items() if (found := questions(page.content, page.url, ""))}
    by_address = {pages[path].url: [each.id for each in found] for path, found in asked.items()}
    code = f"globalThis.studyguide.lessons = {json.dumps(by_address, separators=(',', ':'))}\n"
    contents = {
        path: page.content.replace(MARK, _lessons(pages, asked, page.url) + _objectives(asked.values(), registry))
        for path, page in showing.items()
    }
    return Practice(contents, {FILE: code})


def _lessons(pages: Mapping[str, Rendered], asked: Mapping[str, tuple[Asked, ...]], url: str) -> str:
    named = " ".join(link for links in lessons(pages.values(), url).values() for link in links)
    rows = []
    for path, found in asked.items():
        address = moved(pages[path].url, "", url)
        if f'href="{address}"' in named:
            link = f'<a href="{escape(address)}">{pages[path].title}</a>'
            rows.append(_row(link, found, " data-lesson"))
    return _table("Lessons", "Lesson", rows)


def _objectives(asked: Iterable[tuple[Asked, ...]], registry: Registry) -> str:
    every = [each for found in asked for each in found]
    rows = [
        _row(escape(registry.spell(target.title)), found, "")
        for target in registry
        if target.kind == "objective" and (found := [each for each in every if each.objective == target.id])
    ]
    return _table("Objectives", "You can", rows)


def _row(name: str, asked: Iterable[Asked], more: str) -> str:
    ids = [each.id for each in asked]
    cells = f'<th scope="row">{name}</th><td>{len(ids)}</td><td></td><td></td>'
    return f'<tr data-questions="{" ".join(ids)}"{more}>{cells}</tr>'


def _table(title: str, first: str, rows: Iterable[str]) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in (first, *HEADS))
    return (
        f'<section class="sg-rows" aria-label="{title}"><h2>{title}</h2>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></section>"
    )
