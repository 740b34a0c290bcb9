"""MkDocs' events, in the order they fire, each handed to the study guide's engine.

No logic lives here: ``studyguide`` does the work and knows nothing of MkDocs. MkDocs keeps this module
for all rebuilds of ``mkdocs serve``, so everything a build knows starts afresh in ``on_config``.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from studyguide.checks.site import read_site
from studyguide.directives.figure import as_fences
from studyguide.figures import Studio, UnknownEngineError, tikz_engine
from studyguide.guide import Guide
from studyguide.reports.text import summary

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# Warnings on a logger of MkDocs' own are what `--strict` counts.
log = logging.getLogger("mkdocs.hooks.studyguide")
SOURCES = "reference/sources.yml"
CITATIONS = "studyguide.directives.citation:CitationExtension"
COLOURS = "assets/css/figures.css"


class _Build:
    """What this process keeps: the engines of the figures for good, the guide for one build."""

    studio: Studio | None = None
    guide: Guide
    pages: dict[str, Page]
    dirty = False


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _Build.dirty = dirty


def on_config(config: MkDocsConfig) -> None:
    root = Path(config.config_file_path).parent
    if _Build.studio is None:
        try:
            _Build.studio = Studio(root / ".cache" / "figures", tikz=tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", "")))
        except UnknownEngineError as error:
            raise PluginError(str(error)) from error
    docs = Path(config.docs_dir)
    _Build.guide = Guide(_Build.studio, prefix=f"{os.path.relpath(docs, root)}/")
    _Build.pages = {}
    if (docs / SOURCES).is_file():
        _Build.guide.read_sources((docs / SOURCES).read_text("utf-8"), f"{os.path.relpath(docs, root)}/{SOURCES}")
    config.markdown_extensions.append(CITATIONS)
    as_fences(config.mdx_configs.setdefault("pymdownx.superfences", {}))
    # Links and anchors are checked here, on the rendered pages, with lines and columns.
    for kind in ("not_found", "anchors", "unrecognized_links", "absolute_links"):
        config.validation.links[kind] = logging.DEBUG
    # No page holds a diagram that a browser must draw, so mermaid2 must not parse each again to look for one.
    if mermaid2 := config.plugins.get("mermaid2"):
        config.plugins.events["post_page"] = [
            m for m in config.plugins.events["post_page"] if getattr(m, "__self__", None) is not mermaid2
        ]


def on_nav(nav: Navigation, *, files: Files, **_: object) -> None:
    others = [file.page for file in files.documentation_pages() if file.page]
    _Build.pages = {page.file.src_uri: page for page in [*nav.pages, *others]}


def on_page_markdown(_markdown: str, *, page: Page, **_: object) -> str:
    return _Build.guide.read(page.file.src_uri, page.file.content_string)


def on_env(_env: Environment, *, config: MkDocsConfig, files: Files) -> None:
    contents = {path: page.content for path, page in _Build.pages.items() if page.content is not None}
    _Build.guide.number(contents)
    _Build.guide.connect({path: _Build.pages[path].url for path in contents}, contents)
    for path in contents:
        _Build.pages[path].content = _Build.guide.place(path)
    files.append(File.generated(config, COLOURS, content=_Build.guide.stylesheet()))


def on_post_build(config: MkDocsConfig) -> None:
    urls = {path: page.url for path, page in _Build.pages.items()}
    site = read_site(Path(config.site_dir), urls, config.site_url or "")
    problems = _Build.guide.check(site, Path(config.docs_dir))
    for problem in problems:
        log.warning(str(problem))
    partial = "Partial check: --dirty reads changed pages only. " if _Build.dirty else ""
    log.info("%s%s", partial, summary(problems, _Build.guide.checked(site)))


def on_shutdown() -> None:
    if _Build.studio:
        _Build.studio.close()
        _Build.studio = None
