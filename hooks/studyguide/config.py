"""The few settings of ``mkdocs.yml`` that a check of the built site needs, read without MkDocs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
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
class Config:
    """Where the pages are, how the site addresses them, and in which order they are read."""

    root: Path
    docs: Path
    site_url: str
    directory_urls: bool
    nav: tuple[str, ...]

    def url(self, path: str) -> str:
        """Return the address MkDocs gives the page at ``path`` below docs."""
        folder, _, name = path.removesuffix(".md").rpartition("/")
        start = f"{folder}/" if folder else ""
        if name.lower() in ("index", "readme"):
            return start if self.directory_urls else f"{start}index.html"
        return f"{start}{name}/" if self.directory_urls else f"{start}{name}.html"

    def pages(self) -> list[str]:
        """Return the path of every page: those in nav in its order, then the others."""
        written = sorted(path.relative_to(self.docs).as_posix() for path in self.docs.rglob("*.md"))
        return list(dict.fromkeys([*(path for path in self.nav if path in written), *written]))


def read(file: Path) -> Config:
    """Read ``mkdocs.yml``; raise ConfigError if it cannot be."""
    values = _values(file)
    offline = any(
        isinstance(plugin, dict) and (plugin.get("offline") or {}).get("enabled") in (True, "true")
        for plugin in values.get("plugins") or ()
    )
    root = file.resolve().parent
    return Config(
        root=root,
        docs=root / (values.get("docs_dir") or "docs"),
        site_url=values.get("site_url") or "",
        directory_urls=bool(values.get("use_directory_urls", True)) and not offline,
        nav=tuple(_paths(values.get("nav") or [])),
    )


def _values(file: Path) -> dict[str, Any]:
    """Return the settings of a file, with those it inherits."""
    try:
        values = _Loader(file.read_text("utf-8")).get_single_data()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{file}: {error}"
        raise ConfigError(message) from error
    if not isinstance(values, dict):
        message = f"{file} is not a mapping of settings."
        raise ConfigError(message)
    return {**_values(file.parent / values["INHERIT"]), **values} if "INHERIT" in values else values


def _paths(nav: Any) -> list[str]:
    """Return the Markdown paths of a nav, in order, at any depth."""
    if isinstance(nav, str):
        return [nav] if nav.endswith(".md") else []
    items = nav.values() if isinstance(nav, dict) else nav or ()
    return [path for item in items for path in _paths(item)]
