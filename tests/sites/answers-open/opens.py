"""What a plugin may do to answers without meaning it."""

from __future__ import annotations

CHANGES = {
    "opened.md": ('<details class="sg-answer"', '<details open class="sg-answer"'),
    "unfolded.md": ("details", "div"),
    "renamed.md": ('class="sg-answer"', 'class="answer"'),
    "lost.md": ('id="cp-lost"', ""),
    "styled.md": ('class="sg-answer"', 'class="more sg-answer"'),
}


def on_post_page(output: str, *, page: object, **_: object) -> str:
    """Change the page that is called after the change."""
    old, new = CHANGES.get(page.file.src_uri, ("", ""))  # type: ignore[attr-defined]
    return output.replace(old, new) if old else output
