"""``make bench``: the checks of a large site and of this guide, beside other checkers of the same pages, in one run.

python tests/bench/run.py [--pages 1000] [--runs 3]

Every figure is the median of the runs, which take turns so that a busy machine slows all alike. Nothing here is a test:
a budget that is missed is printed as missed, and the exit code is 0 all the same.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import questions
from book import BROKEN, LINKS, RIGHT, Book, book, write
from contenders import Cost, Run, measure, median, of_the_book, run, versions
from findings import READERS, score
from guide import GuideCosts, costs
from reachability.graph import build
from studyguide.checks.questions import guesses
from studyguide.exports import lab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CHECK_SHARE, HOOK_RATIO, PAGE_MILLISECONDS, QUESTION_GROWTH, SAVED = 0.05, 2.0, 20, 2.5, 1.0
# Seconds that a check as a process of its own may take on top: starting Python, and reading what the build left.
PROCESS = 1.5
NOT_RUN = "not run"
# What names nothing, in a page of so many names that are all different, and of twice as many.
UNKNOWN = ("[@nope{0}]", "[](#fig-nope{0})", "[page](nope{0}.md)", "[part](known.md#name{0}x)", "[the plan][nope{0}]")
NAMES = 800
NAMELESS = (
    "site_name: Names\ntheme: {name: mkdocs}\nplugins: [studyguide]\nmarkdown_extensions: [pymdownx.blocks.html]\n"
)
# The run whose output holds a checker's findings.
PRINTED = {
    "studyguide": "studyguide",
    "htmlproofer": "MkDocs with htmlproofer",
    "Zensical": "Zensical with its check",
    "MkDocs": "MkDocs",
}


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the checks beside those of other programs.")
    parser.add_argument("--pages", type=int, default=1000, help="pages of the generated site (1000)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each contender (3)")
    options = parser.parse_args()
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors"
    _say(f"{versions() or 'No competitor is pinned'}. {machine}, {options.runs} runs.\n")
    with tempfile.TemporaryDirectory(prefix="studyguide-bench-") as folder:
        _bench_book(Path(folder), options.pages, options.runs)
        _say("\n## Pages of unknown names\n")
        _unknown(Path(folder) / "names")
        _say("\n## This guide\n")
        _guide(costs(Path(folder) / "guide", runs=options.runs))
        _lab()
        _say("\n## Questions\n")
        _questions(questions.growth(Path(folder) / "questions", runs=options.runs))


def _bench_book(folder: Path, pages: int, runs: int) -> None:
    made = book(pages)
    write(made, folder / "book")
    found: dict[str, list[Cost]] = defaultdict(list)
    last: dict[str, Run] = {}
    watches, stages = [], []
    contenders = of_the_book(folder / "book")
    for _ in range(runs):
        for contender in contenders:
            last[contender.name] = run(contender, folder / "book")
            found[contender.name].append(last[contender.name].cost)
        watches.append(json.loads((folder / "book" / "watch.json").read_text("utf-8")))
        stages.append(json.loads((folder / "book" / "stage.json").read_text("utf-8")))
    middle = {name: median(list_of) for name, list_of in found.items()}
    checked = json.loads(last["studyguide"].output)["checked"]
    _say(f"## A site of {pages:,} pages with {sum(LINKS.values())} links in each: {checked}\n")
    _times(middle, pages)
    _stage(stages, middle["MkDocs"])
    _inside(watches, middle["MkDocs"], pages)
    _growth(folder, pages, middle["studyguide"])
    _say("\n## What each checker found of the links that are broken on purpose\n")
    _findings(made, last)
    _say("\n## The same pages with the whole navigation on each, one run\n")
    _whole_navigation(folder / "whole", pages)


def _times(middle: dict[str, Cost], pages: int) -> None:
    """Print what each contender cost, and what the checks alone did."""
    build = middle["MkDocs"]
    rows: list[tuple[str, ...]] = [
        (name, *_figures(cost), f"{cost.seconds / build.seconds:.3f}", f"{cost.cpu / build.cpu:.3f}")
        for name, cost in middle.items()
    ]
    rows += [
        _difference("htmlproofer alone", middle, "MkDocs with htmlproofer", "MkDocs without htmlproofer"),
        _difference("Zensical's check alone", middle, "Zensical with its check", "Zensical without its check"),
    ]
    _table(("median", "time", "CPU", "peak memory", "time / MkDocs", "CPU / MkDocs"), rows)
    check = middle["studyguide"]
    allowed = PROCESS + CHECK_SHARE * build.seconds
    _say(f"\nAs a process of its own, checking takes {_budget(check.seconds, allowed, '.2f')} seconds,")
    _say(f"{check.cpu / build.cpu:.1%} of the CPU of the build: {1000 * check.seconds / pages:.2f} ms for each page.")


def _difference(name: str, middle: dict[str, Cost], whole: str, without: str) -> tuple[str, ...]:
    if whole not in middle:
        return (name, *[NOT_RUN] * 5)
    seconds, cpu = (middle[whole][field] - middle[without][field] for field in (0, 1))
    build = middle["MkDocs"]
    memory = middle[whole].memory - middle[without].memory
    figures = _figures(Cost(seconds, cpu, memory))
    return (name, *figures, f"{seconds / build.seconds:.3f}", f"{cpu / build.cpu:.3f}")


def _stage(stages: list[dict[str, float]], build: Cost) -> None:
    """Print what the checks take as a stage of the build."""
    seconds = sorted(stage["read"] + stage["check"] for stage in stages)[len(stages) // 2]
    share = _budget(seconds / build.cpu, CHECK_SHARE, ".1%")
    _say(f"\nAs a stage of the build, reading the pages and looking at them takes {seconds:.2f} s: {share} of its CPU.")


def _inside(watches: list[dict[str, float]], build: Cost, pages: int) -> None:
    """Print the parts of a check within its process."""
    parts = {name: sorted(watch[name] for watch in watches)[len(watches) // 2] for name in watches[0]}
    named = {
        "starting": parts["import"],
        "reading the built pages": parts["read"],
        "looking at them": parts["check"],
        "reading the sources and the rest": parts["main"] - parts["read"] - parts["check"],
        "all but starting": parts["main"],
    }
    _say(f"\nThe parts of that process, {parts['main'] / build.cpu:.1%} of the CPU of the build without its start:\n")
    rows = [
        (name, f"{value:.2f} s", f"{1000 * value / pages:.3f} ms", f"{value / build.cpu:.3f}")
        for name, value in named.items()
    ]
    _table(("part", "CPU", "for each page", "CPU / MkDocs"), rows)


def _growth(folder: Path, pages: int, whole: Cost) -> None:
    """Print the memory that each further page takes, from a site of a quarter of the size."""
    small = max(1, pages // 4)
    write(book(small), folder / "small")
    _mkdocs(folder / "small", "--quiet")
    quarter = _check(folder / "small").cost
    per_page = 1024 * (whole.memory - quarter.memory) / (pages - small)
    _say(
        f"\nMemory: {quarter.memory:.0f} MB for {small:,} pages, {whole.memory:.0f} MB for {pages:,}: {per_page:.0f} KB a page."
    )


def _whole_navigation(folder: Path, pages: int) -> None:
    write(book(pages, prune=False), folder)
    build, check = _mkdocs(folder, "--quiet"), _check(folder)
    checked = json.loads(check.output)["checked"]
    rows = [
        (name, *_figures(cost), f"{cost.seconds / build.cost.seconds:.3f}", f"{cost.cpu / build.cost.cpu:.3f}")
        for name, cost in (("MkDocs", build.cost), (f"studyguide: {checked}", check.cost))
    ]
    _table(("one run", "time", "CPU", "peak memory", "time / MkDocs", "CPU / MkDocs"), rows)


def _findings(made: Book, last: dict[str, Run]) -> None:
    """Print what each checker said, by kind of link."""
    names = [name for name, printed in PRINTED.items() if printed in last]
    scores = {name: score(READERS[name](last[PRINTED[name]].output), made.planted) for name in names}
    broken = sum(link.places for link in made.planted if link.broken)
    right = sum(link.places for link in made.planted if not link.broken)

    def row(title: str, values: dict[str, int], of: int) -> tuple[str, ...]:
        return (title, *(f"{values[name]} of {of}" if name in values else NOT_RUN for name in PRINTED))

    rows = [
        row("**broken links found**", {name: scores[name].found for name in names}, broken),
        row("**at their line**", {name: scores[name].at_line for name in names}, broken),
        row("**right links called broken**", {name: scores[name].false for name in names}, right),
    ]
    for kind in (*BROKEN, *RIGHT):
        places = sum(link.places for link in made.planted if link.kind == kind)
        title = f"{'broken' if kind in BROKEN else 'right'}: {kind}"
        rows.append(row(title, {name: scores[name].kinds[kind] for name in names}, places))
    rows.append(("anything else", *(str(scores[name].other) if name in scores else NOT_RUN for name in PRINTED)))
    _table(("", *PRINTED), rows)


def _unknown(folder: Path) -> None:
    """Print what a page of unknown names takes, beside as many names that may have been meant: twice as many take twice as long."""
    rows = []
    for number in (NAMES // 2, NAMES):
        names = [UNKNOWN[each % len(UNKNOWN)].format(each) for each in range(number)]
        known = [f"## Name{each}" for each in range(number)]
        pages = {"index.md": ["# Unknown", *names], "known.md": ["# Known", *known]}
        write(
            Book({"mkdocs.yml": NAMELESS, **{f"docs/{name}": "\n\n".join(text) for name, text in pages.items()}}, []),
            folder,
        )
        check = measure([sys.executable, "-m", "studyguide.cli", "check", "--format", "json"], folder)
        found = len(json.loads(check.output)["problems"])
        rows.append((f"{number:,} names: {found:,} problems", *_figures(check.cost)))
    _table(("one run", "time", "CPU", "peak memory"), rows)


def _guide(found: GuideCosts) -> None:
    """Print what the hook costs this guide."""
    rows = [
        (name, *_figures(cost), f"{cost.seconds / found.plain.seconds:.2f}", f"{cost.cpu / found.plain.cpu:.2f}")
        for name, cost in (
            ("plain Material, the same pages", found.plain),
            ("with every hook, as after a build", found.again),
            ("with every hook, figures from the cache", found.drawn),
            ("with every hook, from nothing", found.first),
        )
    ]
    _table(("", "time", "CPU", "peak memory", "time / plain", "CPU / plain"), rows)
    page = 1000 * found.checks / found.pages
    _say(
        f"\nA build after another takes {_budget(found.again.seconds / found.plain.seconds, HOOK_RATIO, '.2f')} times plain Material;"
    )
    _say(f"the checks take {_budget(page, PAGE_MILLISECONDS, '.1f')} ms of CPU for each of {found.pages} pages,")
    _say(f"and {_budget(found.checks / found.plain.cpu, CHECK_SHARE, '.1%')} of the CPU of the plain build.")
    _say(f"A server has a saved page after {_budget(found.saved, SAVED, '.2f')} s; ")
    _say(f"with plain Material after {found.saved_plain:.2f} s, of which MkDocs waits for about half a second.")


def _lab() -> None:
    """Print what the network lab's free play and graph take to make."""
    start = time.process_time()
    lab.free_play()
    graph = json.dumps(build())
    _say(
        f"The lab's free play and its graph of {len(graph):,} letters take {time.process_time() - start:.1f} s of CPU to make,"
    )
    _say("once for each change of the model's code.")


