"""A question that answers back: by keyboard, by ear, with scripts off, in two tabs, and where nothing can be kept."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from building import build
from playwright.sync_api import expect
from reader.host import serving
from reader.pages import CLEAN, PHONE, SCREEN, reading, until, violations_in_both
from reader.practice import CORRUPT, FAULTS, FULL, NEWER, ROOT, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

SETTINGS = f"""
INHERIT: {ROOT}/mkdocs.yml
site_name: Questions
extra:
  report: https://git.example.org/guide/issues/new
docs_dir: docs
nav: [Home: index.md]
exclude_docs: ""
theme:
  custom_dir: {ROOT}/overrides
hooks: [{ROOT}/hooks/events.py]
"""
PAGE = """---
title: Questions
description: Some questions.
---

# Questions

/// objective | Reach it
    id: obj-reach

By [ways](#ways).
///

## Ways

/// checkpoint | Where does a packet go?
    id: cp-one
    objective: obj-reach
    difficulty: 2

- [ ] Up
    > There is no way up.
- [ ] Down, by [the stairs](#cp-several)
    > Nobody built stairs.
- [x] Out
    > The route leads there.
- [ ] Nowhere:

    ```text
    round and round
    ```

    > It moves.

Packets follow routes.
///

/// checkpoint | Which two are gates?
    id: cp-several
    objective: obj-reach

- [x] North
    > It opens northwards.
- [ ] Wall
    > Walls are shut.
- [x] South
    > It opens southwards.
- [ ] Moat
    > Moats are wet.
- [ ] Tower
    > Towers are high.
///

/// checkpoint | A gate is called ___.
    id: cp-fill
    kind: fill
    objective: obj-reach

- [x] north-gate
    > The plan says so.
- [ ] wall
    > A wall is shut.
///

/// checkpoint | Put the steps in order.
    id: cp-order
    kind: order
    objective: obj-reach

1. Knock
    > Be polite.
2. Wait
    > It takes time.
3. Enter
    > It is open.
///

/// checkpoint | Match each with what it is.
    id: cp-match
    kind: match
    objective: obj-reach

- Gate :: a way
    > It opens.
- Wall :: no way
    > It does not.
- Moat :: water
    > It is wet.
///

/// checkpoint | How long is the way?
    id: cp-number
    kind: number
    tolerance: 10 %
    objective: obj-reach

- [ ] 300 steps
    > That is the way back.
- [x] 1,000 steps
    > Somebody counted.
///

/// checkpoint | Which line is wrong?
    id: cp-fault
    kind: fault
    objective: obj-reach

```yaml
gate: open
wall: open
```

- [ ] 1
    > Gates open.
- [x] 2
    > No wall is open.
///
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site with a question of every kind, in the guide's own clothes."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(PAGE, "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    run = build(folder / "mkdocs.yml", folder / "site")
    assert run.returncode == 0, run.stderr
    with serving(folder / "site") as served:
        yield f"{served}/"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with opened(chromium, address) as page:
        yield page


@contextmanager
def opened(chromium: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open the questions; whatever the page complains of is a failure."""
    complaints: list[str] = []
    with reading(chromium, **{"viewport": SCREEN, **options}) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        go(page, address)
        yield page
    assert complaints == []


def go(page: Page, address: str = "") -> None:
    """Open a page, or the same again, and wait until its questions can answer: if scripts run, they are near."""
    page.goto(address) if address else page.reload()
    # Without a script there is no `:defined` to wait for, and on an empty page no question.
    if page.locator("html.js sg-question").count():
        page.locator("sg-question:defined").first.wait_for()


def question(page: Page, key: str) -> Locator:
    return page.locator(f"#cp-{key}")


def choose(asked: Locator, *names: str) -> None:
    for name in names:
        asked.locator(".sg-options").get_by_label(name, exact=name != "Down").check()


def check(asked: Locator, *, sure: str = "Sure") -> Locator:
    """Say how sure, check, and return what is said."""
    box = asked.get_by_role("radio", name=sure, exact=True)
    if box.is_enabled():
        box.check()
    asked.locator(".sg-check").click()
    return asked.locator(".sg-result")


def kept(page: Page, key: str) -> dict:
    """Return what is kept of a question."""
    return page.evaluate("(key) => studyguide.answers.read(key).then(({ record }) => record)", f"cp-{key}")


def shown(asked: Locator) -> list[str]:
    return [text.split("\n")[0].strip() for text in asked.locator(".sg-options > li").all_inner_texts()]


def test_section_says_what_it_asks(page: Page) -> None:
    data = question(page, "one").evaluate("(section) => ({ ...section.dataset })")
    assert re.fullmatch("[0-9a-f]{8}", data.pop("version"))
    assert data == {"id": "cp-one", "kind": "one", "objective": "obj-reach", "difficulty": "2"}


def test_right_at_once(page: Page) -> None:
    asked = question(page, "one")
    choose(asked, "Out")
    result = check(asked)
    expect(result).to_contain_text("Right, and you were sure.")
    letter = "ABCD"[next(i for i, text in enumerate(shown(asked)) if text == "Out")]
    expect(result).to_contain_text(f"{letter}: The route leads there.")
    expect(asked.locator(".sg-verdict")).to_have_text(f"Right: {letter}")
    for option in asked.locator(".sg-options > li").all():
        expect(option.locator(".sg-why")).to_be_visible()
    expect(asked.get_by_text("Packets follow routes.")).to_be_visible()
    assert [(each["right"], each["sure"], each["chosen"]) for each in kept(page, "one")["rounds"]] == [
        (True, "sure", ["3"])
    ]


def test_first_try_counts_and_the_second_is_the_last(page: Page) -> None:
    asked = question(page, "one")
    choose(asked, "Up")
    result = check(asked, sure="Unsure")
    expect(result).to_contain_text("Not right. Try once more.")
    expect(asked.locator(".sg-why")).to_have_count(1)
    expect(asked.locator("li[data-mark=wrong] .sg-why")).to_contain_text("There is no way up.")
    assert not asked.locator(".sg-verdict").is_visible()
    expect(asked.get_by_role("radio", name="Up")).to_be_disabled()
    asked.locator(".sg-check").click()
    expect(result).to_have_text("Choose one.")
    choose(asked, "Down")
    asked.locator(".sg-check").click()
    expect(result).to_contain_text("Not right.")
    expect(asked.locator(".sg-why")).to_have_count(4)
    expect(asked.locator("li[data-mark=missed]")).to_contain_text("Out")
    record = kept(page, "one")
    assert (len(record["rounds"]), record["rounds"][0]["right"], record["tried"]) == (1, False, [["1"], ["2"]])


def test_says_which_of_two_is_right(page: Page) -> None:
    asked = question(page, "several")
    choose(asked, "North")
    expect(check(asked)).to_have_text("Choose two.")
    choose(asked, "Wall")
    order = shown(asked)
    north, wall = ("ABCDE"[order.index(name)] for name in ("North", "Wall"))
    expect(check(asked)).to_contain_text(
        f"Not right, though you were sure. {north} is right, {wall} is not. Try once more."
    )
    asked.locator(".sg-check").click()
    expect(asked.locator(".sg-result")).to_have_text("Change your answer first.")
    asked.get_by_role("checkbox", name="Wall").uncheck()
    choose(asked, "South")
    asked.locator(".sg-check").click()
    expect(asked.locator(".sg-result")).to_contain_text("Right at the second try. The first one counts.")


@pytest.mark.parametrize("text", ["north-gate", " North\u2011Gate. ", "“north-gate”"])
def test_accepts_a_spelling(page: Page, text: str) -> None:
    asked = question(page, "fill")
    asked.get_by_role("radio", name="Unsure", exact=True).check()
    asked.get_by_label("Your answer").fill(text)
    asked.get_by_label("Your answer").press("Enter")
    expect(asked.locator(".sg-result")).to_contain_text("Right, though you were unsure.")
    # What is disabled has no focus: the reader is still in the question.
    expect(asked.get_by_role("button", name="Checked")).to_be_focused()


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [("wall", "Not right, though you were sure. Try once more.", "A wall is shut."), ("north", "“north” is not among the answers.", "")],
)  # fmt: skip
def test_knows_a_wrong_answer(page: Page, text: str, said: str, why: str) -> None:
    asked = question(page, "fill")
    asked.get_by_label("Your answer").fill(text)
    expect(check(asked)).to_contain_text(said)
    assert asked.locator(".sg-why > p:last-child").all_inner_texts() == ([why] if why else [])


@pytest.mark.parametrize("text", ["1000", "1,000", "1 000 steps", "+900", "1100.0", "1e3 steps"])
def test_accepts_a_number_within_the_tolerance(page: Page, text: str) -> None:
    asked = question(page, "number")
    asked.get_by_label("Your answer, in steps").fill(text)
    expect(check(asked)).to_have_text("Right, and you were sure. Somebody counted.")


@pytest.mark.parametrize(
    ("text", "said"),
    [("899.9", "“899.9” is not among the answers. Try once more."), ("300", "That is the way back."), ("-1000", "not among"), ("many", "Write a number.")],
)  # fmt: skip
def test_refuses_a_number_beyond_it(page: Page, text: str, said: str) -> None:
    asked = question(page, "number")
    asked.get_by_label("Your answer, in steps").fill(text)
    expect(check(asked)).to_contain_text(said)
    assert not asked.locator(".sg-verdict").is_visible()


def test_finds_the_fault_among_lines_in_their_order(page: Page) -> None:
    asked = question(page, "fault")
    assert shown(asked) == ["Line 1: gate: open", "Line 2: wall: open"]
    asked.get_by_role("radio", name="Line 2: wall: open").check()
    expect(check(asked)).to_contain_text("Right, and you were sure. B: No wall is open.")


@pytest.mark.parametrize(
    ("key", "said"), [("order", "1 of 3 is where it belongs."), ("match", "1 of 3 is where it belongs.")]
)
def test_puts_steps_and_pairs_in_their_places(page: Page, key: str, said: str) -> None:
    asked = question(page, key)
    rights = [place.locator("[data-right]").get_attribute("value") or "" for place in asked.locator("select").all()]
    for place, value in zip(asked.locator("select").all(), [rights[0], rights[2], rights[1]], strict=True):
        place.select_option(value)
    expect(check(asked)).to_contain_text(said)
    # The others' reasons would say where they belong.
    expect(asked.locator(".sg-why")).to_have_count(1)
    for place, value in zip(asked.locator("select").all(), rights, strict=True):
        place.select_option(value)
    asked.locator(".sg-check").click()
    expect(asked.locator(".sg-result")).to_have_text("Right at the second try. The first one counts.")
    expect(asked.locator(".sg-why")).to_have_count(3)


def test_asks_how_sure_before_it_answers(page: Page) -> None:
    asked = question(page, "one")
    choose(asked, "Out")
    asked.locator(".sg-check").click()
    expect(asked.locator(".sg-result")).to_have_text("Say how sure you are, then check.")
    expect(asked.get_by_role("radio", name="Sure", exact=True)).to_be_focused()
    expect(asked.locator(".sg-why")).to_have_count(0)


def test_looking_first_is_no_try(page: Page) -> None:
    asked = question(page, "one")
    asked.get_by_text("Show the answer").click()
    expect(asked.locator(".sg-result")).to_have_text("You looked at the answer first, so this is no try.")
    expect(asked.get_by_role("radio", name="Out")).to_be_disabled()
    expect.soft(asked.locator("li[data-mark=missed]")).to_contain_text("The route leads there.")
    until(page, "() => studyguide.answers.read('cp-one').then(({ record }) => record?.shown)")
    assert kept(page, "one")["rounds"] == []


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


def test_options_that_are_seen_stay_under_the_hand(chromium: Browser, address: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/question.js*", hold)
        page.goto(address)
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


def test_options_not_seen_yet_stand_in_another_order_each_time(chromium: Browser, address: str) -> None:
    orders = set()
    with opened(chromium, address, viewport=PHONE) as page:
        for _ in range(8):
            orders.add(tuple(shown(question(page, "several"))))
            go(page)
    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {("Moat", "North", "South", "Tower", "Wall")}


def test_by_keyboard_alone(page: Page) -> None:
    asked = question(page, "one")
    asked.evaluate("(section) => { section.tabIndex = -1; section.focus() }")
    stops = []
    while not (stops and stops[-1] == "SUMMARY"):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.closest('#cp-one') && document.activeElement.tagName"))
        assert len(stops) < 9, stops
    # Its label, its radios as one stop, the link and the code's button in options, how sure, Check, and the answer.
    assert sorted(stops) == sorted(["A", "INPUT", "A", "BUTTON", "INPUT", "BUTTON", "SUMMARY"])
    asked.locator(".sg-options input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(asked.locator(".sg-result")).to_be_empty()
    assert asked.locator(".sg-options > li").nth(1).locator("input").is_checked()
    asked.get_by_role("radio", name="Sure", exact=True).focus()
    page.keyboard.press("Space")
    while not asked.locator(".sg-check").evaluate("(button) => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(asked.locator(".sg-result")).not_to_be_empty()
    expect(asked.locator(".sg-check")).to_be_focused()


def test_is_heard_as_it_is_seen(page: Page) -> None:
    asked = question(page, "several")
    expect(asked).to_match_aria_snapshot(
        """
        - region "Which two are gates?":
          - group "Choose two.":
            - list:
              - listitem:
                - checkbox
              - listitem
              - listitem
              - listitem
              - listitem
          - group "How sure are you?":
            - radio "Sure"
            - radio "Unsure"
          - button "Check"
          - status
        """
    )
    choose(asked, "North", "South")
    check(asked)
    expect(asked).to_match_aria_snapshot(
        """
        - region "Which two are gates?":
          - group "Choose two."
          - button "Checked" [disabled]
          - status: /Right, and you were sure\\. [A-E]. It opens/
          - paragraph:
            - button "Start over"
            - link "Report a problem"
        """
    )
    for name in ("North", "South", "Moat"):
        expect(asked.get_by_role("checkbox", name=name, checked=name != "Moat", disabled=True)).to_have_count(1)
    # The words of a mark are heard, too, though styles write them.
    expect(asked.get_by_role("listitem").filter(has_text="North")).to_match_aria_snapshot(
        """
        - listitem:
          - checkbox "North" [checked] [disabled]
          - text: "North ✓ Your choice: right"
          - paragraph: It opens northwards.
        """
    )


def test_option_of_more_than_a_paragraph_has_a_name(page: Page) -> None:
    expect(question(page, "one").get_by_role("radio", name=NAMED_BY_CODE)).to_have_count(1)


def test_link_in_an_option_is_followed(page: Page) -> None:
    question(page, "one").get_by_role("link", name="the stairs").click()
    assert page.url.endswith("#cp-several")
    assert question(page, "one").locator(".sg-options :checked").count() == 0


def test_report_is_a_link_and_nothing_else(page: Page) -> None:
    asked = question(page, "one")
    choose(asked, "Up")
    check(asked)
    link = asked.get_by_role("link", name="Report a problem")
    url = urlsplit(link.get_attribute("href") or "")
    assert url._replace(query="").geturl() == "https://git.example.org/guide/issues/new"
    query = parse_qs(url.query)
    version = asked.get_attribute("data-version")
    assert query["title"] == ["Question cp-one"]
    assert query["body"] == [f"Question: {page.url}#cp-one\nVersion: {version}\nI chose: Up\n\nWhat is wrong:\n"]


def test_where_nobody_takes_reports_there_is_no_link(page: Page) -> None:
    page.evaluate("document.querySelector('meta[name=sg-report]').remove()")
    asked = question(page, "one")
    choose(asked, "Up")
    check(asked)
    expect(asked.get_by_role("button", name="Start over")).to_be_visible()
    # Not even a hidden one, which crawlers count as a link that leads nowhere.
    expect(asked.locator(".sg-after a")).to_have_count(0)


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
def test_answers_where_nothing_can_be_kept(chromium: Browser, address: str, fault: str) -> None:
    script, note = FAULTS[fault]
    with opened(chromium, "about:blank") as page:
        page.add_init_script(script)
        go(page, address)
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


NAMED_BY_CODE = re.compile("^Nowhere:.*round and round$")
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
def test_no_state_scrolls_sideways(chromium: Browser, address: str, options: dict) -> None:
    with opened(chromium, address, **options) as page:
        for state in _states(page):
            wide = page.evaluate(
                "[...document.querySelectorAll('.sg-checkpoint *')].filter((one) => !one.closest('pre, .sg-unseen') && one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
            )
            assert wide == [], state


def test_marks_are_seen_in_forced_colours(chromium: Browser, address: str) -> None:
    with opened(chromium, address, forced_colors="active") as page:
        asked = question(page, "one")
        choose(asked, "Up")
        check(asked)
        words = "(option) => [getComputedStyle(option.querySelector('.sg-why'), '::before').content, getComputedStyle(option).borderTopStyle]"
        assert asked.locator("li[data-mark=wrong]").evaluate(words) == ['"✗\xa0Your choice: not right"', "dashed"]


def test_what_was_done_before_the_script_came_stays(chromium: Browser, address: str) -> None:
    with opened(chromium, "about:blank") as page:
        held: list[Route] = []
        page.route("**/question.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
        page.goto(address)
        one, several = question(page, "one"), question(page, "several")
        choose(several, "Wall", "Moat")
        one.get_by_text("Show the answer").click()
        until(page, "Boolean(globalThis.studyguide?.answers)")
        held[0].continue_()
        check(several)
        expect(several.locator(".sg-result")).to_contain_text("Try once more.")
        assert shown(several) == ["North", "Wall", "South", "Moat", "Tower"]
        expect(one.locator(".sg-result")).to_have_text("You looked at the answer first, so this is no try.")


def test_page_without_a_question_near_asks_for_nothing(chromium: Browser, address: str) -> None:
    with opened(chromium, "about:blank", viewport={"width": 1360, "height": 100}) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address, wait_until="networkidle")
        assert [url for url in asked if url.endswith(("question.js", "storage.js", "idb-keyval.js"))] == []
        question(page, "match").scroll_into_view_if_needed()
        question(page, "match").get_by_role("button", name="Check").wait_for()


def test_choice_stays_and_is_marked_without_a_script(chromium: Browser, address: str) -> None:
    with opened(chromium, address, java_script_enabled=False) as page:
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
