"""Mistakes in directives of every kind, in their ids and options, and in what refers to them."""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING

from studyguide.kinds import DIRECTIVES
from studyguide.model import Position

from mutate.insert import paragraph, paragraphs
from mutate.mutant import Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.original import Edit, Found, Original

OBJECTIVE_RE = re.compile(r"^(?P<start>[ \t]+objective:[ \t]*)(?P<id>[\w-]+)[ \t]*$", re.MULTILINE)


def one_line(original: Original, found: Found, line: int, new: list[str], *at: int, code: str, change: str) -> Mutant:
    """Return the mutant in which a line of a directive is others; what is wrong is said at ``at``, or at its first line."""
    files = original.apply([original.lines(found.path, line, line, new)])
    return Mutant(Position(found.path, line), change, files, (expect(code, found.path, *(at or (found.first,))),))


def opening(original: Original, found: Found) -> str:
    """Return the line that opens a directive."""
    return original.sources[found.path].lines[found.first - 1]


def unknown_directive(original: Original) -> Iterator[Mutant]:
    for found in original.blocks:
        new = opening(original, found).replace(found.block.name, f"{found.block.name}s", 1)
        yield one_line(
            original,
            found,
            found.first,
            [new],
            code="DIR001",
            change=f"`{found.block.name}` became `{found.block.name}s`",
        )


def _with_option(original: Original, option: str, code: str) -> Iterator[Mutant]:
    for found in original.blocks:
        indent = opening(original, found).partition("/")[0]
        new = [opening(original, found), f"{indent}    {option}"]
        yield one_line(original, found, found.first, new, found.first + 1, code=code, change=f"`{option}` was put in")


def unknown_option(original: Original) -> Iterator[Mutant]:
    return _with_option(original, "colour: red", "DIR002")


def options_not_yaml(original: Original) -> Iterator[Mutant]:
    return _with_option(original, "note: one: two", "DIR004")


def unclosed(original: Original) -> Iterator[Mutant]:
    for found in original.blocks:
        yield one_line(original, found, found.last, [], code="DIR006", change="the line that closes a directive went")


def id_dropped(original: Original) -> Iterator[Mutant]:
    for found in original.blocks:
        if found.id:
            yield one_line(original, found, found.line("id"), [], code="DIR003", change=f"`id: {found.id}` went")


def id_of_another_kind(original: Original) -> Iterator[Mutant]:
    for found in original.blocks:
        line, new = found.line("id"), f"x{found.id}"
        text = original.sources[found.path].lines[line - 1].replace(found.id, new)
        yield one_line(original, found, line, [text], line, code="DIR005", change=f"`{found.id}` became `{new}`")


def id_taken(original: Original) -> Iterator[Mutant]:
    """Yield every directive with the id of another of its kind: what is said, is said of the later one."""
    for name in DIRECTIVES:
        for first, second in zip(original.named(name), original.named(name)[1:], strict=False):
            line = second.line("id")
            text = original.sources[second.path].lines[line - 1].replace(second.id, first.id)
            yield one_line(
                original, second, line, [text], line, code="ID001", change=f"`{second.id}` became `{first.id}`"
            )


def included_again(original: Original) -> Iterator[Mutant]:
    """Yield every place for a paragraph with a directive of another page, included: two pages show it."""
    for path, line in original.gaps:
        if found := next((each for each in original.blocks if each.path != path), None):
            name = f"{found.path.removeprefix(original.prefix)}:{found.first}:{found.last}"
            yield paragraph(original, path, line, "ID001", f'--8<-- "{name}"')


def term_named_twice(original: Original) -> Iterator[Mutant]:
    """Yield every term defined once more, under another id: only its name says so."""
    for found in original.named("term"):
        last = original.sources[found.path].lines[found.last - 1]
        indent = opening(original, found).partition("/")[0]
        body = [f"{indent}    id: term-mutant", "", f"{indent}The same again.", f"{indent}///"]
        again = [last, "", opening(original, found), *body]
        change = f"`{found.id}` was defined once more, under another id"
        yield one_line(original, found, found.last, again, found.last + 3, code="TRM005", change=change)


def title_dropped(original: Original) -> Iterator[Mutant]:
    codes = {"figure": "FIG003", "checkpoint": "CPT005", "term": "TRM001", "objective": "OBJ001"}
    for found in original.blocks:
        new = opening(original, found).partition("|")[0].rstrip()
        yield one_line(
            original, found, found.first, [new], code=codes[found.block.name], change=f"the title of `{found.id}` went"
        )


def definition_dropped(original: Original) -> Iterator[Mutant]:
    for found in original.named("term"):
        body = [line.number for line in found.body]
        files = original.apply([original.lines(found.path, body[0], body[-1])])
        expected = (expect("TRM002", found.path, found.first),)
        yield Mutant(Position(found.path, body[0]), f"the definition of `{found.id}` went", files, expected)


def definition_commented(original: Original) -> Iterator[Mutant]:
    for found in original.named("term"):
        body = [line.number for line in found.body if line.text.strip()]
        indent = opening(original, found).partition("/")[0]
        files = original.apply([original.lines(found.path, body[0], body[-1], [f"{indent}<!-- To be written. -->"])])
        expected = (expect("TRM002", found.path, found.first),)
        yield Mutant(Position(found.path, body[0]), f"the definition of `{found.id}` became a comment", files, expected)


