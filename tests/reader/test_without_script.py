"""Every figure and every answer is in the page, and on a phone, with JavaScript off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reader.pages import EVERYWHERE, PAGES, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def plain(chromium: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    with reading(chromium, viewport=PHONE, java_script_enabled=False) as page:
        yield page


@pytest.mark.parametrize("address", PAGES)
def test_every_figure_is_drawn(plain: Page, base: str, address: str) -> None:
    plain.goto(base + address)
    for figure in plain.locator("figure.sg-figure").all():
        body = figure.locator(".sg-drawing > svg, .sg-body").first
        assert _area(body) > 1000, figure.get_attribute("id")
        assert figure.locator("figcaption").is_visible()
    assert plain.locator(".mermaid, .language-mermaid, .language-tikz").count() == 0


def _area(element: Locator) -> float:
    box = element.bounding_box()
    return box["width"] * box["height"] if box else 0.0


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_opens(plain: Page, base: str, address: str) -> None:
    plain.goto(base + address)
    for checkpoint in plain.locator(".sg-checkpoint").all():
        answer = checkpoint.locator(".sg-answer")
        reasons = answer.locator(".sg-reasons > li")
        assert not answer.locator(".sg-verdict").is_visible()
        answer.locator("summary").click()
        assert answer.locator(".sg-verdict").is_visible()
        # A question to fill in, or with a number for an answer, has no options to show: its field is there instead.
        field, options = checkpoint.locator(".sg-field input"), checkpoint.locator(".sg-options > li").count()
        assert field.is_visible() if field.count() else reasons.count() == options
        assert reasons.count() > 0
        assert all(reason.is_visible() for reason in reasons.all())


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_page_scrolls_sideways(chromium: Browser, base: str, address: str, *, script: bool) -> None:
    with reading(chromium, viewport=PHONE, java_script_enabled=script) as page:
        page.goto(base + address)
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
        for width in (320, 390):
            page.set_viewport_size({**PHONE, "width": width})
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, width


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
