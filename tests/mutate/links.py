"""Mistakes in links and anchors, images, and raw HTML."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from studyguide.kinds import DIRECTIVES
from studyguide.kinds import KINDS as WITH_IDS
from studyguide.links.links import relative
from studyguide.model import Position

from mutate.insert import paragraph, paragraphs
from mutate.mutant import Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mutate.original import Original, Placed

PREFIXES = tuple(WITH_IDS[name].prefix for name in DIRECTIVES)
PICTURE_NAME = "mutant.svg"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>\n'


def _relink(original: Original, placed: Placed, new: str, code: str) -> Mutant:
    change = f"`{placed.link.dest}` became `{new}`"
    files = original.apply([original.dest(placed, new)])
    return Mutant(placed.link.position, change, files, (expect(code, placed.path, placed.line),))


def _page_links(original: Original, new: Callable[[str], str]) -> Iterator[Mutant]:
    """Yield every link to a page with another path, where nothing is at that path."""
    for placed in original.links:
        path, mark, anchor = placed.link.dest.partition("#")
        if placed.page and path.endswith(".md"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(placed.path), new(path)))
            if name != placed.page and not original.is_there(name):
                yield _relink(original, placed, new(path) + mark + anchor, "LNK001")


def page_link(original: Original) -> Iterator[Mutant]:
    return _page_links(original, lambda path: f"{path.removesuffix('.md')}-gone.md")


def page_link_letter(original: Original) -> Iterator[Mutant]:
    return _page_links(original, lambda path: f"{path.removesuffix('.md')[:-1]}.md")


def page_link_case(original: Original) -> Iterator[Mutant]:
    return _page_links(
        original, lambda path: posixpath.join(posixpath.dirname(path), posixpath.basename(path).capitalize())
    )


def page_link_above(original: Original) -> Iterator[Mutant]:
    return _page_links(original, lambda path: f"../../../{path}")


def anchor_link(original: Original) -> Iterator[Mutant]:
    for placed in original.links:
        new = f"{placed.link.dest}-gone"
        if placed.page and placed.anchor and not placed.anchor.startswith(PREFIXES):
            yield _relink(original, placed, new, "LNK002")


def reference(original: Original) -> Iterator[Mutant]:
    for placed in original.links:
        if placed.anchor.startswith(PREFIXES) and placed.link.dest.startswith("#"):
            yield _relink(original, placed, f"{placed.link.dest}-gone", "REF001")


def link_without_words(original: Original) -> Iterator[Mutant]:
    for placed in original.links:
        if placed.page and placed.link.text and not placed.anchor and "[" not in placed.link.text:
            files = original.apply([original.words(placed, f"[]({placed.link.dest})")])
            change = f"the words `{placed.link.text}` of a link went"
            yield Mutant(placed.link.position, change, files, (expect("LNK004", placed.path, placed.line),))


def address_of_the_site(original: Original) -> Iterator[Mutant]:
    for placed in original.links:
        if placed.page and placed.link.dest.endswith(".md") and placed.page != placed.path:
            new = relative(original.pages[placed.page], original.pages[placed.path])
            yield _relink(original, placed, new, "PRT001")


def raw_link(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK001", '<a href="mutant-gone/">The way</a>')


def link_definition(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK001", "See [the way][mutant].", "", "[mutant]: mutant-gone.md", at=2)


def image_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK003", "![A plan](mutant-gone.png)")


def image_set_missing(original: Original) -> Iterator[Mutant]:
    for path, line in original.gaps:
        text = f'<img src="{relative(PICTURE_NAME, original.pages[path])}" srcset="mutant-gone.png 2x" alt="A plan">'
        yield paragraph(original, path, line, "LNK003", text, files={original.prefix + PICTURE_NAME: PICTURE})


def image_unlabelled(original: Original) -> Iterator[Mutant]:
    picture = original.prefix + PICTURE_NAME
    for path, line in original.gaps:
        text = f"![]({posixpath.relpath(picture, posixpath.dirname(path))})"
        yield paragraph(original, path, line, "FIG001", text, files={picture: PICTURE})


def empty_heading(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "HDG001", "##")


def html_open(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "HTM001", '<div class="mutant">A note.')


def html_closed(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "HTM001", "A note.</section>")


def html_cut(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "HTM001", '<span class="mutant"', "A note.</span>")


def several_pages(original: Original) -> Iterator[Mutant]:
    """Yield a link to a heading that two other pages have."""
    for path, line in original.gaps:
        others = dict(gap for gap in original.gaps if gap[0] != path)
        edits = [original.lines(path, line, line - 1, ["See [what was said twice](#mutant-said).", ""])]
        edits += [original.lines(*gap, gap[1] - 1, ["## Mutant said", ""]) for gap in list(others.items())[:2]]
        change = "a link to a heading of two other pages was put in"
        yield Mutant(Position(path, line), change, original.apply(edits), (expect("REF002", path, line),))


def html_id_twice(original: Original) -> Iterator[Mutant]:
    explicit = {(h.path, h.id): h.line for h in original.headings if h.explicit}
    for path, line in original.gaps:
        for key in list(original.anchors[path])[:3]:
            files = original.apply([original.lines(path, line, line - 1, [f'<span id="{key}"></span>', ""])])
            expected = (expect("ID001", path, max(line, explicit.get((path, key), 0) + 2)),)
            yield Mutant(Position(path, line), f"a second `{key}` was put in", files, expected)


def scheme_misspelt(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK005", "See [the mutant](htps://example.org/).")


def own_machine(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK006", "See [the mutant](http://localhost:8000/).")


def own_address(original: Original) -> Iterator[Mutant]:
    """Yield a link that names the site's whole address, and no page of it."""
    base = re.search(r"https://[^\s\"'\])]+", original.text(original.settings))
    return paragraphs(original, "LNK001", f"See [the mutant]({base.group() if base else ''}mutant-gone/).")


