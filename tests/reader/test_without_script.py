"""Every figure and every answer is in the page, and on a phone, with JavaScript off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from reader.pages import EVERYWHERE, OPEN, PHONES, STOPS, reading, until, width_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PHONE = {"width": 360, "height": 740}
WHOLE = (Path(__file__).parent / "whole.js").read_text("utf-8")


@pytest.fixture(scope="module")
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    with reading(chromium, viewport=PHONE, java_script_enabled=False) as page:
        yield page


@pytest.fixture(scope="module", params=EVERYWHERE)
def address(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def seen(plain: Page, base: str, address: str) -> dict[str, Any]:
    """What is missing in a page, how many stops of keys are before it, and how wide it is: it is opened once, and asked once."""
    plain.set_viewport_size(PHONE)
    plain.goto(base + address)
    found = plain.evaluate(WHOLE) | {"stops": plain.evaluate(STOPS)}
    plain.evaluate(OPEN)
    return found | {"widths": {width: width_at(plain, width) for width in PHONES}}


def test_every_figure_is_drawn(seen: dict[str, Any]) -> None:
    assert seen["figures"] == []


def test_every_answer_opens(seen: dict[str, Any]) -> None:
    assert seen["answers"] == []


def test_no_page_scrolls_sideways(seen: dict[str, Any]) -> None:
    assert {width: wide for width, wide in seen["widths"].items() if wide > width} == {}


def test_tab_comes_to_the_page_after_few_stops(seen: dict[str, Any]) -> None:
    assert 0 < seen["stops"] <= 6


# The marks that stand right behind code, and the code of those that are on a line below its end.
ALONE = """() => {
    const alone = []
    let marks = 0
    for (const code of document.querySelectorAll("article :not(pre) > code")) {
        const text = code.nextSibling
        if (text?.nodeType !== Node.TEXT_NODE || !/^[,.;:!?)]/.test(text.data)) continue
        const range = document.createRange()
        range.setStart(text, 0)
        range.setEnd(text, 1)
        marks += 1
        if (range.getBoundingClientRect().top > [...code.getClientRects()].pop().bottom - 2) alone.push(code.textContent)
    }
    return { marks, alone }
}"""


@pytest.mark.parametrize("address", ["/learn/other-targets/", "/learn/databases/", "/reference/cheat-sheet/"])
def test_no_comma_is_alone_on_its_line(chromium: Browser, base: str, address: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        page.goto(base + address)
        for width in (*range(320, 430, 10), 800, 1360):
            page.set_viewport_size({**PHONE, "width": width})
            seen = page.evaluate(ALONE)
            assert seen["marks"] > 3
            assert seen["alone"] == [], width


def test_code_that_must_be_scrolled_is_reached_by_keys_and_shows_it(plain: Page, base: str) -> None:
    plain.goto(base + "/example/deploy/")
    code = plain.locator("article pre > code").first
    plain.locator("article pre").first.locator("xpath=preceding::a[1]").focus()
    plain.keyboard.press("Tab")
    expect(code).to_be_focused()
    expect(code).to_have_css("outline-style", "solid")
    plain.keyboard.press("ArrowRight")
    until(plain, "document.activeElement.scrollLeft > 0")
