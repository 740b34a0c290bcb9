"""Practice with nothing but keys and ears: each kind of question, a test from its form to its result, and My data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from reader.keys import LISTENING, enter, heard, press, tab
from reader.practice import EXPORT, asked, opened, served
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

KINDS: dict[str, dict[str, Any]] = quickyaml.load((Path(__file__).parent / "by_ear.yml").read_text("utf-8"))
# The two kinds that the site for practice has not.
MORE = """
/// checkpoint | Put the steps in order.
    id: cp-order
    kind: order
    objective: obj-walls

1. Knock
    > Be polite.
2. Wait
    > It takes time.
3. Enter
    > It is open.
///

/// checkpoint | Which line is wrong?
    id: cp-fault
    kind: fault
    objective: obj-walls

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
# What stands around the answer of a question, whatever its kind.
FRAME = """
- region:
  - paragraph:
    - link /Checkpoint \\d/
{group}
  - group "How sure are you?":
    - radio "Sure"{sure}
    - radio "Unsure"{unsure}
  - button "{button}"
  - status{said}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("by-ear"), more=MORE) as served_at:
        yield served_at


def tree(group: str, button: str, said: str = "") -> str:
    """Return what a listener finds of a question in some state."""
    sure = {"sure": " [checked] [disabled]", "unsure": " [disabled]"} if said else {"sure": "", "unsure": ""}
    inside = "\n".join(f"  {line}" for line in group.rstrip().splitlines())
    return FRAME.format(group=inside, button=button, said=f': "{said}"' if said else "", **sure)


def test_each_kind(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/gates/", LISTENING) as page:
        for key, kind in KINDS.items():
            trees, (wrong, right) = kind["trees"], kind["said"]
            section = page.locator(f"#{key}")
            enter(section)
            link = section.get_by_role("link").first.text_content() or ""
            tab(page, link)
            expect(section).to_match_aria_snapshot(tree(trees["asking"], "Check"))
            if "above" in kind:  # shows its tip now
                page.keyboard.press("Tab")
                expect(section.get_by_role("button", name=kind["above"])).to_be_focused()
            for name, keys in kind["wrong"].items():
                tab(page, name, *keys)
            tab(page, "Sure", "Space")
            tab(page, "Check", "Enter")
            expect(section).to_match_aria_snapshot(tree(trees["wrong"], "Check again", wrong))
            # Once, and nothing else; what is said is in sight, and the reader where the next try is checked.
            assert heard(page) == [wrong]
            expect(section.get_by_role("status").first).to_be_in_viewport()
            expect(section.get_by_role("button", name="Check again")).to_be_focused()
            for name, keys in reversed(kind["right"].items()):
                tab(page, name, *keys, back=True)
            press(page, ["Tab"] * len(kind["right"]) + ["Enter"])
            expect(section).to_match_aria_snapshot(tree(trees["right"], "Checked", right))
            assert heard(page) == [right]
            expect(section.get_by_role("button", name="Checked")).to_be_focused()
            expect(section.get_by_role("status").first).to_be_in_viewport()
        # What came of it at the last visit is there, and nobody announces it.
        page.reload()
        expect(page.locator("#cp-fault").get_by_role("status").first).to_have_text(right)
        assert heard(page) == []


EXAM, STUDY = (
    "Exam: marked at the end, with two minutes for each question",
    "Study: marked one by one, each with its reasons",
)
RESULT = """
- region "Result":
  - heading "Your result" [level=2]
  - paragraph: 2 of 8 right
  - paragraph: /In {mode} mode, in .* minutes\\./
  - table:
    - rowgroup:
      - row:
        - columnheader "You can"
        - columnheader "Right"
        - columnheader "Read again"
    - rowgroup:
      - row "Pass the gates 0 of 3 gates":
        - rowheader "Pass the gates"
        - cell "0 of 3"
        - cell:
          - link "gates"
      - row "Count the walls 2 of 5 this":
        - rowheader "Count the walls"
        - cell "2 of 5"
        - cell:
          - link "this"
- region "This test":
  - paragraph:
    - link "Link to this result"
    - button "Only the missed again"
    - button "New test"
  - navigation "Questions of this test":
    - list:
{numbers}
  - heading "Question 8 of 8" [level=2]
  - region "Which line is wrong?":
    - group "Choose one.":
      - list:
        - listitem:
          - 'radio "Line 1: gate: open" [disabled]'
          - paragraph: Not this one
        - listitem:
          - 'radio "Line 2: wall: open" [checked] [disabled]'
          - text: "✓ Your choice: right"
    - button "Checked"
    - status: "Right, and you were sure. B: No wall is open."
    - group:
      - paragraph:
        - strong: B
"""
REVIEW = """
- region "Where does a packet go?":
  - group "Choose one.":
    - list:
      - listitem:
        - radio "Up" [checked] [disabled]
        - text: "Up ✗ Your choice: not right"
      - listitem:
        - radio "Down" [disabled]
      - listitem:
        - radio "Out" [disabled]
        - text: Out ✓ This is right
      - listitem:
        - radio "Nowhere" [disabled]
  - button "Checked"
  - status: "Not right, though you were sure. A: There is no way up."
