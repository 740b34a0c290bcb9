"""The addresses of other hosts -> problems: what is gone, has moved, lacks an anchor, or was not reached.

    {"https://old.example/a#b": [Link("https://old.example/a#b", Position("docs/index.md", 3, 7))]}
    -> docs/index.md:3:7: EXT003 `https://old.example/a#b` has moved for good to `https://new.example/a#b`.

accepted.py  the failures that are accepted for a time
visit.py     one page on its way: what is asked next; the settings
client.py    one request -> a reply
crew.py      visits -> answers, many at once and politely
answers.py   answers kept on disk
verdict.py   an answer -> what is wrong with an address
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from studyguide.model import Edit, Position, Problem
from studyguide.text.source import Link
from studyguide.web.accepted import ACCEPTED, Accepted, over, read_accepted
from studyguide.web.answers import Answers
from studyguide.web.crew import visit_all
from studyguide.web.verdict import Verdict, anchor, is_good, is_known, malformed, verdict
from studyguide.web.visit import Answer, Settings, fault, first, is_web

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["ACCEPTED", "Accepted", "Outcome", "Settings", "check", "is_web", "read_accepted"]

# An address that no page writes is the theme's, from its settings.
SETTINGS_FILE = Position("mkdocs.yml")
WITNESSES = 3


class Outcome(NamedTuple):
    """The problems, how many addresses were checked, and those that could not be: never take these for good."""

    problems: list[Problem]
    checked: int
    not_checked: tuple[str, ...]


def check(
    addresses: Mapping[str, Sequence[Link]],
    *,
    settings: Settings,
    cache: Path | None,
    accepted: Sequence[Accepted],
    today: date,
    now: float,
) -> Outcome:
    """Check each address of the web, given the links that write it; other schemes are left alone.

    ``now`` is in seconds since 1970: what is learnt is kept under it, in the folder ``cache``.
    """
    written = sorted(filter(is_web, addresses))
    verdicts = _verdicts(written, settings, Answers(cache, now=now, max_age=settings.max_age))
    silent = [entry for entry in accepted if today <= entry.until]
    problems = [
        problem
        for address, found in verdicts.items()
        if found and not any(entry.matches(address) for entry in silent)
        for problem in _problems(address, found, addresses[address])
    ]
    failing = {address: verdicts[address] is not None if address in verdicts else None for address in written}
    problems += [problem for entry in accepted if (problem := over(entry, failing, today))]
    return Outcome(sorted(problems), len(verdicts), tuple(address for address in written if address not in verdicts))


def _verdicts(written: Sequence[str], settings: Settings, kept: Answers) -> dict[str, Verdict | None]:
    """Return what is wrong with each address, None for nothing; those that could not be checked are left out."""
    verdicts: dict[str, Verdict | None] = {}
    pages: dict[str, list[str]] = {}
    for address in written:
        if why := fault(address):
            verdicts[address] = malformed(address, why)
        else:
            pages.setdefault(address.partition("#")[0], []).append(address)
    for page, answer in _answers(pages, settings, kept).items():
        verdicts |= {name: verdict(name, answer, settings) for name in pages[page] if is_known(name, answer)}
    return verdicts


def _answers(pages: Mapping[str, Sequence[str]], settings: Settings, kept: Answers) -> dict[str, Answer]:
    """Return what is known of each page: from disk where that is good news, else from the web."""
    known = {page: answer for page in pages if (answer := kept.get(page))}
    if settings.offline:
        return known
    good = {page: answer for page, answer in known.items() if all(is_good(name, answer) for name in pages[page])}
    asked = [first(page, anchors=any(map(anchor, pages[page]))) for page in pages if page not in good]
    fresh = dict[str, Answer]()
    for answer in visit_all(asked, settings):
        kept.put(answer)
        fresh[answer.url] = answer
    return good if _is_cut_off(list(fresh.values()), list(good), settings) else good | fresh


def _is_cut_off(answers: Sequence[Answer], good: Sequence[str], settings: Settings) -> bool:
    """Return whether it is this machine that has no web: several hosts, and none of them was there."""
    silent = [answer for answer in answers if answer.failure in ("host", "connection", "time")]
    hosts = {urlsplit(answer.url).hostname for answer in silent}
    if len(silent) < len(answers) or len(hosts) <= 1:
        return False
    # Where all else is known from disk, only what fails is asked for: ask some that were there.
    witnesses = [first(page, anchors=False) for page in good[:WITNESSES]]
    return all(answer.failure for answer in visit_all(witnesses, settings))


def _problems(address: str, found: Verdict, links: Sequence[Link]) -> Iterable[Problem]:
    for link in links or [Link(address, SETTINGS_FILE)]:
        edit = Edit(link.start, link.dest, found.new) if found.new and link.start else None
        yield Problem(link.position, found.code, found.message, found.fix, found.notes, edit)
