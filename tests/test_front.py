"""Front matter: what MkDocs takes for it, and what is wrong with the rest."""

from __future__ import annotations

import pytest
from mkdocs.utils.meta import get_data
from studyguide.text import inputs
from studyguide.text.source import Source

WHOLE = "Write one setting a line, such as `title: ...`, or remove the lines `---`."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: A\n---\n\n# A\n", ""),
        ("---\ntitle: A\n...\n# A\n", ""),
        ("---\n{title: A}\n---\n# A\n", ""),
        ("# A\n\n---\n\ntitle\n\n---\n", ""),
        ("---\n\nA paragraph between rules.\n\n---\n", ""),
        ("---\n\n# Not front matter\n\n---\n", ""),
        ("---\n---\n# A\n", ""),
        ("---\n- title\n---\n# A\n", f"a.md:2:1: INP006 This front matter is a list where `key: value` lines belong, so it is text of the page. Fix: {WHOLE}"),
        ("---\n[title, A]\n---\n", f"a.md:2:1: INP006 This front matter is a list where `key: value` lines belong, so it is text of the page. Fix: {WHOLE}"),
        ("---\ntitle of the page\n---\n# A\n", f"a.md:2:1: INP006 This front matter is text where `key: value` lines belong, so it is text of the page. Fix: {WHOLE}"),
        ("---\ntitle: A\ntags:\n  - one\n'title': B\n---\n# A\n", "a.md:5:1: INP006 `title` is given again here, and nobody reads the first. Fix: Keep one of them."),
        ("---\n# title: A\ntitle: B\nextra: [{a: 1}, {a: 2, b: {a: 3, a: 4}}]\n---\n", "a.md:4:34: INP006 `a` is given again here, and nobody reads the first. Fix: Keep one of them."),
        ("---\ntitle: A\nextra:\n  title: B\ntext: |\n  title: C\n---\n", ""),
        ("---\na: &a {x: 1}\nb: &b {y: 1}\nc:\n  <<: *a\n  <<: *b\n---\n", ""),
        ("---\n1: A\n'1': B\n---\n", "a.md:3:1: INP006 `1` is given again here, and nobody reads the first. Fix: Keep one of them."),
        ("---\ntitle: a: b\n---\n# A\n", "a.md:2:9: INP006 This front matter is not YAML, so MkDocs ignores all of it: mapping values are not allowed here. Fix: Put a value that holds `: ` or `#` in quotes."),
        ("---\ndate: 2026-02-30\n---\n# A\n", "a.md:2:1: INP006 This front matter is not YAML, so MkDocs ignores all of it: day is out of range for month. Fix: Put a value that holds `: ` or `#` in quotes."),
    ],
)  # fmt: skip
def test_front_matter(text: str, problem: str) -> None:
    assert [str(found) for found in inputs.page_problems(Source("a.md", text))] == ([problem] if problem else [])
    body, meta = get_data(text)
    start = Source("a.md", text).body_start
    if meta:
        assert text[start:] == body
    elif "not YAML" not in problem:  # what is not YAML is meant to be
        assert start == 0
