"""A page -> its facts without a citation, those that the cited source does not hold, and its unsaid doubts.

    A VPC holds 500 of them.                  ->  the number is cited by nothing
    A VPC holds 500 of them [@heni-quota].    ->  nothing
    These are the limits [@heni-quota]:       ->  nothing, for every item or row that follows

A fact is what a reader could look up: a number, a price, a date, the name of an error, a permission. Its citation
is in its sentence or in a later one of the passage. A list or table may have it in the sentence that leads into it
with a colon, in the table's first row, or in a paragraph right after it that starts by speaking of it. Facts in checkpoints are
backed by their ``evidence``, those in figures by the text around them, and those in quotation marks are somebody's
words. What a source holds is its ``fact`` in ``sources.yml``, the part of it that a reader of the Sources page sees.
"""

from __future__ import annotations

import builtins
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from prose.sentences import split
from studyguide.text import quickyaml
from studyguide.text.source import CITATION_RE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prose.reading import Passage

UNCITED, UNSUPPORTED = (Path(__file__).with_name(name) for name in ("uncited.yml", "unsupported.yml"))
STATED = ("paragraph", "item", "row", "reason", "quote")
# Not the 4 of IPv4, of v1.4 or of step 4.
NUMBER_RE = re.compile(
    r"(?<![\w.\-/:])(?<!step )(?<!steps )(?<!\d and )(?<!points )[$€]?\d[\d.,]*(?<![.,])(?![\w-]*[A-Za-z])"
)
NAME_RE = re.compile(r"`(?P<name>[\w.]*\w(?:Exception|Error)(?!\w)|[a-z][a-z0-9-]*:[A-Z*]\w*)[^`]*`")
QUOTED_RE = re.compile(r"\"[^\"]*\"")
AFTER_RE = re.compile(r"(?:The|These|They|All|Both)\b")
KEY_RE = re.compile(r"@([\w:.-]+)")
DOUBT_RE = re.compile(
    r"disagree|unconfirmed|not confirmed|third.part(?:y|ies)|no (?:word|text) of AWS|not documented", re.IGNORECASE
)
# What needs no source: the usual ports of DNS, HTTPS, MySQL and PostgreSQL, and the status of an error, which is tested.
USUAL = ("53", "443", "3306", "5432")
STATUS_RE = re.compile(r"(?<=Exception`, )\d{3}")
NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORDS = {name: str(number) for number, name in enumerate(NAMES, start=1)}
WORD_RE = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
PRICE_RE = re.compile(r"[$€]\d|\b\d+\.\d{2,}|\bUSD\b")

SAY = "Write that sources disagree, or that it is not confirmed."
SAY_WHERE = "Cite the source that holds it, complete that source's fact, or say in tests/prose/unsupported.yml why not."
SAY_WHOSE = "Write once that the price is from a third party."


class Fact(NamedTuple):
    """A fact of a passage: ``at`` is where its text starts there; ``lacks`` says what is wrong with it."""

    passage: Passage
    at: int
    text: str
    lacks: str = "is cited by nothing. Cite its source, or say in tests/prose/uncited.yml why it needs none."

    def __str__(self) -> str:
        return f"{self.passage.at(self.at)}: `{self.text}` {self.lacks}"


def uncited(passages: list[Passage]) -> list[Fact]:
    """Return the facts of a page that nothing cites."""
    return [
        fact
        for index, passage in enumerate(passages)
        if passage.kind in STATED and not passage.evidence and not _around(passages, index)
        for fact in _facts(passage)
        if fact.at > _last_cited(passage)
    ]


def _facts(passage: Passage) -> Iterator[Fact]:
    text = QUOTED_RE.sub(lambda match: " " * len(match.group()), passage.text)
    found = [(match.start(), match.group()) for match in NUMBER_RE.finditer(text)]
    found += [(match.start("name"), match["name"]) for match in NAME_RE.finditer(passage.raw)]
    return (Fact(passage, at, name) for at, name in sorted(found))


def _last_cited(passage: Passage) -> int:
    """Return the end of the last sentence that cites something; a row is one sentence."""
    cited = [match.start() for match in CITATION_RE.finditer(passage.raw)]
    if not cited:
        return -1
    sentences = [] if passage.kind == "row" else split(passage.text)
    ends = [sentence.start + len(sentence.text) for sentence in sentences if sentence.start <= cited[-1]]
    return ends[-1] if ends else len(passage.text)


