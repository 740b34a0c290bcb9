"""A passage -> the words in it that are in no dictionary.

The dictionary is that of ``pyspellchecker``, which ships with the package and is American. British spellings,
the guide's own words and AWS' names are in ``words.txt``, one a line, sorted, in groups under a comment.
A word there in small letters may start a sentence; one with a capital is spelt as it stands.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from spellchecker import SpellChecker
from studyguide.codes import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prose.reading import Passage

FILE = Path(__file__).with_name("words.txt")
# Letters and digits with the apostrophes inside; a hyphen parts two words.
WORD_RE = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
POSSESSIVE_RE = re.compile(r"'s?$")
WORD_NEAR, NAME_NEAR = 80, 65  # of 100, from there on a listed word is worth proposing
HOW = "Mend it, or add it to tests/prose/words.txt."


def groups() -> dict[str, list[str]]:
    """Return the groups of ``words.txt`` by the comment they stand under."""
    found = dict[str, list[str]]()
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("# "):
            found[line[2:]] = []
        elif line:
            found[list(found)[-1]].append(line)
    return found


@cache
def listed() -> frozenset[str]:
    """Return every word of ``words.txt``."""
    return frozenset(word for words in groups().values() for word in words)


@cache
def dictionary() -> SpellChecker:
    """Return the dictionary, read once."""
    return SpellChecker(language="en", distance=1)


@cache
def known(word: str) -> bool:
    """Return whether a word is spelt right; so is a number, a letter, a problem's code."""
    base = POSSESSIVE_RE.sub("", word)
    if base.isdigit() or len(base) == 1 or base in RULES or {base, word, _small(base)} & listed():
        return True
    has_digit = any(letter.isdigit() for letter in base)
    return not has_digit and not _is_capitals(base) and any(form.lower() in dictionary() for form in (base, word))


def _small(word: str) -> str:
    """Return a word that starts a sentence as it is written inside one."""
    return word[0].lower() + word[1:]


def _is_capitals(word: str) -> bool:
    """Return whether a word is an abbreviation: the dictionary's `nat` says nothing about `NAT`."""
    return word.isupper() and word.isalpha()


def problems(passage: Passage) -> Iterator[str]:
    """Yield the words of a passage that are spelt wrong, as ``path:line:column: ...``."""
    for match in WORD_RE.finditer(passage.text):
        word = match.group()
        if not known(word):
            yield f"{passage.at(match.start())}: `{word}` is in no dictionary.{_meant(word)} {HOW}"


@cache
def _meant(word: str) -> str:
    """Return a word of ours, or of the dictionary, that is like this one; a name is only like a name."""
    base = POSSESSIVE_RE.sub("", word)
    is_name = not (base.isalpha() and base[1:].islower())
    cutoff = NAME_NEAR if is_name else WORD_NEAR
    own = process.extractOne(base, sorted(listed()), scorer=fuzz.ratio, processor=str.lower, score_cutoff=cutoff)
    near = own[0] if own else not is_name and dictionary().correction(base.lower())
    return f" Did you mean `{near}`?" if near and near != base.lower() else ""
