"""The guide's pages by address, known before the site is built; and how a test opens one."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, JSHandle, Page

SCREEN = {"width": 1360, "height": 900}
PHONE = {"width": 390, "height": 844}
LABELS, SIZES, ALIKE = (
    (Path(__file__).parent / name).read_text("utf-8") for name in ("labels.js", "sizes.js", "alike.js")
)
DOCS = Path(__file__).parents[2] / "docs"


def _address(page: Path) -> str:
    path = page.relative_to(DOCS).with_suffix("")
    parts = path.parts[:-1] if path.name == "index" else path.parts
    return "/" + "".join(f"{part}/" for part in parts)


PAGES = sorted(map(_address, DOCS.rglob("*.md")))
_FILES = {_address(file): file for file in DOCS.rglob("*.md")}
# How wide the narrowest phones are.
PHONES = (320, 390)
EVERYWHERE = [*PAGES, "/404.html"]
OPEN = "document.querySelectorAll('details').forEach((details) => { details.open = true })"
# Another screen, or another state, is drawn, and what watches it has seen it.
SEEN = "() => new Promise((seen) => { requestAnimationFrame(() => { requestAnimationFrame(seen) }) })"


def until(page: Page, condition: str, arg: Any = None) -> None:
    """Wait until a condition holds that a page answers at once or by a promise, for as long as other tests wait.

    `wait_for_function` takes the promise itself for the answer, and so never waits for one.
    """
    last = time.monotonic() + 20
    while not page.evaluate(condition, arg):
        if time.monotonic() > last:
            pytest.fail(f"This never held: {condition}")
        page.wait_for_timeout(50)


def load_again(page: Page) -> None:
    """Load a page once more, when what was answered there is kept: nobody leaves it as soon after an answer as a test."""
    page.evaluate("studyguide.answers.all().then(() => {})")
    page.reload()


def found(page: Page, words: str) -> list[str]:
    """Search for words; return the addresses that are found, the best first, as the site's root has them."""
    if not page.get_by_role("dialog", name="Search").is_visible():
        page.get_by_role("button", name="Search").click()
    field = page.get_by_role("searchbox", name="Search the guide")
    field.fill(words)
    # The index is read once a page: on a busy machine that takes a while.
    expect(page.locator(".sg-find [role=status]")).to_have_text(re.compile("^(?!One moment)."), timeout=20_000)
    base = page.evaluate("studyguide.root.href")
    links = page.locator(".sg-find ol a").evaluate_all("(links) => links.map((link) => link.href)")
    return [link.removeprefix(base) for link in links]


# The package of that name would send it, and all that it found right, through the wire at every call.
AXE = Axe().axe_script
ASK = "([within, options]) => axe.run(within ?? document, options).then(({ violations }) => violations)"
KINDS = "(alike) => [...alike.keys()]"
OF_KINDS = "([alike, kinds]) => ({ include: kinds.map((kind) => alike.get(kind)) })"
# A scheme changes nothing but colours: what does not look at them is the same in the other.
COLOURS = ("color-contrast", "link-in-text-block")
# What the theme calls its schemes, and what axe finds in both where all is well.
SCHEMES = {"light": "default", "dark": "slate"}
CLEAN: dict[str, list[str]] = {scheme: [] for scheme in SCHEMES}
# A colour that is on its way from one to the other arrives.
TURNED = """() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish()
}"""


def violations(
    page: Page, *, within: str | None = None, rules: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> list[str]:
    """Return what axe finds wrong in a page, or in a part of it, by all rules, by these alone, or by all but some."""
    return _asked(page, within, _only(rules) if rules else {"rules": {rule: {"enabled": False} for rule in but}})


def seen_violations(page: Page, rules: tuple[str, ...], right: set[str]) -> list[str]:
    """Return what axe finds wrong by rules of what is seen, in one element of each kind that looks alike.

    To work out what lies below the words of thousands of cells and options that are made alike is most of its time. So
    ``right`` has the kinds that these rules found right in pages of the same site, and gets those of this page.
    """
    alike = page.evaluate_handle(ALIKE)
    new = [kind for kind in alike.evaluate(KINDS) if kind not in right]
    found = _asked(page, page.evaluate_handle(OF_KINDS, [alike, new]), _only(rules)) if new else []
    if not found:
        right.update(new)
    return found


def _only(rules: tuple[str, ...]) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": list(rules)}}


def _asked(page: Page, within: str | JSHandle | None, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    # Describing each element that is right takes longer than looking at it.
    found = page.evaluate(ASK, [within, {"resultTypes": ["violations"], **options}])
    return [
        f"{item['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}"
        for item in found
        for node in item["nodes"]
    ]


def violations_in_both(
    page: Page, *, within: str | None = None, dark: tuple[str, ...] = COLOURS
) -> dict[str, list[str]]:
    """Return what axe finds wrong in the light, and in the same page when the system turns dark, as it is then.

    To bring a page into its state takes longer than to look at it, and axe is slow where it has not run yet.
    """
    found = {}
    for scheme, rules in (("light", ()), ("dark", dark)):
        turn(page, scheme)
        found[scheme] = violations(page, within=within, rules=rules)
    return found


def turn(page: Page, scheme: Any) -> None:
    """Let the system have a scheme, and the page follow."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    page.evaluate(TURNED)


# How many keys of Tab come before the page's own parts: of a group of choices it is one.
STOPS = """() => {
  const [page, groups] = [document.querySelector("article"), new Set()]
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [contenteditable], [tabindex]")]
  return all.filter((one) => {
    const isBefore = page.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_PRECEDING
    if (!isBefore || one.tabIndex < 0 || one.disabled || !one.checkVisibility({ visibilityProperty: true })) return false
    return one.type !== "radio" || (!groups.has(one.name) && groups.add(one.name))
  }).length
}"""


# The pages as the browser reads them, without drawing any.
PARSE = """([addresses, selector]) => Promise.all(addresses.map(async (address) => {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html")
    return [...page.querySelectorAll(selector)].map((one) => (one.content ?? one.textContent).replace(/\\s+/g, " ").trim())
}))"""


def texts(page: Page, base: str, selector: str) -> dict[str, list[str]]:
    """Return the text of each such element of every page, or what it says as one of the head, by the page's address."""
    page.goto(base + "/404.html")
    return dict(zip(PAGES, page.evaluate(PARSE, [PAGES, selector]), strict=True))


def source_of(address: str) -> str:
    """Return what somebody wrote of a page."""
    return _FILES[address].read_text("utf-8")


@contextmanager
def reading(browser: Browser, **options: Any) -> Iterator[Page]:
    """Open an empty page of a reader without cookies, storage or a past."""
    with browser.new_context(reduced_motion="reduce", **options) as context:
        # Everything is on this machine: what is not there by then will not come, however busy it is.
        context.set_default_timeout(20_000)
        yield context.new_page()


def width_at(page: Page, width: int) -> int:
    """Return how wide a page is on a screen of such a width."""
    page.set_viewport_size({"width": width, "height": 740})
    return page.evaluate("document.scrollingElement.scrollWidth")