def _unlinked(original: Original, found: Found, code: str) -> Mutant | None:
    """Return the mutant in which nothing links to a directive; its line moves with what is taken out above it."""
    uses = original.uses(found.id)
    edits = [original.words(use, (use.link.text or found.block.title).replace("\n", " ")) for use in uses]
    edited = original.apply(edits)
    if not uses or found.id in "".join(re.findall(r"\]\(([^)]*)\)", "".join(t.decode() for t in edited.values()))):
        return None
    line = found.line("id") - _lines_lost(original, edits, found)
    change = f"every link to `{found.id}` went"
    return Mutant(uses[0].link.position, change, edited, (expect(code, found.path, line),))


def _lines_lost(original: Original, edits: list[Edit], found: Found) -> int:
    """Return how many line ends the edits take out above a directive."""
    end = original.sources[found.path].offset(found.first)
    above = [edit for edit in edits if edit.path == found.path and edit.end <= end]
    return sum(original.text(edit.path).count("\n", edit.start, edit.end) - edit.new.count("\n") for edit in above)


def term_unlinked(original: Original) -> Iterator[Mutant]:
    return (mutant for found in original.named("term") if (mutant := _unlinked(original, found, "TRM003")))


def figure_unlinked(original: Original) -> Iterator[Mutant]:
    return (mutant for found in original.named("figure") if (mutant := _unlinked(original, found, "FIG019")))


def _objectives(original: Original, old: str, new: str) -> dict[str, bytes]:
    files = {}
    for path in original.pages:
        text = original.text(path)
        edited = OBJECTIVE_RE.sub(lambda match: match["start"] + (new if match["id"] == old else match["id"]), text)
        if edited != text:
            files[path] = edited.encode()
    return files


def objective_untested(original: Original) -> Iterator[Mutant]:
    objectives = original.named("objective")
    for found, other in zip(objectives, [*objectives[1:], *objectives[:1]], strict=True):
        files = _objectives(original, found.id, other.id)
        if files and found is not other:
            change = f"every question of `{found.id}` went to `{other.id}`"
            yield Mutant(found.block.at("id"), change, files, (expect("OBJ002", found.path, found.line("id")),))


def objective_asked_twice(original: Original) -> Iterator[Mutant]:
    """Yield every objective with two of its questions, where it has more: the others ask about another."""
    objectives = original.named("objective")
    for found, other in zip(objectives, [*objectives[1:], *objectives[:1]], strict=True):
        tests = [
            checkpoint for checkpoint in original.named("checkpoint") if checkpoint.block.text("objective") == found.id
        ]
        edits = [
            original.lines(
                test.path, line, line, [original.sources[test.path].lines[line - 1].replace(found.id, other.id)]
            )
            for test in tests[2:]
            for line in [test.line("objective")]
        ]
        if edits and found is not other:
            expected = (expect("OBJ003", found.path, found.line("id")),)
            change = f"all but two questions of `{found.id}` went to `{other.id}`"
            yield Mutant(found.block.at("id"), change, original.apply(edits), expected)


def objective_untaught(original: Original) -> Iterator[Mutant]:
    """Yield every objective without its links to pages."""
    for found in original.named("objective"):
        inside = [use for use in original.links if use.path == found.path and found.first < use.line < found.last]
        edits = [original.words(use, (use.link.text or "it").replace("\n", " ")) for use in inside if use.page]
        if edits:
            expected = (expect("OBJ003", found.path, found.line("id")),)
            yield Mutant(found.block.at("id"), f"the links of `{found.id}` went", original.apply(edits), expected)


def objective_unknown(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        if key := found.block.text("objective"):
            line = found.line("objective")
            text = original.sources[found.path].lines[line - 1].replace(key, f"{key}-gone")
            yield one_line(original, found, line, [text], line, code="REF001", change=f"`{key}` became `{key}-gone`")


def option_wrong(original: Original) -> Iterator[Mutant]:
    """Yield every question with an option whose value cannot be."""
    values = ("reviewed: 2026-02-30", "reviewed: 2999-01-31", "difficulty: 4", "evidence: [mutant]")
    for found, value in zip(original.named("checkpoint"), cycle(values), strict=False):
        name = value.partition(":")[0]
        if name not in found.block.options:
            new = [opening(original, found), f"    {value}"]
            change = f"`{found.id}` got `{value}`"
            yield one_line(original, found, found.first, new, found.first + 1, code="DIR008", change=change)
        else:
            line = found.line(name)
            change = f"`{name}` of `{found.id}` became `{value}`"
            yield one_line(original, found, line, [f"    {value}"], line, code="DIR008", change=change)


def reference_in_text(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "REF001", "Read the definition of [](#term-mutant-gone) first.")


KINDS = (
    Kind("directive-unknown", unknown_directive),
    Kind("option-unknown", unknown_option),
    Kind("options-not-yaml", options_not_yaml),
    Kind("option-wrong", option_wrong),
    Kind("directive-unclosed", unclosed),
    Kind("directive-id-dropped", id_dropped),
    Kind("directive-id-prefix", id_of_another_kind),
    Kind("directive-id-twice", id_taken),
    Kind("directive-included-again", included_again),
    Kind("term-named-twice", term_named_twice),
    Kind("directive-title-dropped", title_dropped),
    Kind("reference-without-words", reference_in_text),
    Kind("definition-dropped", definition_dropped),
    Kind("definition-commented", definition_commented),
    Kind("term-unlinked", term_unlinked),
    Kind("figure-unlinked", figure_unlinked),
    Kind("objective-untested", objective_untested),
    Kind("objective-asked-twice", objective_asked_twice),
    Kind("objective-untaught", objective_untaught),
    Kind("objective-unknown", objective_unknown),
)
