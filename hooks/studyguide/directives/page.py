"""One page while the Markdown parser is at it: directives become elements where the parser takes them for blocks.

A directive's lines are taken out of the text first and a token of one line stands for them, as one does for a fence: so
whatever holds a directive only has to carry one line to its place, and no container can cut a directive in two. Where
the parser takes the token for a block, the directive is made; where it takes it for code or text, the lines come back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markdown.extensions.attr_list import get_attrs_and_remainder

from studyguide.directives.block import Block, as_block
from studyguide.directives.citation import CLASS
from studyguide.directives.given import Line
from studyguide.directives.lines import OPENING_RE, inside
from studyguide.directives.marking import marked
from studyguide.directives.options import look
from studyguide.directives.part import Part, id_taken, made_id
from studyguide.directives.said import LITERAL, in_text, said
from studyguide.directives.stray import linked, stray, unseen
from studyguide.kinds import KINDS
from studyguide.model import Figure, Position, Problem
from studyguide.text import comments, inputs, marks
from studyguide.text.comments import Comment
from studyguide.text.marks import MARK_RE, TOKEN_RE
from studyguide.text.source import Source

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from markdown import Markdown

    from studyguide.directives.said import Said
    from studyguide.model import Checkpoint, Engine, Form, Target
    from studyguide.text.marks import Mark

# As its extension for attributes of elements reads them.
ATTRIBUTES_RE = re.compile(r"(?P<near>(?<=\S))?\{:?[ ]*(?P<attributes>[^{}\n]+?)[ ]*\}(?(near)|[ ]*(?=[|\n]|\Z))")
STASHED_RE = re.compile(r"\x02wzxhzdk:(?P<number>\d+)\x03")
CODE_RE = re.compile(r"<code\b[^>]*>(?P<code>.*?)</code>", re.DOTALL)
TAG_RE = re.compile(r"<[^>]*>")
PLACEHOLDER = '<div class="sg-placeholder" data-drawing="{}"></div>'
DRAWING_RE = re.compile(PLACEHOLDER.format(TOKEN_RE.pattern))
# Marks that say where lines are, and nothing about what they ought to be.
QUIET_RE = re.compile(marks.mark_of("end", "line"))
# What a reader is shown as it is written, or not at all.
LITERAL_RE = re.compile(
    r"<!--.*?-->|<(?P<tag>pre|code|script|style|textarea|template)\b.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE
)
# Of these a link tells what they say.
NOTED = frozenset({"term", "example"})


class _Taken(NamedTuple):
    """A directive that was taken out of the text, and the lines that come back where it is none."""

    block: Block
    lines: tuple[str, ...]


class _Drawn(NamedTuple):
    """A fence that is drawn: its engine, its code, and where its first mark is."""

    engine: Engine
    code: str
    position: Position


class Page:
    """What is known of a page while it is parsed, and what was found on it."""

    def __init__(
        self,
        source: Source,
        kinds: Mapping[str, ModuleType],
        *,
        named: Callable[[Path], str] = str,
        today: date = date.max,
    ) -> None:
        self.files: list[Source] = [source]
        self._named, self._today = named, today
        self.md: Markdown | None = None
        self._kinds = kinds
        self._taken: list[_Taken] = []
        self._drawn: list[_Drawn] = []
        self._shown: dict[int, str] = {}
        self._ids: dict[str, Position] = {}
        self._inside: list[str] = []
        self._strays: dict[Mark, None] = {}
        self._unclosed: set[Mark] = set()
        self._within: set[Mark] = set()
        self._unseen: set[Mark] = set()
        self._blocks: list[Block] = []
        self._targets: list[Target] = []
        self._figures: list[Figure] = []
        self._checkpoints: list[Checkpoint] = []
        self._references: list[tuple[str, Position]] = []
        self._problems: list[Problem] = []
        self._comments: list[Comment] = []
        self._inclusions: dict[str, Position] = {}
        self._looks: dict[str, Callable[[Said], Iterable[Problem]]] = {}

    def part(self) -> Part:
        """Return everything that was found."""
        return Part(
            targets=tuple(self._targets),
            figures=tuple(self._figures),
            checkpoints=tuple(self._checkpoints),
            references=tuple(self._references),
            problems=(*self._read_problems(), *self._stray_problems()),
            blocks=tuple(self._blocks),
            included=tuple(self.files[1:]),
            inclusions=self._inclusions,
            comments=tuple(self._comments),
        )

    def _read_problems(self) -> Iterable[Problem]:
        """Yield what was reported, but for the names in a list of files that never ends: that is one problem."""
        unending = {at.path: at.line for source in self.files for at in source.unending}
        for problem in self._problems:
            at = problem.position
            if problem.code != "SNP001" or at.line <= unending.get(at.path, at.line):
                yield problem

    def _stray_problems(self) -> Iterable[Problem]:
        for at in (at for source in self.files for at in source.unending):
            message = "This list of files to include never ends, so every line below it is taken for one."
            yield Problem(at, "SNP001", message, "Add a line `--8<--` after the last of them.")
        for mark in self._strays:
            source = self.files[mark.file]
            at = Position(source.path, mark.line, mark.column)
            found = linked(mark.kind, at) if mark in self._within else None
            found = found or (unseen(mark.kind, at) if mark in self._unseen else None)
            if problem := found or stray(mark.kind, at, source, unclosed=mark in self._unclosed):
                yield problem

    # What a directive asks for while it is made.

    def define(self, target: Target, look: Callable[[Said], Iterable[Problem]] | None = None) -> None:
        """Keep a target of the page; ``look`` returns what is wrong with what it turns out to say."""
        self._targets.append(target)
        if look:
            self._looks[target.id] = look

    def ask(self, checkpoint: Checkpoint) -> None:
        """Keep a question."""
        self._checkpoints.append(checkpoint)

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep what is wrong."""
        self._problems += problems

    def written(self, line: str, part: str) -> Position:
        """Return where the last such part of a line was written; the page's first line where none reads so."""
        for source in self.files:
            for number, text in enumerate(source.unfenced.split("\n"), 1):
                if line in text and part in text:
                    return Position(source.path, number, text.rindex(part) + 1)
        return Position(self.files[0].path)

    def parse(self, element: ET.Element, lines: Sequence[Line]) -> bool:
        """Parse lines into an element, as blocks; return whether they hold what a page may hold once."""
        md = self.md
        if md is None or not any(line.text.strip() for line in lines):
            return False
        before = len(self._targets)
        text = self._collapsed(lines)
        if any("<" in line for line in text):
            text = md.preprocessors["html_block"].run(text)
        md.parser.state.set("studyguide")
        md.parser.parseChunk(element, "\n".join(text).strip("\n"))
        md.parser.state.reset()
        return len(self._targets) > before or any(self.drawing(line.text) is not None for line in lines)

    def is_fence(self, line: str) -> bool:
        """Return whether a line stands for a fence."""
        return STASHED_RE.fullmatch(line.strip()) is not None

    def code(self, line: str) -> str | None:
        """Return the code of the fence that a line stands for, None if it stands for none."""
        found = STASHED_RE.fullmatch(line.strip())
        stashed = self.md.htmlStash.rawHtmlBlocks[int(found["number"])] if found and self.md else None
        code = CODE_RE.search(stashed) if isinstance(stashed, str) else None
        return marks.strip(unescape(TAG_RE.sub("", code["code"]))) if code else None

    def words(self, text: str) -> str:
        """Return the words of a text in code: where it is highlighted, the parser keeps it elsewhere."""
        stash: Any = self.md.htmlStash.rawHtmlBlocks if self.md else []
        return unescape(TAG_RE.sub("", STASHED_RE.sub(lambda found: stash[int(found["number"])], text)))

    def sources(self, lines: Sequence[Line]) -> list[Line]:
        """Return lines with the code of each fence in the place of what stands for it."""
        return [line._replace(text=self._source(line.text)) if self.is_fence(line.text) else line for line in lines]

    def _source(self, line: str) -> str:
        number = self.drawing(line)
        return self._drawn[number].code if number is not None else self.code(line) or ""

    def drawing(self, line: str) -> int | None:
        """Return the number of the drawing that a line stands for, None if it stands for none."""
        found = STASHED_RE.fullmatch(line.strip())
        if found is None or self.md is None:
            return None
        stashed = self.md.htmlStash.rawHtmlBlocks[int(found["number"])]
        drawn = DRAWING_RE.match(stashed) if isinstance(stashed, str) else None
        return marks.number_of(drawn) if drawn else None

    def show(
        self, number: int, key: str, caption: str, alt: str, *, form: Form | None = None, figure: str = ""
    ) -> None:
        """Make a drawing that of a figure."""
        drawn = self._drawn[number]
        self._shown[number] = key
        start = replace(drawn.position, line=drawn.position.line + 1)
        self._figures.append(Figure(key, caption, alt, drawn.engine, drawn.code, start, form, figure))

    # What the parser asks for, in this order.

    def include(self, file: Path, mark: str) -> list[str]:
        """Return the lines of a file that the page includes where a mark says, marked."""
        name, at = self._named(file), self.place(mark)
        # What is included by an included file is asked for where that is.
        self._inclusions.setdefault(name, self._inclusions.get(at.path, at))
        text, problems = inputs.read(file, name)
        self.report(problems)
        known = next((number for number, source in enumerate(self.files) if source.path == name), None)
        if known is None:
            known = len(self.files)
            self.files.append(Source(name, text))
        return marked(self.files[known], known, whole=True) if text else []

    def place(self, mark: str) -> Position:
        """Return the place of the mark in a text; the page's first line for what no author wrote."""
        found = MARK_RE.search(mark)
        if found is None:
            return Position(self.files[0].path, self.files[0].body_line)
        place = marks.of(found)
        return Position(self.files[place.file].path, place.line, place.column)

    def draw(self, engine: Engine, code: str, mark: str) -> str:
        """Keep a fence that is drawn; return what stands for it."""
        self._drawn.append(_Drawn(engine, code, self.place(mark)))
        return PLACEHOLDER.format(marks.token(len(self._drawn) - 1))

    def collapse(self, lines: list[str]) -> list[str]:
        """Return the page's lines with a token instead of each directive that is in no other."""
        return self._collapsed(list(self._placed(lines)))

    def _placed(self, lines: list[str]) -> Iterator[Line]:
        """Yield the lines with their places, which the marks in them tell, and which are counted in between."""
        number, path, column = self.files[0].body_line - 1, self.files[0].path, 1
        for line in lines:
            number += 1
            found = MARK_RE.search(line) if marks.CLOSE in line else None
            if found:
                place = self.place(found.group())
                number, path = place.line, place.path
                if path == self.files[0].path:
                    column = 1
                elif marks.of(found).kind == "directive":
                    column = place.column - line.find("/")  # an inclusion may move its lines to the right
            yield Line(QUIET_RE.sub("", line) if found else line, number, column, path)

    def _collapsed(self, lines: Sequence[Line]) -> list[str]:
        found, index = list[str](), 0
        while index < len(lines):
            line = lines[index].text
            opening = OPENING_RE.match(line) if "///" in line else None
            if opening is None or opening["name"] not in self._kinds:
                found.append(line)
            elif inner := inside(lines, index, opening):
                found.append(opening["prefix"] + self._take(opening, inner))
                index += len(inner)
            else:
                found.append(line)
                self._unclosed |= {marks.of(mark) for mark in MARK_RE.finditer(opening["mark"] or "")}
            index += 1
        return found

    def _take(self, opening: re.Match[str], inner: list[Line]) -> str:
        """Keep a directive; return the token that stands for it."""
        position = self.place(opening["mark"] or "")
        block = as_block(opening["name"], opening["title"] or "", position, inner[:-1], inner[-1].number)
        first = opening.string[len(opening["prefix"]) :]
        self._taken.append(_Taken(block, (first, *(line.text for line in inner))))
        return marks.token(len(self._taken) - 1)

    def make(self, parent: ET.Element, number: int) -> None:
        """Make the directive that a token stands for."""
        block = self._taken[number].block
        kind = self._kinds[block.name]
        looked = look(block, kind.OPTIONS, self._today)
        key = self._key(block, looked.values["id"], KINDS[block.name].prefix)
        self.report([*block.problems, *looked.problems])
        self._references += looked.references
        block = replace(block, values=looked.values, key=key, inside=self._inside[-1] if self._inside else "")
        self._blocks.append(replace(block, title=marks.strip(block.title), body=()))
        self._inside.append(key)
        kind.make(block, parent, self)
        self._inside.pop()

    def _key(self, block: Block, key: str, prefix: str) -> str:
        """Return the id of a directive, or one made for it if it has none of its own."""
        given = block.options.get("id")
        if not block.problems and (given is None or given.is_nothing):
            fix = f"Add `id: {prefix}...` under its first line, four spaces in."
            self.report([Problem(block.position, "DIR003", f"This {block.name} has no id.", fix)])
        own = key
        key = own or made_id(prefix, block.position)
        if key in self._ids:
            # A name of its own, so that this one is still drawn and no browser sees an id twice. One that was made is
            # no problem: a page may include it twice.
            if own:
                self.report([id_taken(key, block.at("id"), self._ids[key])])
            key = made_id(f"{key}-", block.position)
            while key in self._ids:
                key += "-again"
        self._ids[key] = block.at("id")
        return key

    def restore(self, text: str) -> str:
        """Return a text with the lines of directives instead of their tokens, each as far in as its token."""
        found = list[str]()
        for line in text.split("\n"):
            token = TOKEN_RE.search(line) if marks.STASHED in line else None
            if token is None:
                found.append(line)
                continue
            before = line[: token.start()]
            lines = self._taken[marks.number_of(token)].lines
            found += [f"{before}{inner}" if inner.strip() else "" for inner in lines]
        return "\n".join(found)

    def sweep(self, root: ET.Element) -> None:
        """Take the marks out of a tree, and keep those that stayed text, and those of links within links."""
        inner = {link for outer in root.iter("a") for link in outer.iter("a") if link is not outer}
        for element in root.iter():
            quiet = element.tag in LITERAL or element.get("class") == CLASS
            if element in inner:
                self._within |= {marks.of(found) for found in MARK_RE.finditer(element.get("href", ""))}
            # A token is still here where only words may be, as in `<p markdown>`.
            if element.text and marks.CLOSE in element.text:
                element.text = _like(element.text, self._swept(self.restore(element.text), quiet=quiet))
            if element.tail and marks.CLOSE in element.tail:
                element.tail = _like(element.tail, self._swept(self.restore(element.tail)))
            for name, value in element.items():
                if isinstance(value, str) and marks.CLOSE in value:
                    if name != "href":
                        self._unseen |= {marks.of(found) for found in MARK_RE.finditer(value)}
                    element.set(name, self._swept(value, quiet=name == "href" and element not in inner))

    def lose_ids(self, count: int) -> None:
        """Report so many ids without a value, where attribute lists have them; the page's first line for others."""
        places = [
            source.position(found.start())
            for source in self.files
            # Code is what may stand before one, too.
            for found in (ATTRIBUTES_RE.finditer(source.text) if count else ())
            if source.prose[found.start()] == "{"
            and not dict(get_attrs_and_remainder(found["attributes"])[0]).get("id", "?")
        ]
        for at in (places + [self.place("")] * count)[:count]:
            fix = "Write `#` and the id, or nothing: `{ #name }`."
            self.report([Problem(at, "ID002", "This gives an id without saying which, so there is none.", fix)])

    def finish(self, html: str) -> str:
        """Return a page's HTML without the marks that came by other ways than the tree, each drawing with its key."""
        html = DRAWING_RE.sub(lambda found: PLACEHOLDER.format(self._drawing_key(marks.number_of(found))), html)
        self._comments.clear()  # the table of contents has asked for the headings alone before
        if marks.CLOSE in html or "<!--" in html:
            html = self._swept(LITERAL_RE.sub(lambda found: self._literal(found.group()), html))
        self._hear(said(html, {target.id for target in self._targets}))
        within = in_text(html) if self._comments else []
        # A browser, and whoever reads as one does, may see fewer: in what it knows to be text.
        if len(within) == len(self._comments):
            self._comments = [c._replace(in_text=inside) for c, inside in zip(self._comments, within, strict=True)]
        return html

    def _hear(self, found: Mapping[str, Said]) -> None:
        """Take what directives are called and what they say from what became of them."""
        self._targets = [
            replace(target, title=found[target.id].name or target.title, text=found[target.id].text if is_noted else "")
            if target.id in found
            else target
            for target in self._targets
            for is_noted in [target.kind in NOTED]
        ]
        self._figures = [
            replace(figure, caption=found[key].name) if figure.caption and key in found else figure
            for figure in self._figures
            for key in [figure.figure or figure.key]
        ]
        self.report(problem for key, look in self._looks.items() if key in found for problem in look(found[key]))

    def _literal(self, text: str) -> str:
        """Return what no reader sees or what is shown as it is; keep what a comment asks for, and write it in one way."""
        bare = marks.strip(text)
        words = comments.said(bare[4:-3]) if bare.startswith("<!--") else None
        if words is None:
            return bare
        # A plugin may have made it.
        self._comments.append(Comment(words, self.place(text)))
        return comments.written(words) if self._comments[-1].asks else bare

    def _drawing_key(self, number: int) -> str:
        """Return the key of a drawing; one that is in no figure gets one of its own, and is reported."""
        if number not in self._shown:
            drawn = self._drawn[number]
            self.show(number, f"drawing-{drawn.position.line}", "", "")
            message = f"This {drawn.engine} fence is not in a figure, so it has no caption and no alt text."
            fix = "Put it between `/// figure | Caption` and `///`, with `id:` and `alt:`."
            self.report([Problem(drawn.position, "FIG004", message, fix)])
        return self._shown[number]

    def _swept(self, text: str, *, quiet: bool = False) -> str:
        if not quiet:
            self._strays |= {marks.of(found): None for found in MARK_RE.finditer(text)}
        return marks.strip(text)


def _like(old: str, new: str) -> str:
    """Return a text that is as much text as another: one that the parser must not look into stays so."""
    return cast("str", cast("Any", type(old))(new))
