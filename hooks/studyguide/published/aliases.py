"""What was published -> where it is now: ``docs/reference/aliases.yml``, and what that puts into the site.

    learn/old-page/: learn/new-page/                     a page that sends its reader on
    learn/key-terms/#old: learn/key-terms/#new           a second name on the same page
    learn/key-terms/#gone: learn/routes/#routes-out      a line on the old page that says where it went

An address is relative to the site's root, ``/`` is the home page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import yaml

from studyguide.links.links import href
from studyguide.model import Position, Problem
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

# A tag with its attributes; comments and code match first, so that no tag is found in them.
TAG_RE = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|textarea)\b.*?</(?P=raw)\s*>|(?P<close></(?:svg|math)\s*>)"
    r"|<(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE_RE = re.compile(
    r"(?P<name>[^\s=/]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"']+)))?"
)
CELL_RE = re.compile(r"<t[dh]\b[^>]*>", re.IGNORECASE)
# What may hold a second name but not stand beside one, what may do neither, and what HTML may not be put in.
HOLDERS = frozenset({"li", "dt", "dd", "td", "th", "figcaption", "caption", "summary", "legend"})
ROWS = frozenset({"tr", "thead", "tbody", "tfoot"})
PICTURES = frozenset({"svg", "math"})
ADDRESS_RE = re.compile(
    r"(?!/|\.\.?(?:/|\Z)|[a-zA-Z][\w+.-]*:|.*(?://|/\.\.?(?:/|\Z|#)|[\\?\x00-\x1f]))[^#]*(?:#.+)?", re.DOTALL
)
# As fast as the loader in C, and asked for events only.
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Of what a folder is called, on every common file system; and how much of a longer name a message shows.
LONGEST, SHOWN = 255, 40
NOTHING = ("", "~", "null", "Null", "NULL")
ADDRESS_FIX = "Put an address that starts with `#` or holds `: ` in quotes."
FORM = "Write `old/page/: new/page/` or `page/#old: page/#new`, as in the address bar, without the site's own part."


@dataclass(frozen=True, slots=True)
class Alias:
    """An address that was published, the one that took its place, and where that is written."""

    old: str
    new: str
    position: Position


def canonical(address: str) -> str:
    """Return the one form in which addresses are compared: decoded, of a folder, ``""`` the home page.

    ``learn/caf%C3%A9.html#x`` and ``/learn/café/#x`` are one place, in a site for the web or for a folder.
    """
    path, mark, anchor = unquote(address).partition("#")
    path = path.removeprefix("/")
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    elif path.endswith(".html"):
        path = f"{path.removesuffix('.html')}/"
    return f"{path}{mark}{anchor}"


def read(text: str, path: str) -> tuple[list[Alias] | None, list[Problem]]:
    """Return the aliases in file order, and what is wrong with their file; None where it cannot be read."""
    try:
        nodes = _nodes(text)
    except (yaml.YAMLError, ValueError):
        return None, [_not_yaml(text, path)]
    if not nodes or _is_nothing(nodes[0]):
        return [], []
    if not isinstance(nodes[0], yaml.MappingStartEvent):
        return None, [
            Problem(_at(nodes[0], path), "RED001", "This file is not a mapping of old addresses to new.", FORM)
        ]
    aliases, problems = dict[str, Alias](), list[Problem]()
    for key, value in zip(nodes[1::2], nodes[2::2], strict=True):
        if message := _fault(key, value, aliases):
            problems.append(Problem(_at(key, path), "RED001", message, _fix(value)))
        else:
            alias = Alias(_address(key), _address(value), _at(key, path))
            aliases[alias.old] = alias
    return list(aliases.values()), problems


def _nodes(text: str) -> list[yaml.Event]:
    """Return the event that starts a file's value, and those that start the keys and values in it.

    Events, not values: no nesting is deep enough to bring that down. Open brackets cost the square of their number.
    """
    if text.count("[") + text.count("{") > quickyaml.BRACKETS:
        raise yaml.YAMLError
    nodes, depth = list[yaml.Event](), 0
    for event in yaml.parse(quickyaml.lines(text), Loader=PARSER):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            if depth <= 1:
                nodes.append(event)
            depth += isinstance(event, yaml.CollectionStartEvent)
        elif isinstance(event, yaml.DocumentStartEvent) and nodes:
            raise yaml.YAMLError  # a second document
    return nodes


def _not_yaml(text: str, path: str) -> Problem:
    reason, line, column, fix = quickyaml.fault(text)
    reason = " ".join((reason or quickyaml.TOO_DEEP).split())
    # Of what is meant for an address.
    fix = ADDRESS_FIX if fix in {quickyaml.HOLDS, quickyaml.QUOTE, ""} else fix
    return Problem(Position(path, line + 1, column + 1), "RED001", f"This file is not YAML: {reason}.", fix)


def _at(node: yaml.Event, path: str) -> Position:
    mark = node.start_mark
    return Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)


def _is_nothing(node: yaml.Event) -> bool:
    return isinstance(node, yaml.ScalarEvent) and bool(node.implicit[0]) and node.value in NOTHING


def _address(node: yaml.Event) -> str:
    return canonical(node.value) if isinstance(node, yaml.ScalarEvent) else ""


def _fault(key: yaml.Event, value: yaml.Event, aliases: Mapping[str, Alias]) -> str:
    """Return what is wrong with an entry, "" if nothing is."""
    if not isinstance(key, yaml.ScalarEvent):
        return "An old address is not a text."
    if not isinstance(value, yaml.ScalarEvent) or _is_nothing(value):
        return f"`{key.value}` has no new address."
    if message := _no_address(key) or _no_address(value):
        return message
    if first := aliases.get(_address(key)):
        return f"`{key.value}` has a new address already, at {first.position}."
    return ""


def _fix(value: yaml.Event) -> str:
    """Return how an entry is written: its new address, where that is taken from the page that has it."""
    rest = value.value.removeprefix("./") if isinstance(value, yaml.ScalarEvent) else ""
    if isinstance(value, yaml.ScalarEvent) and rest != value.value and ADDRESS_RE.fullmatch(canonical(rest)):
        return f"Write `{shown(canonical(rest))}`: an address begins at the root of the site."
    return FORM


def _no_address(node: yaml.ScalarEvent) -> str:
    """Return why a text is no address of a page, "" if it is one."""
    address = _address(node)
    page = address.partition("#")[0]
    if not ADDRESS_RE.fullmatch(address):
        return f"`{node.value}` is not an address of this site."
    if page and not page.endswith("/"):
        return f"`{node.value}` is not the address of a page: that ends in `/` or `.html`."
    if any(len(part.encode(errors="replace")) > LONGEST for part in page.split("/")):
        return f"`{node.value[:SHOWN]}...` has a part of more than {LONGEST} bytes, which no page may have."
    return ""


def shown(address: str) -> str:
    """Return an address as the file writes it: the home page is ``/``."""
    return address if address and not address.startswith("#") else f"/{address}"


def moves(aliases: Iterable[Alias]) -> dict[str, str]:
    """Return every old address with its new one."""
    return {alias.old: alias.new for alias in aliases}


def in_the_way(address: str, files: Collection[str]) -> str:
    """Return the file of the site that keeps a page from having this address, "" where none does."""
    page = address.rstrip("/")
    above = [page[:at] for at, sign in enumerate(page) if sign == "/"]
    return next((name for name in (*above, page, f"{page}.html", f"{page}/index.html") if name in files), "")


def final(address: str, moved: Mapping[str, str]) -> str | None:
    """Return where an address leads in the end, None if aliases lead in a circle."""
    seen = {address}
    while (step := _step(address, moved)) is not None:
        if step in seen:
            return None
        seen.add(step)
        address = step
    return address


def _step(address: str, moved: Mapping[str, str]) -> str | None:
    """Return where one alias leads: that of the address itself, or of its page, which takes the anchor along."""
    page, mark, anchor = address.partition("#")
    new = moved.get(address)
    if new is None and mark and page in moved:
        new = moved[page] if "#" in moved[page] else f"{moved[page]}#{anchor}"
    return new


def with_marks(html: str, url: str, aliases: Sequence[Alias], titles: Mapping[str, str]) -> str:
    """Return a page's content with the anchors it once had: ``titles`` maps each page's address to its title.

    An anchor that is now another on this page becomes a second name of it; one that is on another page, a
    line at the end that a reader sees who comes for it.
    """
    here = canonical(url)
    old = [alias.old for alias in aliases if alias.old.startswith(f"{here}#")]
    if not old:
        return html
    places, moved = places_of(html), moves(aliases)
    added: list[tuple[int, str]] = []
    for address in old:
        key, new = address.partition("#")[2], final(address, moved)
        if new is None or key in places:
            continue
        page, _, anchor = new.partition("#")
        if page == here and (anchor in places or not anchor):
            added.append((places.get(anchor, 0), f'<span class="sg-alias" id="{escape(key)}"></span>'))
        elif page != here:
            added += [(len(html), line) for line in _moved(key, new, url, titles)]
    return _with(html, added)


def _with(html: str, added: list[tuple[int, str]]) -> str:
    done, parts = 0, list[str]()
    for at, text in sorted(added, key=lambda item: item[0]):
        parts += [html[done:at], text]
        done = at
    return "".join([*parts, html[done:]])


def _moved(key: str, new: str, url: str, titles: Mapping[str, str]) -> Iterator[str]:
    page, mark, anchor = new.partition("#")
    for there, title in titles.items():
        if canonical(there) == page:
            address = href(there, url) + mark + quote(anchor)
            yield f'\n<p class="sg-moved" id="{escape(key)}">Moved: <a href="{escape(address)}">{escape(title)}</a></p>'


def places_of(html: str) -> Mapping[str, int]:
    """Return every id with the offset where a second name of it may stand: before its element where that is allowed."""
    return dict(_places(html))


def _places(html: str) -> Iterator[tuple[str, int]]:
    picture = None
    for tag in TAG_RE.finditer(html):
        name = (tag["name"] or "").lower()
        if tag["close"]:
            picture = None
        elif name in PICTURES and picture is None:
            picture = tag.start()
        if name and (key := _id(tag["attributes"])):
            yield key, _place(html, tag, name) if picture is None else picture


def _id(attributes: str) -> str:
    for attribute in ATTRIBUTE_RE.finditer(attributes):
        if attribute["name"].lower() == "id":
            return unescape(attribute["double"] or attribute["single"] or attribute["bare"] or "")
    return ""


def _place(html: str, tag: re.Match[str], name: str) -> int:
    if name in HOLDERS:
        return tag.end()
    if name in ROWS:
        cell = CELL_RE.search(html, tag.end())
        return cell.end() if cell else tag.start()
    return tag.start()
