"""Every page, on a desk in both schemes, on a phone and on paper: accessible, complete, quiet, light, and to be read.

A page is opened once for each of them, and all that is to be said of it is gathered then: to open it is what takes time.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from reader.pages import (
    COLOURS,
    EVERYWHERE,
    LABELS,
    OPEN,
    PAGES,
    PHONE,
    PHONES,
    SCHEMES,
    SCREEN,
    SEEN,
    SIZES,
    STOPS,
    TURNED,
    reading,
    seen_violations,
    source_of,
    violations,
    width_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BUDGET = 120_000
# All of ours and what keeps answers and plans cards, though no page asks for more than a part.
SCRIPTS = ("sw.js", "assets/js/*.js", "assets/vendor/idb-keyval/idb-keyval.js", "assets/vendor/ts-fsrs/ts-fsrs.js")
SCRIPT_BUDGET = 25_000
# Of these what asks questions, tests and keeps answers; of what every page has, practice needs a third.
PRACTICE = {"question.js", "practice-test.js", "my-data.js", "storage.js", "idb-keyval.js", "every-page.js"}
PRACTICE_BUDGET = 18_000
DRAWING = "figure-viewer, .sg-figure svg"
# The dark scheme holds more than it must, 7:1; that rule leaves to the other what is below 4.5:1.
DARK = ("color-contrast-enhanced", *COLOURS)


@dataclass
class Visits:
    """A reader who opens one page again and again, and all that it asked for and complained of the last time."""

    page: Page
    base: str
    address: str
    requests: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", lambda response: response.ok and self.sent.add(response.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, *, viewport: dict[str, int], wait_until: Any = "load", **media: Any) -> Page:
        """Open it on such a screen as if for the first time, but for what the browser already has of the site."""
        # Nobody is left who would ask for something now, or keep it.
        self.page.goto("about:blank")
        session = self.page.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.base, "storageTypes": "all"})
        session.detach()  # it would be asked, too, whether this is paper
        self.requests, self.sent, self.complaints = [], set(), []
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(**{"color_scheme": "light", "media": "screen"} | media)
        self.page.goto(self.base + self.address, wait_until=wait_until)
        return self.page


@pytest.fixture(scope="module", params=EVERYWHERE)
def address(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def visits(chromium: Browser, base: str, address: str) -> Iterator[Visits]:
    with reading(chromium, viewport=SCREEN) as page:
        yield Visits(page, base, address)


class Sight(NamedTuple):
    """A page in a scheme: what it calls that, the labels that cannot be read in it, and what axe found wrong."""

    scheme: str | None
    labels: list[str]
    violations: list[str]


class Desk(NamedTuple):
    """What a page asked for and complained of in both schemes, how much was sent, how many stops of keys are before its own
    parts, and how it looked in each."""

    requests: list[str]
    complaints: list[str]
    sizes: dict[str, int]
    stops: int
    sights: dict[str, Sight]


@pytest.fixture(scope="module")
def right() -> dict[tuple[str, ...], set[str]]:
    """What is known to be right from the pages before, by the rules that found it so."""
    return defaultdict(set)


@pytest.fixture(scope="module")
def desk(visits: Visits, site: Path, right: dict[tuple[str, ...], set[str]]) -> Desk:
    """The page, opened by somebody whose system is dark, and turns light while they read."""
    page = visits.open(viewport=SCREEN, color_scheme="dark", wait_until="networkidle")
    sizes = {url: _size(_file(site, url)) for url in visits.sent if url.startswith(f"{visits.base}/")}
    stops = page.evaluate(STOPS)
    sights = {"dark": _sight(page, DARK, right[DARK])}
    page.emulate_media(color_scheme="light")
    seen = _sight(page, COLOURS, right[COLOURS])
    sights["light"] = seen._replace(violations=[*seen.violations, *violations(page, but=COLOURS)])
    return Desk(visits.requests, visits.complaints, sizes, stops, sights)


def _sight(page: Page, rules: tuple[str, ...], right: set[str]) -> Sight:
    page.evaluate(SEEN)
    shown = page.locator("body").get_attribute("data-md-color-scheme")
    labels = _labels(page) if page.locator(DRAWING).count() else []
    page.evaluate(TURNED)
    page.evaluate(OPEN)
    # It cannot tell the colour of a gradient, and would pass words on one by.
    page.evaluate("document.querySelectorAll('pre > code').forEach((code) => { code.style.backgroundImage = 'none' })")
    return Sight(shown, labels, seen_violations(page, rules, right))


def _labels(page: Page) -> list[str]:
    page.set_viewport_size({**SCREEN, "height": min(page.evaluate("document.documentElement.scrollHeight"), 16_000)})
    wrong: list[str] = page.evaluate(LABELS)["wrong"]
    page.set_viewport_size(SCREEN)
    return wrong


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sight(desk: Desk, scheme: str) -> Sight:
    return desk.sights[scheme]


def _file(site: Path, url: str) -> Path:
    """Return the file that the server sends for an address."""
    file = site / unquote(urlsplit(url).path).strip("/")
    return file / "index.html" if file.is_dir() else file


@cache
def _size(file: Path) -> int:
    """Return how much is sent of it, by the better of two ways."""
    body = file.read_bytes()
    return min(len(body), len(gzip.compress(body, 9)))


def test_follows_the_system(sight: Sight, scheme: str) -> None:
    assert sight.scheme == SCHEMES[scheme]


def test_asks_no_other_host(desk: Desk, base: str) -> None:
    assert desk.requests
    assert [url for url in desk.requests if not url.startswith((f"{base}/", "data:", "blob:"))] == []


def test_console_is_silent(desk: Desk) -> None:
    assert desk.complaints == []


def test_weighs_little(desk: Desk) -> None:
    assert sum(desk.sizes.values()) <= BUDGET, desk.sizes


def test_tab_comes_to_the_page_after_few_stops(desk: Desk, phone: Phone) -> None:
    assert 0 < desk.stops <= 40
    # What is in the drawer is none while that is closed.
    assert 0 < phone.stops <= 6


def test_own_scripts_weigh_little(site: Path) -> None:
    sizes = {file.name: _size(file) for pattern in SCRIPTS for file in site.glob(pattern)}
    assert len(sizes) >= 14
    assert sum(sizes.values()) <= SCRIPT_BUDGET, sizes
    assert sum(sizes[name] for name in PRACTICE) <= PRACTICE_BUDGET, sizes


def test_labels_can_be_read(sight: Sight) -> None:
    assert sight.labels == []


def test_axe_finds_nothing(sight: Sight) -> None:
    assert sight.violations == []


# Puts a rule of style into a page that allows none from elsewhere, in place of the one before.
STYLE = """(text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
}"""


@pytest.fixture(scope="module")
def known(chromium: Browser, base: str) -> Iterator[tuple[Page, set[str]]]:
    """A page with every answer open, and what is known to be right of it."""
    right: set[str] = set()
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(f"{base}/learn/internet/")
        page.evaluate(OPEN)
        assert seen_violations(page, COLOURS, right) == []
        yield page, right


@pytest.mark.xdist_group("a wrong colour")
@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("", False),
        (".sg-options > li:nth-child(3) * { color: #999 !important }", True),
        ("article > p:nth-of-type(7) a { color: #aaa }", True),
        (".sg-reasons > li:last-child { background: #808080 }", True),
        (".md-footer__link--next * { color: #bbb !important }", True),
        ("article > p:nth-of-type(7) a { text-decoration: none; border: none }", True),
    ],
)
def test_a_colour_that_is_wrong_in_one_place_is_seen(known: tuple[Page, set[str]], style: str, *, found: bool) -> None:
    page, right = known
    page.evaluate(STYLE, style)
    whole = violations(page, rules=COLOURS)
    assert bool(whole) is found, whole
    assert bool(seen_violations(page, COLOURS, set())) is found
    # That all else is known to be right hides nothing, however often it is asked.
    assert [bool(seen_violations(page, COLOURS, right)) for _ in range(2)] == [found, found]


# The narrowest of each kind of screen, and the least size of words on it.
LEAST = ((PHONE, 11), ({"width": 768, "height": 1024}, 11), ({"width": 1024, "height": 768}, 12), (SCREEN, 12))
DRAWN = [address for address in PAGES if "/// figure" in source_of(address) and "/authoring/" not in address]
# What they are, to be found again.
NAMES = "(all) => all.map((one) => one.ariaLabel || one.outerHTML.slice(0, 80))"


MILLIMETRE = 96 / 25.4
SHEET = {"width": round(180 * MILLIMETRE), "height": round(267 * MILLIMETRE)}
# Six points.
SMALLEST = 6 / 72 * 96
WHOLE = """() => [...document.querySelectorAll("article *")]
    .filter((one) => getComputedStyle(one).breakInside.startsWith("avoid") && one.offsetHeight)
    .map((one) => [one.id || one.closest("[id]")?.id || one.tagName, one.offsetHeight])
