"""What people ask in public has an answer that the words of their question find."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from prose import guide
from studyguide.text import quickyaml

CITED_RE = re.compile(r"\[@[^\]]*\]")  # its keys are no words that a reader searches for
ASKED = quickyaml.load(Path(__file__).with_name("asked.yml").read_text("utf-8"))


@cache
def sections() -> dict[str, str]:
    """Return the sections of troubleshooting: each heading with what is written up to the next."""
    found, heading = dict[str, str](), ""
    page = next(page for page in guide.pages() if page.path == "docs/reference/troubleshooting.md")
    for passage in guide.read(page):
        heading = passage.raw if passage.kind == "heading" else heading
        found[heading] = f"{found.get(heading, '')} {CITED_RE.sub('[@]', passage.raw)}".lower()
    return found


@pytest.mark.parametrize(("words", "heading"), ASKED.items())
def test_what_people_ask_is_answered(words: str, heading: str) -> None:
    assert heading in sections()
    assert [word for word in words.lower().split() if word not in sections()[heading]] == []


def test_each_answer_says_more_than_its_heading_and_cites() -> None:
    thin = [
        heading
        for heading in ASKED.values()
        if len(sections()[heading].split()) < 20 or "[@" not in sections()[heading]
    ]
    assert thin == []
