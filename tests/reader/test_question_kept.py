"""What was answered is kept: when the page is loaded again, in two tabs, and where nothing can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.pages import until
from reader.practice import CORRUPT, FAULTS, FULL, NEWER, put
from reader.questions import check, choose, go, kept, opened, question, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(chromium: Browser, asking: str) -> Iterator[Page]:
    with opened(chromium, asking) as page:
        yield page


def test_starts_over_with_its_past(page: Page) -> None:
    asked = question(page, "one")
    choose(asked, "Out")
    check(asked)
    asked.get_by_role("button", name="Start over").click()
    expect(asked.locator(".sg-why")).to_have_count(0)
    expect(asked.locator(".sg-options :checked")).to_have_count(0)
    assert not asked.locator(".sg-verdict").is_visible()
    assert asked.locator(".sg-options :focus").count() == 1
    choose(asked, "Up")
    check(asked)
    until(page, "() => studyguide.answers.read('cp-one').then(({ record }) => record?.rounds.length === 2)")
    assert [each["right"] for each in kept(page, "one")["rounds"]] == [True, False]


def test_nothing_is_lost_when_the_page_is_loaded_again(page: Page) -> None:
    several, one, fill = (question(page, key) for key in ("several", "one", "fill"))
    choose(several, "North", "Wall")
    check(several)
    choose(one, "Out")
    fill.get_by_label("Your answer").fill("half an ans")
    until(page, "() => studyguide.answers.read('cp-fill').then(({ record }) => record?.chosen[0] === 'half an ans')")
    orders = shown(several), shown(one)
    go(page)
    expect(several.locator(".sg-result")).to_contain_text("Try once more.")
    expect(several.locator(".sg-why")).to_have_count(2)
    expect(one.get_by_role("radio", name="Out")).to_be_checked()
    expect(fill.get_by_label("Your answer")).to_have_value("half an ans")
    assert (shown(several), shown(one)) == orders


def test_other_tab_hears_of_it(page: Page) -> None:
    other = page.context.new_page()
    go(other, page.url)
    choose(question(page, "several"), "North", "South")
    check(question(page, "several"))
    expect(question(other, "several").locator(".sg-result")).to_contain_text("Right, and you were sure.")
    # Both answered: both are kept.
    question(other, "several").get_by_role("button", name="Start over").click()
    expect(question(page, "several").locator(".sg-result")).to_be_empty()
    choose(question(page, "several"), "Moat", "Wall")
    check(question(page, "several"))
    until(other, "() => studyguide.answers.read('cp-several').then(({ record }) => record?.rounds.length === 2)")


def test_two_tabs_at_once_lose_nothing(page: Page) -> None:
    other = page.context.new_page()
    go(other, page.url)
    add = """async (name) => {
        const record = { version: "x", phase: "asking", chosen: [], sure: "", order: [], tried: [], shown: false, rounds: [] }
        const changes = Array.from({ length: 20 }, (_, index) => studyguide.answers.change("cp-x", (was = record) =>
            ({ ...was, rounds: [...was.rounds, { at: `${name}${index}` }] })))
        await Promise.all(changes)
    }"""
    for tab, name in ((page, "a"), (other, "b")):
        tab.evaluate(f"(name) => {{ window.done = ({add})(name) }}", name)
    for tab in (page, other):
        tab.evaluate("window.done")
    assert len(kept(page, "x")["rounds"]) == 40


@pytest.mark.parametrize("fault", FAULTS)
def test_answers_where_nothing_can_be_kept(chromium: Browser, asking: str, fault: str) -> None:
    script, note = FAULTS[fault]
    with opened(chromium, "about:blank") as page:
        page.add_init_script(script)
        go(page, asking)
        asked = question(page, "one")
        expect(asked.locator(".sg-kept")).to_be_empty()
        choose(asked, "Up")
        expect(check(asked)).to_contain_text("Try once more.")
        expect(asked.locator(".sg-kept")).to_have_text(note)
        choose(asked, "Out")
        asked.locator(".sg-check").click()
        expect(asked.locator(".sg-result")).to_contain_text("Right at the second try.")
        assert len(kept(page, "one")["rounds"]) == 1


def test_what_waits_is_kept_as_soon_as_there_is_room(page: Page) -> None:
    asked = question(page, "one")
    choose(asked, "Out")
    page.evaluate("() => { window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') } }")  # fmt: skip
    check(asked)
    expect(asked.locator(".sg-kept")).to_have_text(FULL)
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put }")
    asked.get_by_role("button", name="Start over").click()
    expect(asked.locator(".sg-kept")).to_be_empty()
    go(page)
    until(page, "() => studyguide.answers.read('cp-one').then(({ record }) => record?.rounds.length === 1)")


@pytest.mark.parametrize(
    "value", ["words", None, {"schema": 1, "phase": "lost"}, {"schema": 1, "rounds": 3, "chosen": [1]}, []]
)
def test_corrupt_record_is_set_aside(page: Page, value: object) -> None:
    put(page, {"cp-one": value})
    go(page)
    asked = question(page, "one")
    expect(asked.locator(".sg-kept")).to_have_text(CORRUPT)
    choose(asked, "Out")
    expect(check(asked)).to_contain_text("Right, and you were sure.")
    until(page, "() => studyguide.answers.read('cp-one').then(({ record }) => record?.rounds.length === 1)")
    assert kept(page, "one")["unread"] == value


def test_record_of_a_newer_version_stays(page: Page) -> None:
    put(page, {"cp-one": {"schema": 2, "all": "new"}})
    go(page)
    asked = question(page, "one")
    expect(asked.locator(".sg-kept")).to_have_text(NEWER)
    choose(asked, "Out")
    expect(check(asked)).to_contain_text("Right, and you were sure.")
    go(page)
    expect(asked.locator(".sg-kept")).to_have_text(NEWER)
    expect(asked.locator(".sg-result")).to_be_empty()


def test_answer_to_other_words_is_no_answer_to_these(page: Page) -> None:
    record = {
        "schema": 1, "version": "before", "phase": "done", "chosen": ["1"], "sure": "sure", "order": [], "tried": [["1"]],
        "shown": False, "rounds": [{"at": "a"}],
    }  # fmt: skip
    put(page, {"cp-one": record})
    go(page)
    asked = question(page, "one")
    expect(asked.locator(".sg-kept")).to_be_empty()
    assert asked.locator(".sg-options :checked").count() == 0
    choose(asked, "Out")
    check(asked)
    until(page, "() => studyguide.answers.read('cp-one').then(({ record }) => record?.rounds.length === 2)")
