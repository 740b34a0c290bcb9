"""The guide's questions, as its pages show them -> what a page for practice is made of, where it has the marks for it.

<!-- studyguide: practice questions -->   ->  where the script of every question is
<!-- studyguide: practice objectives -->  ->  boxes to choose what a test is about, with what to read again for each
<!-- studyguide: paper test -->           ->  twenty questions to be answered on paper, the same on every build
<!-- studyguide: paper key -->            ->  their key

Every question goes into ``practice/questions.js``, as one string of HTML whose links are those of the first page that asks
for it, and of others in its folder; for another folder there is another file. A page that is read from a folder may ask for a script, and for nothing else.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from studyguide.links.links import href
from studyguide.text.comments import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from studyguide.compose import Rendered
    from studyguide.links.registry import Registry

FILE = "practice/questions.js"
QUESTIONS, OBJECTIVES, PAPER, KEY = MARKS = tuple(
    written(words) for words in ("practice questions", "practice objectives", "paper test", "paper key")
)
ON_PAPER = 20
# What the exam asks, and what can be answered with a ring around a letter.
RINGED = frozenset({"one", "several"})
EASY, MEDIUM, HARD = 1, 2, 3
DIFFICULTIES = {str(each): each for each in (EASY, MEDIUM, HARD)}
HOST = "https://guide.invalid/"
# What stands before an address that is led on each page: a number that no character has, so no text can say it.
LED = "\ufdec"
LED_RE = re.compile(rf'{LED}([^"]*)')


class Asked(NamedTuple):
    """A question: what it says of itself, where its page is, and its HTML, as the page for practice shows it."""

    id: str
    objective: str
    kind: str
    difficulty: int
    home: str
    html: str


class Practice(NamedTuple):
    """The content of the pages that have a mark, by their paths, and the files that they need."""

    contents: dict[str, str]
    files: dict[str, str]


def practice(pages: Mapping[str, Rendered], registry: Registry) -> Practice:
    """Return the pages with what they have marks for; without a page that has one nothing is made."""
    marked = {path: page for path, page in pages.items() if any(mark in page.content for mark in MARKS)}
    contents, files, names = dict[str, str](), dict[str, str](), dict[str, str]()
    for path, page in marked.items():
        asked = [question for found in every(pages.values(), page.url).values() for question in found]
        name = ""
        if QUESTIONS in page.content:
            name = names.setdefault(posixpath.dirname(page.url.rstrip("/")), _numbered(FILE, len(names)))
            files.setdefault(name, script(tuple(asked)))
        # A drawing is on its own page, and needs its ids.
        chosen = choose([each for each in asked if each.kind in RINGED and "<svg" not in each.html], ON_PAPER)
        objectives = _objectives(asked, lessons(pages.values(), page.url), registry)
        parts = (_script_of(name, files, page.url) if name else "", objectives, _paper(chosen), _key(chosen))
        contents[path] = page.content
        for mark, made in zip(MARKS, parts, strict=True):
            contents[path] = contents[path].replace(mark, made)
    return Practice(contents, files)


def _numbered(name: str, count: int) -> str:
    """Return a file's name, with a number where there are so many already."""
    return name.replace(".js", f"-{count + 1}.js") if count else name


def every(pages: Iterable[Rendered], page: str) -> dict[str, list[Asked]]:
    """Return the questions by the addresses of their pages, each on the first that shows it; links are those of ``page``."""
    known, asked = set[str](), dict[str, list[Asked]]()
    for each in pages:
        found = [one for one in questions(each.content, each.url, page) if one.id not in known]
        known |= {one.id for one in found}
        if found:
            asked[each.url] = found
    return asked


def questions(content: str, base: str, page: str) -> tuple[Asked, ...]:
    """Return the questions of page ``base``, with links as ``page`` writes them."""

    def led(one: re.Match[str]) -> str:
        return escape(_led(unescape(one[1]), page))

    return tuple(
        one._replace(home=_led(one.home, page), html=LED_RE.sub(led, one.html)) for one in written_of(content, base)
    )


def written_of(content: str, base: str) -> tuple[Asked, ...]:
    """Return the questions of page ``base``, with links to the site's own pages as whole addresses."""
    if 'class="sg-checkpoint"' not in content:
        return ()
    found = []
    tree = LexborHTMLParser(content)
    # The shapes of a drawing's letters are named by `href`, too, and stay on their page.
    for name, selector in (("href", "section.sg-checkpoint a[href]"), ("src", "section.sg-checkpoint img[src]")):
        for node in tree.css(selector):
            node.attrs[name] = LED + _whole(node.attributes[name] or "", base)
    shapes = {node.id: node.html or "" for node in tree.css(".sg-glyphs path")}
    for node in tree.css("section.sg-checkpoint[data-id]"):
        data = node.attributes
        key, objective, kind = (data.get(f"data-{name}") or "" for name in ("id", "objective", "kind"))
        # Most say nothing of it.
        difficulty = DIFFICULTIES.get(data.get("data-difficulty") or "", MEDIUM)
        found.append(Asked(key, objective, kind, difficulty, _whole(f"#{key}", base), _with_shapes(node, shapes)))
    return tuple(found)


def _with_shapes(node: LexborNode, shapes: Mapping[str | None, str]) -> str:
    """Return a question's HTML; its drawing has the shapes of its letters with it."""
    html = node.html or ""
    named = dict.fromkeys((use.attributes.get("href") or "").removeprefix("#") for use in node.css("use"))
    defined = "".join(shapes.get(name, "") for name in named)
    if not defined:
        return html
    sheet = (
        f'<svg class="sg-glyphs" width="0" height="0" aria-hidden="true" focusable="false"><defs>{defined}</defs></svg>'
    )
    return html.removesuffix("</section>") + f"{sheet}</section>"


