"""MkDocs' events, in the order they fire, each handed to the study guide's engine.

No logic lives here: ``studyguide`` does the work and knows nothing of MkDocs. MkDocs keeps a hook's module, and a
plugin that wants ``on_startup``, for all rebuilds of ``mkdocs serve``: what a build knows starts afresh in ``on_config``.
"""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File
from studyguide import compose
from studyguide.audit import Audit, ask
from studyguide.collect import Reader
from studyguide.compose import Rendered
from studyguide.exports import finish, record
from studyguide.figures import Studio, UnknownEngineError, tikz_engine
from studyguide.guide import Guide
from studyguide.outcome import Outcome
from studyguide.published.history import History
from studyguide.reports.places import served
from studyguide.reports.text import delta, render, summary
from studyguide.site.site import read_site

from studyguide_mkdocs.heard import Ear, unquieten
from studyguide_mkdocs.listing import listing_of, pages_of, project_of, source_of
from studyguide_mkdocs.memory import Memory

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from studyguide.audit import Request
    from studyguide.collect import Manuscript
    from studyguide.links.registry import Registry
    from studyguide.listing import Project
    from studyguide.model import Problem
    from studyguide.reports.report import Report

# Warnings on a logger of MkDocs' own are what `--strict` counts.
log = logging.getLogger("mkdocs.hooks.studyguide")
COLOURS = "assets/css/figures.css"
# After every plugin that writes to the site: what is checked is what readers get.
LAST = -1000


class Settings(Config):
    """What a project may set of the plugin.

    ``directives`` says whether our directives are read; ``tikz`` names the engine that draws TikZ, as the variable
    ``STUDYGUIDE_TIKZ`` of the environment does.
    """

    directives = c.Type(bool, default=True)
    tikz = c.Type(str, default="")


