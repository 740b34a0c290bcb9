"""What a question says, and how: options that lean on others, a negation that is missed, a sentence without end.

- [ ] All of the above            ->  QST001: options are shuffled, and the others are no longer above
Which port is not needed?         ->  QST002, for "which port is needed" is what a hurried reader reads
The interface is an ___           ->  QST007, where some options start with a vowel and others do not
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.checks.questions.asked import words
from studyguide.model import Problem
from studyguide.near import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.checks.questions.asked import Asked

_THINGS = r"(?:options?|answers?|choices?|statements?|others?)"
OTHERS_RE = re.compile(
    rf"(?:all|none|both|neither|any|each|either)(?: two| three| four)?(?: of)?(?: the| these| those)?(?: {_THINGS})? (?:above|below|listed)"
    rf"|(?:all|none|both|neither|any|either) of (?:(?:these|those)(?: {_THINGS})?|the (?:other )?{_THINGS}|the (?:two|three|four))",
    re.IGNORECASE,
)
LETTERS_RE = re.compile(
    r"(?:[Bb]oth |[Ee]ither |[Oo]nly )?\(?[A-F]\)?(?:, ?\(?[A-F]\)?)*,? (?:and|or|&) \(?[A-F]\)?(?: only)?"
)
# A letter that the question itself gives to something: VPC A, zone B.
NAMED_RE = re.compile(r"(?<![\w.])[B-F](?![\w'])")

_AUXILIARY = r"(?:is|are|was|were|does|do|did|can|could|would|will|should|must|may|has|have|needs?)"
_CLAUSE = r"(?:that|which|who|whose|so|because|when|while|if|although|though|and|but|to|since|after|before)"
# The negation of what is asked for, not one inside a clause: "What helps if it does not answer?" has none.
NEGATIVE_RE = re.compile(
    rf"(?:^|[;:] |\b(?:and|or|but|to|from|in|on|of|for|by|at|with|under|through) |^(?:Of|Among)\b[^,]*, )"
    rf"(?:which|what|who|where)\b(?:(?!\b(?:{_CLAUSE}|{_AUXILIARY})\b)[^.?!:;,])*?"
    rf"\b(?:{_AUXILIARY}\b(?: (?!{_CLAUSE}\b)[\w'-]+){{0,3}}? (?P<not>not|never)\b"
    r"|(?P<short>cannot|(?:ca|could|do|does|did|is|are|was|were|wo|would|should|must|has|have)n['\u2019]t)\b)"
    r"|\b(?P<except>except)\W*$|\b(?:following|these|those)\b.*\b(?P<but>except)\b|\b(?P<least>least) (?:likely|probable)\b",
    re.IGNORECASE,
)
SHOUTED_RE = re.compile(r"\b(?:NOT|NEVER|CANNOT|EXCEPT|LEAST)\b")

ARTICLE_RE = re.compile(r"\b(?P<article>an?)(?: _{3,})?[ :.\u2026]*$", re.IGNORECASE)
# What is spoken otherwise than it is written: an hour, a user, and letters that are spelt.
SOUND_RE = re.compile(r"(?P<word>[A-Za-z][\w-]*)")
COUNT_RE = re.compile(
    r"\b(?:which|what|choose|select|pick|name) (?P<number>two|three|four|five)\b|\b(?:choose|select|pick) (?P<digit>[2-5])\b",
    re.IGNORECASE,
)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}

LONGEST_SENTENCE, LONGEST_STEM = 35, 90


def check(question: Asked) -> Iterator[Problem]:
    """Yield what is wrong with the words of one question."""
    yield from _long(question)
    yield from _negative(question)
    if question.is_chosen:
        yield from _others(question)
        yield from _article(question)
        yield from _count(question)


def _others(question: Asked) -> Iterator[Problem]:
    lettered = NAMED_RE.search(f"{question.stem} {question.value.setting}") is not None
    for text, choice in zip(question.options, question.value.choices, strict=True):
        said = text.rstrip(" .:!")
        if OTHERS_RE.fullmatch(said) or (LETTERS_RE.fullmatch(said) and not lettered):
            message = f"{quoted(said)} speaks of other options, and their order changes."
            yield Problem(
                choice.position, "QST001", message, "Say what it means in words of its own, or ask for several."
            )


def _negative(question: Asked) -> Iterator[Problem]:
    found = next(
        (match for text in question.sentences if text[-1:] in "?:" and (match := NEGATIVE_RE.search(text))), None
    )
    if found and not _is_emphasised(question.value.stem):
        word = next(word for word in found.groupdict().values() if word)
        message = f"This question asks for the opposite, and its {quoted(word)} is plain text."
        yield Problem(question.value.position, "QST002", message, f"Write `**{word}**`, or ask for what is so.")


def _is_emphasised(stem: str) -> bool:
    """Return whether a negation is bold, in italics or in capitals."""
    marked = re.search(
        r"(\*\*|\*|__|_)[\w ']*\b(?:not|never|cannot|except|least|\w+n['\u2019]t)\b[\w ']*\1", stem, re.IGNORECASE
    )
    return marked is not None or SHOUTED_RE.search(stem) is not None


def _article(question: Asked) -> Iterator[Problem]:
    """Yield the options that an article at the end of the question does not fit: they can be told to be wrong."""
    found = ARTICLE_RE.search(question.stem)
    if not found:
        return
    fits = [_fits(found["article"].lower(), text) for text in question.options]
    if None in fits or all(fits):
        return
    article = found["article"].lower()
    message = f"The question ends in {quoted(article)}, which does not fit every option."
    yield Problem(question.value.position, "QST007", message, "Write `a or an`, or put the article into the options.")


def _fits(article: str, option: str) -> bool | None:
    """Return whether an article fits what follows it, None where a letter does not say how a word sounds."""
    found = SOUND_RE.match(option)
    word = found["word"] if found else ""
    if (
        not word
        or (len(word) > 1 and word[1].isupper())
        or re.match(r"(?:h(?:our|onest|eir)|uni|use|usu|eu|one)", word, re.IGNORECASE)
    ):
        return None
    return (word[0].lower() in "aeiou") == (article == "an")


def _count(question: Asked) -> Iterator[Problem]:
    found = next((match for text in question.sentences if (match := COUNT_RE.search(text))), None)
    if not found:
        return
    written = (found["number"] or found["digit"]).lower()
    said = NUMBERS.get(written) or int(written)
    # Of "which two ports", one right option may name both.
    if said != len(question.rights) and (
        len(question.rights) > 1 or not found[0].lower().startswith(("which", "what"))
    ):
        right = len(question.rights)
        message = (
            f"The question asks for {written}, and {right} option{'s are' if right > 1 else ' is'} marked as right."
        )
        yield Problem(question.value.position, "QST007", message, "Mark as many as it asks for, or ask for as many.")


def _long(question: Asked) -> Iterator[Problem]:
    lengths = [len(words(text)) for text in question.sentences]
    fix = "Put what is given into sentences of its own, and the question last."
    if max(lengths) > LONGEST_SENTENCE:
        message = f"This question has a sentence of {max(lengths)} words, where {LONGEST_SENTENCE} are read at once."
        yield Problem(question.value.position, "QST011", message, fix)
    elif sum(lengths) > LONGEST_STEM:
        message = f"This question has {sum(lengths)} words, where {LONGEST_STEM} are read in the time for one."
        yield Problem(
            question.value.position,
            "QST011",
            message,
            "Leave out what the answer does not need, or show it as a table.",
        )
