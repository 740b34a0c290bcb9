"""``studyguide``: the guide's checks and figures from the command line.

studyguide check [--site DIR] [--format text] [--output FILE]     exit code 0 clean, 1 problems, 2 could not check
studyguide figure FILE.tex|FILE.mmd [-o FILE.svg]                 exit code 0 drawn, 1 does not draw, 2 no such file
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide import config, figures
from studyguide.checks.site import file_of, read_site
from studyguide.figures import Studio
from studyguide.guide import Guide
from studyguide.model import Position
from studyguide.reports.text import report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.figures.tikz import TikzEngine
    from studyguide.model import Engine

CLEAN, PROBLEMS, NOT_CHECKED = 0, 1, 2
ENGINES: dict[str, Engine] = {".tex": "tikz", ".tikz": "tikz", ".mmd": "mermaid", ".mermaid": "mermaid"}
SOURCES = "reference/sources.yml"


class NotCheckedError(Exception):
    """The check did not run: the message says why, and what would help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.verb(options)
    except (NotCheckedError, config.ConfigError, figures.UnknownEngineError) as error:
        print(f"studyguide: not checked: {error}", file=sys.stderr)
        return NOT_CHECKED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="studyguide", description="Check the study guide, or draw one of its figures."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    check = verbs.add_parser("check", help="every problem of the guide, as the build finds them")
    check.add_argument(
        "--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="the site's settings (mkdocs.yml)"
    )
    check.add_argument("--site", type=Path, metavar="DIR", help="check this built site instead of building one")
    check.add_argument("--format", choices=["text"], default="text", help="how problems are written (text)")
    check.add_argument("--output", type=Path, metavar="FILE", help="write them to a file instead of standard output")
    check.set_defaults(verb=_check)
    figure = verbs.add_parser("figure", help="draw one figure")
    figure.add_argument("source", type=Path, metavar="FILE.tex|FILE.mmd")
    figure.add_argument("-o", "--output", type=Path, metavar="FILE.svg", help="where to write it (standard output)")
    figure.set_defaults(verb=_figure)
    return parser


def _check(options: argparse.Namespace) -> int:
    settings = config.read(options.config)
    if options.site:
        return _check_site(settings, options.site, options.output)
    with tempfile.TemporaryDirectory() as folder:
        _build(options.config, Path(folder))
        return _check_site(settings, Path(folder), options.output)


def _build(file: Path, folder: Path) -> None:
    """Build the site with MkDocs, in a process of its own and without its log."""
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        str(file),
        "--site-dir",
        str(folder),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        lines = run.stderr.strip().splitlines() or ["no word of why"]
        message = f"MkDocs did not build the site: {lines[-1]}"
        raise NotCheckedError(message)


def _check_site(settings: config.Config, folder: Path, output: Path | None) -> int:
    urls = {path: settings.url(path) for path in settings.pages()}
    site = read_site(folder, urls, settings.site_url)
    if not site.pages:
        message = f"{folder} holds no page of {settings.docs}: build the site first, or leave --site out."
        raise NotCheckedError(message)
    with Studio(settings.root / ".cache" / "figures", tikz=_tikz()) as studio:
        guide = _read(settings, studio, [path for path, url in urls.items() if file_of(url) in site.files])
    guide.connect(urls, {path: page.html for path, page in site.pages.items() if page.path})
    problems = guide.check(site, settings.docs)
    _write(report(problems, guide.checked(site)), output)
    return PROBLEMS if problems else CLEAN


def _read(settings: config.Config, studio: Studio, pages: list[str]) -> Guide:
    prefix = f"{os.path.relpath(settings.docs, settings.root)}/"
    guide = Guide(studio, prefix=prefix)
    if (settings.docs / SOURCES).is_file():
        guide.read_sources((settings.docs / SOURCES).read_text("utf-8"), prefix + SOURCES)
    for path in pages:
        guide.read(path, (settings.docs / path).read_text("utf-8-sig", errors="strict"))
    guide.number(pages)
    return guide


def _figure(options: argparse.Namespace) -> int:
    engine = ENGINES.get(options.source.suffix)
    if engine is None or not options.source.is_file():
        reason = "no such file" if engine else f"not a {' or '.join(ENGINES)} file"
        print(f"studyguide: {options.source}: {reason}", file=sys.stderr)
        return NOT_CHECKED
    with Studio(tikz=_tikz()) as studio:
        drawing = studio.draw(engine, options.source.read_text("utf-8"))
    for finding in drawing.findings:
        print(finding.at(Position(str(options.source))), file=sys.stderr)
    if drawing.svg:
        _write(figures.standalone(drawing, title=options.source.stem), options.output)
    return PROBLEMS if drawing.findings or not drawing.svg else CLEAN


def _tikz() -> TikzEngine:
    return figures.tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", ""))


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(f"{text}\n", "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    sys.exit(main())
