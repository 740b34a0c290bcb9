"""Aliases of what was published -> those that lead nowhere, and those of what is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.near import did_you_mean, near_page, pages
from studyguide.published.aliases import canonical, final, in_the_way, moves, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from studyguide.published.aliases import Alias


def check(aliases: Sequence[Alias], found: Mapping[str, Collection[str]], files: Collection[str] = ()) -> list[Problem]:
    """Return the problems of the aliases: ``found`` maps each page's address to the ids written on it.

    The ids that the aliases themselves put on a page are not among them. ``files`` are the files of the site.
    """
    ids = {canonical(url): keys for url, keys in found.items()}
    moved = moves(aliases)
    return sorted(problem for alias in aliases for problem in _problems(alias, ids, moved, files))


def _problems(
    alias: Alias, ids: Mapping[str, Collection[str]], moved: Mapping[str, str], files: Collection[str]
) -> Iterator[Problem]:
    if _is_there(alias.old, ids):
        what = "anchor" if "#" in alias.old else "page"
        message = f"`{shown(alias.old)}` is still there, so its alias would hide it or never be used."
        yield Problem(alias.position, "RED003", message, f"Remove this line, or the {what}.")
    elif "#" not in alias.old and (file := in_the_way(alias.old, files)):
        message = f"`{shown(alias.old)}` cannot be a page: the site has a file `{file}`."
        yield Problem(alias.position, "RED003", message, "Remove this line, or the file.")
    new = final(alias.old, moved)
    if new is None:
        message = f"`{shown(alias.old)}` leads back to itself, by way of `{shown(alias.new)}`."
        yield Problem(alias.position, "RED002", message, "Name the address of something that is there.")
    elif not _is_there(new, ids):
        yield Problem(alias.position, "RED002", _nowhere(alias, new, ids), _fix(new, ids))


def _is_there(address: str, ids: Mapping[str, Collection[str]]) -> bool:
    page, mark, anchor = address.partition("#")
    return page in ids and (not mark or anchor in ids[page])


def _nowhere(alias: Alias, new: str, ids: Mapping[str, Collection[str]]) -> str:
    way = f" by way of `{shown(alias.new)}`" if new != alias.new else ""
    missing = "a page without that anchor" if new.partition("#")[0] in ids else "which is not there"
    return f"`{shown(alias.old)}` leads{way} to `{shown(new)}`, {missing}."


def _fix(new: str, ids: Mapping[str, Collection[str]]) -> str:
    page, _, anchor = new.partition("#")
    if page in ids:
        near = did_you_mean(anchor, ids[page]).replace("`", f"`{shown(page)}#", 1)
    else:
        near = near_page(page, pages(dict.fromkeys(ids, "")))
        near = f"Did you mean `{shown(near)}`? " if near else ""
    return f"{near}Name the address of something that is there."
