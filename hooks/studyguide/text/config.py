"""The few settings of ``mkdocs.yml`` that a check of the built site needs, read without MkDocs."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from pathspec import GitIgnoreSpec

from studyguide.model import Position
from studyguide.text import inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class ConfigError(Exception):
    """The settings cannot be read: the message says where and why."""


class _Loader(yaml.SafeLoader):
    """Reads MkDocs' own tags: ``!ENV`` as the environment says, any other as nothing."""


def _env(loader: _Loader, node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
        return next((os.environ[str(name)] for name in names if str(name) in os.environ), default)
    return os.environ.get(str(node.value))


_Loader.add_constructor("!ENV", _env)
_Loader.add_multi_constructor("", lambda *_: None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that the navigation names, and where it does."""

    path: str
    position: Position


@dataclass(frozen=True, slots=True)
class Config:
    """What a check of the built site must know of ``mkdocs.yml``.

    ``ours`` says whether the project is built with our hook: only then are its pages read for directives.
    ``hidden`` and ``outside`` are the patterns of ``exclude_docs`` with ``draft_docs``, and ``not_in_nav``;
    ``templates`` is the theme's ``custom_dir``, as a path below docs, where it is one; ``extensions`` are
    the names of the Markdown extensions.
    """

    root: Path
    docs: Path
    site_url: str
    directory_urls: bool
    nav: tuple[Entry, ...] = ()
    ours: bool = False
    whole_nav: bool = False
    hidden: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    text: str = ""
    name: str = "mkdocs.yml"
    templates: str = ""
    extensions: frozenset[str] = frozenset()

    @property
    def prefix(self) -> str:
        """What problems print before the path of a file below docs."""
        return f"{os.path.relpath(self.docs, self.root)}/".replace(os.sep, "/")

    def url(self, path: str) -> str:
        """Return the address MkDocs gives the page at ``path`` below docs."""
        folder, _, name = path.rpartition("/")
        name = name.rpartition(".")[0] or name
        start = f"{folder}/" if folder else ""
        if name.lower() in ("index", "readme"):
            return start if self.directory_urls else f"{start}index.html"
        return f"{start}{name}/" if self.directory_urls else f"{start}{name}.html"

    def order(self, pages: Iterable[str]) -> list[str]:
        """Return the pages in reading order: those in nav in its order, then the others."""
        written = dict.fromkeys(pages)
        return list(dict.fromkeys([*(entry.path for entry in self.nav if entry.path in written), *written]))

    def pages(self) -> list[str]:
        """Return the path of every page, in reading order."""
        return self.order(inputs.walk(self.docs, self.prefix).pages)

    def hides(self, path: str) -> bool:
        """Return whether MkDocs leaves this file out of the site."""
        dotted = any(part.startswith(".") for part in path.split("/"))
        if self.is_template(path):
            return True
        return dotted or path.startswith("templates/") or _matches(self.hidden, path)

    def is_template(self, path: str) -> bool:
        """Return whether a file below docs is one of the theme's: MkDocs copies it, and nobody reads it."""
        return bool(self.templates) and path.startswith(self.templates)

    def may_be_outside(self, path: str) -> bool:
        """Return whether the project says that this page need not be in the navigation."""
        return _matches(self.outside, path)


def _matches(patterns: tuple[str, ...], path: str) -> bool:
    return GitIgnoreSpec.from_lines(patterns).match_file(path) if patterns else False


def read(file: Path) -> Config:
    """Read ``mkdocs.yml``; raise ConfigError if it cannot be."""
    values, nav = _values(file)
    root = file.resolve().parent
    plugins = values.get("plugins") or ()
    offline = any(
        isinstance(plugin, dict)
        and isinstance(plugin.get("offline"), dict)
        and plugin["offline"].get("enabled") in (True, "true")
        for plugin in (plugins if isinstance(plugins, list) else ())
    )
    return Config(
        root=root,
        docs=root / str(values.get("docs_dir") or "docs"),
        site_url=str(values.get("site_url") or ""),
        directory_urls=bool(values.get("use_directory_urls", True)) and not offline,
        nav=tuple(nav),
        ours=any(_is_our_hook(root / str(hook)) for hook in values.get("hooks") or ()),
        whole_nav=_level(values, "nav", "omitted_files") == "warn",
        hidden=_patterns(values, "exclude_docs") + _patterns(values, "draft_docs"),
        outside=_patterns(values, "not_in_nav"),
        text=file.read_text("utf-8", errors="replace"),
        name=file.name,
        extensions=_names(values.get("markdown_extensions")),
        templates=_below(root, str(values.get("docs_dir") or "docs"), values.get("theme")),
    )


def _names(extensions: object) -> frozenset[str]:
    """Return what is enabled in a list of names, or of names with their options, or in a mapping of those."""
    items = extensions if isinstance(extensions, list | dict) else []
    return frozenset(str(next(iter(item), "")) if isinstance(item, dict) else str(item) for item in items)


def _below(root: Path, docs: str, theme: object) -> str:
    """Return the folder of the theme's own templates below docs, "" if it is not there."""
    folder = str(theme.get("custom_dir") or "") if isinstance(theme, dict) else ""
    path = os.path.relpath(root / folder, root / docs).replace(os.sep, "/") if folder else ".."
    return "" if path.startswith("..") else f"{path}/"


def _is_our_hook(file: Path) -> bool:
    try:
        return "from studyguide_mkdocs." in file.read_text("utf-8", errors="replace")
    except OSError:
        return False


def _level(values: dict[str, Any], *keys: str) -> object:
    found: Any = values.get("validation")
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _patterns(values: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(line for line in str(values.get(key) or "").splitlines() if line.strip())


def _values(file: Path, *, inherited: bool = False) -> tuple[dict[str, Any], list[Entry]]:
    """Return the settings of a file with those it inherits, and the pages its navigation names."""
    try:
        text = file.read_text("utf-8")
        loader = _Loader(text)
        root = loader.get_single_node()
        values = loader.construct_document(root) if root else None
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        message = f"{file}: {error}"
        raise ConfigError(message) from error
    if values is None and inherited:  # nothing but comments
        return {}, []
    if not isinstance(values, dict) or root is None:
        message = f"{file} is not a mapping of settings."
        raise ConfigError(message)
    nav = [entry for key, node in root.value if key.value == "nav" for entry in _entries(node, file.name)]
    if "INHERIT" in values:
        more, theirs = _values(file.parent / str(values["INHERIT"]), inherited=True)
        return {**more, **values}, nav or theirs
    return values, nav


def _entries(node: yaml.Node, name: str) -> Iterator[Entry]:
    """Yield the Markdown paths of a nav, in order, at any depth."""
    if isinstance(node, yaml.ScalarNode):
        if str(node.value).endswith(".md"):
            mark = node.start_mark
            yield Entry(posixpath.normpath(node.value), Position(name, mark.line + 1, mark.column + 1))
    else:
        pairs = node.value if isinstance(node, yaml.SequenceNode) else [value for _, value in node.value]
        for child in pairs:
            yield from _entries(child, name)
