"""Mistakes of who comes from another program or keyboard: syntax that is not read here, and signs that look like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutate.insert import paragraphs
from mutate.mutant import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.mutant import Mutant
    from mutate.original import Original


def bullets_of_a_letter(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "• a mutant", "• another")


def list_of_letters(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "a) a mutant", "b) another")


def list_without_a_space(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "1.mutant", "2.another")


def list_with_another_space(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "-\u00a0a mutant", "-\u00a0another")


def list_of_minus_signs(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "\u2212 a mutant", "\u2212 another")


def explanation_without_a_space(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "Mutant", ":A word that was put in", at=1)


def heading_after_what_nobody_sees(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "\u200b## A mutant")


def rule_of_other_dashes(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "| a | b |", "| \u2014 | \u2014 |", "| 1 | 2 |")


def table_of_a_grid(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "+---+---+", "| a | b |", "+---+---+")


def fold_in_other_quotes(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "??? \u201cA mutant\u201d", "    Words.")


def marks_miscounted(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "!! note", "    A mutant.")


def link_in_round_brackets(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See (the mutant)(mutant.md).")


def link_without_a_bracket(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [the mutant(mutant.md).")


def link_in_wide_brackets(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT001", "See [the mutant]\uff08mutant.md\uff09.")


def address_in_quotes(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK005", "See [the mutant](\u201chttps://example.org/mutant\u201d).")


def shortcode_of_hugo(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", '{{< mutant src="a.png" >}}')


def value_of_a_template(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "The {{ .Site.Mutant }} word.")


def contents_of_kramdown(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "{:toc}")


def import_of_mdx(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "import Mutant from '@site/mutant';")


def role_of_sphinx(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "See {ref}`mutant`.")


def fence_of_myst(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "```{note}", "A mutant.", "```")


def comment_of_obsidian(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A word %% and a mutant %% of it.")


def note_of_pandoc(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A word^[with a mutant] of it.")


def changes_of_critic(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A {++ mutant ++} word.")


def changes_unclosed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT002", "A {++ mutant of a word.")


def conflict_of_git(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "TXT003", "<<<<<<< HEAD", "A mutant.", "=======", "Another.", ">>>>>>> branch")


KINDS = (
    Kind("bullets-of-a-letter", bullets_of_a_letter),
    Kind("list-of-letters", list_of_letters),
    Kind("list-without-a-space", list_without_a_space),
    Kind("list-with-another-space", list_with_another_space),
    Kind("list-of-minus-signs", list_of_minus_signs),
    Kind("explanation-without-a-space", explanation_without_a_space),
    Kind("heading-after-what-nobody-sees", heading_after_what_nobody_sees),
    Kind("rule-of-other-dashes", rule_of_other_dashes),
    Kind("table-of-a-grid", table_of_a_grid),
    Kind("fold-in-other-quotes", fold_in_other_quotes),
    Kind("marks-miscounted", marks_miscounted),
    Kind("link-in-round-brackets", link_in_round_brackets),
    Kind("link-without-a-bracket", link_without_a_bracket),
    Kind("link-in-wide-brackets", link_in_wide_brackets),
    Kind("address-in-quotes", address_in_quotes),
    Kind("shortcode-of-hugo", shortcode_of_hugo),
    Kind("value-of-a-template", value_of_a_template),
    Kind("contents-of-kramdown", contents_of_kramdown),
    Kind("import-of-mdx", import_of_mdx),
    Kind("role-of-sphinx", role_of_sphinx),
    Kind("fence-of-myst", fence_of_myst),
    Kind("comment-of-obsidian", comment_of_obsidian),
    Kind("note-of-pandoc", note_of_pandoc),
    Kind("changes-of-critic", changes_of_critic),
    Kind("changes-unclosed", changes_unclosed),
    Kind("conflict-of-git", conflict_of_git),
)
