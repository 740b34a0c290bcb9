"""The folder of a served site: what a save leaves as it is stays there, instead of being removed and written anew.

MkDocs empties the folder before each build, and writes everything into it again. Here it stays as it is, each file is
written if it is made from something else than the last time, and what a build did not write goes when all is written.
A page is served with more in it than MkDocs wrote: that is known here as MkDocs wrote it, and as it is in the folder.
"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs import utils
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import Any

    # Puts a function in the place of another for as long as the memory lasts.
    Patch = Callable[[Any, str, Callable[..., Any]], None]


class Folder:
    """What is in the folder of a site that is built again and again in this process, and what it was made from."""

    def __init__(self) -> None:
        self._path = ""
        self._stays = False
        # By its path: what a file was written from, and a page that was filled since, as a hash of that.
        self._made: dict[str, Hashable] = {}
        self._filled: dict[str, bytes] = {}
        # What was there when the build began and was not written by it, each with what tells whether somebody else did.
        self._left: dict[str, tuple[int, ...]] = {}
        self._drafts: dict[str, str] = {}

    def start(self, path: str, *, stays: bool) -> None:
        """Begin a build into a folder, which is emptied as always unless what is there ``stays``."""
        if path != self._path or not stays:
            self.forget()
        self._path, self._stays, self._left, self._drafts = path, stays, {}, {}

    def forget(self) -> None:
        """Let the next build begin with an empty folder, for nobody knows what is in it after a build that failed."""
        self._made, self._filled = {}, {}

    def install(self, patch: Patch) -> None:
        """Stand in front of what empties the folder and what writes into it."""
        clean, write, copy = utils.clean_directory, utils.write_file, File.copy_file

        def cleaned(directory: str) -> None:
            if self._stays and self._made and directory == self._path:
                there = {path: _signed(path) for path in {*_files(directory), *self._made}}
                self._left = {path: signed for path, signed in there.items() if signed}
            else:
                clean(directory)

        def written(content: bytes, output_path: str) -> None:
            if not self._claims(output_path, content):
                _make_room(output_path)
                write(content, output_path)

        def copied(file: File, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as MkDocs has it
            source = file.abs_src_path
            made_from = (source, *_signed(source)) if source else file.content_bytes
            if dirty or not self._claims(file.abs_dest_path, made_from):
                _make_room(file.abs_dest_path)
                copy(file, dirty)

        patch(utils, "clean_directory", cleaned)
        patch(utils, "write_file", written)
        patch(File, "copy_file", copied)

    def _claims(self, path: str, made_from: Hashable) -> bool:
        """Return whether a file that this build writes is there already, made from the same."""
        was_there, same = self._left.pop(path, None), self._made.get(path) == made_from
        if self._stays:
            self._made[path] = made_from
        if same and was_there is not None:
            return True
        self._filled.pop(path, None)
        return False

    def sweep(self) -> None:
        """Remove what the build before has left and this one did not write."""
        for path, signed in self._left.items():
            if _signed(path) == signed:
                os.unlink(path)  # noqa: PTH108 - a path as MkDocs has it
            self._made.pop(path, None)
            self._filled.pop(path, None)
        self._left = {}

    def bare(self, path: str) -> bytes | None:
        """Return a page as MkDocs wrote it, None where the file in the folder is that."""
        made_from = self._made.get(path) if path in self._filled else None
        return made_from if isinstance(made_from, bytes) else None

    def aside(self, folder: Path) -> dict[str, bytes]:
        """Return the pages that hold more in a site's folder than MkDocs wrote, as it wrote them, by their names there."""
        pages = {path: self.bare(path) for path in self._filled}
        return {
            os.path.relpath(path, folder).replace(os.sep, "/"): page for path, page in pages.items() if page is not None
        }

    def strip(self, paths: Iterable[str]) -> None:
        """Let pages be in the folder as MkDocs wrote them, for who reads them there."""
        for path in paths:
            if (page := self.bare(path)) is not None:
                Path(path).write_bytes(page)
                del self._filled[path]

    def read(self, path: Path) -> str:
        """Return a page as far as it is filled in this build."""
        name = str(path)
        if name not in self._drafts:
            self._drafts[name] = (self.bare(name) or path.read_bytes()).decode("utf-8", errors="replace")
        return self._drafts[name]

    def write(self, path: Path, html: str) -> None:
        """Fill a page; it is in the folder when all of them are ``settled``."""
        self._drafts[str(path)] = html

    def settle(self) -> None:
        """Write the pages that are not in the folder as they are filled now."""
        for path in self._filled.keys() - self._drafts:
            self.read(Path(path))
        for path, html in self._drafts.items():
            data = html.encode("utf-8")
            now = sha256(data).digest()
            if self._filled.get(path) != now:
                Path(path).write_bytes(data)
            if isinstance(self._made.get(path), bytes):
                self._filled[path] = now
            else:
                self._made.pop(path, None)  # a file that was copied is copied again, for its marks are gone
        self._drafts = {}


def _files(directory: str) -> list[str]:
    """Return the files that MkDocs would remove from a folder."""
    files = (os.path.join(folder, name) for folder, _, names in os.walk(directory) for name in names)  # noqa: PTH118
    return [file for file in files if not os.path.relpath(file, directory).startswith(".")]


def _signed(path: str) -> tuple[int, ...]:
    """Return what tells a file from one that was written since, whatever time it says it is of."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _make_room(path: str) -> None:
    """Remove a folder of the build before where a file is to be, or a file where a folder of it is to be."""
    if os.path.isdir(path):  # noqa: PTH112
        shutil.rmtree(path)
    else:
        folder = next(each for each in Path(path).parents if each.exists())
        if not folder.is_dir():
            folder.unlink()
