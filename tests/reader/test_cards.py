"""Flashcards: a session by keys and by fingers, what comes back when, and what goes wrong on the way."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.cards import A_DAY, CARDS, CLOCK, NOON, at, kept, rounds
from reader.keys import LISTENING, enter, heard, tab
from reader.pages import PHONE, load_again, violations
from reader.practice import FAULTS, LATE, opened, put

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def address(remembering: str) -> str:
    return f"{remembering}/practice/flashcards/"


def part(page: Page, name: str) -> Locator:
    return page.locator(f"flash-cards [data-part={name}]")


def begin(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    expect(part(page, "front")).to_be_focused()


def rate(page: Page, key: str = "3") -> str:
    """Answer the card that is shown by keys; return what it asked."""
    expect(part(page, "front")).to_be_focused()
    words = part(page, "front").inner_text()
    page.keyboard.press("Space")
    expect(part(page, "back")).to_be_focused()
    page.keyboard.press(key)
    expect(part(page, "back")).to_be_hidden()
    return words


def says(page: Page, words: str | re.Pattern[str]) -> None:
    expect(part(page, "says")).to_have_text(words)


def warns(page: Page, words: str | re.Pattern[str]) -> None:
    expect(part(page, "kept")).to_have_text(words)


def test_session_by_keys_alone(page: Page) -> None:
    expect(part(page, "today")).to_have_text(f"Today: 0 cards to review, {A_DAY} new")
    begin(page)
    expect(part(page, "count")).to_have_text(f"{A_DAY} cards left")
    # No key rates a card whose back is not seen.
    page.keyboard.press("3")
    expect(part(page, "count")).to_have_text(f"{A_DAY} cards left")
    missed = rate(page, "1")
    says(page, "Missed: it comes again.")
    second = rate(page)
    says(page, "Comes in 3 days.")
    expect(part(page, "count")).to_have_text(f"{A_DAY - 1} cards left")
    page.keyboard.press("u")
    says(page, "Taken back.")
    expect(part(page, "front")).to_have_text(second)
    assert rate(page, "4") == second
    says(page, "Comes in 8 days.")
    seen = [rate(page) for _ in range(A_DAY - 1)]
    assert missed in seen
    says(page, f"{A_DAY} cards done, {A_DAY - 1} known at the first try.")
    expect(part(page, "today")).to_have_text("Nothing more is due today")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    grades = [len(record["rounds"]) for key, record in kept(page).items() if key.startswith("card:")]
    assert sorted(grades) == [1] * (A_DAY - 1) + [2]
    page.reload()
    expect(part(page, "today")).to_have_text("Nothing more is due today")
    # The next day has the other sides of the words, and what was missed.
    at(page, NOON + DAY)
    expect(part(page, "today")).to_have_text(re.compile("^Today: 1 card to review, [12] new$"))


SESSION = """
- region "Session":
  - paragraph: 8 cards left
  - paragraph: What does it mean?
  - group "What does it mean? moat"
"""
BACK = """
  - group "Water around a wall. In the guide":
    - link "In the guide"
  - paragraph:
    - button "Missed again today"
    - button "Hard in 2 days"
    - button "Good in 3 days"
    - button "Easy in 8 days"
  - paragraph:
    - button "Stop"
