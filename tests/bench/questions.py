"""Questions: what a build takes for each, of a hundred and of a thousand, and how well this guide's can be guessed."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, NamedTuple

from book import QUALITIES, TOPICS, VERBS
from contenders import ROOT, Cost, measure, median
from studyguide import directives
from studyguide.checks.questions import Asked, asked
from studyguide.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

FEW, MANY, ON_A_PAGE = 100, 1000, 25
SETTINGS = """\
site_name: Questions
site_url: https://example.org/
theme: {name: material, font: false}
plugins: [search]
hooks: [HOOKS/events.py]
markdown_extensions: [attr_list, md_in_html, tables, toc, pymdownx.superfences]
"""
TAKE = "\n\n".join(f"<!-- studyguide: take questions.{kind} -->" for kind in ("apkg", "txt", "gift", "csv", "json"))
SOURCE = "a:\n  fact: So it is.\n  title: A page\n  url: https://example.org/a\n  checked: 2999-01-01\n  confidence: official\n"


class Growth(NamedTuple):
    """What a build of few questions costs, and one of many; each is the median of some runs."""

    few: Cost
    many: Cost

    @property
    def each(self) -> tuple[float, float]:
        """The seconds of the processor for each question."""
        return self.few.cpu / FEW, self.many.cpu / MANY

    @property
    def further(self) -> float:
        """The seconds for each question beyond the few: without what a build takes whatever it holds."""
        return (self.many.cpu - self.few.cpu) / (MANY - FEW)


def growth(folder: Path, *, runs: int) -> Growth:
    """Build a guide of few questions and one of many, in turns."""
    for count in (FEW, MANY):
        write(folder / str(count), count)
    found: dict[int, list[Cost]] = {FEW: [], MANY: []}
    for _ in range(runs):
        for count, costs in found.items():
            run = measure([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder / str(count))
            if run.code:
                message = f"A guide of {count} questions does not build:\n{run.output}"
                raise RuntimeError(message)
            costs.append(run.cost)
    return Growth(median(found[FEW]), median(found[MANY]))


def write(folder: Path, count: int) -> None:
    """Write a guide of so many questions, the same ones every time."""
    chance = random.Random(count)  # noqa: S311
    docs = folder / "docs"
    (docs / "reference").mkdir(parents=True)
    (docs / "practice").mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS.replace("HOOKS", str(ROOT / "hooks")), "utf-8")
    (docs / "reference/sources.yml").write_text(SOURCE, "utf-8")
    (docs / "index.md").write_text("# Home\n\n<!-- studyguide: sources -->\n", "utf-8")
    (docs / "practice/take.md").write_text(f"# Take\n\n{TAKE}\n", "utf-8")
    for first in range(0, count, ON_A_PAGE):
        questions = (_question(number, chance) for number in range(first, first + ON_A_PAGE))
        (docs / f"q-{first:04}.md").write_text(f"# Page {first}\n\n" + "\n".join(questions), "utf-8")


def _question(number: int, chance: random.Random) -> str:
    right = chance.randrange(4)
    items = "".join(
        f"- [{'x' if at == right else ' '}] {_said(chance).capitalize()}\n    > {_said(chance).capitalize()}, and {_said(chance)}.\n"
        for at in range(4)
    )
    stem = f"{_said(chance).capitalize()} and {_said(chance)}. What does the {chance.choice(TOPICS)} do?"
    options = f"    id: cp-{number}\n    evidence: [fact:a]\n    reviewed: 2026-01-01\n"
    return f"/// checkpoint | {stem}\n{options}\n{items}\n{_said(chance).capitalize()}.\n///\n"


def _said(chance: random.Random) -> str:
    one, two = chance.choice(TOPICS), chance.choice(TOPICS)
    return f"the {chance.choice(QUALITIES)} {one} {chance.choice(VERBS)} a {chance.choice(QUALITIES)} {two}"


def of_this_guide() -> list[Asked]:
    """Return every question of the guide."""
    docs = ROOT / "docs"
    pages = [Source(file.relative_to(docs).as_posix(), file.read_text("utf-8")) for file in sorted(docs.rglob("*.md"))]
    return [asked(checkpoint) for page in pages for checkpoint in directives.read(page).checkpoints]
