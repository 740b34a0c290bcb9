"""``studyguide``: the guide's checks and figures from the command line.

studyguide check [--site DIR] [--format F] [--output FILE]      exit code 0 clean, 1 problems, 2 could not check
studyguide check --fix [--dry-run]                              mends what is certain, and checks again; or shows how
studyguide check --external [--offline]                         web pages too
studyguide check --unused                                       files that nothing uses are warnings
studyguide verify DIR                                           0 if this site was checked and is clean, 1 if not
studyguide mutate [--sample N] [--seed N]                       0 if the check catches every mistake put in
studyguide figure FILE.tex|FILE.mmd [-o FILE.svg]               0 drawn, 1 does not draw, 2 no such file
studyguide pdf DIR [-o FILE.pdf]                                the whole of a built site as one document; 2 if none is made

What cannot be written, to a file or to standard output, and what is interrupted, is 2 as well.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide import VERSION, audit, figures, files, output
from studyguide.audit import NotCheckedError
from studyguide.exports import pdf, receipt
from studyguide.figures import Studio
from studyguide.model import Position
from studyguide.published.history import History
from studyguide.reports import FORMATS
from studyguide.text import inputs, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.model import Engine

CLEAN, PROBLEMS, NOT_CHECKED = 0, 1, 2
CONTRAST = "FIG018"
ENGINES: dict[str, Engine] = {".tex": "tikz", ".tikz": "tikz", ".mmd": "mermaid", ".mermaid": "mermaid"}
# What is written by hand below docs.
WRITTEN = (*inputs.MARKDOWN, ".yml", ".yaml", *ENGINES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit code."""
    with output.stoppable():
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _options(arguments)
        _refuse(getattr(options, "output", None), getattr(options, "config", Path("mkdocs.yml")))
        code: int = options.verb(options)
    except (NotCheckedError, figures.UnknownEngineError) as error:
        output.say(f"not checked: {error}")
        return NOT_CHECKED
    except (output.NotWrittenError, pdf.NoPdfError) as error:
        output.say(str(error))
        return NOT_CHECKED
    except KeyboardInterrupt:
        output.say("stopped before it was done.")
        return NOT_CHECKED
    return code


def _refuse(written: Path | None, config: Path) -> None:
    """Write over no page and no other source below docs, and not over the settings."""
    if written is None or not (written.is_file() and config.is_file()):
        return
    file, root = written.resolve(), config.resolve().parent
    known = settings.read(config.resolve())
    docs = (root / (settings.value(known, "docs_dir") or ("docs",))[0]).resolve()
    if file in {(root / name).resolve() for name in known} or (file.suffix in WRITTEN and file.is_relative_to(docs)):
        message = f"{written} is a source of the guide: nothing is written over it."
        raise output.NotWrittenError(message)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    try:
        options, rest = _parser().parse_known_args(arguments)
    except SystemExit:  # after `--help`, which was written too
        output.flush()
        raise
    if rest and options.verb is not _mutate:
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="studyguide", description="Check the guide, or draw one figure.")
    parser.add_argument("--version", action="version", version=f"studyguide {VERSION}")
    verbs = parser.add_subparsers(required=True, metavar="check|verify|mutate|figure|pdf")
    check = verbs.add_parser("check", help="check the guide; builds it first unless --site is given")
    check.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="mkdocs.yml")
    check.add_argument("--site", type=Path, metavar="DIR", help="a site that is built already")
    check.add_argument("--format", choices=list(FORMATS), default="text", help="how problems are written (text)")
    check.add_argument("--output", type=Path, metavar="FILE", help="write them to a file instead of standard output")
    check.add_argument("--fix", action="store_true", help="mend what is certain, then check again")
    check.add_argument("--dry-run", action="store_true", help="with --fix: show the change and make none")
    check.add_argument("--external", action="store_true", help="ask for every address of the web too")
    check.add_argument("--offline", action="store_true", help="with --external: only what is known from before")
    check.add_argument("--unused", action="store_true", help="make a file that nothing uses a warning")
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
    printed = verbs.add_parser("pdf", help="print a built site as one document; needs Chromium")
    printed.add_argument("site", type=Path, metavar="DIR")
    printed.add_argument("-o", "--output", type=Path, default=Path("guide.pdf"), metavar="FILE.pdf", help="guide.pdf")
    printed.set_defaults(verb=_pdf)
    return parser


