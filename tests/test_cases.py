"""One YAML file a behaviour under ``cases``: a page goes in, its HTML and problems come out.

    page: |            the Markdown, front matter and all
    other: |           a second page, ``other.md``, where the case needs one
    html: |            what Python-Markdown and the guide make of it
    problems:          what is wrong, word for word; none where it is left out

A file whose name ends in ``-nope`` is a near miss: it looks like the thing, and is not.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from studyguide import directives
from studyguide.collect import Reader
from studyguide.compose import Rendered, compose, register
from studyguide.figures import Studio
from studyguide.guide import reading_problems
from studyguide.listing import Listed, Listing, Project
from studyguide.model import Drawing, Engine
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES = sorted((Path(__file__).parent / "cases").rglob("*.yml"))
EXTENSIONS = list(directives.EXTENSIONS)
SOURCES = """
quota: {fact: Five hundred., title: Quotas, url: "https://docs.aws.amazon.com/q", checked: 2026-11-22, confidence: official-2026}
ports: {fact: Many., title: Ports & more, url: "https://docs.aws.amazon.com/p", checked: 2026-11-21, confidence: inferred}
"""


class Sketches(Studio):
    """Draws every figure as its first word, at once."""

    def __init__(self) -> None:
        pass

    def draw(self, engine: Engine, source: str) -> Drawing:
        return Drawing(svg=f'<svg data-engine="{engine}"><text>{source.split(maxsplit=1)[0]}</text></svg>')

    def close(self) -> None:
        pass


def listing_of(paths: Iterable[str], folder: str = "") -> Listing:
    """Return the list of a site whose pages have these names."""
    urls = {path: "" if path == "index.md" else f"{folder}{path.removesuffix('.md')}/" for path in paths}
    return Listing(tuple(Listed(path, url, f"{url}index.html", f"docs/{path}") for path, url in urls.items()))


def render(pages: dict[str, str]) -> tuple[str, list[str]]:
    """Return the first page's HTML and the problems of reading them all."""
    reader = Reader(
        Sketches(), Project(Path("nowhere"), Path("nowhere/docs"), directives=True), today=date(2026, 11, 28)
    )
    reader.read_sources(SOURCES, "docs/reference/sources.yml")
    fences: dict[str, Any] = {}
    reader.directives.fences(fences)
    contents = {}
    for path, text in pages.items():
        contents[path] = markdown.markdown(
            reader.read(path, text, source=f"docs/{path}"),
            extensions=[*EXTENSIONS, reader.directives],
            extension_configs={"pymdownx.superfences": fences},
        )
        reader.define(path, reader.directives.part())
    listing = listing_of(pages, "learn/")
    manuscript = reader.manuscript(listing)
    registry = register(manuscript)
    html = compose(
        manuscript, registry, {path: Rendered(listing.urls[path], "", content) for path, content in contents.items()}
    )
    return html[next(iter(pages))], [str(problem) for problem in reading_problems(manuscript, registry)]


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_case(file: Path) -> None:
    case = quickyaml.load(file.read_text("utf-8"))
    pages = {"page.md": case["page"]} | ({"other.md": case["other"]} if "other" in case else {})
    html, problems = render(pages)
    assert problems == case.get("problems", [])
    if "html" in case:
        assert html.strip() == case["html"].strip()
    assert "html" in case or "problems" in case
