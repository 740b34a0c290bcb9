"""The guide's pages by address, known before the site is built."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def _address(page: Path) -> str:
    path = page.relative_to(DOCS).with_suffix("")
    parts = path.parts[:-1] if path.name == "index" else path.parts
    return "/" + "".join(f"{part}/" for part in parts)


PAGES = sorted(map(_address, DOCS.rglob("*.md")))
EVERYWHERE = [*PAGES, "/404.html"]
