"""Every address a reader may have kept -> ``objects.json``, and back: the next build's anchor contract.

{"version": 2,
 "pages": {"learn/key-terms/": {"title": "Key terms", "source": "learn/key-terms.md",
                                "anchors": {"routes-out": "Routes out"}}},
 "figures": {"fig-path": {"page": "learn/key-terms/", "title": "How a function reaches a database"}},
 "terms": {}, "questions": {}, "objectives": {}, "sources": {},
 "answers": {"cp-path": {"digest": "9f86d081.1b4f0e98.60303ae2.fd61a03a", "reviewed": "2026-11-22"}}}

One of version 1 is read as well: the digest of an answer was that of its key alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.kinds import KINDS
from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from studyguide.model import Target

VERSION, KEYS_ONLY = 2, 1
# Ids that the theme, the engine or the footnotes extension makes: nobody promised them.
MADE_RE = re.compile(r"__|sg-|fn(?:ref)?\d*:|cp-.*(?:-stem|:\d+)$|fig-.*-(?:title|desc|n-\d+)$")
SPACE_RE = re.compile(r"[ \t\r\n]*")
AGAIN = "Publish the site once more and copy its objects.json here."


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: ``source`` is its path below docs, ``anchors`` maps an id to its heading's text, "" if it has none."""

    title: str
    source: str
    anchors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with an id of its own: the address of its page, and what it is called."""

    page: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What tells an answer from another: a hash of all that is said, and the day it was last reviewed, as text."""

    digest: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a build published: pages by their address, the rest by id."""

    pages: Mapping[str, PageEntry] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def group(self, name: str) -> Mapping[str, Entry]:
        """Return what has ids of one kind: "figures", "terms" ..."""
        return self.groups.get(name, {})


def of(
    pages: Mapping[str, PageEntry], targets: Iterable[tuple[Target, str]], answers: Mapping[str, Answer] | None = None
) -> Inventory:
    """Return the inventory of a build: its pages by address, each target with its page's address, answers by id."""
    groups: dict[str, dict[str, Entry]] = {}
    for target, page in targets:
        groups.setdefault(KINDS[target.kind].group, {})[target.id] = Entry(page, target.title)
    return Inventory(pages, groups, answers or {})


def anchors(ids: Iterable[str], headings: Mapping[str, str]) -> dict[str, str]:
    """Return the anchors of a page: the ids an author chose, each with the text of its heading."""
    return {key: headings.get(key, "") for key in ids if key and not MADE_RE.match(key)}


def as_json(inventory: Inventory) -> str:
    """Return the file: the same inventory gives the same text, in whatever order it was found."""
    values = {"version": VERSION, **{kind.group: {} for kind in KINDS.values() if not kind.later}}
    values["pages"] = {
        url: {"title": page.title, "source": page.source, "anchors": dict(page.anchors)}
        for url, page in inventory.pages.items()
    }
    for group, entries in inventory.groups.items():
        values[group] = {key: {"page": entry.page, "title": entry.title} for key, entry in entries.items()}
    values["answers"] = {
        key: {"digest": answer.digest, "reviewed": answer.reviewed} for key, answer in inventory.answers.items()
    }
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(text: str, path: str) -> tuple[Inventory | None, list[Problem]]:
    """Return the inventory in a file, None and the problem if it cannot be read."""
    text = text.removeprefix("\ufeff")
    try:
        values = json.loads(text)
        json.dumps(values, ensure_ascii=False).encode()  # half a character, as in "\ud83d", cannot be printed
    except json.JSONDecodeError as error:
        at = Position(path, error.lineno, error.colno)
        return None, [Problem(at, "CON003", f"This inventory is not JSON: {error.msg}.", AGAIN)]
    except (ValueError, RecursionError):
        return None, [Problem(Position(path), "CON003", "This inventory is not JSON that can be read.", AGAIN)]
    for keys, found in _faults(values):
        return None, [Problem(_position(text, path, keys), "CON003", found, AGAIN)]
    pages = {url: PageEntry(item["title"], item["source"], item["anchors"]) for url, item in values["pages"].items()}
    groups = {
        kind.group: {key: Entry(item["page"], item["title"]) for key, item in values[kind.group].items()}
        for kind in KINDS.values()
        if values.get(kind.group)
    }
    answers = {key: Answer(item["digest"], item["reviewed"]) for key, item in values.get("answers", {}).items()}
    return Inventory(pages, groups, answers), _renewal(values, text, path)


