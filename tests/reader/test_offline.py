"""The whole guide on a reader's device: asked for, without its host, through a new version, a broken download, and off again."""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reader.cards import WORDS, site
from reader.conftest import serving
from reader.pages import reading, until
from reader.practice import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

OLD, NEW = "It is a hole in one.", "It is a way through one."
LATER = 60
HALF = "words/index.html"
LABEL = "Keep the whole guide on this device"


class Host:
    """A host with a version of the site in a folder, and an end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = ExitStack()
        self.address = self._open.enter_context(serving(folder))

    def deploy(self, version: Path) -> None:
        """Put a later version there: by their dates a host says to the second which files a browser has already."""
        shutil.copytree(version, self.folder, dirs_exist_ok=True)
        for file in self.folder.rglob("*"):
            os.utime(file, (time.time() + LATER,) * 2)

    def end(self) -> None:
        """Be there no more: what a browser shows then it has itself."""
        self._open.close()


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of a site, of which a page and its cards differ."""
    folder = tmp_path_factory.mktemp("offline")
    return site(folder / "old"), site(folder / "new", words=WORDS.replace(OLD, NEW))


@pytest.fixture
def host(versions: tuple[Path, Path], tmp_path: Path) -> Iterator[Host]:
    """A host that has the old version."""
    shutil.copytree(versions[0], tmp_path / "site")
    host = Host(tmp_path / "site")
    yield host
    host.end()


def keep(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/practice/my-data/")
    page.get_by_label(LABEL).check()
    says(page, "The whole guide is on this device.")


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-part=says]")).to_have_text(words)


def wait(page: Page, state: str) -> None:
    """Wait until the worker of the site is in a state."""
    until(page, f"() => navigator.serviceWorker.getRegistration().then((one) => {state})")


def update(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one?.update()).catch(() => {})")


def half(host: Host) -> str:
    """Cut a page of the host in half, and return the whole."""
    page = host.folder / HALF
    whole = page.read_text("utf-8")
    page.write_text(whole[: len(whole) // 2], "utf-8")
    return whole


def names(page: Page) -> list[str]:
    return page.evaluate("caches.keys()")


def test_size_is_said_before_and_all_is_there_without_the_host(chromium: Browser, host: Host) -> None:
    with reading(chromium) as page:
        page.goto(f"{host.address}/practice/my-data/")
        expect(page.locator("[data-part=size]")).to_have_text(re.compile("MB$"))
        said = float(page.locator("[data-part=size]").inner_text().removesuffix(" MB"))
        assert sum(file.stat().st_size for file in host.folder.rglob("*.html")) / 1e6 < said < 20
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        keep(page, host)
        host.end()
        # Pages that were never opened, with all that they show and ask for.
        for path in ("", "gates/", "words/", "practice/flashcards/", "practice/progress/"):
            page.goto(f"{host.address}/{path}")
            broken = "[...document.styleSheets].filter((sheet) => !sheet.cssRules.length).map((sheet) => sheet.href)"
            assert page.evaluate(broken) == []
        page.get_by_role("button", name="Search").click()
        page.get_by_role("searchbox").fill("gate")
        expect(page.locator(".sg-find [role=status]")).to_contain_text("Found")
        page.goto(f"{host.address}/practice/test/")
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page.get_by_role("heading", name="Question 1 of 6")).to_be_visible()
        page.goto(f"{host.address}/nowhere/")
        expect(page.get_by_role("heading", name="No route to this page")).to_be_visible()


def test_switched_off_nothing_is_left_but_answers(chromium: Browser, host: Host) -> None:
    with reading(chromium) as page:
        keep(page, host)
        # A host that fails is as good as none.
        page.context.route("**/gates/", lambda route: route.fulfill(status=HTTPStatus.BAD_GATEWAY, body="no"))
        page.goto(f"{host.address}/gates/")
        expect(page.get_by_role("heading", name="Gates")).to_be_visible()
        page.goto(f"{host.address}/practice/my-data/")
        expect(page.get_by_label(LABEL)).to_be_checked()
        page.get_by_label(LABEL).uncheck()
        says(page, "The guide is off this device. Your answers stay.")
        assert names(page) == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_new_version_takes_the_old_one_s_place(chromium: Browser, host: Host, versions: tuple[Path, Path]) -> None:
    with reading(chromium) as page:
        keep(page, host)
        before = names(page)
        page.goto(f"{host.address}/words/")
        expect(page.get_by_text(OLD)).to_be_visible()
        host.deploy(versions[1])
        whole = half(host)
        update(page)
        until(page, "(count) => caches.keys().then((names) => names.length > count)", arg=len(before))
        wait(page, "!one.installing")
        assert set(before) < set(names(page))
        # What half an update brought need not come again.
        (host.folder / HALF).write_text(whole, "utf-8")
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => { window.before = one.active })")
        update(page)
        # No event tells: the worker before may still be taking its pages over.
        wait(page, "one.active !== window.before && one.active.state === 'activated'")
        # A page that is open stays as it was, and with its own styles.
        expect(page.get_by_text(OLD)).to_be_visible()
        own = "Promise.all([...document.querySelectorAll('link[rel=stylesheet]')].map(({ href }) => caches.match(href).then(Boolean)))"
        assert set(page.evaluate(own)) == {True}
        host.end()
        page.goto(f"{host.address}/words/")
        expect(page.get_by_text(NEW)).to_be_visible()
        page.goto(f"{host.address}/practice/flashcards/")
        expect(page.locator("[data-card^=myth]")).to_contain_text(NEW)


