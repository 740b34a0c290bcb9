"""The finished site -> the whole guide as one HTML document, to be printed: contents, every chapter, and the answers.

    document(site, Path("site"))  ->  "<!doctype html> ..."

The chapters are the pages of the navigation, in its order, but for those about writing the guide and the lab. A link to a page that
is a chapter leads to it within the document, any other to the site. What a question's answer says stands in an appendix.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from studyguide.site.page import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from studyguide.site.page import Page
    from studyguide.site.site import Site

STYLE = Path(__file__).with_name("document.css")
# Sections of the navigation that are for who writes the guide, or to be played with.
LEFT_OUT = frozenset({"Authoring", "Lab"})
# Nothing to press on paper, nothing that shows only to who comes for it, and of two forms of a drawing the wide one.
REMOVED = (
    ".headerlink, .sg-enlarge, .sg-form--narrow, .sg-moved, .sg-alias, .sg-start, .md-source-file, "
    ".md-content__button, .sg-test, script, button, form, template"
)
# In the table of contents, the number of the page on which an anchor stands: nobody knows it before it is printed.
NUMBER_RE = re.compile(r'(?P<start><span class="sg-book__number" data-of="(?P<key>[^"]*)">)\d*(?=</span>)')
# Attributes that name ids of the same page.
NAMING = ("for", "name", "aria-labelledby", "aria-describedby", "aria-controls")


class Stop(NamedTuple):
    """A page in the navigation: the section that it is in, "" where it is in none, and its address."""

    section: str
    url: str


@dataclass(frozen=True)
class Chapter:
    """A page of the document, and the answers that were taken out of it."""

    section: str
    title: str
    key: str
    page: Page
    body: LexborNode
    answers: list[str] = field(default_factory=list)


class NoGuideError(Exception):
    """There is no site to print; the text says why."""


def document(site: Site, folder: Path) -> str:
    """Return the document; styles and pictures are asked for where they are in the folder of the site."""
    home = LexborHTMLParser(_text(folder, "index.html"))
    chapters = list(_chapters(site, folder, home))
    if not chapters:
        message = f"{folder} has no navigation to follow."
        raise NoGuideError(message)
    title = (node.text(strip=True) if (node := home.css_first(".md-header__title .md-ellipsis")) else "") or chapters[
        0
    ].title
    links = _Links(site, folder, _own_address(home), chapters)
    for chapter in chapters:
        links.lead(chapter)
        _take_answers(chapter)
    styles = "".join(
        f'<link rel="stylesheet" href="{(folder / str(node.attributes["href"]).partition("?")[0]).resolve().as_uri()}">'
        for node in home.css("link[rel=stylesheet]")
    )
    root = home.root
    language = escape((root and root.attributes.get("lang")) or "en")
    about = home.css_first("meta[name=description]")
    lead = escape(str(about.attributes["content"])) if about else ""
    parts = [
        f'<header class="sg-book__title"><h1>{escape(title)}</h1><p>{lead}</p></header>',
        _contents(chapters),
        *(f'<section class="sg-book__chapter" id="{each.key}">{each.body.inner_html}</section>' for each in chapters),
        _appendix(chapters),
    ]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{styles}<style>{STYLE.read_text('utf-8')}</style></head>"
        f'<body class="sg-book" data-md-color-scheme="default"><div class="md-typeset">{"".join(parts)}</div></body></html>'
    )


def numbered(text: str, pages: Mapping[str, int]) -> str:
    """Return a document whose contents give the numbers of its pages, by the anchors that they are of."""
    return NUMBER_RE.sub(lambda match: f"{match['start']}{pages.get(unescape(match['key']), '')}", text)


def _text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text("utf-8", errors="replace")
    except OSError as error:
        message = f"{folder / file} cannot be read: {error.strerror}."
        raise NoGuideError(message) from None


def stops(home: LexborHTMLParser, site: Site) -> Iterator[Stop]:
    """Yield the pages of the navigation, as the home page shows it."""
    page = site.page_at["index.html"]
    for link in home.css(".md-nav--primary a.md-nav__link[href]"):
        around, section = link.parent, ""
        while around is not None and not section:
            if "md-nav--secondary" in (around.attributes.get("class") or ""):
                break  # the home page's own contents
            label = around.css_first("label.md-nav__link") if _is_section(around) else None
            section = label.text(strip=True) if label else ""
            around = around.parent
        else:
            place = site.place(str(link.attributes["href"]), page)
            if place and section not in LEFT_OUT:
                yield Stop(section, place.url)


def _is_section(node: LexborNode) -> bool:
    return "md-nav__item--nested" in (node.attributes.get("class") or "").split()


def _chapters(site: Site, folder: Path, home: LexborHTMLParser) -> Iterator[Chapter]:
    seen: set[str] = set()
    for stop in dict.fromkeys(stops(home, site)):
        file = file_of(stop.url)
        if file in seen or file not in site.page_at:
            continue
        seen.add(file)
        body = LexborHTMLParser(_text(folder, file)).css_first("article")
        if body is None:
            continue
        for node in body.css(REMOVED):
            node.decompose()
        heading = body.css_first("h1")
        key = stop.url.removesuffix(".html").strip("/").replace("/", "-") or "start"
        yield Chapter(
            stop.section, heading.text(strip=True) if heading else stop.url, f"{key}.", site.page_at[file], body
        )


def _own_address(home: LexborHTMLParser) -> str:
    canonical = home.css_first("link[rel=canonical]")
    return str(canonical.attributes["href"]) if canonical else ""


class _Links:
    """Where ids and links of a page come to in the document: ids that several pages have get their chapter's key."""

    def __init__(self, site: Site, folder: Path, address: str, chapters: list[Chapter]) -> None:
        self._site, self._folder, self._address = site, folder, address
        self._chapters = {chapter.page.url: chapter for chapter in chapters}
        self._glyphs: set[str] = set()
        counts = Counter(
            key for chapter in chapters for key in {str(node.attributes["id"]) for node in chapter.body.css("[id]")}
        )
        self._shared = {key for key, count in counts.items() if count > 1}

    def lead(self, chapter: Chapter) -> None:
        """Change a chapter's ids and addresses to those that they have in the document."""
        self._rename(chapter)
        for node in chapter.body.css("a[href]"):
            node.attrs["href"] = self._href(str(node.attributes["href"]), chapter.page)
        for node in chapter.body.css("img[src]"):
            if place := self._site.place(str(node.attributes["src"]), chapter.page):
                node.attrs["src"] = (self._folder / place.url).resolve().as_uri()
        for node in chapter.body.css("details"):
            node.attrs["open"] = ""
        for node in chapter.body.css(".sg-cheat"):  # it has a sheet of its own on its own page alone
            node.attrs["class"] = " ".join(part for part in str(node.attributes["class"]).split() if part != "sg-cheat")

    def _rename(self, chapter: Chapter) -> None:
        """Give a chapter's ids their names; a letter shape that an earlier one brought is there already."""
        for node in chapter.body.css(".sg-glyphs path"):
            if node.attributes["id"] in self._glyphs:
                node.decompose()
            else:
                self._glyphs.add(str(node.attributes["id"]))
        for node in chapter.body.css("[id]:not(path)"):
            node.attrs["id"] = self._id(str(node.attributes["id"]), chapter)
        for name in NAMING:
            for node in chapter.body.css(f"[{name}]"):
                node.attrs[name] = " ".join(self._id(key, chapter) for key in str(node.attributes[name]).split())

    def _id(self, key: str, chapter: Chapter) -> str:
        return f"{chapter.key}{key}" if key in self._shared else key

    def _href(self, href: str, page: Page) -> str:
        place = self._site.place(href, page)
        if place is None:
            return href
        chapter = self._chapters.get(place.url)
        if chapter is None:
            return f"{self._address}{place.url}{'#' if place.anchor else ''}{place.anchor}" if self._address else href
        return f"#{self._id(place.anchor, chapter) if place.anchor else chapter.key}"


