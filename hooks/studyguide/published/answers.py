"""Published answers: a question that reads otherwise now was reviewed since, or it was changed by a slip.

    Answer("4e074085.9a0364b9.ef2d127d.5feceb66", "2026-11-22")     key, stem, options and explanation

Of inventories of version 1 the digest knows the key alone: its first part is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studyguide.directives.checkpoint.digest import LENGTH, PARTS, digest
from studyguide.model import Problem
from studyguide.text import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from studyguide.model import Checkpoint, CheckpointKind
    from studyguide.published.inventory import Answer


class _Words(NamedTuple):
    """What changed, and how to undo it."""

    changed: str
    undo: str


OPTIONS = _Words("The right options of {} are not those that were published", "Put the mark back")
KEYS: dict[CheckpointKind, _Words] = {
    "one": OPTIONS,
    "several": OPTIONS,
    "fill": _Words("The accepted answers of {} are not those that were published", "Put the mark back"),
    "number": _Words("The accepted answers of {} are not those that were published", "Put the mark back"),
    "fault": OPTIONS,
    "order": _Words("The right order of {} is not the one that was published", "Put the steps back"),
    "match": _Words("The pairs of {} are not those that were published", "Put the sides back"),
}


def _changed(before: str, now: str) -> list[str]:
    """Return which parts differ, of those that the published digest knows."""
    old = before.split(".") if "." in before else [before[:LENGTH]]
    return [name for name, was, part in zip(PARTS, old, now.split("."), strict=False) if was != part]


def check(published: Mapping[str, Answer], now: Iterable[Checkpoint], *, today: date) -> Iterator[Problem]:
    """Yield a problem for every published question that changed and was not reviewed since."""
    for checkpoint in now:
        before = published.get(checkpoint.id)
        changed = _changed(before.digest, digest(checkpoint)) if before else []
        if not before or not changed or _is_newer(checkpoint.reviewed, before.reviewed, today):
            continue
        words = _words(checkpoint, changed)
        message = f"{words.changed.format(f'`{checkpoint.id}`')}, and {_unreviewed(checkpoint, before, today)}."
        fix = f"{words.undo}, or check the answer and say so with `reviewed:` and today's date."
        yield Problem(checkpoint.position, "CPT006", message, fix)


def _words(checkpoint: Checkpoint, changed: list[str]) -> _Words:
    if "key" in changed:
        return KEYS[checkpoint.kind]
    *more, last = (f"the {name}" for name in changed)
    what = f"{', '.join(more)} and {last}" if more else last
    one = not more and last != "the options"
    published = "is not the one that was published" if one else "are not those that were published"
    return _Words(f"{what.capitalize()} of {{}} {published}", "Put the old words back")


def _is_newer(reviewed: str, before: str, today: date) -> bool:
    """Return whether a review is a real day, not one to come, and later than the one that was published."""
    day, last = days.read(reviewed), days.read(before)
    return day is not None and day <= today and (last is None or day > last)


def _unreviewed(checkpoint: Checkpoint, before: Answer, today: date) -> str:
    reviewed = checkpoint.reviewed
    day = days.read(reviewed)
    if reviewed and day is None:
        return f"`{reviewed}`, its `reviewed:`, is not a day such as {today.isoformat()}"
    if day and day > today:
        return f"{reviewed}, its `reviewed:`, is yet to come"
    return f"it was last reviewed on {before.reviewed}" if before.reviewed else "it was not reviewed since"
