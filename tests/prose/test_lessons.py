"""The shape of a lesson: it opens with a need, ends in three things to remember, and its citations stay calm."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import pytest
from prose import guide
from prose.sentences import split
from studyguide.text.source import CITATION_RE

if TYPE_CHECKING:
    from prose.reading import Passage
    from studyguide.text.source import Source

LESSONS = [page for page in guide.pages() if page.path.startswith("docs/learn/")]
SUMMARY = "Three things to remember"
WORDS_A_MARKER = 70
SENTENCE = range(10, 18)  # words of the median sentence


def words(parts: list[Passage]) -> int:
    """Return how many words a reader reads: alt texts stand for drawings, descriptions are for search engines."""
    return sum(one.length for part in parts if part.kind not in ("alt", "description") for one in split(part.text))


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.path)
def test_a_lesson_opens_with_a_need_and_ends_in_three_things(page: Source) -> None:
    read = guide.read(page)
    opening = next(part for part in read if part.kind == "paragraph")
    assert not opening.text.startswith("After this page")
    headings = [index for index, part in enumerate(read) if part.kind == "heading"]
    summary, last = headings[-2:]
    assert [read[summary].raw, read[last].raw] == [SUMMARY, "Checkpoints"]
    assert [part.kind for part in read[summary + 1 : last]] == ["item"] * 3


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.path)
def test_the_citations_of_a_lesson_are_calm(page: Source) -> None:
    markers = len(CITATION_RE.findall(page.prose))
    assert markers * WORDS_A_MARKER <= words(list(guide.read(page))), markers


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.path)
def test_the_sentences_of_a_lesson_lead_on(page: Source) -> None:
    paragraphs = [part.text for part in guide.read(page) if part.kind == "paragraph"]
    assert int(median(one.length for text in paragraphs for one in split(text))) in SENTENCE
