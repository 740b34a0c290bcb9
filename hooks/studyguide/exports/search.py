"""What search knows: an entry for each figure, term and question beside those of the theme, and an index of them all.

    entries(registry, "reference/words/", '<div class="sg-term" id="term-eni">...')
    ->  [{"location": "reference/words/#term-eni", "title": "ENI", "text": "<p>A network card ...", "kind": "term"}]
    script(docs, synonyms)  ->  "globalThis.sgIndex = ..."

The sections that the theme's search makes of a page keep their prose: ``apart`` has it pass by what has an entry here.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from studyguide.links.registry import Registry
    from studyguide.model import Target
    from studyguide.text.synonyms import Synonym

FILE, THEME = "search/index.js", "search/search_index.json"
# Answers, the controls of a drawing, the numbers of sources, and what the title says already.
PASSED_BY = "[data-search-exclude], .sg-cites, .sg-term__name"
FOUND = ":is(figure.sg-figure[id], .sg-term[id], .sg-checkpoint[id], h2[id], h3[id], li)"
# An item that says what a name means: an exception, a setting. It is found under the heading above it.
NAMES_RE = re.compile(
    r"<li>\s*(?:<p>)?(?P<names>{0}(?:(?:,| and|, and) {0})*):".format(r"<code>(?:(?!</code>)[^:])+</code>")
)
# The time that a page takes, what moved to it, and the numbers of its sources are no prose.
APART_RE = re.compile(
    r'<(?:section|figure|div|p|span)\b(?=[^>]*\sclass="sg-(?:checkpoint|figure|term|reading|cites|moved)["\s])'
)
# The end of what stands apart: words before it and after it are two.
END_RE = re.compile(r"</(?:p|li|td|th|pre|div|dt|dd)>|<br\b")
TAG_RE = re.compile(r"<[^>]*>")
# What a drawing says of itself ends with its labels.
LABELS = " Labels: "
CODE_RE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
# What passed-by elements leave behind.
GAP_RE = re.compile(r" (?=[.,;:](?: |$))")
# A name made of words, such as ENILimitReachedException, is found by each of them, too.
NAME_RE = re.compile(r"\b\w*[a-z][A-Z]\w*")
PART_RE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Words that say nothing of what is looked for.
STOP = (
    "a an and are as at be but by do does for from get has have how i if in is it its my of on or so that the then there "
    "this to was what when which why will with you your"
)


class Kind(NamedTuple):
    """What readers call a kind of entry, "" where its page says it, and what one is worth."""

    name: str
    weight: float


KINDS = {
    "page": Kind("Page", 1.2),
    "section": Kind("", 1.0),
    "term": Kind("Term", 1.2),
    "name": Kind("Name", 1.2),
    "figure": Kind("Figure", 0.6),
    "checkpoint": Kind("Question", 0.35),
}


class Entry(TypedDict):
    """An entry of the index, as the theme's search writes them; ``kind`` is ours."""

    location: str
    title: str
    text: str
    kind: str


class Spot(NamedTuple):
    """What may have an entry of its own in a page, by its id; ``names`` are those that an item says the meaning of.

    ``words`` are its own, where it has neither a question's stem nor a figure's body.
    """

    id: str
    names: str
    words: str
    stem: str = ""
    body: str = ""


def entries(registry: Registry, url: str, html: str) -> list[Entry]:
    """Return the entries of a page: its address, not quoted, and its content's HTML."""
    found, heading = list[Entry](), ""
    for spot in spots(html):
        target = registry.get(spot.id)
        if target and target.kind in KINDS:
            found.append(_entry(target, registry.spell(target.title), spot, url))
        elif spot.names:
            place = quote(url) + heading
            found.append(Entry(location=place, title=spot.names, text=f"<p>{spot.words}</p>", kind="name"))
        else:
            heading = f"#{spot.id}"
    return found


def spots(html: str) -> tuple[Spot, ...]:
    """Return what may have an entry in a page, in its order."""
    tree = LexborHTMLParser(html)
    for node in tree.css(PASSED_BY):
        node.decompose()
    found = []
    for node in tree.css(FOUND):
        names = NAMES_RE.match(node.html or "") if node.tag == "li" else None
        if node.tag != "li" or names:
            stem, body = (_words(node.css_first(part)) for part in (".sg-stem", ".sg-body"))
            said = TAG_RE.sub("", names["names"]) if names else ""
            found.append(Spot(node.id or "", said, "" if stem or body else _words(node), stem, body))
    return tuple(found)


def _entry(target: Target, title: str, spot: Spot, url: str) -> Entry:
    title = spot.stem if target.kind == "checkpoint" else escape(title, quote=False)
    text = ""
    if target.kind == "figure":
        words = spot.body.removeprefix(title).strip()
        prose, mark, labels = words.rpartition(LABELS)
        text = f"<p>{prose}</p><pre>{mark.strip()} {labels}</pre>" if mark else f"<p>{words}</p>"
    elif target.kind == "term":
        text = f"<p>{spot.words}</p>"
    return Entry(location=f"{quote(url)}#{target.id}", title=title, text=text, kind=target.kind)


def apart(content: str) -> str:
    """Return a page's content in which search passes by what has an entry of its own, and by what is no prose."""
    return APART_RE.sub(lambda match: f'{match.group()} data-search-exclude="true"', content)


def _words(node: LexborNode | None) -> str:
    """Return the words of an element, as HTML without elements."""
    return " ".join(TAG_RE.sub("", END_RE.sub(r" \g<0>", (node and node.html) or "")).split())


def script(docs: Sequence[Mapping[str, Any]], synonyms: Iterable[Synonym]) -> str:
    """Return the index for the guide's own search: entries of the theme's index, as plain words, and the synonyms."""
    titles = {doc["location"]: _plain(doc["title"]) for doc in docs if "#" not in doc["location"]}
    index = {
        "stop": STOP.split(),
        "synonyms": list(synonyms),
        "docs": [_doc(number, doc, titles) for number, doc in enumerate(docs)],
    }
    return f"globalThis.sgIndex = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))}\n"


def _doc(number: int, doc: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    location = doc["location"]
    page, anchor = location.partition("#")[::2]
    said = said_by(doc["title"], doc["text"])
    kind = KINDS[doc.get("kind", "section" if anchor else "page")]
    return {
        "id": number,
        "location": location,
        "kind": kind.name,
        "weight": kind.weight * doc.get("boost", 1),
        "page": titles.get(page, "") if anchor else "",
        "title": said.title,
        "text": said.prose,
        "code": said.code,
    }


class Said(NamedTuple):
    """What an entry says, as plain words: in ``code`` are the words of names, too."""

    title: str
    prose: str
    code: str


def said_by(title: str, text: str) -> Said:
    """Return the words of an entry's title and text, which are HTML."""
    title, prose = _plain(title), _plain(CODE_RE.sub(" ", text))
    code = _plain(" ".join(CODE_RE.findall(text)))
    names = [" ".join(PART_RE.findall(name)) for name in NAME_RE.findall(f"{title} {prose} {code}")]
    return Said(title, prose, " ".join([code, *dict.fromkeys(names)]).strip())


def _plain(html: str) -> str:
    """Return HTML as words: what stands apart in it is apart."""
    return GAP_RE.sub("", " ".join(unescape(TAG_RE.sub("", END_RE.sub(r" \g<0>", html))).split()))
