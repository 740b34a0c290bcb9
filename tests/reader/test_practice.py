"""A practice test: begun, left, come back to, handed in, looked through, taken again and shared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from reader.pages import CLEAN, PHONE, load_again, until, violations_in_both
from reader.practice import CORRUPT, FAULTS, NEWER, RIGHT, WRONG, answer, asked, kept, opened, put, served, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

ALL = len(RIGHT)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("practice")) as served_at:
        yield f"{served_at}/practice/test/"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with opened(chromium, address) as page:
        yield page


def begin(page: Page, *, mode: str = "Exam") -> None:
    page.get_by_role("radio", name=mode).check()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name=f"Question 1 of {ALL}")).to_be_focused()


def says(page: Page) -> Locator:
    return page.locator("[data-part=says]")


def numbers(page: Page) -> list[str]:
    return [one.get_attribute("aria-label") or "" for one in page.locator("[data-part=numbers] button").all()]


def answer_all(page: Page, answers: dict = RIGHT, **options: str) -> list[str]:
    """Answer every question in turn; return their ids."""
    keys = []
    for number in range(1, ALL + 1):
        expect(page.get_by_role("heading", name=f"Question {number} of {ALL}")).to_be_visible()
        keys.append(answer(page, answers, **options))
        if number < ALL:
            page.get_by_role("button", name="Next", exact=True).click()
    return keys


def submit(page: Page) -> None:
    """Hand the test in, as it is."""
    again = page.get_by_role("button", name="Submit all the same")
    if again.is_hidden():
        page.get_by_role("button", name="Submit", exact=True).click()
        expect(page.locator("[data-part=outcome]").or_(again).filter(visible=True)).to_be_visible()
    if again.is_visible():
        again.click()
    expect(page.locator("[data-part=score]")).to_be_focused()


def test_exam_from_its_form_to_its_result(page: Page) -> None:
    press = page.keyboard.press
    page.get_by_role("radio", name="Exam").focus()
    while page.evaluate("document.activeElement.textContent") != "Start":
        press("Tab")
    press("Enter")
    title = page.get_by_role("heading", name=f"Question 1 of {ALL}")
    expect(title).to_be_focused()
    keys = []
    for number in range(1, ALL + 1):
        # Mouse or keys make no difference to a field; what is around it is pressed by keys.
        keys.append(answer(page, sure="Sure"))
        flag = page.get_by_label("Flag, to come back")
        if number == 2:
            flag.focus()
            press("Space")
            expect(flag).to_be_checked()
        page.get_by_role("button", name="Next", exact=True).focus()
        press("Enter")
    assert numbers(page) == [f"Question {n}: answered{', flagged' if n == 2 else ''}" for n in range(1, ALL + 1)]
    page.get_by_role("button", name="Submit").focus()
    press("Enter")
    expect(page.locator("[data-part=score]")).to_be_focused()
    expect(page.locator("[data-part=score]")).to_have_text(f"{ALL} of {ALL} right")
    rows = page.get_by_role("table").get_by_role("row").all_inner_texts()
    assert sorted(row.split("\t")[:2] for row in rows[1:]) == [
        ["Count the walls", "3 of 3"],
        ["Pass the gates", "3 of 3"],
    ]
    for key in keys:
        (one,) = kept(page, key)["rounds"]
        assert (one["right"], one["sure"]) == (True, "sure")


def test_exam_answers_nothing_before_its_end(page: Page) -> None:
    begin(page)
    for _ in range(ALL):
        if answer(page, sure="Sure") == "cp-fill":
            asked(page).get_by_label("Your answer").press("Enter")
        for part in (".sg-check", ".sg-answer", ".sg-result", ".sg-why", ".sg-after"):
            assert not any(one.is_visible() for one in asked(page).locator(part).all()), part
        page.get_by_role("button", name="Next", exact=True).click()
    assert kept(page, "cp-fill")["rounds"] == []


def test_gaps_are_said_before_they_are_handed_in(page: Page) -> None:
    begin(page)
    answer(page)
    page.get_by_role("button", name="Submit").click()
    expect(says(page)).to_have_text("Without a whole answer: questions 2, 3, 4, 5 and 6. Submit again to leave it so.")
    button = page.get_by_role("button", name="Submit all the same")
    expect(button).to_be_visible()
    # Who goes back to answer is warned again.
    page.get_by_role("button", name="Question 2: no whole answer").click()
    expect(says(page)).to_be_empty()
    answer(page)
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(says(page)).to_have_text("Without a whole answer: questions 3, 4, 5 and 6. Submit again to leave it so.")
    button.click()
    expect(page.locator("[data-part=score]")).to_have_text(f"2 of {ALL} right")
    assert [name.partition(": ")[2] for name in numbers(page)] == ["empty"] * 4 + ["right"] * 2
    page.get_by_role("button", name="empty").first.click()
    expect(asked(page).locator(".sg-result")).to_have_text("You left this one empty.")
    expect(asked(page).locator(".sg-verdict")).to_be_visible()


def test_question_of_a_test_is_not_begun_again(page: Page) -> None:
    begin(page, mode="Study")
    answer(page, WRONG, sure="Unsure")
    asked(page).get_by_role("button", name="Check").click()
    expect(asked(page).locator(".sg-result")).to_contain_text("Not right.")
    expect(asked(page).get_by_role("button", name="Start over")).to_be_hidden()
    submit(page)
    expect(asked(page).get_by_role("button", name="Start over")).to_be_hidden()
    # Where the question is at home it is.
    page.get_by_role("button", name="Question 1: not right").click()
    asked(page).locator(".sg-label a").click()
    question = page.locator(":target")
    expect(question.locator(".sg-result")).to_contain_text("Not right.")
    expect(question.get_by_role("button", name="Start over")).to_be_visible()


def test_review_tells_yours_from_the_right_one_and_has_the_surest_mistakes_first(page: Page) -> None:
    begin(page)
    mine = {**RIGHT, **{key: WRONG[key] for key in ("cp-one", "cp-several", "cp-fill")}}
    for number in range(1, ALL + 1):
        key = asked(page).get_attribute("data-id")
        answer(page, mine, sure="Sure" if key == "cp-several" else "Unsure")
        if number < ALL:
            page.get_by_role("button", name="Next", exact=True).click()
    submit(page)
    states = [name.partition(": ")[2] for name in numbers(page)]
    assert states == ["not right, though you were sure", "not right", "not right", "right", "right", "right"]
    expect(page.get_by_role("row", name="Pass the gates")).to_have_text("Pass the gates0 of 3gates")
    assert page.get_by_role("table").get_by_role("link", name="gates").get_attribute("href") == "../../gates/"
    page.get_by_role("button", name="not right, though you were sure").click()
    marks = {
        option.inner_text().split("\n")[0].strip(): option.get_attribute("data-mark")
        for option in asked(page).locator(".sg-options > li").all()
    }
    assert marks == {"North": "right", "Wall": "wrong", "South": "missed", "Moat": "", "Tower": ""}
    words = "(li) => getComputedStyle(li.querySelector('.sg-why'), '::before').content"
    assert asked(page).locator("li[data-mark=wrong]").evaluate(words) == '"✗\xa0Your choice: not right"'
    assert asked(page).locator("li[data-mark=missed]").evaluate(words) == '"✓\xa0This is right"'


def test_study_answers_each_at_once(page: Page) -> None:
    begin(page, mode="Study")
    for _ in range(ALL - 1):
        answer(page, WRONG, sure="Sure")
        asked(page).get_by_role("button", name="Check").click()
        expect(asked(page).locator(".sg-result")).to_contain_text("Not right, though you were sure.")
        page.get_by_role("button", name="Next", exact=True).click()
    assert [name.partition(": ")[2] for name in numbers(page)] == ["answered"] * (ALL - 1) + ["no whole answer"]
    submit(page)
    expect(page.locator("[data-part=score]")).to_have_text(f"0 of {ALL} right")
    expect(page.locator("[data-part=took]")).to_have_text(re.compile(r"^In study mode, in \d:\d\d minutes\.$"))


def test_only_the_missed_again(page: Page) -> None:
    begin(page)
    answer_all(page, {**RIGHT, "cp-several": ["North", "Wall"]})
    submit(page)
    page.get_by_role("button", name="Only the missed again").click()
    expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_focused()
    expect(asked(page)).to_have_attribute("data-id", "cp-several")
    assert asked(page).locator(".sg-options :checked").count() == 0
    answer(page)
    submit(page)
    expect(page.locator("[data-part=score]")).to_have_text("1 of 1 right")
    expect(page.get_by_role("button", name="Only the missed again")).to_be_hidden()
    assert [one["right"] for one in kept(page, "cp-several")["rounds"]] == [False, True]
    # And once more from the start: nothing is missed any longer.
    page.get_by_role("button", name="New test").press("Enter")
    expect(page.get_by_role("radio", name="Exam")).to_be_focused()
    page.get_by_label("Only what you got wrong").check()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(says(page)).to_have_text("No question fits this.")


def test_questions_are_those_that_were_asked_for(page: Page) -> None:
    page.get_by_label("Pass the gates").uncheck()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", name="Question 1 of 3")).to_be_visible()
    key = asked(page).get_attribute("data-id")
    assert key in ("cp-match", "cp-number", "cp-wall")
    # Its links lead where they led.
    assert asked(page).locator(".sg-label a").get_attribute("href") == f"../../gates/#{key}"
    submit(page)
    page.get_by_role("button", name="New test").click()
    for label in ("Count the walls", "Pass the gates"):
        page.get_by_label(label).set_checked(checked=False)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(says(page)).to_have_text("No question fits this.")


@pytest.mark.parametrize(("weight", "likely"), [("easy ones rather", "cp-one"), ("hard ones rather", "cp-several")])
def test_hard_ones_come_oftener_where_they_are_wanted(page: Page, weight: str, likely: str) -> None:
    page.get_by_label("Count the walls").uncheck()
    page.get_by_label("How many").fill("1")
    page.get_by_label("How hard").select_option(weight)
    drawn = page.evaluate("""async () => {
        let seed = 1
        Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
        const test = document.querySelector("practice-test")
        const drawn = []
        test.begin = async (mode, ids) => drawn.push(...ids)
        for (let time = 0; time < 300; time += 1) await test.choose(new FormData(test.querySelector("form")))
        return drawn
    }""")
    # Nine parts of fourteen, give or take what 300 draws stray.
    assert 0.54 < drawn.count(likely) / 300 < 0.75


def test_goes_on_after_the_browser_was_closed(page: Page) -> None:
    begin(page)
    answer(page, sure="Unsure")
    first = asked(page).get_attribute("data-id")
    page.get_by_label("Flag, to come back").check()
    page.get_by_role("button", name="Next", exact=True).click()
    until(page, "() => studyguide.answers.read('test').then(({ record }) => record?.at === 1)")
    again = page.context.new_page()
    page.close()
    again.goto(page.url)
    expect(again.get_by_role("heading", name=f"Question 2 of {ALL}")).to_be_visible()
    assert numbers(again)[0] == "Question 1: answered, flagged"
    again.get_by_role("button", name="Back", exact=True).click()
    assert asked(again).get_attribute("data-id") == first
    expect(asked(again).get_by_role("radio", name="Unsure")).to_be_checked()
    submit(again)
    load_again(again)
    expect(again.locator("[data-part=score]")).to_have_text(f"1 of {ALL} right")
    assert numbers(again)[-1] == "Question 1: right, flagged"


def test_clock_runs_survives_a_reload_can_be_hidden_and_takes_nothing_away(chromium: Browser, address: str) -> None:
    with opened(chromium, "about:blank") as page:
        page.clock.install()
        page.goto(address)
        begin(page)
        timer = page.get_by_role("timer")
        page.clock.run_for(65_000)
        expect(timer).to_have_text(re.compile(r"^10:5[3-5] left$"))
        until(page, "() => studyguide.answers.read('test').then(({ record }) => record?.spent >= 60)")
        page.reload()
        expect(timer).to_have_text(re.compile(r"^(10:5\d|11:00) left$"))
        page.locator("summary", has_text="Time").press("Enter")
        expect(timer).to_be_hidden()
        page.locator("summary", has_text="Time").press("Enter")
        page.clock.run_for(370_000)
        expect(says(page)).to_have_text("Five minutes are left.")
        page.clock.run_for(310_000)
        expect(says(page)).to_have_text("The time is over. You can go on: the result says how long you took.")
        expect(timer).to_have_text(re.compile(r"^0:\d\d over$"))
        answer(page)
        submit(page)
        expect(page.locator("[data-part=score]")).to_have_text(f"1 of {ALL} right")
        expect(page.locator("[data-part=took]")).to_have_text(
            re.compile(r"^In exam mode, in 12:\d\d of 12:00 minutes\.$")
        )


def test_result_is_shared_as_a_link(page: Page, chromium: Browser) -> None:
    begin(page)
    answer_all(page, {**RIGHT, "cp-fill": "moat"})
    submit(page)
    link = page.get_by_role("link", name="Link to this result").get_attribute("href") or ""
    assert link.startswith("#result=exam.")
    with opened(chromium, page.url + link) as other:
        # Whoever follows the link sees it first, and not the form for a test of one's own.
        expect(other.get_by_role("heading", name="A result that was shared")).to_be_in_viewport()
        expect(other.locator("[data-part=score]")).to_have_text(f"5 of {ALL} right")
        expect(other.get_by_role("row", name="Pass the gates")).to_have_text("Pass the gates2 of 3gates")
        # Whoever reads it can take one.
        begin(other)
        expect(other.get_by_role("heading", name="A result that was shared")).to_be_hidden()
        assert urlsplit(other.url).fragment == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link[:-1],
        lambda link: link[: len(link) // 2],
        lambda link: link.replace(".2.3.", ".3.3."),
        lambda _: "#result=",
        lambda _: "#result=exam.1.obj-gates.<img src=x onerror=alert(1)>.1.abc",
        lambda _: "#result=exam.1.adv8bx",
        lambda _: "#result=exam.one.obj-gates.x.y.du6b82",
    ],
    ids=["a letter less", "half", "better", "nothing", "script", "no rows", "no numbers"],
)
def test_link_that_was_cut_or_changed_says_so(chromium: Browser, address: str, change: object) -> None:
    link = "#result=exam.61.obj-walls.1.1.obj-gates.2.3."
    with opened(chromium, address) as page:
        digits = page.evaluate("(text) => [...text].reduce((all, one) => (all * 31 + one.codePointAt()) % 2147483647, 7).toString(36)", link[8:-1])  # fmt: skip
        page.goto(address + change(link + digits))
        expect(page.get_by_role("heading", name="A result that cannot be read")).to_be_visible()
        expect(page.locator("[data-part=score]")).to_have_text(
            "The link was cut or changed on its way. Ask for it again."
        )
        expect(page.get_by_role("table")).to_be_hidden()
        page.goto(address + link + digits)
        expect(page.locator("[data-part=score]")).to_have_text("3 of 4 right")


def test_other_tab_has_the_same_test(page: Page) -> None:
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_role("heading", name=f"Question 1 of {ALL}")).to_be_visible()
    answer(other)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(other.get_by_role("heading", name=f"Question 2 of {ALL}")).to_be_visible()
    answer(page)
    submit(other)
    expect(page.locator("[data-part=score]")).to_have_text(f"2 of {ALL} right")
    page.get_by_role("button", name="New test").click()
    expect(other.get_by_role("button", name="Start", exact=True)).to_be_visible()


@pytest.mark.parametrize("fault", ["blocked", "full"])
def test_test_where_nothing_can_be_kept(chromium: Browser, address: str, fault: str) -> None:
    script, note = FAULTS[fault]
    with opened(chromium, address, script) as page:
        begin(page)
        expect(page.locator("[data-part=kept]")).to_have_text(note)
        answer_all(page)
        submit(page)
        expect(page.locator("[data-part=score]")).to_have_text(f"{ALL} of {ALL} right")


GONE = {
    "schema": 1, "mode": "exam", "ids": ["cp-gone", "cp-one"], "at": 1, "flags": [], "spent": 3, "phase": "asking"
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ({"schema": 2, "all": "new"}, NEWER),
        ("words", CORRUPT),
        ({**GONE, "ids": [], "at": 0}, CORRUPT),
        ({**GONE, "at": 7}, CORRUPT),
    ],
)
def test_what_is_kept_and_no_test_stops_nobody(page: Page, value: object, note: str) -> None:
    put(page, {"test": value})
    page.reload()
    expect(page.locator("[data-part=kept]")).to_have_text(note)
    begin(page)
    answer(page)
    if note == NEWER:
        page.reload()
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_question_that_is_gone_is_no_part_of_the_test(page: Page) -> None:
    put(page, {"test": GONE})
    page.reload()
    expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_visible()
    expect(asked(page)).to_have_attribute("data-id", "cp-one")


def test_questions_that_do_not_load_are_asked_for_again(chromium: Browser, address: str) -> None:
    with opened(chromium, "about:blank") as page:
        page.route("**/questions.js*", lambda route: route.fulfill(status=200, content_type="text/javascript", body=""))
        page.goto(address)
        page.get_by_role("button", name="Start", exact=True).click()
        expect(says(page)).to_have_text("The questions did not load. Look whether you are connected, then try again.")
        page.unroute("**/questions.js*")
        begin(page)


def test_run_is_heard_as_it_is_seen(page: Page) -> None:
    begin(page)
    expect(page.locator("[data-part=run]")).to_match_aria_snapshot(
        """
        - region "This test":
          - group:
            - timer: /left/
          - navigation "Questions of this test":
            - list:
              - listitem:
                - 'button "Question 1: no whole answer"'
              - listitem:
                - 'button "Question 2: no whole answer"'
          - heading "Question 1 of 6" [level=2]
          - paragraph:
            - button "Back"
            - button "Next"
            - checkbox "Flag, to come back"
          - paragraph:
            - button "Submit"
        """
    )
    assert page.locator("[data-part=numbers] [aria-current=true]").all_inner_texts() == ["1"]


def _states(page: Page) -> Iterator[str]:
    """Bring the page into one state after the other."""
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    yield "setup"
    begin(page)
    yield "asking"
    answer(page, WRONG, sure="Sure")
    page.get_by_label("Flag, to come back").check()
    page.get_by_role("button", name="Submit").click()
    yield "warned"
    submit(page)
    yield "done"
    page.goto(f"{page.url.partition('#')[0]}#result=x")
    page.reload()
    expect(page.get_by_role("heading", name="A result that cannot be read")).to_be_visible()
    yield "shared"


def test_axe_finds_nothing_in_any_state(page: Page) -> None:
    for state in _states(page):
        assert (state, violations_in_both(page)) == (state, CLEAN)


@pytest.mark.parametrize(
    "options",
    [{"viewport": {"width": 320, "height": 800}}, {"viewport": {**PHONE, "width": 195}}],
    ids=["320 px", "390 px at 200 %"],
)
def test_no_state_scrolls_sideways(chromium: Browser, address: str, options: dict) -> None:
    with opened(chromium, address, **options) as page:
        for state in _states(page):
            wide = page.evaluate(
                "[...document.querySelectorAll('.sg-test *')].filter((one) => !one.closest('pre, .sg-unseen') && one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
            )
            assert wide == [], state


def test_states_are_seen_in_forced_colours(chromium: Browser, address: str) -> None:
    with opened(chromium, address, forced_colors="active") as page:
        begin(page)
        answer(page)
        style = "(button) => { const { borderTopWidth, outlineStyle } = getComputedStyle(button); return [borderTopWidth, outlineStyle] }"
        first, second = page.locator("[data-part=numbers] button").all()[:2]
        assert first.evaluate(style)[0] != second.evaluate(style)[0]
        assert first.evaluate(style)[1] != second.evaluate(style)[1]
        submit(page)
        marks = {name.partition(": ")[2] for name in numbers(page)}
        assert marks == {"right", "empty"}
        after = "(all) => all.map((one) => getComputedStyle(one, '::after').content)"
        assert len(set(page.locator("[data-part=numbers] button").evaluate_all(after))) == 2


def test_without_a_script_there_is_a_test_on_paper(chromium: Browser, address: str) -> None:
    with opened(chromium, address, java_script_enabled=False) as page:
        expect(page.get_by_text("The test needs JavaScript")).to_be_visible()
        expect(page.locator("[data-part=setup]")).to_be_hidden()
        expect(page.get_by_role("table")).to_be_hidden()
        paper = page.locator(".sg-paper > ol > li")
        expect(paper).to_have_count(3)
        expect(paper.first.locator("ol > li").first).to_be_visible()
        assert sorted(page.locator(".sg-key li").all_inner_texts()) == ["A Why", "A and C Why", "C Why"]
        page.get_by_role("link", name="Why, question 1").click()
        assert re.search(r"/gates/#cp-(one|several|wall)$", page.url)


def test_paper_has_the_test_and_its_key_on_a_sheet_of_its_own(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".sg-test")).to_be_hidden()
    expect(page.locator(".sg-paper li").first).to_be_visible()
    assert page.get_by_role("heading", name="Key").evaluate("(one) => getComputedStyle(one).breakBefore") == "page"


def test_works_from_a_folder(chromium: Browser, tmp_path: Path) -> None:
    folder = site(tmp_path, OFFLINE="true")
    with opened(chromium, (folder / "practice/test.html").as_uri()) as page:
        begin(page)
        answer_all(page)
        assert asked(page).locator(".sg-label a").get_attribute("href").startswith("../gates.html#cp-")
        submit(page)
        expect(page.locator("[data-part=score]")).to_have_text(f"{ALL} of {ALL} right")
        load_again(page)
        expect(page.locator("[data-part=score]")).to_have_text(f"{ALL} of {ALL} right")
