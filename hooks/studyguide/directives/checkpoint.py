"""A checkpoint: a question whose answer opens below it, without a script.

/// checkpoint | Can it call?      ->  <section class="sg-checkpoint" id="cp-call">
    id: cp-call                          the stem, <ol class="sg-options">
- [ ] Yes                                <details data-search-exclude> the right letters,
    > No route.                            a reason for each option, the explanation </details>
- [x] No                               </section>
    > Right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.directives.block import Line
from studyguide.directives.part import Part, element, join
from studyguide.model import Checkpoint, Choice, Problem, Target
from studyguide.source import fence_end, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.directives.block import Block
    from studyguide.model import Position

NAME = "checkpoint"
PREFIX = "cp-"
OPTIONS = ("id", "objective", "reviewed", "evidence")
CHOICE_RE = re.compile(r"^- \[(?P<mark>[ xX])\][ \t]+(?P<text>.*)$")
REASON_RE = re.compile(r"^[ \t]+>[ \t]?(?P<text>.*)$")
HEADING_RE = re.compile(r"^#{1,6}[ \t]")
HOW_MANY = {2: "Choose two.", 3: "Choose three.", 4: "Choose four."}


@dataclass(slots=True)
class _Draft:
    """An option while its lines are collected."""

    right: bool
    first: Line
    text: list[Line] = field(default_factory=list)
    reason: list[Line] = field(default_factory=list)


def read(block: Block, key: str, inner: Callable[[list[Line]], Part]) -> Part:
    """Return the checkpoint as Markdown, with its value, target and references."""
    before, drafts, after = _split(list(block.body))
    stem = join(Part(lines=(block.title, "")), inner(before))
    options = [(draft, inner(draft.text), inner(draft.reason)) for draft in drafts]
    explanation = inner(after)
    lines = _markdown(key, stem, options, explanation)
    own = Part(
        targets=(Target("checkpoint", key, plain(block.title), block.at("id")),),
        checkpoints=(_value(block, key, drafts, after),),
        references=tuple(_references(block)),
        problems=tuple(_problems(block, drafts)),
    )
    nested = [part for _, text, reason in options for part in (text, reason)]
    return join(own, stem, *nested, explanation).with_lines(lines)


def _split(body: list[Line]) -> tuple[list[Line], list[_Draft], list[Line]]:
    """Return what comes before the options, the options, and the explanation after them."""
    texts = [line.text for line in body]
    before: list[Line] = []
    drafts: list[_Draft] = []
    index = 0
    while index < len(body):
        choice = CHOICE_RE.match(texts[index])
        last = fence_end(texts, index) or index
        if choice:
            line = body[index]
            shift = choice.start("text")
            drafts.append(_Draft(choice["mark"] != " ", line, [Line(choice["text"], line.number, line.column + shift)]))
        elif drafts and texts[index].strip() and not texts[index][0].isspace():
            return before, drafts, body[index:]
        elif drafts:
            _collect(drafts[-1], body[index : last + 1])
        else:
            before += body[index : last + 1]
        index = last + 1
    return before, drafts, []


def _collect(draft: _Draft, lines: list[Line]) -> None:
    for line in lines:
        reason = REASON_RE.match(line.text)
        if reason:
            draft.reason.append(Line(reason["text"], line.number, line.column + reason.start("text")))
        elif draft.reason and not line.text.strip():
            draft.reason.append(line)
        else:
            text = line.text.lstrip()
            draft.text.append(Line(text, line.number, line.column + len(line.text) - len(text)))


def _markdown(key: str, stem: Part, options: list[tuple[_Draft, Part, Part]], explanation: Part) -> list[str]:
    letters = [chr(ord("A") + i) for i, (draft, _, _) in enumerate(options) if draft.right]
    choices = [line for _, text, _ in options for line in element("li", text.lines)]
    reasons = [line for draft, _, reason in options for line in _reason(reason, right=draft.right)]
    hint = (
        element("p", [HOW_MANY.get(len(letters), "")], markdown="inline", class_="sg-hint") if len(letters) > 1 else []
    )
    answer = [
        *element("summary", ["Show the answer"], markdown="inline"),
        *element(
            "p",
            [f"Right: **{' and '.join(letters)}**" if letters else "No option is marked as right."],
            markdown="inline",
            class_="sg-verdict",
        ),
        *element("ol", reasons, class_="sg-reasons", type="A"),
        *(element("div", explanation.lines, class_="sg-explanation") if explanation.lines else []),
    ]
    body = [
        *element("p", [f"[](#{key})"], markdown="inline", class_="sg-label"),
        *element("div", stem.lines, class_="sg-stem", id=f"{key}-stem"),
        *hint,
        *element("ol", choices, class_="sg-options", type="A"),
        *element("details", answer, class_="sg-answer", **{"data-search-exclude": "true"}),
    ]
    return element("section", body, class_="sg-checkpoint", id=key, **{"aria-labelledby": f"{key}-stem"})


def _reason(reason: Part, *, right: bool) -> list[str]:
    mark = element("p", ["Right" if right else "Not this one"], markdown="inline", class_="sg-mark")
    return element("li", [*mark, *reason.lines], class_="sg-right" if right else "sg-wrong")


def _value(block: Block, key: str, drafts: list[_Draft], after: list[Line]) -> Checkpoint:
    choices = tuple(
        Choice(_joined(draft.text), _joined(draft.reason), draft.right, block.place(draft.first)) for draft in drafts
    )
    reviewed = block.text("reviewed")
    return Checkpoint(key, block.title, choices, _joined(after), block.text("objective"), block.position, reviewed)


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines).strip()


def _references(block: Block) -> list[tuple[str, Position]]:
    """Return the ids the options point at: the objective, and the facts given as evidence."""
    found = [(block.text("objective"), block.at("objective"))] if block.text("objective") else []
    evidence = block.options["evidence"].value if "evidence" in block.options else []
    items = evidence if isinstance(evidence, list) else [evidence]
    facts = [str(item).removeprefix("fact:") for item in items if str(item).startswith("fact:")]
    return [*found, *((f"src-{fact}", block.at("evidence")) for fact in facts)]


def _problems(block: Block, drafts: list[_Draft]) -> list[Problem]:
    problems = []
    if not block.title:
        problems.append(
            Problem(
                block.position,
                "CPT005",
                "This checkpoint asks nothing.",
                "Write the question after a bar: `/// checkpoint | Why ...?`.",
            )
        )
    if not drafts:
        problems.append(
            Problem(
                block.position,
                "CPT001",
                "This checkpoint has no options.",
                "Write each as `- [ ] text`, the right one as `- [x] text`.",
            )
        )
    elif not any(draft.right for draft in drafts):
        problems.append(
            Problem(
                block.position, "CPT002", "No option of this checkpoint is marked as right.", "Mark it with `- [x]`."
            )
        )
    problems += [
        Problem(
            block.place(draft.first),
            "CPT003",
            "This option has no reason.",
            "Add a line `    > Why it is right or wrong.` under it.",
        )
        for draft in drafts
        if not _joined(draft.reason)
    ]
    problems += [
        Problem(
            block.place(line),
            "CPT004",
            "A heading in a checkpoint would show in the table of contents.",
            "Use bold text instead.",
        )
        for line in _outside_fences(list(block.body))
        if HEADING_RE.match(REASON_RE.sub(r"\g<text>", line.text).lstrip())
    ]
    return problems


def _outside_fences(lines: list[Line]) -> list[Line]:
    texts, found, index = [line.text for line in lines], [], 0
    while index < len(lines):
        end = fence_end(texts, index)
        if end is None:
            found.append(lines[index])
        index = (end or index) + 1
    return found
