"""Front matter: what MkDocs takes for it, and what is wrong with the rest."""

from __future__ import annotations

import pytest
from mkdocs.utils.meta import get_data
from studyguide.text import inputs
from studyguide.text.source import Source

HYPHENS = "Front matter stands between lines of three hyphens; here it is text of the page. Fix: Write `---` above it and below it."
TITLE = "Write the title, or remove the line: then the first heading is it."
REMARK = "Put the whole value in quotes. A remark has a space behind `#`."
ABOVE = "Write the page's title above it, or what is a setting between two lines `---`."
SECOND = "A page has one front matter; this second one is text of the page. Fix: Move its settings into the first, and remove its lines `---`."
CONFLICT = (
    "This front matter is not YAML, so MkDocs ignores all of it: it holds a conflict of Git."
    " Fix: Keep what is right of both versions, and remove the three lines of marks."
)
YAML = "Write it as YAML between two lines `---`, such as `title: ...`."
WHOLE = "Write one setting a line, such as `title: ...`, or remove the lines `---`."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: A\n---\n\n# A\n", ""),
        ("---\ntitle: A\n...\n# A\n", ""),
        ("---\ntitle: A\n---\n\n---\ntags: [a]\nhide:\n  - toc\n---\n# A\n", f"a.md:5:1: INP006 {SECOND}"),
        ("---\ntitle: A\n---\n---\ntags:\n- a\n---\n", f"a.md:4:1: INP006 {SECOND}"),
        ("---\ntitle: A\n---\n---\nNote: this stands between rules.\n---\n", ""),
        ("---\ntitle: A\n---\n---\n\ntags: a\n\n---\n", ""),
        ("---\ntitle: A\n---\nWords.\n\n---\ntags: a\n---\n", ""),
        ("---\ntitle: A\n---\n---\ntags: a\nand words\n---\n", ""),
        ("---\ntitle: A\n<<<<<<< HEAD\ntags: a\n=======\ntags: b\n>>>>>>> branch\n---\n# A\n", f"a.md:3:1: INP006 {CONFLICT}"),
        ("---\ntitle: A\ntext: |\n  <<<<<<< HEAD\n---\n# A\n", ""),
        ("---\n{title: A}\n---\n# A\n", ""),
        ("----\ntitle: A\n----\n\n# A\n", f"a.md:1:1: INP006 {HYPHENS}"),
        ("+++\ntitle = 'A'\nweight = 1\n+++\n\n# A\n", f"a.md:1:1: INP006 MkDocs reads no front matter with `+++`, so it is text of the page. Fix: {YAML}"),
        ("\u2014-\ntitle: A\n\u2014-\n# A\n", f"a.md:1:1: INP006 MkDocs reads no front matter with `\u2014-`, so it is text of the page. Fix: {YAML}"),
        ("----\nNote: this is a paragraph below a rule.\n\n----\n", ""),
        ("# A\n\n----\ntitle: A\n----\n", ""),
        ("==text==\nNote: a.\n", ""),
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
        ("---\nother: &a [*a]\n---\n# A\n", ""),
        ("---\ndate: 2026-01-01\ntitle: 1.10\n---\n# A\n", 'a.md:3:8: INP006 `1.10` is read as `1.1`. Fix: Put it in quotes: `"1.10"`.'),
        ("---\ntitle: No\n---\n# A\n", 'a.md:2:8: INP006 `No` is read as `False`. Fix: Put it in quotes: `"No"`.'),
        ("---\ntitle: [A] b\n---\n# A\n", "a.md:2:12: INP006 This front matter is not YAML, so MkDocs ignores all of it: expected <block end>, but found '<scalar>'. Fix: Put the whole value in quotes."),
        ("---\ntitle: [A]\n---\n# A\n", "a.md:2:8: INP006 A list or a mapping stands here where text belongs. Fix: Write text, in quotes if it begins with a bracket."),
        ("---\ntitle: '1.10'\nversion: 1.10\n---\n# A\n", ""),
        ("---\ntitle: 2026\n---\n# A\n", ""),
        ("---\ntitle: 2026-01-01\n---\n# A\n", ""),
        ("---\ntitle:\n---\n# A\n", f"a.md:2:7: INP006 This title holds nothing. Fix: {TITLE}"),
        ('---\nlang: en\ntitle: " "\n---\n# A\n', f"a.md:3:8: INP006 This title holds nothing. Fix: {TITLE}"),
        ("---\ntitle: A\ndescription:\n---\n# A\n", ""),
        ("---\ntitle: A\ndescription: No\n---\n# A\n", 'a.md:3:14: INP006 `No` is read as `False`. Fix: Put it in quotes: `"No"`.'),
        ("---\ntitle: Issue #3 of it\n---\n# A\n", f"a.md:2:14: INP006 `#3 of it` is taken for a remark, and nobody sees it. Fix: {REMARK}"),
        ("---\ntitle: #3\n---\n# A\n", f"a.md:2:8: INP006 `#3` is taken for a remark, and nobody sees it. Fix: {REMARK}"),
        ("---\ntitle: A\ndescription: What goes\n  on #1 line\n---\n# A\n", f"a.md:4:6: INP006 `#1 line` is taken for a remark, and nobody sees it. Fix: {REMARK}"),
        ("---\ntitle: &Home page\n---\n# A\n", "a.md:2:8: INP006 `&Home` is taken for a name of YAML's own, and nobody sees it. Fix: Put the whole value in quotes."),
        ("---\ntitle: Three # remarks\nnext: C #3\n---\n# A\n", ""),
        ('---\ntitle: &home Home\nname: *home\ndescription: A#3 "#4"\n---\n# A\n', ""),
        ("---\ntitle: 'A #3' # of four\n---\n# A\n", ""),
        ("---\ntitle: a: b\n---\n# A\n", "a.md:2:9: INP006 This front matter is not YAML, so MkDocs ignores all of it: mapping values are not allowed here. Fix: Put a value that holds `: ` in quotes."),
        ("---\ntitle:A\ndescription: b\n---\n# A\n", "a.md:3:12: INP006 This front matter is not YAML, so MkDocs ignores all of it: mapping values are not allowed here. Fix: Write a space behind the colon: `title: A`."),
        ("---\nsearch:\n\texclude: true\n---\n# A\n", "a.md:3:1: INP006 This front matter is not YAML, so MkDocs ignores all of it: found character '\\t' that cannot start any token. Fix: Indent with spaces: YAML takes no tabs there."),
        ("---\ndate: 2026-02-30\n---\n# A\n", "a.md:2:7: INP006 This front matter is not YAML, so MkDocs ignores all of it: day is out of range for month. Fix: Put it in quotes, or correct it."),
        ("title: A\n\n# A\n", ""),
        ("Title: A\nTags:   a\n        b\nother: c\n\n\n# A\n", ""),
        ("title: A\n# A\n", ""),
        ("title: A", ""),
        ("title: A\n  \n \n# A\n", ""),
        ("See: it\n\n# A\n", f"a.md:1:1: INP006 MkDocs takes `See: it` for a setting, so no reader sees it. Fix: {ABOVE}"),
        ("https://example.org is it.\nMore.\n", f"a.md:1:1: INP006 MkDocs takes `https://example.org is it.` for a setting, so no reader sees it. Fix: {ABOVE}"),
        ("\nSee: it\n", ""),
        ("See `x`: it\n", ""),
        ("See it: now\n", ""),
        ("\\See: it\n", ""),
        ("+++\ntitle = 'A'\n+++\n# A\n", f"a.md:1:1: INP006 MkDocs reads no front matter with `+++`, so it is text of the page. Fix: {YAML}"),
        ("\n% A\n% B\n\n# A\n", f"a.md:2:1: INP006 MkDocs reads no front matter with `%`, so it is text of the page. Fix: {YAML}"),
        ("% A and more", ""),
        ("%A\n\n# A\n", ""),
        ("-----\nA word: it\n-----\n", ""),
        ("\u2014\nSomebody\n", ""),
        ("<!-- c -->\n---\ntitle: A\n---\n# A\n", "a.md:2:1: INP006 Front matter is read on the file's first line only; here it is text of the page. Fix: Remove what is before the first `---`."),
        ("<!-- c -->\n\n---\n\ntitle: A\n---\n# A\n", ""),
        ("<!-- c -->\n---\nNote: it\n\nMore.\n---\n# A\n", ""),
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


