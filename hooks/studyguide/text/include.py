"""What pages include, as ``pymdownx.snippets`` takes it in: each line with its own place, and none that ends a build.

That extension opens what is there, passes over what is not, and lets bytes that are no text stop MkDocs with a
traceback. Here it reads files as the guide does, and what it cannot include is a problem where it is asked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from pymdownx.snippets import SnippetExtension, SnippetPreprocessor

from studyguide.model import Problem
from studyguide.near import did_you_mean
from studyguide.text import inputs, marks
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown

    from studyguide.model import Position


class Includer(Protocol):
    """Who knows the page that includes something."""

    def place(self, mark: str) -> Position:
        """Return the place of a mark."""

    def include(self, file: Path, mark: str) -> list[str]:
        """Return the lines of a file that the page includes where a mark says, marked."""

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep what is wrong."""


class Inclusions(SnippetPreprocessor):  # type: ignore[misc]
    """Takes files into a page."""

    def __init__(self, config: dict[str, Any], md: Markdown, page: Includer) -> None:
        super().__init__(config, md)
        self.check_paths = False
        self._page = page
        self._asked, self._mark = "", ""

    def parse_snippet_target(self, path: str) -> dict[str, Any] | None:
        """Return what is to be included; from here to the next, that is what is asked for."""
        self._asked = marks.strip(path)
        self._mark = path if self._asked != path else self._mark
        target: dict[str, Any] | None = super().parse_snippet_target(self._asked)
        if target is None:
            self._report(f"There is no file `{self._asked}` to include.", "Give its path below docs.")
        return target

    def get_snippet_path(self, path: str) -> str | None:
        """Return where the file is."""
        found: str | None = super().get_snippet_path(path)
        if found is None or not inputs.is_file(found):
            found = None
            fix = "Give its path below docs; nothing outside can be included."
            if meant := self._meant(path):
                fix = f"Write `{meant}`: a path begins at the `base_path` of `pymdownx.snippets`."
            self._report(f"There is no file `{self._asked}` to include.", fix)
        elif found in self.seen:
            self._report(f"`{path}` includes itself here, which would never end.", "Remove this line.")
        return found

    def _meant(self, path: str) -> str:
        """Return the path below a base of a file that is named from the page's folder, or from one above that; "" for none."""
        page = Path(self._page.place(self._mark).path)
        for base in map(Path, self.base_path):
            for folder in (root / above for root in (base, base.parent) for above in page.parents):
                file = Path(os.path.normpath(folder / path))
                if file.is_relative_to(base) and inputs.is_file(file):
                    return file.relative_to(base).as_posix()
        return ""

    def read_lines(self, path: str) -> list[str]:
        """Return the lines of a file."""
        return self._page.include(Path(path), self._mark)

    def extract_section(self, section: str, lines: list[str]) -> list[str]:
        """Return the lines of a section."""
        names = [m["name"] for line in lines if (m := self.match_section(line)) and m["type"].lower() == "start"]
        if section not in names:
            fix = f"{did_you_mean(section, names)}Mark it there: `--8<-- [start:{section}]`."
            path = self._asked.removesuffix(f":{section}")
            self._report(f"`{path}` has no section `{section}` to include.", fix)
        found = cast("list[str]", super().extract_section(section, lines))
        return self._with_text(found, lines) if section in names else found

    def extract_lines(self, start: list[int | None], end: list[int | None], lines: list[str]) -> list[str]:
        """Return the lines of some numbers."""
        return self._with_text(super().extract_lines(start, end, lines), lines)

    def _with_text(self, found: list[str], lines: list[str]) -> list[str]:
        """Return what is asked for of a file; that none of it says anything is a problem, unless nothing in the file does."""
        if any(map(_says, lines)) and not any(map(_says, found)):
            fix = "Name lines or a section of the file that have text."
            self._report(f"There is no text at `{self._asked}` to include.", fix)
        return found

    def _report(self, message: str, fix: str) -> None:
        self._page.report([Problem(self._page.place(self._mark), "SNP001", message, fix)])


def _says(line: str) -> bool:
    """Return whether a marked line has text."""
    return bool(marks.strip(line).strip())


def install(md: Markdown, page: Includer) -> None:
    """Make inclusions ours, where the site has them."""
    for extension in md.registeredExtensions:
        if isinstance(extension, SnippetExtension):
            md.preprocessors.register(Inclusions(extension.getConfigs(), md, page), "snippet", 32)


def as_written(source: Source, docs: Path, prefix: str) -> list[Source]:
    """Return the files below docs that a page names in a line of its own, and those that they name.

    Where our syntax is not read, nothing says what the parser really includes.
    """
    found, waiting = dict[str, Source](), [name for name, _ in source.snippets]
    while waiting:
        name = waiting.pop(0).partition(":")[0]
        file = os.path.normpath(docs / name)
        if name not in found and inputs.is_file(file) and Path(file).is_relative_to(docs):
            found[name] = Source(prefix + name, inputs.read(Path(file), prefix + name)[0])
            waiting += [inner for inner, _ in found[name].snippets]
    return list(found.values())
