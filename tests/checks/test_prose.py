"""The running text of a page: what a reader reads as sentences."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from studyguide.checks.prose import running
from studyguide.text.source import Source, is_indented_code

PAGE = """---
title: Left out
---
# Left out

Words `left out` and *words*.

/// figure | Left out
    id: fig-left-out
    alt: Left out.

| words |
///

/// checkpoint | Words?
    id: cp-left-out

- [x] Words

    Words of an item.
    > Words.
///

    Left out.

> /// term | Left out
>     id: term-left-out
>
> Words.
> ///

<!-- Left out. -->
```text
Left out.
```

!!! note "Words"
    Words.

/// note | Words
Words.
///
"""


def test_running_text_is_the_words_alone() -> None:
    source = Source("a.md", PAGE)
    text = running(source)
    assert len(text) == len(PAGE)
    assert [place for place in range(len(text)) if not text[place].isspace() and text[place] != PAGE[place]] == []
    assert "eft out" not in text
    assert text.lower().count("words") == PAGE.lower().count("words")


LINES = st.sampled_from(
    ["", "text", "- item", "    text", "    - item", "        text", "\ttext", "  > quote", "1. one"]
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=30))
def test_code_is_told_as_everywhere_else(lines: list[str]) -> None:
    source = Source("a.md", "\n".join(lines))
    text = running(source).split("\n")
    for index, line in enumerate(source.lines):
        if line.strip() and source.prose.split("\n")[index] == line:
            assert (not text[index].strip()) == is_indented_code(source.lines, index)
