"""What the build adds to a page that only the whole of it can tell."""

from __future__ import annotations

import pytest
from studyguide.compose import READING_MARK, put_back, set_aside, set_questions_aside
from test_cases import render

WORDS = "word " * 1000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One.", "About 1 minute"),
        (WORDS, "About 5 minutes"),
        (f"<svg><text>{WORDS}</text></svg>", "About 1 minute"),
        (
            f"{WORDS}\n\n/// checkpoint | Why?\n    id: cp-why\n\n- [ ] A\n    > No.\n- [x] B\n    > Yes.\n///\n",
            "About 6 minutes, with 1 question",
        ),
    ],
)
def test_reading_time(text: str, said: str) -> None:
    html, _ = render({"page.md": f"# Page\n\n{READING_MARK}\n\n{text}\n"})
    assert f'<p class="sg-reading">{said}</p>' in html
    assert READING_MARK not in html


ASKED = "/// checkpoint | Why?\n    id: cp-{0}\n\n- [ ] A\n    > No.\n- [x] B\n    > Yes.\n///\n"


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({}, "0 lessons, about 1 hour, 0 questions"),
        ({"learn/a.md": "# A\n"}, "1 lesson, about 1 hour, 0 questions"),
        (
            {"learn/a.md": WORDS * 20, "learn/b.md": WORDS * 10 + "\n\n" + ASKED.format("b")},
            "2 lessons, about 3 hours, 1 question",
        ),
        ({"learn.md": WORDS * 20, "more/learn/b.md": ASKED.format("b")}, "0 lessons, about 1 hour, 1 question"),
    ],
)
def test_extent_counts_the_pages_of_a_folder_and_all_questions(pages: dict[str, str], said: str) -> None:
    html, _ = render({"page.md": "# Page\n\n<!-- studyguide: extent learn/ -->\n", **pages})
    assert f'<p class="sg-reading">{said}</p>' in html


def test_drawings_are_set_aside_and_put_back() -> None:
    """What reads a page on its way finds what a drawing says of itself, once, and no word of a control."""
    viewer = (
        '<figure-viewer name="Figure 1"><div class="sg-drawing"><svg><title>Ways</title><desc>Labels: One; Two &lt; 3.'
        '</desc><text>One</text><text>Two &lt; 3</text></svg></div><a class="sg-enlarge" href="figures/fig-a.svg">Enlarge</a></figure-viewer>'
    )
    sheet = '<svg class="sg-glyphs"><defs><path d="M0"/></defs></svg>'
    page = f"<h1>A</h1><figure>{viewer}<figcaption>Ways</figcaption></figure><p>b</p>{sheet}"
    content, drawn = set_aside(page)
    assert drawn == (viewer, sheet)
    assert content == (
        '<h1>A</h1><figure><div class="sg-set-aside" data-number="0">Ways Labels: One; Two &lt; 3.</div>'
        '<figcaption>Ways</figcaption></figure><p>b</p><div class="sg-set-aside" data-number="1"></div>'
    )
    assert put_back(f"<body>{content}</body>", drawn) == f"<body>{page}</body>"
    assert put_back("<p>No drawing</p>", []) == "<p>No drawing</p>"
    foreign = '<div class="sg-set-aside" data-number="99"></div>'
    assert put_back(foreign, drawn) == foreign


def test_questions_are_set_aside_and_put_back() -> None:
    viewer = "<figure-viewer><svg><title>Ways</title></svg></figure-viewer>"
    plain = '<section id="cp-a" class="sg-checkpoint"><p>Why?</p><details>No.</details></section>'
    drawn_in = f'<section class="sg-checkpoint" id="cp-b">{viewer}<details>Yes.</details></section>'
    held = '<section class="sg-checkpoint"><section>Raw.</section> An answer.</section>'
    page = f"<h1>A</h1>{plain}<p>Words</p>{drawn_in}{viewer}{held}"
    content, drawn = set_aside(page)
    content, drawn = set_questions_aside(content, drawn)
    # One that holds a section of its author's may end before its answers: search passes it by as it stands.
    assert [word in content for word in ("Why?", "No.", "Yes.", "Words", "An answer.")] == [False] * 3 + [True] * 2
    assert put_back(f"<main>{content}</main>", drawn) == f"<main>{page}</main>"


def test_what_search_passes_by_is_put_back_as_search_leaves_it() -> None:
    page = '<section class="sg-checkpoint"><details data-search-exclude="true">No.</details></section>'
    assert put_back(*set_questions_aside(page, ())) == page.replace(' data-search-exclude="true"', "")
