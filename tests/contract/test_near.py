"""Did you mean ...? What is near is named, what is not is left alone."""

from __future__ import annotations

import pytest
from studyguide import near

PAGES = {
    "index.md": "The big idea",
    "learn/key-terms.md": "Key terms",
    "learn/index.md": "Study notes",
    "lab/key-terms.md": "Words of the lab",
    "reference/outline.md": "Outline",
}
HEADINGS = {"routes-out": "Routes out", "routes-in": "Routes in", "egress": "The way to the internet", "fig-map": ""}


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("atl", ["id", "alt"], "alt"),
        ("figur", ["figure", "term"], "figure"),
        ("Routes-Out", ["routes-out"], "routes-out"),
        ("routes_out", ["routes-out"], "routes-out"),
        ("quuota", ["ports", "quota"], "quota"),
        ("fig-rout", ["fig-route", "cp-rout"], "fig-route"),
        ("term-enis", ["term-eni"], "term-eni"),
        # Near misses: nothing is offered.
        ("", ["a"], ""),
        ("a", ["b"], ""),
        ("no", ["on"], ""),
        ("cat", ["dog"], ""),
        ("term-eni", ["term-esm"], ""),
        ("fig-abc", ["fig-xyz"], ""),
        ("routes", ["endpoints"], ""),
        ("x" * 100_000, ["x" * 99_999], ""),
        ("anything", [], ""),
    ],
)
def test_nearest_word(word: str, known: list[str], found: str) -> None:
    assert near.nearest(word, known) == found


def test_did_you_mean() -> None:
    assert near.did_you_mean("atl", ["alt"]) == "Did you mean `alt`? "
    assert near.did_you_mean("atl", ["width"]) == ""


@pytest.mark.parametrize(
    ("path", "words", "found"),
    [
        ("learn/keyterms.md", "", "learn/key-terms.md"),
        ("lab/keyterms.md", "", "lab/key-terms.md"),
        ("lern/key-terms.md", "", "learn/key-terms.md"),
        ("key-terms.md", "Words of the lab", "lab/key-terms.md"),
        ("lern/index.md", "", "learn/index.md"),
        ("learn.md", "", "learn/index.md"),
        ("learn/key-terms.html", "", "learn/key-terms.md"),
        ("learn/vocabulary.md", "Key terms", "learn/key-terms.md"),
        ("learn/vocabulary.md", "the key term", ""),
        ("learn/vocabulary.md", "here", ""),
        ("practice/index.md", "", ""),
    ],
)
def test_near_page(path: str, words: str, found: str) -> None:
    assert near.near_page(path, near.pages(PAGES), words=words) == found


@pytest.mark.parametrize(
    ("anchor", "words", "found"),
    [
        ("route-out", "", "routes-out"),
        ("routes-ou", "Routes in", "routes-out"),
        ("internet", "The way to the Internet", "egress"),
        ("internet", "the way of the internet", "egress"),
        ("internet", "the internet", ""),
        ("quotas", "", ""),
    ],
)
def test_near_anchor(anchor: str, words: str, found: str) -> None:
    assert near.near_anchor(anchor, near.anchors(HEADINGS), words=words) == found


def test_equally_near_words_are_told_apart_by_the_words_of_the_link() -> None:
    known = near.anchors({"route-in": "To the subnet", "route-on": "To the peer"})
    assert known.rank("route-n", words="To the peer") == ["route-on", "route-in"]
    assert known.rank("route-n", words="To the subnet") == ["route-in", "route-on"]


def test_a_few_are_enough() -> None:
    assert near.anchors({f"step-{number}": "" for number in range(9)}).rank("step-x") == ["step-0", "step-1", "step-2"]
