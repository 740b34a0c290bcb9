"""What every family of rules looks at: the pages as written and as rendered, and where their ids are."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from studyguide import near
from studyguide.checks import prose
from studyguide.published.aliases import canonical, final, moves
from studyguide.published.memory import NoMemory
from studyguide.site.page import Page, file_of
from studyguide.site.site import Place
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide.directives.part import Part
    from studyguide.links.links import Links
    from studyguide.links.registry import Registry
    from studyguide.listing import Listing, Project
    from studyguide.model import Position, Problem
    from studyguide.near import Near
    from studyguide.published.aliases import Alias
    from studyguide.published.memory import Memory
    from studyguide.site.site import Site
    from studyguide.text.comments import Comment
    from studyguide.text.missions import Mission
    from studyguide.text.sources import Cited
    from studyguide.text.states import State


# What shows an image and nothing else, and what an image's name ends with.
PICTURES = frozenset({"img", "image"})
PICTURE_RE = re.compile(r"\.(?:apng|avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp)\Z", re.IGNORECASE)
# What a build makes of pages, and nobody links to as a file.
NO_FILES = (".html", ".xml", ".gz")


class Moved(NamedTuple):
    """Where something that is gone is now, the path of that page or file below docs, and whether that is certain."""

    place: Place
    path: str
    certain: bool


@dataclass(frozen=True)
class Book:
    """One build as the checks see it; mappings are keyed by a page's path below docs.

    ``included`` are the files that a page includes; ``assets`` are the files below docs that are no pages.
    ``undrawn`` are the keys of figures whose source is broken, each with its page's path.
    ``partial`` says that pages which did not change are as an earlier build left them.
    ``unused`` says that files which nothing uses are asked for: then one is a warning, else a hint.
    ``said`` are the problems of the sources that are known without the pages.
    ``unread`` are the files of data, below docs, that cannot be read: what they hold is not known to be missing.
    ``today`` is the day that ages are counted from: without one nothing is old.
    """

    project: Project
    listing: Listing
    site: Site
    sources: Mapping[str, Source]
    parts: Mapping[str, Part]
    registry: Registry
    links: Links
    cited: Sequence[Cited] = ()
    states: Sequence[State] = ()
    missions: Sequence[Mission] = ()
    assets: Sequence[str] = ()
    included: Mapping[str, Sequence[Source]] = field(default_factory=dict)
    aliases: Sequence[Alias] = ()
    said: Sequence[Problem] = ()
    unread: frozenset[str] = frozenset()
    memory: Memory = field(default_factory=NoMemory)
    undrawn: frozenset[tuple[str, str]] = frozenset()
    today: date = date.min
    partial: bool = False
    unused: bool = False

    def written(self) -> Iterable[tuple[Page, Source]]:
        """Yield every rendered page that somebody wrote, with its source."""
        for page in self.site.pages.values():
            if source := self.sources.get(page.path):
                yield page, source

    def html(self, page: Page) -> str:
        """Return a page as it is built; "" of one that an earlier build left and nobody has any more."""
        return self.site.text(page.file) if page.file in self.site.files else ""

    def all_sources(self) -> Iterable[Source]:
        """Yield every text that readers see: pages, and what they include."""
        yield from self.sources.values()
        yield from {source.path: source for files in self.included.values() for source in files}.values()

    @cached_property
    def _texts(self) -> Mapping[str, Source]:
        return {source.path: source for source in self.all_sources()}

    def place(self, comment: Comment, words: str) -> Position:
        """Return where a comment says some words; where it begins, if a plugin made it or they are written otherwise."""
        source, start, end = self._written(comment)
        found = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])").search(source.text, start, end)
        return source.position(found.start()) if found else comment.position

    def below(self, comment: Comment) -> tuple[Source, int]:
        """Return the file that a comment is in, and the number of the next line there that says something."""
        source, _, end = self._written(comment)
        after = source.text[end:].removeprefix("-->")
        return source, source.position(len(source.text) - len(after.lstrip())).line

    def _written(self, comment: Comment) -> tuple[Source, int, int]:
        """Return the file that a comment is in, and the offsets where it begins and where its end is marked."""
        at = comment.position
        source = self._texts.get(at.path, Source(at.path, ""))
        start = source.offset(min(at.line, len(source.lines))) + at.column - 1
        return source, start, max(source.text.find("-->", start), start)

    @cached_property
    def running(self) -> Mapping[str, str]:
        """The running text of every page."""
        return {path: prose.running(source) for path, source in self.sources.items()}

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The style sheets of the site."""
        return tuple(self.site.text(name) for name in self.site.files if name.endswith(".css"))

    @cached_property
    def parts_of_pages(self) -> frozenset[str]:
        """The files below docs that pages include, by their path there."""
        return frozenset(source.path.removeprefix(self.project.prefix) for source in self.all_sources())

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Every id that a link, a citation or an option of the guide names."""
        ids = {
            link.dest.rpartition("#")[2] for source in self.all_sources() for link in source.links if "#" in link.dest
        }
        ids |= {f"src-{key}" for source in self.all_sources() for key, _ in source.citations}
        return frozenset(ids | self.named)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every id that an option names."""
        return frozenset(key for part in self.parts.values() for key, _ in part.references)

    @cached_property
    def names(self) -> Near:
        """The pages and files that a mistyped path may have meant."""
        titles = {page.path: page.headings[0].words if page.headings else "" for page, _ in self.written()}
        return near.pages(self._files | titles)

    def files_like(self, tag: str) -> Near:
        """Return the files that a mistyped path on such an element may have meant: by an image's, an image."""
        return self._near_pictures if tag in PICTURES else self._near_files

    @cached_property
    def _files(self) -> dict[str, str]:
        return {name: "" for name in self.site.files if not name.endswith(NO_FILES)}

    @cached_property
    def _near_files(self) -> Near:
        return near.pages(self._files)

    @cached_property
    def _near_pictures(self) -> Near:
        return near.pages(dict.fromkeys(filter(PICTURE_RE.search, self._files), ""))

    @cached_property
    def missing(self) -> frozenset[str]:
        """The paths that the navigation names and that nothing in the site has."""
        named = {entry.path for entry in self.listing.missing}
        return frozenset(path for path in named if not self.site.exists(unquote(path)))

    @cached_property
    def missing_places(self) -> frozenset[Place | None]:
        """Where those entries lead on every page."""
        home = Page("", "")
        return frozenset(self.site.place(path, home) for path in self.missing)

    def notes(self, path: str, key: str = "") -> tuple[str, ...]:
        """Return what is remembered of a file below docs that is gone, or of an id that was on it."""
        return tuple(filter(None, [self.memory.blame(self.project.prefix + path, key)]))

    def moved_page(self, path: str, anchor: str = "") -> Moved | None:
        """Return where a page that is gone, or an anchor of it, is now: an alias says so, or the project's history."""
        address = self.project.former_address(path)
        if alias := self._alias(f"{address}#{anchor}" if anchor else address):
            return self._moved(alias, certain=True)
        new = self.memory.became(self.project.prefix + path).removeprefix(self.project.prefix)
        if new not in self.site.pages:
            return None
        return self._moved(Place(self.site.pages[new].url, ""), certain=self.memory.is_sure(self.project.prefix + path))

    def moved_file(self, path: str) -> Moved | None:
        """Return where a file that is no page is now, as the project's history has it."""
        old = self.project.prefix + path
        new = self.memory.became(old).removeprefix(self.project.prefix)
        return Moved(Place(new, ""), new, self.memory.is_sure(old)) if new in self.site.files else None

    def moved(self, place: Place) -> Moved | None:
        """Return where an anchor that is gone is now.

        An alias says so; one page alone has it, or the project's history knows its heading's new words, and
        neither of these two is certain.
        """
        alias = self._alias(f"{place.url}#{place.anchor}")
        # The alias of a page takes every anchor along, those too that nothing has.
        if alias and (not alias.anchor or alias.anchor in self.site.page_at[file_of(alias.url)].ids):
            return self._moved(alias, certain=True)
        pages = self.links.pages_of(place.anchor)
        if len(pages) == 1 and pages[0] in self.site.pages:
            return self._moved(Place(self.site.pages[pages[0]].url, place.anchor), certain=False)
        return self._moved(reworded, certain=False) if (reworded := self._reworded(place)) else None

    def _moved(self, place: Place, *, certain: bool) -> Moved:
        return Moved(place, self.site.page_at[file_of(place.url)].path, certain)

    def former_folders(self, path: str, written: str) -> list[str]:
        """Return the folders below docs in which a page was before and had this written; the latest first."""
        prefix, here = self.project.prefix, posixpath.dirname(path)
        former = [
            old.removeprefix(prefix)
            for old, text in self.memory.was(prefix + path)
            if old.startswith(prefix) and written in text
        ]
        return [folder for old in former if (folder := posixpath.dirname(old)) != here]

    def there(self, path: str) -> str:
        """Return a path below docs if a page or a file of the site has it, else ""."""
        page = self.site.pages.get(path)
        return path if (page and page.path) or (path in self.site.files and not path.endswith(".html")) else ""

    def sources_of(self, url: str) -> list[str]:
        """Return the paths below docs of the pages that would have an address, were they there."""
        stem = url.removesuffix("/").removesuffix(".html")
        names = [f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"] if stem else []
        return [name for name in names if self.project.former_address(name).rstrip("/") == url.rstrip("/")]

    @cached_property
    def _shown_on(self) -> Mapping[str, list[str]]:
        pages: dict[str, list[str]] = {}
        for path, source in self.sources.items():
            for text in (source, *self.included.get(path, ())):
                pages.setdefault(text.path, []).append(path)
        return pages

    def shown_on(self, path: str) -> Sequence[str]:
        """Return the pages on which the text of a file is shown, by their paths below docs; the file's own is printed."""
        return self._shown_on.get(path, [])

    def _reworded(self, place: Place) -> Place | None:
        page = self.site.page_at.get(file_of(place.url))
        words = self.memory.became(self.project.prefix + page.path, place.anchor) if page and page.path else ""
        found = [heading.id for heading in page.headings if words and heading.words == words] if page else []
        return Place(place.url, found[0]) if len(found) == 1 else None

    def _alias(self, address: str) -> Place | None:
        """Return where an alias leads in the end, None where none does or nothing is there."""
        old = canonical(address)
        new = final(old, moves(self.aliases)) if self.aliases else old
        if new is None or new == old:
            return None
        url, _, anchor = new.partition("#")
        page = next((page for page in self.site.pages.values() if page.path and canonical(page.url) == url), None)
        return Place(page.url, anchor) if page else None

    def start(self, page: Page) -> Position:
        """Return the first line of a page's text, for what nobody wrote in it."""
        source = self.sources[page.path]
        return source.position(source.body_start)
