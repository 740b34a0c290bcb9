"""The self-test itself: copies of the guide, a process for each that builds it, and a mutant at a time in each.

    run(audit.listed(Request(Path("mkdocs.yml"), today)), sample=1)  ->  Matrix

MkDocs runs in ``builder.py``, a process of its own that keeps what a mutant does not change.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple, Self

from studyguide.audit import NotCheckedError
from studyguide.model import Position, Problem
from studyguide.published import inventory
from studyguide.text.settings import place

from mutate.kinds import KINDS
from mutate.matrix import Matrix, Result
from mutate.mutant import Symlink
from mutate.original import Original
from mutate.plan import MOST, Trial, plan, together
from mutate.published import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studyguide.exports.record import Record
    from studyguide.listing import Listing, Project

    from mutate.mutant import Content

BUILDER = (sys.executable, str(Path(__file__).with_name("builder.py")))
THEME, CACHE = "overrides", ".cache/figures"
HOOKS, MODEL = "hooks", "hooks/reachability"
# Seconds after which a build is taken to have no end.
LONGEST = 120
# Mutants that one build judges at most: the more there are, the more of them are tried a second time.
TOGETHER = 32


class Report(NamedTuple):
    """What a build reported, and why MkDocs stopped if it did."""

    problems: tuple[Problem, ...]
    error: str

    def beyond(self, before: Report) -> tuple[Problem, ...]:
        """Return the problems that a build before did not have; lines may have moved."""
        known = {(problem.code, problem.position.path, problem.message) for problem in before.problems}
        return tuple(p for p in self.problems if (p.code, p.position.path, p.message) not in known)


class Copy:
    """A copy of the guide in a folder of its own, with the process that builds it."""

    def __init__(self, project: Project, folder: Path, command: Sequence[str] = BUILDER) -> None:
        self.root, self.site, self._log = folder / "guide", folder / "site", folder / "log"
        self._files = files(project)
        for path, content in self._files.items():
            _write(self.root / path, content)
        _link(project.root / HOOKS, self.root / HOOKS)
        if (project.root / CACHE).is_dir():
            shutil.copytree(project.root / CACHE, self.root / CACHE)
        self._command = [*command, str(self.root / project.name), str(self.site)]
        self._process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def _start(self) -> subprocess.Popen[str]:
        """Start a process that builds the copy, by the network model of the copy."""
        path = os.pathsep.join([str(self.root / HOOKS), *filter(None, [os.environ.get("PYTHONPATH")])])
        # What was compiled of a model is told from a changed one by its second and size alone.
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        with self._log.open("a") as log:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=self.root,
                env=environment,
            )

    def build(self, order: str = "build") -> Report:
        """Build the copy as it is now; ``hold`` it where what others change of it is put back."""
        watch = Timer(LONGEST, self._process.kill)
        watch.start()
        try:
            line = self._ask(order)
        finally:
            watch.cancel()
        if not line:
            words = self._log.read_text("utf-8", errors="replace").strip().splitlines() or ["no word of why"]
            message = f"the process that builds the guide ended: {words[-1]}"
            raise NotCheckedError(message)
        values = json.loads(line)
        problems = (Problem(Position(path, line, column), *words) for path, line, column, *words in values["problems"])
        return Report(tuple(problems), values["error"])

    def _ask(self, order: str) -> str:
        """Ask the process for a build; return its answer, "" if it has ended."""
        if self._process.stdin is None or self._process.stdout is None:
            return ""
        try:
            self._process.stdin.write(f"{order}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return ""
        return self._process.stdout.readline()

    def keep(self, path: str, content: bytes) -> None:
        """Write a file that stays for every mutant to come."""
        self._files[path] = content
        _write(self.root / path, content)

    def trial(self, changes: Mapping[str, Content]) -> Report:
        """Build the copy with these files changed; a model that is changed takes a process that has loaded no other."""
        with self.changed(changes):
            return self._anew() if any(path.startswith(MODEL) for path in changes) else self.build()

    def _anew(self) -> Report:
        kept, self._process = self._process, self._start()
        try:
            return self.build()
        finally:
            self._process.communicate()
            self._process = kept

    @contextmanager
    def changed(self, changes: Mapping[str, Content]) -> Iterator[None]:
        """Change these files, and put them back."""
        try:
            for path, content in changes.items():
                _write(self.root / path, content)
            yield
        finally:
            for path in changes:
                _write(self.root / path, self._files.get(path))
                _prune((self.root / path).parent)


def files(project: Project) -> dict[str, bytes]:
    """Return the files of a guide that a mutant may change, by path below its root."""
    folders = [project.docs, project.root / THEME]
    found = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    found += [*sorted((project.root / MODEL).rglob("*.py")), project.root / project.name]
    return {file.relative_to(project.root).as_posix(): file.read_bytes() for file in found}


def _link(hooks: Path, copy: Path) -> None:
    """Link to what the copy of the hooks does not hold."""
    for part in hooks.resolve().iterdir() if hooks.is_dir() else ():
        copy.mkdir(exist_ok=True)
        if not (copy / part.name).exists():
            (copy / part.name).symlink_to(part)


def _write(file: Path, content: Content) -> None:
    if file.is_symlink() or (content is None and file.is_file()):
        file.unlink()
    if content is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Symlink):
        file.symlink_to(content.to)
    elif content is not None:
        file.write_bytes(content)


def _prune(folder: Path) -> None:
    """Remove a folder that a mutant made."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def read(project: Project, listing: Listing, contents: Mapping[str, bytes], published: bytes) -> Original:
    """Return the guide as the kinds see it; ``published`` is the inventory of its build."""
    known, problems = inventory.read(published.decode("utf-8"), PUBLISHED)
    if known is None:
        message = f"the inventory of the guide cannot be read: {problems[0]}"
        raise NotCheckedError(message)
    prefix = project.prefix
    urls = {prefix + entry.source: url for url, entry in known.pages.items()}
    order = [page.source for page in listing.pages]
    named = partial(place, project.settings, "nav")
    return Original(
        files={**contents, prefix + PUBLISHED: published},
        pages={path: urls[path] for path in order},
        anchors={path: known.pages[urls[path]].anchors for path in order},
        nav={page.source: at.line for page in listing.pages if (at := named(page.path)) != named("")},
        prefix=prefix,
        settings=project.name,
    )


