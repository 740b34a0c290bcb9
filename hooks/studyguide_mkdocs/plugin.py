"""MkDocs' events, in the order they fire, each handed to the study guide's engine.

No logic lives here: ``studyguide`` does the work and knows nothing of MkDocs. MkDocs keeps a hook's module, and a
plugin that wants ``on_startup``, for all rebuilds of ``mkdocs serve``: what a build knows starts afresh in ``on_config``.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from jinja2 import FileSystemBytecodeCache
from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped]
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File
from mkdocs.utils import meta, write_file
from studyguide import compose
from studyguide.audit import Audit, ask
from studyguide.collect import Reader, merged
from studyguide.compose import Rendered
from studyguide.directives import DirectivesExtension
from studyguide.exports import finish, icons, offline, record, scripts, search, share, styles
from studyguide.exports.activities import activities
from studyguide.figures import Studio, UnknownEngineError, tikz_engine
from studyguide.guide import Guide
from studyguide.outcome import Outcome
from studyguide.published import moved
from studyguide.published.history import History
from studyguide.reports.places import served
from studyguide.reports.text import delta, render, summary
from studyguide.shelf import Shelf
from studyguide.site.site import read_site
from studyguide.text import inputs
from studyguide.text.names import NamesExtension, filled

from studyguide_mkdocs.bare import Bare
from studyguide_mkdocs.heard import EAR, counted, is_quiet
from studyguide_mkdocs.listing import is_from_docs, listing_of, names_of, pages_of, part_of, project_of, source_of
from studyguide_mkdocs.memory import Compiled, Memory, givers
from studyguide_mkdocs.themed import without_what_is_not_there

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
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
ANYWHERE = ["studyguide.text.addresses:AddressExtension", "studyguide.text.notes:NotesExtension"]
TWICE = "The study guide is in the settings twice, and each would take the other's place: keep the plugin, or the hook."
DROPPED = (
    "A plugin or a hook has put other `markdown_extensions` in place of those that read the study guide's directives: "
    "let it add to the list that it is given."
)
UNWRITTEN = "What was checked cannot be written into the site, which is not to be published so: {}: {}."
UNHEARD = "These are problems, and a plugin or a hook keeps them out of the log of MkDocs."
# What may be made again, and is kept only because it takes time.
CACHE = ".cache"
COLOURS = "assets/css/figures.css"
# After so many seconds a server looks for saved files again: each time takes it some milliseconds.
LOOKS = 0.25
# How often a build looks for garbage: Python's own is 700 objects.
SELDOM = (100_000, 10, 10)
# Before the theme's search writes its index, and before another plugin writes a page in fewer letters.
FIRST = 100
# After every plugin that writes to the site: what is checked is what readers get.
LAST = -1000


class Settings(Config):
    """What a project may set of the plugin.

    ``directives`` says whether our directives are read; ``tikz`` names the engine that draws TikZ, as the variable
    ``STUDYGUIDE_TIKZ`` of the environment does.
    """

    directives = c.Type(bool, default=True)
    tikz = c.Type(str, default="")


@dataclass
class _Build:
    """One run of MkDocs' events; ``inner`` are the builds that a plugin ran inside it, such as one for each language."""

    reader: Reader
    quiet: bool
    texts: dict[str, str] = field(default_factory=dict)
    nav: Navigation = field(init=False)
    manuscript: Manuscript = field(init=False)
    drawn: dict[str, tuple[str, ...]] = field(default_factory=dict)
    finds: list[search.Entry] = field(default_factory=list)
    inner: list[Manuscript] = field(default_factory=list)
    late: list[Problem] = field(default_factory=list)


