"""A check from outside a build: a build of its own, in a process of its own, or a look at a site that is there.

    check(Request(Path("mkdocs.yml"), today=date(2026, 11, 25)))        ->  Audit(outcome, texts, aliases)
    check_site(request, Path("site"))                                   ->  the same, of a site that was built before

The build is MkDocs' own, with our glue in it: the child hands back what ``Guide.check`` came to there.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studyguide import files
from studyguide import fixes as fix
from studyguide.collect import Reader
from studyguide.exports import finish, receipt, record
from studyguide.figures import Studio
from studyguide.guide import Guide
from studyguide.links.registry import Registry
from studyguide.published.history import History
from studyguide.site.site import read_site
from studyguide.text import inputs, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from studyguide import web as external
    from studyguide.exports.record import Record
    from studyguide.listing import Listing, Project
    from studyguide.model import Problem
    from studyguide.outcome import Outcome

# A page that MkDocs lists and a file that nobody lists are named, so many of them.
NAMED = 3


class NotCheckedError(Exception):
    """The check did not run: the message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to check: the settings' file of a project, and on which day.

    ``external`` asks for every address of the web too, ``offline`` only for what is known of them from before.
    ``unused`` asks for files that nothing uses: each is a warning then.
    """

    file: Path
    today: date
    external: bool = False
    offline: bool = False
    unused: bool = False


class Audit(NamedTuple):
    """The outcome of a check, the project's folder and its docs, and the texts by the path that a problem prints.

    ``aliases`` is the aliases file as it certainly should be, by its path, where it is not so.
    """

    outcome: Outcome
    root: Path
    docs: Path
    texts: Mapping[str, str]
    aliases: Mapping[str, str]


class Task(NamedTuple):
    """What a child is asked for: a build into ``site``, or the list of the site alone; it answers in ``answer``."""

    request: Request
    site: Path | None
    answer: Path


class Change(NamedTuple):
    """What ``--fix`` would write: the new text of each file, what was read of those, and the difference for people to read."""

    texts: Mapping[str, str]
    before: Mapping[str, str]
    diff: str


def check(request: Request) -> Audit:
    """Return what a check of the project finds: MkDocs builds it, and leaves no site."""
    with _scratch() as folder:
        found = _ask(Task(request, folder / "site", folder / "answer"))
    if not isinstance(found, Audit):
        raise NotCheckedError(str(found))
    return found


def check_site(request: Request, folder: Path) -> Audit:
    """Return what a check of a site that is built already finds."""
    found = receipt.load(folder)
    known = found if isinstance(found, str) else _known(found["site"], request)
    if isinstance(found, str) or isinstance(known, str):
        why, known = str(known), listed(request)
        audit = _look(request, folder, known)
        return _but(audit, [*_without_receipt(why, known, folder), *_unplaced(known.listing, folder)])
    changed = receipt.changes(found, receipt.digests(folder))
    audit = _look(request, folder, known)
    # One that was empty is as it was to who reads it, and is gone all the same.
    stale = dict.fromkeys([*known.stale(audit.texts), *sorted(_gone(known))])
    reasons = [*_named(list(stale), "changed since the site was built")]
    return _but(audit, [*reasons, *_named(changed, "not as it was built")])


def _known(values: Mapping[str, Any], request: Request) -> Record | str:
    """Return what a receipt says that the build knew, or in words why that cannot be."""
    file = request.file.resolve()
    root, texts = file.parent, settings.read(file)
    # Anybody can write a receipt, and a check reads the project alone. Two of its folders may be elsewhere: MkDocs knows.
    walked, folders = [values["docs"], values["theme"]], [root]
    if not all(_is_in(name, root, folders) for name in walked):
        project = listed(request).project
        folders += [project.docs, Path(os.path.normpath(root / project.theme))]
    missing = [name for name in walked if not os.path.isdir(root / name)]  # noqa: PTH112 - Path raises for some names
    names = [*walked, *(name for name in record.named(values) if name not in texts)]
    strangers = [*missing, *(name for name in names if not _is_in(name, root, folders))]
    if strangers:
        return f"{receipt.FILE} names `{strangers[0]}`, which is no file of this project."
    return record.read(values, root, texts)


def _is_in(name: str, root: Path, folders: Iterable[Path]) -> bool:
    """Return whether a path from ``root`` is one of these folders or leads into it; where links lead does not matter."""
    # There are several for each page, and to make paths of them takes ten times as long.
    path = os.path.normpath(os.path.join(root, name))  # noqa: PTH118 - as said above
    return any(f"{path}{os.sep}".startswith(os.path.join(folder, "")) for folder in folders)  # noqa: PTH118


def _look(request: Request, folder: Path, known: Record) -> Audit:
    """Look at a built site; what only a build knows is taken from its record."""
    project, listing = known.project, known.listing
    site = finish.with_made(read_site(folder, listing.pages, project.site_url, templates=project.templates))
    pages = [page for page in listing.pages if page.path in site.pages]
    if not pages:
        message = f"{folder} holds no page of {project.docs}: build the site first, or leave --site out."
        raise NotCheckedError(message)
    reader, texts = Reader(Studio(), project), {**known.made, **_gone(known)}
    for page in pages:
        is_here = not page.made_by and page.source not in texts
        text = reader.open(project.root / page.source, page.source) if is_here else texts.get(page.source, "")
        reader.take(page.path, text, source=page.source)
        reader.include(page.path, known.included.get(page.path, ()), texts)
    registry = Registry()
    for target, path in known.targets:
        registry.add(target, path)
    guide = Guide(reader.manuscript(listing, known.written), registry, site, History(project.root))
    outcome = guide.check(today=request.today, again=True, web=ask(request, guide), unused=request.unused)
    return Audit(outcome, project.root, project.docs, guide.manuscript.texts, guide.with_certain_aliases())


def _gone(known: Record) -> dict[str, str]:
    """Return the sources that are gone since, as empty texts: that they changed is said of them, and no more."""
    pages = [page.source for page in known.listing.pages if not page.made_by]
    names = {*pages, *(name for files in known.included.values() for name in files)} - set(known.made)
    return {name: "" for name in names if not os.path.lexists(known.project.root / name)}


def _but(audit: Audit, reasons: Sequence[str]) -> Audit:
    """Return what was found, and why that may not be all."""
    outcome = replace(audit.outcome, not_checked=(*audit.outcome.not_checked, *reasons))
    return audit._replace(outcome=outcome)


def _without_receipt(why: str, known: Record, folder: Path) -> list[str]:
    """Return what cannot be told of a site that does not say what its build knew."""
    reasons = (
        [f"the rules that need a build: {why[:1].lower()}{why[1:].rstrip('.')}"] if known.project.directives else []
    )
    root = known.project.root
    newer = [page.source for page in known.listing.pages if _time(root / page.source) > _time(folder / page.file)]
    return [*reasons, *_named([path for path in newer if (root / path).is_file()], "newer than its page in the site")]


def _time(file: Path) -> float:
    return file.stat().st_mtime if file.is_file() else float("inf")


def _unplaced(listing: Listing, folder: Path) -> Iterator[str]:
    """Name the sources without a page in the site, and the pages without a source."""
    files = {name for name in receipt.digests(folder) if name.endswith(".html")}
    yield from _named([page.source for page in listing.pages if page.file not in files], "not in the site")
    known = listing.others | {*listing.files.values()} | {page.file for page in listing.pages}
    yield from _named(sorted(files - known), "in the site and of no known source")


def _named(names: Sequence[str], what: str) -> Iterator[str]:
    """Say what is true of some files, naming the first few."""
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield f"{', '.join(names[:NAMED])}{more}: {what}"


def ask(request: Request, guide: Guide) -> external.Outcome | None:
    """Return what is found out about the web's addresses, None where nobody asks for that."""
    if not request.external:
        return None
    from studyguide.web import asker  # noqa: PLC0415 - an HTTP client takes longer to load than a check takes

    return asker.asker(offline=request.offline)(guide.book(), guide.manuscript.texts, request.today)


