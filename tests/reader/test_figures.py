"""A figure at a browser: on the whole screen by keyboard, mouse and fingers; without a script, a page of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.pages import CLEAN, PHONE, SCREEN, reading, violations_in_both

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

ROUTES = "/learn/internet/"
LINK_RE = re.compile(r'class="sg-enlarge" data-search-exclude href="[./]*figures/([\w.-]+\.svg)"')


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(base + ROUTES)
        yield page


def _control(page: Page) -> Locator:
    return page.get_by_role("button", name="Enlarge Figure").first


def _viewer(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Which exit a function needs")


def _place(page: Page) -> dict[str, float]:
    """Return where the drawing's top label is on the screen, and how large."""
    box = _viewer(page).locator("svg text").first.bounding_box()
    assert box
    return dict(box)


def test_keyboard_opens_a_figure_whole_and_comes_back(page: Page) -> None:
    before = page.evaluate("document.documentElement.scrollHeight")
    _control(page).focus()
    page.keyboard.press("Enter")
    viewer = _viewer(page)
    box = viewer.locator("svg").bounding_box()
    assert box
    assert box["height"] > SCREEN["height"] * 0.8
    assert box["y"] + box["height"] <= SCREEN["height"]
    expect(viewer.get_by_role("button", name="Close")).to_be_focused()
    # Parts of a pixel are rounded.
    assert page.evaluate("document.documentElement.scrollHeight") == pytest.approx(before, abs=1)
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(_control(page)).to_be_focused()
    assert page.locator("figure-viewer svg").count() == page.locator("figure-viewer").count()


