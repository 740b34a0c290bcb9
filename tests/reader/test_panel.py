"""The panel of a served page at a browser: with keyboard, without script, light and dark, on a phone and on paper."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from reader.pages import CLEAN, reading, until, violations, violations_in_both
from studyguide import directives
from studyguide.model import Position, Problem
from studyguide.reports.panel import STYLES, STYLESHEET, insert, panels
from studyguide.reports.places import ServedPage
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1200, "height": 700}


def _served(path: str, url: str, title: str) -> ServedPage:
    source = Source(f"docs/{path}", (ROOT / "docs" / path).read_text("utf-8"))
    return ServedPage(source.path, url, title, source.text, directives.read(source).blocks)


WAYS = _served("learn/aws-services.md", "learn/aws-services/", "AWS services through endpoints")
TERMS = _served("reference/glossary.md", "reference/glossary/", "Glossary")
HELP = _served("authoring/problems.md", "authoring/problems/", "Problems and how to mend them")


def _at(words: str) -> Position:
    before = WAYS.text[: WAYS.text.index(words)]
    return Position(WAYS.path, before.count("\n") + 1, len(before) - before.rfind("\n"))


# Written in WAYS, and the element each must lead to.
FOUND = {
    "@to-symptom": ("CIT001", 'a[href$="#src-to-symptom"]'),
    "The APIs of AWS have public": ("PRT001", "#why-a-call-to-aws-hangs"),
    "[gateway](#term-gateway-endpoint)": ("REF001", 'a[href$="#term-gateway-endpoint"]'),
    r"\node[ept] (gw)": ("FIG018", "#fig-endpoint-kinds"),
    "## Policies on both sides": ("HDG001", "#policies-on-both-sides"),
    "cp-s3-hangs": ("OBJ002", "#cp-s3-hangs"),
}
PROBLEMS = [
    *[Problem(_at(words), code, f"`{words[:30]}` is not right.", "Mend it.") for words, (code, _) in FOUND.items()],
    Problem(
        Position(TERMS.path, 9), "TRM003", "Nothing refers to the term `x`.", "Link to it.", ("It was new in 1a2b3c4.",)
    ),
    Problem(Position("docs/reference/sources.yml", 7, 3), "SRC004", "Nothing cites `x`.", "Cite it, or take it out."),
]
PANELS = {panel.page.url: panel for panel in panels([WAYS, TERMS, HELP], PROBLEMS, "1 new, 2 fixed, 5 unchanged")}
# A page of no theme, and its own dark scheme.
BARE = '<!doctype html><html lang="en"><title>Bare</title><style>:root{color-scheme:light dark}</style><main><h1>A</h1>'


@dataclass
class Visit:
    """A page with its panel, as the server of `mkdocs serve` would send it."""

    page: Page
    base: str
    site: Path

    def open(self, url: str) -> None:
        html = (self.site / url / "index.html").read_text("utf-8")
        self.show(url, insert(html, PANELS[url]))

    def show(self, url: str, html: str) -> None:
        self.page.route(f"{self.base}/{STYLESHEET}", lambda route: route.fulfill(body=STYLES, content_type="text/css"))
        self.page.route(f"{self.base}/{url}", lambda route: route.fulfill(body=html, content_type="text/html"))
        self.page.goto(f"{self.base}/{url}")


@contextmanager
def _visit(chromium: Browser, base: str, site: Path, **options: Any) -> Iterator[Visit]:
    with reading(chromium, **{"viewport": SCREEN, **options}) as page:
        yield Visit(page, base, site)


@pytest.fixture(params=["light", "dark"])
def visit(request: pytest.FixtureRequest, chromium: Browser, base: str, site: Path) -> Iterator[Visit]:
    with _visit(chromium, base, site, color_scheme=request.param) as visit:
        yield visit


def _to_the_end(page: Page) -> None:
    """Scroll to the page's end; questions that come near on the way get their controls, and the end moves down."""
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    until(page, "!document.querySelector('sg-question') || !!document.querySelector('.sg-commit')")
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")


@pytest.mark.parametrize("url", [WAYS.url, TERMS.url, HELP.url])
def test_axe_finds_nothing(chromium: Browser, base: str, site: Path, url: str) -> None:
    complaints: list[str] = []
    with _visit(chromium, base, site) as visit:
        visit.page.on("console", lambda message: complaints.append(message.text))
        visit.open(url)
        visit.page.locator(".sg-panel details").evaluate("(details) => { details.open = true }")
        assert violations_in_both(visit.page) == CLEAN
    assert complaints == []


def test_axe_finds_nothing_on_a_page_without_theme(visit: Visit) -> None:
    visit.show("bare/", insert(f"{BARE}".replace("<main>", "<body><main>"), PANELS[WAYS.url]))
    visit.page.locator(".sg-panel summary").wait_for()
    assert violations(visit.page) == []


