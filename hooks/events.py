"""MkDocs' events, in the order they fire, each handed to the study guide's engine.

No logic lives here: ``studyguide`` does the work and knows nothing of MkDocs. MkDocs keeps this module
for all rebuilds of ``mkdocs serve``, so everything a build knows starts afresh in ``on_config``.
"""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from rebuild import Memory
from studyguide.directives.figure import as_fences
from studyguide.exports import finish
from studyguide.figures import Studio, UnknownEngineError, tikz_engine
from studyguide.guide import Guide
from studyguide.published.history import History
from studyguide.reports.text import delta, render, summary
from studyguide.site.site import read_site
from studyguide.text import config as settings

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from studyguide.reports.report import Report

# Warnings on a logger of MkDocs' own are what `--strict` counts.
log = logging.getLogger("mkdocs.hooks.studyguide")
EXTENSIONS = ["studyguide.directives.citation:CitationExtension", "studyguide.text.include:IncludeExtension"]
COLOURS = "assets/css/figures.css"


class _Build:
    """What this process keeps: the engines of the figures for good, the guide for one build."""

    studio: Studio | None = None
    memory: Memory | None = None
    guide: Guide
    history: History
    pages: dict[str, Page]
    texts: dict[str, str]
    last: Report | None = None
    dirty = serving = False


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _Build.dirty, _Build.serving = dirty, command == "serve"
    if _Build.serving and _Build.memory is None:
        _Build.memory = Memory()
        _Build.memory.install()


def on_config(config: MkDocsConfig) -> None:
    project = settings.read(Path(config.config_file_path))
    if _Build.studio is None:
        try:
            engine = tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", ""))
        except UnknownEngineError as error:
            raise PluginError(str(error)) from error
        _Build.studio = Studio(project.root / ".cache" / "figures", tikz=engine)
    _Build.history = History(project.root)
    _Build.guide = Guide(_Build.studio, project, memory=_Build.history)
    _Build.pages, _Build.texts = {}, {}
    if loops := _Build.guide.loops():
        raise PluginError("\n\n".join(render(loop, {}) for loop in loops))
    if _Build.memory:
        _Build.memory.start(config)
    config.markdown_extensions += EXTENSIONS
    as_fences(config.mdx_configs.setdefault("pymdownx.superfences", {}))
    # Links, anchors and navigation are checked here, on the rendered pages, with lines and columns.
    for kind in ("not_found", "anchors", "unrecognized_links", "absolute_links"):
        config.validation.links[kind] = logging.DEBUG
    for kind in ("omitted_files", "not_found"):
        config.validation.nav[kind] = logging.DEBUG
    # No page holds a diagram that a browser must draw, so mermaid2 must not parse each again to look for one.
    if mermaid2 := config.plugins.get("mermaid2"):
        config.plugins.events["post_page"] = [
            m for m in config.plugins.events["post_page"] if getattr(m, "__self__", None) is not mermaid2
        ]


def on_files(files: Files, **_: object) -> None:
    for file in list(files):
        if file.src_uri in _Build.guide.unreadable():
            files.remove(file)


def on_nav(nav: Navigation, *, files: Files, **_: object) -> None:
    others = [file.page for file in files.documentation_pages() if file.page]
    _Build.pages = {page.file.src_uri: page for page in [*nav.pages, *others]}


def on_page_read_source(page: Page, **_: object) -> str:
    path = page.file.src_uri
    _Build.texts[path] = page.file.content_string if page.file.generated_by else _Build.guide.open(path)
    return _Build.texts[path]


def on_page_markdown(_markdown: str, *, page: Page, **_: object) -> str:
    return _Build.guide.read(page.file.src_uri, _Build.texts[page.file.src_uri])


def on_env(_env: Environment, *, config: MkDocsConfig, files: Files) -> None:
    for path in _Build.pages.keys() - _Build.texts.keys():  # --dirty renders changed pages only; ids are all known
        _Build.guide.read(path, _Build.guide.open(path))
    contents = {path: page.content for path, page in _Build.pages.items() if page.content is not None}
    _Build.guide.number(_Build.pages)
    urls = {path: page.url for path, page in _Build.pages.items()}
    _Build.guide.connect(urls, contents, {path: str(page.title) for path, page in _Build.pages.items()})
    for path in contents:
        _Build.pages[path].content = _Build.guide.place(path)
    for name, text in {COLOURS: _Build.guide.stylesheet(), **_Build.guide.redirects()}.items():
        files.append(File.generated(config, name, content=text))


def on_post_build(config: MkDocsConfig) -> None:
    folder, guide, history = Path(config.site_dir), _Build.guide, _Build.history
    urls = {path: page.url for path, page in _Build.pages.items()}
    site = read_site(folder, urls, config.site_url or "", templates=guide.settings.templates)
    outcome = guide.check(site, today=date.today(), partial=_Build.dirty)
    report = outcome.report(guide.texts)
    for problem in report.problems:
        level = logging.WARNING if problem.fails else logging.INFO
        log.log(level, render(problem, report.excerpts), extra={"problem": problem})
    change = delta(_Build.last, report) if _Build.last else ""
    finish.receipts(folder, site, outcome, guide.prefix, history)
    if _Build.serving:
        finish.panels(folder, guide.served(site), report.problems, change)
    finish.data(folder, outcome, guide.inventory(site), history, partial=_Build.dirty)
    _Build.last = report if _Build.serving else None
    log.info(
        "%s%s",
        f"{change}. " if change else "",
        summary(report.problems, report.checked, report.not_checked, waived=len(report.waived)),
    )


def on_shutdown() -> None:
    if _Build.studio:
        _Build.studio.close()
        _Build.studio = None
