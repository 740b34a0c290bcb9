"""What the directives of a page define, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.model import Checkpoint, Figure, Position, Problem, Target

if TYPE_CHECKING:
    from studyguide.directives.block import Block
    from studyguide.text.comments import Comment
    from studyguide.text.source import Source


@dataclass(frozen=True, slots=True)
class Part:
    """Everything found while a page was parsed, in the order of the page.

    ``references`` are those of options; ``included`` are the files that are part of the page, ``comments`` those that
    ask the build for something.
    """

    targets: tuple[Target, ...] = ()
    figures: tuple[Figure, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    references: tuple[tuple[str, Position], ...] = ()
    problems: tuple[Problem, ...] = ()
    blocks: tuple[Block, ...] = ()
    included: tuple[Source, ...] = ()
    comments: tuple[Comment, ...] = ()


def id_taken(key: str, second: Position, first: Position) -> Problem:
    """Return the problem of an id that is defined again."""
    if second == first:
        message = f"The id `{key}` is in a file that is included more than once."
        return Problem(second, "ID001", message, "Include it once, and link to it from where else it is needed.")
    return Problem(
        second, "ID001", f"The id `{key}` is taken, by {first}.", "Ids are unique in the guide: give this one another."
    )