def _check(options: argparse.Namespace) -> int:
    for flag, needs in (("dry_run", "fix"), ("offline", "external")):
        if getattr(options, flag) and not getattr(options, needs):
            message = f"--{flag.replace('_', '-')} goes with --{needs}."
            raise NotCheckedError(message)
    request = audit.Request(
        options.config,
        date.today(),
        external=options.external,
        offline=options.offline,
        unused=options.unused,
    )
    found = audit.check_site(request, options.site) if options.site else audit.check(request)
    unmended = ""
    if options.fix:
        try:
            if _fix(found, dry_run=options.dry_run):
                found = audit.check(request)
        except files.NotMendedError as error:
            unmended = f"nothing was mended.\n{error}"
    report = FORMATS[options.format](found.outcome.report(found.texts, tool=VERSION))
    if options.dry_run and not options.output:  # standard output is the difference's alone
        output.tell(report)
    else:
        output.write(f"{report}\n", options.output, data=options.format != "text")
    if unmended:
        output.say(unmended)
        return NOT_CHECKED
    if found.outcome.fails:
        return PROBLEMS
    return NOT_CHECKED if found.outcome.not_checked else CLEAN


def _fix(found: audit.Audit, *, dry_run: bool) -> bool:
    """Mend what is certain, or show how; return whether files were changed."""
    change = audit.fixes(found)
    if not change.diff:
        output.say("nothing can be mended for certain.")
    elif dry_run:
        output.write(change.diff, data=True)
    else:
        audit.write(found.root, change)
        output.tell(change.diff.removesuffix("\n"))
        return True
    return False


def _verify(options: argparse.Namespace) -> int:
    root = options.config.resolve().parent
    history = History(root)
    known = history.head()
    commit, changed = (known, history.changed()) if known else (None, None)
    reasons = receipt.verify(options.site, commit=commit, changed=changed, today=date.today())
    for reason in reasons:
        output.say(f"{options.site} is refused: {reason}")
    if not reasons:
        output.write(f"{options.site} was checked, and is as it was then.\n")
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
    if engine is None or not inputs.is_file(options.source):
        reason = "no such file" if engine else f"not a {' or '.join(ENGINES)} file"
        output.say(f"{options.source}: {reason}")
        return NOT_CHECKED
    if options.output and options.output.exists() and options.output.samefile(options.source):
        output.say(f"{options.output}: a drawing cannot take the place of its own source")
        return NOT_CHECKED
    text, problems = inputs.read(options.source, str(options.source))
    for problem in problems:
        output.tell(str(problem))
    if problems:
        return NOT_CHECKED
    with Studio(tikz=_tikz()) as studio:
        drawing = studio.draw(engine, text)
    for finding in drawing.findings:
        output.tell(str(finding.at(Position(str(options.source)))))
    if drawing.svg:
        output.write(f"{figures.standalone(drawing, title=options.source.stem)}\n", options.output, data=True)
    # Contrast depends on the schemes of a site, so it is a finding of the build: on its own the figure is drawn.
    wrong = any(finding.code != CONTRAST for finding in drawing.findings)
    return PROBLEMS if wrong or not drawing.svg else CLEAN


def _pdf(options: argparse.Namespace) -> int:
    pdf.make(options.site, options.output)
    output.tell(f"{options.output} is made.")
    return CLEAN


def _tikz() -> figures.TikzEngine:
    return figures.tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", ""))


if __name__ == "__main__":
    sys.exit(main())