def test_broken_download_leaves_the_whole_old_version(
    chromium: Browser, host: Host, versions: tuple[Path, Path]
) -> None:
    with reading(chromium) as page:
        keep(page, host)
        host.deploy(versions[1])
        half(host)
        update(page)
        wait(page, "!one.installing")
        host.end()
        page.goto(f"{host.address}/words/")
        expect(page.get_by_text(OLD)).to_be_visible()
        page.goto(f"{host.address}/practice/flashcards/")
        expect(page.locator("[data-card^=myth]")).to_contain_text(OLD)


def test_first_download_that_breaks_is_said(chromium: Browser, host: Host) -> None:
    (host.folder / "gates/index.html").write_text("Gateway error", "utf-8")
    with reading(chromium) as page:
        page.goto(f"{host.address}/practice/my-data/")
        page.get_by_label(LABEL).check()
        says(page, "It did not come whole, so nothing is kept. Try again.")
        expect(page.get_by_label(LABEL)).not_to_be_checked()


def test_author_s_server_takes_it_away(chromium: Browser, host: Host) -> None:
    """A worker of a site that was looked at under the same address before must not show an author old pages."""
    with reading(chromium) as page:
        keep(page, host)
        # As `mkdocs serve` has them.
        (host.folder / "offline.json").unlink()
        shutil.copy(ROOT / "overrides/sw.js", host.folder)
        page.goto(f"{host.address}/gates/")
        update(page)
        until(page, "() => caches.keys().then((all) => !all.length)")
        until(page, "() => navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
        page.goto(f"{host.address}/practice/my-data/")
        expect(page.get_by_role("button", name="Export")).to_be_visible()
        expect(page.locator("[data-part=offline]")).to_be_hidden()


def test_folder_offers_none_and_needs_none(chromium: Browser, tmp_path: Path) -> None:
    folder = site(tmp_path, OFFLINE="true")
    assert not (folder / "offline.json").exists()
    complaints: list[str] = []
    with reading(chromium) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((folder / "practice/flashcards.html").as_uri())
        page.get_by_role("button", name="Start", exact=True).click()
        page.keyboard.press("Space")
        page.keyboard.press("3")
        says(page, "Comes in 3 days.")
        page.goto((folder / "practice/my-data.html").as_uri())
        expect(page.locator("[data-part=sum]")).to_contain_text("1 card, answered 1 time.")
        expect(page.locator("[data-part=offline]")).to_be_hidden()
    assert complaints == []
