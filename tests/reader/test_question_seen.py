"""How a question looks in every state, on every screen and on paper, with scripts off, and before they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.pages import CLEAN, PHONE, SCREEN, reading, until, violations_in_both
from reader.questions import check, choose, go, opened, question, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route


@pytest.fixture
def page(chromium: Browser, asking: str) -> Iterator[Page]:
    with opened(chromium, asking) as page:
        yield page


def test_options_that_are_seen_stay_under_the_hand(chromium: Browser, asking: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/question.js*", hold)
        page.goto(asking)
        asked = question(page, "one")
        written = shown(asked)
        until(page, "() => document.querySelector('script[src*=\"/question.js\"]')")
        asked.get_by_label("Out").hover()
        page.mouse.down()
        held[0].continue_()
        page.locator("sg-question:defined").first.wait_for()
        page.mouse.up()
        expect(asked.get_by_role("radio", name="Out")).to_be_checked()
        assert shown(asked) == written


def test_options_not_seen_yet_stand_in_another_order_each_time(chromium: Browser, asking: str) -> None:
    orders = set()
    with opened(chromium, asking, viewport=PHONE) as page:
        for _ in range(8):
            orders.add(tuple(shown(question(page, "several"))))
            go(page)
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {("Moat", "North", "South", "Tower", "Wall")}


WAYS = {"one": ["Up"], "several": ["North", "Wall"]}


def _states(page: Page) -> Iterator[str]:
    """Bring the questions of the page into one state after the other."""
    yield "asking"
    for key, names in WAYS.items():
        choose(question(page, key), *names)
        check(question(page, key))
    for key, text in (("fill", "wall"), ("number", "300")):
        question(page, key).get_by_label("Your answer").fill(text)
        check(question(page, key))
    for key in ("order", "match"):
        for index, place in enumerate(question(page, key).locator("select").all(), start=1):
            place.select_option(index=index)
        check(question(page, key))
    yield "one more try"
    for answer in page.locator(".sg-answer").all():
        if answer.get_attribute("open") is None:
            answer.locator("summary").click()
    yield "answered"


def test_axe_finds_nothing_in_any_state(page: Page) -> None:
    for state in _states(page):
        assert (state, violations_in_both(page)) == (state, CLEAN)


@pytest.mark.parametrize(
    "options",
    [{"viewport": {"width": 320, "height": 800}}, {"viewport": {**PHONE, "width": 195}}],
    ids=["320 px", "390 px at 200 %"],
)
def test_no_state_scrolls_sideways(chromium: Browser, asking: str, options: dict) -> None:
    with opened(chromium, asking, **options) as page:
        for state in _states(page):
            wide = page.evaluate(
                "[...document.querySelectorAll('.sg-checkpoint *')].filter((one) => !one.closest('pre, .sg-unseen') && one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
            )
            assert wide == [], state


def test_marks_are_seen_in_forced_colours(chromium: Browser, asking: str) -> None:
    with opened(chromium, asking, forced_colors="active") as page:
        asked = question(page, "one")
        choose(asked, "Up")
        check(asked)
        words = "(option) => [getComputedStyle(option.querySelector('.sg-why'), '::before').content, getComputedStyle(option).borderTopStyle]"
        assert asked.locator("li[data-mark=wrong]").evaluate(words) == ['"✗\xa0Your choice: not right"', "dashed"]


def test_what_was_done_before_the_script_came_stays(chromium: Browser, asking: str) -> None:
    with opened(chromium, "about:blank") as page:
        held: list[Route] = []
        page.route("**/question.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
        page.goto(asking)
        one, several = question(page, "one"), question(page, "several")
        choose(several, "Wall", "Moat")
        one.get_by_text("Show the answer").click()
        until(page, "Boolean(globalThis.studyguide?.answers)")
        held[0].continue_()
        check(several)
        expect(several.locator(".sg-result")).to_contain_text("Try once more.")
        assert shown(several) == ["North", "Wall", "South", "Moat", "Tower"]
        expect(one.locator(".sg-result")).to_have_text("You looked at the answer first, so this is no try.")


def test_page_without_a_question_near_asks_for_nothing(chromium: Browser, asking: str) -> None:
    with opened(chromium, "about:blank", viewport={"width": 1360, "height": 100}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(asking, wait_until="networkidle")
        assert [url for url in asked if url.endswith(("question.js", "storage.js", "idb-keyval.js"))] == []
        question(page, "match").scroll_into_view_if_needed()
        question(page, "match").get_by_role("button", name="Check").wait_for()


def test_choice_stays_and_is_marked_without_a_script(chromium: Browser, asking: str) -> None:
    with opened(chromium, asking, java_script_enabled=False) as page:
        one, several, order = (question(page, key) for key in ("one", "several", "order"))
        choose(one, "Up")
        choose(several, "North", "Wall")
        for place in order.locator("select").all():
            place.select_option("1")
        question(page, "fill").get_by_label("Your answer").fill("north-gate")
        assert set(_words(one) + _words(several) + _words(order)) == {"none"}
        for answer in page.locator(".sg-answer > summary").all():
            answer.click()
        right, wrong = '"✓\xa0Your choice: right"', '"✗\xa0Your choice: not right"'
        assert _words(one) == [wrong, "none", "none", "none"]
        assert _words(several) == [right, wrong, "none", "none", "none"]
        assert sorted(_words(order)) == sorted([right, wrong, wrong])
        expect(question(page, "fill").get_by_label("Your answer")).to_have_value("north-gate")
        assert page.locator(".sg-check").count() == 0


def _words(asked: Locator) -> list[str]:
    """Return what styles write behind each option."""
    return asked.locator(".sg-ask li[data-item]").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::after').content)"
    )


def test_paper_shows_the_question_and_nothing_to_press(page: Page) -> None:
    choose(question(page, "one"), "Up")
    check(question(page, "one"))
    page.emulate_media(media="print")
    for part in ("input", "select", ".sg-commit", ".sg-why", ".sg-answer"):
        assert [one.is_visible() for one in page.locator(f".sg-checkpoint {part}").all() if one.is_visible()] == [], (
            part
        )
    assert question(page, "one").locator(".sg-options").is_visible()
