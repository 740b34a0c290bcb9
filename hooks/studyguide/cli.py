"""``studyguide``: the guide's checks and figures from the command line.

studyguide check [--site DIR] [--format F] [--output FILE]      exit code 0 clean, 1 problems, 2 could not check
studyguide check --fix [--dry-run]                              mends what is certain, and checks again
studyguide check --external [--offline]                         web pages too
studyguide verify DIR                                           0 if this site was checked and is clean, 1 if not
studyguide mutate [--sample N] [--seed N]                       0 if the check catches every mistake put in
studyguide figure FILE.tex|FILE.mmd [-o FILE.svg]               0 drawn, 1 does not draw, 2 no such file
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide import VERSION, audit, figures
from studyguide.audit import NotCheckedError
from studyguide.exports import receipt
from studyguide.figures import Studio
from studyguide.model import Position
from studyguide.published.history import History
from studyguide.reports import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.model import Engine

CLEAN, PROBLEMS, NOT_CHECKED = 0, 1, 2
ENGINES: dict[str, Engine] = {".tex": "tikz", ".tikz": "tikz", ".mmd": "mermaid", ".mermaid": "mermaid"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit code."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.verb is not _mutate:
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        code: int = options.verb(options)
    except (NotCheckedError, figures.UnknownEngineError) as error:
        print(f"studyguide: not checked: {error}", file=sys.stderr)
        return NOT_CHECKED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="studyguide", description="Check the guide, or draw one figure.")
    parser.add_argument("--version", action="version", version=f"studyguide {VERSION}")
    verbs = parser.add_subparsers(required=True, metavar="check|verify|mutate|figure")
    check = verbs.add_parser("check", help="check the guide; builds it first unless --site is given")
    check.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="mkdocs.yml")
    check.add_argument("--site", type=Path, metavar="DIR", help="a site that is built already")
    check.add_argument("--format", choices=list(FORMATS), default="text", help="how problems are written (text)")
    check.add_argument("--output", type=Path, metavar="FILE", help="write them to a file instead of standard output")
    check.add_argument("--fix", action="store_true", help="mend what is certain, then check again")
    check.add_argument("--dry-run", action="store_true", help="with --fix: show the change and make none")
    check.add_argument("--external", action="store_true", help="ask for every address of the web too")
    check.add_argument("--offline", action="store_true", help="with --external: only what is known from before")
    check.set_defaults(verb=_check)
    verify = verbs.add_parser("verify", help="refuse a site that was not checked, or not as it is now")
    verify.add_argument("site", type=Path, metavar="DIR")
    verify.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="mkdocs.yml")
    verify.set_defaults(verb=_verify)
    mutate = verbs.add_parser(
        "mutate", add_help=False, help="put mistakes into a copy of the guide, and see that the build names each"
    )
    mutate.set_defaults(verb=_mutate)
    figure = verbs.add_parser("figure", help="draw one figure")
    figure.add_argument("source", type=Path, metavar="FILE.tex|FILE.mmd")
    figure.add_argument("-o", "--output", type=Path, metavar="FILE.svg", help="where to write it (standard output)")
    figure.set_defaults(verb=_figure)
    return parser


def _check(options: argparse.Namespace) -> int:
    for flag, needs in (("dry_run", "fix"), ("offline", "external")):
        if getattr(options, flag) and not getattr(options, needs):
            message = f"--{flag.replace('_', '-')} goes with --{needs}."
            raise NotCheckedError(message)
    request = audit.Request(options.config, date.today(), external=options.external, offline=options.offline)
    found = audit.check_site(request, options.site) if options.site else audit.check(request)
    if options.fix:
        change = audit.fixes(found)
        print(change.diff or "Nothing can be mended for certain.", file=sys.stderr)
        if change.diff and not options.dry_run:
            audit.write(found.root, change)
            found = audit.check(request)
    report = found.outcome.report(found.texts, tool=VERSION)
    _write(FORMATS[options.format](report), options.output)
    if found.outcome.fails:
        return PROBLEMS
    return NOT_CHECKED if found.outcome.not_checked else CLEAN


def _verify(options: argparse.Namespace) -> int:
    root = options.config.resolve().parent
    history = History(root)
    known = history.head()
    commit, changed = (known, history.changed()) if known else (None, None)
    reasons = receipt.verify(options.site, commit=commit, changed=changed, today=date.today())
    for reason in reasons:
        print(f"studyguide: {options.site} is refused: {reason}", file=sys.stderr)
    if not reasons:
        print(f"{options.site} was checked, and is as it was then.")
    return PROBLEMS if reasons else CLEAN


def _mutate(options: argparse.Namespace) -> int:
    """Hand over to the self-test, which lives with the tests of this guide's repository."""
    tests = Path("tests").resolve()
    if not (tests / "mutate" / "__main__.py").is_file():
        message = "the self-test is part of the guide's repository: run it there, where `tests/mutate` is."
        raise NotCheckedError(message)
    path = os.pathsep.join([str(tests), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "mutate", *options.rest]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, check=False).returncode


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


def _tikz() -> figures.TikzEngine:
    return figures.tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", ""))


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(f"{text}\n", "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    sys.exit(main())
