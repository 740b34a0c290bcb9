"""Mistakes in the files of pages: front matter, bytes, footnotes, waivers."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from studyguide.model import Position

from mutate.insert import paragraphs
from mutate.mutant import Content, Kind, Mutant, Symlink, expect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.text.source import Source

    from mutate.original import Original

CHECKPOINT_RE = re.compile(r" {4}id: cp-")
WAIVER = "<!-- studyguide: ignore {} -->"


def _with_front_matter(original: Original) -> Iterator[tuple[str, Source]]:
    return (
        (path, source) for path, source in original.sources.items() if source.body_start and source.lines[0] == "---"
    )


def front_matter_shifted(original: Original) -> Iterator[Mutant]:
    """Yield every page link that is broken while the front matter above it grows."""
    added = ["mutant: one", "mutants:", "  - two"]
    for placed in original.links:
        source = original.sources[placed.path]
        if placed.page and placed.link.dest.endswith(".md") and source.lines[0] == "---":
            new = f"{placed.link.dest.removesuffix('.md')}-gone.md"
            files = original.apply([original.dest(placed, new), original.lines(placed.path, 2, 1, added)])
            line = placed.line + len(added)
            change = f"front matter grew, and `{placed.link.dest}` became `{new}`"
            yield Mutant(Position(placed.path, line), change, files, (expect("LNK001", placed.path, line),))


def page_emptied(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        if "template:" not in source.text[: source.body_start]:
            files = {path: source.text[: source.body_start].encode()}
            yield Mutant(Position(path), "front matter alone was left", files, (expect("INP009", path, 1),))


def front_matter_late(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        files = {path: b"\n" + source.text.encode()}
        yield Mutant(Position(path, 2), "front matter starts on the second line", files, (expect("INP006", path, 2),))


def front_matter_unclosed(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        end = source.lines.index("---", 1) + 1
        files = original.apply([original.lines(path, end, end)])
        if "\n---\n" not in files[path].decode()[3:]:
            yield Mutant(Position(path, end), "the end of front matter went", files, (expect("INP006", path, 1),))


def front_matter_not_yaml(original: Original) -> Iterator[Mutant]:
    for path, _ in _with_front_matter(original):
        files = original.apply([original.lines(path, 2, 1, ["mutant: one: two"])])
        yield Mutant(Position(path, 2), "`mutant: one: two` was put in", files, (expect("INP006", path, 2),))


def front_matter_twice(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        for number, line in enumerate(source.lines[1 : source.body_line], 2):
            if line.startswith("description:"):
                files = original.apply([original.lines(path, 2, 1, ["description: Mutant."])])
                change = "another `description:` was put in before it"
                yield Mutant(Position(path, 2), change, files, (expect("INP006", path, number + 1),))


def title_of_a_number(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        for number, line in enumerate(source.lines[1 : source.body_line], 2):
            if line.startswith("title:"):
                files = original.apply([original.lines(path, number, number, ["title: 1.10"])])
                yield Mutant(
                    Position(path, number), "the title became `1.10`", files, (expect("INP006", path, number),)
                )


def title_cut(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        for number, line in enumerate(source.lines[1 : source.body_line], 2):
            if line.startswith("title:"):
                files = original.apply([original.lines(path, number, number, ["title: Mutant #3 of it"])])
                change, expected = "the title became `Mutant #3 of it`", (expect("INP006", path, number),)
                yield Mutant(Position(path, number), change, files, expected)


def front_matter_between_other_lines(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        end = source.lines.index("---", 1) + 1
        edits = [original.lines(path, number, number, ["----"]) for number in (1, end)]
        change = "front matter stands between four hyphens"
        yield Mutant(Position(path), change, original.apply(edits), (expect("INP006", path, 1),))


def front_matter_of_json(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        end = source.lines.index("---", 1) + 1
        files = original.apply([original.lines(path, 1, end, ['{"title": "Mutant"}', ""])])
        yield Mutant(Position(path), "front matter became JSON", files, (expect("INP006", path, 1),))


def template_of_nobody(original: Original) -> Iterator[Mutant]:
    for path, source in _with_front_matter(original):
        if "template:" not in source.text[: source.body_start]:
            files = original.apply([original.lines(path, 2, 1, ["template: mutant.html"])])
            yield Mutant(Position(path, 2), "`template: mutant.html` was put in", files, (expect("INP006", path, 2),))


def page_of_capitals(original: Original) -> Iterator[Mutant]:
    """Yield a page beside every other, whose name ends in capitals: it would be copied as it is."""
    for path in original.sources:
        other = f"{path.removesuffix('.md')}-mutant.MD"
        files: dict[str, Content] = {other: b"# Mutant\n"}
        yield Mutant(Position(other, 1), f"`{other}` was put beside `{path}`", files, (expect("INP001", other, 1),))


def not_utf8(original: Original) -> Iterator[Mutant]:
    for path, line in original.gaps:
        source = original.sources[path]
        at = source.offset(line)
        text = source.text[:at].encode() + b"A caf\xe9.\n\n" + source.text[at:].encode()
        yield Mutant(
            Position(path, line), "a byte that is not UTF-8 was put in", {path: text}, (expect("INP002", path, line),)
        )


def large(original: Original) -> Iterator[Mutant]:
    comment = f"<!-- {'mutant ' * 150_000}-->"
    for path, line in original.gaps[:2]:  # each takes seconds
        files = original.apply([original.lines(path, line, line - 1, [comment, ""])])
        yield Mutant(Position(path, line), "a million characters were put in", files, (expect("INP005", path, 1),))


def _folders(original: Original) -> list[str]:
    return sorted({posixpath.dirname(path) for path in original.pages})


def folder_as_page(original: Original) -> Iterator[Mutant]:
    for folder in _folders(original):
        path = f"{folder}/mutant.md"
        change = "a folder that is named like a page was added"
        yield Mutant(Position(path), change, {f"{path}/note.txt": b"A note.\n"}, (expect("INP001", path, 1),))


def unreadable(original: Original) -> Iterator[Mutant]:
    for folder in _folders(original):
        path = f"{folder}/mutant.md"
        change = "a link to a file that is gone was added"
        yield Mutant(Position(path), change, {path: Symlink("mutant-gone.md")}, (expect("INP003", path, 1),))


def footnote_undefined(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "FTN001", "A claim.[^mutant]")


def footnote_undefined_beside_another(original: Original) -> Iterator[Mutant]:
    lines = ("One claim.[^mutant]", "Another.[^mutant-gone]", "", "[^mutant]: Said there.")
    return paragraphs(original, "FTN001", *lines, at=1)


def footnote_unused(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "FTN002", "[^mutant]: Nobody asks.")


def footnote_in_a_footnote(original: Original) -> Iterator[Mutant]:
    claims = "Claims: [^mutant], [^mutants] and [^other]."
    lines = (claims, "", "[^mutant]: One.", "", "    [^mutants]: Two.", "", "[^other]: Three.")
    return paragraphs(original, "FTN004", *lines, at=4)


def footnote_twice(original: Original) -> Iterator[Mutant]:
    lines = ("A claim.[^mutant]", "", "[^mutant]: Said there.", "", "[^mutant]: Said here.")
    return paragraphs(original, "FTN003", *lines, at=4)


def _waivers(original: Original, code: str, words: str) -> Iterable[Mutant]:
    return paragraphs(original, code, WAIVER.format(words))


def waiver_unused(original: Original) -> Iterable[Mutant]:
    return _waivers(original, "WAV001", 'LNK001 until=2999-01-31 reason="A mutant."')


def waiver_expired(original: Original) -> Iterable[Mutant]:
    return _waivers(original, "WAV002", 'LNK001 until=2020-01-31 reason="A mutant."')


def waiver_without_reason(original: Original) -> Iterable[Mutant]:
    return _waivers(original, "WAV003", "LNK001 until=2999-01-31")


def waiver_unreadable(original: Original) -> Iterable[Mutant]:
    return _waivers(original, "WAV004", 'LNK01 until=2999-01-31 reason="A mutant."')


def waiver_of_another_code(original: Original) -> Iterator[Mutant]:
    """Yield a broken link below a waiver of another code: the link is a finding still."""
    lines = (WAIVER.format('LNK002 until=2999-01-31 reason="A mutant."'), "[There](mutant-gone.md)")
    return paragraphs(original, "LNK001", *lines, at=1)


def waiver_of_the_block_before(original: Original) -> Iterator[Mutant]:
    """Yield a broken link below the block that a waiver is for: the link is a finding still."""
    lines = (WAIVER.format('LNK001 until=2999-01-31 reason="A mutant."'), "A word.", "", "[There](mutant-gone.md)")
    return paragraphs(original, "LNK001", *lines, at=3)


def address_twice(original: Original) -> Iterator[Mutant]:
    """Yield every page beside which another comes that is built to the same address."""
    for path in original.sources:
        name = path.removesuffix(".md")
        if not name.endswith("/index"):
            other = f"{name}/index.md"
            files: dict[str, Content] = {other: b"# Mutant\n"}
            yield Mutant(Position(other, 1), f"`{other}` was put beside `{path}`", files, (expect("INP008", other, 1),))


def content_left_out(original: Original) -> Iterator[Mutant]:
    """Yield every page with a checkpoint whose template shows nothing of it."""
    for path, source in _with_front_matter(original):
        line = next((number for number, text in enumerate(source.lines, 1) if CHECKPOINT_RE.match(text)), 0)
        if line and len(source.lines[line - 2]) - len(source.lines[line - 2].lstrip()) == 0:
            files = original.apply([original.lines(path, 2, 1, ["template: mutant.html"])])
            template = {"overrides/mutant.html": b"{% extends 'base.html' %}{% block content %}{% endblock %}\n"}
            change = "its template leaves out what it says"
            yield Mutant(Position(path, 2), change, {**files, **template}, (expect("ID002", path, line + 1),))


KINDS = (
    Kind("address-twice", address_twice),
    Kind("content-left-out", content_left_out),
    Kind("front-matter-shifted", front_matter_shifted),
    Kind("page-emptied", page_emptied),
    Kind("front-matter-late", front_matter_late),
    Kind("front-matter-unclosed", front_matter_unclosed),
    Kind("front-matter-not-yaml", front_matter_not_yaml),
    Kind("front-matter-twice", front_matter_twice),
    Kind("title-of-a-number", title_of_a_number),
    Kind("title-cut", title_cut),
    Kind("front-matter-between-other-lines", front_matter_between_other_lines),
    Kind("front-matter-of-json", front_matter_of_json),
    Kind("template-of-nobody", template_of_nobody),
    Kind("page-of-capitals", page_of_capitals),
    Kind("not-utf8", not_utf8),
    Kind("page-large", large),
    Kind("folder-named-as-page", folder_as_page),
    Kind("page-unreadable", unreadable),
    Kind("footnote-undefined", footnote_undefined),
    Kind("footnote-undefined-beside", footnote_undefined_beside_another),
    Kind("footnote-unused", footnote_unused),
    Kind("footnote-inner", footnote_in_a_footnote),
    Kind("footnote-twice", footnote_twice),
    Kind("waiver-unused", waiver_unused),
    Kind("waiver-expired", waiver_expired),
    Kind("waiver-without-reason", waiver_without_reason),
    Kind("waiver-unreadable", waiver_unreadable),
    Kind("waiver-of-another-code", waiver_of_another_code),
    Kind("waiver-of-the-block-before", waiver_of_the_block_before),
)