"""
# A question that is left empty, and one that its reader is not sure of; two are answered right at once.
ALL, EMPTY, UNSURE = 8, 2, 3
AT_ONCE: dict[str, dict[str, Any]] = {
    "cp-wall": {"wrong": {"Thick": ["Space"]}, "said": ["Right, and you were sure. A: It is."]},
    "cp-fault": {
        "wrong": {"Line 1: gate: open": ["ArrowDown"]},
        "said": ["Right, and you were sure. B: No wall is open."],
    },
}
# The surest mistakes come first.
NUMBERS = [
    *(f"Question {number}: not right, though you were sure" for number in (1, 4, 5, 7)),
    f"Question {UNSURE}: not right, flagged",
    f"Question {EMPTY}: empty",
    "Question 6: right",
    "Question 8: right",
]


@pytest.mark.parametrize("mode", [EXAM, STUDY], ids=["exam", "study"])
def test_practice_test(chromium: Browser, address: str, mode: str) -> None:
    with opened(chromium, f"{address}/practice/test/", LISTENING) as page:
        begin(page, mode)
        for number in range(1, ALL + 1):
            expect(page.get_by_role("heading", name=f"Question {number} of 8")).to_be_focused()
            respond(page, number, study=mode == STUDY)
            tab(page, "Next")
            tab(page, "Flag, to come back", *(["Space"] if number == UNSURE else []))
            if number < ALL:
                tab(page, "Next", "Enter", back=True)
        tab(page, "Submit", "Enter")
        expect(page.get_by_role("button", name="Submit all the same")).to_be_focused()
        assert heard(page) == ["Without a whole answer: question 2. Submit again to leave it so."]
        press(page, ["Enter"])
        expect(page.locator("[data-part=score]")).to_be_focused()
        numbers = "\n".join(f"      - listitem:\n        - 'button \"{name}\"'" for name in NUMBERS)
        expect(page.locator("practice-test")).to_match_aria_snapshot(
            RESULT.format(mode=mode.partition(":")[0].lower(), numbers=numbers)
        )
        # Whoever was told already what came of the last question hears the score and nothing else.
        assert heard(page) == []
        for name in ("gates", "this", "Link to this result", "Only the missed again", "New test"):
            tab(page, name)
        tab(page, NUMBERS[0], "Enter")
        expect(page.get_by_role("heading", name="Question 1 of 8")).to_be_focused()
        expect(asked(page)).to_match_aria_snapshot(REVIEW)


def begin(page: Page, mode: str) -> None:
    """Begin a test by keys, from its form."""
    page.get_by_role("button", name="Start", exact=True).wait_for()
    enter(page.locator("practice-test"))
    tab(page, EXAM)
    if mode == STUDY:
        press(page, ["ArrowDown"])
    for name in ("How many", "How hard", "Only what you got wrong when you last answered it"):
        tab(page, name)
    for name in ("Pass the gates 3", "Count the walls 5"):
        tab(page, name)
    tab(page, "Start", "Enter")


def respond(page: Page, number: int, *, study: bool) -> None:
    """Answer the question that is shown by keys, and check it where each is marked at once. Stop before Next."""
    key = asked(page).get_attribute("data-id") or ""
    kind = AT_ONCE.get(key) or KINDS[key]
    left = number == EMPTY
    for name, keys in kind["wrong"].items():
        tab(page, name, *([] if left else keys))
    tab(page, "Sure", "Space")
    said = kind["said"][:1]
    if number == UNSURE:
        press(page, ["ArrowDown"])
        said = [said[0].replace(", though you were sure", "")]
    if study:
        tab(page, "Check", *([] if left else ["Enter"]))
        expect(asked(page).get_by_role("status").first).to_have_text("" if left else said[0])
        assert heard(page) == ([] if left else said)
        tab(page, "Hide the answer" if key in AT_ONCE else "Show the answer")
    assert heard(page) == []
    tab(page, "Back")


DATA = """
- region "Your answers":
  - heading "Kept here" [level=2]
  - paragraph: 1 question, answered 1 time, of which 0 right.
  - group:
    - text: Each question
    - table:
      - rowgroup:
        - row "Question Tries Last time Day"
      - rowgroup:
        - row "Where does a packet go? 1 not right 2026-11-01":
          - cell:
            - link "Where does a packet go?"
  - heading "Take it with you" [level=2]
  - paragraph:
    - button "Export"
  - paragraph:
    - button "Import such a file"
  - heading "Erase it" [level=2]
  - paragraph:
    - button "{erase}"
  - status: {said}
"""


def test_my_data(chromium: Browser, address: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(EXPORT), "utf-8")
    with opened(chromium, f"{address}/practice/my-data/", LISTENING) as page:
        data = page.locator("my-data")
        expect(page.locator("[data-part=sum]")).not_to_be_empty()
        enter(data)
        tab(page, "Each question", "Enter")
        tab(page, "Export")
        with page.expect_file_chooser() as chooser:
            # The page is told to hand it over by another way than keys come, and has heard it once it answered something.
            tab(page, "Import such a file", "Space")
        chooser.value.set_files(file)
        said = "1 record taken from mine.json."
        expect(data).to_match_aria_snapshot(DATA.format(erase="Erase all", said=said))
        assert heard(page) == [said]
        with page.expect_download():
            tab(page, "Export", "Enter", back=True)
        said = "1 record exported as study-guide-answers.json."
        expect(data).to_match_aria_snapshot(DATA.format(erase="Erase all", said=said))
        assert heard(page) == [said]
        tab(page, "Import such a file")
        tab(page, "Erase all", "Enter")
        said = "Press again to erase 1 record for good."
        expect(data).to_match_aria_snapshot(DATA.format(erase="Erase all for good", said=said))
        press(page, ["Enter"])
        expect(data.get_by_role("status")).to_have_text("All is erased.")
        assert heard(page) == [said, "All is erased."]
        expect(page.get_by_role("button", name="Erase all", exact=True)).to_be_focused()
        expect(page.locator("[data-part=sum]")).to_have_text("0 questions, answered 0 times, of which 0 right. ")
