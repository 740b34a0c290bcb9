"""What is defined and never used: figures, terms and sources that nothing names, objectives without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives.part import is_made
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.model import Target


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for everything that is defined and that nothing in the guide refers to."""
    tested = {checkpoint.objective for part in book.parts.values() for checkpoint in part.checkpoints}
    for target in (target for part in book.parts.values() for target in part.targets):
        if is_made(target.id):  # it has no id that anything could refer to, and that is a problem already
            continue
        if target.kind == "objective" and target.id not in tested:
            fix = f"Write a checkpoint with `objective: {target.id}`."
            yield Problem(target.position, "OBJ002", f"No checkpoint tests the objective `{target.id}`.", fix)
        elif target.kind in ("figure", "term") and target.id not in book.mentioned:
            yield _unused(target)
    for entry in book.cited:
        if f"src-{entry.key}" not in book.mentioned:
            fix = f"Cite it where its fact stands, with `[@{entry.key}]`, or remove it."
            yield Problem(entry.position, "SRC004", f"Nothing cites the source `{entry.key}`.", fix)


def _unused(target: Target) -> Problem:
    code = "FIG019" if target.kind == "figure" else "TRM003"
    fix = f"Name it where the text speaks of it: `[](#{target.id})`."
    return Problem(target.position, code, f"Nothing in the guide refers to the {target.kind} `{target.id}`.", fix)
