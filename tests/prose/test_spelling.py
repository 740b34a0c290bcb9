"""The spelling of the guide, and the list of its own words."""

from __future__ import annotations

import pytest
from prose import guide, spelling
from prose.reading import Passage
from studyguide.text.source import Source

ADD = "Mend it, or add it to tests/prose/words.txt."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("You recieve it.", f"a.md:1:5: `recieve` is in no dictionary. Did you mean `receive`? {ADD}"),
        ("Two\nsubents.", f"a.md:2:1: `subents` is in no dictionary. Did you mean `subnets`? {ADD}"),
        ("The VPc is.", f"a.md:1:5: `VPc` is in no dictionary. Did you mean `VPC`? {ADD}"),
        ("The ENi's.", f"a.md:1:5: `ENi's` is in no dictionary. Did you mean `ENI`? {ADD}"),
        ("Use IPv5.", f"a.md:1:5: `IPv5` is in no dictionary. Did you mean `IPv4`? {ADD}"),
        ("A NTA gateway.", f"a.md:1:3: `NTA` is in no dictionary. Did you mean `NAT`? {ADD}"),
        ("A set-upp.", f"a.md:1:7: `upp` is in no dictionary. Did you mean `up`? {ADD}"),
    ],
)
def test_message(text: str, message: str) -> None:
    assert list(spelling.problems(Passage("paragraph", 0, text, Source("a.md", text)))) == [message]


@pytest.mark.parametrize(
    "text",
    [
        "The colour of a VPC's subnets.",
        "Subnets behave, and functions' interfaces don't.",
        "In 2026 a set-up took 14 days, step A.",
        "FIG010 is a problem's code.",
    ],
)
def test_spelt_right(text: str) -> None:
    assert list(spelling.problems(Passage("paragraph", 0, text, Source("a.md", text)))) == []


def test_the_guide_is_spelt_right() -> None:
    problems = [text for page in guide.pages() for part in guide.read(page) for text in spelling.problems(part)]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_the_list_is_in_order() -> None:
    listed = [word for words in spelling.groups().values() for word in words]
    assert len(listed) == len(set(listed))
    assert all(words == sorted(words) for words in spelling.groups().values())


def test_the_list_holds_no_word_of_the_dictionary() -> None:
    listed = [word for words in spelling.groups().values() for word in words if word.islower()]
    assert [word for word in listed if word in spelling.dictionary()] == []
