"""Bring the vendored files up to date: Pele's browser file with its licence, and the widths of the site's font.

    npm pack pele@1.13.0
    python -m studyguide.figures.refresh --pele pele-1.13.0.tgz --font atkinson-hyperlegible-next-latin-wght-normal.woff2

Several ``--font`` files of one family (its subsets) may be given. Needs the packages fonttools and brotli.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tarfile
from importlib import import_module
from pathlib import Path

VENDOR = Path(__file__).parent / "vendor"
WEIGHTS = (400, 700)


def pele(package: Path) -> None:
    """Copy the engine and its licence out of the npm package and note the engine's sha256."""
    with tarfile.open(package) as archive:
        for member, name in (("dist/pele.global.js", "pele.global.js"), ("LICENSE", "pele.LICENSE")):
            file = archive.extractfile(f"package/{member}")
            if file is None:
                sys.exit(f"{package} holds no {member}")
            (VENDOR / name).write_bytes(file.read())
    digest = hashlib.sha256((VENDOR / "pele.global.js").read_bytes()).hexdigest()
    (VENDOR / "pele.global.js.sha256").write_text(f"{digest}  pele.global.js\n", encoding="utf-8")


def widths(fonts: list[Path]) -> None:
    """Write how wide each character is, in thousandths of the font size, for each weight."""
    # Only this program needs fontTools, so it is no requirement of the project.
    fonts_module, instancer = import_module("fontTools.ttLib"), import_module("fontTools.varLib.instancer")

    table: dict[str, dict[str, int]] = {str(weight): {} for weight in WEIGHTS}
    for path in fonts:
        for weight in WEIGHTS:
            font = instancer.instantiateVariableFont(fonts_module.TTFont(path), {"wght": weight})
            unit = 1000 / font["head"].unitsPerEm
            advances = font["hmtx"].metrics
            table[str(weight)] |= {
                str(code): round(advances[name][0] * unit) for code, name in sorted(font.getBestCmap().items())
            }
    text = json.dumps(table, separators=(",", ":"), sort_keys=True)
    (VENDOR / "widths.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Bring the vendored files of the figures up to date.")
    parser.add_argument("--pele", type=Path, help="the npm package of Pele, as a .tgz file")
    parser.add_argument("--font", type=Path, action="append", help="a variable font of the site; may be repeated")
    chosen = parser.parse_args()
    if chosen.pele:
        pele(chosen.pele)
    if chosen.font:
        widths(chosen.font)


if __name__ == "__main__":
    main()
