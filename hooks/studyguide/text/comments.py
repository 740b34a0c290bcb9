"""The comments that ask the build for something: all that there are, and what one asks for.

    <!-- studyguide: reading time -->    ->  "reading time"
    <!--studyguide:reading   time-->     ->  "reading time": spaces make no difference
    <!-- Studyguide: reading time -->    ->  "Studyguide: reading time", which is none of ours and was meant as one
    <!-- Read this again. -->            ->  None

The parser says which texts are comments (``directives.page``); this module knows what they may say.
"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

from studyguide.model import Position, Problem
from studyguide.near import nearest

NAME = "studyguide"
# What each may say; a word in capitals stands for what its author writes there.
KNOWN = (
    "reading time", "extent FOLDER", "sources", "take FILE", "flashcards", "cards of headings", "cards of items",
    "practice objectives", "practice questions", "paper test", "paper key", "progress", "free play", "mission NAME",
    "lab STATES", "receipt", "ignore CODE",
)  # fmt: skip
# What puts no block into its page.
QUIET = ("cards of headings", "cards of items", "practice questions", "lab STATES", "receipt", "ignore CODE")
# What takes more than one word.
LONG = ("lab", "ignore")
COMMENT_RE = re.compile(r"<!--(?P<said>.*?)-->", re.DOTALL)
SAID_RE = re.compile(
    r"[\s-]*(?P<name>study[ _-]?guide\b|[a-z]+(?=\s*:))\s*(?P<colon>[:;.,=-]?)(?P<words>.*?)[\s-]*\Z",
    re.DOTALL | re.IGNORECASE,
)
# As many letters of the name may be wrong, where what follows is surely no prose.
SLIPS = 2
SURE_RE = re.compile(r"extent \S+/|take questions\.\w+|ignore [A-Z]{3}\d{3}\b.*")
FIXED = frozenset(words for words in KNOWN if words == words.lower())
LEADS = {words.partition(" ")[0]: words for words in KNOWN if words not in FIXED}


class Comment(NamedTuple):
    """A comment that asks for something: what it says, white space apart, where it begins, and if it is within text."""

    words: str
    position: Position
    in_text: bool = False

    @property
    def asks(self) -> str:
        """The known form of what it says, "" where there is none."""
        return form(self.words)

    @property
    def more(self) -> str:
        """What its author wrote in the place of the word in capitals."""
        return self.words.partition(" ")[2] if self.asks not in FIXED else ""


def form(words: str) -> str:
    """Return the known form of what a comment says, "" where there is none."""
    if words in FIXED:
        return words
    lead, _, more = words.partition(" ")
    return LEADS.get(lead, "") if more and (lead in LONG or " " not in more) else ""


def said(comment: str) -> str | None:
    """Return what a comment asks for, given all between its marks; None where it is nothing of ours.

    With another name than ours, it is meant as ours where what follows is known; then the name is returned with it.
    """
    found = SAID_RE.match(comment)
    if found is None:
        return None
    name, words = found["name"], " ".join(found["words"].split())
    if name == NAME and found["colon"] == ":":
        return words
    whole = " ".join(comment.split()).strip("- ")
    if name.casefold() == NAME and found["colon"] == ":":
        return whole
    # Two words may be a title, and one more what is below.
    meant = (words in FIXED and (" " in words or name.isalpha())) or SURE_RE.fullmatch(words)
    return whole if meant and name.islower() and OSA.distance(name, NAME) <= SLIPS else None


def written(words: str) -> str:
    """Return the comment that asks for something, as every stage looks for it."""
    return f"<!-- {NAME}: {words} -->"


def near(words: str) -> str:
    """Return the known words that are nearest to what no build knows, "" where none are near."""
    if found := SAID_RE.match(words):
        words = " ".join(found["words"].split())
    if form(words):
        return words
    lead = words.partition(" ")[0]
    return nearest(words, FIXED) or nearest(lead, FIXED) or LEADS.get(nearest(lead, LEADS), "")


def unread(template: str, path: str) -> list[Problem]:
    """Return the problems of comments in a template of the theme that ask for something: there one is read alone."""
    only = written("receipt")
    message, fix = "In a template this comment asks for nothing.", f"Write `{only}`, or remove it."
    return [
        Problem(position, "DIR011", message, fix)
        for found in COMMENT_RE.finditer(template)
        if found.group() != only and said(found["said"]) is not None
        for position in [_position(template, path, found.start())]
    ]


def _position(text: str, path: str, offset: int) -> Position:
    return Position(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def is_in(path: str, folder: str) -> bool:
    """Return whether a page is in the folder that a comment names, both below docs, or is the page that it names."""
    name = posixpath.normpath(folder)
    return name in (".", path) or path.startswith(f"{name}/")
