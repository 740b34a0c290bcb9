"""Mistakes in sources and citations, in aliases, and against what was published."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from studyguide.model import Position
from studyguide.mutate.mutant import Expected, Kind, Mutant, expect
from studyguide.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.mutate.original import Edit, Original

SOURCES, ALIASES, PUBLISHED = "reference/sources.yml", "reference/aliases.yml", "reference/published.json"
MARK = "<!-- studyguide: sources -->"
FACT_RE = re.compile(r",?[ \t]*fact:(?P<key>[\w.-]+)")
GROUP_RE = re.compile(r"[ \n]?\[(?P<keys>@[\w:.-]+(?:[ \t]*;[ \t]*@[\w:.-]+)*)\]")


def _entries(original: Original) -> list[tuple[str, int, int]]:
    """Return the key of every source with its first and last line."""
    text = original.text(original.prefix + SOURCES)
    root = yaml.compose(text) if text else None
    nodes = [key for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    ends = [*(node.start_mark.line for node in nodes[1:]), text.count("\n")]
    return [(node.value, node.start_mark.line + 1, end) for node, end in zip(nodes, ends, strict=True)]


def _citations(original: Original, key: str) -> list[tuple[str, int]]:
    """Return every page and line that cites a source."""
    return [
        (path, at.line) for path, source in original.sources.items() for name, at in source.citations if name == key
    ]


def citation_unknown(original: Original) -> Iterator[Mutant]:
    for path, source in original.sources.items():
        for key, at in source.citations:
            start = source.offset(at.line) + at.column - 1
            end = start + len(key) + 1
            if source.text[start:end] == f"@{key}":
                files = {path: (source.text[:end] + "-gone" + source.text[end:]).encode()}
                yield Mutant(at, f"`@{key}` became `@{key}-gone`", files, (expect("CIT001", path, at.line),))


def evidence_unknown(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        if "evidence" in found.block.options:
            line = found.line("evidence")
            text = original.sources[found.path].lines[line - 1]
            if match := FACT_RE.search(text):
                new = text[: match.end()] + "-gone" + text[match.end() :]
                files = original.apply([original.lines(found.path, line, line, [new])])
                change = f"the fact `{match['key']}` became `{match['key']}-gone`"
                yield Mutant(Position(found.path, line), change, files, (expect("CIT001", found.path, line),))


def source_removed(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    for key, first, last in _entries(original):
        if places := dict.fromkeys(_citations(original, key)):
            files = original.apply([original.lines(path, first, last)])
            expected = tuple(expect("CIT001", *place) for place in places)
            yield Mutant(Position(path, first), f"the source `{key}` was removed", files, expected)


def _field(original: Original, name: str, new: str, code: str) -> Iterator[Mutant]:
    """Yield every source with another line for one of its fields."""
    path = original.prefix + SOURCES
    lines = original.text(path).split("\n")
    for key, first, last in _entries(original):
        for number in range(first + 1, last + 1):
            deeper = number < last and lines[number].startswith("    ")
            if lines[number - 1].startswith(f"  {name}:") and not deeper:
                files = original.apply([original.lines(path, number, number, [new] if new else [])])
                yield Mutant(
                    Position(path, number),
                    f"`{name}` of the source `{key}` changed",
                    files,
                    (expect(code, path, first),),
                )


def source_without_title(original: Original) -> Iterator[Mutant]:
    return _field(original, "title", "", "SRC002")


def source_not_https(original: Original) -> Iterator[Mutant]:
    return _field(original, "url", "  url: http://example.org/", "SRC002")


def source_without_day(original: Original) -> Iterator[Mutant]:
    return _field(original, "checked", "  checked: lately", "SRC002")


def source_twice(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    lines = original.text(path).split("\n")
    for key, first, last in _entries(original):
        files = original.apply([original.lines(path, last + 1, last, lines[first - 1 : last])])
        yield Mutant(
            Position(path, last + 1), f"a second `{key}` was put in", files, (expect("ID001", path, last + 1),)
        )


def sources_not_yaml(original: Original) -> Iterator[Mutant]:
    path = original.prefix + SOURCES
    for key, first, _ in _entries(original):
        files = original.apply([original.lines(path, first + 1, first, ["  note: one: two"])])
        expected = (expect("SRC001", path, first + 1),)
        yield Mutant(Position(path, first + 1), f"a field of `{key}` that is not YAML was put in", files, expected)


def source_uncited(original: Original) -> Iterator[Mutant]:
    for key, first, _ in _entries(original):
        edits = [edit for path in original.pages for edit in _uncited(original, path, key)]
        if edits:
            at = Position(original.prefix + SOURCES, first)
            yield Mutant(
                at, f"every citation of `{key}` went", original.apply(edits), (expect("SRC004", at.path, first),)
            )


def _uncited(original: Original, path: str, key: str) -> Iterator[Edit]:
    """Yield the edits that take a source out of a page: its citations, and the facts of its checkpoints."""
    source = original.sources[path]
    lines = source.text.split("\n")
    for number, line in enumerate(lines, start=1):
        new = GROUP_RE.sub(lambda match: _without(match, key), line)
        if line.lstrip().startswith("evidence:"):
            facts = [fact for fact in re.findall(r"[a-z]+:[\w.-]+", line.partition(":")[2]) if fact != f"fact:{key}"]
            new = f"{line.partition(':')[0]}: [{', '.join(facts)}]"
        if new != line and number >= source.body_line and f"{key}" in line:
            yield original.lines(path, number, number, [new])


def _without(match: re.Match[str], key: str) -> str:
    keys = [name.strip() for name in match["keys"].split(";")]
    rest = [name for name in keys if name != f"@{key}"]
    if len(rest) == len(keys):
        return match.group()
    return match.group().partition("[")[0] + f"[{'; '.join(rest)}]" if rest else ""


def page_of_sources_dropped(original: Original) -> Iterator[Mutant]:
    entries = _entries(original)
    for path, source in original.sources.items():
        if source.has_line(MARK) and entries:
            number = next(i for i, line in enumerate(source.lines, start=1) if line.strip() == MARK)
            files = original.apply([original.lines(path, number, number)])
            expected = (expect("SRC003", original.prefix + SOURCES, min(first for _, first, _ in entries)),)
            yield Mutant(Position(path, number), "the list of sources went", files, expected)


def _alias(original: Original, line: str, code: str) -> Mutant:
    path = original.prefix + ALIASES
    text = original.text(path)
    text = text if not text or text.endswith("\n") else f"{text}\n"
    number = text.count("\n") + 1
    at = Position(path, number)
    return Mutant(at, f"`{line}` was put in", {path: f"{text}{line}\n".encode()}, (expect(code, path, number),))


def alias_to_nothing(original: Original) -> Iterator[Mutant]:
    for url in original.pages.values():
        yield _alias(original, f"{url}mutant/: {url}mutant-gone/", "RED002")


def alias_to_no_anchor(original: Original) -> Iterator[Mutant]:
    for url in filter(None, original.pages.values()):
        yield _alias(original, f"{url}#mutant: {url}#mutant-gone", "RED002")


def alias_of_what_is_there(original: Original) -> Iterator[Mutant]:
    urls = [url for url in original.pages.values() if url]
    for url, other in pairwise(urls):
        yield _alias(original, f"{url}: {other}", "RED003")


def aliases_not_yaml(original: Original) -> Iterator[Mutant]:
    for url in original.pages.values():
        yield _alias(original, f"{url}mutant/: one: two", "RED001")


def _renamed(original: Original, name: str) -> Iterator[Mutant]:
    """Yield every directive of a kind with another id, everywhere: only what was published knows the old one."""
    for found in original.named(name):
        pattern = re.compile(rf"(?<![\w-]){re.escape(found.id)}(?![\w-])")
        texts = {path: pattern.sub(f"{found.id}-mutant", original.text(path)) for path in original.pages}
        files = {path: text.encode() for path, text in texts.items() if text != original.text(path)}
        change = f"`{found.id}` became `{found.id}-mutant` everywhere"
        yield Mutant(found.block.at("id"), change, files, (expect("CON002", found.path, 1),))


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
            at = Position(heading.path, heading.line)
            change = f"`{heading.words}` was renamed"
            yield Mutant(at, change, original.apply([edit]), (expect("CON002", heading.path, 1),))


def published_page(original: Original) -> Iterator[Mutant]:
    """Yield every page under another name, with all links to it and the navigation: nothing but its readers lose it."""
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
    for part in range(2, 8):
        kept = lines[: len(lines) * part // 10]
        if kept and kept[-1].endswith(","):
            expected = (Expected(("CON003",), path, (len(kept), len(kept) + 1)),)
            change = f"the inventory was cut after {len(kept)} lines"
            yield Mutant(Position(path, len(kept)), change, {path: "\n".join(kept).encode() + b"\n"}, expected)


def inventory_of_another_version(original: Original) -> Iterator[Mutant]:
    path = original.prefix + PUBLISHED
    source = Source(path, original.text(path))
    for number, line in enumerate(source.lines, start=1):
        if line.startswith(' "version":'):
            files = original.apply([original.lines(path, number, number, [' "version": 99'])])
            yield Mutant(
                Position(path, number), "the inventory is of version 99", files, (expect("CON003", path, number),)
            )


KINDS = (
    Kind("citation-unknown", citation_unknown),
    Kind("evidence-unknown", evidence_unknown),
    Kind("source-removed", source_removed),
    Kind("source-without-title", source_without_title),
    Kind("source-not-https", source_not_https),
    Kind("source-without-day", source_without_day),
    Kind("source-twice", source_twice),
    Kind("source-uncited", source_uncited),
    Kind("sources-not-yaml", sources_not_yaml),
    Kind("page-of-sources-dropped", page_of_sources_dropped),
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
)
