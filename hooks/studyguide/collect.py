"""The guide's sources, taken in one by one -> the manuscript: all that they say, and what is wrong with them.

reader = Reader(studio, settings)                       the data of the guide is read at once
markdown = reader.read("learn/a.md", text, source="docs/learn/a.md")    each page, and once that is rendered
reader.define("learn/a.md", reader.directives.part())                   what it defines, then
reader.manuscript(listing)  ->  Manuscript(sources={...}, parts={...}, drawings={...}, problems=(...))
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from studyguide import waivers
from studyguide.directives import DirectivesExtension
from studyguide.directives.checkpoint.place import label_faults
from studyguide.directives.part import Part, shown_again
from studyguide.published import aliases, inventory
from studyguide.text import comments, include, inputs, missions, sources, states, synonyms
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from studyguide.figures import Studio
    from studyguide.listing import Listed, Listing, Project
    from studyguide.model import Checkpoint, Drawing, Problem
    from studyguide.text.missions import Mission
    from studyguide.text.sources import Cited
    from studyguide.text.states import State
    from studyguide.text.synonyms import Synonym

T = TypeVar("T")
# Data of the guide, below docs: each is read where it is there.
SOURCES, ALIASES, PUBLISHED = "reference/sources.yml", "reference/aliases.yml", "reference/published.json"
SYNONYMS = "reference/synonyms.txt"
STATES, MISSIONS = "lab/states.yml", "lab/missions.yml"
DATA = frozenset({SOURCES, ALIASES, PUBLISHED, SYNONYMS, STATES, MISSIONS, "reference/external.yml"})


def source_from(path: str, text: str) -> Source:
    """Return a file's source; what is worked out of it stays with it, from save to save."""
    return Source(path, text)


@dataclass(frozen=True)
class Manuscript:
    """The guide as it is written; mappings are keyed by a page's path below docs.

    ``drawings`` are keyed by the figure's key too; ``included`` are the files that a page includes; ``before`` is the
    inventory of what readers have now, None where there is none or it cannot be read; ``synonyms`` are those of search,
    None where there is no file of them; ``unread`` are the files of
    data that cannot be, of which that is the one finding; ``texts`` are all files that were read, by the path that a
    problem prints.
    """

    project: Project
    listing: Listing
    sources: Mapping[str, Source]
    parts: Mapping[str, Part]
    drawings: Mapping[tuple[str, str], Drawing]
    included: Mapping[str, Sequence[Source]]
    cited: Sequence[Cited]
    aliases: Sequence[aliases.Alias]
    before: inventory.Inventory | None
    assets: Sequence[str]
    waivers: Sequence[waivers.Waiver]
    problems: Sequence[Problem]
    texts: Mapping[str, str]
    unread: frozenset[str] = frozenset()
    synonyms: Sequence[Synonym] | None = None
    states: Sequence[State] = ()
    missions: Sequence[Mission] = ()

    @property
    def sources_page(self) -> str:
        """The page that shows the sources, "" where none does."""
        shown = (path for path, part in self.parts.items() for each in part.comments if each.words == "sources")
        return next(shown, "")

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """Every question, page by page, each once: two pages may include one."""
        found = {checkpoint.position: checkpoint for part in self.parts.values() for checkpoint in part.checkpoints}
        return list(found.values())


