"""My data: seen, taken along, brought back, erased; and refused whole where it is not what it should be."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from reader.pages import CLEAN, violations_in_both
from reader.practice import BLOCKED, EXPORT, FAULTS, FULL, LATE, RECORD, kept, opened, put, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("data")) as served_at:
        yield f"{served_at}/practice/my-data/"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with opened(chromium, address) as page:
        expect(page.locator("[data-part=sum]")).not_to_be_empty()
        yield page


def says(page: Page) -> Locator:
    return page.locator("[data-part=says]")


def give(page: Page, data: object, name: str = "mine.json") -> None:
    """Choose a file to import: a value as JSON, or text as it is."""
    text = data if isinstance(data, str) else json.dumps(data)
    page.get_by_label("Import such a file").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    )


def export(page: Page) -> dict[str, Any]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").press("Enter")
    return json.loads(download.value.path().read_text("utf-8"))


def rows(page: Page) -> list[str]:
    page.locator("details:not([open]) > summary", has_text="Each question").filter(visible=True).click()
    # What the guide does not know keeps its id.
    expect(page.get_by_role("table").get_by_role("link").or_(page.get_by_text("cp-gone")).first).to_be_visible()
    return page.get_by_role("table").get_by_role("row").all_inner_texts()[1:]


def test_what_was_answered_is_seen(page: Page) -> None:
    expect(page.locator("[data-part=sum]")).to_have_text("0 questions, answered 0 times, of which 0 right. ")
    page.goto(page.url.replace("practice/my-data/", "gates/"))
    page.locator("sg-question:defined").first.wait_for()
    one = page.locator("#cp-one")
    one.get_by_label("Out", exact=True).check()
    one.get_by_role("radio", name="Sure", exact=True).check()
    one.get_by_role("button", name="Check").click()
    expect(one.locator(".sg-result")).to_contain_text("Right")
    page.go_back()
    expect(page.locator("[data-part=sum]")).to_have_text("1 question, answered 1 time, of which 1 right. ")
    (row,) = rows(page)
    assert re.fullmatch(r"Where does a packet go\?\t1\tright\t\d{4}-\d\d-\d\d", row)
    page.get_by_role("table").get_by_role("link").click()
    assert page.url.endswith("/gates/#cp-one")


def test_taken_along_and_brought_back(page: Page, chromium: Browser, address: str) -> None:
    give(page, EXPORT)
    expect(says(page)).to_have_text("1 record taken from mine.json.")
    taken = export(page)
    expect(says(page)).to_have_text("1 record exported as study-guide-answers.json.")
    assert {key: taken[key] for key in EXPORT} == EXPORT
    with opened(chromium, address) as other:
        give(other, taken, "study-guide-answers.json")
        expect(says(other)).to_have_text("1 record taken from study-guide-answers.json.")
        assert export(other)["answers"] == EXPORT["answers"]


def test_import_loses_no_try_of_either(page: Page) -> None:
    give(page, EXPORT)
    expect(says(page)).to_have_text("1 record taken from mine.json.")
    later = {**RECORD["rounds"][0], "at": "2026-11-02T10:00:00.000Z", "right": True}
    record = {**RECORD, "phase": "retry", "rounds": [later]}
    give(page, {**EXPORT, "answers": {"cp-one": record, "cp-wall": record}})
    expect(says(page)).to_have_text("2 records taken from mine.json.")
    assert [one["at"][:10] for one in kept(page, "cp-one")["rounds"]] == ["2026-11-01", "2026-11-02"]
    assert kept(page, "cp-one")["phase"] == "retry"
    assert len(kept(page, "cp-wall")["rounds"]) == 1


HUGE = json.dumps({**EXPORT, "more": "x" * 5_000_000})
REFUSED = {
    "foreign": ({"answers": {"cp-one": RECORD}}, "this guide did not write it"),
    "a list": ([1], "this guide did not write it"),
    "nothing": ("null", "this guide did not write it"),
    "without answers": ({"format": "study-guide-answers", "schema": 1}, "this guide did not write it"),
    "cut": (json.dumps(EXPORT)[:-9], "it is no JSON, or only a part of it"),
    "empty": ("", "it is no JSON, or only a part of it"),
    "corrupt": (
        {**EXPORT, "answers": {"cp-one": RECORD, "cp-wall": {**RECORD, "tried": "1"}}},
        "what it says of cp-wall cannot be read",
    ),
    "newer": ({**EXPORT, "schema": 2}, "a newer version of this guide wrote it"),
    "newer record": (
        {**EXPORT, "answers": {"cp-one": RECORD, "cp-wall": {"schema": 2}}},
        "a newer version of this guide wrote it",
    ),
    "huge": (HUGE, "it is larger than 5 MB, and no export of this guide is"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_ours_is_refused_whole(page: Page, case: str) -> None:
    data, why = REFUSED[case]
    give(page, data)
    expect(says(page)).to_have_text(f"Nothing was taken from mine.json: {why}.")
    assert export(page)["answers"] == {}


def test_export_waits_for_what_is_kept(page: Page) -> None:
    give(page, EXPORT)
    expect(says(page)).to_have_text("1 record taken from mine.json.")
    page.add_init_script(LATE)
    page.reload()
    page.wait_for_function("() => 'ready' in globalThis")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
        page.evaluate("ready()")
    assert json.loads(download.value.path().read_text("utf-8"))["answers"] == {"cp-one": RECORD}


def test_erased_at_the_second_press(page: Page) -> None:
    give(page, EXPORT)
    expect(says(page)).to_have_text("1 record taken from mine.json.")
    page.get_by_role("button", name="Erase all", exact=True).press("Enter")
    expect(says(page)).to_have_text("Press again to erase 1 record for good.")
    page.get_by_role("button", name="Erase all for good").press("Enter")
    expect(says(page)).to_have_text("All is erased.")
    expect(page.get_by_role("button", name="Erase all", exact=True)).to_be_focused()
    page.reload()
    expect(page.locator("[data-part=sum]")).to_have_text("0 questions, answered 0 times, of which 0 right. ")


def test_other_tab_sees_what_came(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    give(page, EXPORT)
    expect(other.locator("[data-part=sum]")).to_have_text("1 question, answered 1 time, of which 0 right. ")


def test_test_that_goes_on_elsewhere_ends_when_all_is_erased(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url.replace("my-data", "test"))
    other.get_by_role("button", name="Start", exact=True).click()
    expect(other.get_by_role("heading", name="Question 1 of 6")).to_be_visible()
    expect(page.locator("[data-part=sum]")).to_have_text("6 questions, answered 0 times, of which 0 right. ")
    page.get_by_role("button", name="Erase all", exact=True).click()
    page.get_by_role("button", name="Erase all for good").click()
    expect(other.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page.locator("[data-part=sum]")).to_have_text("0 questions, answered 0 times, of which 0 right. ")


def test_what_cannot_be_read_is_taken_along_and_stays(page: Page) -> None:
    put(page, {"cp-one": "words", "cp-wall": {"schema": 2, "all": "new"}})
    page.reload()
    expect(page.locator("[data-part=sum]")).to_have_text("2 questions, answered 0 times, of which 0 right. ")
    taken = export(page)
    assert taken["answers"] == {}
    assert taken["unread"] == {"cp-one": "words", "cp-wall": {"schema": 2, "all": "new"}}
    # An import goes on top of what cannot be read, and leaves what is newer.
    give(page, {**EXPORT, "answers": {"cp-one": RECORD, "cp-wall": RECORD}})
    expect(says(page)).to_have_text("2 records taken from mine.json.")
    after = export(page)
    assert after["answers"] == {"cp-one": {**RECORD, "unread": "words"}}
    assert after["unread"] == {"cp-wall": {"schema": 2, "all": "new"}}


def test_blocked_storage_is_said(chromium: Browser, address: str) -> None:
    with opened(chromium, address, FAULTS["blocked"][0]) as page:
        expect(page.locator("[data-part=sum]")).to_have_text(
            f"0 questions, answered 0 times, of which 0 right. {BLOCKED}"
        )
        give(page, EXPORT)
        expect(says(page)).to_have_text(f"Nothing was taken from mine.json: {BLOCKED}")
        page.get_by_role("button", name="Erase all", exact=True).click()
        page.get_by_role("button", name="Erase all for good").click()
        expect(says(page)).to_have_text(BLOCKED)


def test_import_without_room_changes_nothing(chromium: Browser, address: str) -> None:
    # The second of two fails: the first is not kept either.
    script = """
        const put = IDBObjectStore.prototype.put
        let times = 0
        IDBObjectStore.prototype.put = function (...all) {
            times += 1
            return times > 1 ? this.transaction.abort() : put.apply(this, all)
        }
        const error = { get: () => new DOMException("full", "QuotaExceededError") }
        Object.defineProperty(IDBTransaction.prototype, "error", error)"""
    with opened(chromium, address, script) as page:
        give(page, {**EXPORT, "answers": {"cp-one": RECORD, "cp-wall": RECORD}})
        expect(says(page)).to_have_text(f"Nothing was taken from mine.json: {FULL}")
        assert export(page)["answers"] == {}


def test_axe_finds_nothing(page: Page) -> None:
    give(page, EXPORT)
    expect(says(page)).not_to_be_empty()
    rows(page)
    assert violations_in_both(page) == CLEAN


def test_nothing_scrolls_sideways(chromium: Browser, address: str) -> None:
    for width in (320, 195):
        with opened(chromium, address, viewport={"width": width, "height": 800}) as page:
            give(page, EXPORT)
            rows(page)
            # A table scrolls in its own place.
            wide = "[...document.querySelectorAll('.sg-test *')].filter((one) => !one.closest('.md-typeset__scrollwrap') && one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
            assert page.evaluate(wide) == []
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_without_a_script_it_says_that_nothing_is_kept(chromium: Browser, address: str) -> None:
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(page.get_by_text("the guide keeps nothing of what you do")).to_be_visible()
        expect(page.get_by_role("button", name="Export")).to_be_hidden()