"""


def test_session_is_heard_as_it_is_seen(page: Page) -> None:
    page.add_init_script(LISTENING)
    page.reload()
    cards = page.locator("flash-cards")
    expect(part(page, "today")).not_to_be_empty()
    enter(cards)
    tab(page, "Start", "Enter")
    # What has the focus is what is read: the question with the word, then the answer.
    expect(part(page, "front")).to_be_focused()
    expect(cards).to_match_aria_snapshot(SESSION)
    tab(page, "Show the answer", "Enter")
    expect(part(page, "back")).to_be_focused()
    expect(cards).to_match_aria_snapshot(SESSION + BACK.lstrip("\n"))
    for name in ("In the guide", "Missed again today", "Hard in 2 days"):
        tab(page, name)
    tab(page, "Good in 3 days", "Enter")
    says(page, "Comes in 3 days.")
    expect(part(page, "front")).to_be_focused()
    tab(page, "Show the answer")
    tab(page, "Undo", "Enter")
    says(page, "Taken back.")
    expect(cards).to_match_aria_snapshot(SESSION)
    tab(page, "Show the answer")
    tab(page, "Stop", "Enter")
    says(page, "0 cards done, 0 known at the first try.")
    assert heard(page) == ["Comes in 3 days.", "Taken back.", "0 cards done, 0 known at the first try."]
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()


def test_missed_card_comes_again_after_the_page_was_closed(page: Page) -> None:
    begin(page)
    missed = rate(page, "1")
    load_again(page)
    expect(part(page, "today")).to_have_text(f"Today: 1 card to review, {A_DAY - 1} new")
    begin(page)
    assert missed in [rate(page) for _ in range(A_DAY)]


def test_swipes_and_buttons(chromium: Browser, address: str) -> None:
    swipe = """(card, [x, type]) => {
        for (const [name, at] of [["pointerdown", 200], ["pointerup", 200 + x]])
            card.dispatchEvent(new PointerEvent(name, { pointerType: type, clientX: at, clientY: 300, bubbles: true }))
    }"""
    with opened(chromium, address, viewport=PHONE, has_touch=True) as page:
        begin(page)
        card = page.locator(".sg-card")
        for distance, kind in ((20, "touch"), (200, "mouse")):
            card.evaluate(swipe, [distance, kind])
            expect(part(page, "back")).to_be_hidden()
        card.evaluate(swipe, [100, "touch"])
        expect(part(page, "back")).to_be_visible()
        card.evaluate(swipe, [-100, "touch"])
        says(page, "Missed: it comes again.")
        page.get_by_role("button", name="Show the answer").tap()
        good = page.get_by_role("button", name="Good")
        expect(good).to_have_attribute("title", "in 3 days")
        card.evaluate(swipe, [100, "touch"])
        says(page, "Comes in 3 days.")
        page.get_by_role("button", name="Undo").tap()
        says(page, "Taken back.")
        page.get_by_role("button", name="Stop").tap()
        says(page, "1 card done, 0 known at the first try.")


# What the makers of ts-fsrs publish of a schedule without steps within a day:
# packages/fsrs/__tests__/impl/long-term_scheduler.test.ts and FSRS-6.test.ts of version 5.4. The last two of the weights
# are those that it adds itself.
W_5 = [0.4197, 1.1869, 3.0412, 15.2441, 7.1434, 0.6477, 1.0007, 0.0674, 1.6597, 0.1712, 1.1178, 2.0225, 0.0904, 0.3025, 2.1214, 0.2498, 2.9466, 0.4891, 0.6468, 0, 0.5]  # fmt: skip
VECTORS = [
    ([3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3], [3, 13, 48, 155, 445, 1158, 17, 3, 11, 37, 112, 307, 773], 772.94026648),
    ([1, 2, 3, 4, 1, 2, 3, 4], [1, 2, 6, 41, 4, 7, 21, 133], 132.81849454),
    ([2, 3, 4, 1, 2, 3, 4, 1], [2, 7, 54, 5, 8, 26, 171, 8], 8.11072373),
    ([3, 4, 1, 2, 3, 4, 1, 2], [3, 33, 4, 7, 26, 193, 9, 14], 14.31323867),
    ([4, 1, 2, 3, 4, 1, 2, 3], [15, 3, 6, 27, 240, 10, 17, 60], 59.59547542),
]
FOLLOW = """([w, grades]) => {
    const by = new FSRSAlgorithm({ w, enable_short_term: false })
    let state
    let days = 0
    const all = grades.map((grade) => {
        ;({ state, days } = studyguide.schedule.next(state, days, grade, by))
        return days
    })
    return [all, state.stability]
}"""
# Random answers to cards on random days before an exam, as a reader gives them: on the day that a card is due, or later.
RANDOM = """(seed) => {
    const { schedule } = studyguide
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
    const DAY = 864e5
    const wrong = []
    for (let run = 0; run < 300; run += 1) {
        const today = schedule.day(Date.UTC(2026, 11, 1, 12))
        const exam = today + Math.floor(random() * 60)
        const rounds = []
        for (let on = today; on <= exam; ) {
            const grade = 1 + Math.floor(random() * 4)
            rounds.push({ at: new Date(on * DAY + 43200000 + rounds.length).toISOString(), grade })
            const found = schedule.plan(rounds, { exam, today: on })
            const free = schedule.plan(rounds, { today: on })
            const first = rounds.filter(({ at }) => schedule.day(at) === on).length === 1
            const ok = found.isMissed === (grade === 1) && (grade === 1 ? found.due === on : found.due > on)
                && (on === exam || found.due <= exam) && found.due <= Math.max(free.due, on)
            if (!ok) wrong.push([exam - on, rounds.map(({ grade }) => grade).join(""), found.due - on, free.due - on])
            if (grade === 1 && first) continue
            on = Math.max(found.due, on + 1) + Math.floor(random() * 2)
        }
    }
    return wrong
}"""


def test_schedule_is_that_of_its_makers_and_ends_with_the_exam(page: Page) -> None:
    for grades, intervals, stability in VECTORS:
        found, last = page.evaluate(FOLLOW, [W_5, grades])
        assert found == intervals
        assert last == pytest.approx(stability, abs=1e-7)
    state = """() => [3, 3, 3, 3, 3].reduce((state, grade, at) => new FSRSAlgorithm({ enable_short_term: false })
        .next_state(state, [0, 1, 3, 8, 21][at], grade), { difficulty: 6.4133, stability: 0.212 })"""
    found = page.evaluate(state)
    assert found["stability"] == pytest.approx(53.335106, abs=1e-4)
    assert found["difficulty"] == pytest.approx(6.3574867, abs=1e-4)
    for seed in (1, 2, 3):
        assert page.evaluate(RANDOM, seed) == []


def test_thirty_days_until_the_exam(page: Page) -> None:
    """Every day a reader does what is due; nothing is lost, and all has been seen before the exam."""
    part(page, "exam").fill("2026-12-31")
    expect(part(page, "today")).to_contain_text("Today")
    done = 0
    for day in range(31):
        at(page, NOON + day * DAY)
        today = part(page, "today")
        expect(today).not_to_be_empty()
        if today.inner_text() == "Nothing more is due today":
            continue
        begin(page)
        while part(page, "session").is_visible():
            rate(page, "1" if done % 7 == 3 else "3")
            done += 1
    records = {key: record["rounds"] for key, record in kept(page).items() if key.startswith("card:")}
    assert {key.removeprefix("card:") for key in records} == CARDS
    assert sum(map(len, records.values())) == done > 3 * len(CARDS)
    last = {max(each["at"][:10] for each in given) for given in records.values()}
    # Each once more in the week before.
    assert min(last) >= "2026-12-24"
    # The same days, worked out again from what is kept, never lie behind the exam.
    due = page.evaluate(
        """(all) => Object.values(all).map((rounds) => rounds.map((_, at) => {
            const exam = studyguide.schedule.day("2026-12-31T00:00")
            const known = rounds.slice(0, at + 1)
            return studyguide.schedule.plan(known, { exam, today: studyguide.schedule.day(known.at(-1).at) }).due - exam
        }))""",
        records,
    )
    assert max(each for given in due for each in given[:-1]) <= 0


def test_question_that_was_wrong_though_sure_enters(page: Page) -> None:
    record = {
        "schema": 1, "version": "0", "phase": "done", "chosen": ["1"], "sure": "sure", "order": [], "tried": [["1"]],
        "rounds": [{"at": "2026-11-30T12:00:00.000Z", "version": "0", "chosen": ["1"], "right": False, "sure": "sure"}],
    }  # fmt: skip
    put(page, {"cp-several": record, "cp-wall": {**record, "sure": "unsure", "rounds": []}})
    page.reload()
    expect(part(page, "today")).to_have_text(f"Today: 1 card to review, {A_DAY} new")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(part(page, "asks")).to_have_text("You were sure of this one, and it was wrong.")
    section = part(page, "front").locator("section[data-id=cp-several]")
    for name in ("North", "South"):
        section.get_by_label(name, exact=True).check()
    section.get_by_label("Sure", exact=True).check()
    section.get_by_role("button", name="Check").click()
    expect(section.locator(".sg-result")).to_contain_text("Right, and you were sure.")
    page.get_by_role("button", name="Show the answer").last.click()
    page.get_by_role("button", name="Good").click()
    says(page, "Comes in 3 days.")
    found = kept(page)
    assert [len(found[key]["rounds"]) for key in ("cp-several", "card:cp-several")] == [2, 1]


def test_confusable_cards_follow_each_other(page: Page) -> None:
    mixed = """() => {
        const cards = document.querySelector("flash-cards")
        const at = (order, of) => order.findIndex((card) => card.of === of)
        return Array.from({ length: 20 }, () => {
            cards.cards.get("cp-one").confused = ["cp-wall"]
            cards.show(studyguide.schedule.day(), 30)
            cards.start()
            const order = cards.queue
            cards.stop()
            return Math.abs(at(order, "cp-one") - at(order, "cp-wall"))
        })
    }"""
    expect(part(page, "today")).not_to_be_empty()
    assert set(page.evaluate(mixed)) == {1}


def test_measure_of_a_day(page: Page) -> None:
    part(page, "limit").fill("3")
    part(page, "limit").blur()
    expect(part(page, "today")).to_have_text("Today: 0 cards to review, 3 new")
    begin(page)
    for _ in range(3):
        rate(page)
    says(page, "3 cards done, 3 known at the first try.")
    expect(part(page, "today")).to_have_text("Nothing more is due today")
    # An empty field is no measure: it is the usual one again.
    part(page, "limit").fill("")
    part(page, "limit").blur()
    expect(part(page, "limit")).to_have_value("30")


# What each card of many takes, after the first: how often a plan is made, one record is asked for or kept, and the cards are
# changed; and how often all that is kept was read meanwhile.
WORK = """async () => {
    const cards = document.querySelector("flash-cards")
    let done = [0, 0, 0]
    let whole = 0
    const counted = (of, name, count) => {
        const does = of[name]
        of[name] = function (...all) {
            count()
            return does.apply(this, all)
        }
    }
    counted(studyguide.schedule, "plan", () => { done[0] += 1 })
    for (const name of ["get", "put", "delete"]) counted(IDBObjectStore.prototype, name, () => { done[1] += 1 })
    for (const name of ["getAll", "openCursor"]) counted(IDBObjectStore.prototype, name, () => { whole += 1 })
    const watch = new MutationObserver((changes) => { done[2] += changes.length })
    watch.observe(cards, { subtree: true, attributes: true, characterData: true, childList: true })
    cards.start()
    const [card] = cards.queue
    cards.queue = Array.from({ length: 102 }, (_, at) => ({ ...card, id: `many-${at}` }))
    await cards.next()
    const work = []
    while (cards.queue.length > 1) {
        done = [0, 0, 0]
        cards.turn()
        await cards.rate(3)
        work.push(done)
    }
    return [work.slice(1), whole]
}"""


def test_hundred_cards_without_a_stall(page: Page) -> None:
    """A card takes the same work however many were before it or come after it. `make bench` says how long that takes."""
    expect(part(page, "today")).not_to_be_empty()
    work, whole = page.evaluate(WORK)
    assert len(work) == 100
    plans, stored, changes = work[0]
    # A plan for each button and one for what is said; what is kept is read once and written once.
    assert (plans, stored) == (5, 2)
    assert {tuple(each) for each in work} == {(plans, stored, changes)}
    # The navigation's circles may ask once.
    assert whole <= 1


def test_nothing_is_offered_before_it_is_known_what_is_kept(chromium: Browser, address: str) -> None:
    with opened(chromium, address, LATE) as page:
        page.wait_for_function("() => 'ready' in globalThis")
        start = page.get_by_role("button", name="Start", exact=True)
        expect(page.get_by_text("All cards are below")).to_be_hidden()
        expect(start).to_be_hidden()
        expect(page.get_by_label("Exam on")).to_be_hidden()
        for key in ("Space", "1", "u"):
            page.keyboard.press(key)
        page.evaluate("ready()")
        expect(start).to_be_visible()
        begin(page)
        rate(page)


AHEAD = "2026-12-09T12:00:00.000Z"


def test_bad_input_is_said_and_loses_nothing(page: Page) -> None:
    seen = "2026-11-20T12:00:00.000Z"
    version = page.locator("[data-card=cp-fill]").get_attribute("data-version") or ""
    put(
        page,
        {
            # The clock was set back: the second answer lies ahead.
            "card:cp-fill": rounds((seen, 3), (AHEAD, 3), version=version),
            # One is no card of the guide any more, and of one the words are others.
            "card:term-gone.name": rounds((seen, 3)),
            "card:term-moat.name": rounds((seen, 3), version="old"),
            "card:cp-one": "words",
            "card:cp-number": {"schema": 2, "new": True},
            "plan": {"schema": 1, "exam": "2026-11-30", "limit": 30},
        },
    )
    before = kept(page)
    page.reload()
    warns(
        page,
        "The day of your exam is over, so cards come as if there were none. 1 answer of yours will count once this "
        "device's clock gets there. Is it right? The guide has 1 card of yours no more. Your answers are still among "
        "your data.",
    )
    # Both that were seen are due by what counts, and no day is made up.
    expect(part(page, "today")).to_contain_text("Today: 2 cards to review")
    assert kept(page) == before
    begin(page)
    asks = []
    for _ in range(2):
        asks.append(part(page, "asks").inner_text())
        rate(page)
    assert sum("The words have changed since you saw them last." in each for each in asks) == 1
    after = kept(page)
    assert [each["at"] for each in after["card:cp-fill"]["rounds"]][:2] == [seen, AHEAD]
    assert after["card:cp-number"] == {"schema": 2, "new": True}
    # Once the clock gets there, both count.
    at(page, NOON + 20 * DAY)
    warns(
        page, re.compile(r"^The day of your exam is over, so cards come as if there were none\. The guide has 1 card")
    )


def test_days_that_were_skipped_fill_no_day_beyond_its_measure(page: Page) -> None:
    put(page, {f"card:{key}": rounds(("2026-10-01T12:00:00.000Z", 3)) for key in CARDS})
    put(page, {"plan": {"schema": 1, "exam": "", "limit": 5}})
    page.reload()
    expect(part(page, "today")).to_have_text("Today: 5 cards to review, 0 new")


def test_two_tabs_in_one_session(page: Page) -> None:
    # Both choose the same cards.
    same = "Math.random = () => 0.5"
    page.add_init_script(same)
    page.reload()
    other = page.context.new_page()
    other.add_init_script(same)
    other.add_init_script(CLOCK)
    other.goto(page.url)
    for each in (page, other):
        begin(each)
    for _ in range(A_DAY):
        rate(page)
    says(page, f"{A_DAY} cards done, {A_DAY} known at the first try.")
    # Nothing is asked twice, and nothing is lost.
    expect(part(other, "session")).to_be_hidden()
    expect(part(other, "today")).to_have_text("Nothing more is due today")
    assert {len(record["rounds"]) for key, record in kept(other).items() if key.startswith("card:")} == {1}


def test_storage_that_was_emptied_meanwhile(page: Page) -> None:
    begin(page)
    rate(page)
    page.evaluate("idbKeyval.clear(idbKeyval.createStore(studyguide.name, 'answers'))")
    rate(page)
    says(page, "Comes in 3 days.")
    assert len(kept(page)) == 1
    page.reload()
    expect(part(page, "today")).to_have_text(f"Today: 0 cards to review, {A_DAY - 1} new")


def test_storage_that_is_blocked_is_said(chromium: Browser, address: str) -> None:
    script, note = FAULTS["blocked"]
    with opened(chromium, address, script) as page:
        begin(page)
        rate(page)
        warns(page, note)
        rate(page, "1")
        expect(part(page, "count")).to_have_text(f"{A_DAY - 1} cards left")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium: Browser, address: str, scheme: str) -> None:
    with opened(chromium, address, color_scheme=scheme, viewport={"width": 320, "height": 800}) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        assert violations(page) == []
        begin(page)
        assert violations(page, within="flash-cards") == []
        page.keyboard.press("Space")
        assert violations(page, within="flash-cards") == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_without_a_script_every_card_is_there_and_on_paper(chromium: Browser, address: str) -> None:
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(page.get_by_text("All cards are below")).to_be_visible()
        expect(page.locator("flash-cards button").first).to_be_hidden()
        rows = page.locator(".sg-cards li")
        # A word and its meaning are one row.
        expect(rows).to_have_count(len(CARDS) - 2)
        expect(rows.first).to_be_hidden()
        page.locator(".sg-cards summary").first.click()
        expect(rows.first).to_be_visible()
        front, back = (rows.first.locator("div").nth(at).bounding_box() for at in (0, 1))
        assert front["y"] == back["y"]
        assert front["x"] + front["width"] <= back["x"]
        page.emulate_media(media="print")
        for row in rows.all():
            expect(row).to_be_visible()
