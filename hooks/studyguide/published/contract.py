"""What was published and what there is now -> what is gone and has no alias, with the alias it probably needs.

    published:  learn/key-terms/ has #routes-out "Routes out"
    now:        learn/key-terms/ has #egress "Routes out"
    ->          CON002, and the line `learn/key-terms/#routes-out: learn/key-terms/#egress`

An inference is *certain* only where one thing can have been meant: an id that is unique in the guide, the one heading
with the same words on the same page, or a file that git saw renamed and hardly changed. The others are offered, never
made: another page may well have a heading `#setup` of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import yaml
from rapidfuzz import fuzz

from studyguide.kinds import KINDS
from studyguide.model import Position, Problem
from studyguide.published.aliases import canonical, shown
from studyguide.published.aliases import read as read_aliases
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from studyguide.published.aliases import Alias
    from studyguide.published.inventory import Inventory

# A page moved if half of its anchors are new elsewhere; words are alike if two thirds of them are.
SHARE, ALIKE = 0.5, 67


class Thing(NamedTuple):
    """A page or anchor that has an address: ``source`` is its page's path below docs, ``id`` "" for a page itself."""

    kind: str
    page: str
    id: str
    title: str
    source: str

    @property
    def address(self) -> str:
        """Where it is in the site."""
        return f"{self.page}#{self.id}" if self.id else self.page


class Rename(NamedTuple):
    """Where something that is gone probably went, and why that is believed."""

    old: str
    new: str
    why: str
    certain: bool = False


def things(inventory: Inventory) -> dict[str, Thing]:
    """Return everything that must stay, by address: pages, then what has an id of a kind, then other anchors."""
    pages = {canonical(url): entry for url, entry in inventory.pages.items()}
    found = {url: Thing("page", url, "", entry.title, entry.source) for url, entry in pages.items()}
    for kind in KINDS.values():
        for key, entry in inventory.group(kind.group).items() if kind.kept else ():
            page = canonical(entry.page)
            source = pages[page].source if page in pages else ""
            found[f"{page}#{key}"] = Thing(kind.noun, page, key, entry.title, source)
    free = {key for kind in KINDS.values() if not kind.kept for key in inventory.group(kind.group)}
    for url, page_entry in pages.items():
        for key, title in page_entry.anchors.items():
            if key not in free:
                found.setdefault(f"{url}#{key}", Thing("anchor", url, key, title, page_entry.source))
    return found


def gone(before: Mapping[str, Thing], now: Mapping[str, Thing], aliases: Iterable[Alias]) -> list[Thing]:
    """Return what was there before, is not now and has no alias. What was on a page that is gone goes with it."""
    kept = {alias.old for alias in aliases}
    return [
        thing
        for address, thing in before.items()
        if address not in now and address not in kept and (not thing.id or thing.page in now)
    ]


def renames(
    published: Inventory,
    current: Inventory,
    aliases: Sequence[Alias],
    *,
    docs: str = "docs/",
    became: Callable[[str, str], str] = lambda _path, _id: "",
    is_sure: Callable[[str], bool] = lambda _path: True,
) -> list[Rename]:
    """Return where what is gone probably went.

    ``became`` says what git knows: of a file, its new path; of a heading on it, its new words; "" if nothing.
    ``is_sure`` says whether that file has most of its text still.
    """
    before, now = things(published), things(current)
    inference = _Inference(before, now, docs, became, is_sure)
    return [rename for thing in gone(before, now, aliases) if (rename := inference.of(thing))]


class _Inference:
    """Finds what something that is gone became, among what was not there when it was published."""

    def __init__(
        self,
        before: Mapping[str, Thing],
        now: Mapping[str, Thing],
        docs: str,
        became: Callable[[str, str], str],
        is_sure: Callable[[str], bool],
    ) -> None:
        self._before, self._now, self._docs, self._became, self._is_sure = before, now, docs, became, is_sure
        self._new = [thing for address, thing in now.items() if address not in before]
        self._by_id: dict[str, list[Thing]] = {}
        for thing in now.values():
            self._by_id.setdefault(thing.id, []).append(thing)

    def of(self, thing: Thing) -> Rename | None:
        """Return the first inference that leads to one thing, the surest ones first."""
        for candidates, why, certain in self._id(thing) if thing.id else self._page(thing):
            found = list(candidates)
            if len(found) == 1:
                return Rename(thing.address, found[0].address, why, certain)
        return None

    def _page(self, gone: Thing) -> Iterator[tuple[Iterable[Thing], str, bool]]:
        pages = [thing for thing in self._new if not thing.id]
        if path := self._became(self._docs + gone.source, ""):
            moved = (thing for thing in self._by_id.get("", ()) if self._docs + thing.source == path)
            yield moved, "git says that its file was renamed", self._is_sure(self._docs + gone.source)
        yield (thing for thing in pages if gone.title and thing.title == gone.title), "it has the same title", False
        yield self._with_its_anchors(gone), "it has most of its anchors", False
        yield _alike(gone, pages), "it is called alike", False

    def _with_its_anchors(self, gone: Thing) -> list[Thing]:
        old = {thing.id for thing in self._before.values() if thing.id and thing.page == gone.page}
        shared: dict[str, int] = {}
        for thing in self._new:
            if thing.id in old:
                shared[thing.page] = shared.get(thing.page, 0) + 1
        most = max(shared.values(), default=0)
        return [self._now[page] for page, number in shared.items() if number == most >= SHARE * len(old)]

    def _id(self, gone: Thing) -> Iterator[tuple[Iterable[Thing], str, bool]]:
        new = [thing for thing in self._new if thing.id and thing.kind == gone.kind]
        same = self._by_id.get(gone.id, [])
        found = same if len(same) == 1 and same[0] in self._new else []
        yield found, "its id is there now", gone.kind != "anchor"
        here = [thing for thing in new if thing.page == gone.page]
        twins = [thing for thing in self._before.values() if (thing.page, thing.title) == (gone.page, gone.title)]
        alike = (thing for thing in here if gone.title and thing.title == gone.title)
        yield alike, "it has the same words", len(twins) == 1
        if words := self._became(self._docs + gone.source, gone.id):
            yield (thing for thing in here if thing.title == words), "git says that its heading was reworded", False
        yield (thing for thing in new if gone.title and thing.title == gone.title), "it has the same words", False
        yield _alike(gone, here if gone.kind == "anchor" else new), "it is called alike", False


