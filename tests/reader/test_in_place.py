"""Nothing jumps while a page comes: what scripts add to it has its place before it is there.

How fast they come must not matter, so they come when the page was painted without them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from reader.pages import PHONE, SCREEN, reading, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# One of each kind, and of what scripts change: tables and code.
TEXTS = (
    "/",
    "/learn/permissions/",
    "/example/how-it-breaks/",
    "/reference/cheat-sheet/",
    "/reference/glossary/",
)
# What a script fills has as much room as the screen shows of it.
FILLED = (
    "/lab/",
    "/lab/free-play/",
    "/practice/bank/endpoints/",
    "/practice/bank/internet/",
    "/practice/flashcards/",
    "/practice/my-data/",
    "/practice/progress/",
    "/practice/test/",
    # Whoever is led to a question sees it before it can answer.
    "/learn/permissions/#cp-deploy-refused",
    # A page so short that its foot is seen.
    "/404.html",
)
SCRIPT_RE = re.compile(r"\.js(\?|$)")
WATCH = """() => {
globalThis.shifts = []
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    const names = sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 80))
    shifts.push([value.toFixed(4), ...names])
  }
}).observe({ type: "layout-shift" })
}"""
PAINTED = (
    "() => new Promise((done) => { requestAnimationFrame(() => { requestAnimationFrame(() => setTimeout(done)) }) })"
)


def _shifts(page: Page, address: str) -> list[list[str]]:
    """Return what moved in a page whose scripts came late, and by how much of the screen."""
    waiting: list[Route] = []
    late = False
    page.route(SCRIPT_RE, lambda route: route.continue_() if late else waiting.append(route))
    page.goto(address, wait_until="commit")
    # The theme's script comes last, and the page ends there until it is sent.
    until(page, "document.querySelector('script[src*=bundle]') !== null")
    page.evaluate("document.fonts.ready.then(() => {})")
    page.evaluate(PAINTED)
    page.evaluate(WATCH)
    assert waiting
    late = True
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("networkidle")
    page.evaluate(PAINTED)
    return page.evaluate("shifts")


@pytest.mark.parametrize("screen", [PHONE, SCREEN], ids=["phone", "desk"])
@pytest.mark.parametrize("path", TEXTS + FILLED)
def test_nothing_jumps_when_scripts_come(chromium: Browser, base: str, path: str, screen: dict[str, int]) -> None:
    # What would jump further down a text is on the screen, too.
    height = 3000 if path in TEXTS else screen["height"]
    with reading(chromium, viewport={**screen, "height": height}, service_workers="block") as page:
        assert _shifts(page, base + path) == []
