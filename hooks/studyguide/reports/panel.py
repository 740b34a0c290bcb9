"""Problems -> a panel in each page of a served guide, and marks at their places on it; no script is needed.

    docs/a.md:7:5: LNK001 `map.md` ...    ->  <section class="sg-panel"> ... <a href="#sg-problem-1">`map.md` ...</a>
    <a href="map.md">                     ->  <a id="sg-problem-1" class="sg-problem-here" href="map.md">

The page is never taken apart and written anew: text is put into it, and all else stays as it is to the letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.codes import RULES, help_for
from studyguide.links.links import href
from studyguide.reports import places
from studyguide.reports.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studyguide.model import Problem
    from studyguide.reports.places import ServedPage

STYLES = Path(__file__).with_name("panel.css").read_text("utf-8")
STYLESHEET = "assets/css/studyguide-panel.css"
HELP_PAGE = "authoring/problems.md"

PARTIAL = ", as far as it was checked"
# How many other pages and files a panel lists: every page has a panel, and a thousand may have problems.
MOST = 20

# Material's link past the navigation, which must stay the first stop of the Tab key.
SKIP_RE = re.compile(r"<div data-md-component=\"?skip\"?>.*?</div>", re.DOTALL)
CODE_RE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel of one page says; ``counts`` are all pages with problems and how many each has.

    ``not_checked`` is what was not looked at, in words: without findings such a page is not clean.
    """

    page: ServedPage
    problems: tuple[Problem, ...] = ()
    counts: tuple[tuple[ServedPage, int], ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    change: str = ""
    not_checked: tuple[str, ...] = ()
    help: ServedPage | None = None


def panels(
    pages: Sequence[ServedPage], problems: Iterable[Problem], change: str = "", not_checked: Iterable[str] = ()
) -> list[Panel]:
    """Return the panel of every page; ``change`` is the terminal's line about what is new since the last build."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.position.path].append(problem)
    paths = {page.path for page in pages}
    counts = tuple((page, len(found[page.path])) for page in pages if page.path in found)
    elsewhere = tuple(problem for path, some in found.items() if path not in paths for problem in some)
    explained = next((page for page in pages if f"/{page.path}".endswith(f"/{HELP_PAGE}")), None)
    left = tuple(not_checked)
    return [Panel(page, tuple(found.get(page.path, ())), counts, elsewhere, change, left, explained) for page in pages]


def insert(html: str, panel: Panel) -> str:
    """Return a rendered page with its panel and a mark at the place of each problem; as it is, if it has no body."""
    body = next((element for element in places.elements(html) if element.name == "body"), None)
    if body is None:
        return html
    anchors, marks = places.mark(html, panel.page, panel.problems) if panel.problems else ([], [])
    edits = {mark.element.start: (mark.element.end, places.marked(html, mark)) for mark in marks}
    skip = SKIP_RE.search(html, body.end)
    at = skip.end() if skip else body.end
    edits[at] = (at, _panel(panel, anchors))
    pieces, end = [], 0
    for start, (stop, text) in sorted(edits.items()):
        pieces += [html[end:start], text]
        end = stop
    return "".join([*pieces, html[end:]])


def _panel(panel: Panel, anchors: list[str]) -> str:
    """Return the panel's HTML with its style sheet, which may stand in a body."""
    own = [_item(problem, panel, anchor) for problem, anchor in zip(panel.problems, anchors, strict=True)]
    worst = next((s for s in ("error", "warning", "hint") if any(p.severity == s for p in panel.problems)), "none")
    others = [(page, number) for page, number in panel.counts if page != panel.page]
    number = sum(number for _, number in others)
    more = f"{number} {'more ' if own else ''}on other {'page' if len(others) == 1 else 'pages'}" if number else ""
    here = f"{count(len(own), 'problem') if own else 'No problems'} on this page{PARTIAL if panel.not_checked else ''}"
    aside = f' <span class="sg-panel__more">{more}</span>' if more and not own else ""
    links = [f'<li><a href="{_href(page.url, panel)}">{escape(page.title)}</a> {times}</li>' for page, times in others]
    left = f"Not checked: {'; '.join(panel.not_checked)}." if panel.not_checked else ""
    clean = "" if own or others or panel.elsewhere or left else "No problems in the guide."
    return (
        f'<link rel="stylesheet" href="{_href(STYLESHEET, panel)}">'
        f'<section class="sg-panel sg-panel--{worst}" aria-label="Problems found by the build">'
        f"<details{' open' if worst == 'error' else ''}>"
        f'<summary><span class="sg-panel__count">{here}</span>{aside}</summary><div class="sg-panel__body">'
        f"{'<ol>' + ''.join(own) + '</ol>' if own else ''}{_list(more, links)}"
        f"{_list('In other files', [_item(problem, panel) for problem in panel.elsewhere])}"
        f"{_paragraph('clean', clean)}{_paragraph('left', left)}{_paragraph('change', panel.change)}"
        f"</div></details></section>"
    )


def _list(title: str, items: list[str]) -> str:
    """Return a titled list, "" of nothing."""
    rest = f"<li>and {len(items) - MOST} more</li>" if len(items) > MOST else ""
    return f'<p class="sg-panel__title">{title}</p><ul>{"".join(items[:MOST])}{rest}</ul>' if items else ""


def _paragraph(name: str, text: str) -> str:
    return f'<p class="sg-panel__{name}">{_inline(text)}</p>' if text else ""


def _inline(text: str) -> str:
    return CODE_RE.sub(r"<code>\1</code>", escape(text))


def _href(url: str, panel: Panel) -> str:
    return escape(href(url, panel.page.url))


def _item(problem: Problem, panel: Panel, anchor: str = "") -> str:
    """Return a finding as an item of a list; its message leads to its place, where that is on the page."""
    message = _inline(problem.message)
    linked = f'<a href="#{escape(anchor)}">{message}</a>' if anchor else message
    return (
        f'<li class="sg-panel__problem"><p class="sg-panel__head">'
        f'<span class="sg-panel__severity sg-panel__severity--{problem.severity}">{problem.severity}</span> '
        f'<a href="{_help(problem.code, panel)}" title="{escape(RULES[problem.code].title)}">{problem.code}</a></p>'
        f'<p class="sg-panel__message">{linked}</p>'
        f"{_paragraph('fix', problem.fix)}{''.join(_paragraph('note', note) for note in problem.notes)}"
        f'<p class="sg-panel__where">{escape(str(problem.position))}</p></li>'
    )


def _help(code: str, panel: Panel) -> str:
    """Return the address that explains a code: on this site, if it has the guide's page of problems."""
    if panel.help and f"#{code.lower()} }}" in panel.help.text:
        return f"{_href(panel.help.url, panel)}#{code.lower()}"
    return help_for(code)
