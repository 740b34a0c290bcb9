"""Mistakes in syntax: what an author meant as a link, a block or a citation, and what readers would see as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutate.insert import paragraphs
from mutate.mutant import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.mutant import Mutant
    from mutate.original import Original


def link_undefined(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [the mutant][mutant].")


def link_reversed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See (the mutant)[mutant.md].")


def link_turned(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See (mutant.md)[the mutant].")


def link_parted(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [the mutant] (mutant.md).")


def link_unclosed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [the mutant](mutant.md")


def reference_parted(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [the mutant] [mutant].")


def link_to_a_wiki(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [[the mutant]].")


def definition_with_a_space(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "[the mutant]: my mutant.md")


def bold_unclosed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A **mutant word.")


def code_unclosed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A `mutant word.")


def marked_unread(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A ==mutant== word.")


def inserted_unread(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A ^^mutant^^ word.")


def markup_in_html(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "<div>", "A **mutant** word.", "</div>", at=1)


def stars_in_html(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "<div>", "A *mutant* word.", "</div>", at=1)


def bold_padded(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A ** mutant ** word.")


def list_joined(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "Mutants are:", "- one", "- two", at=1)


def table_joined(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A mutant:", "| a | b |", "|---|---|", "| 1 | 2 |", at=2)


def attributes_loose(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A word {.mutant} of it.")


def admonition_with_colon(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "!!! note: a mutant", "    Words.")


def snippet_without_quotes(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "--8<-- mutant.md")


def admonition_outdented(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT004", '!!! note "Mutant"', "  Indented by two.")


def admonition_unknown(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT005", "!!! mutant", "    Words.")


def citation_with_comma(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "CIT002", "A claim [@mutant, @mutants].")


def second_title(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "HDG002", "# Mutant")


def list_of_snippets_unending(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "SNP001", "--8<--")


def list_of_snippets_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "SNP001", "--8<--", "mutant.md", "--8<--", at=1)


def fence_nearly_a_drawing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "FIG021", "```Mermaid", "flowchart LR", "```")


def checkpoint_all_right(original: Original) -> Iterator[Mutant]:
    lines = ("/// checkpoint | Is it?", "    id: cp-mutant", "", "- [x] Yes", "    > It is.", "///")
    return paragraphs(original, "CPT013", *lines)


def name_unknown(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "The {{ mutant }} word.")


def entity_unknown(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A word,&mutant;and one more.")


def tag_unread(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "{% include 'mutant.md' %}")


def option_of_nothing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "- [ ] A mutant")


def table_without_rule(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "| A mutant | b |", "| c | d |")


def table_uneven(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "| A mutant | b |", "| --- |", "| c | d |", at=1)


def cell_too_many(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT006", "| A mutant | b |", "| --- | --- |", "| c | d | e |", at=2)


def heading_too_deep(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "####### A mutant")


def heading_after_a_space(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", " ## A mutant")


def comment_unclosed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A word <!-- of a mutant.")


def comment_closed_by_another(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "<!-- A mutant", "", "Words that nobody sees.", "", "<!-- and another -->")


def keys_unread(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "The keys ++ctrl+m++ of a mutant.")


def icon_unread(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A :smile: of a mutant.")


def slashes_too_many(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "/////")


KINDS = (
    Kind("table-uneven", table_uneven),
    Kind("cell-too-many", cell_too_many),
    Kind("heading-too-deep", heading_too_deep),
    Kind("heading-after-a-space", heading_after_a_space),
    Kind("comment-unclosed", comment_unclosed),
    Kind("comment-closed-by-another", comment_closed_by_another),
    Kind("keys-unread", keys_unread),
    Kind("icon-unread", icon_unread),
    Kind("link-undefined", link_undefined),
    Kind("link-reversed", link_reversed),
    Kind("link-turned", link_turned),
    Kind("link-parted", link_parted),
    Kind("link-unclosed", link_unclosed),
    Kind("reference-parted", reference_parted),
    Kind("link-wiki", link_to_a_wiki),
    Kind("definition-with-a-space", definition_with_a_space),
    Kind("bold-unclosed", bold_unclosed),
    Kind("code-unclosed", code_unclosed),
    Kind("marked-unread", marked_unread),
    Kind("inserted-unread", inserted_unread),
    Kind("markup-in-html", markup_in_html),
    Kind("stars-in-html", stars_in_html),
    Kind("bold-padded", bold_padded),
    Kind("list-joined", list_joined),
    Kind("table-joined", table_joined),
    Kind("attributes-loose", attributes_loose),
    Kind("admonition-with-colon", admonition_with_colon),
    Kind("snippet-without-quotes", snippet_without_quotes),
    Kind("admonition-outdented", admonition_outdented),
    Kind("admonition-unknown", admonition_unknown),
    Kind("citation-with-comma", citation_with_comma),
    Kind("title-second", second_title),
    Kind("snippets-unending", list_of_snippets_unending),
    Kind("snippets-missing", list_of_snippets_missing),
    Kind("fence-nearly-a-drawing", fence_nearly_a_drawing),
    Kind("checkpoint-all-right", checkpoint_all_right),
    Kind("name-unknown", name_unknown),
    Kind("entity-unknown", entity_unknown),
    Kind("tag-unread", tag_unread),
    Kind("option-of-nothing", option_of_nothing),
    Kind("table-without-rule", table_without_rule),
    Kind("slashes-too-many", slashes_too_many),
)
