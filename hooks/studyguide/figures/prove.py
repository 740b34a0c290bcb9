"""Every TikZ figure of the guide, drawn with real TeX too: a proof that the reader sees what TeX would draw.

    python -m studyguide.figures.prove --docs docs --report tests/output/proof

Both drawings are rasterised alike at 144 dpi, in the light scheme. The score is the F1 of their ink: how much
of each lies within 3 px of the other's. Exit code 0 all alike, 1 some differ, 2 not run although CI asked for it.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import resvg_py
from PIL import Image, ImageChops, ImageFilter

from studyguide.figures import Studio, latex, standalone
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studyguide.text.source import Fence

ALIKE, DIFFERENT, NOT_RUN = 0, 1, 2
WANTED = 0.97
PIXELS_PER_POINT = 2  # 144 dpi
REACH = 3
BORDER = 8
INK = 24  # of 255: paler than this is paper
STYLE_RE = re.compile(r"<style>.*?</style>", re.DOTALL)
VIEW_RE = re.compile(r'viewBox="(?P<box>[^"]*)" width="[^"]*" height="[^"]*"')
COLOUR_RE = re.compile(r"var\(--sg-c-(?P<digits>[0-9a-f]{6})\)")


@dataclass(frozen=True, slots=True)
class Proof:
    """One figure: where it is, how alike its two drawings are, from 0 to 1, and both beside each other."""

    place: str
    score: float
    pictures: Image.Image | None = None
    reason: str = ""

    @property
    def alike(self) -> bool:
        return self.score >= WANTED


def fences(docs: Path) -> Iterator[Fence]:
    """Yield every TikZ fence of the pages, in the order of their paths."""
    for path in sorted(docs.rglob("*.md")):
        source = Source(path.as_posix(), path.read_text("utf-8-sig"))
        yield from (fence for fence in source.fences if fence.language == "tikz")


def prove(code: str, place: str, ours: Studio, tex: Studio) -> Proof:
    """Draw a figure with both engines and compare the ink."""
    drawings = [studio.draw("tikz", code) for studio in (ours, tex)]
    for drawing, engine in zip(drawings, ("The engine", "TeX"), strict=True):
        if not drawing.svg:
            said = drawing.findings[0].message if drawing.findings else "no reason given"
            return Proof(place, 0.0, reason=f"{engine} draws nothing: {said}")
    pictures = [picture(standalone(drawing)) for drawing in drawings]
    inks = [ink(image) for image in pictures]
    boxes = [image.getbbox() for image in inks]
    if None in boxes:
        return Proof(place, 0.0, reason="One of the drawings is empty.")
    size = tuple(max(box[i + 2] - box[i] for box in boxes if box) + 2 * BORDER for i in (0, 1))
    placed = [_placed(image, box, size) for image, box in zip(inks, boxes, strict=True) if box]
    shown = [_placed(image, box, size) for image, box in zip(pictures, boxes, strict=True) if box]
    return Proof(place, best_score(*placed), _beside(*shown))


def picture(svg: str) -> Image.Image:
    """Rasterise a standalone drawing on white paper at 144 dpi, its colours those of the light scheme."""
    text = COLOUR_RE.sub(r"#\g<digits>", STYLE_RE.sub("", svg))
    text = text.replace("var(--sg-ink)", "#000000").replace("var(--sg-paper)", "#ffffff")
    view = VIEW_RE.search(text)
    if view is None:
        message = "The drawing has no viewBox."
        raise ValueError(message)
    x, y, width, height = (float(number) for number in view["box"].split())
    # Room around the drawing, so that what leaves its box counts too.
    box = f"{x - 20:g} {y - 20:g} {width + 40:g} {height + 40:g}"
    text = text[: view.start()] + f'viewBox="{box}"' + text[view.end() :]
    png = resvg_py.svg_to_bytes(
        svg_string=text, background="#ffffff", width=round((width + 40) * PIXELS_PER_POINT), skip_system_fonts=True
    )
    return Image.open(io.BytesIO(bytes(png))).convert("RGB")


def ink(image: Image.Image) -> Image.Image:
    """Return where a picture is not paper: 255 there, 0 elsewhere."""
    away = ImageChops.difference(image, Image.new("RGB", image.size, "white")).convert("L")
    return away.point([255 if value > INK else 0 for value in range(256)])


def best_score(one: Image.Image, other: Image.Image) -> float:
    """Return the F1 of two inks, at the best of the small shifts that rounding a box can cause."""
    steps, grown = (-2, 0, 2), [_grown(one), _grown(other)]
    # What is grown and shifted is what is shifted and grown: around both there is more paper than that.
    return max(
        _f1(one, grown[0], *(ImageChops.offset(image, dx, dy) for image in (other, grown[1])))
        for dx in steps
        for dy in steps
    )


def _f1(one: Image.Image, one_grown: Image.Image, other: Image.Image, other_grown: Image.Image) -> float:
    precision, recall = _share(one, other_grown), _share(other, one_grown)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _grown(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.MaxFilter(2 * REACH + 1))


def _share(image: Image.Image, within: Image.Image) -> float:
    total = image.histogram()[255]
    return ImageChops.darker(image, within).histogram()[255] / total if total else 0.0


def _placed(image: Image.Image, box: tuple[int, int, int, int], size: tuple[int, ...]) -> Image.Image:
    paper = Image.new(image.mode, (size[0], size[1]), "white" if image.mode == "RGB" else 0)
    paper.paste(image.crop(box), (BORDER, BORDER))
    return paper


def _beside(ours: Image.Image, tex: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", (ours.width + tex.width + BORDER, ours.height), "#888888")
    sheet.paste(ours, (0, 0))
    sheet.paste(tex, (ours.width + BORDER, 0))
    return sheet


def report(proofs: Sequence[Proof], folder: Path) -> None:
    """Write ``index.html`` and a picture of each figure: the engine's drawing at the left, TeX's at the right."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, proof in enumerate(proofs, start=1):
        shown = f"<p>{escape(proof.reason)}</p>"
        if proof.pictures:
            proof.pictures.save(folder / f"{number}.png")
            shown = f'<img src="{number}.png" alt="The engine at the left, TeX at the right">'
        rows.append(f"<h2>{escape(proof.place)}: {proof.score:.3f}</h2>\n{shown}")
    page = "<!doctype html>\n<html lang=en><meta charset=utf-8><title>Figures against TeX</title>\n"
    (folder / "index.html").write_text(page + "\n".join(rows) + "\n", "utf-8")


