"""Texts that no inline pattern is in are shown to none, and a page is what the parser alone makes of it."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from studyguide.text import plain

EXTENSIONS = ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "smarty", "tables", "pymdownx.superfences"]
PIECES = ["*", "_", "`", "[", "](b)", "![", "<b>", "</b>", "&amp;", "\\", "a@b.cd", "www.a.bc", '"', "...", "  \n", "\n\n", "- ", "| - | - |\n", "word ", "é", "[^1]", "{: .c }"]  # fmt: skip


def made(text: str, *, quick: bool) -> str:
    md = Markdown(extensions=EXTENSIONS)
    if quick:
        plain.install(md)
    return md.convert(text)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_page_is_as_the_parser_makes_it(text: str) -> None:
    assert made(text, quick=True) == made(text, quick=False)


def test_a_text_without_a_pattern_is_shown_to_none() -> None:
    shown: list[str] = []
    name = "_InlineProcessor__handleInline"
    look = getattr(InlineProcessor, name)

    def seen(processor: InlineProcessor, data: str, index: int = 0) -> str:
        shown.append(data)
        return str(look(processor, data, index))

    md = Markdown()  # `smarty` has a processor of its own for the same texts
    plain.install(md)
    with patch.object(InlineProcessor, name, seen):
        assert md.convert("Only words\n\nand *more* of them") == "<p>Only words</p>\n<p>and <em>more</em> of them</p>"
    # What is inside a match is looked at for the patterns that are left.
    assert shown == ["and *more* of them", "more"]


def test_a_processor_of_somebody_else_stays() -> None:
    class Other(InlineProcessor):
        pass

    md = Markdown()
    other = Other(md)
    md.treeprocessors.register(other, plain.NAME, plain.PRIORITY)
    plain.install(md)
    assert md.treeprocessors[plain.NAME] is other
