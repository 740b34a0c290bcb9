"""The guide can be installed: what a browser reads of it, its icons, and whether Chromium would offer it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.browser import ARGUMENTS, NAMES
from reader.pages import reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

# How wide a browser draws each of these icons by itself.
WIDTHS = """(sources) => Promise.all(sources.map(async (src) => {
    const icon = Object.assign(new Image(), { src })
    await icon.decode()
    return [icon.naturalWidth, icon.naturalHeight]
}))"""


def test_every_device_finds_an_icon_that_it_can_draw(chromium: Browser, base: str) -> None:
    with reading(chromium) as page:
        page.goto(f"{base}/learn/dns/")
        read = page.context.new_cdp_session(page).send("Page.getAppManifest")
        assert read["errors"] == []
        assert read["manifest"]["scope"] == read["manifest"]["startUrl"] == f"{base}/"
        icons = json.loads(read["data"])["icons"]
        assert [(icon["sizes"], icon["purpose"]) for icon in icons] == [
            ("any", "any"),
            ("any", "maskable"),
            ("192x192", "any"),
            ("512x512", "any"),
            ("512x512", "maskable"),
        ]
        drawn = page.evaluate(WIDTHS, [f"{base}/{icon['src']}" for icon in icons])
        assert [f"{width}x{height}" for width, height in drawn[2:]] == [icon["sizes"] for icon in icons[2:]]
        touch = page.locator("link[rel=apple-touch-icon]").evaluate("(link) => link.href")
        assert page.evaluate(WIDTHS, [touch]) == [[180, 180]]


def _faults(context: BrowserContext, address: str) -> list[str]:
    page = context.new_page()
    page.goto(address)
    found = context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    return [each["errorId"] for each in found["installabilityErrors"]]


def test_chromium_has_nothing_against_it(chromium: Browser, base: str, tmp_path: Path) -> None:
    """It is asked as it comes, with the guide kept on the device, and about a page that is none of an app."""
    found = [shutil.which(name) for name in NAMES[1:]] + [chromium.browser_type.executable_path]
    whole = next((path for path in found if path and Path(path).exists()), None)
    if whole is None:
        pytest.skip("not run: there is no whole Chromium here, and one without windows has nothing against any site")
    start = chromium.browser_type.launch_persistent_context
    with start(tmp_path, executable_path=whole, args=[*ARGUMENTS, "--headless=new"]) as context:
        assert _faults(context, f"{base}/") == []
        page = context.new_page()
        page.goto(f"{base}/practice/my-data/")
        page.get_by_label("Keep the whole guide on this device").check()
        expect(page.get_by_text("The whole guide is on this device.")).to_be_visible()
        assert _faults(context, f"{base}/learn/dns/") == []
        assert _faults(context, f"{base}/practice/questions.schema.json") == ["no-manifest"]