def _around(passages: list[Passage], index: int) -> bool:
    """Return whether the text around a list or table cites all of it."""
    before, heading, after = _neighbours(passages, index)
    lead = split(before)[-1].text if before else ""
    return (
        (lead.endswith(":") and bool(CITATION_RE.search(lead)))
        or bool(CITATION_RE.search(heading))
        or bool(AFTER_RE.match(after) and CITATION_RE.search(after))
    )


def _neighbours(passages: list[Passage], index: int) -> tuple[str, str, str]:
    """Return what stands before a list or table, its first row, and what stands after it; of other passages, nothing."""
    kind, first, last = passages[index].kind, index, index
    if kind not in ("item", "row"):
        return "", "", ""
    while first and passages[first - 1].kind == kind:
        first -= 1
    while last + 1 < len(passages) and passages[last + 1].kind == kind:
        last += 1
    before = passages[first - 1].raw if first else ""
    after = passages[last + 1].raw if last + 1 < len(passages) else ""
    return before, passages[first].raw if kind == "row" else "", after


def unsupported(passages: list[Passage], held: Mapping[str, str]) -> list[Fact]:
    """Return the facts of a page that are cited, but not held by what is cited there: ``held`` is that of each source."""
    found = []
    for index, passage in enumerate(passages):
        keys = [key for text in (passage.raw, *_neighbours(passages, index)) for key in _keys(text)]
        if passage.kind not in STATED or not _keys(passage.raw):
            continue
        said = " ".join(held.get(key, "") for key in keys)
        lacks = f"is in no fact of what is cited there: {', '.join(dict.fromkeys(keys))}. {SAY_WHERE}"
        found += [fact._replace(lacks=lacks) for fact in _facts(passage) if not _holds(said, fact)]
    return found


def _holds(said: str, fact: Fact) -> bool:
    """Return whether a text holds a fact: a number in figures or as a word, a name in any case and without its prefix."""
    if not fact.text[-1].isdigit():
        name = re.split(r"[.:]", fact.text)[-1]
        return name.lower() in said.lower() or hasattr(builtins, name)
    numbers = {_number(match.group()) for match in re.finditer(r"\d[\d.,]*", said)}
    numbers |= {WORDS[match.group().lower()] for match in WORD_RE.finditer(said)}
    is_status = any(match.start() == fact.at for match in STATUS_RE.finditer(fact.passage.raw))
    return is_status or fact.text in USUAL or _number(fact.text) in numbers


def _number(text: str) -> str:
    return text.strip("$€.,").replace(",", "")


class Excepted(NamedTuple):
    """A place that needs no citation: ``page``, some of its words, and why."""

    page: str
    words: str
    reason: str


def excepted(file: Path) -> list[Excepted]:
    """Return the exceptions of ``uncited.yml`` or ``unsupported.yml``."""
    return [
        Excepted(page, words, reason)
        for page, places in quickyaml.load(file.read_text("utf-8")).items()
        for words, reason in places.items()
    ]


def excuses(one: Excepted, fact: Fact) -> bool:
    """Return whether an exception is about the passage of a fact."""
    written = " ".join(fact.passage.raw.split())
    return fact.passage.source.path == f"docs/{one.page}" and one.words in written


def undoubted(passages: list[Passage], confidences: Mapping[str, str]) -> Iterator[str]:
    """Yield passages that print as settled what their source does not settle.

    For a third party's prices it is enough that the page says once whose they are.
    """
    owned = any(DOUBT_RE.search(given.raw) and "price" in given.raw for given in passages)
    for passage in passages:
        for key in _keys(passage.raw):
            confidence = confidences.get(key, "")
            if confidence in ("conflicting", "unconfirmed") and not DOUBT_RE.search(passage.raw):
                yield f"{passage.at(0)}: `{key}` is {confidence}, and the text does not say so. {SAY}"
            if confidence == "third-party" and PRICE_RE.search(passage.text) and not owned:
                yield f"{passage.at(0)}: `{key}` is a third party's price, and the page does not say so. {SAY_WHOSE}"


def _keys(raw: str) -> list[str]:
    return [key for match in CITATION_RE.finditer(raw) for key in KEY_RE.findall(match["keys"])]
