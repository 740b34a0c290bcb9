"""What goes into the rendered pages: numbers and links, drawings, the sources, and the anchors that a page had before.

registry = register(manuscript)
compose(manuscript, registry, pages)  ->  {"index.md": "<h1 ...", "learn/a.md": ...}
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from studyguide import figures
from studyguide.directives.figure import PLACEHOLDER_RE
from studyguide.links.breaks import with_breaks
from studyguide.links.links import Links, href, relative
from studyguide.links.listings import with_listings
from studyguide.links.registry import Registry
from studyguide.published import aliases, moved
from studyguide.text import sources
from studyguide.text.comments import is_in, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide.collect import Manuscript
    from studyguide.directives.part import Part
    from studyguide.model import Figure

READING_MARK, SOURCES_MARK = written("reading time"), written("sources")
EXTENT_RE = re.compile(written(r"extent (?P<folder>\S+)"))
# Words that a reader of such a text takes in a minute; a figure or a question takes as long as so many.
PACE, FIGURE, QUESTION = 200, 60, 120
# What is not read from start to end.
ASIDE_RE = re.compile(r"<svg\b.*?</svg>|<details\b.*?</details>|<[^>]+>", re.DOTALL)
# A drawing or a lab as it stands in a page, and the letter shapes of all drawings.
DRAWN_RE = re.compile(r'<(?P<tag>figure-viewer|reach-lab)\b.*?</(?P=tag)>|<svg class="sg-glyphs".*?</svg>', re.DOTALL)
# What the theme's search takes out of a page when it has passed something by.
PASSED_BY = ' data-search-exclude="true"'
QUESTION_RE = re.compile(r'<section\b[^>]*\bclass="sg-checkpoint"(?:(?!<section\b).)*?</section>', re.DOTALL)
SET_ASIDE_RE = re.compile(r'<div class="sg-set-aside" data-number="(?P<number>\d{1,9})">[^<]*</div>')
ENLARGE_RE = re.compile(r'<a class="sg-enlarge".*?</a>', re.DOTALL)
# Its description has them, too.
LABEL_RE = re.compile(r"<text\b.*?</text>", re.DOTALL)
TAG_RE = re.compile(r"<[^>]+>")
NARROW = "sg-form--narrow"
# Words of 14 pixels in a drawing shrink to 11 on a phone and to 12 beside a page's text at most: one that would have to
# shrink further to fit there is as large as it was drawn, and can be scrolled.
PHONE, DESK = 336 * 14 / 11, 655 * 14 / 12


class Rendered(NamedTuple):
    """A page as MkDocs renders it: its address in the site, not quoted, its title, and its content's HTML."""

    url: str
    title: str
    content: str


def register(manuscript: Manuscript) -> Registry:
    """Return every target of the guide; numbers follow the order of the pages."""
    registry = Registry()
    page = manuscript.sources_page if manuscript.cited else ""
    for entry in manuscript.cited:
        registry.add(entry.target, page)
    for path in manuscript.listing.urls:
        for target in manuscript.parts[path].targets:
            registry.add(target, path)
    return registry


def compose(manuscript: Manuscript, registry: Registry, pages: Mapping[str, Rendered]) -> dict[str, str]:
    """Return the content of each page that was rendered, by its path below docs, with everything in its place."""
    titles = titles_of(pages)
    contents = {
        path: aliases.with_marks(
            _measured(manuscript, pages, _filled(manuscript, registry, path, page.content)),
            page.url,
            manuscript.aliases,
            titles,
        )
        for path, page in pages.items()
    }
    links = Links.of_contents(registry, manuscript.listing.urls, contents)
    return {path: with_listings(with_breaks(links.resolve(content, path))) for path, content in contents.items()}


def set_aside(content: str) -> tuple[str, tuple[str, ...]]:
    """Return a page's content with the words of its drawings in their places, and the drawings.

    What reads the content on its way, such as search, finds what a drawing says of itself, each word once, and thousands
    of elements less; of a drawing that has two forms, the words of one.
    """
    drawn: list[str] = []

    def words(match: re.Match[str]) -> str:
        drawn.append(match.group())
        # Of a lab every branch would be found at once.
        unsaid = match["tag"] == "reach-lab" or NARROW in match.group().partition(">")[0]
        said = "" if unsaid else ENLARGE_RE.sub("", match.group())
        text = " ".join(TAG_RE.sub(" ", LABEL_RE.sub("", said)).split())
        return f'<div class="sg-set-aside" data-number="{len(drawn) - 1}">{text}</div>'

    return DRAWN_RE.sub(words, content), tuple(drawn)


