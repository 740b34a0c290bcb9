"""Mistakes in checkpoints, and answers that show too early."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from studyguide.directives.checkpoint import CHOICE_RE, REASON_RE
from studyguide.model import Position
from studyguide.text.source import plain

from mutate.directives import one_line
from mutate.insert import paragraphs
from mutate.mutant import Kind, Mutant, expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mutate.original import Edited, Found, Original

DESCRIPTION_RE = re.compile(r"^description: (?!>|\|).*$")
# A sentence of fewer words gives nothing away.
FEWEST = 8


def _choices(found: Found) -> list[tuple[int, bool]]:
    """Return the line of each option of a checkpoint, and whether it is marked as right."""
    matches = [(line.number, CHOICE_RE.match(line.text)) for line in found.body]
    return [(number, match["mark"] != " ") for number, match in matches if match]


def _with_choices(original: Original) -> list[Found]:
    """Return the checkpoints whose options have marks: steps and pairs have none."""
    return [found for found in original.named("checkpoint") if any(right for _, right in _choices(found))]


def _marked(original: Original, found: Found, right: set[int]) -> Edited:
    """Return the page with other options of a checkpoint marked as right."""
    lines = original.sources[found.path].lines
    marks = {number: "[x]" if number in right else "[ ]" for number, _ in _choices(found)}
    texts = {number: re.sub(r"\[[ xX]\]", mark, lines[number - 1], count=1) for number, mark in marks.items()}
    return original.apply(original.lines(found.path, number, number, [text]) for number, text in texts.items())


def answer_flipped(original: Original) -> Iterator[Mutant]:
    for found in _with_choices(original):
        choices = _choices(found)
        for number, is_right in choices:
            others = {other for other, right in choices if right} - {next(n for n, right in choices if right)}
            if not is_right:
                files = _marked(original, found, {number, *others})
                expected = (expect("CPT006", found.path, found.first),)
                yield Mutant(Position(found.path, number), f"another option of `{found.id}` is right", files, expected)


def stem_reworded(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        new = f"{original.sources[found.path].lines[found.first - 1]} Or not?"
        change = f"the question of `{found.id}` became another"
        yield one_line(original, found, found.first, [new], found.first, code="CPT006", change=change)


def explanation_reworded(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        new = ["", "Or the other way round.", original.sources[found.path].lines[found.last - 1]]
        change = f"the explanation of `{found.id}` became another"
        yield one_line(original, found, found.last, new, found.first, code="CPT006", change=change)


def right_mark_dropped(original: Original) -> Iterator[Mutant]:
    for found in _with_choices(original):
        files = _marked(original, found, set())
        change = f"no option of `{found.id}` is marked as right"
        yield Mutant(Position(found.path, found.first), change, files, (expect("CPT002", found.path, found.first),))


def reason_dropped(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        body = found.body
        for line, after, last in zip(body, body[1:], body[2:], strict=False):
            if CHOICE_RE.match(line.text) and REASON_RE.match(after.text) and not REASON_RE.match(last.text):
                change = f"the reason of an option of `{found.id}` went"
                yield one_line(original, found, after.number, [], line.number, code="CPT003", change=change)


def options_dropped(original: Original) -> Iterator[Mutant]:
    for found in _with_choices(original):
        numbers = [line.number for line in found.body if CHOICE_RE.match(line.text) or REASON_RE.match(line.text)]
        files = original.apply(original.lines(found.path, number, number) for number in numbers)
        expected = (expect("CPT001", found.path, found.first),)
        yield Mutant(Position(found.path, found.first), f"the options of `{found.id}` went", files, expected)


def heading_inside(original: Original) -> Iterator[Mutant]:
    for found in original.named("checkpoint"):
        new = ["", "### Why", original.sources[found.path].lines[found.last - 1]]
        change = f"a heading was put into `{found.id}`"
        yield one_line(original, found, found.last, new, found.last + 1, code="CPT004", change=change)


def _answers(original: Original) -> Iterator[tuple[Found, int, str]]:
    """Yield a whole sentence of every reason that has one, with the line of its option."""
    for found in original.named("checkpoint"):
        body = found.body
        for line, after in pairwise(body):
            reason = REASON_RE.match(after.text)
            if CHOICE_RE.match(line.text) and reason and "[" not in reason["text"]:
                sentences = re.findall(r"[^.!?:]+[.!?](?= |$)", plain(reason["text"]))
                yield from ((found, line.number, text.strip()) for text in sentences[:1] if len(text.split()) >= FEWEST)


def _is_searched(original: Original, path: str) -> bool:
    source = original.sources[path]
    return "exclude: true" not in source.text[: source.body_start]


def answer_on_its_page(original: Original) -> Iterator[Mutant]:
    for found, line, sentence in _answers(original):
        for path, gap in (gap for gap in original.gaps if gap[0] == found.path):
            at = line + (2 if gap <= line else 0)
            files = original.apply([original.lines(path, gap, gap - 1, [f"Remember: {sentence}", ""])])
            expected = (
                expect("SPL003", path, at),
                *([expect("SPL001", path, at)] if _is_searched(original, path) else []),
            )
            yield Mutant(Position(path, gap), f"an answer of `{found.id}` was put in beside it", files, expected)


def note_of_an_answer(original: Original) -> Iterator[Mutant]:
    """Yield each checkpoint with a footnote in its first reason, which stands at the end of the page."""
    for found in original.named("checkpoint"):
        reason = next((line for line in found.body if REASON_RE.match(line.text)), None)
        if reason:
            path, last = found.path, len(original.sources[found.path].lines)
            edits = [
                original.lines(path, reason.number, reason.number, [f"{reason.text}[^mutant]"]),
                original.lines(path, last, last - 1, ["", "[^mutant]: A note that tells a mutant."]),
            ]
            change = f"a footnote was put into an answer of `{found.id}`"
            expected = (expect("SPL003", path, last + 1),)
            yield Mutant(Position(path, reason.number), change, original.apply(edits), expected)


def answer_elsewhere(original: Original) -> Iterator[Mutant]:
    # The first of each page.
    gaps = [gap for gap in dict(reversed(original.gaps)).items() if _is_searched(original, gap[0])]
    for found, line, sentence in _answers(original):
        for path, first in reversed(gaps):
            if path != found.path:
                files = original.apply([original.lines(path, first, first - 1, [f"Remember: {sentence}", ""])])
                change = f"an answer of `{found.id}` was put in where search finds it"
                yield Mutant(Position(path, first), change, files, (expect("SPL001", found.path, line),))


def answer_in_description(original: Original) -> Iterator[Mutant]:
    for found, _, sentence in _answers(original):
        source = original.sources[found.path]
        for number, line in enumerate(source.lines[: source.body_line - 1], start=1):
            if DESCRIPTION_RE.match(line):
                edit = original.lines(
                    found.path, number, number, [f"description: {json.dumps(sentence, ensure_ascii=False)}"]
                )
                change = f"an answer of `{found.id}` became the description of its page"
                at = Position(found.path, number)
                yield Mutant(at, change, original.apply([edit]), (expect("SPL002", found.path, number),))


def _of_kind(name: str, code: str, *items: str, at: int, option: str = "") -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that puts in a checkpoint of one of the kinds that a guide need not have."""
    options = ["    id: cp-mutant", f"    kind: {name}", *([f"    {option}"] if option else [])]
    head = ("/// checkpoint | Which way does the packet go?", *options, "")
    body = [line for item in items for line in (item, "    > That is how it is.")]
    return lambda original: paragraphs(original, code, *head, *body, "///", at=at)