class StudyGuide(BasePlugin[Settings]):
    """The plugin, which keeps the engines of the figures for good and the guide for one build."""

    def __init__(self) -> None:
        self._studio: Studio | None = None
        self._memory: Memory | None = None
        self._reader: Reader
        self._manuscript: Manuscript
        self._registry: Registry
        self._nav: Navigation
        self._texts: dict[str, str] = {}
        self._last: Report | None = None
        self._dirty = self._serving = self._quiet = False
        # From the start: what MkDocs says of the settings comes before any event.
        self._ear = Ear()
        self._ear.open()
        # What a check from outside asks for, and what it gets.
        self.request: Request | None = None
        self.audit: Audit | None = None

    @property
    def project(self) -> Project:
        """The settings of the build that goes on."""
        return self._reader.project

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._dirty, self._serving = dirty, command == "serve"
        if self._serving and self._memory is None:
            self._memory = Memory()
            self._memory.install()

    def on_config(self, config: MkDocsConfig) -> None:
        project = project_of(config, directives=self.config.directives)
        self._quiet = config.strict and unquieten()
        if self._studio is None:
            try:
                engine = tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", self.config.tikz))
            except UnknownEngineError as error:
                raise PluginError(str(error)) from error
            self._studio = Studio(project.root / ".cache" / "figures", tikz=engine)
        today = self.request.today if self.request else date.today()
        self._reader = Reader(self._studio, project, today=today)
        self._texts = {}
        if loops := self._reader.loops():
            # MkDocs would follow them without end, so nothing is built and nothing else is looked at.
            self.audit = Audit(Outcome(tuple(loops), not_checked=("the pages",)), project.root, self._reader.texts, {})
            raise PluginError("\n\n".join(render(loop, {}) for loop in loops))
        if self._memory:
            self._memory.start(config)
        if project.directives:
            self._add_directives(config)
        # Links, anchors and navigation are checked here, on the rendered pages, with lines and columns.
        for kind in ("not_found", "anchors", "unrecognized_links", "absolute_links"):
            config.validation.links[kind] = logging.DEBUG
        for kind in ("omitted_files", "not_found"):
            config.validation.nav[kind] = logging.DEBUG

    def _add_directives(self, config: MkDocsConfig) -> None:
        """Teach the parser our directives."""
        config.markdown_extensions.append(self._reader.directives)  # type: ignore[arg-type]
        self._reader.directives.fences(config.mdx_configs.setdefault("pymdownx.superfences", {}))
        # No page holds a diagram that a browser must draw, so mermaid2 must not parse each again to look for one.
        if mermaid2 := config.plugins.get("mermaid2"):
            config.plugins.events["post_page"] = [
                m for m in config.plugins.events["post_page"] if getattr(m, "__self__", None) is not mermaid2
            ]

    def on_files(self, files: Files, **_: object) -> None:
        for file in list(files):
            if file.src_uri in self._reader.unreadable():
                files.remove(file)

    def on_nav(self, nav: Navigation, **_: object) -> None:
        self._nav = nav  # a plugin may add to it until every page is rendered

    def on_page_read_source(self, page: Page, **_: object) -> str:
        path = page.file.src_uri
        self._texts[path] = self._text(page.file)
        return self._texts[path]

    def _text(self, file: File) -> str:
        """Return what a page says: a file's bytes as the engine reads them, or what a plugin made."""
        if file.generated_by or file.abs_src_path is None:
            return file.content_string
        return self._reader.open(Path(file.abs_src_path), source_of(file, self.project))

    def on_page_markdown(self, _markdown: str, *, page: Page, **_: object) -> str:
        path = page.file.src_uri
        return self._reader.read(path, self._texts[path], source=source_of(page.file, self.project))

    def on_page_content(self, _html: str, *, page: Page, **_: object) -> None:
        if self.project.directives:
            self._reader.define(page.file.src_uri, self._reader.directives.part())

    def on_env(self, _env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        pages = {page.file.src_uri: page for page in pages_of(files, self._nav)}
        for path, page in pages.items():
            if path not in self._texts:  # --dirty renders changed pages only; ids are all known
                page.markdown = self._reader.read(
                    path, self._text(page.file), source=source_of(page.file, self.project)
                )
                page.render(config, files)
                self.on_page_content("", page=page)
        rendered = {
            path: Rendered(unquote(page.url), str(page.title), page.content)
            for path, page in pages.items()
            if page.content is not None
        }
        listing = listing_of(self.project, config, files, self._nav)
        self._manuscript = self._reader.manuscript(listing)
        self._registry = compose.register(self._manuscript)
        for path, content in compose.compose(self._manuscript, self._registry, rendered).items():
            pages[path].content = content
        made = {COLOURS: compose.stylesheet(self._manuscript), **compose.redirects(self._manuscript, rendered)}
        for name, text in made.items() if self.project.directives else ():
            files.append(File.generated(config, name, content=text))

    @event_priority(LAST)
    def on_post_build(self, config: MkDocsConfig) -> None:
        folder, history = Path(config.site_dir), History(self.project.root)
        heard = self._ear.problems(self.project, self._manuscript.listing)
        manuscript = replace(self._manuscript, problems=[*self._manuscript.problems, *heard])
        site = read_site(folder, manuscript.listing.pages, self.project.site_url, templates=self.project.templates)
        guide = Guide(manuscript, self._registry, site, history)
        outcome = self._check(guide)
        report = outcome.report(manuscript.texts)
        change = delta(self._last, report) if self._last else ""
        self._say(report, frozenset(heard), change)
        finish.receipts(folder, site, manuscript.listing, outcome, history)
        if self._serving:
            finish.panels(folder, served(manuscript.sources, manuscript.parts, site), report.problems, change)
        known = record.of(manuscript, self._registry, outcome.written)
        finish.data(folder, outcome, guide.inventory(), known, history, partial=self._dirty)
        self._last = report if self._serving else None

    def _check(self, guide: Guide) -> Outcome:
        """Look at the finished guide, as a check from outside asks for it if one does."""
        request = self.request
        if request is None:
            return guide.check(today=date.today(), partial=self._dirty)
        outcome = guide.check(today=request.today, web=ask(request, guide))
        self.audit = Audit(outcome, self.project.root, dict(guide.manuscript.texts), guide.with_certain_aliases())
        return outcome

    def _say(self, report: Report, heard: frozenset[Problem], change: str) -> None:
        """Log every problem that MkDocs has not said itself, and one line that sums up."""
        worst = logging.ERROR if self._quiet else logging.WARNING
        for problem in report.problems:
            if problem not in heard:
                level = worst if problem.fails else logging.INFO
                log.log(level, render(problem, report.excerpts), extra={"problem": problem})
        words = summary(report.problems, report.checked, report.not_checked, waived=len(report.waived))
        log.info("%s%s", f"{change}. " if change else "", words)

    def on_shutdown(self) -> None:
        if self._studio:
            self._studio.close()
            self._studio = None
        self._ear.close()
