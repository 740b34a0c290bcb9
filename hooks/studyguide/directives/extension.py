"""The Markdown extension that makes directives of what the parser takes for one.

    extension = DirectivesExtension()
    md = Markdown(extensions=[..., extension])
    html = md.convert(extension.start(source))
    part = extension.part()                      what the page defines, and what is wrong with it

One instance serves every page, one page at a time.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, nearing_recursion_limit

from studyguide.directives.annotated import Notes
from studyguide.directives.citation import Citations
from studyguide.directives.marking import marked
from studyguide.directives.modules import MODULES
from studyguide.directives.names import ENGINES
from studyguide.directives.page import Page
from studyguide.directives.rows import Rows
from studyguide.text import include, marks, plain
from studyguide.text.changed import origins
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from markdown import Markdown

    from studyguide.directives.part import Part
    from studyguide.model import Engine, Position, Problem

TOKEN_RE = re.compile(rf"(?:^|\n)[ ]{{0,3}}{marks.TOKEN_RE.pattern}[ ]*(?:\n|$)")
# The later lines of an item whose first line is text keep the indentation of the item.
ITEM_TOKEN_RE = re.compile(rf"(?:^[ ]{{0,3}}|\n[ ]{{0,7}}){marks.TOKEN_RE.pattern}[ ]*(?:\n|$)")


class DirectivesExtension(Extension):
    """Our directives, references and citations, for Python-Markdown.

    ``named`` says how problems name a file, and ``today`` is the day after which no day has been.
    """

    def __init__(self, named: Callable[[Path], str] = str, today: date = date.max) -> None:
        super().__init__()
        self._named, self.today = named, today
        self.page = Page(Source("", ""), MODULES)
        self._remembered: Part | None = None

    def start(self, source: Source, changed: str | None = None) -> str:
        """Begin with a page; return its Markdown, marked, to be rendered: the source's, or what that was changed to."""
        self.page, self._remembered = Page(source, MODULES, named=self._named, today=self.today), None
        if changed is None:
            return "\n".join(marked(source, 0))
        now, first = Source(source.path, changed), source.body_line
        return "\n".join(
            marked(now, 0, whole=True, origins=tuple(origins(source.lines[first - 1 :], now.lines, first=first)))
        )

    def remember(self, part: Part) -> None:
        """Take what a page defines from a memory, where it was rendered before."""
        self._remembered = part

    def part(self) -> Part:
        """Return what the page that was rendered last defines, and forget the page."""
        part = self._remembered or self.page.part()
        self.page, self._remembered = Page(Source("", ""), MODULES), None
        return part

    def fences(self, superfences: dict[str, Any]) -> None:
        """Make the options of ``pymdownx.superfences`` leave a mark in the page where a drawing belongs.

        Whatever formatter the site declares for these fences is replaced: they are drawn at build time.
        """
        others = [fence for fence in superfences.get("custom_fences", ()) if fence["name"] not in ENGINES]
        ours = [{"name": name, "class": name, "format": self._drawn, "validator": _keep_mark} for name in ENGINES]
        superfences["custom_fences"] = [*others, *ours]

    # What inclusions ask for.

    def place(self, mark: str) -> Position:
        """Return the place of a mark."""
        return self.page.place(mark)

    def include(self, file: Path, mark: str) -> list[str]:
        """Return the lines of a file that the page includes where a mark says, marked."""
        return self.page.include(file, mark)

    def report(self, problems: Iterable[Problem]) -> None:
        """Keep what is wrong."""
        self.page.report(problems)

    def _drawn(self, code: str, language: str, _class: str, options: dict[str, str], _md: object, **_: object) -> str:
        return self.page.draw(cast("Engine", language), code, options.get("at", ""))

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Put a processor wherever a mark or a directive has to be seen."""
        # The parser lays its elements out as it does those of HTML.
        md.block_level_elements.append("sg-question")
        include.install(md, self)
        plain.install(md)
        # Before fences (25), which must not show marks; before raw HTML (20), which may hold directives.
        md.preprocessors.register(_Fences(md), "studyguide-fences", 26)
        md.preprocessors.register(_Collapse(self, md), "studyguide-collapse", 20.5)
        # After the indentation of lists (90) and before code (80); what no block took comes back before code, and
        # before paragraphs (10).
        md.parser.blockprocessors.register(_Make(self, md.parser), "studyguide-make", 89.98)
        md.parser.blockprocessors.register(_RestoreCode(self, md.parser), "studyguide-code", 80.5)
        md.parser.blockprocessors.register(Rows(self, md.parser), "studyguide-rows", Rows.PRIORITY)
        md.parser.blockprocessors.register(_Restore(self, md.parser), "studyguide-text", 10.5)
        md.inlinePatterns.register(Citations(md), "studyguide-citation", Citations.PRIORITY)
        # Code is highlighted at 30; footnotes are parsed at 50. Marks end after inline patterns (20), before ids (5).
        md.treeprocessors.register(_Code(md), "studyguide-code", 31)
        md.treeprocessors.register(Notes(self, md), "studyguide-annotated", Notes.PRIORITY)
        md.treeprocessors.register(_Sweep(self, md), "studyguide-sweep", 12)
        # After attribute lists, at 8, and before whoever reads ids.
        md.treeprocessors.register(_Ids(self, md), "studyguide-ids", 7)
        # Raw HTML gets into the page at 30.
        md.postprocessors.register(_RestoreHtml(self, md), "studyguide-html", 31)
        md.postprocessors.register(_Finish(self, md), "studyguide-finish", -10)


def _keep_mark(_language: str, inputs: dict[str, str], options: dict[str, str], _attrs: object, _md: object) -> bool:
    options.update(inputs)
    return True


class _Fences(Preprocessor):
    """Makes fences show no marks, those of included files."""

    def run(self, lines: list[str]) -> list[str]:
        """See to it before the first fence is read."""
        name = "fenced_code_block"
        fences: Any = self.md.preprocessors[name] if name in self.md.preprocessors else None  # noqa: SIM401 - it has no get
        build = getattr(fences, "rebuild_block", None)
        if build and not hasattr(build, "unmarked"):

            def unmarked(lines: list[str]) -> str:
                return marks.strip(build(lines))

            unmarked.unmarked = True  # type: ignore[attr-defined]
            fences.rebuild_block = unmarked
        return lines


class _Collapse(Preprocessor):
    def __init__(self, extension: DirectivesExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Take the directives out of the text."""
        self._extension.page.md = self.md
        return self._extension.page.collapse(lines)