def sprite_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK003", '<svg role="img" aria-label="A mutant"><use href="mutant-gone.svg#m"/></svg>')


def style_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK003", "<p style=\"background: url('mutant-gone.png')\">A mutant.</p>")


def style_set_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK003", "<p style=\"background: image-set('mutant-gone.png' 2x)\">A mutant.</p>")


def quotation_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK001", '<blockquote cite="mutant-gone/">A mutant.</blockquote>')


def form_missing(original: Original) -> Iterator[Mutant]:
    return paragraphs(original, "LNK001", '<form action="mutant-gone/"><button>Go</button></form>')


KINDS = (
    Kind("page-link", page_link),
    Kind("page-link-letter", page_link_letter),
    Kind("page-link-case", page_link_case),
    Kind("page-link-above", page_link_above),
    Kind("anchor-link", anchor_link),
    Kind("reference", reference),
    Kind("link-without-words", link_without_words),
    Kind("address-of-the-site", address_of_the_site),
    Kind("raw-link", raw_link),
    Kind("link-definition", link_definition),
    Kind("anchor-of-several-pages", several_pages),
    Kind("image-missing", image_missing),
    Kind("image-set-missing", image_set_missing),
    Kind("image-unlabelled", image_unlabelled),
    Kind("scheme-misspelt", scheme_misspelt),
    Kind("address-of-own-machine", own_machine),
    Kind("own-address-gone", own_address),
    Kind("sprite-missing", sprite_missing),
    Kind("style-missing", style_missing),
    Kind("style-set-missing", style_set_missing),
    Kind("quotation-missing", quotation_missing),
    Kind("form-missing", form_missing),
    Kind("heading-empty", empty_heading),
    Kind("html-id-twice", html_id_twice),
    Kind("html-open", html_open),
    Kind("html-closed", html_closed),
    Kind("html-cut", html_cut),
)
