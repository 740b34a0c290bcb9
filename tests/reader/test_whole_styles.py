"""A page looks as it does with its style sheets as they were written: what the build leaves out was for no page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import material
import pytest
from reader.pages import PHONE, SCREEN, reading
from studyguide.exports.pictures import apart

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

WRITTEN = (Path(material.__file__).parent / "templates", Path(__file__).parents[2] / "overrides")
# A lesson with figures, tables and questions, on a desk; a page with code and notes, on a phone.
LOOKED_AT = [("/learn/performance/", SCREEN, "light"), ("/example/how-it-breaks/", PHONE, "dark")]
# What a reader may open is open, and each element has its styles, with those of what stands before and after it.
STYLES = """() => {
  document.querySelectorAll("details").forEach((details) => { details.open = true });
  const styles = (element, part) => {
    const style = getComputedStyle(element, part);
    const names = part && style.content === "none" ? [] : Array.from(style).filter((name) => !name.startsWith("--"));
    return names.map((name) => style.getPropertyValue(name)).join();
  };
  const digest = (text) => {
    let sum = 0;
    for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
    return sum;
  };
  return Array.from(document.body.querySelectorAll("*:not(svg *)"), (element) =>
    `${element.tagName} ${element.className} ${digest([null, "::before", "::after"].map((part) => styles(element, part)).join())}`);
}"""


@pytest.mark.parametrize(("address", "screen", "scheme"), LOOKED_AT)
def test_looks_as_with_whole_style_sheets(
    chromium: Browser, base: str, address: str, screen: dict[str, int], scheme: str
) -> None:
    # A script changes pages in its own time.
    with reading(chromium, viewport=screen, color_scheme=scheme, java_script_enabled=False) as page:
        kept = _styles(page, base + address)
        page.route("**/*.css", _as_written)
        whole = _styles(page, base + address)
    assert len(kept) == len(whole) > 50
    assert [each for each in kept if each not in set(whole)] == []


def _styles(page: Page, address: str) -> list[str]:
    page.goto(address, wait_until="networkidle")
    return page.evaluate(STYLES)


def _as_written(route: Route) -> None:
    name = route.request.url.split("/assets/")[1]
    files = (file for folder in WRITTEN if (file := folder / "assets" / name).exists())
    # Some are the build's own.
    if file := next(files, None):
        sheet = f"assets/{name.partition('?')[0]}"
        text = file.read_text("utf-8")
        # Its pictures are files in either, and have the same names.
        route.fulfill(body=apart({sheet: text}, ()).sheets.get(sheet, text), content_type="text/css")
    else:
        route.continue_()
