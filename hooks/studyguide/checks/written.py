"""Where it is written what stayed in a page: in the prose, or in the code of raw HTML; and whether it is meant.

places(source, "reference", "[the plan][plan]")   ->  [Place(source, 210, "[the plan][plan]", in_html=False)]
is_meant(source, "strong", "**bold**")            ->  True where its marks are escaped, or written as entities
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache, partial
from html import unescape
from typing import TYPE_CHECKING

from markdown.util import BLOCK_LEVEL_ELEMENTS

from studyguide.checks.locate import is_code
from studyguide.checks.reasons import Place, barless, columns
from studyguide.site import foreign
from studyguide.site.grammar import BREAK, CODE
from studyguide.site.syntax import FILLED, PATTERNS, find, shown
from studyguide.text.source import ESCAPE_RE, FENCE_RE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from studyguide.text.source import Fence, Source

TAG_RE = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>")
READ_RE = re.compile(r"\smarkdown(?!\s*=\s*[\"']?0)", re.IGNORECASE)
# What differs between a text as written and as rendered: markup, code, the ends of lines.
MARKUP_RE = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|[^\w@;,./#:?=&|<-]+|[<_]")
# How far up the line is that has to be empty, for what starts a block.
FAR = {"list": 1, "table": 2}
# What raw HTML leaves as it is, and Markdown reads wherever else it is well formed.
UNREAD = ("link", "strong", "emphasis", "code", "heading")
ESCAPED_RE = re.compile(rf"{ESCAPE_RE.pattern}|^[ \t]*;(?=;*-+8<)", re.MULTILINE)
# What a block may be in: the page shows it without these.
CONTAINERS_RE = re.compile(r"^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)+", re.MULTILINE)
# Of more hashes than a heading can have, the page shows the others.
DEEP_RE = re.compile(r"(?<!#)#{6}(?=#)#")
ITEM_RE = re.compile(r"(?:[-*+]|\d+[.)])[ \t]")
SLASHES_RE = re.compile(r"[ \t]*(?P<marks>/{3,})(?P<name>[ \t]*\w.*)?[ \t]*")
LINK_RE = re.compile(r"\[(?P<words>[^\[\]]*)\]\([^()\s]*\)")
# So many lines of a fence that is not closed are looked at.
MANY = 200
# What may be emphasis or code, were its marks as many at its end as at its start.
EMPHASIS_RE = re.compile(
    r"(?<![\\*_\w])(?P<open>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>(?:(?!\n[ \t]*\n)[^*]){1,400}?)(?<=[^\s\\*_])(?P<close>\*{1,3}|_{1,3})(?![*_\w])"
)
# As the parser reads code: of the marks before it, as many as are behind it.
TICKED_RE = re.compile(r"(?<![`\\])(?P<marks>`+)(?P<words>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=marks)(?!`)", re.DOTALL)
HANDLE_RE = re.compile(r"@[\w:.-]+\]\((?:https?:)?//")
# What may stand before the attributes of an element.
ENDS = (")", "]", "`", "*", "_", ">", ":")
# Of what goes on to the end of its paragraph, a text shows where that is; an empty line is a break in it.
EMPTY_RE = re.compile(r"\n(?=[ \t]*\n)")
TAB_START_RE = re.compile(r"\n(?=[ \t>]*===)")
PARTED = ("comment", "parted", "cut", "tab", *foreign.PATTERNS)
# What stands in no item and no quotation to its pattern.
BARE = ("block", "callout", "closing", *foreign.PATTERNS)
# What is known of so many texts at once: a page's, in all its kinds.
KEPT = 64


def letters(kind: str, text: str) -> str:
    """Return what is left of a text however it is marked up; the marks of a citation are what is wrong with it."""
    if kind == "heading":
        text = DEEP_RE.sub("#", text, count=1)
    return " ".join(text.split()) if kind in ("citation", "closing") else MARKUP_RE.sub("", text)


def words(text: str) -> str:
    """Return a line without the addresses of its links and the marks of its escapes."""
    return LINK_RE.sub(lambda match: match["words"], ESCAPE_RE.sub(lambda match: match.group()[1:], text))


def places(source: Source, kind: str, text: str) -> list[Place]:
    """Return where something that stayed is written: in the prose, or in the code of raw HTML."""
    wanted = letters(kind, text)
    if kind in FINDERS:
        return list(FINDERS[kind](source, text))
    alike = [
        *_matches(source, kind).get(wanted, ()),
        *(_fences(source, wanted) if kind == "block" else ()),
    ]
    outside = [
        place
        for place in alike
        if (wanted or kind != "block" or place.text == text)
        and (kind in ("heading", "block") or not is_code(source, source.position(place.offset)))
        and (kind not in FAR or place.in_html or _is_joined(source, place, FAR[kind]) or _is_broken(kind, place))
        and (kind not in FITS or FITS[kind](source, place.offset))
    ]
    if kind == "heading":
        outside = [place for place in outside if DEEP_RE.match(place.text)] or outside
    if kind == "closing":
        return [place for place in outside if source.position(place.offset).line in _closing_nothing(source)]
    # What is shown with its marks escaped is meant, and what reads the same elsewhere is read.
    if (kind, wanted) in _escaped(source):
        outside = []
    if kind not in UNREAD:
        return outside
    # Code is blanked in the prose, even in raw HTML; and what stayed there may be read elsewhere.
    inside = [place for place in _matches(source, kind, code=True).get(wanted, ()) if place.in_html]
    return inside or outside


@lru_cache(KEPT)
def _closing_nothing(source: Source) -> frozenset[int]:
    """Return the lines that would close a block, and follow the first line of none."""
    opened, found = list[str](), list[int]()
    for number, line in enumerate(_shown(source, contained=False).split("\n"), start=1):
        if not (match := SLASHES_RE.fullmatch(line)):
            continue
        if match["name"]:
            opened.append(match["marks"])
        elif match["marks"] in opened:
            while opened.pop() != match["marks"]:
                pass
        else:
            found.append(number)
    return frozenset(found)


def _coded(source: Source, text: str) -> Iterator[Place]:
    """Yield the fences whose lines the page shows as code within a paragraph."""
    wanted = letters("fence", text)
    for fence in source.fences:
        if wanted == letters("fence", f"{fence.info}{fence.code}"):
            yield _place(fence, source)
    yield from _unclosed(source, wanted)


def _halves(source: Source, text: str) -> Iterator[Place]:
    """Yield the emphasis that more marks open than close, or fewer."""
    wanted = letters("", text)
    for found in EMPHASIS_RE.finditer(source.prose):
        # A star is left over behind emphasis; behind what is bold it may lead to a note.
        more, fewer = (found["close"], found["open"]) if text.endswith(("*", "_")) else (found["open"], found["close"])
        alike = more[0] == fewer[0] and len(more) > len(fewer) and (found["close"], found["open"]) != ("***", "**")
        if alike and letters("", found["words"]) == wanted and not is_code(source, source.position(found.start())):
            yield Place(source, found.start(), found.group(), bool(element_at(source, found.start())))


def _ticks(source: Source, text: str) -> Iterator[Place]:
    """Yield the code that is opened by more marks than close it, and so shows what is over."""
    for found in TICKED_RE.finditer(source.unfenced):
        if found["words"] == text and not is_code(source, source.position(found.start())):
            yield Place(source, found.start(), found.group(), bool(element_at(source, found.start())))


def _filled(source: Source, text: str, *, kind: str) -> Iterator[Place]:
    """Yield where something to fill in is written, in front matter too."""
    prose, wanted = f"{source.text[: source.body_start]}{source.prose[source.body_start :]}", letters(kind, text)
    for match in PATTERNS[kind].finditer(prose):
        if letters(kind, match.group()) == wanted and not is_code(source, source.position(match.start())):
            yield Place(source, match.start(), match.group(), in_html=False)


@lru_cache(KEPT)
def _shown(source: Source, *, contained: bool = True) -> str:
    """Return the prose with a mark where code is, as a page's text has one; or without what holds a block."""
    if not contained:
        return CONTAINERS_RE.sub(lambda match: " " * len(match.group()), _shown(source))
    both = zip(source.prose, source.unfenced, strict=True)
    return "".join(CODE if blank == " " and char not in " \t\n" else blank for blank, char in both)


