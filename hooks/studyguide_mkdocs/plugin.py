"""MkDocs' events, in the order they fire, each handed to the study guide's engine.

No logic lives here: ``studyguide`` does the work and knows nothing of MkDocs. MkDocs keeps a hook's module, and a
plugin that wants ``on_startup``, for all rebuilds of ``mkdocs serve``: what a build knows starts afresh in ``on_config``.
"""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from studyguide import compose
from studyguide.collect import Reader
from studyguide.compose import Rendered
from studyguide.directives.figure import as_fences
from studyguide.exports import finish
from studyguide.figures import Studio, UnknownEngineError, tikz_engine
from studyguide.guide import Guide
from studyguide.published.history import History
from studyguide.reports.places import served
from studyguide.reports.text import delta, render, summary
from studyguide.site.site import read_site
from studyguide.text import config as settings

from studyguide_mkdocs.memory import Memory

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from studyguide.collect import Manuscript
    from studyguide.links.registry import Registry
    from studyguide.reports.report import Report

# Warnings on a logger of MkDocs' own are what `--strict` counts.
log = logging.getLogger("mkdocs.hooks.studyguide")
EXTENSIONS = ["studyguide.directives.citation:CitationExtension", "studyguide.text.include:IncludeExtension"]
COLOURS = "assets/css/figures.css"


class Settings(Config):
    """What a project may set of the plugin: ``tikz`` names the engine that draws TikZ, as ``STUDYGUIDE_TIKZ`` does."""

    tikz = c.Type(str, default="")


class StudyGuide(BasePlugin[Settings]):
    """The plugin, which keeps the engines of the figures for good and the guide for one build."""

    def __init__(self) -> None:
        self._studio: Studio | None = None
        self._memory: Memory | None = None
        self._reader: Reader
        self._manuscript: Manuscript
        self._registry: Registry
        self._pages: dict[str, Page] = {}
        self._texts: dict[str, str] = {}
        self._last: Report | None = None
        self._dirty = self._serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._dirty, self._serving = dirty, command == "serve"
        if self._serving and self._memory is None:
            self._memory = Memory()
            self._memory.install()

    def on_config(self, config: MkDocsConfig) -> None:
        project = settings.read(Path(config.config_file_path))
        if self._studio is None:
            try:
                engine = tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", self.config.tikz))
            except UnknownEngineError as error:
                raise PluginError(str(error)) from error
            self._studio = Studio(project.root / ".cache" / "figures", tikz=engine)
        self._reader = Reader(self._studio, project)
        self._pages, self._texts = {}, {}
        if loops := self._reader.loops():
            raise PluginError("\n\n".join(render(loop, {}) for loop in loops))
        if self._memory:
            self._memory.start(config)
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

    def on_files(self, files: Files, **_: object) -> None:
        for file in list(files):
            if file.src_uri in self._reader.unreadable():
                files.remove(file)

    def on_nav(self, nav: Navigation, *, files: Files, **_: object) -> None:
        others = [file.page for file in files.documentation_pages() if file.page]
        self._pages = {page.file.src_uri: page for page in [*nav.pages, *others]}

    def on_page_read_source(self, page: Page, **_: object) -> str:
        path = page.file.src_uri
        self._texts[path] = page.file.content_string if page.file.generated_by else self._reader.open(path)
        return self._texts[path]

    def on_page_markdown(self, _markdown: str, *, page: Page, **_: object) -> str:
        return self._reader.read(page.file.src_uri, self._texts[page.file.src_uri])

    def on_env(self, _env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        for path in self._pages.keys() - self._texts.keys():  # --dirty renders changed pages only; ids are all known
            self._reader.read(path, self._reader.open(path))
        urls = {path: page.url for path, page in self._pages.items()}
        pages = {
            path: Rendered(page.url, str(page.title), page.content)
            for path, page in self._pages.items()
            if page.content is not None
        }
        self._manuscript = self._reader.manuscript()
        self._registry = compose.register(self._manuscript, self._pages)
        for path, content in compose.compose(self._manuscript, self._registry, pages, urls).items():
            self._pages[path].content = content
        made = {COLOURS: compose.stylesheet(self._manuscript), **compose.redirects(self._manuscript, pages)}
        for name, text in made.items():
            files.append(File.generated(config, name, content=text))

    def on_post_build(self, config: MkDocsConfig) -> None:
        folder, project = Path(config.site_dir), self._manuscript.settings
        history = History(project.root)
        urls = {path: page.url for path, page in self._pages.items()}
        site = read_site(folder, urls, config.site_url or "", templates=project.templates)
        guide = Guide(self._manuscript, self._registry, site, history)
        outcome = guide.check(today=date.today(), partial=self._dirty)
        report = outcome.report(self._manuscript.texts)
        for problem in report.problems:
            level = logging.WARNING if problem.fails else logging.INFO
            log.log(level, render(problem, report.excerpts), extra={"problem": problem})
        change = delta(self._last, report) if self._last else ""
        finish.receipts(folder, site, outcome, project.prefix, history)
        if self._serving:
            finish.panels(folder, served(self._manuscript.sources, site), report.problems, change)
        finish.data(folder, outcome, guide.inventory(), history, partial=self._dirty)
        self._last = report if self._serving else None
        log.info(
            "%s%s",
            f"{change}. " if change else "",
            summary(report.problems, report.checked, report.not_checked, waived=len(report.waived)),
        )

    def on_shutdown(self) -> None:
        if self._studio:
            self._studio.close()
            self._studio = None
