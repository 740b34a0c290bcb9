"""Syntax that is nearly right: readers see it, or do not see the words that the browser takes for something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mutate.insert import paragraphs
from mutate.mutant import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.mutant import Mutant
    from mutate.original import Original


@dataclass(frozen=True, slots=True)
class _Nearly:
    """Lines with one that is wrong, and the code that says so."""

    code: str
    lines: tuple[str, ...]
    at: int = 0

    def __call__(self, original: Original) -> Iterator[Mutant]:
        return paragraphs(original, self.code, *self.lines, at=self.at)


WRITTEN = {
    "fence-closed-by-more": _Nearly("TXT003", ("```python", "mutant = 1", "````")),
    "fence-closed-by-less": _Nearly("TXT003", ("````python", "mutant = 1", "```")),
    "block-behind-words": _Nearly("TXT003", ("A word /// note | Mutant", "Words.", "///")),
    "table-in-an-item": _Nearly("TXT002", ("- Mutants:", "| a | b |", "|---|---|", "| 1 | 2 |"), at=2),
    "comment-parted": _Nearly("TXT002", ("A word <!-- of a mutant", "", "that goes on -->.")),
    "image-parted": _Nearly("TXT001", ("A ![mutant] (mutant.png).",)),
    "image-apart": _Nearly("TXT001", ("! [mutant](https://mutant.example/mutant.png)",)),
    "address-in-brackets": _Nearly("LNK005", ("The page <htp://mutant.example/>.",)),
    "tag-of-words": _Nearly("TXT007", ("Copy <mutant> to it.",)),
    "tag-of-hyphens": _Nearly("TXT007", ("Copy it to <your-mutant>.",)),
    "tag-of-a-type": _Nearly("TXT007", ("A List<Mutant> of them.",)),
    "tag-of-a-file": _Nearly("TXT007", ("See <mutant.md> for more.",)),
    "tag-without-attributes": _Nearly("TXT007", ("Copy <source> to the mutant.",)),
    "tag-closing-nothing": _Nearly("TXT007", ("The words of </mutant> end.",)),
    "attribute-of-nothing": _Nearly("TXT007", ("A *mutant*{mutant} word.",)),
    "stars-of-a-product": _Nearly("TXT007", ("A mutant of 2*3*4 words.",)),
    "heading-with-a-hash": _Nearly("TXT007", ("## A mutant in C#",)),
    "links-with-a-space": _Nearly(
        "TXT007", ("A [mutant] [word].", "", "[mutant]: https://example.org/a", "[word]: https://example.org/b")
    ),
    "title-without-quotes": _Nearly("TXT005", ("!!! note Mutant", "    Words.")),
    "tab-without-quotes": _Nearly("TXT003", ("=== Mutant", "    Words.")),
    "bold-half-closed": _Nearly("TXT002", ("A **mutant* word.",)),
    "emphasis-closed-twice": _Nearly("TXT002", ("A _mutant__ word.",)),
    "code-half-closed": _Nearly("TXT002", ("A ``mutant` word.",)),
    "code-closed-twice": _Nearly("TXT002", ("A `mutant`` word.",)),
    "attributes-unclosed": _Nearly("TXT002", ("A *mutant*{ .mutant and words.",)),
    "link-over-a-line": _Nearly("TXT001", ("A [link", "", "of a mutant](mutant.md)."), at=2),
    "link-cut": _Nearly("TXT001", ("A [mutant](", "", "mutant.md).")),
    "link-to-nothing": _Nearly("LNK001", ("A [mutant]() word.",)),
    "image-of-nothing": _Nearly("LNK003", ("A ![mutant]() word.",)),
    "link-to-a-script": _Nearly("LNK005", ("A [mutant](javascript:mutant) word.",)),
    "below-unread": _Nearly("TXT002", ("A mutant of H~2~O.",)),
    "above-unread": _Nearly("TXT002", ("A mutant of x^2^ words.",)),
    "item-beside": _Nearly("TXT008", ("- A mutant", "  - Its item"), at=1),
    "list-of-another": _Nearly("TXT008", ("- A mutant", "", "1. Its number"), at=2),
    "paragraph-outside": _Nearly("TXT008", ("1. A mutant", "", "   Its second paragraph."), at=2),
    "code-outside": _Nearly("TXT008", ("1. A mutant", "", "   ```python", "   mutant = 1", "   ```"), at=2),
    "box-touching-its-item": _Nearly("TXT002", ("- [ ]A mutant",)),
    "list-below-code": _Nearly("TXT002", ("```text", "A mutant", "```", "3. A mutant", "4. Another"), at=3),
    "heading-of-a-quotation": _Nearly("TXT008", ("> A mutant", "---")),
    "table-without-a-head": _Nearly("TXT002", ("| --- | --- |", "| mutant | mutant |")),
    "element-closed-alone": _Nearly("HTM001", ('A <i class="mutant"/> word.',)),
    "link-of-a-space": _Nearly("LNK004", ("A [&nbsp;](https://mutant.example/) word.",)),
    "row-of-words": _Nearly("TXT008", ("| a | b |", "| --- | --- |", "| 1 | 2 |", "Mutant words."), at=3),
}


def citation_bare(original: Original) -> Iterator[Mutant]:
    return _cited(original, "As @{key} says, it mutates.")


def citation_unclosed(original: Original) -> Iterator[Mutant]:
    return _cited(original, "It mutates [@{key} as they say.")


def _cited(original: Original, line: str) -> Iterator[Mutant]:
    """Yield a line that names a source of the guide, put in at every place for a paragraph."""
    key = next((key for source in original.sources.values() for key, _ in source.citations), "")
    yield from paragraphs(original, "CIT002", line.format(key=key)) if key else ()


KINDS = (
    *(Kind(name, nearly) for name, nearly in WRITTEN.items()),
    Kind("citation-bare", citation_bare),
    Kind("citation-unclosed", citation_unclosed),
)
