"""The options of a directive: what each may hold, and what is wrong with what it holds.

OPTIONS = {"id": Id("obj-"), "reviewed": Day()}       a directive declares them once
reviewed: 2026-13-01                                  ->  "" and a problem at the value
"""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from studyguide.kinds import KINDS, a
from studyguide.model import Problem
from studyguide.near import did_you_mean
from studyguide.text import days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from studyguide.directives.block import Block
    from studyguide.directives.given import Item, Option
    from studyguide.model import Position

CODE = "DIR008"


# An id is part of addresses, and of the names of files.
LONGEST = 100


class Fault(NamedTuple):
    """What is wrong with a value, where, and how to mend it."""

    position: Position
    message: str
    fix: str
    code: str = CODE


class Asked(NamedTuple):
    """An option whose value is looked at: its name, the directive that has it, and the day it is looked at."""

    name: str
    directive: str
    option: Option
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text, as it is written. What other options may hold says where it differs."""

    default: Any = ""
    many: bool = False

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield what is wrong with a value that is one, or may be many."""
        for each, position in asked.option.swallowed:
            yield Fault(position, f"`{each.written}` is taken for {each.what}, and nobody sees it.", each.fix)

    def value(self, option: Option) -> Any:
        """Return what a value comes to with which nothing is wrong."""
        return option.text or " ".join(item.text for item in option.items)

    def references(self, option: Option) -> Iterator[tuple[str, Position]]:  # noqa: ARG002
        """Yield the ids that a value names, each with its place."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Id(Text):
    """The id of a directive: the prefix of its kind, and small letters, digits and hyphens."""

    kind: str
    _: KW_ONLY
    default: str = ""

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of an id of another kind."""
        key, prefix = asked.option.text, KINDS[self.kind].prefix
        rest = key.removeprefix(prefix)
        if rest == key or not re.fullmatch(r"[a-z0-9-]*[a-z0-9][a-z0-9-]*", rest):
            fix = f"Write `{prefix}` and then small letters, digits and hyphens."
            message = f"`{key}` is not the id of {a(asked.directive)}."
            yield Fault(asked.option.start, message, fix, "DIR005")
        elif len(key) > LONGEST:
            message = f"This id has {len(key)} characters, and an id has {LONGEST} at most."
            yield Fault(asked.option.start, message, "Give it a shorter one.", "DIR005")


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Text):
    """One of some names; ``known`` says in words which."""

    names: tuple[str, ...] = ()
    known: str = ""
    code: str = CODE

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of another name."""
        text = asked.option.text
        if text not in self.names:
            message = f"There is no {asked.name} `{text}` of {asked.directive}."
            yield Fault(asked.option.start, message, f"{did_you_mean(text, self.names)}{self.known}", self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Text):
    """A day that has been, as ISO 8601 writes it."""

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of what is no day, or is yet to come."""
        day = days.read(asked.option.text)
        if day is None:
            message = f"`{asked.option.text}` is not a day."
            yield Fault(asked.option.start, message, "Write year, month and day, such as 2026-11-25.")
        elif day > asked.today:
            message = f"`{asked.option.text}` is in the future."
            yield Fault(asked.option.start, message, "Write the day on which somebody last checked it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Text):
    """A whole number between two."""

    least: int
    most: int
    default: Any = 0

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of any other value."""
        text = asked.option.text
        if not (text.isdecimal() and text.isascii() and self.least <= int(text) <= self.most):
            message = f"`{text}` is not a whole number from {self.least} to {self.most}."
            yield Fault(asked.option.start, message, f"Write one of {self.least} to {self.most}, or remove the option.")

    def value(self, option: Option) -> Any:
        """Return the number."""
        return int(option.text)


@dataclass(frozen=True, slots=True)
class Name(Text):
    """The id of something of one kind."""

    kind: str
    _: KW_ONLY
    default: str = ""

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of an id of another kind; whether there is such a thing is known at the end."""
        text, prefix = asked.option.text, KINDS[self.kind].prefix
        if not text.startswith(prefix):
            message = f"`{text}` is not the id of {a(self.kind)}."
            yield Fault(asked.option.start, message, f"Ids of {self.kind}s start with `{prefix}`.")

    def references(self, option: Option) -> Iterator[tuple[str, Position]]:
        """Yield the id."""
        yield option.text, option.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Text):
    """A list of ids, each behind one of the words that ``prefixes`` gives a prefix of ids."""

    prefixes: Mapping[str, str]
    known: str
    default: Any = ()
    many: bool = True

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of each that cannot be followed."""
        for item in asked.option.items:
            if not item.text:
                fix = f"{self.known} No space stands behind the first colon."
                yield Fault(item.position, f"This is no text, and `{asked.name}` holds a list of texts.", fix)
            elif self._id(item) is None:
                message = f"`{item.text}` is nothing that `{asked.name}` may name."
                yield Fault(item.position, message, self.known)

    def value(self, option: Option) -> Any:
        """Return the items as they are written."""
        return tuple(item.text for item in option.items)

    def references(self, option: Option) -> Iterator[tuple[str, Position]]:
        """Yield the ids."""
        for item in option.items:
            if key := self._id(item):
                yield key, item.position

    def _id(self, item: Item) -> str | None:
        for word, prefix in self.prefixes.items():
            if item.text.startswith(word) and item.text != word:
                return prefix + item.text.removeprefix(word)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Text):
    """A list of all of some names, each once, in the order that the author chose."""

    names: tuple[str, ...]
    default: Any = ()
    many: bool = True

    def faults(self, asked: Asked) -> Iterator[Fault]:
        """Yield the fault of another list."""
        found = [item.text for item in asked.option.items]
        if sorted(found) != sorted(self.names):
            said = ", ".join(found)
            message = f"`{asked.name}` is not `{said}`: it names {' and '.join(f'`{name}`' for name in self.names)}."
            yield Fault(asked.option.start, message, f"Write `[{', '.join(self.names)}]`, or remove the option.")

    def value(self, option: Option) -> Any:
        """Return the names in their order."""
        return tuple(item.text for item in option.items)


class Looked(NamedTuple):
    """The options of a directive, looked at."""

    values: dict[str, Any]
    problems: list[Problem]
    references: list[tuple[str, Position]]


def look(block: Block, types: Mapping[str, Text], today: date) -> Looked:
    """Return what the options of a directive come to, and what is wrong with them."""
    found = Looked({name: kind.default for name, kind in types.items()}, list(_unknown(block, types)), [])
    for name, option in block.options.items():
        if name not in types:
            continue
        if option.broken:  # a problem already; what is meant for words is still shown
            found.values[name] = option.text if type(types[name]) is Text else types[name].default
            continue
        faults = list(_faults(Asked(name, block.name, option, today), types[name]))
        found.problems.extend(Problem(fault.position, fault.code, fault.message, fault.fix) for fault in faults)
        # What is right in a list that is not all right is still followed.
        found.references.extend(types[name].references(option) if not faults or types[name].many else ())
        if not faults or type(types[name]) is Text:
            found.values[name] = types[name].value(option)
    return found


def _faults(asked: Asked, kind: Text) -> Iterator[Fault]:
    option = asked.option
    if not option.is_text and not option.is_nothing and not kind.many:
        yield Fault(option.start, f"`{asked.name}` holds more than one value.", "Write one, on one line.")
    elif not option.is_nothing or (option.swallowed and type(kind) is Text):
        yield from kind.faults(asked)
    elif not isinstance(kind, Id):  # that it has none is a problem of its own
        yield Fault(option.position, f"`{asked.name}` holds nothing.", "Write a value, or remove the option.")


def _unknown(block: Block, types: Mapping[str, Text]) -> Iterator[Problem]:
    known = ", ".join(f"`{name}`" for name in types)
    for name, option in block.options.items():
        if name not in types:
            fix = f"{did_you_mean(name, types)}Options are {known}."
            yield Problem(option.position, "DIR002", f"`{name}` is not an option of {a(block.name)}.", fix)
