"""What MkDocs knows of a project and its site, as the engine's values."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import markdown
from pymdownx.superfences import SuperFencesBlockPreprocessor
from studyguide.listing import Entry, Listed, Listing, Project, fence_of
from studyguide.text import inputs, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# What a part of the parser registers, where it is on.
SYNTAX = {
    "abbreviations": "abbr", "admonitions": "admonition", "attributes": "attr_list", "blocks": "blocks",
    "definitions": "deflist", "emoji": "emoji", "folds": "details", "footnotes": "footnote", "keys": "keys", "snippets": "snippet", "tabs": "tabbed",
}  # fmt: skip


def project_of(config: MkDocsConfig, *, directives: bool) -> Project:
    """Return the settings that MkDocs has loaded; ``directives`` says whether ours are read in this build."""
    file = Path(config.config_file_path).resolve()
    return Project(
        root=file.parent,
        docs=Path(config.docs_dir),
        settings=settings.read(file),
        site_url=config.site_url or "",
        directives=directives,
        whole_nav=config.nav is not None and config.validation.nav.omitted_files >= logging.WARNING,
        directory_urls=config.use_directory_urls,
        theme=_from(file.parent, config.theme.custom_dir),
        from_docs=is_from_docs(config.validation.links.absolute_links),
    )


def is_from_docs(level: int) -> bool:
    """Return whether a level of the log is none: MkDocs says so where addresses that begin with a slash are from docs."""
    return level < logging.NOTSET


def listing_of(project: Project, config: MkDocsConfig, files: Files, nav: Navigation) -> Listing:
    """Return the site as MkDocs lists it, once every plugin has added its files."""
    named = {page.file.src_uri for page in nav.pages}
    return Listing(
        pages=tuple(
            _listed(page, project, outside=page.file.src_uri not in named and page.file.inclusion.is_in_nav())
            for page in pages_of(files, nav)
        ),
        files={file.src_uri: file.dest_uri for file in files if _is_own(file, config)},
        missing=tuple(Entry(path, settings.place(project.settings, "nav", path)) for path in _missing(nav, config)),
        empty=tuple(
            Entry(title, place)
            for title in _empty(nav.items)
            # What a plugin has emptied is its affair.
            if (place := settings.emptied(project.settings, "nav", title))
        ),
        others=frozenset([*config.theme.static_templates, *config.extra_templates]),
        syntax=_syntax(config),
    )


def pages_of(files: Files, nav: Navigation) -> list[Page]:
    """Return every page in reading order: those of the navigation, then the others."""
    found = {page.file.src_uri: page for page in nav.pages}
    others = {file.src_uri: file.page for file in files.documentation_pages() if file.page}
    return list((found | others).values())


def part_of(page: Page) -> str:
    """Return the part of the guide that a page is in: its section of the navigation, the outermost; "" where none is."""
    return next((str(section.title) for section in reversed([*page.ancestors])), "")


def names_of(config: MkDocsConfig) -> dict[str, str]:
    """Return the names that the settings give, for pages and settings to use."""
    names = config.extra.get("names")
    return {str(name): str(value) for name, value in names.items()} if isinstance(names, dict) else {}


def source_of(file: File, project: Project) -> str:
    """Return what problems print for a page: its file below the project's root, or its name and who made it."""
    path = file.abs_src_path
    if file.generated_by and not (path and inputs.is_file(path) and _is_below(path, project.root)):
        return f"<{file.generated_by}>/{file.src_uri}"
    return os.path.relpath(path, project.root).replace(os.sep, "/") if path else project.prefix + file.src_uri


def _listed(page: Page, project: Project, *, outside: bool) -> Listed:
    file = page.file
    return Listed(
        path=file.src_uri,
        url=unquote(page.url),
        file=file.dest_uri,
        source=source_of(file, project),
        made_by=file.generated_by or "",
        outside=outside,
    )


def _is_own(file: File, config: MkDocsConfig) -> bool:
    """Return whether this is a file of the project's docs that the site gets, and no page."""
    return (
        not file.is_documentation_page()
        and file.inclusion.is_included()
        and file.src_dir is not None
        and os.path.normpath(file.src_dir) == os.path.normpath(config.docs_dir)
    )


def _missing(nav: Navigation, config: MkDocsConfig) -> Iterable[str]:
    """Yield what the navigation names as a page of this site and MkDocs did not find."""
    from_docs = is_from_docs(config.validation.nav.absolute_links)
    for address in _links(nav.items):
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc and parts.path and (from_docs or not address.startswith("/")):
            yield address


def _links(items: Iterable[Any]) -> Iterable[str]:
    """Yield the address of every entry of the navigation that is neither a page nor a section."""
    for item in items:
        if item.is_link:
            yield item.url or ""
        yield from _links(item.children or ())


def _empty(items: Iterable[Any]) -> Iterable[str]:
    """Yield the title of every section of the navigation that has nothing in it."""
    for item in items:
        if item.is_section and not item.children:
            yield str(item.title)
        yield from _empty(item.children or ())


def _syntax(config: MkDocsConfig) -> frozenset[str]:
    parser = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    registries = (parser.preprocessors, parser.parser.blockprocessors, parser.inlinePatterns, parser.treeprocessors)
    known = {name for name, mark in SYNTAX.items() if any(mark in registry for registry in registries)}
    blocks = [each for each in parser.preprocessors if isinstance(each, SuperFencesBlockPreprocessor)]
    return frozenset(known | {fence_of(each["name"]) for block in blocks for each in block.extension.superfences})


def _from(root: Path, folder: str | None) -> str:
    """Return a folder as a path from the project's root, "" if there is none."""
    return os.path.relpath(folder, root).replace(os.sep, "/") if folder else ""


def _is_below(path: str, root: Path) -> bool:
    return Path(path).resolve().is_relative_to(root)
