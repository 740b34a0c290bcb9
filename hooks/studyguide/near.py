"""Did you mean ...? What leads nowhere -> what is nearest to it, and nothing where nothing is near.

routes-ou, of {routes-out, routes-in}            ->  routes-out
lern/key-terms.md, of {learn/key-terms.md, ...}  ->  learn/key-terms.md
#internet "Routes out", of {egress "Routes out"} ->  egress
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What the letters before the first hyphen say is the kind: two figures are not near for both being figures.
KIND_RE = re.compile(r"(?:fig|cp|term|obj|src)-(?=.)")
# Of an id or a file name one letter in three may be wrong; of a title one in six, for "here" is no slip of "there".
NAME_SHARE, WORDS_SHARE = 3, 6
# A name of two letters is another name when one of them is another.
SHORTEST = 3
# What is longer is no slip, and takes half a second to compare.
LONGEST = 300
FEW = 3
# Of so many lists of what is known is kept what was made ready: many links of a page may lead nowhere.
KEPT = 16
SPACES = str.maketrans("_ ", "--")


class Candidate(NamedTuple):
    """Something that is there: ``shown`` is how a message writes it, ``name`` what is compared, ``words`` its title."""

    shown: str
    name: str
    folder: str = ""
    words: str = ""


class Near:
    """Candidates made ready once, to be asked many times."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = list(candidates)
        self._names = {index: _folded(each.name) for index, each in enumerate(self._candidates)}
        self._words = {index: _folded(each.words) for index, each in enumerate(self._candidates)}

    def rank(self, name: str, *, folder: str = "", words: str = "") -> list[str]:
        """Return the nearest few: by letters, then by folder, then by how near the title is to the link's words."""
        name, words = _folded(name), _folded(words)
        by_name = _few(name, self._names)
        # What is farther than the few by its letters is none of them, whatever else it is near in.
        titles = {index: self._words[index] for index in by_name} if len(by_name) >= FEW else self._words
        by_words = _distances(words, titles, WORDS_SHARE)
        ranks = sorted(
            (
                by_name.get(index, len(name)),
                OSA.distance(folder, self._candidates[index].folder),
                by_words.get(index, len(words)),
                self._candidates[index].shown,
            )
            for index in by_name.keys() | by_words.keys()
        )
        return list(dict.fromkeys(shown for *_, shown in ranks))[:FEW]


def _folded(text: str) -> str:
    return text.casefold().translate(SPACES)


def _few(name: str, names: Mapping[int, str]) -> dict[int, int]:
    """Return the index and distance of the nearest few, and of all that are as near; of all that are near if these are fewer."""
    found: dict[int, int] = {}
    # Nearly every search ends at one or two letters, where it takes a hundredth of the time that it takes at half of them.
    for cutoff in (1, 2, 4, _bound(name)):
        found = _distances(name, names, NAME_SHARE, cutoff)
        if len(found) >= FEW or cutoff >= _bound(name):
            break
    last = sorted(found.values())[FEW - 1 : FEW]
    return {index: distance for index, distance in found.items() if not last or distance <= last[0]}


def _bound(word: str) -> int:
    """Return how many letters may be wrong at most: no word is nearer than it is longer, so half for one in three."""
    return max(1, len(word) // 2)


def _distances(word: str, known: Mapping[int, str], share: int, cutoff: int = LONGEST) -> dict[int, int]:
    """Return the index and distance of every word that is near, and no farther than the cutoff."""
    if not 0 < len(word) <= LONGEST:
        return {}
    prefix = match.group() if (match := KIND_RE.match(word)) else ""
    bound = min(cutoff, _bound(word))
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=bound, limit=None)
    return {index: int(distance) for other, distance, index in found if distance <= _limit(word, other, prefix, share)}


def _limit(word: str, other: str, prefix: str, share: int) -> int:
    """Return how many letters two near words may differ in."""
    longer = max(len(word), len(other)) - (len(prefix) if other.startswith(prefix) else 0)
    least = 1 if share == NAME_SHARE and longer >= SHORTEST else 0
    return max(least, longer // share if longer >= SHORTEST else 0)


def pages(titles: Mapping[str, str]) -> Near:
    """Return the pages, or files, to choose from: ``titles`` maps a path to its title, "" if it has none."""
    return Near(Candidate(path, _page_name(path), posixpath.dirname(path), title) for path, title in titles.items())


def near_pages(path: str, known: Near, *, words: str = "") -> list[str]:
    """Return the few paths nearest to one that leads nowhere; all are below docs."""
    return known.rank(_page_name(path), folder=posixpath.dirname(path), words=words)


def near_page(path: str, known: Near, *, words: str = "") -> str:
    """Return the path nearest to one that leads nowhere, "" where none is near."""
    return next(iter(near_pages(path, known, words=words)), "")


def _page_name(path: str) -> str:
    """Return what tells a page from others in its folder; an index is told by its folder."""
    folder, _, name = path.rstrip("/").rpartition("/")
    stem = name.rpartition(".")[0] or name
    return posixpath.basename(folder) or stem if stem.lower() in ("index", "readme") else stem


def anchors(headings: Mapping[str, str]) -> Near:
    """Return the anchors to choose from: ``headings`` maps an id to its heading's text, "" if it has none."""
    return _anchors(tuple(headings.items()))


@lru_cache(KEPT)
def _anchors(headings: tuple[tuple[str, str], ...]) -> Near:
    return Near(Candidate(key, key, words=text) for key, text in headings)


def near_anchor(anchor: str, known: Near, *, words: str = "") -> str:
    """Return the id nearest to one that nothing has, "" where none is near."""
    return next(iter(known.rank(anchor, words=words)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean `x`? " for the nearest known word, "" where nothing is near."""
    near = nearest(word, known)
    return f"Did you mean {quoted(near)}? " if near else ""


def quoted(text: str) -> str:
    """Return a text as code, whatever marks of code it holds."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest in letters, "" where none is near."""
    return next(iter(_named(tuple(known)).rank(word)), "")


@lru_cache(KEPT)
def _named(names: tuple[str, ...]) -> Near:
    return Near(Candidate(name, name) for name in names)
