"""A page is styled whole when it comes, and not once more by a script that says something at its top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from reader.pages import PHONE, reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TRACED = {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": ["devtools.timeline"]}}


def _styled(chromium: Browser, address: str) -> tuple[int, list[int]]:
    """Return how many elements a page has, and of how many the style was worked out, each time."""
    events: list[dict[str, Any]] = []
    done: list[bool] = []
    with reading(chromium, viewport=PHONE) as page:
        session = page.context.new_cdp_session(page)
        session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
        session.on("Tracing.tracingComplete", lambda _: done.append(True))
        session.send("Tracing.start", TRACED)
        page.goto(address, wait_until="networkidle")
        elements: int = page.evaluate("document.body.querySelectorAll('*').length")
        session.send("Tracing.end")
        while not done:
            page.wait_for_timeout(20)
    return elements, [
        event["args"]["elementCount"]
        for event in events
        if event["name"] == "UpdateLayoutTree" and "elementCount" in event.get("args", {})
    ]


@pytest.mark.parametrize("path", ["/learn/internet/", "/example/private-mysql/"])
def test_a_page_is_styled_once(chromium: Browser, base: str, path: str) -> None:
    elements, styled = _styled(chromium, base + path)
    # It comes in parts. Some of the first are styled again when later ones come, and buttons are put into some.
    assert sum(styled) < 2.2 * elements, styled


def test_the_edges_of_the_window_have_the_scheme_that_is_chosen(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE, color_scheme="dark") as page:
        page.goto(base + "/learn/dns/")
        edges = "getComputedStyle(document.documentElement).colorScheme"
        assert page.evaluate(edges) == "normal"  # as the page's own word has it: as the system
        page.get_by_title("Use light colours").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
        assert page.evaluate(edges) == "light"
        page.reload()
        assert page.evaluate(edges) == "light"
        page.get_by_title("Use dark colours").click()
        assert page.evaluate(edges) == "dark"
        page.emulate_media(media="print")
        assert page.evaluate(edges) == "normal"
