"""What the build adds to a page that only the whole of it can tell."""

from __future__ import annotations

import pytest
from studyguide.compose import READING_MARK
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
