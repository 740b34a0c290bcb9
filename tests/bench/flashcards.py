"""``make bench``: how long a reader waits for a flashcard after a key, with a hundred and with a thousand to come.

python tests/bench/flashcards.py [--site DIR]

What is measured is the script's work for one card: its back, its grade, what is kept of it, and the next one's front.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from lighthouse import ROOT, built, say, served
from studyguide.exports.pdf import chromium

FRAME = 16
SIZES = (100, 1000)
TIMES = """async (size) => {
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


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="How long a reader waits for the next flashcard.")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    options = parser.parse_args()
    browser = chromium()
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it is among the tests' packages, not the guide's
    except ImportError:
        browser = None
    if browser is None:
        say("Flashcards: not run, there is no Chromium or no Playwright here.")
        return
    say("\n| cards to come | median ms a card | 99 of 100 within ms | longer than a frame |\n| --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory(prefix="studyguide-bench-") as folder:
        site = options.site or built(ROOT, Path(folder) / "site")
        with served(site) as address, sync_playwright() as playwright:
            page = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
            page.goto(f"{address}practice/flashcards/")
            page.get_by_role("button", name="Start", exact=True).wait_for()
            for size in SIZES:
                took = page.evaluate(TIMES, size)
                late = sum(each > FRAME for each in took)
                say(f"| {size} | {took[len(took) // 2]:.1f} | {took[len(took) * 99 // 100]:.1f} | {late} |")
                page.get_by_role("button", name="Start", exact=True).wait_for()


if __name__ == "__main__":
    main()