def listed(request: Request) -> Record:
    """Return what MkDocs says of a project without building it."""
    with _scratch() as folder:
        found = _ask(Task(request, None, folder / "answer"))
    if isinstance(found, tuple) and not isinstance(found, Audit):
        project, listing = found
        return record.Record(project, listing, (), (), {}, {}, {})
    raise NotCheckedError(str(found))


@contextmanager
def _scratch() -> Iterator[Path]:
    """Yield a folder for what a child leaves."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="studyguide-", ignore_cleanup_errors=True)
    except OSError as error:
        message = f"no folder could be made in {tempfile.gettempdir()}: {error.strerror}."
        raise NotCheckedError(message) from error
    with folder as name:
        yield Path(name)


def _ask(task: Task) -> Audit | tuple[Project, Listing] | str:
    """Return a child's answer: what it found, or in words why it found nothing."""
    file = task.request.file.resolve()
    if not inputs.is_file(file):
        return f"there is no file {task.request.file}."
    return _start(task._replace(request=replace(task.request, file=file)), file.parent)


def _start(task: Task, root: Path) -> Audit | tuple[Project, Listing] | str:
    """Start a child for a task, in the project's folder; return its answer."""
    # -P: a folder of the project that is called like a package of ours is not that package.
    command = [sys.executable, "-P", "-m", "studyguide_mkdocs.child"]
    # Material's advertisement is no warning of the project's.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "true"}
    run = subprocess.run(command, input=pickle.dumps(task), capture_output=True, cwd=root, env=environment, check=False)
    try:
        return pickle.loads(task.answer.read_bytes())  # type: ignore[no-any-return]  # noqa: S301 - our own child's
    except (OSError, EOFError, pickle.UnpicklingError):
        lines = run.stderr.decode("utf-8", errors="replace").strip().splitlines()
        return f"MkDocs did not build the site: {lines[-1] if lines and run.returncode > 0 else _end(run.returncode)}"


