"""The files under docs, as they are found: what can be read, and what is wrong with the rest.

    walk(docs)              ->  Found(pages, assets, problems, loops)
    read(file, "docs/a.md") ->  (its text, problems)

Nothing here raises: a folder named like a page, a file that is not UTF-8 or a link that leads to a folder
above itself is a problem, and the build goes on with what is left.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from studyguide.model import Position, Problem
from studyguide.near import did_you_mean, quoted
from studyguide.text import front, quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.text.source import Source

# A page of more characters than this takes a browser seconds and a reader a day.
LARGE = 1_000_000
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
# Nearly the first line of front matter: other marks, or another number of them, above a setting.
NEARLY_RE = re.compile(
    r"\A(?P<marks>--|-{4,}|[\u2013\u2014]+|\+{3,}|={3,}|_{3,})[ \t]*\n"
    r"[A-Za-z_][\w-]*[ \t]*[:=](?:[^\n]*\S[^\n]*\n)+?(?P=marks)[ \t]*(?:\n|\Z)"
)
STRAY_RE = re.compile(
    r"\A(?P<before>\s+)---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:"
    r"|\A(?P<comments>(?:\s*<!--(?:(?!-->).)*-->)+\s*\n)---[ \t]*\n[A-Za-z_][\w-]*[ \t]*:(?:(?!\n[ \t]*\n).)*\n---[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
# Front matter as Hugo has it in TOML and in JSON, as others have JSON or name its kind, as Pandoc has it, and between lines
# of other dashes.
FOREIGN = (
    re.compile(r'\A\s*(?P<marks>\{)\s*"[A-Za-z_][\w-]*"[ \t]*:[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[ \t]*(?:\n|\Z)'),
    re.compile(r"\A\s*(?P<marks>;;;|---[ \t]*(?:json|toml|ya?ml))[ \t]*\n.*?\n(?:;;;|---)[ \t]*(?:\n|\Z)", re.DOTALL),
    re.compile(r"\A\s*(?P<marks>\+\+\+)[ \t]*\n(?:[^\n]*\n)*?[\w.-]+[ \t]*=.*?\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL),
    re.compile(r"\A\s*(?P<marks>%)[ \t]+\w[^\n]*(?:\n%[^\n]*|\n[ \t]+[^\n]*)*\n[ \t]*(?:\n|\Z)"),
    re.compile(
        r"\A\s*(?P<marks>-+[\u2010-\u2015\u2212][-\u2010-\u2015\u2212]*|[\u2010-\u2015\u2212]+-[-\u2010-\u2015\u2212]*)[ \t]*\n(?:[A-Za-z_][\w-]*[ \t]*:[^\n]*\n|[ \t]+\S[^\n]*\n|- [^\n]*\n)+[-\u2010-\u2015\u2212]+[ \t]*(?:\n|\Z)"
    ),
)
OPEN_RE = re.compile(r"\A---[ \t]*\n(?:[ \t]*#[^\n]*\n)*[A-Za-z_][\w-]*[ \t]*:")
# What would be front matter, right below some: lines of keys in small letters.
SECOND_RE = re.compile(
    r"---[ \t]*\n(?:[a-z_][\w-]*[ \t]*:(?:[ \t][^\n]*)?\n(?:(?:[ \t]+|- )[^\n]*\S[^\n]*\n)*)+---[ \t]*(?:\n|\Z)"
)
COMMENT_RE = re.compile(r"<!--.*?-->", re.DOTALL)
# What Unicode keeps for programs, and what it has for terminals and printers: all controls but tabs and the ends of lines.
NONE_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# Settings that pages show as they are.
SAID = ("site_name", "site_description", "site_author", "copyright")
SHOWN = 60
SWALLOWED = "`{}` is taken for {}, and nobody sees it."
# What front matter is instead of settings, in words.
NO_SETTINGS = {"list": "a list", "text": "text", "empty": "empty"}


class Found(NamedTuple):
    """What is under docs: paths relative to it, in order; ``loops`` are links that lead above themselves."""

    pages: tuple[str, ...]
    assets: tuple[str, ...]
    problems: tuple[Problem, ...]
    loops: tuple[str, ...]


def walk(docs: Path, prefix: str) -> Found:
    """Return the files under ``docs``; ``prefix`` is what problems print before a path."""
    pages, assets, problems, loops = list[str](), list[str](), list[Problem](), list[str]()
    for folder, names, files in os.walk(docs, followlinks=True):
        start = "" if Path(folder) == docs else Path(folder).relative_to(docs).as_posix() + "/"
        for name in sorted(names):
            path = start + name
            if name.endswith(".md"):
                problems.append(_folder_as_page(Position(prefix + path)))
            if _is_loop(Path(folder), name):
                names.remove(name)
                loops.append(path)
                problems.append(_loop(Position(prefix + path)))
        for name in sorted(files):
            if not _is_readable(Path(folder, name)):
                problems.append(_unreadable(Position(prefix + start + name)))
            else:
                if name.lower().endswith(MARKDOWN) and not name.endswith(MARKDOWN):
                    problems.append(_page_as_asset(Position(prefix + start + name)))
                (pages if name.endswith(MARKDOWN) else assets).append(start + name)
    return Found(tuple(sorted(pages)), tuple(sorted(assets)), tuple(problems), tuple(loops))


def _is_readable(file: Path) -> bool:
    """Return whether this is a file that can be read: to read a pipe would never end."""
    return os.access(file, os.R_OK) and is_file(file)


def _is_loop(folder: Path, name: str) -> bool:
    link = folder / name
    try:
        return link.is_symlink() and folder.resolve().is_relative_to(link.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return True


def is_file(path: str | Path) -> bool:
    """Return whether a file is there that can be read to its end; a name that no file can have is none."""
    return os.path.isfile(path)  # noqa: PTH113 - the method of a path raises for a name that is too long


def read(file: Path, path: str) -> tuple[str, list[Problem]]:
    """Return a text file's content without its byte order mark, and what is wrong with it.

    Bytes that are not UTF-8 come back as replacement characters, an unreadable file as nothing.
    """
    if not is_file(file):
        return "", [_unreadable(Position(path))]
    try:
        data = file.read_bytes()
    except OSError:
        return "", [_unreadable(Position(path))]
    try:
        text, problems = data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        text, problems = data.decode("utf-8-sig", errors="replace"), [_not_utf8(data, error, path)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, problems


def page_problems(page: Source) -> list[Problem]:
    """Return what is wrong with a page as a file: its size and its front matter."""
    problems, text, path = [], page.text, page.path
    if len(text) > LARGE:
        fix = "Split it: one idea a page."
        message = f"This page has {len(text):,} characters; more than {LARGE:,} is slow to build and to read."
        problems.append(Problem(Position(path), "INP005", message, fix))
    odd = no_characters(text, path)
    # No YAML holds such a character: that is one problem.
    unread = page.front.kind == "broken" and any(problem.position.line < page.body_line for problem in odd)
    return [*problems, *odd, *(() if unread else _front_matter(page))]


def empty(html: str, path: str) -> list[Problem]:
    """Return the problem of a page that came out without a word or a picture; a comment is none."""
    if COMMENT_RE.sub("", html).strip():
        return []
    fix = "Write it, or remove the file and what leads to it."
    return [Problem(Position(path), "INP009", "This page is empty.", fix)]


def no_characters(text: str, path: str) -> list[Problem]:
    """Return the problem of characters that no text may hold: the first place is enough."""
    found = NONE_RE.search(text)
    if found is None:
        return []
    before, sign = text[: found.start()], found.group()
    at = Position(path, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    name = f"U+{ord(sign):04X}"
    if unicodedata.category(sign) != "Cc":
        message = f"{name} is no character: programs use it among themselves."
        return [Problem(at, "INP007", message, "Remove it; the page shows a mark in its place.")]
    # What Windows has in these places is what most texts mean that were read otherwise.
    meant = bytes([ord(sign)]).decode("cp1252", "ignore") if sign >= "\x80" else ""
    fix = f"Write {quoted(meant)}, which it is where text is read as Windows has it." if meant else "Remove it."
    return [Problem(at, "INP007", f"{name} is a control character, which no reader sees.", fix)]


def _front_matter(page: Source) -> list[Problem]:
    text, path = page.text, page.path
    if stray := STRAY_RE.match(text):
        line = (stray["before"] or stray["comments"]).count("\n") + 1
        fix = "Remove what is before the first `---`."
        message = "Front matter is read on the file's first line only; here it is text of the page."
        return [Problem(Position(path, line), "INP006", message, fix)]
    if problem := _foreign(text, path) or _unread(page):
        return [problem]
    if NEARLY_RE.match(text):
        message = "Front matter stands between lines of three hyphens; here it is text of the page."
        return [Problem(Position(path), "INP006", message, "Write `---` above it and below it.")]
    found = page.front
    if found.kind == "broken":
        reason, line, column, fix = found.fault
        message = f"This front matter is not YAML, so MkDocs ignores all of it: {reason}."
        return [Problem(Position(path, line + 2, column + 1), "INP006", message, fix)]
    if what := NO_SETTINGS.get(found.kind):
        message = f"This front matter is {what} where `key: value` lines belong, so it is text of the page."
        fix = "Write one setting a line, such as `title: ...`, or remove the lines `---`."
        return [Problem(Position(path, 2), "INP006", message, fix)]
    return [
        *_second(page),
        *_no_title(found, path),
        *_repeated(found.repeated, path, first=2),
        *_retyped(found.retyped, path, first=2),
        *_swallowed(found.swallowed, path, first=2),
    ]


def not_in_theme(text: str, path: str, key: str, name: str, names: Iterable[str]) -> Problem:
    """Return the problem of a setting that names an icon or a template that the theme does not have."""
    line, column = front.place(text, key) or (0, 0)
    fix = f"{did_you_mean(name, names)}Name one that is among the theme's files, or remove the line."
    return Problem(Position(path, line + 1, column + 1), "INP006", f"The theme has no {key} {quoted(name)}.", fix)


def _second(page: Source) -> list[Problem]:
    """Return the problem of a second front matter right below the first, which is a rule and a heading."""
    if page.front.lost or not SECOND_RE.match(page.text, page.body_start):
        return []
    message = "A page has one front matter; this second one is text of the page."
    fix = "Move its settings into the first, and remove its lines `---`."
    return [Problem(page.position(page.body_start), "INP006", message, fix)]


def _no_title(found: front.Front, path: str) -> list[Problem]:
    """Return the problem of a title without words: the navigation shows none, or the word "None"."""
    # What is behind a hash is a problem of its own.
    if found.nothing is None or found.swallowed:
        return []
    line, column = found.nothing
    fix = "Write the title, or remove the line: then the first heading is it."
    return [Problem(Position(path, line + 2, column + 1), "INP006", "This title holds nothing.", fix)]


def _unread(page: Source) -> Problem | None:
    """Return the problem of front matter that does not end, or of text that is taken for some."""
    at = Position(page.path)
    if lost := page.front.lost:
        shown = quoted(lost if len(lost) <= SHOWN else f"{lost[:SHOWN]}...")
        fix = "Write the page's title above it, or what is a setting between two lines `---`."
        return Problem(at, "INP006", f"MkDocs takes {shown} for a setting, so no reader sees it.", fix)
    if front.FRONT_RE.match(page.text) or not OPEN_RE.match(page.text):
        return None
    message = "This front matter is never closed, so it is text of the page."
    return Problem(at, "INP006", message, "Add a line `---` after its last line.")


def _foreign(text: str, path: str) -> Problem | None:
    """Return the problem of front matter that another program reads."""
    found = next(filter(None, (pattern.match(text) for pattern in FOREIGN)), None)
    if found is None:
        return None
    line = text[: found.start("marks")].count("\n") + 1
    message = f"MkDocs reads no front matter with `{found['marks']}`, so it is text of the page."
    fix = "Write it as YAML between two lines `---`, such as `title: ...`."
    return Problem(Position(path, line), "INP006", message, fix)


def repeated(text: str, path: str, *, depth: int = 0) -> list[Problem]:
    """Return the problems of keys that a file of YAML gives twice; ``depth`` is how deep a mapping has to be to be looked at."""
    return _repeated(quickyaml.repeated(text, depth), path, first=1)


def retyped(text: str, path: str) -> list[Problem]:
    """Return the problems of titles in the navigation, and of names, that the settings give and YAML reads otherwise."""
    try:
        root = quickyaml.compose(text)
    except (yaml.YAMLError, ValueError):
        return []
    names = quickyaml.below(root, "extra", "names")
    shown, rows = [*quickyaml.keys_in(quickyaml.below(root, "nav")), *quickyaml.values_of(names)], text.split("\n")
    said = [*shown, *(quickyaml.below(root, name) for name in SAID)]
    return [
        *_retyped((each for node in shown for each in quickyaml.retyped(node)), path, first=1),
        *_swallowed((each for node in said for each in quickyaml.swallowed(node, rows)), path, first=1),
    ]


def swallowed(text: str, path: str) -> list[Problem]:
    """Return the problems of words in a file of data that YAML takes for something else."""
    rows = text.split("\n")
    return _swallowed(
        (each for node in quickyaml.words_in(text) for each in quickyaml.swallowed(node, rows)), path, first=1
    )


def _swallowed(found: Iterable[quickyaml.Swallowed], path: str, *, first: int) -> list[Problem]:
    return [
        Problem(Position(path, each.line + first, each.column + 1), "INP006", SWALLOWED.format(*each), each.fix)
        for each in found
    ]


def _retyped(found: Iterable[quickyaml.Retyped], path: str, *, first: int) -> list[Problem]:
    problems = list[Problem]()
    for each in found:
        message, fix = f"`{each.written}` is read as `{each.read}`.", f'Put it in quotes: `"{each.written}"`.'
        if not each.read:
            message, fix = (
                "A list or a mapping stands here where text belongs.",
                "Write text, in quotes if it begins with a bracket.",
            )
        problems.append(Problem(Position(path, each.line + first, each.column + 1), "INP006", message, fix))
    return problems


def _repeated(found: Iterable[quickyaml.Repeated], path: str, *, first: int) -> list[Problem]:
    message, fix = "`{}` is given again here, and nobody reads the first.", "Keep one of them."
    return [
        Problem(Position(path, line + first, column + 1), "INP006", message.format(key), fix)
        for key, line, column in found
    ]


def _folder_as_page(at: Position) -> Problem:
    message = f"`{at.path}` is a folder, and named like a page."
    return Problem(at, "INP001", message, "Rename the folder, without `.md`.")


def _page_as_asset(at: Position) -> Problem:
    message = f"`{at.path}` is copied as it is: the end of its name makes no page."
    return Problem(at, "INP001", message, "Rename the file: a page ends in `.md`, in small letters.")


def _loop(at: Position) -> Problem:
    message = f"`{at.path}` leads to a folder above itself, which MkDocs would follow without end."
    return Problem(at, "INP004", message, "Remove the link.")


def _unreadable(at: Position) -> Problem:
    message = f"`{at.path}` cannot be read."
    return Problem(at, "INP003", message, "Give it back to this user, mend where it links to, or remove it.")


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    before = data[: error.start].decode("utf-8-sig", errors="replace")
    line = before.count("\n") + 1
    column = len(before.rpartition("\n")[2]) + 1
    byte = data[error.start]
    fix = "Save the file as UTF-8."
    return Problem(Position(path, line, column), "INP002", f"The byte {byte:#04x} is not UTF-8.", fix)
