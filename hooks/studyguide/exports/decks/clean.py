"""A part of a rendered page -> HTML that other programs show well: known elements only, and whole addresses.

<p>Use <code>a_<wbr>b</code> <a href="../c/">so</a></p>   ->   <p>Use <code>a_b</code> <a href="https://example.org/c/">so</a></p>
<figure-viewer>...</figure-viewer>                          ->   <img src="figure:fig-path" alt="A function ...">
<img src="../a.png" alt="A">                                ->   <img src="image:c/a.png" alt="A">

What it does not know it opens, so that its words stay. Scripts, controls and hints for line breaks go, and the numbers of
sources, of footnotes and of figures, which are those of the site as it is today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from studyguide.text.raised import raised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

# Drawings by their keys, and images by their files in the site.
FIGURE, IMAGE = "figure:", "image:"
KEPT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("p", "ul", "li", "code", "pre", "strong", "em", "b", "i", "table", "thead", "tbody", "tr", "br", "sub", "sup",
         "blockquote", "dl", "dt", "dd", "kbd", "del", "ins", "hr"), ()),
    "ol": ("start", "type"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "a": ("href",),
    "abbr": ("title",),
    "img": ("src", "alt"),
}  # fmt: skip
VOID = frozenset({"br", "hr", "img"})
GONE = frozenset({"script", "style", "wbr", "select", "input", "button", "template", "svg", "-comment"})
# Where sources were cited: with it goes the space before it.
CITED = "\ufdef"
CITED_RE = re.compile(rf"\s*{CITED}")
# What elements of these classes become, whatever they hold, and elements that go by another name.
SHORTENED = {"sg-cites": CITED, "sg-number": ""}
CALLED = {"figcaption": "p"}
# Where a site would be that has no address: nobody else is.
ROOT = "https://site.invalid/"
# What ends a line where there are no elements.
BREAK_RE = re.compile(r"<br>|<hr>|</(?:p|li|tr|pre|dt|dd|blockquote)>|<(?:p|ul|ol|table|pre)\b[^>]*>")
CELL_RE = re.compile(r"</t[dh]>\s*(?=<t[dh])")
TAG_RE = re.compile(r"<[^>]*>")
PRE_RE = re.compile(r"<pre>(?P<code>.*?)</pre>", re.DOTALL)
RAISED_RE = re.compile(r"<(?P<tag>sup|sub)>(?P<text>[^<]*)</(?P=tag)>")
PLACE_RE = re.compile("\0(?P<number>\\d+)\0")
IMAGE_RE = re.compile(r'<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)">')


@dataclass(frozen=True)
class Cleaner:
    """How a page is cleaned.

    ``base`` is its whole address, "" where the site has none, ``url`` that below the site's root; ``alts`` are those of
    its figures.
    """

    base: str
    url: str = ""
    alts: Mapping[str, str] = field(default_factory=dict)

    def inner(self, node: LexborNode | None) -> str:
        """Return what an element holds."""
        if node is None:
            return ""
        return CITED_RE.sub("", "".join(self._each(child) for child in node.iter(include_text=True))).strip()

    def _each(self, node: LexborNode) -> str:
        tag = node.tag or ""
        if tag == "-text":
            return escape(node.text(deep=False), quote=False)
        if tag == "figure-viewer":
            return self._figure(node)
        # A note is left on its page, as sources are.
        if tag == "sup" and (node.id or "").startswith("fnref"):
            return CITED
        whole = SHORTENED.get(node.attributes.get("class") or "")
        return self._element(node, tag) if whole is None and tag not in GONE else whole or ""

    def _element(self, node: LexborNode, tag: str) -> str:
        inside = "".join(self._each(child) for child in node.iter(include_text=True))
        tag = CALLED.get(tag, tag)
        if tag not in KEPT or (tag == "a" and not self.base):
            return inside
        attributes = {name: node.attributes.get(name) for name in KEPT[tag]}
        if tag == "img":
            attributes = {"src": self._file(attributes["src"] or ""), "alt": attributes["alt"] or ""}
        elif address := attributes.get("href"):
            attributes["href"] = urljoin(self.base, address)
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None)
        return f"<{tag}{written}>" + ("" if tag in VOID else f"{inside.strip() if tag == 'p' else inside}</{tag}>")

    def _file(self, address: str) -> str:
        """Return the address of an image: of one of the site its file there."""
        there = urljoin(f"{ROOT}{self.url}", address)
        return IMAGE + unquote(there.removeprefix(ROOT)) if there.startswith(ROOT) else there

    def _figure(self, node: LexborNode) -> str:
        """Return an image for a drawing; of one that has two forms, the wide one."""
        svg = node.css_first("svg")
        if svg is None or "sg-form--narrow" in (node.attributes.get("class") or ""):
            return ""
        key = (svg.attributes.get("aria-labelledby") or "").partition(" ")[0].removesuffix("-title")
        return f'<img src="{FIGURE}{escape(key)}" alt="{escape(self.alts.get(key, ""))}">'


def with_images(html: str, shown: Callable[[str, str], str]) -> str:
    """Return HTML with each image as ``shown`` makes it of its address and its alt text."""
    return IMAGE_RE.sub(lambda found: shown(unescape(found["src"]), unescape(found["alt"])), html)


def described(html: str) -> str:
    """Return HTML with the alt text of each image in its place: for programs that would not find the file."""
    return with_images(html, lambda _, alt: f"<em>[{escape(alt)}]</em>")


def text(html: str) -> str:
    """Return what HTML says as plain text; code and tables keep their lines."""
    code: list[str] = []

    def keep(found: re.Match[str]) -> str:
        code.append(TAG_RE.sub("", found["code"]).strip("\n"))
        return f"<br>\0{len(code) - 1}\0<br>"

    flowing = " ".join(PRE_RE.sub(keep, described(html)).split())
    flowing = RAISED_RE.sub(lambda found: raised(found["tag"], found["text"]), flowing)
    lines = TAG_RE.sub("", BREAK_RE.sub("\n", CELL_RE.sub(" | ", flowing))).split("\n")
    said = "\n".join(line.strip() for line in lines if line.strip())
    return unescape(PLACE_RE.sub(lambda found: code[int(found["number"])], said))