def nearest(texts: list[Source], kind: str, text: str) -> Place:
    """Return the first line that says what stayed, the page's first where none does."""
    shown, wanted = text.replace(CODE, "..."), letters(kind, text.partition("\n")[0])
    lines = [(source, number) for source in texts for number in range(source.body_line, len(source.lines) + 1)]
    for whole in (True, False):
        for source, number in lines:
            line = source.lines[number - 1]
            read = letters(kind, line)
            if (read == wanted if whole else wanted in read) if wanted else text in line:
                start = source.offset(number) + len(line) - len(line.lstrip())
                return Place(source, start, shown, in_html=False)
    return Place(texts[0], texts[0].body_start, shown, in_html=False)


def _fences(source: Source, wanted: str) -> Iterator[Place]:
    """Yield the fences that are closed, and of which the page shows the first line all the same."""
    for fence in source.fences:
        if wanted and letters("block", source.lines[fence.first]) == wanted:
            yield _place(fence, source)


def _unclosed(source: Source, wanted: str) -> Iterator[Place]:
    """Yield the fences that nothing closes, and whose lines the page shows as code within a paragraph."""
    coded = {number for fence in source.fences for number in range(fence.first, fence.last + 1)}
    for number, line in enumerate(source.lines):
        if number not in coded and (marks := FENCE_RE.match(line)):
            below = source.lines[number : number + MANY]
            if wanted and letters("fence", "\n".join(below)).startswith(wanted):
                offset = source.offset(number + 1) + marks.start("marks")
                yield Place(source, offset, line.strip(" \t>"), in_html=False)


def _place(fence: Fence, source: Source) -> Place:
    offset = source.offset(fence.first + 1) + fence.opening.column - 1
    return Place(source, offset, source.lines[fence.first].strip(" \t>"), in_html=False)


