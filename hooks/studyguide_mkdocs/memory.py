"""What is kept from build to build, so that a saved page is there in a second, and a build or a check in two.

Kept are the results of pure functions only, each under everything it is made from: a page's HTML, its place in
the theme, the compiled templates, a parsed page, what search has of it. Every event fires and the whole finished site is checked; a test
holds what is found against a build that knows nothing. What a build that came to its end did not use is forgotten after
it. ``mkdocs serve`` keeps all of it in its process; of any other build the next one has what is ``LASTING``, on disk.

The memory stands in front of functions of MkDocs and Material. Where one of them is not as ``guard`` knows it, nothing
is kept and every build is a whole one.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import jinja2
from markdown.util import get_installed_extensions
from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from studyguide import collect, compose, published, waivers
from studyguide.checks import alts, prose, spoilers, structure, terms, words
from studyguide.directives import DirectivesExtension, extension
from studyguide.exports import cards, decks, lab, practice, progress, search, share
from studyguide.links import links
from studyguide.published import aliases, answers, inventory
from studyguide.site import site
from studyguide.site.page import read_pages
from studyguide.text import inputs, marks, missions, sources, states

from studyguide_mkdocs import guard
from studyguide_mkdocs.asked import Asked, asking
from studyguide_mkdocs.folder import Folder
from studyguide_mkdocs.kept import Kept, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from studyguide.directives.part import Part
    from studyguide.site.page import Job
    from studyguide.site.page import Page as Parsed

    # The kind of what is kept, and everything it is made from.
    Key = tuple[Hashable, ...]

# MkDocs prints what is said here.
log = logging.getLogger("mkdocs.hooks.studyguide")
# The settings that no page's Markdown depends on: the navigation, and comments.
OTHER_RE = re.compile(r"^(?:nav|not_in_nav|exclude_docs):.*\n(?:[ \t#-].*\n|\n)*|^[ \t]*#.*\n", re.MULTILINE)
# A name that is written in a link as it is.
PLAIN_RE = re.compile(r"[\w./-]+")
WORD_RE = re.compile(r"\w+")
# Pure functions. What takes long to make lasts longer than a process; what takes no longer than to read it from a disk is
# kept for the next save, or for those who ask for it in the same build.
MADE = ((decks, "of_page"), (decks, "written"), (lab, "free_play"), (share, "card"))
SHARED = ((practice, "written_of"),)
SAVED = (
    *((each, "read") for each in (aliases, inventory, missions, sources, states)),
    (inputs, "repeated"),
    (inputs, "retyped"),
    (inputs, "swallowed"),
    (inputs, "page_problems"),
    (waivers, "read"),
    (waivers, "read_yaml"),
    (collect, "source_from"),
    (extension, "marked"),
    (cards, "of_page"),
    (practice, "questions"),
    (practice, "script"),
    (progress, "leads"),
    (search, "said_by"),
    (search, "spots"),
    (compose, "set_aside"),
    (compose, "set_questions_aside"),
    (compose, "with_breaks"),
    (compose, "with_listings"),
    (published, "digest"),
    (answers, "digest"),
    (aliases, "places_of"),
    (prose, "running"),
    (alts, "unnamed"),
    (spoilers, "sentences_of"),
    (spoilers, "phrases"),
    (spoilers, "given"),
    (structure, "held_by"),
    (structure, "changed_in"),
    (structure, "seen_in"),
    (terms, "mentions"),
    (words, "amiss"),
    (links, "ids_of"),
    (links, "headings_of"),
)
LASTING = {"page", "parsed", "index", *(f"{owner.__name__}.{name}" for owner, name in MADE)}
# Where something is, in how this process has it.
ADDRESS_RE = re.compile(r" at 0x[0-9a-f]+")
# Whose extensions, and functions that are given to one, make a page's HTML and nothing else.
KNOWN = ("markdown.", "pymdownx.", "material.", "mermaid2.", "studyguide.")
# What a page in its theme is made from besides the page and the settings: a plugin or a hook may give anything here.
GIVING = ("env", "page_context", "template_context", "pre_template")
# What a plugin may hear before there is a folder to look into, or when all is over.
APART = ("startup", "config", "serve", "shutdown", "build_error")
# Who gives what comes from the page and the settings alone.
HARMLESS = (
    *("mkdocs.", "properdocs.", "mermaid2.", "studyguide_mkdocs."),
    *("material.plugins.search.", "material.plugins.offline."),
)
# What no template takes into a page, unless it includes it by name: a save of it leaves the pages as they are.
ASSETS = (".css", ".js", ".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff", ".woff2")
INCLUDE_RE = re.compile(rb"\binclude\s+[\"'](?P<name>[^\"']+)")
# Where a theme is that nobody edits.
INSTALLED = frozenset({"site-packages", "dist-packages"})
PLAIN = (str, int, float, list, tuple, dict)
# What is told of a page already, and what only the first of the same renderings leaves in it.
TOLD = {"content", "meta", "links_to_anchors"}


class Compiled(jinja2.BytecodeCache):
    """Templates that are compiled already: each as its text was last. What is not known here may be kept ``below``."""

    def __init__(self) -> None:
        self.below: jinja2.BytecodeCache | None = None
        self._known: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is known."""
        checksum, code = self._known.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None
        if bucket.code is None and self.below:
            self.below.load_bytecode(bucket)
            # Nothing, where it is not known there either: it is compiled then, and kept.
            self._known[bucket.key] = bucket.checksum, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._known[bucket.key] = bucket.checksum, bucket.code
        if self.below:
            self.below.dump_bytecode(bucket)


