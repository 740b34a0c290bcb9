"""What MkDocs says of a project: its settings as loaded, and every page and file of its site.

Nobody here works any of it out. The glue fills these values in while MkDocs builds, the receipt keeps them in the
site, and a check of a built site reads them there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studyguide.model import Position

TEMPLATES = frozenset([".html", ".htm", ".xml"])


@dataclass(frozen=True, slots=True)
class Project:
    """A project's settings, as MkDocs loaded them.

    ``settings`` are the texts of its settings' files, by the names that problems print, ``mkdocs.yml`` first and then
    what it inherits; ``directives`` says whether our directives are read in
    this build: only then are they, and what needs them, checked. ``theme`` is the theme's ``custom_dir``, as a path
    from the root, "" where there is none; ``whole_nav`` whether the project wants a warning for a page outside the navigation,
    ``directory_urls`` how MkDocs makes an address of a page's name, and ``from_docs`` whether it takes an address in
    Markdown that begins with a slash for one from the folder of docs.
    """

    root: Path
    docs: Path
    settings: Mapping[str, str] = field(default_factory=lambda: {"mkdocs.yml": ""})
    site_url: str = ""
    directives: bool = False
    whole_nav: bool = False
    directory_urls: bool = True
    theme: str = ""
    from_docs: bool = False

    @property
    def name(self) -> str:
        """The name of the file of settings."""
        return next(iter(self.settings))

    @property
    def prefix(self) -> str:
        """What problems print before the path of a file below docs."""
        return f"{os.path.relpath(self.docs, self.root)}/".replace(os.sep, "/")

    @property
    def templates(self) -> str:
        """The theme's own folder as a path below docs, "" where it is not there."""
        return f"{self.theme}/".removeprefix(self.prefix) if f"{self.theme}/".startswith(self.prefix) else ""

    def own_templates(self) -> list[str]:
        """Return the templates in the theme's own folder, by their paths from the root."""
        files = sorted((self.root / self.theme).rglob("*")) if self.theme else []
        return [os.path.relpath(file, self.root).replace(os.sep, "/") for file in files if file.suffix in TEMPLATES]

    def own_scripts(self) -> list[str]:
        """Return the scripts in the theme's own folder, as the site has them."""
        theme = self.root / self.theme
        return [file.relative_to(theme).as_posix() for file in sorted(theme.rglob("*.js"))] if self.theme else []

    def is_template(self, path: str) -> bool:
        """Return whether a file below docs is one of the theme's: MkDocs copies it, and nobody reads it."""
        return bool(self.templates) and path.startswith(self.templates)

    def former_address(self, path: str) -> str:
        """Return the address that a page had which is gone: MkDocs knows those of the others alone."""
        folder, _, name = path.rpartition("/")
        name = name.rpartition(".")[0] or name
        start = f"{folder}/" if folder else ""
        if name.lower() in ("index", "readme"):
            return start if self.directory_urls else f"{start}index.html"
        return f"{start}{name}/" if self.directory_urls else f"{start}{name}.html"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the site: ``path`` is its name below docs, as MkDocs has it.

    ``url`` is its address, relative to the site's root and not quoted, ``file`` its file there. ``source`` is what
    problems print: the file that somebody wrote, below the project's root, or a name in angle brackets where a plugin,
    ``made_by``, made the page. ``outside`` says that the navigation should have it and does not.
    """

    path: str
    url: str
    file: str
    source: str
    made_by: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in the navigation of a page that nobody has, or of a section that has none, and where it is written."""

    path: str
    position: Position


@dataclass(frozen=True)
class Listing:
    """The site as MkDocs lists it.

    ``pages`` are in reading order: those of the navigation in its order, then the others. ``files`` maps every other
    file below docs to its file in the site; ``missing`` are the entries of the navigation that lead to no page, ``empty`` its sections without any;
    ``others`` are files of the site that the theme makes; ``syntax`` names the parts of the Markdown parser that are on,
    such as "footnotes" and "snippets", and the fences that it makes something else of than code, such as "fence mermaid".
    """

    pages: tuple[Listed, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Entry, ...] = ()
    empty: tuple[Entry, ...] = ()
    others: frozenset[str] = frozenset()
    syntax: frozenset[str] = frozenset()

    @cached_property
    def page(self) -> Mapping[str, Listed]:
        """Every page by its path below docs."""
        return {page.path: page for page in self.pages}

    @cached_property
    def written(self) -> frozenset[str]:
        """The files of the site before the guide adds its own."""
        return self.others.union(self.files.values(), (page.file for page in self.pages))

    @cached_property
    def urls(self) -> Mapping[str, str]:
        """The address of every page by its path below docs."""
        return {page.path: page.url for page in self.pages}


def fence_of(language: str) -> str:
    """Return what the syntax of a listing calls the fences of a language."""
    return f"fence {language}"
