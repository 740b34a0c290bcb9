"""Progress: what was answered, what is due of each lesson, what was still known, a plan until the exam, and circles beside the pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.cards import CLOCK, NOON, at, kept, rounds
from reader.pages import violations
from reader.practice import FAULTS, opened, put

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAYS = [f"2026-11-{day}T12:00:00.000Z" for day in (20, 23, 26)]


def answered(*right: int) -> dict:
    given = [{"at": DAYS[0], "version": "0", "chosen": ["1"], "right": bool(each), "sure": "unsure"} for each in right]
    return {
        "schema": 1,
        "version": "0",
        "phase": "done",
        "chosen": [],
        "sure": "",
        "order": [],
        "tried": [],
        "rounds": given,
    }


KEPT = {
    "cp-one": answered(0, 1),
    "cp-several": answered(1),
    "cp-fill": answered(0),
    "card:term-moat.name": rounds((DAYS[0], 3), (DAYS[1], 3), (DAYS[2], 1)),
    "card:term-dike.name": rounds((DAYS[0], 3), (DAYS[1], 1), (DAYS[1].replace("12:", "13:"), 3)),
    "plan": {"schema": 1, "exam": "2026-12-12", "limit": 30},
}


@pytest.fixture(scope="module")
def address(remembering: str) -> str:
    return f"{remembering}/practice/progress/"


def cells(page: Page, rows: str) -> list[list[str]]:
    return page.locator(rows).evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )


def due(page: Page) -> dict[str, str]:
    """Return what both tables say is due, by the names of their rows."""
    return {row[0]: row[4] for row in cells(page, ".sg-rows tbody tr")}


def says(page: Page, scheduled: str, today: int, warning: str = "") -> None:
    expect(page.locator("[data-part=sum]")).to_have_text(f"{scheduled} on the schedule, of which {today} due today.")
    expect(page.locator("[data-part=kept]")).to_have_text(warning)


NOTHING = {"Gates": "", "Outside the lessons": "", "Pass the gates": "", "Count the walls": ""}


def test_nothing_yet_is_said_calmly(page: Page) -> None:
    says(page, "0 cards", 0)
    expect(page.get_by_text("once the flashcards know when your exam will be")).to_be_visible()
    expect(page.locator("[data-part=seen]")).to_be_hidden()
    assert cells(page, "[aria-label=Lessons] tbody tr") == [
        ["Gates", "6", "", "", ""],
        ["Outside the lessons", "", "", "", ""],
    ]
    expect(page.locator(".sg-known")).to_have_count(0)


def test_numbers_plot_plan_and_circles(page: Page) -> None:
    put(page, KEPT)
    page.reload()
    says(page, "2 cards", 2)
    assert cells(page, "[aria-label=Lessons] tbody tr") == [
        ["Gates", "6", "2 of 3", "1", "1"],
        ["Outside the lessons", "", "", "", "1"],
    ]
    assert cells(page, "[aria-label=Objectives] tbody tr") == [
        ["Pass the gates", "3", "2 of 3", "1", "1"],
        ["Count the walls", "3", "", "", ""],
    ]
    # Only what came back counts, and of a day the first answer.
    page.get_by_text("The numbers").click()
    assert cells(page, "[data-part=days] tr") == [["Mon, 23 Nov", "1 of 2"], ["Thu, 26 Nov", "0 of 1"]]
    assert page.locator(".sg-plot circle").evaluate_all("(all) => all.map((one) => one.getAttribute('cy'))") == [
        "60",
        "120",
    ]
    assert cells(page, "[data-part=plan] tr") == [
        ["Tue, 01 Dec", "Gates and 2 cards"],
        ["Sat, 05 Dec", "a practice test"],
        ["Thu, 10 Dec", "a practice test"],
        ["Sat, 12 Dec", "your exam"],
    ]
    circle = page.locator(".md-sidebar--primary .sg-known")
    expect(circle).to_have_text("Gates")
    expect(circle).to_have_attribute("title", "2 of 6 questions right")
    assert violations(page) == []
    # The next day it is another plan, and none after the exam.
    at(page, NOON + dt.timedelta(days=10))
    assert cells(page, "[data-part=plan] tr") == [["Fri, 11 Dec", "Gates and 2 cards"], ["Sat, 12 Dec", "your exam"]]
    at(page, NOON + dt.timedelta(days=20))
    says(page, "2 cards", 2, "The day of your exam is over, so cards come as if there were none.")
    expect(page.get_by_text("once the flashcards know when your exam will be")).to_be_visible()
    assert cells(page, "[data-part=plan] tr") == []


def test_due_of_each_lesson_and_objective(page: Page) -> None:
    missed = answered(0)
    missed["rounds"][0]["sure"] = "sure"
    put(
        page,
        {
            "card:term-moat.meaning": rounds((DAYS[0], 3)),
            "card:cp-fill": rounds(("2026-11-30T12:00:00.000Z", 3)),
            # Though nobody saw it as a card, it comes as one.
            "cp-wall": missed,
        },
    )
    page.reload()
    says(page, "3 cards", 2)
    assert due(page) == {**NOTHING, "Gates": "2", "Pass the gates": "1", "Count the walls": "1"}
    expect(page.get_by_role("columnheader", name="Due today")).to_have_count(2)
    expect(page.get_by_role("row", name="Count the walls").get_by_role("cell").last).to_have_text("1")
    # What comes in three days is due then.
    at(page, NOON + dt.timedelta(days=2))
    says(page, "3 cards", 3)
    assert due(page) == {**NOTHING, "Gates": "3", "Pass the gates": "2", "Count the walls": "1"}


def test_what_was_reviewed_in_another_tab_is_due_no_more(page: Page, address: str) -> None:
    put(page, {"card:term-moat.meaning": rounds((DAYS[0], 3)), "plan": {"schema": 1, "exam": "", "limit": 1}})
    page.reload()
    says(page, "1 card", 1)
    assert due(page) == {**NOTHING, "Gates": "1", "Pass the gates": "1"}
    other = page.context.new_page()
    other.add_init_script(CLOCK)
    other.goto(address.replace("progress", "flashcards"))
    other.get_by_role("button", name="Start", exact=True).click()
    other.get_by_role("button", name="Show the answer").click()
    other.get_by_role("button", name="Good").click()
    says(page, "1 card", 0)
    assert due(page) == NOTHING


def test_bad_input_is_said_and_nothing_wrong_is_due(page: Page) -> None:
    missed = answered(0)
    missed["rounds"][0]["sure"] = "sure"
    put(
        page,
        {
            # The clock was set back: the only answer lies ahead.
            "card:term-dike.name": rounds(("2026-12-09T12:00:00.000Z", 3)),
            # No card and no questions of the guide; one has a name that only a file can bring.
            "card:term-gone.name": rounds((DAYS[0], 3)),
            "cp-gone": missed,
            'cp-"] gone': missed,
            "card:cp-one": "words",
            "card:cp-number": {"schema": 2, "new": True},
            "plan": {"schema": 1, "exam": "2026-11-30", "limit": 30},
        },
    )
    before = kept(page)
    page.reload()
    over = "The day of your exam is over, so cards come as if there were none. "
    gone = "The guide has 1 card of yours no more. Your answers are still among your data."
    ahead = "1 answer of yours will count once this device's clock gets there. Is it right? "
    says(page, "0 cards", 0, over + ahead + gone)
    assert due(page) == NOTHING
    assert kept(page) == before
    # Once the clock gets there it counts; and days that were skipped are no more than one review.
    at(page, NOON + dt.timedelta(days=40))
    says(page, "1 card", 1, over + gone)
    assert due(page) == {**NOTHING, "Outside the lessons": "1"}
    # The browser forgot everything.
    page.evaluate("idbKeyval.clear(idbKeyval.createStore(studyguide.name, 'answers'))")
    page.reload()
    says(page, "0 cards", 0)
    assert due(page) == NOTHING


def test_storage_that_is_blocked_is_said(chromium: Browser, address: str) -> None:
    script, note = FAULTS["blocked"]
    with opened(chromium, address, script) as page:
        says(page, "0 cards", 0, note)


def test_narrow_dark_and_without_a_script(chromium: Browser, address: str) -> None:
    with opened(chromium, address, viewport={"width": 320, "height": 800}, color_scheme="dark") as page:
        put(page, KEPT)
        page.reload()
        expect(page.locator("[data-part=sum]")).to_contain_text("2 cards on the schedule")
        assert violations(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
        wide = "(all) => all.filter((each) => each.scrollWidth > each.clientWidth).length"
        assert page.locator(".md-typeset__scrollwrap").evaluate_all(wide) == 0
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(page.get_by_text("The lists below are complete")).to_be_visible()
        expect(page.get_by_role("table")).to_have_count(2)
        expect(page.locator("[data-part=plan]")).to_be_hidden()
        # Nothing is due there.
        expect(page.get_by_role("columnheader", name="To look at again")).to_have_count(2)
        expect(page.get_by_role("columnheader", name="Due today")).to_have_count(0)
        expect(page.get_by_role("row", name="Outside the lessons")).to_have_count(0)


def test_records_of_cards_are_among_the_reader_s_data(page: Page, address: str) -> None:
    put(page, KEPT)
    page.goto(address.replace("progress", "my-data"))
    expect(page.locator("[data-part=sum]")).to_have_text(
        "3 questions, answered 4 times, of which 2 right. 2 cards, answered 6 times. "
    )
    with page.expect_download() as coming:
        page.get_by_role("button", name="Export").click()
    file = coming.value.path()
    page.get_by_role("button", name="Erase all", exact=True).click()
    page.get_by_role("button", name="Erase all for good").click()
    expect(page.locator("[data-part=sum]")).to_have_text("0 questions, answered 0 times, of which 0 right. ")
    # It comes on top of what was answered since, each once.
    put(page, {"card:term-moat.name": rounds((DAYS[2], 1), ("2026-11-28T12:00:00.000Z", 3))})
    page.get_by_label("Import such a file").set_input_files(file)
    expect(page.locator("[data-part=sum]")).to_contain_text("2 cards, answered 7 times.")
