"""The values of the guide: plain, frozen, and free of behaviour that needs a build.

A *target* is anything a reader can be sent to (figure, checkpoint, term, objective, source);
a *reference* is a place in the Markdown that points at one; a *problem* is a finding at a place.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from studyguide.codes import RULES, Severity
from studyguide.kinds import KINDS

Engine = Literal["tikz", "mermaid"]
CheckpointKind = Literal["one", "several", "fill", "number", "order", "match", "fault"]
Form = Literal["wide", "narrow"]
FORMS: tuple[Form, ...] = ("wide", "narrow")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file the author wrote: lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that is certain to mend a problem: at ``position``, ``old`` becomes ``new``. Neither holds a line end."""

    position: Position
    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A finding: where it is, its stable code, what is wrong, and how to mend it.

    ``notes`` say what else is known, such as the commit that removed what is missing; ``edit`` is there
    only where it is certain; ``level`` is how bad it is where that is not what its code says. None of them makes two
    problems different.
    """

    position: Position
    code: str
    message: str
    fix: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)
    edit: Edit | None = field(default=None, compare=False)
    level: Severity | None = field(default=None, compare=False)

    @property
    def severity(self) -> Severity:
        """How bad it is: hints fail nothing."""
        return self.level or RULES[self.code].severity

    @property
    def fails(self) -> bool:
        """Whether a strict build fails for it."""
        return self.severity != "hint"

    def __str__(self) -> str:
        fix = f" Fix: {self.fix}" if self.fix else ""
        return f"{self.position}: {self.code} {self.message}{fix}"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A problem inside a figure's source, before anyone knows which file that source is in.

    ``line`` and ``column`` count from 1 at the first line of the source.
    """

    line: int
    column: int
    code: str
    message: str
    fix: str = ""

    def at(self, start: Position) -> Problem:
        """Return the problem, given where the source's first character is in its file."""
        where = replace(start, line=start.line + self.line - 1, column=start.column + self.column - 1)
        return Problem(where, self.code, self.message, self.fix)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn figure, ready to be placed in a page or a file.

    ``svg`` is the ``<svg>`` element with neutral ids; ``glyphs`` are the letter shapes it uses,
    as ``(id, path data)``, kept apart so that a page defines each once; ``colours`` are the
    ``rrggbb`` values behind its CSS variables; ``words`` are its labels, in drawing order.
    """

    svg: str
    width: float = 0.0
    height: float = 0.0
    glyphs: tuple[tuple[str, str], ...] = ()
    colours: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Something a reader can be sent to, of a kind of the table of kinds.

    ``title`` is the name a reference shows; ``text`` the words a tooltip shows; ``number`` counts
    targets of a kind in reading order, from 1, and is 0 until the registry knows that order.
    """

    kind: str
    id: str
    title: str
    position: Position
    text: str = ""
    number: int = 0

    @property
    def label(self) -> str:
        """What a reference without words of its own says."""
        if self.kind == "source":
            return f"[{self.number}]"
        return f"{self.kind.capitalize()} {self.number}" if KINDS[self.kind].numbered else self.title


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing to be made: ``key`` is its id or, where it has none, a name of the build's own.

    One that has a ``form`` is drawn twice, for wide and for narrow places, and the other form is of the same ``figure``.
    """

    key: str
    caption: str
    alt: str
    engine: Engine
    code: str
    start: Position
    form: Form | None = None
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a checkpoint, with the reason that makes it right or wrong, as Markdown.

    It may be an answer to fill in or a step, too; of a pair, ``text`` is the left side and ``match`` the right one.
    """

    text: str
    reason: str
    right: bool
    position: Position
    match: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A question with its options, as written; ``reviewed`` is the day somebody last checked the answer, as text.

    ``setting`` is what stands between the question and its options: text, code, the source of a figure. ``drawing`` is
    the key of the figure whose labels the options are, "" where they are no labels.

    The steps of kind ``order`` stand in the right order. ``difficulty`` is 1 to 3, or 0 where nobody said;
    ``confused_with`` are the ids of what a reader may take it for.
    """

    id: str
    stem: str
    choices: tuple[Choice, ...]
    explanation: str
    objective: str
    position: Position
    reviewed: str = ""
    kind: CheckpointKind = "one"
    evidence: tuple[str, ...] = ()
    difficulty: int = 0
    confused_with: tuple[str, ...] = ()
    setting: str = ""
    drawing: str = ""
