"""What may stand behind the slashes of a block: what ``pymdownx.blocks`` renders itself, beside ours."""

from __future__ import annotations

# Fences that are drawn.
ENGINES = ("tikz", "mermaid")
# Where a site enables them.
KNOWN_ELSEWHERE = frozenset(
    [
        "admonition",
        "attention",
        "caption",
        "caution",
        "danger",
        "define",
        "details",
        "error",
        "figure-caption",
        "hint",
        "html",
        "note",
        "tab",
        "table-caption",
        "tip",
        "warning",
    ]
)