def _asked_of_no_kind(original: Original) -> Iterator[Mutant]:
    """Yield a question whose last option is written as a step."""
    why = "    > That is how it is."
    items = ("- [x] Out.", why, "- [ ] In.", why, "3. Up.", why)
    return paragraphs(original, "CPT020", "/// checkpoint | Which way?", "    id: cp-mutant", "", *items, "///", at=7)


def _text_behind_reason(original: Original) -> Iterator[Mutant]:
    """Yield a question with words of an option behind the option's reason."""
    why = "    > That is how it is."
    items = ("- [x] Out.", why, "", "    By the only way there is.", "- [ ] In.", why)
    return paragraphs(original, "CPT021", "/// checkpoint | Which way?", "    id: cp-mutant", "", *items, "///", at=6)


def _fault_at(code: str, number: int) -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that puts in a question about a block of two lines, with the fault on another line."""
    head = ("/// checkpoint | Which line is wrong?", "    id: cp-mutant", "    kind: fault", "")
    block = ("| Where |", "| --- |", "| here |", "| there |", "")
    items = (f"- [x] {number}", "    > That is how it is.", "- [ ] 1", "    > It is not.")
    return lambda original: paragraphs(original, code, *head, *block, *items, "///", at=len(head) + len(block))


def _fault_in_drawing(original: Original) -> Iterator[Mutant]:
    """Yield a question whose fault is at a label that the drawing has not."""
    head = ("//// checkpoint | Which part is wrong?", "    id: cp-mutant", "    kind: fault", "", "[](#fig-mutant)", "")
    figure = ("/// figure | A way", "    id: fig-mutant", "    alt: An arrow from here to there.", "", "```mermaid")
    drawing = ("flowchart LR", '  a["Here"] --> b["There"]', "```", "///", "")
    items = ("- [x] Nowhere", "    > That is how it is.", "- [ ] Here", "    > It is not.", "////")
    at = len(head) + len(figure) + len(drawing)
    return paragraphs(original, "CPT018", *head, *figure, *drawing, *items, at=at)


KINDS = (
    Kind("answer-flipped", answer_flipped),
    Kind("question-reworded", stem_reworded),
    Kind("explanation-reworded", explanation_reworded),
    Kind("right-mark-dropped", right_mark_dropped),
    Kind("reason-dropped", reason_dropped),
    Kind("options-dropped", options_dropped),
    Kind("heading-in-checkpoint", heading_inside),
    Kind("checkpoint-of-no-kind", _of_kind("riddle", "CPT007", "- [x] Out.", "- [ ] In.", at=2)),
    Kind("checkpoint-without-blank", _of_kind("fill", "CPT008", "- [x] Out.", at=0)),
    Kind("checkpoint-of-two-steps", _of_kind("order", "CPT009", "1. Out.", "2. In.", at=0)),
    Kind("step-with-a-mark", _of_kind("order", "CPT010", "1. Out.", "2. [x] In.", "3. Up.", at=6)),
    Kind("item-that-is-no-pair", _of_kind("match", "CPT011", "- Out :: far", "- In", "- Up :: high", at=6)),
    Kind("steps-that-are-equal", _of_kind("order", "CPT012", "1. Out.", "2. Out.", "3. Up.", at=6)),
    Kind("number-with-an-order", _of_kind("number", "CPT014", "- [x] 900", at=3, option="shuffle: no")),
    Kind("answer-that-is-no-number", _of_kind("number", "CPT015", "- [x] 900", "- [ ] many", at=6)),
    Kind("tolerance-that-takes-in", _of_kind("number", "CPT016", "- [x] 9", "- [ ] 4", at=7, option="tolerance: 5")),
    Kind("fault-in-no-block", _of_kind("fault", "CPT017", "- [x] 1", "- [ ] 2", at=0)),
    Kind("fault-at-no-place", _fault_at("CPT018", 3)),
    Kind("fault-at-no-label", _fault_in_drawing),
    Kind("step-without-words", _of_kind("order", "CPT019", "1. Out.", "2. ", "3. Up.", at=6)),
    Kind("step-among-options", _asked_of_no_kind),
    Kind("text-behind-a-reason", _text_behind_reason),
    Kind("answer-on-its-page", answer_on_its_page),
    Kind("note-of-an-answer", note_of_an_answer),
    Kind("answer-in-search", answer_elsewhere),
    Kind("answer-in-description", answer_in_description),
)
