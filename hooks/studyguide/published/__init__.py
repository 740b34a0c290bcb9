"""What readers have now: the addresses they may keep, the answers they were given, and what became of each since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives.checkpoint.digest import digest
from studyguide.model import Position
from studyguide.published import contract, redirects
from studyguide.published.history import defined
from studyguide.published.inventory import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studyguide.model import Checkpoint, Problem
    from studyguide.published.aliases import Alias
    from studyguide.published.inventory import Inventory
    from studyguide.published.memory import Memory
    from studyguide.text.source import Source


def answers_of(checkpoints: Iterable[Checkpoint]) -> dict[str, Answer]:
    """Return what tells the answer of each question from another, by the question's id."""
    return {each.id: Answer(digest(each), each.reviewed) for each in checkpoints}


def check(
    before: Inventory | None,
    current: Inventory,
    aliases: Sequence[Alias] | None,
    *,
    pages: Mapping[str, Collection[str]],
    files: Collection[str],
    prefix: str,
    aliases_path: str,
    memory: Memory,
    sources: Mapping[str, Source],
) -> list[Problem]:
    """Return what was published and is gone, and aliases that lead nowhere.

    ``before`` is what readers have now, None where nothing is known of that; ``aliases`` None where they cannot be
    read, and nothing can be said of what is gone; ``pages`` are the ids of each page by its address, ``files`` those of
    the site; ``prefix`` is what problems print before a path below docs, ``sources`` are the pages by their paths there.
    """
    found = redirects.check(aliases or (), pages, files)
    if before is None or aliases is None:
        return found
    gone = contract.check(
        before,
        current,
        aliases,
        aliases_path=aliases_path,
        docs=prefix,
        became=memory.became,
        is_sure=memory.is_sure,
        blame=memory.blame,
        stood=lambda path, key, now: _near(sources.get(path), [*memory.above(prefix + path, key), now]),
    )
    return [*found, *gone]


def _near(source: Source | None, anchors: Sequence[str]) -> Position | None:
    """Return where the first of some anchors stands in a page, the page's first line where none does."""
    if source is None:
        return None
    written: dict[str, int] = {}
    for number, text in enumerate(source.unfenced.split("\n"), start=1):
        if key := defined(text):
            written.setdefault(key, number)
    line = next((written[anchor] for anchor in anchors if anchor in written), 0)
    return Position(source.path, line) if line else source.position(source.body_start)


def with_certain_aliases(
    before: Inventory,
    current: Inventory,
    aliases: Sequence[Alias],
    *,
    text: str | None,
    path: str,
    prefix: str,
    memory: Memory,
) -> str | None:
    """Return the aliases file with what certainly has another address now, None where nothing is to be written."""
    found = contract.renames(before, current, aliases, docs=prefix, became=memory.became, is_sure=memory.is_sure)
    return contract.with_aliases(text, [rename for rename in found if rename.certain], path)
