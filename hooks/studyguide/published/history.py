"""What git remembers of what is gone -> who removed or renamed it, in words.

    docs/learn/old.md         ->  Commit 1a2b3c4 of 2026-11-20 renamed it to `docs/learn/new.md`: Shorten a name
    docs/learn/vpc.md#routes  ->  Commit 5d6e7f8 of 2026-11-21 removed it: Say routes once

Running git is one method, which never raises: without git, outside a repository or after a time-out nothing is known.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from functools import cache, cached_property
from itertools import groupby, zip_longest
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from markdown.extensions.toc import slugify

from studyguide.text.source import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SECONDS = 30
# Bounds on the work: how many questions git is asked, how many commits of a page are read, how many new files.
QUESTIONS, COMMITS, UNTRACKED = 200, 200, 50
# Nothing of the user's own settings or environment changes what is read or how it is written; nothing is fetched.
OPTIONS = (
    "--no-pager", "--literal-pathspecs", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "core.abbrev=7",
    "-c", "log.showSignature=false", "-c", "diff.renames=true", "-c", "protocol.allow=never",
)  # fmt: skip
PATCH = ("--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "-p", "-U0")
TAKEN = ("-M", "-z", "--name-status", "--diff-filter=DR", "--relative")
MARK, FORMAT = "\x01", "--format=%x01%h%x02%as%x02%s"
HUNK_RE = re.compile(r"@@ -\d+(?:,(?P<old>\d+))? \+\d+(?:,(?P<new>\d+))? @@")
HEADING_RE = re.compile(r"[ \t>]*#{1,6}[ \t]*(?P<words>[^#\s].*?)[ \t]*#*[ \t]*(?:\{:?(?P<attributes>[^{}]*)\})?\s*\Z")
ID_RE = re.compile(r"(?:^|\s)#(?P<id>[^\s#}]+)")
SPECIAL_RE = re.compile(r"[][.*+?^$|(){}\\]")
OURS_RE = re.compile(r"(?:fig|cp|term|obj)-")
SAME, SURE = 0.5, 0.75


class Commit(NamedTuple):
    """A commit as a note names it; what is not committed yet has no id."""

    id: str
    day: str
    subject: str

    def note(self, deed: str) -> str:
        """Return the note that this commit did something."""
        if not self.id:
            return f"A change that is not committed yet {deed}."
        return f"Commit {self.id} of {self.day} {deed}: {self.subject}"


UNCOMMITTED = Commit("", "", "")


class Renamed(NamedTuple):
    """The path that a file has now, the commit that gave it another, and which part of its text is still there."""

    path: str
    commit: Commit
    share: float


class Step(NamedTuple):
    """What took a file from its path: the commit, the file's path since, and how much of its text is there; or "" and 0."""

    commit: Commit
    old: str
    new: str
    share: float


class Former(NamedTuple):
    """A path that a file had, and what it said there last."""

    path: str
    text: str


class Hunk(NamedTuple):
    """Lines that a commit replaced by others."""

    commit: Commit
    old: tuple[str, ...]
    new: tuple[str, ...]


class Heading(NamedTuple):
    """A heading line: the anchor it gives, and the words a reader sees."""

    id: str
    words: str


