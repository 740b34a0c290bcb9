"""A question as its readers hear it: plain words, made once for every rule that looks at them.

"Which [endpoint](a.md) for `kms`?"   ->   "Which endpoint for kms?", {"endpoint", "kms"}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from studyguide.text.source import plain

if TYPE_CHECKING:
    from studyguide.model import Checkpoint, Choice

WORD_RE = re.compile(r"[\w'/:.@-]*\w")
SENTENCE_RE = re.compile(r"(?<=[.!?])\s+")
# Words that say nothing of what a sentence is about.
EMPTY = frozenset({
    "a", "about", "after", "all", "also", "an", "and", "another", "any", "are", "as", "at", "be", "because", "been",
    "before", "both", "but", "by", "can", "could", "did", "do", "does", "each", "either", "every", "for", "from",
    "had", "has", "have", "how", "if", "in", "into", "is", "it", "its", "many", "may", "might", "more", "most",
    "must", "neither", "no", "none", "not", "of", "on", "once", "one", "only", "or", "other", "over", "same",
    "should", "since", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "two", "under", "until", "very", "was", "were", "what", "when", "where",
    "whether", "which", "while", "who", "whose", "why", "will", "with", "without", "would", "you", "your",
})  # fmt: skip
ENDINGS = ("ing", "ies", "es", "ed", "s")
SHORTEST_ROOT = 3
# Questions that stay ready between two builds of a server: a large bank.
KEPT = 4096


@dataclass(frozen=True)
class Asked:
    """A question and its words."""

    value: Checkpoint

    @cached_property
    def stem(self) -> str:
        """The question, as plain text."""
        return plain(self.value.stem)

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the question."""
        return SENTENCE_RE.split(self.stem)

    @cached_property
    def options(self) -> list[str]:
        """The options, as plain text."""
        return [plain(choice.text) for choice in self.value.choices]

    @cached_property
    def rights(self) -> list[int]:
        """The indexes of the right options."""
        return [index for index, choice in enumerate(self.value.choices) if choice.right]

    @cached_property
    def about(self) -> frozenset[str]:
        """What the question is about: the roots of its words."""
        return roots(self.stem)

    @cached_property
    def topics(self) -> list[frozenset[str]]:
        """What each option is about."""
        return [roots(f"{text} {choice.match}") for text, choice in zip(self.options, self.value.choices, strict=True)]

    @cached_property
    def reasons(self) -> list[str]:
        """The reasons of the options, as plain text."""
        return [plain(choice.reason) for choice in self.value.choices]

    @cached_property
    def setting(self) -> str:
        """What stands between the question and its options, as plain text."""
        return plain(self.value.setting)

    @cached_property
    def told(self) -> list[frozenset[str]]:
        """What each sentence of the question is about."""
        return [roots(sentence) for sentence in self.sentences]

    @property
    def is_chosen(self) -> bool:
        """Whether readers choose between options that an author worded: not between lines of a block."""
        return self.value.kind in ("one", "several") and len(self.value.choices) > 1

    @property
    def right_choices(self) -> list[Choice]:
        """The options that are right."""
        return [self.value.choices[index] for index in self.rights]


@lru_cache(maxsize=KEPT)
def asked(value: Checkpoint) -> Asked:
    """Return a question made ready, the same one for the same question."""
    return Asked(value)


def words(text: str) -> list[str]:
    """Return the words of a plain text, in small letters."""
    return [word.lower() for word in WORD_RE.findall(text)]


@cache
def root(word: str) -> str:
    """Return what is left of a word without its ending: "routes" and "routed" are about one thing."""
    for ending in ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= SHORTEST_ROOT:
            word = word.removesuffix(ending)
            break
    # A route is routed, and a proxy one of the proxies.
    return word[:-1] if len(word) > SHORTEST_ROOT and word[-1] in "ey" else word


def roots(text: str) -> frozenset[str]:
    """Return what a text is about: the roots of the words that say something."""
    return frozenset(root(word) for word in words(text) if word not in EMPTY and len(word) >= SHORTEST_ROOT)