"""


class Phone(NamedTuple):
    """How wide a page is on phones, after how many stops of keys its own links come, and of its figures, there and on larger
    screens, what is small or must be scrolled.
    """

    widths: dict[int, int]
    stops: int
    figures: int
    small: dict[tuple[str, int], float]
    scrolled: dict[int, list[str]]


class Paper(NamedTuple):
    """How high is what stays whole, how large are the words of figures, how wide is the page, and what is to be pressed."""

    whole: list[tuple[str, int]]
    sizes: dict[str, float]
    width: int
    buttons: list[str]


@pytest.fixture(scope="module")
def held(visits: Visits) -> tuple[Paper, Phone]:
    """The page, opened by somebody who prints it from their phone, and then reads it there."""
    screen = {**PHONE, "width": 360}
    page = visits.open(viewport=screen)
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    paper = _paper(page)
    page.emulate_media(media="screen")
    page.set_viewport_size(screen)
    return paper, _phone(page)


@pytest.fixture(scope="module")
def paper(held: tuple[Paper, Phone]) -> Paper:
    return held[0]


@pytest.fixture(scope="module")
def phone(held: tuple[Paper, Phone]) -> Phone:
    return held[1]


def _paper(page: Page) -> Paper:
    buttons = page.locator("article").get_by_role("button").evaluate_all(NAMES)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    return Paper(page.evaluate(WHOLE), page.evaluate(SIZES), width, buttons)


def _phone(page: Page) -> Phone:
    page.evaluate(OPEN)
    stops = page.evaluate(STOPS)
    seen = Phone({width: width_at(page, width) for width in PHONES}, stops, len(page.evaluate(SIZES)), {}, {})
    for viewport, least in LEAST if page.locator(DRAWING).count() else ():
        page.set_viewport_size(viewport)
        page.evaluate(SEEN)
        width = viewport["width"]
        sizes = page.evaluate(SIZES)
        # One of which no word is shown has no size.
        seen.small.update({(name, width): size for name, size in sizes.items() if not least <= size < inf})
        seen.scrolled[width] = page.get_by_role("region", name="scrollable").evaluate_all(NAMES)
    return seen


def test_no_page_scrolls_sideways_with_script(phone: Phone) -> None:
    assert {width: seen for width, seen in phone.widths.items() if seen > width} == {}


def test_words_of_every_figure_are_large_enough(phone: Phone, address: str) -> None:
    assert phone.figures or address not in DRAWN
    assert phone.small == {}


def test_no_figure_is_wider_than_its_place(phone: Phone) -> None:
    assert [found for found in phone.scrolled.items() if found[1]] == []


def test_nothing_that_stays_whole_takes_half_a_sheet(paper: Paper) -> None:
    # So none before it is left half empty.
    assert [(name, height) for name, height in paper.whole if height > SHEET["height"] / 2] == []


def test_words_of_every_figure_are_large_enough_on_paper(paper: Paper) -> None:
    assert {name: size for name, size in paper.sizes.items() if size < SMALLEST} == {}


def test_paper_is_as_wide_as_the_page_and_nothing_is_left_to_press(paper: Paper) -> None:
    assert (paper.width <= SHEET["width"], paper.buttons) == (True, []), paper.width
