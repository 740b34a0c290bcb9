"""A reader with nothing but keys, and what is announced to one who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Locator, Page

# Chance leaves everything where it is, so letters are known; and each change in a live region is what it says by then.
LISTENING = """
    Math.random = () => 0.999
    globalThis.heard = []
    new MutationObserver((changes) => {
        const around = ({ target }) => (target.closest ? target : target.parentElement)?.closest("[role=status]")
        for (const region of new Set(changes.map(around))) {
            const words = region?.checkVisibility() && region.textContent.replace(/\\s+/g, " ").trim()
            if (words) heard.push(words)
        }
    }).observe(document, { childList: true, characterData: true, subtree: true })
"""
# What has the focus shows it: itself, or the option that it is in.
SHOWS = "(one) => [one, one.closest('li')].some((each) => each && getComputedStyle(each).outlineStyle !== 'none')"


def heard(page: Page) -> list[str]:
    """Return what was announced since the last time, an announcement for each."""
    return page.evaluate("heard.splice(0)")


def enter(part: Locator) -> None:
    """Stand before the first stop of a part of a page."""
    part.evaluate("(one) => { one.tabIndex = -1; one.focus(); one.removeAttribute('tabindex') }")


def tab(page: Page, name: str, *keys: str, back: bool = False) -> None:
    """Go one stop on: it has this name, is seen and shows the focus. Press keys there, or write."""
    page.keyboard.press("Shift+Tab" if back else "Tab")
    here = page.locator(":focus")
    expect(here).to_have_accessible_name(name)
    expect(here).to_be_in_viewport()
    assert here.evaluate(SHOWS), name
    press(page, keys)


def press(page: Page, keys: Iterable[str]) -> None:
    """Press keys; what is in quotation marks is written."""
    for key in keys:
        if key.startswith('"'):
            page.keyboard.type(key.strip('"'))
        else:
            page.keyboard.press(key)
