"""A check from outside a build: build the site with MkDocs if need be, read it, and look at it as the build does.

    check(settings, Path("mkdocs.yml"), None, today=...)  ->  Audit(outcome, texts, site)

The build's own hook and this come to the same problems: both hand the finished site to ``Guide.check``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studyguide import files
from studyguide import fixes as fix
from studyguide.collect import Reader
from studyguide.compose import register
from studyguide.figures import Studio
from studyguide.guide import Guide
from studyguide.outcome import Outcome
from studyguide.published.history import History
from studyguide.site.page import file_of
from studyguide.site.site import Site, read_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from studyguide import web as external
    from studyguide.figures import TikzEngine
    from studyguide.model import Problem
    from studyguide.text.config import Config

    Ask = Callable[[Guide, date], external.Outcome]


class NotCheckedError(Exception):
    """The check did not run: the message says why, and what would help."""


class Audit(NamedTuple):
    """The outcome of a check, the texts it is about by the path a problem prints, and the site that was read.

    ``aliases`` is the aliases file as it certainly should be, by its path, where it is not so.
    """

    outcome: Outcome
    texts: Mapping[str, str]
    site: Site
    aliases: Mapping[str, str]


class Change(NamedTuple):
    """What ``--fix`` would write: the new text of each file, and the difference for people to read."""

    texts: Mapping[str, str]
    diff: str


def check(
    settings: Config,
    file: Path,
    site: Path | None,
    *,
    today: date,
    tikz: TikzEngine = "tikra",
    ask: Ask | None = None,
) -> Audit:
    """Return what a check of the project finds.

    ``site`` is a site that is built already, None to build one; ``ask`` finds out about the web's addresses.
    """
    with Studio(settings.root / ".cache" / "figures", tikz=tikz) as studio:
        reader = Reader(studio, settings)
        if loops := reader.loops():
            # MkDocs would follow them without end, so nothing is built and nothing else is looked at.
            return Audit(Outcome(tuple(loops), not_checked=("the pages",)), reader.texts, Site({}, frozenset()), {})
        if site:
            return _read(reader, site, today, ask)
        with tempfile.TemporaryDirectory(prefix="studyguide-") as folder:
            _build(file, Path(folder))
            return _read(reader, Path(folder), today, ask)


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


def _read(reader: Reader, folder: Path, today: date, ask: Ask | None) -> Audit:
    settings = reader.settings
    paths = [path for path in settings.order(reader.found.pages) if not settings.hides(path)]
    urls = {path: settings.url(path) for path in paths}
    site = read_site(folder, urls, settings.site_url, templates=settings.templates)
    built = [path for path, url in urls.items() if file_of(url) in site.files]
    if not built:
        message = f"{folder} holds no page of {settings.docs}: build the site first, or leave --site out."
        raise NotCheckedError(message)
    for path in built:
        reader.read(path, reader.open(path))
    manuscript = reader.manuscript()
    guide = Guide(manuscript, register(manuscript, built), site, History(settings.root))
    answers = ask(guide, today) if ask else None
    return Audit(guide.check(today=today, web=answers), manuscript.texts, site, guide.with_certain_aliases())


def fixes(settings: Config, found: Audit) -> Change:
    """Return the change that mends what is certain to be meant; a file in it may be new.

    Raise NotMendedError if one of its files cannot be changed.
    """
    problems = [_on_its_file(problem, settings.root) for problem in found.outcome.problems if problem.edit]
    names = {problem.edit.position.path for problem in problems if problem.edit} | set(found.aliases)
    before = files.read({name: settings.root / name for name in names}, [settings.root, settings.docs])
    after = {**fix.apply(problems, before).texts, **found.aliases}
    return Change({path: text for path, text in after.items() if before.get(path) != text}, fix.diff(before, after))


def _on_its_file(problem: Problem, root: Path) -> Problem:
    """Return a problem whose edit is on the file itself, where a path leads to it by a symbolic link."""
    edit = problem.edit
    target = (root / edit.position.path).resolve() if edit else root
    if edit is None or not target.is_relative_to(root.resolve()):
        return problem
    path = target.relative_to(root.resolve()).as_posix()
    return replace(problem, edit=replace(edit, position=replace(edit.position, path=path)))


def write(settings: Config, change: Change) -> None:
    """Write the change, all of it or nothing; every byte outside it stays."""
    files.write({settings.root / path: text for path, text in change.texts.items()})
