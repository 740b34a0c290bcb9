"""Mistakes in headings, pages and the navigation, and in the files that pages need."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from studyguide.model import Position

from mutate.insert import paragraphs
from mutate.mutant import Expected, Kind, Mutant, expect
from mutate.original import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.original import Edit, Heading, Original

# A style sheet is a link to browsers; a script and a picture are files.
MISSING = ("LNK001", "LNK003")


def _without_anchor(original: Original, heading: Heading, edit: Edit, change: str, shift: int = 0) -> Mutant | None:
    """Return the mutant in which a heading's id is gone, None where nothing leads there."""
    uses = [use for use in original.uses(heading.id) if use.page == heading.path]
    lines = [
        (use.path, use.line + (shift if use.path == heading.path and use.line > heading.line else 0)) for use in uses
    ]
    expected = tuple(expect("LNK002", path, line) for path, line in lines)
    at = Position(heading.path, heading.line)
    return Mutant(at, change, original.apply([edit]), expected) if expected else None


def heading_renamed(original: Original) -> Iterator[Mutant]:
    for heading in original.headings:
        edit = original.lines(heading.path, heading.line, heading.line, [f"{heading.marks} Mutant words"])
        if not heading.explicit and (
            mutant := _without_anchor(original, heading, edit, f"`{heading.words}` was renamed")
        ):
            yield mutant


def heading_dropped(original: Original) -> Iterator[Mutant]:
    for heading in original.headings:
        edit = original.lines(heading.path, heading.line, heading.line)
        mutant = _without_anchor(original, heading, edit, f"the heading `{heading.words}` went", -1)
        if mutant and len(heading.marks) > 1:
            yield mutant


def explicit_id_dropped(original: Original) -> Iterator[Mutant]:
    for heading in original.headings:
        if heading.explicit and heading.id != slug(heading.words):
            edit = original.lines(heading.path, heading.line, heading.line, [f"{heading.marks} {heading.words}"])
            change = f"the id `{heading.id}` of a heading went"
            mutant = _without_anchor(original, heading, edit, change)
            gone = expect("CON002", heading.path, heading.line)
            at = Position(heading.path, heading.line)
            yield Mutant(at, change, original.apply([edit]), (*(mutant.expected if mutant else ()), gone))


def page_deleted(original: Original) -> Iterator[Mutant]:
    for path in original.nav:
        expected = _gone(original, path)
        yield Mutant(Position(path), "the page was deleted", {path: None}, expected)


def page_renamed(original: Original) -> Iterator[Mutant]:
    for path in original.nav:
        new = f"{path.removesuffix('.md')}-mutant.md"
        expected = (*_gone(original, path), expect("NAV001", new, 1))
        yield Mutant(Position(path), f"the page became `{new}`", {path: None, new: original.files[path]}, expected)


def _gone(original: Original, path: str) -> tuple[Expected, ...]:
    """Return what has to be said when a page's file is gone: in the navigation, and at every link to it."""
    named = [placed for placed in original.links if placed.page == path != placed.path and ".md" in placed.link.dest]
    links = dict.fromkeys((placed.path, placed.line) for placed in named)
    aliases = f"{original.prefix}reference/aliases.yml"
    return (
        expect("NAV002", original.settings, original.nav[path]),
        expect("CON001", aliases, 1),
        *(expect("LNK001", *place) for place in links),
    )


def page_outside_nav(original: Original) -> Iterator[Mutant]:
    for folder in sorted({posixpath.dirname(path) for path in original.nav}):
        path = f"{folder}/mutant.md"
        change = "a page that the navigation does not name was added"
        yield Mutant(Position(path), change, {path: b"# Mutant\n\nA page.\n"}, (expect("NAV001", path, 1),))


def nav_line_dropped(original: Original) -> Iterator[Mutant]:
    lines = original.text(original.settings).split("\n")
    for path, line in original.nav.items():
        indent = re.match(r" *- ", lines[line - 1])
        if indent and any(text.startswith(indent.group()) for text in (lines[line - 2], lines[line])):
            files = original.apply([original.lines(original.settings, line, line)])
            change = f"the navigation does not name `{path}` any more"
            yield Mutant(Position(original.settings, line), change, files, (expect("NAV001", path, 1),))


def nav_to_no_page(original: Original) -> Iterator[Mutant]:
    lines = original.text(original.settings).split("\n")
    for path, line in original.nav.items():
        text = lines[line - 1].replace(".md", "-gone.md")
        files = original.apply([original.lines(original.settings, line, line, [text])])
        expected = (expect("NAV002", original.settings, line), expect("NAV001", path, 1))
        yield Mutant(Position(original.settings, line), "a page of the navigation was renamed there", files, expected)


