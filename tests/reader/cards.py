"""A small site with the guide's own flashcards and progress, and how a reader goes through them."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

from building import build
from reader.practice import GATES, HOME, ROOT, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

WORDS = """---
title: Words
description: All the words.
---

# Words

<!-- studyguide: cards of headings -->
<!-- studyguide: cards of items -->

See [home](index.md), [moat](#term-moat) and [dike](#term-dike), the [flashcards](practice/flashcards.md) and
[progress](practice/progress.md).

/// term | moat
    id: term-moat

Water around a wall.

A castle had one.
///

/// term | dike
    id: term-dike

A wall against water.

The sea has many.
///

### "A gate is a wall."

It is a hole in one.

## Errors

* `GateShutException`, 502: nobody opened the gate.
"""
# Of each word three, a statement, an error, and of the questions what a line asks and answers.
CARDS = {
    "term-moat.meaning", "term-moat.name", "term-moat.example",
    "term-dike.meaning", "term-dike.name", "term-dike.example",
    "myth-a-gate-is-a-wall", "error-GateShutException", "cp-one", "cp-fill", "cp-number", "cp-wall",
}  # fmt: skip
# One of each word comes on a day.
A_DAY = 8


def site(folder: Path, *, words: str = WORDS, **environment: str) -> Path:
    """Build the site in a folder, and return where it is."""
    practice = folder / "docs/practice"
    practice.mkdir(parents=True, exist_ok=True)
    # One word is of a lesson, the other of none.
    gates = GATES.replace("See [home](index.md).", "See [home](index.md), and the [moat](#term-moat).", 1)
    pages = {"index.md": HOME, "gates.md": gates, "words.md": words}
    for name, text in pages.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "docs/reference").mkdir(exist_ok=True)
    # Search finds nothing without.
    shutil.copy(ROOT / "docs/reference/synonyms.txt", folder / "docs/reference")
    names = ("test.md", "my-data.md", "flashcards.md", "progress.md")
    for name in names:
        shutil.copy(ROOT / "docs/practice" / name, practice)
    nav = f"nav: [Home: index.md, Gates: gates.md, Words: words.md, {', '.join(f'{n[:-3]}: practice/{n}' for n in names)}]"
    settings = "\n".join(nav if line.startswith("nav:") else line for line in SETTINGS.splitlines())
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    run = build(folder / "mkdocs.yml", folder / "site", **environment)
    assert run.returncode == 0, run.stderr
    return folder / "site"


# When a reader opens a page first.
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
# The reader's clock, which goes on from the moment that a test says.
CLOCK = """{
    const Real = Date
    const now = () => Number(localStorage.clock ?? Real.now()) + performance.now()
    globalThis.Date = class extends Real {
        constructor(...of) { of.length ? super(...of) : super(now()) }
        static now() { return now() }
    }
}"""


def at(page: Page, moment: dt.datetime) -> None:
    """Set the reader's clock, and open the page again."""
    page.evaluate("(clock) => { localStorage.clock = clock }", moment.timestamp() * 1000)
    page.reload()


def kept(page: Page) -> dict[str, dict]:
    """Return everything that is kept, by its key."""
    return dict(page.evaluate("studyguide.answers.all().then(({ entries }) => entries)"))


def rounds(*given: tuple[str, int], version: str = "1") -> dict:
    """Return what is kept of a card: the moment and the grade of each answer."""
    return {"schema": 1, "rounds": [{"at": at, "grade": grade, "version": version} for at, grade in given]}
