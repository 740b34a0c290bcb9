"""The style of the guide: its rules catch what they should, and every page keeps to them."""

from __future__ import annotations

import pytest
from prose import guide, style
from prose.reading import Passage, passages
from studyguide.text.source import Source

RULES = style.rules()


def found(text: str, rules: list[style.Rule], kind: str = "paragraph") -> list[str]:
    return list(style.problems(Passage(kind, 0, text, Source("a.md", text)), rules))


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.caught])
def test_rule_catches(rule: style.Rule, text: str) -> None:
    assert found(text, [rule])


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.passes])
def test_rule_lets_pass(rule: style.Rule, text: str) -> None:
    text = passages(Source("a.md", text))[0].text  # what stands in code is not read
    assert found(text, [rule]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_cases(rule: style.Rule) -> None:
    assert rule.finds
    assert rule.caught
    assert rule.passes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Attach it in\norder to see.", "a.md:1:11: `in order to`: write `to`. Use the short word (long-winded)."),
        ("A line.\nIt is simply so.", "a.md:2:7: `simply`: Leave it out, the sentence says the same without (filler)."),
        ("Discolored.", "a.md:1:1: `Discolored`: write `Discoloured`. The guide is in British English (american)."),
        ("It works!", "a.md:1:9: `!`: End with a full stop (exclamation)."),
    ],
)
def test_message(text: str, message: str) -> None:
    assert found(text, RULES) == [message]


def test_a_long_sentence() -> None:
    text = "It is. A " + " ".join(["word"] * 39) + "."
    assert found(text, []) == []
    text = "It is. A " + " ".join(["word"] * 40) + "."
    assert found(text, []) == ["a.md:1:8: This sentence has 41 words; 40 are the most. Make two (long)."]
    assert found(text, [], kind="row") == []


def test_the_guide_keeps_its_style() -> None:
    problems = [text for page in guide.pages() for part in guide.read(page) for text in style.problems(part, RULES)]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
