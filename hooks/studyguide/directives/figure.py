"""A figure: a drawing, image, table or code block with a caption, a number and words for who cannot see it.

/// figure | Two routes        ->  <figure id="fig-routes" class="sg-figure">
    id: fig-routes                   <div class="sg-body"> the body </div>
    alt: Two arrows.                 <figcaption><a href="#fig-routes">Figure 3</a> Two routes</figcaption>
```tikz                            </figure>

With ``forms: [wide, narrow]`` its two drawings are one, for wide and for narrow places; the style sheet shows one of them.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from studyguide.directives.elements import element
from studyguide.directives.options import Id, Order, Text
from studyguide.directives.said import PICTURES
from studyguide.model import FORMS, Problem, Target
from studyguide.text.source import plain

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator

    from studyguide.directives.block import Block
    from studyguide.directives.page import Page
    from studyguide.directives.said import Said
    from studyguide.model import Position

NAME = "figure"
OPTIONS = {"id": Id(NAME), "alt": Text(), "forms": Order(names=FORMS)}
SHOWS_RE = re.compile(
    r"!\[[^\]]*\][(\[]|<img\b|^[ \t>]*(?:`{3}|~{3})"
    r"|^[ \t]*(?:\|[ \t]*:?-+:?[ \t]*(?:\||$)|:?-+:?[ \t]*\|)"
)
PLACEHOLDER_RE = re.compile(r'<div class="sg-placeholder" data-drawing="(?P<key>[\w.-]*)"></div>')


def make(block: Block, parent: ET.Element, page: Page) -> None:
    """Put the figure into the page, with its target and the drawings in it."""
    key, caption, alt = block.key, plain(block.title), block.values["alt"]
    lines = [line.text for line in block.body]
    drawings = [number for line in lines if (number := page.drawing(line)) is not None]
    page.define(Target("figure", key, caption, block.at("id")), partial(_alt_unused, alt, block.at("alt")))
    page.report(_problems(block, lines, page, drawn=len(drawings)))
    forms = block.values["forms"] if len(drawings) == len(FORMS) else ()
    for count, number in enumerate(drawings):
        if forms:
            # No id that an author may write holds a dot.
            name = key if forms[count] == "wide" else f"{key}.{forms[count]}"
            page.show(number, name, caption, alt, form=forms[count], figure=key)
        else:
            page.show(number, key if count == 0 else f"{key}-{count + 1}", caption, alt)
    whole = element(parent, "figure", "sg-figure", id=key)
    page.parse(element(whole, "div", "sg-body"), [line._replace(text=_with_alt(line.text, alt)) for line in block.body])
    words = element(whole, "figcaption")
    element(words, "a", "sg-number", href=f"#{key}").tail = f" {block.title}"


def _with_alt(text: str, alt: str) -> str:
    """Give an image without words those of its figure."""
    # As words: what would mark them up is none of it.
    words = re.sub(r"[\\`*_\[\]]", r"\\\g<0>", alt)
    return re.sub(r"!\[\s*\](?=[(\[])", lambda _: f"![{words}]", text) if alt else text


def _alt_unused(alt: str, position: Position, said: Said) -> Iterator[Problem]:
    """Yield the problem of words for who cannot see a figure, where the figure as rendered has no place for them."""
    alts = [image.attributes.get("alt") or "" for image in said.node.css("img")]
    same = unescape(" ".join(alt.split())) in (" ".join(each.split()) for each in alts)
    if not alt or same or said.shows(".sg-placeholder"):
        return
    if any(each.strip() for each in alts):
        fix = "Keep one of the two: remove this line, or leave the brackets of the image empty."
        message = "The image in this figure has words of its own, so these go unread."
        yield Problem(position, "DIR008", message, fix)
    elif said.shows("table", "pre") and not said.shows(PICTURES):
        message = "This figure holds no drawing and no image, so these words go unread."
        yield Problem(position, "DIR008", message, "Remove this line: tables and code are read as they are.")


def _problems(block: Block, lines: list[str], page: Page, *, drawn: int) -> Iterator[Problem]:
    if not block.title:
        fix = "Write it after a bar: `/// figure | What it shows`."
        yield Problem(block.position, "FIG003", "This figure has no caption.", fix)
    if drawn and not block.values["alt"]:  # the check of the rendered page looks after images
        fix = "Add `alt: ...` under its first line: what a reader who cannot see it needs to know."
        yield Problem(block.position, "FIG001", "This figure has no alt text.", fix)
    if block.values["forms"] and drawn != len(FORMS):
        message = f"This figure has two forms and {drawn} drawing{'' if drawn == 1 else 's'}."
        fix = "Put two drawings in it: its forms, in the order that `forms` names them."
        yield Problem(block.at("forms"), "FIG022", message, fix)
    if not any(page.is_fence(line) or SHOWS_RE.search(line) for line in lines):
        fix = "Put a tikz or mermaid fence, an image, a table or a code block in it."
        yield Problem(block.position, "FIG002", "This figure shows nothing.", fix)
