"""What a word means, beside the word: by mouse, keyboard and finger, and never before the answer to a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.pages import CLEAN, PHONE, SCREEN, reading, violations_in_both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

CHECKPOINTS = "/practice/checkpoints/"
ROUTES = "/learn/internet/"


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(base + ROUTES)
        yield page


def _term(page: Page) -> Locator:
    return page.get_by_role("article").get_by_role("link", name="egress-only internet gateway").first


def _note(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def test_hover_shows_it_and_the_mouse_may_go_into_it(page: Page) -> None:
    _term(page).hover()
    expect(_note(page)).to_be_visible()
    meaning = _term(page).get_attribute("data-sg-definition")
    assert meaning
    expect(_note(page)).to_have_text(meaning)
    link, note = _term(page).bounding_box(), _note(page).bounding_box()
    assert link
    assert note
    assert 0 <= note["y"] - link["y"] - link["height"] < 12
    _note(page).hover()
    page.wait_for_timeout(400)
    expect(_note(page)).to_be_visible()
    page.mouse.move(1, 1)
    expect(_note(page)).to_be_hidden()


def test_focus_shows_it_and_describes_the_link(page: Page) -> None:
    page.keyboard.press("Tab")  # a reader who goes by keyboard
    _term(page).focus()
    expect(_note(page)).to_be_visible()
    expect(_term(page)).to_have_accessible_description(re.compile("IPv6"))
    page.keyboard.press("Escape")
    expect(_note(page)).to_be_hidden()
    expect(_term(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(_note(page)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary/#term-*")


def test_it_stays_on_the_screen_and_goes_with_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 500})
    link = _term(page)
    # At the lower edge it lies above the word.
    link.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 10)")
    link.hover()
    expect(_note(page)).to_be_visible()
    word, note = link.bounding_box(), _note(page).bounding_box()
    assert word
    assert note
    assert note["y"] + note["height"] <= word["y"]
    page.evaluate("scrollBy(0, 50)")
    moved = _note(page).bounding_box()
    assert moved
    assert moved["y"] == pytest.approx(note["y"] - 50, abs=1)


def test_first_tap_shows_it_and_the_second_follows(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.goto(base + ROUTES)
        _term(page).tap()
        expect(_note(page)).to_be_visible()
        box = _note(page).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        page.locator("h1").tap()
        expect(_note(page)).to_be_hidden()
        _term(page).tap()
        expect(_note(page)).to_be_visible()
        assert page.url.startswith(base + ROUTES)
        _term(page).tap()
        page.wait_for_url("**/reference/glossary/#term-*")


def test_in_options_it_waits_for_the_answer(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(base + CHECKPOINTS)
        whole = page.locator(".sg-checkpoint:has(.sg-options)").first
        # An author may write a term in any option.
        whole.evaluate(
            """(whole) => {
                const link = document.querySelector("[data-sg-definition]").cloneNode(true)
                whole.querySelector(".sg-options > li").append(link)
            }"""
        )
        link = whole.locator(".sg-options [data-sg-definition]")
        page.keyboard.press("Tab")
        link.focus()
        link.hover()
        page.wait_for_timeout(500)
        expect(_note(page)).to_be_hidden()
        expect(link).to_have_accessible_description("")
        page.mouse.move(1, 1)
        whole.locator("summary").click()
        link.hover()
        expect(_note(page)).to_be_visible()


def test_every_term_link_has_it(page: Page, base: str) -> None:
    for address in (ROUTES, CHECKPOINTS, "/reference/cheat-sheet/"):
        page.goto(base + address)
        links = page.locator("main a[href*='#term-']")
        assert links.count() > 5
        assert links.and_(page.locator("[data-sg-definition]:not([title])")).count() == links.count()


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_beside_it(chromium: Browser, base: str, viewport: dict[str, int]) -> None:
    with reading(chromium, viewport=viewport) as page:
        page.goto(base + ROUTES)
        page.keyboard.press("Tab")
        _term(page).focus()
        expect(_note(page)).to_be_visible()
        assert violations_in_both(page) == CLEAN
        expect(_note(page)).to_be_visible()


def test_without_script_it_is_a_plain_link(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN, java_script_enabled=False) as page:
        page.goto(base + ROUTES)
        _term(page).click()
        page.wait_for_url("**/reference/glossary/#term-*")
