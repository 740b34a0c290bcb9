"""What readers set for themselves: forced colours, twice the size, a narrow screen, less motion, for the two things that
open: the viewer of a figure, and the note of a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.pages import PHONE, SCREEN, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

ROUTES = "/learn/internet/"
NARROW = {"width": 320, "height": 640}
# Twice the size on a desktop leaves half the pixels of the style sheet in each direction.
TWICE = {"width": SCREEN["width"] // 2, "height": SCREEN["height"] // 2}
BORDER = "(one) => { const style = getComputedStyle(one); return [style.borderTopWidth, style.borderTopColor, style.backgroundColor] }"


@pytest.fixture(params=[NARROW, TWICE, PHONE], ids=["narrow", "twice", "phone"])
def page(request: pytest.FixtureRequest, chromium: Browser, base: str) -> Iterator[Page]:
    with reading(chromium, viewport=request.param) as page:
        page.goto(base + ROUTES)
        yield page


def _open(page: Page) -> Locator:
    page.get_by_role("button", name="Enlarge Figure").first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Which exit a function needs")
    expect(viewer).to_be_visible()
    return viewer


def _note(page: Page) -> Locator:
    page.keyboard.press("Tab")
    page.get_by_role("article").get_by_role("link", name="egress-only internet gateway").first.focus()
    note = page.get_by_role("tooltip")
    expect(note).to_be_visible()
    return note


def _is_within(page: Page, part: Locator) -> bool:
    box, size = part.bounding_box(), page.viewport_size
    assert box
    assert size
    across = box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    return across and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def test_page_has_no_second_scroll_bar(page: Page) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_viewer_has_all_its_buttons_and_room_for_the_drawing(page: Page) -> None:
    viewer = _open(page)
    for button in viewer.get_by_role("button").all():
        assert _is_within(page, button), button.inner_text()
    stage, size = viewer.locator(".sg-viewer__stage").bounding_box(), page.viewport_size
    assert stage
    assert size
    assert stage["height"] > size["height"] / 2
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()


def test_note_is_on_the_screen_whole(page: Page) -> None:
    assert _is_within(page, _note(page))


def test_forced_colours_keep_edges_and_lines(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN, forced_colors="active") as page:
        page.goto(base + ROUTES)
        note = _note(page)
        width, border, ground = note.evaluate(BORDER)
        assert width != "0px"
        assert border != ground
        page.keyboard.press("Escape")
        viewer = _open(page)
        for button in viewer.get_by_role("button").all():
            width, border, ground = button.evaluate(BORDER)
            assert width != "0px", button.inner_text()
            assert border != ground, button.inner_text()
        # A drawing keeps its lines and words apart from the ground that they lie on.
        ink = viewer.locator("svg text").first.evaluate("(one) => getComputedStyle(one).fill")
        assert ink != viewer.evaluate("(one) => getComputedStyle(one).backgroundColor")


# The ground of each sign that is a mask, beside the ground of what it stands on.
SIGNS = """() => [
    [".md-code__button", "::after"], [".admonition-title", "::before"], ["summary", "::after"], [".md-nav__icon", "::after"],
].map(([selector, part]) => {
    const one = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility())
    return [selector, getComputedStyle(one, part).backgroundColor, getComputedStyle(document.body).backgroundColor]
})"""


def test_forced_colours_keep_signs_and_the_edges_of_code(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN, forced_colors="active") as page:
        page.goto(base + "/learn/permissions/")
        # Code has its button where a reader comes to it.
        page.locator("pre > code").first.scroll_into_view_if_needed()
        page.locator(".md-code__button").first.wait_for(state="attached")
        signs = page.evaluate(SIGNS)
        assert [name for name, sign, ground in signs if sign == ground] == []
        edge = page.locator("pre > code").first.evaluate("(code) => getComputedStyle(code).borderTopStyle")
        assert edge == "solid"


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_by_itself(chromium: Browser, base: str, motion: str) -> None:
    with chromium.new_context(viewport=SCREEN, reduced_motion=motion) as context:
        context.set_default_timeout(5_000)
        page = context.new_page()
        page.goto(base + ROUTES)
        own = "(part) => part.getAnimations({ subtree: true }).length"
        assert _note(page).evaluate(own) == 0
        page.keyboard.press("Escape")
        viewer = _open(page)
        for key in ("+", "ArrowRight", "0"):
            page.keyboard.press(key)
            assert viewer.evaluate(own) == 0