def _take_answers(chapter: Chapter) -> None:
    """Take the answers out of a chapter; where one stood, a link leads to it."""
    for question in chapter.body.css(".sg-checkpoint"):
        answer, label, stem = (question.css_first(part) for part in ("details.sg-answer", ".sg-label", ".sg-stem"))
        if answer is None or label is None or stem is None:
            continue
        key = str(question.attributes["id"])
        for summary in answer.css("summary"):
            summary.decompose()
        asked = f'<p class="sg-book__asked">{escape(" ".join(stem.text().split()))}</p>'
        chapter.answers.append(
            f'<section class="sg-checkpoint" id="{key}.answer">{label.html}{asked}{answer.html}</section>'
        )
        link = LexborHTMLParser(f'<p class="sg-book__to-answer"><a href="#{key}.answer">The answer</a></p>')
        paragraph = link.css_first("p")
        if paragraph is not None:
            answer.replace_with(paragraph)


def _contents(chapters: list[Chapter]) -> str:
    """Return the table of contents: sections, their chapters, and the headings of each."""
    sections: dict[str, list[str]] = {}
    for chapter in chapters:
        headings = "".join(
            f"<li>{_line(str(node.attributes['id']), node.text(strip=True))}</li>"
            for node in chapter.body.css("h2[id]")
        )
        line = f"<li>{_line(chapter.key, chapter.title)}<ol>{headings}</ol></li>"
        sections.setdefault(chapter.section, []).append(line)
    sections["Appendix"] = [f"<li>{_line('answers.', 'Answers')}</li>"]
    lists = (
        f"{f'<h3>{escape(name)}</h3>' if name else ''}<ol>{''.join(lines)}</ol>" for name, lines in sections.items()
    )
    return f'<nav class="sg-book__contents"><h2 id="contents.">Contents</h2>{"".join(lists)}</nav>'


def _line(key: str, title: str) -> str:
    number = f'<span class="sg-book__number" data-of="{escape(key)}"></span>'
    return f'<p class="sg-book__line"><a href="#{escape(key)}">{escape(title)}</a>{number}</p>'


def _appendix(chapters: list[Chapter]) -> str:
    """Return the answers, by the chapters in which the questions are asked."""
    parts = (f"<h2>{escape(chapter.title)}</h2>{''.join(chapter.answers)}" for chapter in chapters if chapter.answers)
    return f'<section class="sg-book__answers" id="answers."><h1>Answers</h1>{"".join(parts)}</section>'
