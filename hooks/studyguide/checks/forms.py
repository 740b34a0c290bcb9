"""Two forms of a drawing that show different things: a reader at a phone would learn something else."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from studyguide.checks.labels import labels
from studyguide.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every form that leaves out a node of the other."""
    for path, part in book.parts.items():
        for _, forms in groupby((figure for figure in part.figures if figure.form), key=lambda figure: figure.figure):
            one, other = forms
            if not book.undrawn.isdisjoint({(path, one.key), (path, other.key)}):
                continue  # what does not draw is a problem already
            for figure, twin in ((one, other), (other, one)):
                # A label may break elsewhere.
                shown = {_solid(label) for label in labels(figure.engine, figure.code)}
                missing = ", ".join(
                    f"`{label}`" for label in labels(twin.engine, twin.code) if _solid(label) not in shown
                )
                if missing:
                    message = f"This {figure.form} form does not show {missing}, which the {twin.form} form does."
                    yield Problem(
                        figure.start, "FIG022", message, "Give both forms the same nodes, with the same labels."
                    )


def _solid(label: str) -> str:
    return "".join(label.split())