def _alike(gone: Thing, candidates: Iterable[Thing]) -> list[Thing]:
    """Return what is most alike in id, or last part of the address, and title; several if they are equally so."""
    scores = [(_likeness(gone, thing), thing) for thing in candidates]
    best = max((score for score, _ in scores), default=0.0)
    return [thing for score, thing in scores if score == best >= ALIKE]


def _likeness(one: Thing, other: Thing) -> float:
    names = (thing.id or thing.page.rstrip("/").rpartition("/")[2] for thing in (one, other))
    titles = fuzz.token_sort_ratio(one.title, other.title) if one.title and other.title else 0.0
    return max(fuzz.ratio(*names), titles)


def check(
    published: Inventory,
    current: Inventory,
    aliases: Sequence[Alias],
    *,
    aliases_path: str = "docs/reference/aliases.yml",
    docs: str = "docs/",
    became: Callable[[str, str], str] = lambda _path, _id: "",
    is_sure: Callable[[str], bool] = lambda _path: True,
    blame: Callable[[str, str], str] = lambda _path, _id: "",
    stood: Callable[[str, str, str], Position | None] = lambda _path, _id, _now: None,
) -> list[Problem]:
    """Return a problem for everything that is gone and has no alias.

    ``blame`` says who removed it, ``stood`` near which place of its file, which is still there, an id was,
    given the one on that page that it probably became.
    """
    before, now = things(published), things(current)
    inference = _Inference(before, now, docs, became, is_sure)

    def place(thing: Thing, rename: Rename | None) -> Position:
        if thing.page not in now:
            return Position(aliases_path)
        page, _, key = rename.new.partition("#") if rename else ("", "", "")
        source = now[thing.page].source
        stands = stood(source, thing.id, key if page == thing.page else "") if thing.id else None
        return stands or Position(docs + source)

    return sorted(
        Problem(
            place(thing, rename),
            "CON002" if thing.id else "CON001",
            f"The {thing.kind} `{shown(thing.address)}`{_words(thing)} was published and is gone.",
            _fix(thing, rename, aliases_path),
            notes=tuple(filter(None, [blame(docs + thing.source, thing.id)])),
        )
        for thing, rename in ((thing, inference.of(thing)) for thing in gone(before, now, aliases))
    )


def _words(thing: Thing) -> str:
    return f' ("{thing.title}")' if thing.title else ""


def _fix(thing: Thing, rename: Rename | None, path: str) -> str:
    if rename is None:
        return f"Add a line `{_scalar(thing.address)}: ...` to {path} that says where its readers go now."
    doubt = "" if rename.certain else " if that is where it went"
    return f"Add the line `{_line(rename)}` to {path}{doubt}: {rename.why}."


def _line(rename: Rename) -> str:
    return f"{_scalar(rename.old)}: {_scalar(rename.new)}"


def _scalar(address: str) -> str:
    """Return an address as YAML, in quotes only where it would be read as something else."""
    text = shown(address)
    try:
        plain = quickyaml.load(f"{text}: {text}\n") == {text: text}
    except (yaml.YAMLError, ValueError):
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)


def with_aliases(text: str | None, found: Iterable[Rename], path: str) -> str | None:
    """Return the aliases file with a line for every rename; as it is if it cannot be read or takes no lines."""
    lines = sorted(_line(rename) for rename in found)
    if not lines:
        return text
    before = text or ""
    end = "\r\n" if "\r\n" in before else "\n"
    gap = end if before.strip("\ufeff") and not before.endswith(end) else ""
    after = before + gap + "".join(line + end for line in lines)
    (known, _), (all_, problems) = read_aliases(before, path), read_aliases(after, path)
    return text if problems or len(all_ or ()) != len(known or ()) + len(lines) else after
