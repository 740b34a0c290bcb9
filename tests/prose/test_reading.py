"""What a reader reads of a page, and where a sentence ends."""

from __future__ import annotations

import pytest
from prose.reading import CODE, GAP, passages
from prose.sentences import split
from studyguide.text.source import Source

PAGE = """---
title: A
description: What it is.
---

# One *way*

It asks `dig -x`
for [a name](dns.md#a) [@dns-a].

| Part | Rule |
| --- | --- |
| DNS | on |

* An item
  of two lines
* another

!!! warning "Mind this"
    Inside it.

/// figure | A caption
    id: fig-a
    alt: One box.

```mermaid
flowchart LR
```
///

/// checkpoint | Why?
    id: cp-a
    evidence: [fact:a]
    confused-with: [cp-b]

- [x] This
    > Because
    > of that.

It is so.
///
"""


def test_a_page_is_read_passage_by_passage() -> None:
    found = [(passage.kind, passage.text) for passage in passages(Source("a.md", PAGE))]
    code, link, cited = CODE * 8, GAP * 10, GAP * 8
    assert found == [
        ("description", "What it is."),
        ("heading", "One *way*"),
        ("paragraph", f"It asks {code}\nfor [a name]{link} {cited}."),
        ("row", "| Part | Rule |"),
        ("row", "| DNS | on |"),
        ("item", "An item\n  of two lines"),
        ("item", "another"),
        ("title", "Mind this"),
        ("paragraph", "Inside it."),
        ("caption", "A caption"),
        ("alt", "One box."),
        ("question", "Why?"),
        ("option", "This"),
        ("reason", "Because\n    > of that."),
        ("paragraph", "It is so."),
    ]


def test_a_passage_knows_where_it_is_written() -> None:
    for passage in passages(Source("a.md", PAGE)):
        line = PAGE.split("\n")[passage.at(0).line - 1]
        assert line[passage.at(0).column - 1 :].startswith(passage.raw.split("\n")[0])


def test_only_a_checkpoint_has_evidence() -> None:
    assert [passage.text for passage in passages(Source("a.md", PAGE)) if passage.evidence] == [
        "Why?",
        "This",
        "Because\n    > of that.",
        "It is so.",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is one. It is two.", ["It is one.", "It is two."]),
        ("Is it? Yes, it is.", ["Is it?", "Yes, it is."]),
        ("It has 1.5 GB. That is all.", ["It has 1.5 GB.", "That is all."]),
        ("Use one, e.g. MySQL. It works.", ["Use one, e.g. MySQL.", "It works."]),
        ("Names, addresses, etc. They count.", ["Names, addresses, etc. They count."]),
        ('It says "no." Then it ends.', ['It says "no."', "Then it ends."]),
        (f"It asks {CODE * 3}. {CODE * 4} answers.", [f"It asks {CODE * 3}.", f"{CODE * 4} answers."]),
        (f"It is one {GAP * 5}. It is two.", [f"It is one {GAP * 5}.", "It is two."]),
        (f"It is one.{GAP * 5} It is two.", [f"It is one.{GAP * 5}", "It is two."]),
        ("Three things count:", ["Three things count:"]),
        ("**Bold.** Then plain.", ["**Bold.**", "Then plain."]),
        ("Version 2.0. 10 more follow.", ["Version 2.0.", "10 more follow."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split(text)] == sentences


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("It is one.", 3),
        (f"It asks {CODE * 20} now.", 4),
        (f"It is one {GAP * 9}.", 3),
        ("A set-up (of two) * here.", 5),
    ],
)
def test_a_sentence_is_as_long_as_its_words(text: str, length: int) -> None:
    assert split(text)[0].length == length