def test_keys_bring_it_nearer_and_move_it(page: Page) -> None:
    _control(page).focus()
    page.keyboard.press("Space")
    scale = _viewer(page).get_by_role("status")
    whole = _place(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(scale).to_have_text("196 %")
    near = _place(page)
    assert near["width"] == pytest.approx(whole["width"] * 1.96, rel=0.02)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    moved = _place(page)
    assert near["x"] - moved["x"] == pytest.approx(80, abs=2)
    assert near["y"] - moved["y"] == pytest.approx(80, abs=2)
    page.keyboard.press("-")
    expect(scale).to_have_text("140 %")
    page.keyboard.press("0")
    expect(scale).to_have_text("100 %")
    assert _place(page) == pytest.approx(whole, abs=1)


def test_it_cannot_be_lost(page: Page) -> None:
    _control(page).click()
    for key in ("ArrowLeft", "ArrowUp", "-"):
        page.keyboard.press(key)
    whole = _place(page)
    for key in (*["+"] * 12, *["ArrowRight"] * 200, "0"):
        page.keyboard.press(key)
    assert _place(page) == pytest.approx(whole, abs=1)


def test_pages_own_keys_rest_while_it_is_open(page: Page) -> None:
    _control(page).click()
    page.keyboard.press("n")  # the theme's key for the next page
    page.wait_for_timeout(200)
    assert page.url.partition("#")[0].endswith(ROUTES)
    expect(_viewer(page)).to_be_visible()


def test_mouse_zooms_where_it_points_and_drags(page: Page) -> None:
    _control(page).click()
    label = _place(page)
    x, y = label["x"] + label["width"] / 2, label["y"] + label["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, -400)
    expect(_viewer(page).get_by_role("status")).to_have_text("272 %")
    near = _place(page)
    assert near["x"] + near["width"] / 2 == pytest.approx(x, abs=3)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.up()
    moved = _place(page)
    assert (near["x"] - moved["x"], near["y"] - moved["y"]) == (pytest.approx(60, abs=2), pytest.approx(40, abs=2))


def test_buttons_do_as_the_keys(page: Page) -> None:
    _control(page).click()
    viewer = _viewer(page)
    scale = viewer.get_by_role("status")
    for name, percent in (
        ("Zoom in", "140 %"),
        ("Zoom in", "196 %"),
        ("Zoom out", "140 %"),
        ("Fit to screen", "100 %"),
    ):
        viewer.get_by_role("button", name=name).click()
        expect(scale).to_have_text(percent)
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_be_hidden()


def test_two_fingers_bring_it_nearer(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE, has_touch=True) as page:
        page.goto(base + ROUTES)
        _control(page).tap()
        whole = _place(page)
        session = page.context.new_cdp_session(page)
        for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
            points = [{"x": 195 - apart, "y": 450, "id": 1}, {"x": 195 + apart, "y": 450, "id": 2}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert _place(page)["width"] == pytest.approx(whole["width"] * 2, rel=0.05)
        expect(_viewer(page).get_by_role("status")).to_have_text("200 %")


def test_another_key_with_the_click_opens_the_drawing_as_a_page(page: Page) -> None:
    expect(_control(page)).to_have_attribute("href", "../../figures/fig-internet-choice.svg")
    # What it shows is another test's: the browser without windows crashes now and then in a tab behind another.
    with page.context.expect_page():
        _control(page).click(modifiers=["ControlOrMeta"])
    expect(_viewer(page)).to_be_hidden()


@pytest.mark.parametrize("viewport", [SCREEN, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_it(chromium: Browser, base: str, viewport: dict[str, int]) -> None:
    with reading(chromium, viewport=viewport) as page:
        page.goto(base + ROUTES)
        _control(page).click()
        page.keyboard.press("+")
        # What is behind an open dialog is nobody's to reach.
        assert violations_in_both(page, within="dialog[open]") == CLEAN


def test_only_a_drawing_that_can_be_scrolled_is_a_tab_stop(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        page.goto(base + ROUTES)
        drawing = page.locator(".sg-drawing").first
        expect(page.get_by_role("region", name="scrollable")).to_have_count(0)
        assert page.locator(".sg-drawing[tabindex]").count() == 0
        drawing.evaluate("(one) => { one.classList.remove('sg-drawing--fits') }")
        page.set_viewport_size({**PHONE, "width": 320})
        region = page.get_by_role("region", name=re.compile(r"^Figure \d+, scrollable$"))
        expect(region).to_have_count(1)
        region.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(200)
        assert region.evaluate("(element) => element.scrollLeft") > 0
        page.set_viewport_size(SCREEN)
        expect(region).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_script_a_figure_is_a_page_that_fits(chromium: Browser, base: str, scheme: str) -> None:
    with reading(chromium, viewport=SCREEN, color_scheme=scheme, java_script_enabled=False) as page:
        page.goto(base + ROUTES)
        page.get_by_role("link", name="Enlarge Figure").first.click()
        page.wait_for_url("**/figures/fig-internet-choice.svg")
        look = page.evaluate(
            """() => {
                const { backgroundColor } = getComputedStyle(document.documentElement)
                const text = document.querySelector("text")
                return { background: backgroundColor, ink: getComputedStyle(text).fill, ...text.getBBox() }
            }"""
        )
        paper, ink = (
            ("rgb(255, 255, 255)", "rgb(26, 35, 41)")
            if scheme == "light"
            else ("rgb(18, 25, 29)", "rgb(230, 234, 232)")
        )
        assert (look["background"], look["ink"]) == (paper, ink)
        boxes = page.locator("text").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().toJSON())")
        assert all(box["top"] >= 0 and box["bottom"] <= SCREEN["height"] for box in boxes)
        assert max(box["bottom"] for box in boxes) > SCREEN["height"] * 0.8


def test_a_figure_of_two_forms_shows_one(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(base + "/learn/nat-or-endpoints/")
        pictures = page.get_by_role("img", name="From what the code calls to what you build")
        figure = page.locator("#fig-exit-decision")
        for width, form in ((SCREEN["width"], "wide"), (PHONE["width"], "narrow")):
            page.set_viewport_size({**SCREEN, "width": width})
            expect(pictures).to_have_count(1)
            expect(figure.locator("figure-viewer:visible")).to_have_class(f"sg-form sg-form--{form}")
            expect(figure.get_by_role("button", name="Enlarge Figure")).to_have_count(1)
        page.emulate_media(media="print")
        expect(figure.locator("figure-viewer:visible")).to_have_class("sg-form sg-form--wide")
        ids = page.locator("[id]").evaluate_all("(all) => all.map((one) => one.id)")
        assert len(ids) == len(set(ids))


def test_every_figure_has_its_page(site: Path) -> None:
    files = {path.name for path in (site / "figures").iterdir()}
    pages = [page.read_text("utf-8") for page in site.rglob("*.html")]
    assert {name for page in pages for name in LINK_RE.findall(page)} == files
    assert sum(page.count("<figure-viewer") for page in pages) == len(files)
