"""A reader at a browser: Chromium, and the built guide on a server of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from building import not_run
from playwright.sync_api import expect, sync_playwright
from reader import questions
from reader.browser import ARGUMENTS, find
from reader.cards import CLOCK, NOON, at, site
from reader.host import serving
from reader.practice import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("reader")
            parameters = item.callspec.params if hasattr(item, "callspec") else {}
            if address := parameters.get("address"):
                # What looks at one page looks at it where it is open.
                item.add_marker(pytest.mark.xdist_group(address))
            elif "address" in item.fixturenames:
                # It reads a small site of its file's own, which is built once.
                item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """The address of the served guide."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find()
    if path is None:
        not_run("there is no Chromium here, and none could be brought")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def remembering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site with the guide's own flashcards and progress."""
    with serving(site(tmp_path_factory.mktemp("remembering"))) as address:
        yield address


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site with a question of every kind."""
    with serving(questions.site(tmp_path_factory.mktemp("questions"))) as address:
        yield f"{address}/"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """What is at a file's address, opened at noon of the day that its tests begin with."""
    with opened(chromium, address, CLOCK) as page:
        at(page, NOON)
        yield page
