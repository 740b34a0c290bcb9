"""A page that has moved sends its reader on, to the very place that the old address names where a script may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reader.pages import reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OLD, NEW = "/learn/key-terms/", "/reference/glossary/"


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        (OLD, NEW),
        (f"{OLD}#term-eni", f"{NEW}#term-eni"),
        (f"{OLD}#caf%C3%A9%", f"{NEW}#caf%C3%A9%"),
        # An anchor with an address of its own goes there, and not where its page went.
        (f"{OLD}#key-terms", f"{NEW}#glossary"),
        ("/learn/ways-out/#cp-exit-choice", "/learn/nat-or-endpoints/#cp-exit-choice"),
    ],
)
def test_with_a_script_the_part_behind_the_hash_comes_along(
    chromium: Browser, base: str, address: str, leads: str
) -> None:
    with reading(chromium) as page:
        page.goto(base + address)
        page.wait_for_url(base + leads)
        page.go_back()  # the old page is no stop on the way back
        assert page.url == "about:blank"


def test_without_scripts_the_page_leads_on(chromium: Browser, base: str) -> None:
    with reading(chromium, java_script_enabled=False) as page:
        page.goto(f"{base}{OLD}#key-terms")
        page.wait_for_url(f"{base}{NEW}**")


def test_where_the_script_is_lost_there_is_a_link(chromium: Browser, base: str) -> None:
    with reading(chromium) as page:
        page.route("**/moved.js*", lambda route: route.abort())
        page.goto(base + OLD)
        page.get_by_text("This page has moved").get_by_role("link").click()
        page.wait_for_url(base + NEW)