def setting_unknown(original: Original) -> Iterator[Mutant]:
    """MkDocs warns of it, and nobody else can know."""
    last = len(original.text(original.settings).rstrip("\n").split("\n"))
    line = original.text(original.settings).split("\n")[last - 1]
    files = original.apply([original.lines(original.settings, last, last, [line, "mutant_setting: 1"])])
    expected = expect("BLD001", original.settings, last + 1)
    yield Mutant(Position(original.settings, last + 1), "MkDocs does not know a setting", files, (expected,))


def theme_file_deleted(original: Original) -> Iterator[Mutant]:
    for number, line in enumerate(original.text(original.settings).split("\n"), start=1):
        found = re.search(r"assets/[\w./-]+", line)
        name = f"overrides/{found.group()}" if found else ""
        if name in original.files:
            expected = (Expected(MISSING, original.settings, (number,)),)
            yield Mutant(Position(name), "a file of the theme was deleted", {name: None}, expected)


def setting_misspelt(original: Original) -> Iterator[Mutant]:
    for number, line in enumerate(original.text(original.settings).split("\n"), start=1):
        if re.search(r"assets/(?:css|js)/[\w-]+\.(?:css|js)$", line) and "diagrams-are" not in line:
            new = re.sub(r"(\.\w+)$", r"-gone\1", line)
            files = original.apply([original.lines(original.settings, number, number, [new])])
            at = Position(original.settings, number)
            expected = (Expected(MISSING, original.settings, (number,)),)
            yield Mutant(at, f"`{line.strip()}` became `{new.strip()}`", files, expected)


def included_file_deleted(original: Original) -> Iterator[Mutant]:
    for source in original.sources.values():
        for name, position in source.snippets:
            if (path := original.prefix + name.partition(":")[0]) in original.files:
                yield Mutant(
                    position, f"`{path}` was deleted", {path: None}, (expect("SNP001", source.path, position.line),)
                )


def unused_file(original: Original) -> Iterator[Mutant]:
    for folder in sorted({posixpath.dirname(path) for path in original.pages}):
        for name in ("mutant.png", "mutant.pdf"):
            path = f"{folder}/{name}"
            change = "a file that nothing uses was added"
            yield Mutant(Position(path), change, {path: b"0"}, (expect("AST001", path, 1),))


def snippet_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "SNP001", '--8<-- "mutant-gone.md"')


def snippet_with_directive(original: Original) -> Iterator[Mutant]:
    text = b"/// term | Mutant\n\nA word.\n///\n"
    for path, line in original.gaps:
        part = f"{original.prefix}mutant.md"
        edit = original.lines(path, line, line - 1, ['--8<-- "mutant.md"', ""])
        change = "a file with a directive that has no id was included"
        yield Mutant(Position(path, line), change, {**original.apply([edit]), part: text}, (expect("DIR003", part, 1),))


def setting_twice(original: Original) -> Iterator[Mutant]:
    lines = original.text(original.settings).split("\n")
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("site_name:"))
    files = original.apply([original.lines(original.settings, 1, 0, ["site_name: Mutant"])])
    expected = (expect("INP006", original.settings, line + 1),)
    yield Mutant(Position(original.settings, 1), "another `site_name:` was put in before it", files, expected)


def nav_section_emptied(original: Original) -> Iterator[Mutant]:
    lines = original.text(original.settings).split("\n")
    line = lines.index("nav:") + 1
    files = original.apply([original.lines(original.settings, line + 1, line, ["  - Mutant: []"])])
    expected = (expect("NAV002", original.settings, line + 1),)
    yield Mutant(Position(original.settings, line + 1), "a section without pages was put in", files, expected)


KINDS = (
    Kind("heading-renamed", heading_renamed),
    Kind("heading-dropped", heading_dropped),
    Kind("heading-id-dropped", explicit_id_dropped),
    Kind("page-deleted", page_deleted),
    Kind("page-renamed", page_renamed),
    Kind("page-outside-nav", page_outside_nav),
    Kind("nav-line-dropped", nav_line_dropped),
    Kind("nav-to-no-page", nav_to_no_page),
    Kind("nav-section-emptied", nav_section_emptied),
    Kind("setting-twice", setting_twice),
    Kind("setting-unknown", setting_unknown),
    Kind("theme-file-deleted", theme_file_deleted),
    Kind("theme-file-misspelt", setting_misspelt),
    Kind("included-file-deleted", included_file_deleted),
    Kind("file-unused", unused_file),
    Kind("snippet-missing", snippet_missing),
    Kind("snippet-with-directive", snippet_with_directive),
)
