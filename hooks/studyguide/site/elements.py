"""A rendered page -> the names of its elements that no browser knows: text that its author wrote, and that nobody sees.

<p>Copy <name> to <my-bucket>.</p>   ->  "name", "my-bucket"
<p>Copy <source>.</p>                ->  "source": without attributes it shows nothing
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# HTML's own, and of what went out of use those that people still write as elements.
KNOWN = frozenset(
    [
        "a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "blockquote", "body",
        "br", "button", "canvas", "caption", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del",
        "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img",
        "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "math", "menu", "meta", "meter",
        "nav", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture", "pre", "progress",
        "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section", "select", "selectedcontent", "slot",
        "small", "source", "span", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
        "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "u", "ul", "var", "video",
        "wbr", "acronym", "applet", "basefont", "big", "blink", "center", "font", "frame", "frameset", "marquee",
        "nobr", "noembed", "noframes", "plaintext", "rb", "rtc", "strike", "tt", "xmp",
    ]
)  # fmt: skip
# What shows something by its attributes alone; the parser takes the second name for the first.
BLANK = frozenset({"area", "base", "embed", "img", "link", "meta", "param", "source", "track"})
ALIASES = {"img": ("img", "image")}
# In these any name may be an element's.
DRAWN_RE = re.compile(rb"<(svg|math)\b(?:[^<]++|<(?!/\1>))*+</\1>")
NAME_RE = re.compile(rb"<(/?[a-zA-Z][^\s/<>]*>?)")


def doubtful(data: bytes) -> tuple[str, ...]:
    """Return the names in the tags of a page's content that may be no element's; an end's begins with a slash."""
    if b"<svg" in data or b"<math" in data:
        data = DRAWN_RE.sub(b"", data)
    tags = {tag.decode("utf-8", "replace").lower() for tag in set(NAME_RE.findall(data))}
    names = {tag.removesuffix(">") for tag in tags}
    found = {name for name in names if name.removeprefix("/") not in KNOWN and not _is_custom(name, names)}
    # It takes all for its text that follows, up to the next.
    if b"<title" in data:
        found.add("title")
    blank = any(tag.removesuffix(">") in (*BLANK, "image") for tag in tags if tag.endswith(">"))
    return tuple(sorted(found | ({"img"} if blank else set())))


def _is_custom(name: str, names: set[str]) -> bool:
    """Return whether a name is that of an element of the site's own: it has a hyphen, and its elements end."""
    name = name.removeprefix("/")
    return "-" in name and {name, f"/{name}"} <= names


def unknown(content: LexborNode, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of elements, of ``names``, that a page's content has, and those of ends that close nothing."""
    nodes = content.css("*")
    for node in nodes:
        tag = node.tag or ""
        if tag in names or (tag in BLANK and not node.attributes):
            yield from ALIASES.get(tag, (tag,))
    tags = {node.tag for node in nodes}
    yield from (name for name in names if name.startswith("/") and name[1:] not in tags)