class _Make(BlockProcessor):
    """Makes the directive of a token that stands where a block may."""

    def __init__(self, extension: DirectivesExtension, parser: Any) -> None:
        super().__init__(parser)
        self._extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:
        """Return whether a line of the block is a token."""
        return marks.STASHED in block and self._find(parent, block) is not None and not nearing_recursion_limit()

    def _find(self, parent: ET.Element, block: str) -> re.Match[str] | None:
        return (ITEM_TOKEN_RE if parent.tag == "li" else TOKEN_RE).search(block)

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Parse what is before the token, make the directive, and leave what is after it."""
        block = blocks.pop(0)
        found = cast("re.Match[str]", self._find(parent, block))
        if before := block[: found.start()]:
            self.parser.parseBlocks(parent, [before])
        if after := block[found.end() :]:
            blocks.insert(0, after)
        if parent.tag in ("li", "dd") and parent.text:  # its text is a paragraph beside the directive
            text, parent.text = parent.text, ""
            first = ET.Element("p")
            first.text = text
            parent.insert(0, first)
        self._extension.page.make(parent, marks.number_of(found))


class _Restore(BlockProcessor):
    """Gives a block back the lines of the directives that no block was made of."""

    def __init__(self, extension: DirectivesExtension, parser: Any) -> None:
        super().__init__(parser)
        self._extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        """Return whether there are any."""
        return marks.STASHED in block

    def run(self, parent: ET.Element, blocks: list[str]) -> None:  # noqa: ARG002
        """Put the lines in, as the blocks that they are."""
        blocks[:1] = self._extension.page.restore(blocks[0]).split("\n\n")


class _RestoreCode(_Restore):
    """The same for code, which is code by its indentation."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Return whether the block is code and holds a directive."""
        return block.startswith(" " * self.tab_length) and super().test(parent, block)


class _Code(Treeprocessor):
    """Takes the marks out of code before it is highlighted."""

    def run(self, root: ET.Element) -> None:
        """Look at every block of code."""
        for code in root.iter("code"):
            if code.text and marks.CLOSE in code.text:
                code.text = AtomicString(marks.strip(code.text))


class _Sweep(Treeprocessor):
    def __init__(self, extension: DirectivesExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ET.Element) -> None:
        """Take the marks out of the page."""
        self._extension.page.sweep(root)


class _Ids(Treeprocessor):
    """Takes out ids without a value, on which the table of contents would end the build."""

    def __init__(self, extension: DirectivesExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ET.Element) -> None:
        """Look at every element."""
        nameless = [element for element in root.iter() if element.get("id", "?") in (None, "")]
        for element in nameless:
            del element.attrib["id"]
        self._extension.page.lose_ids(len(nameless))


class _RestoreHtml(Postprocessor):
    """Gives raw HTML back the lines of the directives in it."""

    def __init__(self, extension: DirectivesExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, text: str) -> str:
        """Look at every piece of raw HTML, and at what else came through."""
        stash = cast("Any", self.md).htmlStash.rawHtmlBlocks
        for index, html in enumerate(stash):
            if isinstance(html, str) and marks.STASHED in html and "sg-placeholder" not in html:
                stash[index] = self._extension.page.restore(html)
        return text


class _Finish(Postprocessor):
    def __init__(self, extension: DirectivesExtension, md: Markdown) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, text: str) -> str:
        """Take out what marks are left."""
        return self._extension.page.finish(text)
