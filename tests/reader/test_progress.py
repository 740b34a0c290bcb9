"""Progress: what was answered, what is due, what was still known, a plan until the exam, and circles beside the pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.cards import NOON, at, rounds
from reader.pages import violations
from reader.practice import opened, put

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


def test_nothing_yet_is_said_calmly(page: Page) -> None:
    expect(page.locator("[data-part=sum]")).to_have_text("0 cards learnt, of which 0 due today. ")
    expect(page.get_by_text("once the flashcards know the day of your exam")).to_be_visible()
    expect(page.locator("[data-part=seen]")).to_be_hidden()
    assert cells(page, "[aria-label=Lessons] tbody tr") == [["Gates", "6", "", ""]]
    expect(page.locator(".sg-known")).to_have_count(0)


def test_numbers_plot_plan_and_circles(page: Page) -> None:
    put(page, KEPT)
    page.reload()
    expect(page.locator("[data-part=sum]")).to_have_text("2 cards learnt, of which 2 due today. ")
    assert cells(page, "[aria-label=Lessons] tbody tr") == [["Gates", "6", "2 of 3", "1"]]
    assert cells(page, "[aria-label=Objectives] tbody tr") == [
        ["Pass the gates", "3", "2 of 3", "1"],
        ["Count the walls", "3", "", ""],
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
    expect(page.get_by_text("The day of your exam is over.")).to_be_visible()
    assert cells(page, "[data-part=plan] tr") == []


def test_narrow_dark_and_without_a_script(chromium: Browser, address: str) -> None:
    with opened(chromium, address, viewport={"width": 320, "height": 800}, color_scheme="dark") as page:
        put(page, KEPT)
        page.reload()
        expect(page.locator("[data-part=sum]")).to_contain_text("2 cards learnt")
        assert violations(page) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(page.get_by_text("The lists below are complete")).to_be_visible()
        expect(page.get_by_role("table")).to_have_count(2)
        expect(page.locator("[data-part=plan]")).to_be_hidden()


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