def _proved(figures: Sequence[tuple[str, str]]) -> list[Proof]:
    """Return the proofs of the figures, in their order; every core takes its share of them."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        shares = list(pool.map(_share_proved, [figures[core::cores] for core in range(cores)]))
    return [shares[number % cores][number // cores] for number in range(len(figures))]


def _share_proved(figures: Sequence[tuple[str, str]]) -> list[Proof]:
    with Studio() as ours, Studio(tikz="latex") as tex:
        return [prove(code, place, ours, tex) for code, place in figures]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove every figure; say what was found, one line a figure."""
    parser = argparse.ArgumentParser(prog="studyguide.figures.prove", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="the folder of the pages (docs)")
    parser.add_argument("--report", type=Path, default=Path("tests/output/proof"), help="where the pictures go")
    chosen = parser.parse_args(arguments)
    if not latex.available():
        print("prove-figures: not run: latex and dvisvgm are not installed.")
        return NOT_RUN if os.environ.get("CI") == "true" else ALIKE
    proofs = _proved([(fence.code, str(fence.start)) for fence in fences(chosen.docs)])
    report(proofs, chosen.report)
    for proof in proofs:
        print(f"{proof.place}: {'as TeX' if proof.alike else 'NOT as TeX'}, {proof.score:.3f} {proof.reason}".rstrip())
    print(
        f"prove-figures: {sum(p.alike for p in proofs)} of {len(proofs)} drawn as TeX draws them. See {chosen.report}."
    )
    return ALIKE if all(proof.alike for proof in proofs) else DIFFERENT


if __name__ == "__main__":
    sys.exit(main())
