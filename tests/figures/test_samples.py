"""Every sample draws, or says word for word why not; ``findings.yml`` is the table of what is said."""

from __future__ import annotations

import re
import time
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studyguide.figures import Studio, inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.model import Drawing

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(f"{file.parent.name}/{file.name}" for file in SAMPLES.rglob("*.*"))
GOOD = [name for name in NAMES if re.search(r"/[0-8]\d-", name)]
BAD = [name for name in NAMES if name not in GOOD]
# Harmless, so that there is nothing to say.
DISARMED = {"mermaid/94-evil-script.mmd", "mermaid/97-evil-init.mmd"}


def test_there_are_samples_of_both_kinds() -> None:
    assert len(GOOD) == 22
    assert len(BAD) == 11


@pytest.mark.parametrize("name", NAMES)
def test_findings_word_for_word(name: str, sample: Callable[[str], Drawing], expected: dict[str, Any]) -> None:
    assert [list(astuple(finding)) for finding in sample(name).findings] == expected.get(name, [])


def test_the_table_names_only_samples(expected: dict[str, Any]) -> None:
    assert expected.keys() <= set(NAMES)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_sample_draws(name: str, sample: Callable[[str], Drawing]) -> None:
    drawing = sample(name)
    assert re.search(r"<(?:path|use|text|rect|line|circle)\b", drawing.svg)
    assert min(drawing.width, drawing.height) > 50
    assert bool(drawing.words) == (name != "tikz/04-arrow-tips.tex")  # arrows alone


@pytest.mark.parametrize("name", GOOD)
def test_a_good_sample_has_no_fault_but_its_own(name: str, sample: Callable[[str], Drawing]) -> None:
    codes = {finding.code for finding in sample(name).findings} - {"FIG018", "FIG023"}  # they look as they look
    assert codes == ({"FIG010", "FIG014"} if name == "tikz/14-text-align.tex" else set())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_sample_is_answered_promptly(name: str, studio: Studio) -> None:
    source = (SAMPLES / name).read_text("utf-8")
    begin = time.monotonic()
    drawing = studio.draw("tikz" if name.endswith(".tex") else "mermaid", source)
    assert time.monotonic() - begin < 60  # the engines are stopped after 10
    assert bool(drawing.findings) != (name in DISARMED)


def test_a_file_that_a_figure_asks_for_is_not_read(sample: Callable[[str], Drawing]) -> None:
    drawing = sample("tikz/b06-read-file.tex")
    assert drawing.svg == ""
    assert drawing.words == ()


@pytest.mark.parametrize("name", NAMES)
def test_output_has_no_style_no_script_and_points_nowhere(name: str, sample: Callable[[str], Drawing]) -> None:
    text = inline(sample(name), id="fig-x", title="Title", alt="Words.")
    tags = " ".join(re.findall(r"<[^>]*>", text))
    assert not re.search(r"""<(?:script|style|foreignObject|image|a|iframe|animate|set)\b""", tags, re.IGNORECASE)
    assert not re.search(r"""\s(?:style|on\w+)\s*=""", tags, re.IGNORECASE)
    for target in re.findall(r"""href="([^"]*)"|url\(([^)]*)\)""", tags):
        assert "".join(target).startswith("#")
    assert "evil.example" not in tags
    assert "javascript:" not in tags


@pytest.mark.parametrize("name", NAMES)
def test_colours_are_variables(name: str, sample: Callable[[str], Drawing]) -> None:
    drawing = sample(name)
    paints = re.findall(r' (?:fill|stroke|stop-color)="([^"]*)"', drawing.svg)
    assert not [paint for paint in paints if not re.match(r"var\(--|none$|currentColor$|url\(#|color-mix\(", paint)]
    used = set(re.findall(r"var\(--sg-c-([0-9a-f]{6})\)", drawing.svg))
    assert used == set(drawing.colours)


@pytest.mark.parametrize("name", GOOD)
def test_every_local_target_is_there(name: str, sample: Callable[[str], Drawing]) -> None:
    drawing = sample(name)
    wanted = set(re.findall(r'(?:href="|url\()#([^")]+)', drawing.svg))
    there = set(re.findall(r' id="([^"]+)"', drawing.svg)) | {glyph for glyph, _ in drawing.glyphs}
    assert wanted <= there


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_cut_anywhere_never_raises_and_says_where(name: str, studio: Studio) -> None:
    whole = (SAMPLES / name).read_text("utf-8")
    for part in (1, 3, 4):
        source = whole[: len(whole) * part // 5]
        drawing = studio.draw("tikz" if name.endswith(".tex") else "mermaid", source)
        assert drawing.svg or drawing.findings
        lines = source.split("\n")
        for finding in drawing.findings:
            assert 1 <= finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
