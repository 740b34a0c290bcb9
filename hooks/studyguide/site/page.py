"""A rendered page -> what a check looks at; parsed once and forgotten, so memory does not grow with its markup.

    parse("learn/a.md", "learn/a/", html)  ->  Page(ids={"routes": 1}, uses={Use("a", "../b/"): 2} ...)

``main`` does the same for many pages, in a process beside the one that asked (see ``read_pages``): what is imported
here is little, so that it is up in no time.
"""

from __future__ import annotations

import json
import marshal
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from studyguide.site.stayed import Stayed, stayed
from studyguide.text import css
from studyguide.text.srcset import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selectolax.lexbor import LexborNode

ADDRESSES = {
    "a": ("href", "xlink:href"), "area": ("href",), "link": ("href", "imagesrcset"), "img": ("src", "srcset"), "script": ("src",),
    "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "iframe": ("src",), "embed": ("src",), "object": ("data",), "image": ("href", "xlink:href"),
    "form": ("action",), "button": ("formaction",), "input": ("src", "formaction"),
    **dict.fromkeys(("use", "feImage", "textPath", "mpath", "pattern", "linearGradient", "radialGradient"), ("href", "xlink:href")),
}  # fmt: skip
# What elements that pages are full of hardly ever have, and what it is used as. Where words are from is a page that nobody is
# led to, and which is there all the same.
RARE = {
    **dict.fromkeys(("blockquote", "q", "ins", "del"), ("cite", "a")),
    **dict.fromkeys(("body", "table", "tr", "td", "th"), ("background", "img")),
}
# What a page asks for with an element that else names another page.
FILES = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch"}
)
SETS = frozenset({"srcset", "imagesrcset"})
# Where a form is sent is another page, whatever element says so; so is where a page leads on to by itself.
PAGES = frozenset({"a", "area", "link", "iframe", "form", "meta", "alternate"})
REFRESH_RE = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?(?P<url>[^\"']+)", re.IGNORECASE)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What shows a page elsewhere.
PICTURES = frozenset({"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"})
SUMMARIES = frozenset({"description", "og:description", "twitter:description"})
# From so many pages on a second process pays.
MANY = 200
# In a plain list an element would be found once for every part that it fits.
ELEMENTS = f":is([id],meta,style,[style*='url(' i],[style*='image-set(' i],[cite],[background],{','.join([*ADDRESSES, *sorted(HEADINGS)])})"
# An answer as the build makes it: there once a reader opens it.
FOLD = "details.sg-answer:not([open])"
# What ``aliases`` puts into a page.
MARKS = ".sg-alias, .sg-moved"
DEFINED_RE = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]*-[a-zA-Z0-9-]*)[\s>]")


class Use(NamedTuple):
    """An address in a page: the element it is on, and its value.

    That of a form has the name ``form`` wherever it stands, one in CSS ``style``, a style sheet or an icon
    ``file``, and a link to a page in another language ``alternate``.
    """

    tag: str
    href: str


class Heading(NamedTuple):
    """A heading as rendered, without the mark that links to it; ``level`` is 1 to 6."""

    id: str
    words: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page: ``path`` is its source below docs, "" where it has none (404.html).

    ``ids`` and ``uses`` map each id and address to how often the page has it, in document order.
    ``nameless`` are the addresses of links and headings without words; ``unlabelled`` those of images
    without them. ``summaries`` are the descriptions for search engines and link previews, ``visible`` the
    text outside answers (of pages that have answers), ``folded`` the ids of checkpoints whose answer is to be opened, ``marks`` the ids that aliases put there, ``links`` how many
    links it has, ``stayed`` the syntax that it still shows, ``elements`` the names of its elements that a script defines.
    """

    path: str
    url: str
    ids: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[Use, int] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    stayed: tuple[Stayed, ...] = ()
    unlabelled: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    visible: str = ""
    folded: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    links: int = 0
    elements: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The page's file in the site."""
        return file_of(self.url)

    @property
    def own_ids(self) -> list[str]:
        """The ids that somebody wrote, without those that aliases put there."""
        return [key for key, times in self.ids.items() if times > (key in self.marks)]


