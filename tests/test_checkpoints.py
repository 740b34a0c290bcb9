"""Checkpoints of every kind: how they are shuffled, what their values hold, and when an answer is another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studyguide.directives import read, render
from studyguide.directives.checkpoint import shuffled
from studyguide.directives.checkpoint.digest import PARTS, digest
from studyguide.model import Checkpoint, Choice, Position
from studyguide.published.answers import check
from studyguide.published.inventory import Answer
from studyguide.text.source import Source

TODAY = date(2026, 11, 28)
CHOICES = "- [x] 3\n    > It is short.\n- [ ] 30\n    > No.\n"
NEITHER = "- [ ] 60\n    > No.\n"
STEPS = "1. Call it\n    > First.\n2. Wait\n    > Second.\n3. Call again\n    > Third.\n"
PAIRS = "- Gateway :: a route\n    > No address.\n- Interface :: an address\n    > A group.\n- NAT :: a way out\n    > IPv4.\n"


def checkpoint(body: str, kind: str = "") -> Checkpoint:
    option = f"    kind: {kind}\n" if kind else ""
    part = read(Source("a.md", f"/// checkpoint | It takes ___ seconds.\n    id: cp-a\n{option}\n{body}///\n"))
    assert part.problems == ()
    return part.checkpoints[0]


@given(st.from_regex(r"cp-[a-z0-9-]{1,30}", fullmatch=True), st.integers(3, 12))
def test_what_is_shuffled_is_all_there_and_neither_in_order_nor_backwards(key: str, count: int) -> None:
    order = shuffled(key, count)
    assert sorted(order) == list(range(count))
    assert order not in (sorted(order), sorted(order, reverse=True))
    assert order == shuffled(key, count)


def test_ids_shuffle_differently() -> None:
    assert len({tuple(shuffled(f"cp-{number}", 4)) for number in range(100)}) == 22


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_are_shown_all_the_same(count: int) -> None:
    assert sorted(shuffled("cp-a", count)) == list(range(count))


@pytest.mark.parametrize(
    ("body", "written", "kind", "right"),
    [
        (CHOICES, "", "one", [True, False]),
        (CHOICES.replace("[ ]", "[X]") + NEITHER, "", "several", [True, True, False]),
        (CHOICES, "fill", "fill", [True, False]),
        (STEPS, "order", "order", [True, True, True]),
        (PAIRS, "match", "match", [True, True, True]),
    ],
)
def test_checkpoint_knows_its_kind(body: str, written: str, kind: str, right: list[bool]) -> None:
    found = checkpoint(body, written)
    assert found.kind == kind
    assert [choice.right for choice in found.choices] == right


def test_steps_are_kept_in_the_right_order() -> None:
    assert [choice.text for choice in checkpoint(STEPS, "order").choices] == ["Call it", "Wait", "Call again"]


def test_pair_has_two_sides_and_a_reason() -> None:
    pair = checkpoint(PAIRS, "match").choices[1]
    assert pair == Choice("Interface", "A group.", right=True, position=Position("a.md", 7), match="an address")


def test_pair_may_go_on_after_its_first_line() -> None:
    body = PAIRS.replace("- Interface :: an address", "- An\n  interface ::\n  an address\n\n  or two")
    pair = checkpoint(body, "match").choices[1]
    assert (pair.text, pair.match) == ("An\ninterface", "an address\n\nor two")


def test_what_a_step_defines_is_defined_once() -> None:
    """Items are no place for a directive. One that is there all the same is not put into the answer again."""
    body = STEPS.replace("2. Wait\n", "2. Wait\n\n   /// term | Idle\n   Not busy.\n   ///\n\n")
    html, part = render(Source("a.md", f"//// checkpoint | Order\n    id: cp-a\n    kind: order\n\n{body}////\n"))
    assert [problem.code for problem in part.problems] == ["DIR003"]
    assert html.count('id="term-line-9.a.md"') == 1


def with_choices(before: Checkpoint, *order: int) -> Checkpoint:
    return replace(before, choices=tuple(before.choices[index] for index in order))


def parts(found: Checkpoint) -> dict[str, str]:
    """Return the digest of each part of a question."""
    return dict(zip(PARTS, digest(found).split("."), strict=True))


def other(before: Checkpoint, after: Checkpoint) -> list[str]:
    """Return which parts differ."""
    return [name for name, hashed in parts(before).items() if parts(after)[name] != hashed]


def test_options_may_stand_in_any_order() -> None:
    several = checkpoint(CHOICES.replace("[ ]", "[x]") + NEITHER)
    assert digest(several) == digest(with_choices(several, 1, 2, 0))


@pytest.mark.parametrize(("body", "kind"), [(CHOICES, ""), (CHOICES, "fill"), (STEPS, "order"), (PAIRS, "match")])
def test_every_word_of_a_question_is_part_of_its_answer(body: str, kind: str) -> None:
    before = checkpoint(f"{body}\nBecause of [it](a.md).\n", kind)
    first, *rest = before.choices
    assert other(before, replace(before, stem="Takes it ___ seconds?")) == ["stem"]
    assert other(before, replace(before, explanation="Because of that.")) == ["explanation"]
    assert other(before, replace(before, choices=(replace(first, reason="It is."), *rest))) == ["explanation"]
    changed = other(before, replace(before, choices=(*before.choices[:-1], replace(before.choices[-1], text="Else"))))
    assert changed == [*(["key"] if kind in ("order", "match") else []), "options", "explanation"]


def test_what_no_reader_sees_is_no_part_of_it() -> None:
    """Line ends and spaces, where a link with words leads, and the day of the review."""
    before = checkpoint(f"{CHOICES}\nBecause of [it](a.md).\n")
    after = replace(before, explanation="Because\n  of [it](../b.md#c).", reviewed="2026-11-23", objective="obj-a")
    assert digest(before) == digest(after)
    assert other(before, replace(before, explanation="Because of [](#it).")) == ["explanation"]


def test_answer_to_fill_in_is_another_once_another_is_accepted() -> None:
    before = checkpoint(CHOICES, "fill")
    assert other(before, checkpoint(CHOICES.replace("[ ]", "[x]"), "fill")) == ["key"]
    assert other(before, checkpoint(CHOICES.replace("30", "300"), "fill")) == ["options", "explanation"]


def test_steps_in_another_order_are_another_answer() -> None:
    before = checkpoint(STEPS, "order")
    assert other(before, with_choices(before, 1, 0, 2)) == ["key"]


def test_pairs_may_stand_in_any_order_and_not_with_others() -> None:
    before = checkpoint(PAIRS, "match")
    first, second, third = before.choices
    swapped = (replace(first, match=second.match), replace(second, match=first.match), third)
    assert digest(before) == digest(with_choices(before, 2, 0, 1))
    assert other(before, replace(before, choices=swapped)) == ["key", "options"]


@pytest.mark.parametrize(("body", "kind"), [(CHOICES, ""), (CHOICES, "fill")])
def test_published_answers_of_options_keep_the_digest_of_their_key(body: str, kind: str) -> None:
    """Inventories are kept for years: a digest that changed would ask for a review of every question."""
    assert parts(checkpoint(body, kind))["key"] == "4e07408562bedb8b"[:8]


@pytest.mark.parametrize(
    ("before", "kind", "after", "message"),
    [
        (
            CHOICES,
            "",
            CHOICES.replace("[x] 3", "[ ] 3").replace("[ ] 30", "[x] 30"),
            (
                "The right options of `cp-a` are not those that were published, and it was last reviewed on 2026-11-22. "
                "Fix: Put the mark back, or check the answer and say so with `reviewed:` and today's date."
            ),
        ),
        (
            CHOICES,
            "fill",
            CHOICES.replace("[ ]", "[x]"),
            (
                "The accepted answers of `cp-a` are not those that were published, and it was last reviewed on 2026-11-22. "
                "Fix: Put the mark back, or check the answer and say so with `reviewed:` and today's date."
            ),
        ),
        (
            STEPS,
            "order",
            STEPS.replace("Wait", "Pause").replace("Call it", "Wait").replace("Pause", "Call it"),
            (
                "The right order of `cp-a` is not the one that was published, and it was last reviewed on 2026-11-22. "
                "Fix: Put the steps back, or check the answer and say so with `reviewed:` and today's date."
            ),
        ),
        (
            PAIRS,
            "match",
            PAIRS.replace("a route", "it").replace("an address", "a route").replace(":: it", ":: an address"),
            (
                "The pairs of `cp-a` are not those that were published, and it was last reviewed on 2026-11-22. "
                "Fix: Put the sides back, or check the answer and say so with `reviewed:` and today's date."
            ),
        ),
    ],
    ids=["options", "fill", "order", "match"],
)
def test_another_answer_wants_a_review(before: str, kind: str, after: str, message: str) -> None:
    first, now = (replace(checkpoint(body, kind), reviewed="2026-11-22") for body in (before, after))
    published = {"cp-a": Answer(digest(first), "2026-11-22")}
    assert list(check(published, [first, replace(now, reviewed="2026-11-23")], today=TODAY)) == []
    assert [str(problem) for problem in check(published, [now], today=TODAY)] == [f"a.md:1:1: CPT006 {message}"]


REVIEW = "or check the answer and say so with `reviewed:` and today's date."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stem": "?"}, "The stem of `cp-a` is not the one that was published"),
        ({"explanation": "?"}, "The explanation of `cp-a` is not the one that was published"),
        ({"stem": "?", "explanation": "?"}, "The stem and the explanation of `cp-a` are not those that were published"),
    ],
)
def test_other_words_want_a_review(changes: dict[str, str], words: str) -> None:
    first = replace(checkpoint(CHOICES), reviewed="2026-11-22")
    (problem,) = check({"cp-a": Answer(digest(first), "2026-11-22")}, [replace(first, **changes)], today=TODAY)
    assert problem.message == f"{words}, and it was last reviewed on 2026-11-22."
    assert problem.fix == f"Put the old words back, {REVIEW}"


@pytest.mark.parametrize(
    ("before", "reviewed", "said"),
    [
        ("2026-11-22", "2026-11-23", ""),
        ("", "2026-11-23", ""),
        ("soon", "2026-11-23", ""),
        ("2026-11-22", str(TODAY), ""),
        ("2026-11-22", "2026-11-22", "it was last reviewed on 2026-11-22"),
        ("2026-11-22", "2026-11-21", "it was last reviewed on 2026-11-22"),
        ("2026-11-22", "", "it was last reviewed on 2026-11-22"),
        ("", "", "it was not reviewed since"),
        ("2026-11-22", "2026-12-25", "2026-12-25, its `reviewed:`, is yet to come"),
        ("2026-11-22", "yes", "`yes`, its `reviewed:`, is not a day such as 2026-11-28"),
        ("2026-11-22", "2026-11-31", "`2026-11-31`, its `reviewed:`, is not a day such as 2026-11-28"),
        ("2026-11-22", "20261123", "`20261123`, its `reviewed:`, is not a day such as 2026-11-28"),
        ("2026-11-22", "9999", "`9999`, its `reviewed:`, is not a day such as 2026-11-28"),
    ],
)
def test_only_a_real_day_since_then_is_a_review(before: str, reviewed: str, said: str) -> None:
    first = checkpoint(CHOICES)
    now = replace(first, stem="?", reviewed=reviewed)
    found = check({"cp-a": Answer(digest(first), before)}, [now], today=TODAY)
    start = "The stem of `cp-a` is not the one that was published, and "
    assert [problem.message for problem in found] == ([f"{start}{said}."] if said else [])


def test_a_digest_of_old_knows_the_key_alone_and_raises_no_false_alarm() -> None:
    old = {"cp-a": Answer("4e07408562bedb8b", "2026-11-22")}
    first = replace(checkpoint(CHOICES), reviewed="2026-11-22")
    flipped = replace(first, choices=tuple(replace(choice, right=not choice.right) for choice in first.choices))
    assert list(check(old, [first, replace(first, stem="?", explanation="?")], today=TODAY)) == []
    assert [problem.code for problem in check(old, [flipped], today=TODAY)] == ["CPT006"]