class Reader:
    """Takes in the files of one build, and everything that they say."""

    def __init__(self, studio: Studio, project: Project, *, today: date = date.max) -> None:
        self._studio, self.project = studio, project
        self.directives = DirectivesExtension(self._named, today)
        self.prefix = project.prefix
        self.texts: dict[str, str] = dict(project.settings)
        self.found = inputs.walk(project.docs, self.prefix)
        self._sources: dict[str, Source] = {}
        self._parts: dict[str, Part] = {}
        self._included: dict[str, Sequence[Source]] = {}
        self._drawings: dict[tuple[str, str], Drawing] = {}
        self._cited: list[Cited] = []
        self._aliases: list[aliases.Alias] = []
        self._before: inventory.Inventory | None = None
        self._synonyms: list[Synonym] | None = None
        self._states: list[State] = []
        self._missions: list[Mission] = []
        self._problems: list[Problem] = list(self.found.problems)
        self._waivers: list[waivers.Waiver] = []
        self._unread: set[str] = set()
        if project.directives:
            self._read_data()
        for name in project.own_templates():
            text = self.open(project.root / name, name)
            self._problems += comments.unread(text, name) if project.directives else []
        for name, text in project.settings.items():
            self._waive(*waivers.read_yaml(text, name))
            self._problems += [*inputs.repeated(text, name), *inputs.retyped(text, name)]

    def _read_data(self) -> None:
        """Take in the files of data that the project has."""
        self._cited = self._held(SOURCES, sources.read) or []
        self._aliases = self._held(ALIASES, aliases.read) or []
        self._before = self._held(PUBLISHED, inventory.read)
        self._states = self._held(STATES, states.read) or []
        self._missions = self._held(MISSIONS, missions.read) or []
        if (self.project.docs / SYNONYMS).is_file():
            self._synonyms = synonyms.read(self._data(SYNONYMS))
        for name in (SOURCES, ALIASES, STATES, MISSIONS):
            self._waive(*waivers.read_yaml(self.texts.get(self.prefix + name, ""), self.prefix + name))

    def _held(self, name: str, read: Callable[[str, str], tuple[T | None, list[Problem]]]) -> T | None:
        """Return what a file of data holds, None where it is not there, or cannot be read: that is one problem then."""
        if not (self.project.docs / name).is_file():
            return None
        before = len(self._problems)
        text = self._data(name)
        codes = {problem.code for problem in self._problems[before:]}
        found, problems = read(text, self.prefix + name) if "INP003" not in codes else (None, [])
        # Bytes that are no text are why the rest cannot be read.
        self._problems += problems if found is not None or "INP002" not in codes else []
        if name.endswith(".yml") and found:
            # Keys of the file itself are reported by who reads it.
            self._problems += inputs.repeated(text, self.prefix + name, depth=1)
            self._problems += inputs.swallowed(text, self.prefix + name)
        if found is None:
            self._unread.add(name)
        return found

    def _waive(self, found: list[waivers.Waiver], problems: list[Problem]) -> None:
        self._waivers += found
        self._problems += problems

    def open(self, file: Path, path: str) -> str:
        """Return the text of a file; what is wrong with its bytes is a problem at ``path``."""
        text, problems = inputs.read(file, path)
        self._problems += problems
        self.texts[path] = text
        return text

    def _data(self, path: str) -> str:
        """Return the text of a file below docs."""
        return self.open(self.project.docs / path, self.prefix + path)

    def read_sources(self, text: str, path: str) -> None:
        """Take the file of sources in."""
        cited, problems = sources.read(text, path)
        self._cited = cited or []
        self._problems += problems

    def read(self, path: str, text: str, *, source: str, changed: str | None = None) -> str:
        """Take a page's source in, front matter and all; return the Markdown to render.

        ``path`` is its name below docs, ``source`` what problems print for it, ``changed`` what its body was changed to.
        """
        page = self.take(path, text, source=source)
        if not self.project.directives:
            self._parts[path] = Part()
            self._included[path] = include.as_written(page, self.project.docs, self.prefix)
            lines = page.lines[page.body_line - 1 :] if changed is None else changed.split("\n")
            return "\n".join(waivers.blank(lines))
        return "\n".join(waivers.blank(self.directives.start(page, changed).split("\n")))

    def define(self, path: str, part: Part) -> None:
        """Take in what a page that was rendered defines, and draw its figures."""
        self._parts[path], self._included[path] = part, part.included
        for figure in part.figures:
            self._drawings[path, figure.key] = self._studio.draw(figure.engine, figure.code)

    def include(self, path: str, names: Iterable[str], elsewhere: Mapping[str, str]) -> None:
        """Take in the files that a page includes, by the names that problems print, and the texts of those elsewhere."""
        self._included[path] = [
            source_from(name, elsewhere[name] if name in elsewhere else self.open(self.project.root / name, name))
            for name in names
        ]

    def _named(self, file: Path) -> str:
        """Return how problems name a file that a page includes: by its path in the project, or by its name alone."""
        for folder, before in ((self.project.docs, self.prefix), (self.project.root, "")):
            if file.is_relative_to(folder):
                return before + file.relative_to(folder).as_posix()
        return f"<{file.name}>"

    def take(self, path: str, text: str, *, source: str) -> Source:
        """Take in what a page's source shows without the parser."""
        page = self._sources[path] = source_from(source, text)
        self.texts[page.path] = text
        self._problems += inputs.page_problems(page)
        self._waive(*waivers.read(page))
        return page

    def loops(self) -> list[Problem]:
        """Return the problems that no build survives: links that lead round in a circle."""
        return [problem for problem in self.found.problems if problem.code == "INP004"]

    def unreadable(self) -> set[str]:
        """Return the files below docs that cannot be read."""
        return {p.position.path.removeprefix(self.prefix) for p in self.found.problems if p.code == "INP003"}

    def manuscript(self, listing: Listing, more: Iterable[Problem] = ()) -> Manuscript:
        """Return everything that was read, once every page was; ``more`` are problems that others know of."""
        included = [source for files in self._included.values() for source in files]
        self.texts |= {source.path: source.text for source in included if not source.path.startswith("<")}
        written = [problem for part in self._parts.values() for problem in part.problems]
        written += [problem for source in included for problem in inputs.no_characters(source.text, source.path)]
        again = shown_again({path: self._parts[path] for path in listing.urls if path in self._parts}, self._sources)
        return Manuscript(
            project=self.project,
            listing=listing,
            sources=self._sources,
            parts=self._parts,
            drawings=self._drawings,
            included=self._included,
            cited=self._cited,
            aliases=self._aliases,
            before=self._before,
            assets=[path for path in listing.files if not (self.project.directives and path in DATA)],
            waivers=tuple(self._waivers),
            problems=sorted({*self._problems, *written, *self._figure_problems(), *again, *more}),
            texts=self.texts,
            unread=frozenset(self._unread),
            synonyms=self._synonyms,
            states=self._states,
            missions=self._missions,
        )

    def _figure_problems(self) -> Iterable[Problem]:
        for path, part in self._parts.items():
            for figure in part.figures:
                yield from (finding.at(figure.start) for finding in self._drawings[path, figure.key].findings)
            for question in part.checkpoints:
                # Of a drawing that is broken the labels are not known, and that is said.
                if (drawing := self._drawings.get((path, question.drawing))) and drawing.svg:
                    yield from label_faults(question, drawing.words)


