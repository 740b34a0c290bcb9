"""Syntax of ours where the Markdown parser does not take it for what it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutate.insert import paragraphs
from mutate.mutant import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.mutant import Mutant
    from mutate.original import Original

TERM = ("/// term | Mutant", "    id: term-mutant", "", "A word.", "///")


def without_bar(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "DIR007", "/// term Mutant", *TERM[1:])


def in_raw_html(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "DIR007", "<div>", *TERM, "</div>", at=1)


def behind_a_list_mark(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "DIR007", f"- {TERM[0]}", *(f"    {line}".rstrip() for line in TERM[1:]))


def out_of_its_quote(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "DIR006", *(f"> {line}".rstrip() for line in TERM[:-1]), TERM[-1])


def reference_in_raw_html(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "REF003", "<p>See [](#term-mutant) first.</p>")


def citation_in_raw_html(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "CIT002", "<p>There are many [@mutant].</p>")


def inclusion_in_a_quote(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "SNP001", '> --8<-- "mutant.md"')


def example_of_nothing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "EXM001", "/// example | Mutant", "    id: ex-mutant", "", "A word.", "///")


def no_character(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "INP007", "A packet \ufdd0 without a route.")


def control_character(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "INP007", "A packet \x0c without a route.")


def note_at_no_line(original: Original) -> Iterator[Mutant]:
    code = ("```{ .python .sg-annotated }", "timeout = 3", "```", "")
    return paragraphs(original, "DIR010", *code, "1. `timeout = 4` was true once.", at=4)


KINDS = (
    Kind("directive-without-bar", without_bar),
    Kind("directive-in-raw-html", in_raw_html),
    Kind("directive-behind-a-list-mark", behind_a_list_mark),
    Kind("directive-out-of-its-quote", out_of_its_quote),
    Kind("reference-in-raw-html", reference_in_raw_html),
    Kind("citation-in-raw-html", citation_in_raw_html),
    Kind("inclusion-in-a-quote", inclusion_in_a_quote),
    Kind("example-of-nothing", example_of_nothing),
    Kind("no-character", no_character),
    Kind("control-character", control_character),
    Kind("note-at-no-line", note_at_no_line),
)
