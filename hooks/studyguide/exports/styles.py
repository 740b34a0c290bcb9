"""The style sheets of a finished site -> the rules that its pages can use, without comments.

    .md-search { top: 0 }  /* a page's figures */  .sg-figure, .task-list { margin: 0 }   ->   .sg-figure{margin:0;}

where no file of the site says ``md-search`` or ``task-list``. A theme is written for every site; a reader loads what
this one needs. A rule goes only where that is certain: each class, id and value that a selector asks for is looked for
in all that can put it into a page. Scripts may join them of parts, or change their case; and an attribute may have
another name in a script (``dataset.openHere``), so the lack of its name says nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import tinycss2

from studyguide.exports import pictures
from studyguide.shelf import Shelf, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tinycss2.ast import Node

# What can put a name into a page: pages and drawings, scripts, and the data that they read.
TEXTS = (".html", ".htm", ".xhtml", ".svg", ".xml", ".js", ".mjs", ".json")
# A script that is not here may use any name.
FOREIGN_RE = re.compile(rb"<script\b[^>]*?\bsrc\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
WORD_RE = re.compile(r"[\w-]+")
# ASCII's small letters for large ones, and blanks for what is in no word.
LOWER = bytes(byte if not chr(byte).isascii() or WORD_RE.match(chr(byte)) else 32 for byte in bytes(range(256)).lower())
PROPERTY_RE = re.compile(r"--[\w-]+")
# Another one is another way to trim, or to write down what is left.
FORM = 5
# Material marks the page so while it takes on a scheme, at every visit, and this rule is about every element there is: to
# keep colours from fading for once, a phone would work out the style of the whole page twice.
COSTLY = "[data-md-color-switching]"
# Material's rules for what a cell begins and ends with, and for what comes after a table, ask of a table whether it has any
# class, and are about any element. With them the browser, at every change of a class, works out anew all that is below or
# beside it: the whole page, when a script says at its top that it is there. Not so where a rule says which elements it is
# about, here those that have margins.
UNCLASSED = "table:not([class])"
ANY_RE = re.compile(r"(?<=[>+])\s*(?:\*|(?=:(?:first|last)-child$))(?P<which>(?::(?:first|last)-child)?)$")
WITH_MARGINS = ":is(p,ul,ol,dl,div,pre,blockquote,figure,details,section,aside,table,hr,h1,h2,h3,h4,h5,h6)"
# At-rules that hold rules; what is in the others is kept as it is.
GROUPS = frozenset({"media", "supports", "container", "layer"})


@dataclass(frozen=True)
class Known:
    """The names that a site's pages and scripts can use, in small letters: whole, and the first or last part of one."""

    words: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[bytes]) -> Known:
        """Return the names that texts have; one that begins or ends with a dash may be put together with others."""
        words = _words(texts)
        parts = [word for word in words if (word[0] in "-_" or word[-1] in "-_") and word.strip("-_")]
        starts, ends = ([word for word in parts if word[at] in "-_"] for at in (-1, 0))
        return cls(frozenset(words), tuple(starts), tuple(ends))

    def has(self, name: str) -> bool:
        """Return whether a page can have this class, id or value, or ask for this custom property."""
        name = name.lower()
        return self.words.issuperset(WORD_RE.findall(name)) or name.startswith(self.starts) or name.endswith(self.ends)


def _words(texts: Iterable[bytes]) -> set[str]:
    """Return the words of texts in small letters; a site is megabytes, nearly all of them ASCII."""
    found = set[bytes]().union(*(text.translate(LOWER).split() for text in texts))
    others = b" ".join(word for word in found if not word.isascii()).decode(errors="replace").lower()
    return {*map(bytes.decode, filter(bytes.isascii, found)), *WORD_RE.findall(others)}


class _Declaration(NamedTuple):
    """A declaration, or an at-rule that is kept as it is and has no name."""

    name: str
    text: str


class _Selector(NamedTuple):
    """A selector, and the names that an element must have for it."""

    text: str
    names: tuple[str, ...]


class _Rule(NamedTuple):
    heads: tuple[_Selector, ...]
    parts: tuple[_Rule | _Declaration, ...]


_Parts = tuple[_Rule | _Declaration, ...]


def trim(folder: Path, shelf: Shelf | None = None, *, hosted: bool = False) -> None:
    """Leave in the style sheets of a site what its pages can use; the shelf keeps what was left of them before.

    Where the site is read from a host their pictures become files; one that is read from a folder could show none as a mask.
    """
    files = [file for file in folder.rglob("*") if file.is_file()]
    texts = [file.read_bytes() for file in files if file.suffix.lower() in TEXTS]
    if any(map(FOREIGN_RE.search, texts)):
        return
    sheets = {
        file.relative_to(folder).as_posix(): file.read_text("utf-8", errors="replace")
        for file in sorted(files)
        if file.suffix.lower() == ".css"
    }
    known = Known.of(texts)
    changed = trimmed(sheets, known, shelf or Shelf(None))
    if hosted:
        found = pictures.apart(sheets | changed, known.words)
        changed |= found.sheets
        for name, body in found.pictures.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(body)
    for name, text in changed.items():
        (folder / name).write_text(text, "utf-8")