def _questions(found: questions.Growth) -> None:
    """Print what questions cost, and how well those of this guide can be guessed."""
    few, many = found.each
    rows = [
        (f"{count:,} questions", *_figures(cost), f"{1000 * each:.1f} ms")
        for count, cost, each in ((questions.FEW, found.few, few), (questions.MANY, found.many, many))
    ]
    _table(("", "time", "CPU", "peak memory", "CPU for each"), rows)
    _say(f"\nEach of many questions takes {_budget(many / few, QUESTION_GROWTH, '.2f')} times one of few,")
    _say(f"and each further one {1000 * found.further:.1f} ms.\n")
    asked = questions.of_this_guide()
    rows = [
        (
            each.name,
            str(each.asked),
            f"{each.hits:.1f}",
            f"{each.chance:.1f}",
            _budget(abs(each.points), guesses.POINTS, ".1f"),
        )
        for each in guesses.tally(asked)
    ]
    _table(("whoever takes ...", "tells options apart in", "is right in", "by chance in", "points of a hundred"), rows)
    pairs = [each for each in guesses.pairings(asked) if each.asked >= guesses.FEWEST_SEVERAL]
    most, least = pairs[0], pairs[-1]
    _say(
        f"\nOf the right letters of several, {most.letters} come most often, in {most.found} of {most.asked} questions,"
    )
    _say(
        f"and {least.letters} least often, in {least.found} of {least.asked}; chance makes {most.chance:.1f} and {least.chance:.1f}."
    )


def _mkdocs(folder: Path, *options: str) -> Run:
    return measure([sys.executable, "-m", "mkdocs", "build", *options], folder)


def _check(folder: Path) -> Run:
    return measure([sys.executable, "-m", "studyguide.cli", "check", "--site", "site", "--format", "json"], folder)


def _figures(cost: Cost) -> tuple[str, str, str]:
    return f"{cost.seconds:.2f} s", f"{cost.cpu:.2f} s", f"{cost.memory:.0f} MB"


def _budget(value: float, limit: float, form: str) -> str:
    return f"{value:{form}} (budget {limit:{form}}: {'kept' if value <= limit else 'MISSED'})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    lines.insert(1, tuple("-" * width for width in widths))
    for line in lines:
        _say(f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