@lru_cache(maxsize=8192)
def moved(address: str, base: str, page: str) -> str:
    """Return an address that page ``base`` writes as ``page`` writes it."""
    return _led(_whole(address, base), page)


def _whole(address: str, base: str) -> str:
    """Return an address that page ``base`` writes with a host, if it leads to the site's own pages."""
    try:
        whole = urljoin(HOST + quote(base), address)
    except ValueError:
        return address
    return whole if whole.startswith(HOST) else address


def _led(whole: str, page: str) -> str:
    """Return a whole address as ``page`` writes it."""
    if not whole.startswith(HOST):
        return whole
    parts = urlsplit(whole)
    return parts._replace(scheme="", netloc="", path=_path(parts.path, page)).geturl()


@lru_cache(maxsize=4096)
def _path(path: str, page: str) -> str:
    return href(unquote(path.removeprefix("/")), page)


def script(asked: tuple[Asked, ...]) -> str:
    """Return the script that holds every question."""
    html = "".join(question.html for question in asked)
    return f"globalThis.studyguide.questions = {json.dumps(html, ensure_ascii=False)}\n"


def _script_of(name: str, files: Mapping[str, str], page: str) -> str:
    """Return an element that says where a page finds the script: a browser that has another one asks again."""
    version = sha256(files[name].encode()).hexdigest()[:8]
    return f'<span hidden data-questions="{href(name, page)}?{version}"></span>'


def lessons(pages: Iterable[Rendered], page: str) -> dict[str, list[str]]:
    """Return the links to whole pages that each objective has: what to read for it."""
    trees = [(each.url, LexborHTMLParser(each.content)) for each in pages if 'class="sg-objective"' in each.content]
    return {
        node.id or "": [
            f'<a href="{escape(moved(address, url, page))}">{escape(link.text())}</a>'
            for link in node.css("a[href]")
            if "#" not in (address := link.attributes["href"] or "") and not urlsplit(address).scheme
        ]
        for url, tree in trees
        for node in tree.css(".sg-objective[id]")
    }


def _objectives(asked: Iterable[Asked], lessons: Mapping[str, Sequence[str]], registry: Registry) -> str:
    items, counts = [], Counter(question.objective for question in asked)
    for target in registry:
        if target.kind == "objective" and (count := counts[target.id]):
            box = f'<input type="checkbox" name="objective" value="{target.id}" checked>'
            title = escape(registry.spell(target.title))
            read = f'<span class="sg-read" hidden>{", ".join(lessons.get(target.id, ()))}</span>'
            label = f"<label>{box} <span>{title}</span> <small>{count}</small></label>"
            items.append(f'<li data-objective="{target.id}">{label}{read}</li>')
    return f'<ul class="sg-about">{"".join(items)}</ul>'


def choose(asked: Iterable[Asked], count: int) -> list[Asked]:
    """Return so many questions, each objective's in turn, easy, medium and hard ones in turn.

    An id decides where its question stands, so that a new one changes little of the test.
    """
    waiting: dict[str, list[Asked]] = {}
    for question in sorted(asked, key=_place):
        waiting.setdefault(question.objective, []).append(question)
    chosen = list[Asked]()
    while waiting and len(chosen) < count:
        for objective in sorted(waiting)[: count - len(chosen)]:
            chosen.append(_nearest(waiting[objective], EASY + len(chosen) % HARD))
        waiting = {objective: left for objective, left in waiting.items() if left}
    return sorted(chosen, key=_place)


def _nearest(left: list[Asked], difficulty: int) -> Asked:
    """Take out of a list the first that is about as hard."""
    return left.pop(min(range(len(left)), key=lambda index: abs(left[index].difficulty - difficulty)))


def _place(question: Asked) -> bytes:
    return sha256(question.id.encode()).digest()


def _paper(chosen: Iterable[Asked]) -> str:
    return _unsearched("sg-paper", [_on_paper(question.html) for question in chosen])


def _on_paper(html: str) -> str:
    """Return a question with nothing to press; the ids that it has elsewhere are not this page's."""
    tree = LexborHTMLParser(html)
    for node in tree.css("[id]"):
        del node.attrs["id"]
    stem, hint = tree.css_first(".sg-stem"), tree.css_first(".sg-hint")
    texts = (item.css_first("label > span, .sg-text") or item for item in tree.css(".sg-ask li[data-item]"))
    options = "".join(f"<li>{text.inner_html}</li>" for text in texts)
    asked = f"<p>{escape(hint.text())}</p>" if hint else ""
    return f'{stem.html if stem else ""}{asked}<ol type="A">{options}</ol>'


def _key(chosen: Iterable[Asked]) -> str:
    items = []
    for number, question in enumerate(chosen, start=1):
        right = LexborHTMLParser(question.html).css_first(".sg-verdict > strong")
        why = f'<a href="{escape(question.home)}" aria-label="Why, question {number}">Why</a>'
        items.append(f"<strong>{escape(right.text() if right else '')}</strong> {why}")
    return _unsearched("sg-key", items)


def _unsearched(class_: str, items: Iterable[str]) -> str:
    """Return a list that search passes by, in an element of a name that is not in it: search knows only one at a time."""
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<section class="{class_}" data-search-exclude="true"><ol>{listed}</ol></section>'
