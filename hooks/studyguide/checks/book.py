"""What every family of rules looks at: the pages as written and as rendered, and where their ids are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from studyguide import near
from studyguide.published.aliases import canonical, final, moves
from studyguide.site.page import file_of
from studyguide.site.site import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studyguide.directives.part import Part
    from studyguide.links.links import Links
    from studyguide.links.registry import Registry
    from studyguide.model import Position
    from studyguide.near import Near
    from studyguide.published.aliases import Alias
    from studyguide.site.page import Page
    from studyguide.site.site import Site
    from studyguide.text.config import Config
    from studyguide.text.source import Source
    from studyguide.text.sources import Cited


class Memory(Protocol):
    """What the project's history knows of something that is gone; "" where it knows nothing."""

    def blame(self, path: str, key: str = "") -> str:
        """Say who removed or renamed a file below the project's root, or an id that was on it."""

    def became(self, path: str, key: str = "") -> str:
        """Return the new path of a file, or the new words of a heading on it."""


class NoMemory:
    """The history of a project that has none to ask."""

    def blame(self, path: str, key: str = "") -> str:  # noqa: ARG002
        """Return nothing."""
        return ""

    def became(self, path: str, key: str = "") -> str:  # noqa: ARG002
        """Return nothing."""
        return ""


@dataclass(frozen=True)
class Book:
    """One build as the checks see it; mappings are keyed by a page's path below docs.

    ``included`` are the files that pages include, by their path below docs; ``assets`` every other file there.
    ``undrawn`` are the keys of figures whose source is broken, each with its page's path.
    ``unused`` says that files which nothing uses are asked for: then one is a warning, else a hint.
    ``today`` is the day that ages are counted from: without one nothing is old.
    """

    settings: Config
    site: Site
    sources: Mapping[str, Source]
    parts: Mapping[str, Part]
    registry: Registry
    links: Links
    cited: Sequence[Cited] = ()
    assets: Sequence[str] = ()
    included: Mapping[str, Source] = field(default_factory=dict)
    aliases: Sequence[Alias] = ()
    memory: Memory = field(default_factory=NoMemory)
    undrawn: frozenset[tuple[str, str]] = frozenset()
    today: date = date.min
    unused: bool = False

    def written(self) -> Iterable[tuple[Page, Source]]:
        """Yield every rendered page that somebody wrote, with its source."""
        for page in self.site.pages.values():
            if source := self.sources.get(page.path):
                yield page, source

    def all_sources(self) -> Iterable[Source]:
        """Yield every text that readers see: pages, and what they include."""
        yield from self.sources.values()
        yield from self.included.values()

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Every id that a link, a citation or an option of the guide names."""
        ids = {
            link.dest.rpartition("#")[2] for source in self.all_sources() for link in source.links if "#" in link.dest
        }
        ids |= {f"src-{key}" for source in self.all_sources() for key, _ in source.citations}
        return frozenset(ids | {key for part in self.parts.values() for key, _ in part.references})

    @cached_property
    def names(self) -> Near:
        """The pages and files that a mistyped path may have meant."""
        files = {name: "" for name in self.site.files if not name.endswith((".html", ".xml", ".gz"))}
        titles = {page.path: page.headings[0].words if page.headings else "" for page, _ in self.written()}
        return near.pages(files | titles)

    @cached_property
    def missing(self) -> frozenset[str]:
        """The paths that the navigation names and that no page has."""
        settings = self.settings
        named = {entry.path for entry in settings.nav if entry.path not in self.sources}
        return frozenset(path for path in named if not self.site.exists(settings.url(path)))

    def notes(self, path: str, key: str = "") -> tuple[str, ...]:
        """Return what is remembered of a file below docs that is gone, or of an id that was on it."""
        return tuple(filter(None, [self.memory.blame(self.settings.prefix + path, key)]))

    def moved_page(self, path: str) -> Place | None:
        """Return where a page that is gone certainly is now: an alias says so, or the project's history does."""
        if alias := self._alias(self.settings.url(path)):
            return alias
        successor = self.memory.became(self.settings.prefix + path).removeprefix(self.settings.prefix)
        return Place(self.site.pages[successor].url, "") if successor in self.site.pages else None

    def moved(self, place: Place) -> Place | None:
        """Return where an anchor that is gone certainly is now.

        An alias says so, or one page alone has it, or the project's history knows its heading's new words.
        """
        if alias := self._alias(f"{place.url}#{place.anchor}"):
            return alias
        pages = self.links.pages_of(place.anchor)
        if len(pages) == 1 and pages[0] in self.site.pages:
            return Place(self.site.pages[pages[0]].url, place.anchor)
        return self._reworded(place)

    def _reworded(self, place: Place) -> Place | None:
        page = self.site.page_at.get(file_of(place.url))
        words = self.memory.became(self.settings.prefix + page.path, place.anchor) if page and page.path else ""
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
