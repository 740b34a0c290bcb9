"""Every page, in both schemes: accessible, complete, quiet, light, and with labels that can be read."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from reader.pages import EVERYWHERE, LABELS, SCREEN, reading, violations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

BUDGET = 120_000
# All of ours, though no page asks for more than a part; as they are written, with their comments.
SCRIPTS = ("js/*.js",)
SCRIPT_BUDGET = 25 * 1024


@dataclass
class Visit:
    """A page as it was opened, and all that it asked for and complained of."""

    page: Page
    address: str
    scheme: str
    responses: list[Response] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, base: str) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", lambda response: self.responses.append(response))  # noqa: PLW0108 - Playwright marks it
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(base + self.address, wait_until="networkidle")


@pytest.fixture(scope="module", params=EVERYWHERE)
def address(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module", params=["light", "dark"])
def visit(request: pytest.FixtureRequest, chromium: Browser, base: str, address: str) -> Iterator[Visit]:
    with reading(chromium, viewport=SCREEN, color_scheme=request.param) as page:
        seen = Visit(page, address, request.param)
        seen.open(base)
        yield seen


def test_asks_no_other_host(visit: Visit, base: str) -> None:
    assert [url for url in visit.requests if not url.startswith((f"{base}/", "data:", "blob:"))] == []


def test_console_is_silent(visit: Visit) -> None:
    assert visit.complaints == []


def test_weighs_little(visit: Visit) -> None:
    sizes = {response.url: len(_sent(response.body())) for response in visit.responses if response.ok}
    assert sum(sizes.values()) <= BUDGET, sizes


def test_own_scripts_weigh_little(site: Path) -> None:
    scripts = [script for pattern in SCRIPTS for script in (site / "assets").glob(pattern)]
    sizes = {script.name: len(_sent(script.read_bytes())) for script in scripts}
    assert len(sizes) > 10
    assert sum(sizes.values()) <= SCRIPT_BUDGET, sizes


def _sent(body: bytes) -> bytes:
    packed = gzip.compress(body, 9)
    return min(body, packed, key=len)


def test_labels_can_be_read(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": SCREEN["width"], "height": _height(visit.page)})
    assert visit.page.evaluate(LABELS)["wrong"] == []


def _height(page: Page) -> int:
    return min(page.evaluate("document.documentElement.scrollHeight"), 16_000)


def test_axe_finds_nothing(visit: Visit) -> None:
    visit.page.set_viewport_size(SCREEN)
    visit.page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    # It cannot tell the colour of a gradient, and would pass words on one by.
    visit.page.evaluate(
        "document.querySelectorAll('pre > code').forEach((code) => { code.style.backgroundImage = 'none' })"
    )
    # A scheme changes nothing but colours: what does not look at them is the same in the other.
    assert violations(visit.page, tags=("cat.color",) if visit.scheme == "dark" else ()) == []
