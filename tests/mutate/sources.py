"""Mistakes in the sources of the guide, and in what cites them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import yaml
from studyguide.model import Position
from studyguide.text import quickyaml

from mutate.mutant import Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.original import Edit, Original

SOURCES = "reference/sources.yml"
MARK = "<!-- studyguide: sources -->"
FACT_RE = re.compile(r"fact:(?P<key>[\w.-]+)")
EVIDENCE_RE = re.compile(r"[a-z]+:[\w.-]+")
GROUP_RE = re.compile(r"(?P<space> ?)\[(?P<keys>@[\w:.-]+(?:[ \t]*;[ \t]*@[\w:.-]+)*)\]")


def _entries(original: Original) -> list[tuple[str, int, int]]:
    """Return the key of every source with its first and last line."""
    return _entries_of(original.text(original.prefix + SOURCES))


@cache
def _entries_of(text: str) -> list[tuple[str, int, int]]:
    root = quickyaml.compose(text)
    nodes = [key for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    ends = [*(node.start_mark.line for node in nodes[1:]), text.count("\n")]
    return [(node.value, node.start_mark.line + 1, end) for node, end in zip(nodes, ends, strict=True)]


def citation_unknown(original: Original) -> Iterator[Mutant]:
    for path, source in original.sources.items():
        for key, at in source.citations:
            end = source.offset(at.line) + at.column + len(key)
            files = {path: f"{source.text[:end]}-gone{source.text[end:]}".encode()}
            yield Mutant(at, f"`@{key}` became `@{key}-gone`", files, (expect("CIT001", path, at.line),))


def evidence_unknown(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        line = found.line("evidence")
        text = original.sources[found.path].lines[line - 1]
        if match := FACT_RE.search(text):
            new = f"{text[: match.end()]}-gone{text[match.end() :]}"
            files = original.apply([original.lines(found.path, line, line, [new])])
            change = f"the fact `{match['key']}` became `{match['key']}-gone`"
            yield Mutant(Position(found.path, line), change, files, (expect("CIT001", found.path, line),))


def source_removed(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    for key, first, last in _entries(original):
        places = {at for source in original.sources.values() for name, at in source.citations if name == key}
        if places:
            files = original.apply([original.lines(path, first, last)])
            expected = tuple(expect("CIT001", at.path, at.line) for at in sorted(places))
            yield Mutant(Position(path, first), f"the source `{key}` was removed", files, expected)


def _field(original: Original, name: str, *new: str, code: str = "SRC002") -> Iterator[Mutant]:
    """Yield every source with another line for one of its fields, or none."""
    path = original.prefix + SOURCES
    lines = original.text(path).split("\n")
    for key, first, last in _entries(original):
        for number in range(first + 1, last + 1):
            goes_on = number < last and lines[number].startswith("    ")
            if lines[number - 1].startswith(f"  {name}:") and not goes_on:
                files = original.apply([original.lines(path, number, number, new)])
                change = f"`{name}` of the source `{key}` {'changed' if new else 'went'}"
                yield Mutant(Position(path, number), change, files, (expect(code, path, number if new else first),))


def source_without_title(original: Original) -> Iterator[Mutant]:
    return _field(original, "title")


def source_not_https(original: Original) -> Iterator[Mutant]:
    return _field(original, "url", "  url: http://example.org/")


def source_without_day(original: Original) -> Iterator[Mutant]:
    return _field(original, "checked", "  checked: lately")


def source_old(original: Original) -> Iterator[Mutant]:
    return _field(original, "checked", "  checked: 2020-01-31", code="SRC005")


def source_cut(original: Original) -> Iterator[Mutant]:
    return _field(original, "fact", "  fact: Step #3 of it.", code="INP006")


def source_of_a_list(original: Original) -> Iterator[Mutant]:
    return _field(original, "title", "  title: [A, B]")


def source_marked_up(original: Original) -> Iterator[Mutant]:
    return _field(original, "fact", "  fact: A **mutant** of it.", code="TXT002")


def source_twice(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    lines = original.text(path).split("\n")
    for key, first, last in _entries(original):
        files = original.apply([original.lines(path, last + 1, last, lines[first - 1 : last])])
        expected = (expect("ID001", path, last + 1),)
        yield Mutant(Position(path, last + 1), f"a second `{key}` was put in", files, expected)


def sources_not_yaml(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    for key, first, _ in _entries(original):
        files = original.apply([original.lines(path, first + 1, first, ["  note: one: two"])])
        change = f"a field of `{key}` that is not YAML was put in"
        yield Mutant(Position(path, first + 1), change, files, (expect("SRC001", path, first + 1),))


def source_uncited(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    for key, first, _ in _entries(original):
        pages = [page for page in original.pages if key in original.text(page)]
        if edits := [edit for page in pages for edit in _uncited(original, page, key)]:
            expected = (expect("SRC004", path, first),)
            yield Mutant(Position(path, first), f"every citation of `{key}` went", original.apply(edits), expected)


def _uncited(original: Original, path: str, key: str) -> Iterator[Edit]:
    """Yield the edits that take a source out of a page: its citations, and the facts of its checkpoints."""
    source = original.sources[path]
    for number, line in enumerate(source.lines[source.body_line - 1 :], start=source.body_line):
        if key not in line:
            continue
        new = GROUP_RE.sub(lambda match: _without(match, key), line)
        if line.lstrip().startswith("evidence:") and f"fact:{key}" in EVIDENCE_RE.findall(line):
            option, _, facts = line.partition(":")
            new = f"{option}: [{', '.join(fact for fact in EVIDENCE_RE.findall(facts) if fact != f'fact:{key}')}]"
        if new != line:
            yield original.lines(path, number, number, [new])


def _without(match: re.Match[str], key: str) -> str:
    """Return a citation without one of its keys, nothing where that was the only one."""
    keys = [name.strip() for name in match["keys"].split(";")]
    if f"@{key}" not in keys:
        return match.group()
    rest = "; ".join(name for name in keys if name != f"@{key}")
    return f"{match['space']}[{rest}]" if rest else ""


def page_of_sources_dropped(original: Original) -> Iterator[Mutant]:
    entries = _entries(original)
    for path, source in original.sources.items():
        if MARK in map(str.strip, source.lines) and entries:
            number = next(i for i, line in enumerate(source.lines, start=1) if line.strip() == MARK)
            files = original.apply([original.lines(path, number, number)])
            expected = (expect("SRC003", original.prefix + SOURCES, min(first for _, first, _ in entries)),)
            yield Mutant(Position(path, number), "the list of sources went", files, expected)


KINDS = (
    Kind("citation-unknown", citation_unknown),
    Kind("evidence-unknown", evidence_unknown),
    Kind("source-removed", source_removed),
    Kind("source-without-title", source_without_title),
    Kind("source-not-https", source_not_https),
    Kind("source-without-day", source_without_day),
    Kind("source-old", source_old),
    Kind("source-cut", source_cut),
    Kind("source-of-a-list", source_of_a_list),
    Kind("source-marked-up", source_marked_up),
    Kind("source-twice", source_twice),
    Kind("source-uncited", source_uncited),
    Kind("sources-not-yaml", sources_not_yaml),
    Kind("page-of-sources-dropped", page_of_sources_dropped),
)