class StudyGuide(BasePlugin[Settings]):
    """The plugin, which keeps the engines of the figures for good and what it reads for one build."""

    def __init__(self) -> None:
        self._studio: Studio | None = None
        self._shortener: scripts.Shortener | None = None
        self._memory: Memory | None = None
        self._builds: list[_Build] = []
        self._last: Report | None = None
        self._dirty = self._serving = False
        self._bare = Bare()
        self._usual: tuple[int, int, int] | None = None
        # What a check from outside asks for, and what it gets.
        self.request: Request | None = None
        self.audit: Audit | None = None

    @classmethod
    def of(cls, config: MkDocsConfig) -> StudyGuide | None:
        """Return the first that hears MkDocs' events, as a plugin or through a hook."""
        owners = (getattr(method, "__self__", None) for methods in config.plugins.events.values() for method in methods)
        return next((owner for owner in owners if isinstance(owner, cls)), None)

    @property
    def _build(self) -> _Build:
        """The build that goes on: a plugin may run others inside it."""
        return self._builds[-1]

    @property
    def project(self) -> Project:
        """The settings of the build that goes on."""
        return self._build.reader.project

    @property
    def _is_for_readers(self) -> bool:
        """Whether readers will have this site: nobody reads that of a check, and what is served is for its author."""
        return self.project.directives and not (self._serving or self._dirty or self.request)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._dirty, self._serving = dirty, command == "serve"
        # What is imported, and nearly all that a build makes, lives to its end: a tenth of its time went into looking for
        # garbage there.
        self._usual = gc.get_threshold()
        gc.freeze()
        gc.set_threshold(*SELDOM)
        # A build of a few pages would leave those alone for the next one.
        if self._memory is None and (self._serving or not dirty):
            self._memory = Memory(serving=self._serving)
            if (unknown := self._memory.install()) and self._serving:
                log.info("Every save builds the whole guide: %s is not as the memory knows it.", ", ".join(unknown))

    def on_config(self, config: MkDocsConfig) -> None:
        if StudyGuide.of(config) not in (None, self):
            raise PluginError(TWICE)
        project = project_of(config, directives=self.config.directives)
        if self._studio is None:
            try:
                engine = tikz_engine(os.environ.get("STUDYGUIDE_TIKZ", self.config.tikz))
            except UnknownEngineError as error:
                raise PluginError(str(error)) from error
            self._studio = Studio(project.root / CACHE / "figures", tikz=engine)
        today = self.request.today if self.request else date.today()
        reader = Reader(self._studio, project, today=today)
        self._builds.append(_Build(reader, quiet=config.strict and is_quiet()))
        if loops := reader.loops():
            # MkDocs would follow them without end, so nothing is built and nothing else is looked at.
            self.audit = Audit(
                Outcome(tuple(loops), not_checked=("the pages",)), project.root, project.docs, reader.texts, {}
            )
            raise PluginError("\n\n".join(render(loop, {}) for loop in loops))
        if self._memory:
            sweeps = self._serving and not self._dirty
            self._memory.start(config, project.settings.values(), project.root / CACHE, sweeps=sweeps)
        config.markdown_extensions += ANYWHERE
        if names := names_of(config):
            config.markdown_extensions.append(NamesExtension(names))  # type: ignore[arg-type]
            config.site_name = filled(config.site_name, names)
            config.site_description = filled(config.site_description or "", names)
        if project.directives:
            self._add_directives(config)
        _hush(config)

    def _add_directives(self, config: MkDocsConfig) -> None:
        """Teach the parser our directives."""
        ours = self._build.reader.directives
        # A build inside another may have the same settings, and has an extension of its own.
        others = [each for each in config.markdown_extensions if not isinstance(each, DirectivesExtension)]
        config.markdown_extensions = [*others, ours]  # type: ignore[list-item]
        ours.fences(config.mdx_configs.setdefault("pymdownx.superfences", {}))
        # No page holds a diagram that a browser must draw, so mermaid2 must not parse each again to look for one.
        if mermaid2 := config.plugins.get("mermaid2"):
            config.plugins.events["post_page"] = [
                m for m in config.plugins.events["post_page"] if getattr(m, "__self__", None) is not mermaid2
            ]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        if self.project.directives and not any(isinstance(e, DirectivesExtension) for e in config.markdown_extensions):
            raise PluginError(DROPPED)
        theme = self.project.root / self.project.theme
        together = scripts.of_every_page(theme) if self.project.directives else b""
        for file in list(files):
            is_part = together and file.src_uri.startswith(f"{scripts.PARTS}/")
            if is_part or file.src_uri in self._build.reader.unreadable():
                files.remove(file)
        if together:
            files.append(File.generated(config, scripts.WHOLE, content=together))
        if self._is_for_readers and not self._shortener:
            self._shortener = scripts.Shortener(Shelf(self.project.root / CACHE / "scripts"))
            self._shortener.begin([together, *scripts.of_some_pages(theme)])

    def on_nav(self, nav: Navigation, **_: object) -> None:
        self._build.nav = nav  # a plugin may add to it until every page is rendered

    def on_page_read_source(self, page: Page, **_: object) -> str:
        path = page.file.src_uri
        self._build.texts[path] = self._text(page.file)
        return self._build.texts[path]

    def _text(self, file: File) -> str:
        """Return what a page says: a file's bytes as the engine reads them, or what a plugin made."""
        if file.generated_by or file.abs_src_path is None:
            return file.content_string
        return self._build.reader.open(Path(file.abs_src_path), source_of(file, self.project))

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, **_: object) -> str:
        path = page.file.src_uri
        names = names_of(config)
        page.meta.update({key: filled(value, names) for key, value in page.meta.items() if isinstance(value, str)})
        if path not in self._build.texts:  # a plugin's own kind of page may read its file itself
            self._build.texts[path] = self._text(page.file)
        text = self._build.texts[path]
        # What another plugin has made of the page is what is rendered.
        changed = markdown if markdown != meta.get_data(text)[0] else None
        return self._build.reader.read(path, text, source=source_of(page.file, self.project), changed=changed)

    def on_page_content(self, _html: str, *, page: Page, **_: object) -> None:
        if self.project.directives:
            reader = self._build.reader
            reader.define(page.file.src_uri, reader.directives.part())

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        if not givers(config):
            _keep_compiled(env, self.project.root / CACHE / "templates")
        pages = {page.file.src_uri: page for page in pages_of(files, self._build.nav)}
        for path, page in pages.items():
            if path not in self._build.texts:  # --dirty renders changed pages only; what they define is all known
                self._render(page, config, files)
            source = source_of(page.file, self.project)
            self._build.late += without_what_is_not_there(page, self._build.texts[path], source, env)
        rendered = {
            path: Rendered(unquote(page.url), str(page.title), page.content)
            for path, page in pages.items()
            if page.content is not None
        }
        listing = listing_of(self.project, config, files, self._build.nav)
        manuscript = self._build.manuscript = self._build.reader.manuscript(listing)
        registry = compose.register(manuscript)
        # Without directives a project is looked at, and not a letter of it is other than MkDocs makes it.
        composed = compose.compose(manuscript, registry, rendered) if self.project.directives else {}
        whole = {path: rendered[path]._replace(content=content) for path, content in composed.items()}
        active = activities(manuscript, registry, whole, name=config.site_name)
        self._build.late += active.problems
        for path, content in active.contents.items():
            pages[path].content = self._set_aside(path, content, registry, is_searched=_searched(config) is not None)
        made: dict[str, str | bytes] = {
            COLOURS: compose.stylesheet(manuscript),
            **compose.drawings(manuscript, registry, config.extra_css),
            **compose.redirects(manuscript, rendered),
            **active.files,
            **(icons.icons(self.project.root / self.project.theme) if self.project.theme else {}),
            **(self._cards(config, pages.values()) if config.site_url else {}),
        }
        for name, text in made.items() if self.project.directives else ():
            files.append(File.generated(config, name, content=text))

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        body, _ = meta.get_data(self.on_page_read_source(page))
        page.markdown = self.on_page_markdown(body, page=page, config=config)
        page.render(config, files)
        self.on_page_content("", page=page)

    def _set_aside(self, path: str, content: str, registry: Registry, *, is_searched: bool) -> str:
        """Return a page as the theme's search is to read it; what is left out of it is put back behind that."""
        words, drawn = compose.set_aside(content)
        if is_searched:
            self._build.finds += search.entries(registry, self._build.manuscript.listing.urls[path], words)
        words, self._build.drawn[path] = compose.set_questions_aside(words, drawn)
        return search.apart(words) if is_searched else words

    def _cards(self, config: MkDocsConfig, pages: Iterable[Page]) -> dict[str, bytes]:
        """Return the pictures of links to pages, and tell each page its own: the theme can name it by a whole address."""
        parts = [(page, part_of(page)) for page in pages]
        font = self.project.root / self.project.theme / share.FONT
        line = config.site_description or ""
        cards = share.cards(config.site_name, line, sorted({part for _, part in parts}), font)
        for page, part in parts:
            if (file := share.file_of(part)) in cards:
                page.meta["card"] = file
        return cards

    @event_priority(FIRST)
    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        # A template of its own may show what it likes, and only a page that somebody wrote is somebody's to fill.
        if self.project.directives and not (page.file.generated_by or page.meta.get("template")):
            self._build.late += inputs.empty(page.content or "", source_of(page.file, self.project))
        return compose.put_back(output, self._build.drawn.get(page.file.src_uri, ()))

    @event_priority(FIRST)
    def _add_finds(self, config: MkDocsConfig) -> None:
        if self._memory:
            self._memory.folder.sweep()
        entries, synonyms = _searched(config), self._build.manuscript.synonyms
        # --dirty reads changed pages only: search keeps what it had.
        if entries is None or (self._dirty and self._last):
            return
        # A page that asks to be left out has no entry of the theme's.
        found = {entry["location"].partition("#")[0] for entry in entries}
        entries += [find for find in self._build.finds if find["location"].partition("#")[0] in found]
        if synonyms is not None:
            index = search.script(entries, synonyms)
            write_file(index.encode(), os.path.join(config.site_dir, search.FILE))  # noqa: PTH118 - as MkDocs has it

    @event_priority(LAST)
    def _end_build(self, config: MkDocsConfig) -> None:
        done = self._builds.pop()
        done.manuscript = replace(done.manuscript, problems=[*done.manuscript.problems, *done.late])
        if self._builds:
            self._build.inner += [*done.inner, done.manuscript]
            return
        before = counted()
        unsaid = self._finish(Path(config.site_dir), merged(done.manuscript, done.inner), quiet=done.quiet)
        if config.strict and unsaid and counted() == before and not self.request:
            # Whatever a plugin or a hook has done to the log of MkDocs, a strict build fails.
            sys.stderr.write("\n\n".join([*unsaid, ""]))
            raise Abort(UNHEARD)

    on_post_build = CombinedEvent(_add_finds, _end_build)

    def _finish(self, folder: Path, manuscript: Manuscript, *, quiet: bool) -> list[str]:
        """Look at the finished site, say what is wrong, leave the receipt; return what MkDocs has to count of it."""
        project, listing, history = manuscript.project, manuscript.listing, History(manuscript.project.root)
        heard = EAR.problems(project, listing, manuscript.texts)
        manuscript = replace(manuscript, problems=[*manuscript.problems, *heard])
        current = {page.file for page in listing.pages}
        if self._dirty:
            self._bare.restore(folder, current)
        site = finish.with_made(read_site(folder, listing.pages, project.site_url, templates=project.templates))
        if self._memory:
            site = replace(site, aside=self._memory.folder.aside(folder))
        guide = Guide(manuscript, compose.register(manuscript), site, history)
        outcome = self._check(guide)
        report = outcome.report(manuscript.texts)
        change = delta(self._last, report) if self._last else ""
        failing = _say(report, frozenset(heard), change, worst=logging.ERROR if quiet else logging.WARNING)
        try:
            pages = self._memory.folder if self._memory and self._serving and not self._dirty else finish.Written()
            finish.receipts(pages, site, listing, outcome, history)
            if self._serving:
                shown = served(manuscript.sources, manuscript.parts, site)
                panels = partial(finish.panels, pages, folder, shown, report, change)
                self._bare.put_in(panels, folder, current) if self._dirty else panels()
            pages.settle()
            if self._shortener:
                _lighten(folder, project, self._shortener)
            known = record.of(manuscript, guide.registry, outcome.written)
            finish.data(folder, outcome, guide.inventory, known, history, partial=self._dirty)
        except OSError as error:
            raise PluginError(UNWRITTEN.format(error.filename or folder, error.strerror)) from error
        self._last = report if self._serving else None
        if self._memory:
            self._memory.end()
        return failing

    def _check(self, guide: Guide) -> Outcome:
        """Look at the finished guide, as a check from outside asks for it if one does."""
        request = self.request
        if request is None:
            return guide.check(today=date.today(), partial=self._dirty)
        outcome = guide.check(today=request.today, web=ask(request, guide), unused=request.unused)
        project, texts = guide.manuscript.project, dict(guide.manuscript.texts)
        self.audit = Audit(outcome, project.root, project.docs, texts, guide.with_certain_aliases())
        return outcome

    def on_serve(self, server: LiveReloadServer, **_: object) -> None:
        # The observer and what looks for it at each place were told of MkDocs' own half second.
        for each in (server.observer, *server.observer.emitters):
            each._timeout = LOOKS  # type: ignore[attr-defined]  # noqa: SLF001 - there is no setting of it

    def on_build_error(self, **_: object) -> None:
        self._builds.clear()
        EAR.forget()
        if self._memory:
            self._memory.folder.forget()

    def on_shutdown(self) -> None:
        if self._usual:
            gc.set_threshold(*self._usual)
            gc.unfreeze()
            self._usual = None
        if self._studio:
            self._studio.close()
            self._studio = None
        if self._shortener:
            self._shortener.close()
            self._shortener = None
        if self._memory:
            self._memory.remove()
            self._memory = None


