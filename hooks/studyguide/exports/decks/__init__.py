"""The questions of the guide, to take away: files beside the page that has their marks, and the links to them.

    <!-- studyguide: take questions.apkg -->   ->   <p class="sg-take"><a href="../questions.apkg" download>questions.apkg</a>,
                                                    180 KB: 341 questions.</p>

A guide without such a mark makes no file. What a format cannot say is left out, and the link says how many.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin

from studyguide.exports.decks import anki, data, gift, table
from studyguide.exports.decks.clean import FIGURE, IMAGE, Cleaner
from studyguide.exports.decks.taken import Taken, take
from studyguide.links.links import href
from studyguide.text.takes import FORMATS, MARK_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.collect import Manuscript
    from studyguide.links.registry import Registry
    from studyguide.model import Checkpoint, CheckpointKind, Drawing
    from studyguide.text.sources import Cited

FIGURE_RE, IMAGE_RE = (re.compile(rf'src="{start}([^"]*)"') for start in (FIGURE, IMAGE))
# What the kinds are called that a format may have to leave out.
CALLED: dict[CheckpointKind, str] = {"order": "that ask for an order"}


class Deck(NamedTuple):
    """All that a format is written from. Pairs are mappings that can be kept: of drawings by their keys, of images by their files."""

    name: str
    site: str
    questions: tuple[Taken, ...]
    objectives: tuple[tuple[str, str], ...]
    facts: tuple[Cited, ...]
    drawings: tuple[tuple[str, Drawing], ...]
    images: tuple[tuple[str, bytes], ...]


class TakeAway(NamedTuple):
    """The pages whose marks became links, and the files that those lead to, by their paths in the site."""

    pages: dict[str, str]
    files: dict[str, bytes]


def make(manuscript: Manuscript, registry: Registry, pages: Mapping[str, str], *, name: str) -> TakeAway:
    """Return what the marks in the contents of pages ask for; ``name`` is the guide's."""
    asked = {path: content for path, content in pages.items() if MARK_RE.search(content)}
    found = TakeAway({}, {})
    if asked:
        deck = _deck(manuscript, registry, pages, name)
        names = {mark["name"] for content in asked.values() for mark in MARK_RE.finditer(content)}
        files = written(tuple(sorted(names & set(FORMATS))), deck)
        said = {name: (file, _said(name, file, deck.questions)) for name, file in files.items()}
        for path, content in asked.items():
            _put(found, path, content, manuscript.listing.urls[path], said)
    return found


def _put(found: TakeAway, path: str, content: str, url: str, files: Mapping[str, tuple[bytes, str]]) -> None:
    folder = posixpath.dirname(path)

    def link(mark: re.Match[str]) -> str:
        name = mark["name"]
        if name not in files:
            return mark.group()
        file = posixpath.join(folder, name)
        found.files[file], said = files[name]
        if name == "questions.json":
            schema = posixpath.join(folder, data.SCHEMA)
            found.files[schema] = data.schema()
            said += f' Its shape: <a href="{href(schema, url)}" download>{data.SCHEMA}</a>.'
        return f'<p class="sg-take"><a href="{href(file, url)}" download>{name}</a>, {said}</p>'

    found.pages[path] = MARK_RE.sub(link, content)


def written(names: Iterable[str], deck: Deck) -> dict[str, bytes]:
    """Return files of questions by their names."""
    return {name: _written(name, deck) for name in names}


def _written(name: str, deck: Deck) -> bytes:
    objectives, questions = dict(deck.objectives), deck.questions
    match name:
        case "questions.apkg":
            return anki.package(
                questions, objectives, dict(deck.drawings), dict(deck.images), name=deck.name, site=deck.site
            )
        case "questions.txt":
            return anki.text(questions, objectives, name=deck.name, site=deck.site)
        case "questions.gift":
            return gift.write(questions, objectives, name=deck.name, site=deck.site)
        case "questions.csv":
            return table.write(questions, objectives, site=deck.site)
        case _:
            return data.write(questions, objectives, deck.facts, name=deck.name, site=deck.site)


def _said(name: str, content: bytes, questions: Iterable[Taken]) -> str:
    """Say how large a file is, how many questions it holds, and what it leaves out."""
    kinds = Counter(question.kind for question in questions)
    out = {kind: kinds.pop(kind) for kind in (gift.LEFT_OUT if name == "questions.gift" else ()) if kind in kinds}
    left = "".join(f", without {count} {CALLED[kind]}" for kind, count in out.items())
    total = sum(kinds.values())
    return f"{max(1, round(len(content) / 1000)):,} KB: {total} question{'' if total == 1 else 's'}{left}."


def _deck(manuscript: Manuscript, registry: Registry, pages: Mapping[str, str], name: str) -> Deck:
    site = manuscript.project.site_url
    # One of an id that is taken is a finding; to a card, the first is the question, as it is to whoever links to it.
    known: dict[str, Taken] = {}
    for path in manuscript.listing.urls:
        if path in pages and manuscript.parts[path].checkpoints:
            for question in _questions(manuscript, registry, path, pages[path], site):
                known.setdefault(question.id, question)
    questions = tuple(known.values())
    shown = {key for question in questions for key in _shown(question, FIGURE_RE)}
    images = sorted({file for question in questions for file in _shown(question, IMAGE_RE)})
    return Deck(
        name,
        site,
        questions,
        tuple((target.id, target.title) for target in registry if target.kind == "objective"),
        tuple(manuscript.cited),
        tuple(
            sorted((key, drawing) for (_, key), drawing in manuscript.drawings.items() if key in shown and drawing.svg)
        ),
        tuple(_files(manuscript, images)),
    )


def _questions(manuscript: Manuscript, registry: Registry, path: str, content: str, site: str) -> tuple[Taken, ...]:
    part, url = manuscript.parts[path], manuscript.listing.urls[path]
    alts = tuple((figure.key, registry.spell(figure.alt)) for figure in part.figures)
    return of_page(content, part.checkpoints, alts, urljoin(site, quote(url)) if site else "", quote(url))


def of_page(
    content: str, checkpoints: tuple[Checkpoint, ...], alts: tuple[tuple[str, str], ...], base: str, url: str
) -> tuple[Taken, ...]:
    """Return the questions of a page; ``alts`` are its figures' keys and what they show in words."""
    return tuple(take(content, {each.id: each for each in checkpoints}, Cleaner(base, url, dict(alts)), url))


def _files(manuscript: Manuscript, images: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    """Yield the images of questions that are files below docs."""
    sources = {file: path for path, file in manuscript.listing.files.items()}
    for image in images:
        if image in sources and (file := manuscript.project.docs / sources[image]).is_file():
            yield image, file.read_bytes()


def _shown(question: Taken, pattern: re.Pattern[str]) -> list[str]:
    """Return the drawings, or the images, that a question shows."""
    texts = (question.stem, question.explanation, *question.options, *(answer.reason for answer in question.answers))
    return [unescape(found) for text in texts for found in pattern.findall(text)]
