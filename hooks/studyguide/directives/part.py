"""What the directives of a page define, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.model import Checkpoint, Figure, Position, Problem, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studyguide.directives.block import Block
    from studyguide.text.comments import Comment
    from studyguide.text.source import Source

# So many ids are named, of more the number is.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Everything found while a page was parsed, in the order of the page.

    ``references`` are those of options; ``included`` are the files that are part of the page, and ``inclusions`` says
    where in the page each of them is asked for first; ``comments`` are those that ask the build for something.
    """

    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    references: tuple[tuple[str, Position], ...] = ()
    problems: tuple[Problem, ...] = ()
    blocks: tuple[Block, ...] = ()
    included: tuple[Source, ...] = ()
    inclusions: Mapping[str, Position] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()


def made_id(start: str, position: Position) -> str:
    """Return an id for what has none of its own: no other page makes the same, and nobody can give one with a stop."""
    return f"{start}line-{position.line}.{re.sub(r'[^a-zA-Z0-9-]', '.', position.path)}"


def is_made(key: str) -> bool:
    """Return whether the id of a directive was made for it."""
    return "." in key


def id_taken(key: str, second: Position, first: Position) -> Problem:
    """Return the problem of an id that is defined again."""
    if second == first:
        message = f"The id `{key}` is in a file that is included more than once."
        return Problem(second, "ID001", message, "Include it once, and link to it from where else it is needed.")
    return Problem(
        second, "ID001", f"The id `{key}` is taken, by {first}.", "Ids are unique in the guide: give this one another."
    )


def shown_again(parts: Mapping[str, Part], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield the problems of what two pages show, since both include it, or one includes the other.

    ``parts`` are those of the pages in reading order, ``sources`` the pages as written.
    """
    shown = dict[Position, str]()
    for page, part in parts.items():
        again: dict[tuple[str, str], list[str]] = {}
        for target in part.targets:
            other = shown.setdefault(target.position, page)
            # What was built of one source twice, such as for two languages, is there once.
            if sources[other].path != sources[page].path:
                again.setdefault((target.position.path, other), []).append(target.id)
        for (file, other), keys in again.items():
            if places := [parts[each].inclusions[file] for each in (other, page) if file in parts[each].inclusions]:
                yield _again(keys, file, places)


def _again(keys: Sequence[str], file: str, places: Sequence[Position]) -> Problem:
    """Return the problem of a file that is included at these places, or at one and is a page itself."""
    names = ", ".join(f"`{key}`" for key in keys[:NAMED])
    more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
    said = f"The id {names} is" if len(keys) == 1 else f"The ids {names}{more} are"
    whose = f"{file}, which is a page of its own" if len(places) == 1 else f"{places[0]}, which includes {file} too"
    fix = "Show it on one page, and link to it from the other."
    return Problem(places[-1], "ID001", f"{said} taken, by {whose}.", fix)