class _Made(NamedTuple):
    """A page's HTML and what else came of it, with what was asked for meanwhile."""

    values: dict[str, Any]
    parts: list[Part]
    asked: Asked

    def again(self) -> bool:
        """Return whether it would be made again as it is; it is said again then what was said of it."""
        if holds := self.asked.is_as_before():
            self.asked.say_again()
        return holds


class Memory:
    """What was made in builds before, each result under everything it was made from.

    ``serving`` says whether this process builds again and again.
    """

    def __init__(self, *, serving: bool) -> None:
        self._serving = serving
        self.folder = Folder()
        # What the last process left, until the first build of this one has ended.
        self._kept: Kept | None = None
        self._is_first = True
        self._compiled = Compiled()
        # What this build has used, and what the builds before it did.
        self._used: dict[Key, Any] = {}
        self._before: dict[Key, Any] = {}
        self._held: dict[Key, Any] = {}
        self._state: Hashable = None
        self._rendering: Hashable = None
        # Who may give this build's templates more than the settings, and the settings as plugins have left them.
        self._givers: list[str] = []
        self._shown = ""
        # What every page may show of every other.
        self._listed: tuple[Hashable, ...] = ()
        self._said = ""
        self._patched: list[tuple[Any, str, Any]] = []

    def start(
        self, config: MkDocsConfig, settings: Iterable[str], folder: Path | None = None, *, sweeps: bool = False
    ) -> None:
        """Begin a build: what was made under other settings, or with other templates, is not asked for.

        ``folder`` has what lasts from process to process, if anything does. The site may stay as it is for one who
        ``sweeps`` its folder when all is written.
        """
        if folder and self._is_first and self._patched:
            self._kept = Kept(folder / "pages")
        self._is_first = False
        self._givers, self._shown = givers(config), ""
        # Whoever hears a build may look into its folder, or write into it, and is to find what this build made.
        heard = config.plugins.events.keys() - APART
        self.folder.start(config.site_dir, stays=sweeps and not givers(config, heard))
        self._listed = ()
        texts = tuple(settings)
        words = sorted({word for text in texts for word in WORD_RE.findall(text)})
        self._rendering = (
            config.config_file_path,
            # The Markdown of a page knows nothing of the navigation.
            tuple(OTHER_RE.sub("", text) for text in texts),
            tuple((word, os.environ[word]) for word in words if word in os.environ),
        )
        self._state = digest((texts, tuple(_templates(config.theme))))

    def end(self) -> None:
        """End a build that came to its end: what it did not use is forgotten."""
        self._before, self._used = {**self._held, **self._used}, {}
        if self._kept:
            self._kept.close()
            self._kept = None

    def hold(self) -> None:
        """Never forget what the last build used: others come back to it."""
        self._held = self._before

    def keep(self, key: Key, make: Callable[[], Any], holds: Callable[[Any], bool] = lambda _: True) -> Any:
        """Return what was made before from the same, if it still holds, or make it."""
        if key not in self._used:
            value = self._recall(key)
            if value is None or not holds(value):
                value = make()
                if self._kept and key[0] in LASTING:
                    self._kept.add(key, value)
            self._used[key] = value
        return self._used[key]

    def _recall(self, key: Key) -> Any:
        """Return what was made before under a key, None if nothing was."""
        if key not in self._before and self._kept and key[0] in LASTING:
            self._before[key] = self._kept.get(key)
        return self._before.get(key)

    def install(self) -> list[str]:
        """Put the memory in front of the functions that it stands for, unless some are not as known: return those."""
        unknown = guard.unknown()
        if not unknown:
            self._keep_pages()
            self._keep_parsed()
            self._keep_made()
            self._keep_index()
            if self._serving:
                self._keep_templates()
                self.folder.install(self._patch)
        return unknown

    def remove(self) -> None:
        """Put back what was there before."""
        while self._patched:
            setattr(*self._patched.pop())

    def _patch(self, owner: Any, name: str, function: Callable[..., Any]) -> None:
        self._patched.append((owner, name, getattr(owner, name)))
        setattr(owner, name, function)

    def _say(self, words: str) -> None:
        """Say something once, however many pages it is about."""
        if self._serving and words != self._said:
            self._said = words
            log.info(words)

    def _keep_parsed(self) -> None:
        """Keep what is known of a built page, by its bytes."""

        def kept(jobs: Sequence[Job]) -> list[Parsed]:
            keys = [("parsed", job.path, job.url, self._digest(Path(job.file))) for job in jobs]
            new = {key: job for key, job in zip(keys, jobs, strict=True) if not self._knows(key)}
            self.folder.strip(job.file for job in new.values())
            made = dict(zip(new, read_pages(list(new.values())), strict=True))
            return [self.keep(key, functools.partial(made.__getitem__, key)) for key in keys]

        self._patch(site, "read_pages", kept)

    def _keep_made(self) -> None:
        """Keep what is made from what it is given and the code alone."""
        for owner, name in (*MADE, *SHARED, *(SAVED if self._serving else ())):
            self._patch(owner, name, self._made(f"{owner.__name__}.{name}", getattr(owner, name)))

    def _made(self, name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        def kept(*made_from: Hashable, **more: Hashable) -> Any:
            key = (name, *made_from, *sorted(more.items()))
            return self.keep(key, functools.partial(make, *made_from, **more))

        return kept

    def _digest(self, file: Path) -> bytes:
        """Return what tells a page from another as MkDocs wrote it."""
        page = self.folder.bare(str(file))
        if page is None:
            page = file.read_bytes() if file.is_file() else b""
        return hashlib.sha256(page).digest()

    def _knows(self, key: Key) -> bool:
        return key in self._used or self._recall(key) is not None

    def _keep_pages(self) -> None:
        """Keep the HTML of a page's Markdown, with what else comes of it."""
        render, values = Page.render, ("content", "toc", "_title_from_render", "present_anchor_ids")

        def kept(page: Page, config: MkDocsConfig, files: Files) -> None:
            if names := strange(config):
                self._say(f"Every save makes every page: {', '.join(names)} may do more than make HTML.")
                return render(page, config, files)
            ours = [each for each in config.markdown_extensions if isinstance(each, DirectivesExtension)]
            days = tuple(each.today for each in ours)  # a day may be in the future today, and not tomorrow
            parser = ADDRESS_RE.sub("", repr((config.markdown_extensions, config.mdx_configs)))
            file = page.file.src_uri, page.file.url
            listed = tuple((each.src_uri, each.url, each.inclusion.value) for each in files)
            linked = self.keep(("linked", page.markdown, listed), lambda: _linked(page.markdown or "", listed))
            key = ("page", self._rendering, parser, days, file, page.markdown, linked)

            def make() -> _Made:
                with asking() as asked:
                    render(page, config, files)
                return _Made({name: getattr(page, name) for name in values}, [each.part() for each in ours], asked)

            made = self.keep(key, make, _Made.again)
            for name, value in made.values.items():
                setattr(page, name, value)
            for each, part in zip(ours, made.parts, strict=True):
                each.remember(part)
            return None

        self._patch(Page, "render", kept)

    def _keep_templates(self) -> None:
        """Keep which templates there are, each as it was compiled, and the pages made with them."""
        environment = Theme.get_env

        def kept(theme: Theme) -> jinja2.Environment:
            env = environment(theme)
            if self._givers:
                self._say(
                    f"Every save puts every page into its theme anew: {', '.join(self._givers)} may give it more."
                )
                return env
            self._compiled.below, env.bytecode_cache = env.bytecode_cache, self._compiled
            get, names = env.get_template, env.list_templates

            def get_template(name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002
                template = get(name, parent, globals)
                return template if parent else _Filled(template, self)

            def list_templates(extensions: Any = None, filter_func: Any = None) -> list[str]:
                return list(self.keep(("names", self._state), lambda: names(extensions, filter_func)))

            env.get_template = get_template  # type: ignore[method-assign]
            env.list_templates = list_templates  # type: ignore[method-assign]
            return env

        self._patch(Theme, "get_env", kept)

    def _keep_index(self) -> None:
        """Keep the entries of a page in the search index."""
        add = SearchIndex.add_entry_from_context

        def kept(index: SearchIndex, page: Page) -> None:
            def make() -> list[dict[str, Any]]:
                before = len(index.entries)
                add(index, page)
                return [index.entries.pop() for _ in index.entries[before:]][::-1]

            index.entries += copy.deepcopy(self.keep(("index", self._state, *_seen(page)), make))

        self._patch(SearchIndex, "add_entry_from_context", kept)

    def filled(self, template: jinja2.Template, context: Mapping[str, Any]) -> str:
        """Return a page in the theme; what the theme may see of it is the key."""
        page = context["page"]
        self._shown = self._shown or ADDRESS_RE.sub("", repr(sorted(context["config"].items())))
        own = (*_seen(page), _attributes(page)) if page else ()
        # The navigation may show any of them, with an icon of its own.
        self._listed = self._listed or tuple(map(_elsewhere, context["pages"]))
        theme = (template.name, self._state, self._shown)
        key = ("filled", *theme, str(context["nav"]), self._listed, context["base_url"], own)
        return str(self.keep(key, lambda: template.render(context)))


def strange(config: MkDocsConfig) -> list[str]:
    """Return the modules of what the parser is given that is not known to make HTML and nothing else.

    That is an extension, or a function in its settings, such as one that draws a fence; a plugin may add some.
    """
    named = {entry.name: entry.module for entry in reversed(tuple(get_installed_extensions()))}
    modules = [
        named.get(each, each.partition(":")[0]) if isinstance(each, str) else type(each).__module__
        for each in config.markdown_extensions
    ]
    modules += _modules(config.mdx_configs)
    return sorted({module for module in modules if not f"{module}.".startswith(KNOWN)})


def givers(config: MkDocsConfig, events: Iterable[str] = GIVING) -> list[str]:
    """Return the modules that may give templates what neither the settings nor the page have, or hear other events.

    A filter among it is asked once for what is written in a template, and its answer compiled with that.
    """
    methods = [method for event in events for method in config.plugins.events[event]]
    modules = {getattr(method, "__module__", None) or type(method).__module__ for method in methods}
    return sorted(module for module in modules if not f"{module}.".startswith(HARMLESS))


def _modules(given: Any) -> Iterator[str]:
    """Yield the module of each function in some settings."""
    if isinstance(given, dict | list | tuple):
        for each in given.values() if isinstance(given, dict) else given:
            yield from _modules(each)
    elif isinstance(given, functools.partial):
        yield from _modules(given.func)
    elif callable(given):
        yield getattr(given, "__module__", None) or type(given).__module__


def _linked(markdown: str, listed: Iterable[tuple[str, str, int]]) -> Hashable:
    """Return the files that a page may link to, each as the site has it."""
    text = marks.strip(markdown)
    return tuple(sorted(each for each in listed if _may_be_named(each[0], text)))


def _may_be_named(path: str, text: str) -> bool:
    """Return whether a text may link to a file: it holds its name, or one that could be written in another way."""
    return path.rpartition("/")[2] in text or not PLAIN_RE.fullmatch(path)


def _seen(page: Page) -> tuple[str, ...]:
    """Return what a page shows of itself to the theme and to search."""
    return page.url, str(page.title), page.content or "", repr(page.meta), str(page.toc)


def _elsewhere(file: File) -> tuple[str, str, str]:
    """Return what another page may show of a page."""
    page = file.page
    return (file.url, str(page.title), repr(page.meta)) if page else (file.url, "", "")


def _templates(theme: Theme) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a project or a hook adds to the theme that is installed, with what pages may be made of."""
    folders = [Path(each) for each in theme.dirs if INSTALLED.isdisjoint(Path(each).parts)]
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    texts = {file: file.read_bytes() for file in files if file.suffix not in ASSETS}
    named = {match["name"] for text in texts.values() for match in INCLUDE_RE.finditer(text)}
    for file in files:
        is_included = any(file.as_posix().encode().endswith(b"/" + name) for name in named)
        yield str(file), texts.get(file, file.read_bytes() if is_included else b"")


def _attributes(page: Page) -> str:
    """Return whatever values a page has that are not MkDocs' objects; those of a plugin's object count too."""
    own = {
        name: value if isinstance(value, PLAIN) else getattr(value, "__dict__", value)
        for name, value in vars(page).items()
        if name not in TOLD and not type(value).__module__.startswith(HARMLESS)
    }
    return ADDRESS_RE.sub("", repr(own))


class _Filled:
    """A template that is rendered once for the same page."""

    def __init__(self, template: jinja2.Template, memory: Memory) -> None:
        self._template, self._memory = template, memory

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the rendered template."""
        return self._memory.filled(self._template, context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)