def _searched(config: MkDocsConfig) -> list[Any] | None:
    """Return what the theme's search has of the pages, to be added to; None where it is off, or is not as we know it."""
    plugins = (plugin for plugin in config.plugins.values() if isinstance(plugin, SearchPlugin))
    plugin = next((plugin for plugin in plugins if plugin.config.enabled), None)
    entries = getattr(getattr(plugin, "search_index", None), "entries", None)
    return entries if isinstance(entries, list) else None


def _hush(config: MkDocsConfig) -> None:
    """Leave links, anchors and navigation to us: they are checked on the rendered pages, with lines and columns."""
    for kind in ("not_found", "anchors", "unrecognized_links", "absolute_links"):
        if not is_from_docs(config.validation.links[kind]):  # which says where a link leads, and not how loud
            config.validation.links[kind] = logging.DEBUG
    for kind in ("omitted_files", "not_found"):
        config.validation.nav[kind] = logging.DEBUG


def _lighten(folder: Path, project: Project, shortener: scripts.Shortener) -> None:
    """Leave in a finished site what its readers need, and tell the worker that keeps it offline which version it is."""
    # Links that name files are what a site has that is read from a folder.
    styles.trim(folder, Shelf(project.root / CACHE / "styles"), hosted=project.directory_urls)
    scripts.mend(folder)
    shortener.write(folder, sorted({*project.own_scripts(), scripts.WHOLE, moved.SCRIPT}))
    # Read from a folder it is offline already.
    if project.directory_urls:
        offline.take_along(folder)


def _keep_compiled(env: Environment, folder: Path) -> None:
    """Keep the theme's templates on disk as they are compiled, where something can be kept and nobody keeps them yet."""
    # A server's memory comes before the disk.
    held = env.bytecode_cache
    owner, name = (held, "below") if isinstance(held, Compiled) else (env, "bytecode_cache")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and getattr(owner, name) is None:
            setattr(owner, name, FileSystemBytecodeCache(str(folder)))


def _say(report: Report, heard: frozenset[Problem], change: str, *, worst: int) -> list[str]:
    """Log every problem that MkDocs has not said itself, and one line that sums up; return those that fail a build."""
    for problem in report.problems:
        if problem not in heard:
            log.log(
                worst if problem.fails else logging.INFO, render(problem, report.excerpts), extra={"problem": problem}
            )
    words = summary(report.problems, report.checked, report.not_checked, waived=len(report.waived))
    log.info("%s%s", f"{change}. " if change else "", words)
    unsaid = [problem for problem in report.problems if problem.fails and problem not in heard]
    return [render(problem, report.excerpts) for problem in unsaid]
