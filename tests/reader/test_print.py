"""A page on paper: what stays whole is less than half a sheet, so that none before it is left half empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reader.pages import PAGES, SIZES, reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MILLIMETRE = 96 / 25.4
SHEET = {"width": round(180 * MILLIMETRE), "height": round(267 * MILLIMETRE)}
# Six points.
SMALLEST = 6 / 72 * 96
WHOLE = """() => [...document.querySelectorAll("article *")]
    .filter((one) => getComputedStyle(one).breakInside.startsWith("avoid") && one.offsetHeight)
    .map((one) => [one.id || one.closest("[id]")?.id || one.tagName, one.offsetHeight])
"""


@pytest.mark.parametrize("address", PAGES)
def test_nothing_that_stays_whole_takes_half_a_sheet(chromium: Browser, base: str, address: str) -> None:
    with reading(chromium, viewport=SHEET) as page:
        page.emulate_media(media="print")
        page.goto(base + address)
        assert [(name, height) for name, height in page.evaluate(WHOLE) if height > SHEET["height"] / 2] == []
        sizes = page.evaluate(SIZES)
        assert {name: size for name, size in sizes.items() if size < SMALLEST} == {}
        # Paper is as wide as the page, and nothing is left to press.
        assert page.evaluate("document.scrollingElement.scrollWidth") <= SHEET["width"]
        assert page.locator("article").get_by_role("button").count() == 0