def parse(path: str, url: str, html: str | bytes) -> Page:
    """Return what a check needs to know of a page's HTML."""
    data = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
    tree = LexborHTMLParser(data)
    reader = _Reader()
    # One query, walked by the parser itself: that is faster than to look at every element here.
    for node in tree.css(ELEMENTS):
        reader.take(node, node.tag or "", node.attributes)
    return Page(
        path,
        url,
        ids=dict.fromkeys(reader.names, 1) | dict(Counter(reader.ids)),
        uses=dict(Counter([*(Use("a", href) for href in reader.links), *reader.uses])),
        headings=tuple(reader.headings),
        unlabelled=tuple(reader.unlabelled),
        nameless=tuple(reader.nameless),
        summaries=tuple(reader.summaries),
        visible=_visible(LexborHTMLParser(data)) if b"sg-answer" in data else "",
        folded=frozenset(map(_checkpoint, tree.css(FOLD))) if b"sg-answer" in data else frozenset(),
        marks=frozenset(node.id or "" for node in tree.css(MARKS)) if b"sg-" in data else frozenset(),
        links=len(reader.links) + sum(use.tag == "area" for use in reader.uses),
        elements=tuple(name for name in _defined(data) if tree.css_first(name) is not None),
        # Last, for it takes the tree apart.
        stayed=stayed(tree, data),
    )