def trimmed(sheets: Mapping[str, str], known: Known, shelf: Shelf) -> dict[str, str]:
    """Return style sheets with what can be used; one that is not understood is left out, and stays as it is."""
    read = cache(lambda: {name: parts for name, text in sheets.items() if (parts := _read(text)) is not None})
    same = (str(FORM), tinycss2.VERSION, *chain.from_iterable(sheets.items()))
    asked = _kept(shelf, digest(*same), lambda: sorted(set(chain.from_iterable(map(_asked, read().values())))))
    # The same sheets, for pages with the same of their names: it is known what is left of them.
    names = [name for name in asked if known.has(name)]
    left: dict[str, str] = _kept(shelf, digest(*same, *names), lambda: _trimmed(sheets, read(), frozenset(names)))
    return left


def _kept(shelf: Shelf, name: str, make: Callable[[], Any]) -> Any:
    if body := shelf.get(name):
        return json.loads(body)
    made = make()
    shelf.put(name, json.dumps(made))
    return made


def _trimmed(sheets: Mapping[str, str], read: Mapping[str, _Parts], known: frozenset[str]) -> dict[str, str]:
    kept = {name: tuple(_usable(parts, known)) for name, parts in read.items()}
    whole = [text for name, text in sheets.items() if name not in read]
    values = chain(whole, chain.from_iterable(map(_values, kept.values())))
    used = known.union(*map(PROPERTY_RE.findall, values))
    return {name: _written(parts, used) for name, parts in kept.items()}


def _read(text: str) -> _Parts | None:
    try:
        return tuple(_parts(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))
    except ValueError:
        return None


def _parts(nodes: Iterable[Node]) -> Iterator[_Rule | _Declaration]:
    for node in nodes:
        if node.type == "declaration":
            important = "!important" if node.important else ""
            yield _Declaration(node.name, f"{node.name}:{_text(node.value)}{important};")
        elif node.type == "qualified-rule":
            heads = (_Selector(_cheaper(_text(each)), tuple(_names(each))) for each in _selectors(node.prelude))
            yield _Rule(tuple(heads), _inside(node))
        elif node.type == "at-rule":
            yield _at_rule(node)
        else:
            raise ValueError(node.message)


def _at_rule(node: Node) -> _Rule | _Declaration:
    head = f"@{node.at_keyword} {_text(node.prelude)}".rstrip()
    if node.content is None:
        return _Declaration("", f"{head};")
    if node.lower_at_keyword in GROUPS:
        return _Rule((_Selector(head, ()),), _inside(node))
    return _Declaration("", f"{head}{{{_text(node.content)}}}")


def _inside(node: Node) -> _Parts:
    return tuple(_parts(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)))


def _selectors(tokens: Iterable[Node]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for token in tokens:
        if token == ",":  # noqa: S105 - of a style sheet
            found.append([])
        else:
            found[-1].append(token)
    return found


def _cheaper(selector: str) -> str:
    """Return a selector of the theme's tables that asks for the same of the elements alone that it can matter for."""
    return ANY_RE.sub(rf"{WITH_MARGINS}\g<which>", selector) if UNCLASSED in selector else selector


def _names(selector: Sequence[Node]) -> Iterator[str]:
    """Yield the classes, ids and values that an element must have; what is in brackets may be one of several."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" or (token.type == "ident" and before == "."):
            yield token.value
        elif token.type == "[] block":
            # Its name comes first; a flag after the value is a letter.
            values = [each.value for each in token.content if each.type in ("ident", "string")][1:]
            yield from (value for value in values if len(value) > 1)


def _text(tokens: Iterable[Node]) -> str:
    return str(tinycss2.serialize(list(_bare(tokens)))).strip()


def _bare(tokens: Iterable[Node]) -> Iterator[Node]:
    """Yield tokens without comments, with one blank for many."""
    for token in tokens:
        if token.type == "whitespace":
            token.value = " "
        for inside in ("content", "arguments"):
            if isinstance(held := getattr(token, inside, None), list):
                setattr(token, inside, list(_bare(held)))
        if token.type != "comment":
            yield token


def _asked(parts: _Parts) -> Iterator[str]:
    """Yield every name that a page may have or not: what selectors ask for, and the custom properties."""
    for part in parts:
        if isinstance(part, _Declaration):
            yield from [part.name] if part.name.startswith("--") else ()
        else:
            yield from chain.from_iterable(head.names for head in part.heads)
            yield from _asked(part.parts)


def _usable(parts: _Parts, known: frozenset[str]) -> Iterator[_Rule | _Declaration]:
    for part in parts:
        if isinstance(part, _Declaration):
            yield part
        else:
            heads = tuple(head for head in part.heads if known.issuperset(head.names) and COSTLY not in head.text)
            if heads and (inside := tuple(_usable(part.parts, known))):
                yield _Rule(heads, inside)


def _values(parts: _Parts) -> Iterator[str]:
    """Yield all that may ask for a custom property: each text, without the name that it declares."""
    for part in parts:
        if isinstance(part, _Declaration):
            yield part.text.removeprefix(part.name)
        else:
            yield from (head.text for head in part.heads)
            yield from _values(part.parts)


def _written(parts: _Parts, used: frozenset[str]) -> str:
    """Return rules as text, without the custom properties that nothing asks for."""
    found = []
    for part in parts:
        if isinstance(part, _Declaration):
            found.append(part.text if not part.name.startswith("--") or part.name in used else "")
        elif inside := _written(part.parts, used):
            found.append(f"{','.join(head.text for head in part.heads)}{{{inside}}}")
    return "".join(found)
