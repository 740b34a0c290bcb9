"""Answers that a reader meets before asking for them: in search, in a description, beside the question."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from studyguide.checks import footnotes
from studyguide.model import Position, Problem
from studyguide.text.source import Source, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book

INDEX = "search/search_index.json"
WORD_RE = re.compile(r"[\w@/:.-]*\w")
TAG_RE = re.compile(r"<[^>]+>")
# Fewer words than this say nothing by themselves: "Right.", "No route."
FEWEST = 5


class Answer(NamedTuple):
    """A sentence that gives an answer away, as words alone, and where it is written."""

    words: str
    path: str
    position: Position


class Phrases:
    """Which of many phrases a text holds: to look for each of them there would take far longer."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._starting: dict[tuple[str, ...], list[str]] = {}
        for phrase in phrases:
            self._starting.setdefault(tuple(phrase.split()[:FEWEST]), []).append(phrase)

    def within(self, words: str) -> frozenset[str]:
        """Return those that are in a text of words alone."""
        each = words.split()
        starts = self._starting.keys() & zip(*(each[first:] for first in range(FEWEST)), strict=False)
        return frozenset(phrase for start in starts for phrase in self._starting[start] if phrase in words)


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every answer that shows outside the answer it belongs to."""
    yield from _open(book)
    yield from _noted(book)
    answers = list(_answers(book))
    said = phrases(tuple(dict.fromkeys(answer.words for answer in answers)))
    searched = _searched(book) if answers else []
    if searched is None:
        fix = "Build the site again; if it stays so, look at the plugin that writes it."
        message = "The search index cannot be read, so nothing can be said of the answers in it."
        yield Problem(Position(INDEX), "SPL001", message, fix)
    found = {phrase for text in searched or () for phrase in given(said, text)}
    visible = {path: given(said, page.visible) for path, page in book.site.pages.items() if page.visible}
    for answer in answers:
        if answer.words in found:
            fix = "Keep these words inside the answer: say it otherwise where search finds it."
            yield Problem(answer.position, "SPL001", "Search would show this answer.", fix)
        if answer.words in visible.get(answer.path, ()):
            fix = "Say it otherwise outside the answer."
            yield Problem(answer.position, "SPL003", "This answer can be read on its page before it is opened.", fix)
    for page, source in book.written():
        summed_up = {phrase for summary in page.summaries for phrase in given(said, summary)}
        for answer in answers if summed_up else ():
            if answer.words in summed_up:
                line = next((i for i, text in enumerate(source.lines, 1) if text.startswith("description:")), 1)
                message = f"This description gives away the answer at {answer.position}."
                yield Problem(
                    Position(source.path, line if source.body_start else 1),
                    "SPL002",
                    message,
                    "Describe the page, not the answer.",
                )


def _open(book: Book) -> Iterable[Problem]:
    """Yield the checkpoints that a page shows with their answer open: something changed what the build made."""
    for path, part in book.parts.items():
        page = book.site.pages.get(path)
        for checkpoint in part.checkpoints if page else ():
            if page and checkpoint.id in page.ids and checkpoint.id not in page.folded:
                message = "The answer to this question stands open in the built page."
                fix = 'Look for the plugin, hook or template that changes `<details class="sg-answer">`.'
                yield Problem(checkpoint.position, "SPL003", message, fix)


def _noted(book: Book) -> Iterable[Problem]:
    """Yield the footnotes that answers alone refer to: all of them stand open at the end of the page."""
    for path, part in book.parts.items():
        said = [text for each in part.checkpoints for text in (each.explanation, *(c.reason for c in each.choices))]
        inside = Counter(key for text in said if "[^" in text for key, _, _ in footnotes.marks(Source(path, text)))
        texts = [book.sources[path], *book.included.get(path, ())] if inside else []
        found = [mark for text in texts for mark in footnotes.marks(text)]
        uses = Counter(key for key, defines, _ in found if not defines)
        for key, defines, at in found:
            if defines and 0 < uses[key] == inside[key]:
                message = f"The footnote `{key}` is one of an answer alone, and stands open at the end of the page."
                yield Problem(at, "SPL003", message, "Write it in the answer, or refer to it from the text too.")


def _answers(book: Book) -> Iterable[Answer]:
    for path, part in book.parts.items():
        for checkpoint in part.checkpoints:
            for choice in checkpoint.choices:
                for sentence in sentences_of(choice.reason):
                    yield Answer(sentence, path, choice.position)


def sentences_of(markdown: str) -> tuple[str, ...]:
    """Return the sentences of an answer that are long enough to tell something, as words alone."""
    text = plain(markdown.replace("\n", " "))
    sentences = map(words_of, re.split(r"(?<=[.!?:])\s|\[\]\(", text))
    return tuple(words for words in sentences if words.count(" ") > FEWEST)


def words_of(text: str) -> str:
    """Return a text's words and nothing else: markup, case and stops make no difference to a reader."""
    return f" {' '.join(WORD_RE.findall(unescape(text).lower()))} "


def phrases(sentences: tuple[str, ...]) -> Phrases:
    """Return what finds these sentences, which are words alone, in a text."""
    return Phrases(sentences)


def given(sentences: Phrases, text: str) -> frozenset[str]:
    """Return the sentences that a text gives away."""
    return sentences.within(words_of(text))


def _searched(book: Book) -> list[str] | None:
    """Return the texts of the search index, None where it cannot be read."""
    if INDEX not in book.site.files:
        return []
    try:
        entries = json.loads((book.site.folder / INDEX).read_text("utf-8"))["docs"]
        return [TAG_RE.sub(" ", entry["text"]) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError):
        return None
