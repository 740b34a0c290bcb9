"""The proof against TeX: it must see a difference, and never pass when it did not run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw
from studyguide.figures import Studio, latex, prove

if TYPE_CHECKING:
    from pathlib import Path

TEX = pytest.mark.skipif(not latex.available(), reason="not run: latex and dvisvgm are not installed")
ALIKE = r"\begin{tikzpicture}[font=\sffamily\small] \node[draw, fill=orange!20] {Function}; \end{tikzpicture}"
# Seen with both engines: the label lands elsewhere than in TeX, without a word from the engine.
DIFFERENT = r"""\begin{tikzpicture}
\node[draw, minimum width=4cm, minimum height=2cm, label={[anchor=south west]north west:A long label}] {};
\end{tikzpicture}"""


def square(left: int) -> Image.Image:
    image = Image.new("L", (60, 60), 0)
    ImageDraw.Draw(image).rectangle((left, 20, left + 9, 29), fill=255)
    return image


@pytest.mark.parametrize(("left", "alike"), [(20, True), (22, True), (25, True), (29, False), (45, False)])
def test_score_forgives_a_few_pixels_only(left: int, *, alike: bool) -> None:
    assert (prove.best_score(square(20), square(left)) >= prove.WANTED) is alike


@TEX
def test_same_drawing_is_proved() -> None:
    with Studio() as ours, Studio(tikz="latex") as tex:
        proof = prove.prove(ALIKE, "a.md:1:1", ours, tex)
    assert proof.alike, proof


@TEX
def test_difference_is_seen() -> None:
    with Studio() as ours, Studio(tikz="latex") as tex:
        proof = prove.prove(DIFFERENT, "a.md:1:1", ours, tex)
    assert not proof.alike


@TEX
def test_report_shows_both_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(f"# A\n\n```tikz\n{ALIKE}\n```\n\n```tikz\n{DIFFERENT}\n```\n", "utf-8")
    assert prove.main(["--docs", str(tmp_path), "--report", str(tmp_path / "report")]) == prove.DIFFERENT
    said = capsys.readouterr().out
    assert f"{tmp_path}/a.md:4:1: as TeX, " in said
    assert f"{tmp_path}/a.md:8:1: NOT as TeX, " in said
    assert "prove-figures: 1 of 2 drawn as TeX draws them." in said
    assert (tmp_path / "report/1.png").is_file()
    assert '<img src="2.png"' in (tmp_path / "report/index.html").read_text("utf-8")


@pytest.mark.parametrize(("ci", "code"), [("", prove.ALIKE), ("true", prove.NOT_RUN)])
def test_without_tex_it_says_so(
    ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(latex, "available", lambda: False)
    monkeypatch.setenv("CI", ci)
    assert prove.main([]) == code
    assert capsys.readouterr().out == "prove-figures: not run: latex and dvisvgm are not installed.\n"