def run(
    known: Record,
    *,
    sample: int = MOST,
    seed: int = 0,
    names: Sequence[str] = (),
    command: Sequence[str] = BUILDER,
) -> Matrix:
    """Return what the build says of each mutant; NotCheckedError if the guide itself has problems."""
    if unknown := [name for name in names if name not in KINDS]:
        message = f"there is no kind `{unknown[0]}`; kinds are {', '.join(KINDS)}."
        raise NotCheckedError(message)
    if sample < 1:
        message = f"--sample says how many places of each kind are tried: {sample} are none."
        raise NotCheckedError(message)
    project = known.project
    kinds = [KINDS[name] for name in dict.fromkeys(names or KINDS)]
    with tempfile.TemporaryDirectory(prefix="studyguide-mutate-") as folder, ExitStack() as copies:
        count = max(1, min(os.cpu_count() or 1, sample * len(kinds)))
        made = [copies.enter_context(Copy(project, Path(folder, str(n)), command)) for n in range(count)]
        before, published = _baseline(made, project.prefix + PUBLISHED)
        original = read(project, known.listing, files(project), published)
        results = _all(plan(original, kinds, sample=sample, seed=seed), made, before)
    return Matrix([kind.name for kind in kinds], results, seed, original.files)


def _baseline(copies: Sequence[Copy], path: str) -> tuple[Report, bytes]:
    """Return what the guide itself has, with its inventory as what was published; it must have no problem that fails."""
    first = copies[0]
    with ThreadPoolExecutor(max_workers=len(copies)) as pool:
        for report in pool.map(Copy.build, copies):
            _sound(report)
        published = (first.site / "objects.json").read_bytes()
        for copy in copies:
            copy.keep(path, published)
        before, *_ = pool.map(partial(Copy.build, order="hold"), copies)
    _sound(before)
    return before, published


def _sound(report: Report) -> None:
    failing = [str(problem) for problem in report.problems if problem.fails]
    if failing or report.error:
        message = (
            f"the guide itself has problems, so nothing can be told from its mutants: {[*failing, report.error][0]}"
        )
        raise NotCheckedError(message)


def _all(trials: Sequence[Trial], copies: Iterable[Copy], before: Report) -> list[Result]:
    """Return the results in the order of the trials; each copy takes the next ones as soon as it is free.

    One build judges several mutants of different pages. What it does not find is no miss yet, for one mistake may
    hide another: each such mutant is tried once more, alone.
    """
    free: SimpleQueue[Copy] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def judged(group: Sequence[Trial]) -> list[Result]:
        copy = free.get()
        try:
            report = copy.trial({path: content for trial in group for path, content in trial.mutant.files.items()})
        finally:
            free.put(copy)
        found = [Result(trial, report.beyond(before), report.error) for trial in group]
        if len(group) == 1:
            return found
        return [result if result.is_placed else judged([result.trial])[0] for result in found]

    with ThreadPoolExecutor(max_workers=free.qsize()) as pool:
        results = [result for found in pool.map(judged, together(trials, TOGETHER)) for result in found]
    place = {id(trial): number for number, trial in enumerate(trials)}
    return sorted(results, key=lambda result: place[id(result.trial)])
