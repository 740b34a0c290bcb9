"""Rules over one rendered page: ids that are there twice, images without words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.links import Locator
from studyguide.checks.site import Page, Site, Use
from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.source import Source


def check(site: Site, sources: Mapping[str, Source]) -> Iterable[Problem]:
    """Yield the problems of every page that has a source."""
    for page in site.pages.values():
        if source := sources.get(page.path):
            yield from _duplicate_ids(page, source)
            yield from _images(page, source, site)


def _duplicate_ids(page: Page, source: Source) -> Iterable[Problem]:
    for key in sorted(key for key, times in page.ids.items() if times > 1):
        places = _written_ids(source, key)
        first, second = (places + [source.position(source.body_start)] * 2)[:2]
        yield Problem(
            second,
            "ID001",
            f"The id `{key}` is taken, by {first}.",
            "Ids are unique in the guide: give this one another.",
        )


def _written_ids(source: Source, key: str) -> list[Position]:
    """Return where an id is written: in raw HTML, or in an attribute list."""
    pattern = re.compile(rf"\bid\s*=\s*[\"']?{re.escape(key)}(?=[\"'\s>])|(?<=[{{ ])#{re.escape(key)}(?=[ }}])")
    return [source.position(match.start()) for match in pattern.finditer(source.prose)]


def _images(page: Page, source: Source, site: Site) -> Iterable[Problem]:
    locator = Locator(page, source, site)
    silent = {link.position for link in source.links if link.image and link.text == ""}
    for src in page.unlabelled_images:
        position = locator.find(Use("img", src))
        if position in silent or _has_no_alt(source, position):
            yield Problem(
                position,
                "FIG001",
                "This image has no alt text.",
                "Write it in the brackets: `![What it shows](file.png)`.",
            )


def _has_no_alt(source: Source, position: Position) -> bool:
    """Return whether raw HTML has an image without an ``alt``; an empty one says the image is decoration."""
    line = source.lines[position.line - 1][position.column - 1 :]
    return line.startswith("<img") and " alt" not in line.partition(">")[0]