class History:
    """The git history of a project; paths are relative to its folder. An answer is found once and kept."""

    def __init__(self, root: Path) -> None:
        self._root, self._program = root, shutil.which("git")
        self._asked = 0
        self._git, self._hunks = cache(self._ask), cache(self._changes)
        self._state = cache(self._run)

    def head(self) -> str:
        """Return the short id of the commit that is checked out, "" where there is none."""
        return self._state("rev-parse", "--short=7", "HEAD").strip()

    def changed(self) -> bool:
        """Return whether files differ from that commit or are new and not ignored."""
        return bool(self._state("status", "--porcelain", "-z", "--untracked-files=all", "--", "."))

    def blame(self, path: str, key: str = "") -> str:
        """Return who removed or renamed a file, or an id that was on it; "" if nobody is known to."""
        if not key:
            if renamed := self.renamed(path):
                return renamed.commit.note(f"renamed it to `{renamed.path}`")
            commit = self.removed(path)
        elif OURS_RE.match(key):
            commit = self.removed_id(key, path.partition("/")[0])
        else:
            commit, words = self.removed_heading(path, key) or (None, None)
            if commit and words:
                return commit.note(f'changed its heading to "{words}"')
        return commit.note("removed it") if commit else ""

    def became(self, path: str, key: str = "") -> str:
        """Return the new path of a file, or the new words of a heading on it; "" if nothing is known."""
        if not key:
            return renamed.path if (renamed := self.renamed(path)) else ""
        found = None if OURS_RE.match(key) else self.removed_heading(path, key)
        return (found[1] or "") if found else ""

    def above(self, path: str, key: str) -> list[str]:
        """Return the headings above an id that is gone from a file, by their anchors, the nearest first.

        What stands in the place of a heading that was reworded comes before them.
        """
        docs = path.partition("/")[0]
        commit, words = (
            (self.removed_id(key, docs), None)
            if OURS_RE.match(key)
            else self.removed_heading(path, key) or (None, None)
        )
        found = list[str]()
        lines = self._git("show", f"{commit.id}^:./{path}" if commit.id else f"HEAD:./{path}") if commit else ""
        for line in lines.split("\n"):
            heading = heading_of(line)
            if (heading and heading.id == key) or _defines(line, key):
                return [*([slugify(words, "-")] if words else []), *reversed(found)]
            found += [heading.id] if heading else []
        return []

    def is_sure(self, path: str) -> bool:
        """Return whether the file that one became has most of its text: git calls half of it a rename."""
        renamed = self.renamed(path)
        return renamed is not None and renamed.share >= SURE

    def was(self, path: str) -> list[Former]:
        """Return the paths that a file had before, each with its text there; the latest first."""
        now = [old for old in self._lost if (renamed := self._rename(old)) and renamed.path == path]
        found = [Former(old, self._git("show", f"HEAD:./{old}")) for old in now]
        path = (now or [path])[0]
        for step in self._steps:
            if step.new == path:
                path = step.old
                found.append(Former(path, self._git("show", f"{step.commit.id}^:./{path}")))
        return found

    @cached_property
    def _lost(self) -> dict[str, Step]:
        """The files, and folders of such, that the last commit has and the folder has not."""
        return _by_path(read_steps(self._git("diff", *TAKEN, "HEAD")))

    @cached_property
    def _steps(self) -> list[Step]:
        """All that commits took away, the latest first: to ask it of each path is to go through all commits each time."""
        return list(read_steps(self._git("log", *TAKEN, FORMAT, "--", ".")))

    @cached_property
    def _left(self) -> dict[str, Step]:
        """What took each file, or folder, away last."""
        return _by_path(self._steps)

    def renamed(self, path: str) -> Renamed | None:
        """Return the path a file that is gone has now, and the commit that gave it another first."""
        first, share = None, 1.0
        seen = {path}
        while (step := self._rename(path)) and step.path not in seen:
            path, first, share = step.path, first or step.commit, min(share, step.share)
            seen.add(path)
        return Renamed(path, first, share) if first else None

    def removed(self, path: str) -> Commit | None:
        """Return the commit that removed a file for good."""
        gone = self._gone(path)
        return gone.commit if gone and not self._rename(path) else None

    def removed_heading(self, path: str, slug: str) -> tuple[Commit, str | None] | None:
        """Return the commit that removed the heading with this anchor, and the words of the one in its place."""
        for commit, hunks in self._hunks(path):
            added = {heading.id for hunk in hunks for line in hunk.new if (heading := heading_of(line))}
            for hunk in hunks:
                for old, new in zip_longest(hunk.old, hunk.new[: len(hunk.old)], fillvalue=""):
                    if slug not in added and (heading := heading_of(old)) and heading.id == slug:
                        return commit, (successor.words if (successor := heading_of(new)) else None)
        return None

    def removed_id(self, key: str, docs: str) -> Commit | None:
        """Return the commit that removed the directive with this id from every page."""
        written = rf"^[[:space:]]*id:[[:space:]]*[\"']?{_literal(key)}[\"']?[[:space:]]*$"
        if self._git("grep", "-l", "--untracked", "-E", "-e", written, "--", docs):
            return None
        if self._git("grep", "-l", "-E", "-e", written, "HEAD", "--", docs):
            return UNCOMMITTED
        log = self._git("log", "-1", f"-S{written}", "--pickaxe-regex", FORMAT, "--", docs)
        commit = _commit(log) if log else None
        # A removal made while merging is in no commit's own changes: then the last one that has the id added it.
        return commit if commit and not self._git("grep", "-l", "-E", "-e", written, commit.id, "--", docs) else None

    def _gone(self, path: str) -> Step | None:
        if os.path.lexists(self._root / path):
            return None
        return self._lost.get(path) or self._left.get(path)

    def _rename(self, path: str) -> Renamed | None:
        gone = self._gone(path)
        if gone is None:
            return None
        new, share = (gone.new, gone.share) if gone.new or gone.commit.id else self._like(path)
        return Renamed(new, gone.commit, share) if new else None

    def _like(self, path: str) -> tuple[str, float]:
        """Return the new file, not yet known to git, that has most of a removed file's text: git's own measure."""
        old = Counter(self._git("show", f"HEAD:./{path}").split("\n"))
        others = self._git("ls-files", "-z", "--others", "--exclude-standard").split("\0")
        names = [name for name in others if name and name.endswith(PurePath(path).suffix)]
        shares = {name: _share(old, self._root / name) for name in names[:UNTRACKED]}
        best = max(shares.values(), default=0.0)
        alike = [name for name, share in shares.items() if share == best >= SAME]
        return (alike[0], best) if len(alike) == 1 else ("", 0.0)

    def _changes(self, path: str) -> list[tuple[Commit, list[Hunk]]]:
        """Return what each commit changed in a file, the latest first, from before it had this path too."""
        text = self._git("diff", *PATCH, "HEAD", "--", path)
        text += self._git("log", f"-{COMMITS}", "--follow", *PATCH, FORMAT, "--", path)
        return [(commit, list(hunks)) for commit, hunks in groupby(read_hunks(text), key=lambda hunk: hunk.commit)]

    def _ask(self, *arguments: str) -> str:
        if not self._has_commits:
            return ""
        self._asked += 1
        return self._run(*arguments) if self._asked <= QUESTIONS else ""

    @cached_property
    def _has_commits(self) -> bool:
        """Whether there is anything to ask for: a folder outside git answers no question, each in its own time."""
        return bool(self.head())

    def _run(self, *arguments: str) -> str:
        """Return what git prints, "" if it fails; after a time-out it is asked no more questions."""
        if self._program is None:
            return ""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        try:
            run = subprocess.run(
                [self._program, *OPTIONS, *arguments],
                cwd=self._root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            self._asked = QUESTIONS
            return ""
        except (OSError, ValueError):
            return ""
        return run.stdout.decode("utf-8", errors="replace") if run.returncode == 0 else ""


def read_hunks(text: str) -> Iterator[Hunk]:
    """Yield every hunk of a patch without context, with the commit whose line is above it."""
    commit = UNCOMMITTED
    left: dict[str, int] = {"-": 0, "+": 0}
    lines: dict[str, list[str]] = {"-": [], "+": []}
    for line in text.split("\n"):
        sign = line[:1]
        if left.get(sign):
            left[sign] -= 1
            lines[sign].append(line[1:])
            if not any(left.values()):
                yield Hunk(commit, tuple(lines["-"]), tuple(lines["+"]))
        elif sign == MARK:
            commit = _commit(line)
        elif match := HUNK_RE.match(line):
            left = {"-": int(match["old"] or 1), "+": int(match["new"] or 1)}
            lines = {"-": [], "+": []}


def read_steps(text: str) -> Iterator[Step]:
    """Yield what was taken away as git lists it by names alone, each with the commit above it."""
    commit, fields = UNCOMMITTED, iter(text.split("\0"))
    for field in fields:
        if field.startswith(MARK):
            commit = _commit(field)
        elif kind := field.strip():
            old = next(fields)
            yield Step(commit, old, next(fields), int(kind[1:]) / 100) if kind[1:] else Step(commit, old, "", 0.0)


def _by_path(steps: Iterable[Step]) -> dict[str, Step]:
    """Return the first step that took away each file, and each folder that a file was in."""
    found: dict[str, Step] = {}
    for step in steps:
        found.setdefault(step.old, step)
        for folder in PurePosixPath(step.old).parents:
            found.setdefault(str(folder), step._replace(old=str(folder), new="", share=0.0))
    return found


def _commit(line: str) -> Commit:
    name, day, subject = line.strip().removeprefix(MARK).split("\x02", maxsplit=2)
    return Commit(name, day, "".join(filter(str.isprintable, subject)))


def heading_of(line: str) -> Heading | None:
    """Return the heading a line of Markdown is, as Python-Markdown names it."""
    match = HEADING_RE.match(line)
    if not match:
        return None
    words = plain(match["words"])
    given = ID_RE.search(match["attributes"] or "")
    return Heading(given["id"] if given else slugify(words, "-"), words)


def _defines(line: str, key: str) -> bool:
    """Return whether a line is the option of a directive that gives it this id."""
    return _option(line) == key


def _option(line: str) -> str:
    name, _, value = line.strip(" \t>").partition(":")
    return value.strip(" \t\"'") if name == "id" else ""


def defined(line: str) -> str:
    """Return the anchor that a line makes, as a heading or as the option of a directive, "" if it makes none."""
    heading = heading_of(line)
    return heading.id if heading else _option(line)


def _literal(text: str) -> str:
    """Return a text as a POSIX expression that matches nothing else."""
    return SPECIAL_RE.sub(r"\\\g<0>", text)


def _share(old: Counter[str], file: Path) -> float:
    """Return which part of a file's characters are in lines that another file has as well."""
    try:
        new = Counter(file.read_text("utf-8", errors="replace").split("\n"))
    except OSError:
        return 0.0
    size = max(_characters(old), _characters(new))
    return _characters(old & new) / size if size else 0.0


def _characters(lines: Counter[str]) -> int:
    return sum(len(line) * number for line, number in lines.items())