def test_each_finding_leads_to_its_place(visit: Visit) -> None:
    visit.open(WAYS.url)
    links = visit.page.locator(".sg-panel__body > ol .sg-panel__message a")
    assert links.count() == len(FOUND)
    top = _box(visit.page, ".sg-panel")["y"]
    for number, (_, selector) in enumerate(FOUND.values()):
        links.nth(number).click()
        place = visit.page.locator(f".md-content {selector}:target")
        expect(place).to_have_count(1)
        expect(place).to_have_css("outline-style", "solid")
        box = place.bounding_box()
        assert box
        # Below the header, and above the panel, which may cover what is beside it.
        assert 50 <= box["y"] < top, selector


def _box(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return dict(box)


def test_a_place_shows_itself_where_it_is_exact(visit: Visit) -> None:
    visit.open(WAYS.url)
    outlines = visit.page.locator(".sg-problem-here").evaluate_all(
        "(all) => all.map((e) => getComputedStyle(e).outline)"
    )
    assert [outline.rpartition(") ")[2] for outline in outlines] == ["dashed 2px"] * 5
    visit.open(TERMS.url)
    expect(visit.page.locator(".sg-problem-near")).to_have_css("outline-style", "none")


def test_keyboard_reaches_it_after_the_skip_link(visit: Visit) -> None:
    visit.open(TERMS.url)
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator(".md-skip")).to_be_focused()
    visit.page.keyboard.press("Tab")
    summary = visit.page.get_by_role("region", name="Problems found by the build").locator("summary")
    expect(summary).to_be_focused()
    expect(summary).to_have_css("outline-style", "solid")
    expect(summary).to_have_text("1 problem on this page")
    expect(visit.page.locator(".sg-panel__body")).to_be_hidden()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".sg-panel__body")).to_be_visible()
    visit.page.keyboard.press("Tab")
    expect(visit.page.get_by_role("link", name="TRM003")).to_be_focused()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#glossary:target")).to_be_in_viewport()


def test_its_links_lead_somewhere(visit: Visit) -> None:
    visit.open(TERMS.url)
    visit.page.locator(".sg-panel summary").click()
    visit.page.get_by_role("link", name="TRM003").click()
    expect(visit.page.locator("#trm003")).to_be_in_viewport()
    assert visit.page.url == f"{visit.base}/{HELP.url}#trm003"
    visit.open(TERMS.url)
    visit.page.locator(".sg-panel summary").click()
    visit.page.locator(".sg-panel").get_by_role("link", name=WAYS.title).click()
    expect(visit.page).to_have_url(re.compile(f"/{WAYS.url}$"))


def test_it_works_without_script(chromium: Browser, base: str, site: Path) -> None:
    with _visit(chromium, base, site, java_script_enabled=False) as visit:
        visit.open(WAYS.url)
        body = visit.page.locator(".sg-panel__body")
        assert body.is_visible()
        visit.page.locator(".sg-panel summary").click()
        assert not body.is_visible()


@pytest.mark.parametrize("is_open", [True, False])
def test_on_a_phone_it_takes_nothing_from_the_page(chromium: Browser, base: str, site: Path, *, is_open: bool) -> None:
    with _visit(chromium, base, site, viewport=PHONE) as visit:
        visit.open(WAYS.url)
        if not is_open:
            visit.page.locator(".sg-panel summary").click()
        panel = _box(visit.page, ".sg-panel")
        assert (panel["x"], panel["width"]) == (0, PHONE["width"])
        assert panel["y"] + panel["height"] == PHONE["height"]
        assert panel["height"] <= (0.4 * PHONE["height"] if is_open else 48)
        _to_the_end(visit.page)
        footer = _box(visit.page, ".md-footer")
        assert footer["y"] + footer["height"] <= panel["y"]
        assert visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_on_a_screen_the_page_ends_above_it(visit: Visit) -> None:
    visit.open(WAYS.url)
    _to_the_end(visit.page)
    footer = _box(visit.page, ".md-footer")
    assert footer["y"] + footer["height"] <= _box(visit.page, ".sg-panel")["y"]


def test_paper_shows_none_of_it(visit: Visit) -> None:
    visit.open(WAYS.url)
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".sg-panel")).to_be_hidden()
    expect(visit.page.locator(".sg-problem-here").first).to_have_css("outline-style", "none")
    expect(visit.page.locator("body")).to_have_css("padding-bottom", "0px")


def test_a_built_site_has_none_of_it(site: Path) -> None:
    assert [file.name for file in site.rglob("*.html") if "sg-panel" in file.read_text("utf-8")] == []
    assert not (site / STYLESHEET).exists()
