"""Files of a project that are to be changed: read exactly, and written all or none.

read(paths, ...)      -> their texts, or for each that cannot be changed the reason
write(texts, known)   -> every file, or an error and every file as it was
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STAGED = ".studyguide"
ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class NotMendedError(Exception):
    """Nothing was changed: the message says which files stand in the way, and why."""

    def __init__(self, reasons: Iterable[str]) -> None:
        super().__init__("\n".join(reasons))


def read(paths: Mapping[str, Path], roots: Iterable[Path]) -> dict[str, str]:
    """Return the text of every file that is there, by the name it goes by.

    Raise NotMendedError if one of them may not be changed: it is not UTF-8, cannot be written, or is outside ``roots``.
    """
    inside = [root.resolve() for root in roots]
    texts, reasons = dict[str, str](), list[str]()
    for name, path in sorted(paths.items()):
        if reason := _refusal(path, inside):
            reasons.append(f"{name} {reason}.")
        elif path.exists():
            try:
                texts[name] = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                reasons.append(f"{name} holds a byte that is not UTF-8, on line {line}.")
            except OSError as error:
                reasons.append(f"{name} cannot be read: {error.strerror}.")
    if reasons:
        raise NotMendedError(reasons)
    return texts


def _refusal(path: Path, inside: Iterable[Path]) -> str:
    """Return why a file is not to be written, "" if it is."""
    target = path.resolve()
    if not any(target.is_relative_to(root) for root in inside):
        return f"leads out of the project, to {target}"
    if not target.exists():
        folder = next(parent for parent in target.parents if parent.exists())
        return "" if folder.is_dir() and _is_writable(folder) else f"cannot be made: {folder} takes no files"
    if not target.is_file():
        return "is not a file"
    return "" if _is_writable(target) and _is_writable(target.parent) else "is write-protected"


def _is_writable(path: Path) -> bool:
    # Who may do anything is still told by the mode that a file is not to be changed.
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & ANY_WRITE)


def write(texts: Mapping[Path, str], known: Mapping[Path, str]) -> None:
    """Write every file or none: each is written beside its place first, and put there once all of them are.

    ``known`` are the texts of those that were read: what is not as it was then is somebody's work, and stays.
    """
    targets = {path.resolve(): text for path, text in texts.items()}
    before = {path: path.read_bytes() if path.exists() else None for path in targets}
    read = {path.resolve(): text.encode("utf-8") for path, text in known.items()}
    if changed := [path for path, content in before.items() if content != read.get(path)]:
        raise NotMendedError(f"{path} was changed meanwhile: run this again." for path in changed)
    made = [folder for path in targets for folder in path.parents if not folder.exists()]
    staged = {path: path.with_name(f".{path.name}{STAGED}") for path in targets}
    done = list[Path]()
    try:
        for path, text in targets.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path].write_bytes(text.encode("utf-8"))
            if path.exists():
                shutil.copymode(path, staged[path])
        for path, file in staged.items():
            done.append(path)
            file.replace(path)
    except OSError as error:
        _undo(before, done, staged.values(), made)
        raise NotMendedError([f"{error.filename} cannot be written: {error.strerror}."]) from error


def _undo(before: Mapping[Path, bytes | None], done: Iterable[Path], staged: Iterable[Path], made: list[Path]) -> None:
    for path in done:
        content = before[path]
        with suppress(OSError):
            if content is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != content:
                path.write_bytes(content)
    for file in staged:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in sorted(made, reverse=True):
        with suppress(OSError):
            folder.rmdir()