@lru_cache(KEPT)
def _matches(source: Source, kind: str, *, code: bool = False) -> Mapping[str, list[Place]]:
    """Return where a kind may be written, by what is left of each however it is marked up; with ``code``, in code too."""
    text = source.unfenced if code else _shown(source, contained=kind not in BARE)
    if kind in PARTED:
        # The page says what starts a block; a tab's first line may end the one before it.
        text = (TAB_START_RE if kind == "tab" else EMPTY_RE).sub(BREAK, text)
    found: dict[str, list[Place]] = {}
    for match in PATTERNS[kind].finditer(text):
        whole = shown(match)
        offset = match.start("shown" if whole != match.group() else 0) + len(whole) - len(whole.lstrip())
        written = source.text[offset : match.end()].rstrip()
        place = Place(source, offset, written, bool(element_at(source, offset)))
        found.setdefault(letters(kind, whole), []).append(place)
    return found


def _is_joined(source: Source, place: Place, above: int) -> bool:
    """Return whether what has to start a block goes on with the line before it, so many lines up."""
    number = source.position(place.offset).line - above
    line = source.lines[number - 1].strip(" \t>") if number > 0 else ""
    return bool(line) and not ITEM_RE.match(source.lines[number + above - 2].strip(" \t>"))


def _is_broken(kind: str, place: Place) -> bool:
    """Return whether a table's rule has other columns than the row above it, or a line of its only column has no bar."""
    wanted, given = columns(place) if kind == "table" else (0, 0)
    return wanted != given or (wanted == 1 and barless(place) > 0)


def is_meant(source: Source, kind: str, text: str) -> bool:
    """Return whether a text needs no word: its marks are escaped to be seen, or it goes on with what is reported."""
    if kind in FAR and letters(kind, text) in _matches(source, kind):
        return True
    return (kind, letters(kind, text)) in _meant(source)


@lru_cache(KEPT)
def _meant(source: Source) -> frozenset[tuple[str, str]]:
    """Return what would look like syntax if no mark of it were escaped."""
    plain = _unescaped(source)
    texts = {plain, LINK_RE.sub(lambda match: match["words"], plain)}  # a link between escaped marks shows its words
    return frozenset(each for text in texts for each in _found(text))


@lru_cache(KEPT)
def _escaped(source: Source) -> Counter[tuple[str, str]]:
    """Return what looks like syntax with its escaped marks alone: what is shown so is meant, and what reads the same is not that."""
    read = ESCAPED_RE.sub(lambda match: " " * len(match.group()), source.unfenced)
    return Counter(_found(_unescaped(source))) - Counter(_found(read))


def _unescaped(source: Source) -> str:
    return unescape(ESCAPED_RE.sub(lambda match: match.group()[1:], source.unfenced))


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the letters of what looks like syntax in a text."""
    return ((kind, letters(kind, match)) for kind, match in find(text))


def element_at(source: Source, offset: int) -> str:
    """Return the raw element that a place is in, "" if there is none or Markdown is read in it."""
    ends, names = _tags(source)
    return names[bisect_right(ends, offset)]


@lru_cache(KEPT)
def _tags(source: Source) -> tuple[list[int], list[str]]:
    """Return where the tags of block elements end, and the unread element that is open before each and after the last."""
    opened: list[tuple[str, bool]] = []
    ends, names = list[int](), [""]
    for tag in TAG_RE.finditer(source.prose):
        name = tag["name"].lower()
        if name not in BLOCK_LEVEL_ELEMENTS or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            opened.append((name, READ_RE.search(tag["rest"]) is not None))
        elif any(other == name for other, _ in opened):
            while opened.pop()[0] != name:
                pass
        ends.append(tag.end())
        names.append(opened[-1][0] if opened and not opened[-1][1] else "")
    return ends, names


def _is_attached(source: Source, offset: int) -> bool:
    """Return whether attributes would follow an element, or are those of a heading."""
    before = source.text[:offset].rpartition("\n")[2]
    return before.endswith(ENDS) or before.startswith("#")


def _is_uncited(source: Source, offset: int) -> bool:
    """Return whether a key is in no citation: of one that is read, or is a problem of its own."""
    if source.position(offset) in {at for _, at in source.citations}:
        return False
    # The name that somebody has elsewhere, and an address, may read the same.
    if HANDLE_RE.match(source.text, offset) or source.text.endswith("](", 0, offset):
        return False
    found = (place for places in _matches(source, "citation").values() for place in places)
    return not any(place.offset <= offset < place.offset + len(place.text) for place in found)


FINDERS: dict[str, Callable[[Source, str], Iterator[Place]]] = {
    **{kind: partial(_filled, kind=kind) for kind in FILLED}, "fence": _coded, "half": _halves, "ticks": _ticks,
}  # fmt: skip
# What a place has to be besides.
FITS: dict[str, Callable[[Source, int], bool]] = {"braced": _is_attached, "mention": _is_uncited}
