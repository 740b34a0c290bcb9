"""``make bench``: how long a reader waits after a key or a tap, where much may have to be done.

python tests/bench/waits.py [--site DIR]

What is measured is the work of the page: for one flashcard its back, its grade, what is kept of it, and the next one's
front; for a choice or an answer, what changes until the page is laid out again.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lighthouse import ROOT, built, say, served
from studyguide.exports.pdf import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, ViewportSize

FRAME = 1000 / 60
PHONE: ViewportSize = {"width": 390, "height": 844}
SIZES = (100, 1000)
CARDS = """async (size) => {
    const cards = document.querySelector("flash-cards")
    cards.start()
    const [card] = cards.queue
    cards.queue = Array.from({ length: size }, (_, at) => ({ ...card, id: `many-${size}-${at}` }))
    await cards.next()
    const took = []
    while (cards.queue.length > 1) {
        const start = performance.now()
        cards.turn()
        await cards.rate(3)
        took.push(performance.now() - start)
    }
    await cards.stop()
    return took.sort((a, b) => a - b)
}"""


# In free play, while its hops are open: with a script, a choice shuts them.
CHOICES = """(name) => {
    const lab = document.querySelector("#lab-free")
    const boxes = [...lab.querySelectorAll(`input[name="free:${name}"]`)]
    return [...Array(30).keys()].map((turn) => {
        lab.querySelector(".sg-lab__run").open = true
        void document.body.offsetHeight
        const start = performance.now()
        boxes[turn % boxes.length].click()
        void document.body.offsetHeight
        return performance.now() - start
    }).sort((a, b) => a - b)
}"""
ANSWERS = """() => [...document.querySelectorAll("sg-question")].map((question) => {
    for (const place of [".sg-options input", ".sg-commit input"]) question.querySelector(place)?.click()
    void document.body.offsetHeight
    const start = performance.now()
    question.querySelector(".sg-check").click()
    void document.body.offsetHeight
    return performance.now() - start
}).sort((a, b) => a - b)"""


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="How long a reader waits after a key or a tap.")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    options = parser.parse_args()
    browser = chromium()
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it is among the tests' packages, not the guide's
    except ImportError:
        browser = None
    if browser is None:
        say("What a reader waits for: not run, there is no Chromium or no Playwright here.")
        return
    say("\n| on a phone's screen | median ms | 99 of 100 within ms | longer than a frame |\n| --- | --: | --: | --: |")
    with tempfile.TemporaryDirectory(prefix="studyguide-bench-") as folder:
        site = options.site or built(ROOT, Path(folder) / "site")
        with served(site) as address, sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            with_scripts, without = (chrome.new_page(viewport=PHONE, java_script_enabled=on) for on in (True, False))
            for name, took in (*waits(with_scripts, address), *choices(without, address, "free play, scripts off")):
                late = sum(each > FRAME for each in took)
                say(
                    f"| {name} | {took[len(took) // 2]:.1f} | {took[len(took) * 99 // 100]:.1f} | {late} of {len(took)} |"
                )


def waits(page: Page, address: str) -> Iterator[tuple[str, list[float]]]:
    """Yield what a reader does, and the milliseconds that each time took, the shortest first."""
    page.goto(f"{address}practice/flashcards/")
    for size in SIZES:
        page.get_by_role("button", name="Start", exact=True).wait_for()
        yield f"a flashcard, of {size:,} to come", page.evaluate(CARDS, size)
    page.goto(f"{address}practice/bank/internet/")
    page.locator(".sg-check").first.wait_for()
    yield "*Check*, on a page of many questions", page.evaluate(ANSWERS)
    yield from choices(page, address, "free play")


def choices(page: Page, address: str, place: str) -> Iterator[tuple[str, list[float]]]:
    page.goto(f"{address}lab/free-play/")
    for name in ("target", "attached", "route4", "egress"):
        yield f"another `{name}` in {place}", page.evaluate(CHOICES, name)


if __name__ == "__main__":
    main()
