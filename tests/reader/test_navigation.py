"""Where a reader may go: the navigation, the page before and after, and the way for authors."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.pages import PAGES, SCREEN, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

AUTHORS = [address for address in PAGES if address.startswith("/authoring/")]
READERS = [address for address in PAGES if address not in AUTHORS]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        yield page


def _heading(page: Page) -> str:
    return page.locator("h1").evaluate("(heading) => heading.firstChild.textContent")


def _links(page: Page) -> dict[str, str]:
    """Return the address of each page that the navigation leads to, and what it is called there."""
    links = page.get_by_role("navigation", name="Navigation").locator("a.md-nav__link:not([href^='#'])")
    return dict(
        links.evaluate_all("(links) => links.map((link) => [new URL(link.href).pathname, link.textContent.trim()])")
    )


def test_navigation_calls_each_page_by_its_heading(page: Page, base: str) -> None:
    page.goto(base + "/")
    named = _links(page)
    assert sorted(named) == READERS
    headings = {}
    for address in READERS:
        page.goto(base + address)
        headings[address] = _heading(page)
    assert named == headings


def test_footer_names_the_page_before_and_after(page: Page, base: str) -> None:
    page.goto(base + "/")
    order = list(_links(page).items())
    for (before, name), (after, other) in pairwise(order):
        footer = page.get_by_role("navigation", name="Footer")
        expect(footer.get_by_role("link", name=f"Next: {other}", exact=True)).to_be_visible()
        footer.get_by_role("link", name=f"Next: {other}", exact=True).click()
        page.wait_for_url(base + after)
        back = footer.get_by_role("link", name=f"Previous: {name}", exact=True)
        assert back.evaluate("(link) => new URL(link.href).pathname") == before
    assert page.get_by_role("navigation", name="Footer").get_by_role("link", name="Next").count() == 0


def test_authors_have_a_way_of_their_own(page: Page, base: str) -> None:
    page.goto(base + "/learn/dns/")
    page.get_by_text("For authors:").get_by_role("link", name="Write a page").click()
    assert page.url == base + "/authoring/write-a-page/"
    assert page.get_by_role("article").locator("a[href*='../problems/']").count()
    for address in AUTHORS:
        page.goto(base + address)
        assert page.get_by_role("navigation", name="Footer").count() == 0
