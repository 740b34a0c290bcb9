"""What was published and goes without an alias, and mistakes in the aliases and the inventory themselves."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from studyguide.model import Position

from mutate.mutant import Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.original import Original

ALIASES, PUBLISHED = "reference/aliases.yml", "reference/published.json"


def _alias(original: Original, line: str, code: str) -> Mutant:
    """Return the mutant with one more line in the aliases, which need not be there yet."""
    path = original.prefix + ALIASES
    text = original.text(path)
    text = text if not text or text.endswith("\n") else f"{text}\n"
    number = text.count("\n") + 1
    files = {path: f"{text}{line}\n".encode()}
    return Mutant(Position(path, number), f"`{line}` was put in", files, (expect(code, path, number),))


def alias_to_nothing(original: Original) -> Iterator[Mutant]:
    return (_alias(original, f"{url}mutant/: {url}mutant-gone/", "RED002") for url in original.pages.values())


def alias_to_no_anchor(original: Original) -> Iterator[Mutant]:
    urls = filter(None, original.pages.values())
    return (_alias(original, f"{url}#mutant: {url}#mutant-gone", "RED002") for url in urls)


def alias_of_what_is_there(original: Original) -> Iterator[Mutant]:
    urls = filter(None, original.pages.values())
    return (_alias(original, f"{url}: {other}", "RED003") for url, other in pairwise(urls))


def aliases_not_yaml(original: Original) -> Iterator[Mutant]:
    return (_alias(original, f"{url}mutant/: one: two", "RED001") for url in original.pages.values())


def _renamed(original: Original, name: str) -> Iterator[Mutant]:
    """Yield every directive of a kind with another id, everywhere: only what was published knows the old one."""
    for found in original.named(name):
        pattern = re.compile(rf"(?<![\w-]){re.escape(found.id)}(?![\w-])")
        texts = {path: text for path in original.pages if found.id in (text := original.text(path))}
        named = {path: pattern.sub(f"{found.id}-mutant", text) for path, text in texts.items()}
        files = {path: text.encode() for path, text in named.items() if text != texts[path]}
        change = f"`{found.id}` became `{found.id}-mutant` everywhere"
        at = found.block.at("id")
        yield Mutant(at, change, files, (expect("CON002", found.path, at.line),))


def published_figure(original: Original) -> Iterator[Mutant]:
    return _renamed(original, "figure")


def published_term(original: Original) -> Iterator[Mutant]:
    return _renamed(original, "term")


def published_question(original: Original) -> Iterator[Mutant]:
    return _renamed(original, "checkpoint")


def published_objective(original: Original) -> Iterator[Mutant]:
    return _renamed(original, "objective")


def published_anchor(original: Original) -> Iterator[Mutant]:
    for heading in original.headings:
        if not heading.explicit and not original.uses(heading.id):
            edit = original.lines(heading.path, heading.line, heading.line, [f"{heading.marks} Mutant words"])
            # Where it stood is not known any more, so the page's own first line is its place.
            first = original.sources[heading.path].body_line
            at = Position(heading.path, heading.line)
            change = f"`{heading.words}` was renamed"
            yield Mutant(at, change, original.apply([edit]), (expect("CON002", heading.path, first),))


def published_page(original: Original) -> Iterator[Mutant]:
    """Yield every page under another name, with all links to it and the navigation: nobody but its readers lose it."""
    for path, line in original.nav.items():
        new = path.replace(".md", "-mutant.md")
        edits = [
            original.dest(use, use.link.dest.replace(".md", "-mutant.md", 1))
            for use in original.links
            if use.page == path and ".md" in use.link.dest
        ]
        nav = original.text(original.settings).split("\n")[line - 1].replace(".md", "-mutant.md")
        files = original.apply([*edits, original.lines(original.settings, line, line, [nav])])
        content = files.get(path, original.files[path])
        expected = (expect("CON001", original.prefix + ALIASES, 1),)
        yield Mutant(
            Position(path), f"the page became `{new}` everywhere", {**files, path: None, new: content}, expected
        )


def inventory_cut(original: Original) -> Iterator[Mutant]:
    path = original.prefix + PUBLISHED
    lines = original.text(path).split("\n")
    for number, line in list(enumerate(lines, start=1))[:: max(1, len(lines) // 30)]:
        if line.endswith(","):
            files = {path: "\n".join(lines[:number]).encode() + b"\n"}
            change = f"the inventory was cut after line {number}"
            # Only the end of the file shows that something is missing.
            yield Mutant(Position(path, number), change, files, (expect("CON003", path, number, number + 1),))


def inventory_of_another_version(original: Original) -> Iterator[Mutant]:
    path = original.prefix + PUBLISHED
    for number, line in enumerate(original.text(path).split("\n"), start=1):
        if line.startswith(' "version":'):
            files = original.apply([original.lines(path, number, number, [' "version": 99'])])
            yield Mutant(
                Position(path, number), "the inventory is of version 99", files, (expect("CON003", path, number),)
            )


def inventory_of_an_older_version(original: Original) -> Iterator[Mutant]:
    path = original.prefix + PUBLISHED
    for number, line in enumerate(original.text(path).split("\n"), start=1):
        if line.startswith(' "version":') and '"digest"' in original.text(path):
            files = original.apply([original.lines(path, number, number, [' "version": 1'])])
            change = "the inventory is of version 1"
            yield Mutant(Position(path, number), change, files, (expect("CON004", path, number),))


KINDS = (
    Kind("alias-to-nothing", alias_to_nothing),
    Kind("alias-to-no-anchor", alias_to_no_anchor),
    Kind("alias-of-what-is-there", alias_of_what_is_there),
    Kind("aliases-not-yaml", aliases_not_yaml),
    Kind("published-page-gone", published_page),
    Kind("published-anchor-gone", published_anchor),
    Kind("published-figure-gone", published_figure),
    Kind("published-term-gone", published_term),
    Kind("published-question-gone", published_question),
    Kind("published-objective-gone", published_objective),
    Kind("published-cut", inventory_cut),
    Kind("published-version", inventory_of_another_version),
    Kind("published-of-old", inventory_of_an_older_version),
)
