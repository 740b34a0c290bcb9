"""What answers and tables say of the network, beside what the network model says.

A checkpoint names its states as evidence, and a table of a page in a mark above it:

    evidence: [lab:endpoint-default-group]
    <!-- studyguide: lab unattached-database, attached-database -->

Of each state the words of an answer are looked up among the options. Where its claim is true, that option has to be right;
where it is not, wrong. So the model finds the key, and a key or a rule that is turned round is found. What it cannot see
is whether a question describes its state, and options of which the state has no words. Steps in an order have to stand as
the call meets their hops.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from studyguide.collect import MISSIONS, STATES
from studyguide.directives.part import id_taken
from studyguide.model import Position, Problem
from studyguide.near import did_you_mean, quoted
from studyguide.text.source import plain
from studyguide.text.states import OVER, WITHOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from studyguide.checks.book import Book
    from studyguide.model import Checkpoint
    from studyguide.text.comments import Comment
    from studyguide.text.states import Claim, State

LAB, FREE = "lab:", "free"
RIGHT = True
NAME_RE = re.compile(r"[^\s,]+")
WITHIN_RE = re.compile(r"\w")
CELL_RE = re.compile(r"(?<!\\)\|")


class Said(NamedTuple):
    """Something that a reader may take for an answer: its words, whether the guide calls it right, and where it stands."""

    text: str
    right: bool
    position: Position


class Named(NamedTuple):
    """A place that names a state: what rests on it there, and what that offers as an answer."""

    name: str
    position: Position
    subject: str
    answers: Callable[[State], Sequence[Said]]
    ordered: bool = False


def check(book: Book) -> Iterable[Problem]:
    """Yield the answers that the model contradicts, and the states that are not there or that nothing names."""
    if STATES in book.unread:
        return
    yield from _missions(book)
    states = {state.name: state for state in book.states}
    # An entry that is there and no state is a problem already, which names it.
    wrong = [problem.message for problem in book.said if problem.code == "LAB001"]
    named = set[str]()
    for each in _all(book):
        if state := states.get(each.name):
            named.add(each.name)
            yield from (_look_along if state.order and each.ordered else _look)(state, each)
        elif not any(f"`{each.name}`" in words for words in wrong):
            fix = f"{did_you_mean(each.name, states)}States are kept in `{book.project.prefix}{STATES}`."
            yield Problem(each.position, "LAB004", f"There is no state `{each.name}`.", fix)
    for state in states.values():
        if state.name not in named:
            message = f"Nothing rests on the state `{state.name}`."
            fix = f"Name it as `evidence: [{LAB}{state.name}]`, or remove it."
            yield Problem(state.position, "LAB005", message, fix)


def _missions(book: Book) -> Iterator[Problem]:
    """Yield what asks for a mission that is not there, where readers would see nothing, or for a lab again."""
    known, first = [mission.name for mission in book.missions], dict[str, Position]()
    for comment in (each for part in book.parts.values() for each in part.comments):
        name = comment.more
        if comment.asks == "mission NAME" and name not in known:
            fix = f"{did_you_mean(name, known)}Missions are kept in `{book.project.prefix}{MISSIONS}`."
            if MISSIONS not in book.unread:
                yield Problem(book.place(comment, name), "LAB004", f"There is no mission `{name}`.", fix)
        elif comment.asks in ("mission NAME", "free play"):
            key = f"lab-{name or FREE}"
            if key in first:
                yield _again(key, comment.position, first[key])
            first.setdefault(key, comment.position)


def _again(key: str, second: Position, first: Position) -> Problem:
    """Return the problem of a lab that is asked for again."""
    if second == first:
        return id_taken(key, second, first)
    message = f"The id `{key}` is taken, by {first}."
    return Problem(second, "ID001", message, "Show it once, and link to it from where else it is needed.")


def _all(book: Book) -> Iterator[Named]:
    for part in book.parts.values():
        places = [(key, position) for key, position in part.references if key.startswith("lab-")]
        for checkpoint in part.checkpoints:
            for name in (each.removeprefix(LAB) for each in checkpoint.evidence if each.startswith(LAB)):
                position = _place(f"lab-{name}", checkpoint.position, places)
                ordered = checkpoint.kind == "order"
                yield Named(name, position, f"`{checkpoint.id}`", partial(_options, checkpoint), ordered)
    # A file may be on several pages.
    tables = {each for part in book.parts.values() for each in part.comments if each.asks == "lab STATES"}
    for comment in sorted(tables, key=lambda each: each.position):
        for name in dict.fromkeys(NAME_RE.findall(comment.more)):
            yield Named(name, book.place(comment, name), "This table", partial(_cells, book, comment))


def _place(key: str, start: Position, places: Sequence[tuple[str, Position]]) -> Position:
    """Return where a question names a state: another of its page may name the same."""
    below = (position for named, position in places if named == key and position.line >= start.line)
    return next(below, start)


def _options(checkpoint: Checkpoint, state: State) -> list[Said]:
    """Return the options of a question; of pairs, the right sides for the left side that the state is of."""
    choices = checkpoint.choices
    if checkpoint.kind != "match":
        return [Said(plain(choice.text), choice.right, choice.position) for choice in choices]
    mine = [choice for choice in choices if _has(plain(choice.text), state.of)]
    return [Said(plain(other.match), other is one, other.position) for one in mine for other in choices]


def _cells(book: Book, comment: Comment, state: State) -> list[Said]:
    """Return the cells of one row of the table that follows a comment: what stands in a table is said to be right."""
    source, first = book.below(comment)
    lines = takewhile(lambda line: "|" in line, source.lines[first - 1 :])
    rows = [[plain(cell).strip() for cell in CELL_RE.split(line.strip().strip("|"))] for line in lines]
    heads = [index for index, head in enumerate(rows[0]) if _has(head, state.column)] if rows else []
    return [
        Said(
            " | ".join(row[index] for index in heads if index < len(row)), RIGHT, Position(source.path, first + number)
        )
        for number, row in enumerate(rows)
        if number > 1 and _has(row[0], state.of)
    ]


def _has(text: str, words: str) -> bool:
    """Return whether a text has these words in a row; no words are in every text."""
    shown, wanted = _even(text), _wanted(words)
    at = shown.find(wanted)
    while at >= 0 and WITHIN_RE.search(shown[max(at - 1, 0) : at] + shown[at + len(wanted) :][:1] if wanted else ""):
        at = shown.find(wanted, at + 1)
    return at >= 0


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()


# Compiled to patterns, the words of all states would be more than Python keeps of those.
@cache
def _wanted(words: str) -> str:
    return _even(plain(words))


def _look(state: State, named: Named) -> Iterator[Problem]:
    """Yield what the model says otherwise, and words of the state that are in no answer."""
    if state.order or named.ordered:
        has = "an order" if state.order else "answers"
        message = f"The state `{state.name}` has {has}, and {named.subject} has none."
        yield Problem(named.position, "LAB003", message, f"Steps in an order need `order` at {state.position}.")
        return
    said, tied = named.answers(state), False
    missing = 0
    for claim in state.answers:
        found = [each for each in said if _has(each.text, claim.words)]
        tied = tied or any(each.right for each in found)
        if not found:
            missing += 1
            yield _missing(state, claim.words, named)
        for each in found:
            if each.right != claim.holds:
                yield _contradicted(state, claim, named, each)
    if not tied and missing < len(state.answers):
        message = f"{named.subject} has no right answer among the words of the state `{state.name}`, which proves none."
        fix = f"Add words of the right one at {state.position}, with what they claim."
        yield Problem(named.position, "LAB003", message, fix)


def _look_along(state: State, named: Named) -> Iterator[Problem]:
    """Yield steps that do not stand as the call meets their hops."""
    said, met, latest = named.answers(state), state.met, 0
    places = {step: [place for place, each in enumerate(said) if _has(each.text, step.words)] for step in state.order}
    yield from (_missing(state, step.words, named) for step, found in places.items() if not found)
    for place, hop in sorted((found[0], step.hop) for step, found in places.items() if found):
        if hop in met[latest:]:
            latest += met[latest:].index(hop)
        else:
            yield _misplaced(state, named, said[place], hop)


def _misplaced(state: State, named: Named, said: Said, hop: str) -> Problem:
    message = (
        f"{named.subject} has {quoted(said.text)} in a wrong place. It is about `{hop}`, and of the state "
        f"`{state.name}` at {state.position} the model says that the call meets {', '.join(state.met)}."
    )
    return Problem(said.position, "LAB002", message, "Correct the order, or the state.")


def _missing(state: State, words: str, named: Named) -> Problem:
    message = f"{named.subject} has no answer with {quoted(words)}, as the state `{state.name}` says."
    return Problem(named.position, "LAB003", message, f"Correct the words at {state.position}.")


def _contradicted(state: State, claim: Claim, named: Named, said: Said) -> Problem:
    marked = "right" if said.right else "wrong"
    message = (
        f"{named.subject} has {quoted(said.text)} as {marked}. It says `{claim.said}`, and of the state `{state.name}` "
        f"at {state.position} the model says that {_verdict(state)}{_change(state, claim)}."
    )
    return Problem(said.position, "LAB002", message, "Correct the answer, or the state.")


def _verdict(state: State) -> str:
    verdict = state.verdict
    if verdict.reached:
        return "the call gets through"
    return f"the call is stopped at `{verdict.blocked_at}`, with the symptom `{verdict.symptom}`"


def _change(state: State, claim: Claim) -> str:
    words = claim.said.split()
    if words[0] in {OVER, WITHOUT}:
        return f", by way of {', '.join(state.met)}"
    if "=" not in claim.said:
        return ""
    if "=" not in words[-1]:
        return f", and that this is {'so' if claim.holds else 'not so'} with the change"
    if state.verdict.reached:
        return " without a change"
    return ", and gets through with this change" if claim.holds else ", and not let through by this change"
