"""``studyguide mutate``: puts mistakes into a copy of the guide; 0 if the check catches each, 1 if not, 2 if not checked."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from studyguide.audit import NotCheckedError, Request, listed
from studyguide.cli import CLEAN, NOT_CHECKED, PROBLEMS

from mutate import matrix, run
from mutate.plan import MOST


def main() -> int:
    """Try the mutants that the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="studyguide mutate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="mkdocs.yml")
    parser.add_argument("--sample", type=int, default=MOST, metavar="N", help=f"places of each kind, at most ({MOST})")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="which places are chosen (0)")
    parser.add_argument("--kind", action="append", default=[], metavar="NAME", help="this kind only; may be repeated")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="how the matrix is written (text)")
    options = parser.parse_args()
    try:
        known = listed(Request(options.config, date.today()))
        found = run.run(known, sample=options.sample, seed=options.seed, names=options.kind)
    except NotCheckedError as error:
        print(f"studyguide: not checked: {error}", file=sys.stderr)
        return NOT_CHECKED
    print(matrix.FORMATS[options.format](found))
    return PROBLEMS if found.fails else CLEAN


if __name__ == "__main__":
    sys.exit(main())