def set_questions_aside(content: str, drawn: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return a page's content with a place for each question, and what was drawn with the questions behind it.

    Search has its own entry of a question and passes the rest of it by: it need not read it for that.
    """
    aside = list(drawn)

    def place(match: re.Match[str]) -> str:
        aside.append(put_back(match.group(), drawn).replace(PASSED_BY, ""))
        return f'<div class="sg-set-aside" data-number="{len(aside) - 1}"></div>'

    return QUESTION_RE.sub(place, content), tuple(aside)


def put_back(html: str, drawn: Sequence[str]) -> str:
    """Return a page with its drawings in their places again."""
    # A page that writes such an element itself, with a number of no drawing, keeps it.
    kept = dict(enumerate(drawn))
    return SET_ASIDE_RE.sub(lambda match: kept.get(int(match["number"]), match.group()), html)


def titles_of(pages: Mapping[str, Rendered]) -> dict[str, str]:
    """Return the title of the page at each address."""
    return {page.url: page.title for page in pages.values()}


def stylesheet(manuscript: Manuscript) -> str:
    """Return the style sheet behind the colours of every drawing."""
    return figures.stylesheet({colour for drawing in manuscript.drawings.values() for colour in drawing.colours})


def drawings(manuscript: Manuscript, registry: Registry, styles: Iterable[str]) -> dict[str, str]:
    """Return every drawing alone, as a page for readers without a script: SVG by its file in the site.

    ``styles`` are the site's style sheets, by their files: a drawing looks as it does in its page.
    """
    return {
        name: figures.alone(
            manuscript.drawings[path, figure.key],
            title=registry.spell(figure.caption),
            alt=figure.alt,
            styles=[relative(style, name) for style in styles],
        )
        for path, part in manuscript.parts.items()
        for figure in part.figures
        if (name := _file(figure)) and manuscript.drawings[path, figure.key].svg
    }


def redirects(manuscript: Manuscript, pages: Mapping[str, Rendered]) -> dict[str, str]:
    """Return the pages that lead on from addresses that pages had before, and their script: each by its file."""
    files = manuscript.listing.written
    return moved.redirect_pages(manuscript.aliases, titles_of(pages), files=files, site_url=manuscript.project.site_url)


def _filled(manuscript: Manuscript, registry: Registry, path: str, html: str) -> str:
    """Return a page's content with its drawings, and with the sources where they belong."""
    drawings = {figure.key: figure for figure in manuscript.parts[path].figures}

    def drawn(match: re.Match[str]) -> str:
        figure = drawings.get(match["key"])
        return _drawing(manuscript, registry, figure, path) if figure else ""

    filled = PLACEHOLDER_RE.sub(drawn, html)
    if READING_MARK in filled:
        filled = filled.replace(READING_MARK, _reading_time(html, manuscript.parts[path]))
    if SOURCES_MARK in filled:
        filled = filled.replace(SOURCES_MARK, sources.as_html(list(manuscript.cited)))
    return filled + figures.glyph_sheet([manuscript.drawings[path, key] for key in drawings])


def minutes(html: str, part: Part) -> int:
    """Return how many minutes a page takes to read, with a look at its figures and a try at its questions."""
    words = len(ASIDE_RE.sub(" ", html).split())
    figures = sum(figure.form != "narrow" for figure in part.figures)
    effort = words + FIGURE * figures + QUESTION * len(part.checkpoints)
    return max(1, round(effort / PACE))


def _reading_time(html: str, part: Part) -> str:
    time, asked = minutes(html, part), len(part.checkpoints)
    questions = f", with {asked} question{'' if asked == 1 else 's'}" if asked else ""
    return f'<p class="sg-reading">About {time} minute{"" if time == 1 else "s"}{questions}</p>'


def _measured(manuscript: Manuscript, pages: Mapping[str, Rendered], html: str) -> str:
    """Return a page's content with how much there is to learn: the pages of a folder, and every question."""

    def extent(match: re.Match[str]) -> str:
        lessons = {path: page for path, page in pages.items() if is_in(path, match["folder"])}
        time = sum(minutes(page.content, manuscript.parts[path]) for path, page in lessons.items())
        counts = (len(lessons), "lesson"), (max(1, round(time / 60)), "hour"), (len(manuscript.checkpoints), "question")
        words = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts]
        return f'<p class="sg-reading">{words[0]}, about {words[1]}, {words[2]}</p>'

    return EXTENT_RE.sub(extent, html)


def _drawing(manuscript: Manuscript, registry: Registry, figure: Figure, path: str) -> str:
    drawing = manuscript.drawings[path, figure.key]
    if not drawing.svg:
        return f'<p class="sg-broken">This figure does not draw.</p><pre class="sg-broken"><code>{escape(figure.code)}</code></pre>'
    target = registry.get(figure.figure or figure.key)
    name = target.label if target else "Drawing"
    form = f' class="sg-form sg-form--{figure.form}"' if figure.form else ""
    size = " sg-drawing--fits" if drawing.width <= PHONE else "" if drawing.width <= DESK else " sg-drawing--large"
    svg = figures.inline(drawing, id=figure.key, title=registry.spell(figure.caption) or name, alt=figure.alt)
    enlarge = ""
    if alone := _file(figure):
        address = href(alone, manuscript.listing.urls[path])
        enlarge = f'<a class="sg-enlarge" data-search-exclude href="{address}" aria-label="Enlarge {name}">Enlarge</a>'
    return f'<figure-viewer name="{name}"{form}><div class="sg-drawing{size}">{svg}</div>{enlarge}</figure-viewer>'


def _file(figure: Figure) -> str:
    """Return the site's file of a drawing alone, "" where it is in no figure and has no id of its own."""
    return f"figures/{figure.key}.svg" if figure.caption else ""
