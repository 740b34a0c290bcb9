"""Colours keep their contrast when the scheme turns, with the page and with each other."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from studyguide.figures import colour, stylesheet

COLOURS = "ffe6cc ff8000 ff0000 00ff00 0000ff 808080 5e35b1 333333 f3f3f3 ffff00 00ffff 123456 abcdef 8b4513".split()  # noqa: SIM905  a palette


def luminance(digits: str) -> float:
    return colour.luminance(colour.rgb(digits))


@pytest.mark.parametrize(("one", "other"), list(combinations([*COLOURS, "ffffff"], 2)))
def test_two_colours_keep_their_contrast(one: str, other: str) -> None:
    light = colour.contrast(luminance(one), luminance(other))
    dark = colour.contrast(luminance(colour.dark(one)), luminance(colour.dark(other)))
    assert dark == pytest.approx(light, rel=0.03)


@pytest.mark.parametrize("digits", COLOURS)
def test_a_colour_keeps_its_contrast_with_the_page(digits: str) -> None:
    light = colour.contrast(luminance(digits), 1.0)
    assert colour.contrast(luminance(colour.dark(digits)), colour.DARK_PAPER) == pytest.approx(light, rel=0.03)


def test_the_dark_scheme_of_the_site_keeps_to_the_luminances_taken_for_granted() -> None:
    tokens = (Path(__file__).parents[2] / "overrides/assets/css/tokens.css").read_text("utf-8")
    paper, ink = (
        re.search(rf"--sg-{name}: light-dark\(#[0-9a-f]{{6}}, #([0-9a-f]{{6}})\);", tokens) for name in ("paper", "ink")
    )
    assert paper is not None
    assert ink is not None
    assert luminance(paper[1]) <= colour.DARK_PAPER
    assert luminance(ink[1]) >= colour.DARK_INK


def test_light_and_dark_change_places() -> None:
    by_light = sorted(COLOURS, key=luminance)
    assert sorted(COLOURS, key=lambda digits: -luminance(colour.dark(digits))) == by_light


@pytest.mark.parametrize("digits", ["ff8000", "ff0000", "0000ff", "5e35b1"])
def test_a_colour_stays_the_same_hue(digits: str) -> None:
    before, after = colour.rgb(digits), colour.rgb(colour.dark(digits))
    assert sorted(range(3), key=lambda at: before[at]) == sorted(range(3), key=lambda at: after[at])


def test_the_mirror_is_exact_where_it_can_be() -> None:
    assert colour.dark("ffffff") == "1d1d1d"
    assert colour.dark("000000") == "ffffff"
    assert colour.dark("808080") == "7a7a7a"


@pytest.mark.parametrize(
    ("digits", "variable"),
    [("000000", "var(--sg-ink)"), ("ffffff", "var(--sg-paper)"), ("000001", "var(--sg-c-000001)")],
)
def test_black_and_white_are_the_ink_and_the_paper(digits: str, variable: str) -> None:
    assert colour.variable(digits) == variable


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        ("#ABC", "aabbcc"),
        ("#FFE6CC", "ffe6cc"),
        ("rgb(255, 128, 0)", "ff8000"),
        ("rgb(100%,50%,0%)", "ff8000"),
        ("rgba(255,0,0,0.5)", "ff0000"),
        ("hsl(120, 100%, 25%)", "008000"),
        (" Tomato ", "ff6347"),
        ("#abcd", None),
        ("#ff80", None),
        ("rgb(1,2)", None),
        ("tomatoes", None),
        ("url(#a)", None),
        ("", None),
    ],
)
def test_parse(value: str, digits: str | None) -> None:
    assert colour.parse(value) == digits


def test_the_stylesheet_is_sorted_and_names_each_colour_once() -> None:
    sheet = stylesheet(["ffe6cc", "0000ff", "ffe6cc"])
    blue, peach = (f"--sg-c-{name}:light-dark(#{name},#{colour.dark(name)});" for name in ("0000ff", "ffe6cc"))
    assert sheet.splitlines()[0] == f":root{{{blue}{peach}}}"
    assert sheet == stylesheet({"0000ff", "ffe6cc"})
    assert ".sg-mermaid{" in sheet
    assert "url(" not in sheet
