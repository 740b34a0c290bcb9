"""A question that answers back: every kind, by hand, by keyboard and by ear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from reader.pages import until
from reader.questions import check, choose, kept, opened, question, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

NAMED_BY_CODE = re.compile("^Nowhere:.*round and round$")


@pytest.fixture
def page(chromium: Browser, asking: str) -> Iterator[Page]:
    with opened(chromium, asking) as page:
        yield page


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
