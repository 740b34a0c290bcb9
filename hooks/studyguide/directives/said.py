"""A rendered page -> what its directives are called and what they say first, as words: for links and notes elsewhere.

    <div class="sg-term" id="term-eni">                        ->  {"term-eni": Said("ENI", "A card, see [](#term-vpc).")}
    <p class="sg-term__name"><dfn>ENI</dfn></p>
    <p>A <em>card</em>, see <a href="#term-vpc"></a> [...].</p>

What the parser made of the source is what readers meet. A link without words stays as it is written, for the registry to
spell; numbers of sources and of notes are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from studyguide.text import comments
from studyguide.text.raised import SMALL, raised

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from selectolax.lexbor import LexborNode

# Where a directive of each kind has its name.
NAMES = {"term": "dfn", "example": ".sg-example__title", "objective": ".sg-objective__title", "figure": "figcaption"}
GONE = frozenset({"script", "style", "template", "svg", "-comment"})
# What else a reader of the words alone does without, and what goes with the space before it.
UNREAD = frozenset({"sg-number", "sg-example__of", "headerlink"})
CITED = frozenset({"sg-cites", "footnote-ref"})
CUT = "\ufdef"
CUT_RE = re.compile(rf"\s*{CUT}")
# What parts the words of one element from those of the next.
ENDS = {**dict.fromkeys(("li", "tr", "dd"), "\n"), "dt": ": ", **dict.fromkeys(("td", "th"), "\t"), **dict.fromkeys(("p", "div", "br", "pre"), " ")}  # fmt: skip
END_RE = re.compile(r"[ ]*[\n\t]\s*")
# What holds words and no block.
WORDS = frozenset({
    "a", "b", "caption", "code", "del", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "kbd", "label", "mark",
    "p", "small", "span", "strong", "sub", "summary", "sup",
})  # fmt: skip
# What is shown as it is written, or not at all.
LITERAL = frozenset({"pre", "code", "script", "style", "textarea", "template"})
# What is no text.
PICTURES = "img, svg, .sg-placeholder, video, audio, iframe, object, embed, canvas, math, input"


class Said(NamedTuple):
    """What a directive is called and what it says first, and its element."""

    name: str
    text: str
    node: LexborNode

    def shows(self, *names: str) -> bool:
        """Return whether it holds elements of these names; without any, whether it holds more than its name."""
        return self.node.css_first(", ".join(names) or PICTURES) is not None or (not names and self.text != "")


def said(html: str, keys: Container[str]) -> dict[str, Said]:
    """Return what the directives of a page say, those that have one of these ids."""
    kinds = [kind for kind in NAMES if f'class="sg-{kind}"' in html]
    if not kinds:
        return {}
    tree, found = LexborHTMLParser(html), dict[str, Said]()
    for kind in kinds:
        for node in tree.css(f".sg-{kind}[id]"):
            # The caption of a figure comes after what may have a caption of its own.
            captions = [child for child in node.iter() if child.tag == "figcaption"]
            title = captions[-1] if captions else node.css_first(NAMES[kind])
            if title is not None and node.id in keys:
                first = next((text for child in _body(node, title) if (text := words(child))), "")
                found[node.id or ""] = Said(words(title), first, node)
    return found


def in_text(html: str) -> list[bool]:
    """Return of each comment of a page that asks for something whether it stands where words may be and no block."""
    found = list[bool]()
    root = LexborHTMLParser(f"<body>{html}").root
    for node in root.traverse(include_text=True) if root else ():
        if node.tag == "-comment" and comments.said((node.html or "")[4:-3]) is not None:
            around = {above.tag for above in _around(node)}
            found += [not around.isdisjoint(WORDS)] if around.isdisjoint(LITERAL) else []
    return found


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements that a node is in."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _body(node: LexborNode, title: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements of a directive that are not its name; figures last, for they show more than they say."""
    named = (title.mem_id, title.parent.mem_id if title.parent else 0)
    yield from sorted(
        (child for child in node.iter() if child.mem_id not in named), key=lambda each: each.tag == "figure"
    )


def words(node: LexborNode) -> str:
    """Return what an element says, in one line."""
    text = CUT_RE.sub("", "".join(_words(node)).replace("\xa0", " "))
    lines = END_RE.sub(lambda found: "\n" if "\n" in found.group() else "\t", re.sub("[ ]+", " ", text)).strip()
    return re.sub(r"(?<=[.:;!?])\n|\n(?=[;,.])", " ", lines).replace("\n", "; ").replace("\t", ", ")


def _words(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        tag, classes = child.tag or "", set((child.attributes.get("class") or "").split())
        if tag == "-text":
            yield re.sub(r"\s+", " ", child.text(deep=False))
        elif tag == "img":
            yield child.attributes.get("alt") or ""
        elif classes & CITED:
            yield CUT
        elif tag not in GONE and not classes & UNREAD:
            inside = "".join(_words(child))
            inside = raised(tag, inside) if tag in SMALL else inside
            address = child.attributes.get("href") or ""
            yield f"[]({address})" if tag == "a" and "#" in address and not inside.strip() else inside
            yield ENDS.get(tag, "")