def _renewal(values: Mapping[str, object], text: str, path: str) -> list[Problem]:
    """Return the hint that an inventory knows less than one would now."""
    if values["version"] != KEYS_ONLY or not values.get("answers"):
        return []
    message = f"This inventory is of version {KEYS_ONLY}: of an answer it knows what is right, and no other word."
    return [Problem(_position(text, path, ["version"]), "CON004", message, AGAIN)]


def _faults(values: object) -> Iterator[tuple[list[str], str]]:
    """Yield where the values are not an inventory's, and what is wrong there; the first is enough."""
    if not isinstance(values, dict):
        yield [], f"This inventory is {_kind(values)}, not a mapping."
    elif values.get("version") not in (VERSION, KEYS_ONLY) or isinstance(values["version"], bool):
        said = _quoted(values.get("version"))
        yield ["version"], f"This inventory is not of version {VERSION} or {KEYS_ONLY}: it says {said}."
    else:
        yield from _group_faults(values, "pages", {"title": str, "source": str, "anchors": dict})
        for kind in KINDS.values():
            if kind.group in values or not kind.later:
                yield from _group_faults(values, kind.group, {"page": str, "title": str})
        if "answers" in values:
            yield from _group_faults(values, "answers", {"digest": str, "reviewed": str})


def _group_faults(values: dict[str, object], name: str, fields: Mapping[str, type]) -> Iterator[tuple[list[str], str]]:
    group = values.get(name)
    if not isinstance(group, dict):
        yield [name], f"`{name}` of this inventory is {_kind(group)}, not a mapping."
        return
    for key, item in group.items():
        if isinstance(item, dict) and fields.keys() <= item.keys():
            yield from _field_faults([name, key], item, fields)
        else:
            yield [name, key], f"`{key}` in `{name}` does not have {', '.join(fields)}."


def _field_faults(
    keys: list[str], item: dict[str, object], fields: Mapping[str, type]
) -> Iterator[tuple[list[str], str]]:
    for name, kind in fields.items():
        value = item[name]
        if not isinstance(value, kind):
            wanted = "a text" if kind is str else "a mapping"
            yield [*keys, name], f"`{name}` of `{keys[-1]}` is {_kind(value)}, not {wanted}."
        elif isinstance(value, dict):
            texts: dict[str, type] = dict.fromkeys(value, str)
            yield from _field_faults([*keys, name], value, texts)


def _kind(value: object) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false", type(None): "missing"}
    return names.get(type(value), "a number")


def _quoted(value: object) -> str:
    return f"`{json.dumps(value)[:40]}`" if value is not None else "nothing"


def _position(text: str, path: str, keys: list[str]) -> Position:
    """Return where a value is written, or the nearest thing around it that is."""
    offset = _skipped(text, 0)
    for key in keys:
        member = _member(text, offset, key)
        if member is None:
            break
        offset = member
    return Position(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _member(text: str, at: int, key: str) -> int | None:
    """Return where the value of a key starts in the mapping that starts at an offset."""
    decoder = json.JSONDecoder()
    at = _skipped(text, at + 1)
    while text[at] == '"':
        name, at = decoder.raw_decode(text, at)
        at = _skipped(text, _skipped(text, at) + 1)
        if name == key:
            return at
        _, at = decoder.raw_decode(text, at)
        at = _skipped(text, at)
        at = _skipped(text, at + 1) if text[at] == "," else at
    return None


def _skipped(text: str, at: int) -> int:
    """Return the offset of the next character that is no space."""
    match = SPACE_RE.match(text, at)
    return match.end() if match else at