class _Reader:
    """Takes in one element after the other."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.names: list[str] = []
        self.links: list[str] = []
        self.uses: list[Use] = []
        self.headings: list[Heading] = []
        self.unlabelled: list[str] = []
        self.nameless: list[str] = []
        self.summaries: list[str] = []

    def take(self, node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Note what an element has of an id, addresses and words."""
        if key := attributes.get("id"):
            self.ids.append(key)
        if tag == "a":
            self._link(node, attributes)
        elif tag in HEADINGS:
            self.headings.append(Heading(key or "", _heading(node), int(tag[1])))
        elif tag == "style":
            self._css(node.text() or "")
        elif tag == "meta":
            if (attributes.get("http-equiv") or "").lower() == "refresh":
                match = REFRESH_RE.match(attributes.get("content") or "")
                self.uses += [Use("meta", match["url"].strip())] if match else []
            name, content = attributes.get("name") or attributes.get("property"), attributes.get("content") or ""
            self.summaries += [content] if name in SUMMARIES else []
            self.uses += [Use("img", content.strip())] if name in PICTURES and content.strip() else []
        elif tag in ADDRESSES:
            self._addresses(tag, attributes)
        if tag in RARE and (value := attributes.get(RARE[tag][0])):
            self.uses.append(Use(RARE[tag][1], value.strip()))
        if "(" in (style := attributes.get("style") or ""):
            self._css(style)

    def _inside(self, html: str) -> None:
        """Note the addresses of a page within this one: they are as from here."""
        reader = _Reader()
        for node in LexborHTMLParser(html).css(ELEMENTS):
            reader.take(node, node.tag or "", node.attributes)
        self.links += reader.links
        self.uses += reader.uses

    def _css(self, text: str) -> None:
        self.uses += [Use("style", url) for _, url in css.addresses(text)]

    def _link(self, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
        href = next((attributes[each] for each in ADDRESSES["a"] if each in attributes), None)
        if name := attributes.get("name"):
            self.names.append(name)
        # An anchor without an address is a place, not a link.
        if href or (href is not None and not name and not attributes.get("id")):
            href = href.strip()
            if attributes.get("hreflang"):  # a site in another language may stand beside this one
                self.uses.append(Use("alternate", href))
            else:
                self.links.append(href)
            if _is_nameless(node, attributes):
                self.nameless.append(href)

    def _addresses(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        for name in ADDRESSES[tag]:
            value = attributes.get(name)
            if value is not None and (value.strip() or name not in ("action", "formaction")):
                parts = [url for _, url in addresses(value)] if name in SETS else [value.strip()]
                kind = _kind(tag, name, attributes)
                self.uses += [Use(kind, part) for part in parts]
        if tag == "iframe" and (inside := attributes.get("srcdoc")):
            self._inside(inside)
        if tag == "img" and not (attributes.get("alt") or "").strip():
            self.unlabelled.append((attributes.get("src") or "").strip())


def _kind(tag: str, name: str, attributes: Mapping[str, str | None]) -> str:
    """Return what kind of use an attribute makes of an address: its element's, or one of a name of its own."""
    if name in ("action", "formaction"):
        return "form"
    if name == "imagesrcset":
        return "img"
    if tag == "link" and FILES & set((attributes.get("rel") or "").lower().split()):
        return "file"
    return "alternate" if attributes.get("hreflang") else tag


def _is_nameless(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Return whether a link says nothing to anybody: no text, no name, no picture with words."""
    child = node.first_child
    if child is not None and child.is_text_node and (child.text_content or "").strip():
        return False
    if (node.text() or "").strip():
        return False
    named = any(attributes.get(name) for name in ("aria-label", "aria-labelledby", "title"))
    return not named and node.css_first("img[alt]:not([alt='']), svg, [aria-label]") is None


def _heading(node: LexborNode) -> str:
    link = node.css_first("a.headerlink")
    text = node.text() or ""
    return " ".join((text.removesuffix(link.text() or "") if link else text).split())


def _defined(data: bytes) -> list[str]:
    """Return what may be the names of elements that a script defines: those that have a hyphen."""
    return sorted({name.decode().lower() for name in DEFINED_RE.findall(data)})


def _visible(tree: LexborHTMLParser) -> str:
    """Return the words of a page that are there before any answer is opened."""
    for node in tree.css(".sg-answer, script, style"):
        node.decompose()
    return " ".join((tree.body.text(separator=" ") if tree.body else "").split())


def _checkpoint(fold: LexborNode) -> str:
    """Return the id of the checkpoint that an answer is in."""
    node = fold.parent
    while node is not None and not node.id:
        node = node.parent
    return (node.id if node else "") or ""


def file_of(url: str) -> str:
    """Return the file behind an address of the site."""
    return f"{url}index.html" if not url or url.endswith("/") else url


class Job(NamedTuple):
    """A page to read: its source below docs, its address, its file."""

    path: str
    url: str
    file: str


def read_pages(jobs: Sequence[Job]) -> list[Page]:
    """Read pages from their files: half of many in a second process, where there is a processor for it."""
    half = len(jobs) // 2 if len(jobs) >= MANY and (os.cpu_count() or 1) > 1 else 0
    if not half:
        return list(map(_read, jobs))
    # Whatever Python finds of this package, the child must have this one.
    program = "import sys; sys.path.insert(0, sys.argv[1]); from studyguide.site.page import main; main()"
    command = [sys.executable, "-I", "-c", program, str(Path(__file__).parents[2])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        # The child reads all of it before it answers, and answers only when asked for: neither waits for the other.
        assert child.stdin is not None  # noqa: S101 - pipes, as asked for
        child.stdin.write(json.dumps(jobs[:half]).encode())
        child.stdin.close()
        rest = list(map(_read, jobs[half:]))
        answer = child.stdout.read() if child.stdout else b""
    return [*(_unpacked(answer) if child.returncode == 0 else map(_read, jobs[:half])), *rest]


def _read(job: Job) -> Page:
    return parse(job.path, job.url, _bytes(Path(job.file)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # gone while it was read, or a link to nothing
        return b""


def _unpacked(data: bytes) -> list[Page]:
    return [
        Page(
            path,
            url,
            ids,
            dict(zip(map(Use, *uses), times, strict=True)),
            tuple(Heading(*heading) for heading in headings),
            tuple(Stayed(*each) for each in left),
            *rest,
        )
        for path, url, ids, uses, times, headings, left, *rest in marshal.loads(data)  # noqa: S302 - of our own child
    ]


def _packed(page: Page) -> tuple[object, ...]:
    return (
        page.path,
        page.url,
        page.ids,
        [[use.tag for use in page.uses], [use.href for use in page.uses]],
        [*page.uses.values()],
        [tuple(heading) for heading in page.headings],
        [tuple(each) for each in page.stayed],
        page.unlabelled,
        page.nameless,
        page.summaries,
        page.visible,
        page.folded,
        page.marks,
        page.links,
        page.elements,
    )


def main() -> None:
    """Read the pages that standard input names, for the process that asked."""
    sys.stdout.buffer.write(marshal.dumps([_packed(_read(Job(*job))) for job in json.load(sys.stdin)]))