NESTED = [
    f"{each}: &{each} [{', '.join([f'*{before}'] * 9)}]" for before, each in zip("abcdefgh", "bcdefghi", strict=True)
]


def test_aliases_of_aliases_are_looked_at_once() -> None:
    text = "\n".join(["---", "a: &a [1]", *NESTED, "title: A", "title: B", "---", "# A", ""])
    found = [str(found) for found in inputs.page_problems(Source("a.md", text))]
    assert found == [
        "a.md:12:1: INP006 `title` is given again here, and nobody reads the first. Fix: Keep one of them."
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("nav:\n  - 1.10: a.md\n  - 'No': b.md\n  - Part:\n      - On: c.md\n", ["2:5 `1.10` is read as `1.1`.", "5:9 `On` is read as `True`."]),
        ("nav: [a.md, 2026: b.md, ~: c.md]\n", []),
        ("extra:\n  names: {version: 1.10, exam: DVA}\n  other: 1.10\n", ["2:20 `1.10` is read as `1.1`."]),
        ("extra: {names: [1.10]}\nnav: a.md\n", []),
        ("extra: 1.10\n", []),
        ("nav: &a [*a]\n", []),
        ("- 1\n", []),
        ("nav: [\n", []),
    ],
)  # fmt: skip
def test_titles_and_names_in_the_settings(text: str, places: list[str]) -> None:
    found = inputs.retyped(text, "mkdocs.yml")
    assert sorted(f"{each.position.line}:{each.position.column} {each.message}" for each in found) == places
    assert {each.code for each in found} <= {"INP006"}