def _end(code: int) -> str:
    """Return in words how a process ended that has said nothing."""
    if code >= 0:
        return f"its process ended with {code} and no word of why."
    # As real-time signals, not every one has a name.
    return f"its process was ended by {next((each.name for each in signal.Signals if each == -code), -code)}."


def fixes(found: Audit) -> Change:
    """Return the change that mends what is certain to be meant; a file in it may be new.

    Raise NotMendedError if one of its files cannot be changed.
    """
    problems = [_on_its_file(problem, found.root) for problem in found.outcome.problems if problem.edit]
    names = {problem.edit.position.path for problem in problems if problem.edit} | set(found.aliases)
    before = files.read({name: found.root / name for name in names}, [found.root, found.docs])
    after = {**fix.apply(problems, before).texts, **found.aliases}
    texts = {path: text for path, text in after.items() if before.get(path) != text}
    return Change(texts, before, fix.diff(before, after))


def _on_its_file(problem: Problem, root: Path) -> Problem:
    """Return a problem whose edit is on the file itself, where a path leads to it by a symbolic link."""
    edit = problem.edit
    target = (root / edit.position.path).resolve() if edit else root
    if edit is None or not target.is_relative_to(root.resolve()):
        return problem
    path = target.relative_to(root.resolve()).as_posix()
    return replace(problem, edit=replace(edit, position=replace(edit.position, path=path)))


def write(root: Path, change: Change) -> None:
    """Write the change, all of it or nothing; every byte outside it stays."""
    now, before = ({root / path: text for path, text in texts.items()} for texts in (change.texts, change.before))
    files.write(now, before)
