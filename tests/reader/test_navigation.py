"""Where a reader may go: the navigation, the page before and after, and the way for authors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect
from reader.pages import PAGES, SCREEN, reading, until
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# Twice the size on a desktop leaves half the pixels of the style sheet in each direction.
TWICE = {"width": SCREEN["width"] // 2, "height": SCREEN["height"] // 2}
ON_TOP = """() => {
  const { x, y, width, height } = document.activeElement.getBoundingClientRect()
  return document.activeElement.contains(document.elementFromPoint(x + width / 2, y + height / 2))
}"""
AUTHORS = [address for address in PAGES if address.startswith("/authoring/")]
READERS = [address for address in PAGES if address not in AUTHORS]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        yield page


def _links(page: Page) -> dict[str, str]:
    """Return the address of each page that the navigation leads to, and what it is called there."""
    links = page.get_by_role("navigation", name="Navigation").locator("a.md-nav__link:not([href^='#'])")
    return dict(
        links.evaluate_all("(links) => links.map((link) => [new URL(link.href).pathname, link.textContent.trim()])")
    )


def _built(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address.strip("/") / "index.html").read_text("utf-8"))


def _footer(site: Path, address: str) -> dict[str, str]:
    """Return what the links at a page's foot are called, and where each leads."""
    links = _built(site, address).css("footer a.md-footer__link")
    return {link.attributes["aria-label"]: urljoin(address, link.attributes["href"]) for link in links}


def test_no_letter_or_sign_leaves_the_page(page: Page, base: str) -> None:
    page.goto(f"{base}/learn/internet/", wait_until="networkidle")
    for key in "np,.":
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    assert page.url == f"{base}/learn/internet/"
    # What the theme does at other keys, it does.
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()


def test_navigation_calls_each_page_by_its_heading(page: Page, base: str, site: Path) -> None:
    page.goto(base + "/")
    named = _links(page)
    assert sorted(named) == READERS
    assert named == {address: _built(site, address).css_first("h1").text(deep=False) for address in READERS}


def test_footer_names_the_page_before_and_after(page: Page, base: str, site: Path) -> None:
    page.goto(base + "/")
    order = list(_links(page).items())
    neighbours = zip([None, *order[:-1]], order, [*order[1:], None], strict=True)
    for before, (address, _), after in neighbours:
        expected = {f"Previous: {before[1]}": before[0]} if before else {}
        assert _footer(site, address) == expected | ({f"Next: {after[1]}": after[0]} if after else {})
    footer = page.get_by_role("navigation", name="Footer")
    footer.get_by_role("link", name=f"Next: {order[1][1]}", exact=True).click()
    page.wait_for_url(base + order[1][0])
    expect(footer.get_by_role("link", name=f"Previous: {order[0][1]}", exact=True)).to_be_visible()


def test_drawer_opens_and_shows_each_link_by_keys(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=TWICE) as page:
        page.goto(base + "/learn/dns/")
        for _ in range(2):
            page.keyboard.press("Tab")
        expect(page.locator("header label", has_text="Navigation")).to_be_focused()
        page.keyboard.press("Enter")
        for _ in range(2):  # what is in the header comes first
            page.keyboard.press("Tab")
        seen = []
        for _ in range(90):
            page.keyboard.press("Tab")
            link = page.locator("nav.md-nav--primary :focus")
            if not link.count():
                break
            until(page, ON_TOP)
            seen.append(link.inner_text().strip())
        assert {"How it breaks", "Three things to remember", "Bank: architecture", "Sources"} <= {*seen}
        page.keyboard.press("Shift+Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url == base + "/reference/sources/"


def test_drawer_opens_by_keys_without_script(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=TWICE, java_script_enabled=False) as page:
        page.goto(base + "/")
        link = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Names and DNS", exact=True)
        expect(link).to_be_hidden()
        page.keyboard.press("Tab")
        expect(page.get_by_role("checkbox", name="Navigation")).to_be_focused()
        page.keyboard.press("Space")
        link.focus()
        page.keyboard.press("Tab")
        until(page, ON_TOP)
        page.keyboard.press("Enter")
        page.wait_for_url(base + "/learn/databases/")


def test_drawer_opens_and_closes_by_hand_without_script(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=TWICE, java_script_enabled=False) as page:
        page.goto(base + "/learn/dns/")
        link = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="The big idea", exact=True)
        page.get_by_role("checkbox", name="Navigation").click()
        expect(link).to_be_visible()
        page.mouse.click(TWICE["width"] - 20, 200)
        expect(link).to_be_hidden()


def test_what_opens_the_drawer_without_script_is_seen_in_forced_colours(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=TWICE, java_script_enabled=False, forced_colors="active") as page:
        page.goto(base + "/")
        bars = page.get_by_role("checkbox", name="Navigation")
        expect(bars).to_have_css("background-image", re.compile("gradient"))
        expect(bars).to_have_css("color", "rgb(0, 0, 0)")
        page.emulate_media(color_scheme="dark")
        expect(bars).to_have_css("color", "rgb(255, 255, 255)")


def test_sections_are_unfolded_by_keys_where_they_are_folded(page: Page, base: str) -> None:
    page.goto(base + "/practice/bank/dns/")
    link = page.get_by_role("navigation", name="Navigation").get_by_role("link", name="Hyperplane ENIs", exact=True)
    expect(link).to_be_hidden()
    page.locator("label.md-nav__link", has_text="Learn").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()


def test_authors_have_a_way_of_their_own(page: Page, base: str) -> None:
    page.goto(base + "/learn/dns/")
    page.get_by_text("For authors:").get_by_role("link", name="Write a page").click()
    page.wait_for_url(base + "/authoring/write-a-page/")
    assert page.get_by_role("article").locator("a[href*='../problems/']").count()
    for address in AUTHORS:
        page.goto(base + address)
        assert page.get_by_role("navigation", name="Footer").count() == 0