def merged(manuscript: Manuscript, others: Sequence[Manuscript]) -> Manuscript:
    """Return one manuscript of a site that several builds made, such as one for each language.

    A page that two builds made of one source is there twice: the second goes by the name of its file in the site.
    """
    for other in others:
        names = {page.path: _free(page, manuscript.listing.page) for page in other.listing.pages}
        listing = replace(
            manuscript.listing,
            pages=(
                *manuscript.listing.pages,
                *(replace(page, path=names[page.path]) for page in other.listing.pages),
            ),
        )
        manuscript = replace(
            manuscript,
            listing=listing,
            sources={**manuscript.sources, **{names[path]: value for path, value in other.sources.items()}},
            parts={**manuscript.parts, **{names[path]: value for path, value in other.parts.items()}},
            drawings={**manuscript.drawings, **{(names[at], key): each for (at, key), each in other.drawings.items()}},
            included={**manuscript.included, **{names[path]: value for path, value in other.included.items()}},
            waivers=tuple(dict.fromkeys([*manuscript.waivers, *other.waivers])),
            problems=sorted({*manuscript.problems, *other.problems}),
            texts={**other.texts, **manuscript.texts},
        )
    return manuscript


def _free(page: Listed, taken: Mapping[str, Listed]) -> str:
    """Return a name for a page that no other has: its own, or that of its file in the site."""
    return f"{page.file.removesuffix('.html')}.md" if page.path in taken else page.path
