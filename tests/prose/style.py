"""``style.yml`` and a passage -> what it should not say, each with its place and what to write instead.

Attach it in order to reach it.    ->  docs/a.md:1:11: `in order to`: write `to`. Use the short word.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from prose.sentences import split
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prose.reading import Passage

LONGEST = 40  # words of a sentence
FILE = Path(__file__).with_name("style.yml")


class Rule(NamedTuple):
    """A rule: what it finds, each with what to write instead (a template of ``re``) or None."""

    name: str
    say: str
    finds: tuple[tuple[re.Pattern[str], str | None], ...]
    unless: tuple[str, ...]
    kinds: tuple[str, ...]
    caught: tuple[str, ...]
    passes: tuple[str, ...]


def rules() -> list[Rule]:
    """Return the rules of ``style.yml``, in its order."""
    return [_rule(name, fields) for name, fields in quickyaml.load(FILE.read_text("utf-8")).items()]


def _rule(name: str, fields: dict[str, Any]) -> Rule:
    finds = [(_whole(re.escape(word)), None) for word in fields.get("words", [])]
    finds += [(_whole(pattern), None) for pattern in fields.get("patterns", [])]
    finds += [(re.compile(pattern), None) for pattern in fields.get("anywhere", [])]
    # An abbreviation's full stops are meant as such; other swaps are patterns.
    given = [(_whole(re.escape(old) if old.endswith(".") else old), new) for old, new in fields.get("swap", {}).items()]
    unless, kinds, caught, passes = (tuple(fields.get(key, ())) for key in ("unless", "kinds", "caught", "passes"))
    return Rule(name, fields["say"], (*finds, *given), unless, kinds, caught, passes)


def _whole(pattern: str) -> re.Pattern[str]:
    """Return a pattern for whole words, which may stand on two lines; the parts of `in-order` are not whole."""
    spaced = pattern.replace("\\ ", " ").replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])", re.IGNORECASE)


def problems(passage: Passage, given: list[Rule]) -> Iterator[str]:
    """Yield what a passage should not say, as ``path:line:column: ...``."""
    for rule in given:
        if rule.kinds and passage.kind not in rule.kinds:
            continue
        for pattern, new in rule.finds:
            for match in pattern.finditer(passage.text):
                if not _inside(rule.unless, passage.text, match):
                    yield f"{passage.at(match.start())}: {_says(rule, match, new)}"
    yield from _long(passage)


def _inside(phrases: tuple[str, ...], text: str, match: re.Match[str]) -> bool:
    """Return whether a find is part of a phrase that may stand."""
    return any(
        found.start() <= match.start() and match.end() <= found.end()
        for phrase in phrases
        for found in re.finditer(re.escape(phrase), text)
    )


def _says(rule: Rule, match: re.Match[str], new: str | None) -> str:
    found = " ".join(match.group().split()) or match.group()
    instead = f" write `{match.expand(new)}`." if new else ""
    return f"`{found}`:{instead} {rule.say} ({rule.name})."


def _long(passage: Passage) -> Iterator[str]:
    if passage.kind == "row":
        return
    for sentence in split(passage.text):
        if sentence.length > LONGEST:
            at = passage.at(sentence.start)
            yield f"{at}: This sentence has {sentence.length} words; {LONGEST} are the most. Make two (long)."
