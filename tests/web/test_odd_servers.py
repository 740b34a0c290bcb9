"""Servers that answer as few do: none of it is taken for a page that is gone, or for one without its anchor."""

from __future__ import annotations

import gzip
import zlib
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from web.server import HTML, Says

if TYPE_CHECKING:
    from web.conftest import Checked
    from web.server import Web

PAGE = "<!doctype html><title>Page</title>" + "<p>words</p>" * 50 + '<p id="x">'


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_head_that_is_led_to_an_error(web: Web, checked: Checked, status: int) -> None:
    web.says("HEAD /a", Says(302, headers={"Location": "/error"}))
    web.says("/error", Says(status))
    web.page("GET /a", "")
    assert checked(web.at("/a")) == ([], 1, ())


def test_a_head_that_is_led_from_host_to_host_for_good_to_an_error(web: Web, checked: Checked) -> None:
    web.says("HEAD /a", Says(301, headers={"Location": web.at("/b", "two.test")}))
    web.says("HEAD /b", Says(308, headers={"Location": web.at("/c", "one.test")}))
    web.says("GET /a", Says(301, headers={"Location": web.at("/d", "two.test")}))
    web.page("/d", "")
    (problem,) = checked(web.at("/a", "one.test")).problems
    assert problem.message == f"`{web.at('/a', 'one.test')}` has moved for good to `{web.at('/d', 'two.test')}`."


def test_what_is_gone_by_head_and_get_is_gone(web: Web, checked: Checked) -> None:
    web.says("/a", Says(302, headers={"Location": "/error"}))
    web.says("/error", Says(404))
    (problem,) = checked(web.at("/a")).problems
    assert problem.message == f"`{web.at('/a')}` is gone: the server answers 404."
    assert web.asked == ["HEAD /a", "HEAD /error", "GET /a", "GET /error"]


def test_cookies_of_two_hosts_on_one_way(web: Web, checked: Checked) -> None:
    """Each gets its own back, and the one that was set last under a name."""
    one, two = (lambda path: web.at(path, "one.test")), (lambda path: web.at(path, "two.test"))
    web.says("/a", Says(302, headers={"Location": two("/b"), "Set-Cookie": "who=first; Path=/"}))
    web.says("/b", Says(307, headers={"Location": one("/c"), "Set-Cookie": "who=other; Path=/; HttpOnly"}))
    web.says("/c", Says(302, headers={"Location": one("/d"), "Set-Cookie": "who=last; Path=/"}, cookie="who=first"))
    web.says("/d", Says(302, headers={"Location": two("/e")}, cookie="who=last"))
    web.says("/e", Says(cookie="who=other"))
    assert checked(one("/a")) == ([], 1, ())


def test_a_cookie_of_a_whole_domain_goes_to_its_hosts(web: Web, checked: Checked) -> None:
    there = web.at("/b", "docs.own.test")
    web.says("/a", Says(302, headers={"Location": there, "Set-Cookie": "in=1; Domain=.own.test; Path=/"}))
    web.says("/b", Says(cookie="in=1"))
    assert checked(web.at("/a", "www.own.test")) == ([], 1, ())


def test_a_cookie_of_odd_letters_ends_nothing(web: Web, checked: Checked) -> None:
    web.says("/a", Says(302, headers={"Location": "/b", "Set-Cookie": "in=caf\xe9; Path=/"}))
    web.says("/b", Says())
    assert checked(web.at("/a")) == ([], 1, ())


@pytest.mark.parametrize("second", ["/c", "/c#y"])
def test_a_redirect_to_an_anchor_and_on(web: Web, checked: Checked, second: str) -> None:
    """As browsers have it, the anchor of the first goes along where the second names none."""
    web.moves("/a", "/b#x", 302)
    web.moves("/b", second, 302)
    web.page("/c", PAGE)
    assert checked(web.at("/a#own")) == ([], 1, ())


def test_moved_for_good_to_an_anchor_and_on(web: Web, checked: Checked) -> None:
    web.moves("/a", "/b#x")
    web.moves("/b", "/c")
    web.page("/c", PAGE)
    (problem,) = checked(web.at("/a")).problems
    assert problem.message == f"`{web.at('/a')}` has moved for good to `{web.at('/c#x')}`."


@pytest.mark.parametrize("head", [405, 501, 400, 403, 500])
def test_a_head_that_is_refused_of_a_page_that_moves(web: Web, checked: Checked, head: int) -> None:
    web.says("HEAD /a", Says(head))
    web.says("GET /a", Says(302, headers={"Location": "/b"}))
    web.page("/b", "")
    assert checked(web.at("/a")) == ([], 1, ())


@pytest.mark.parametrize(
    "packed", [gzip.compress(PAGE.encode()), zlib.compress(PAGE.encode())], ids=["gzip", "deflate"]
)
@pytest.mark.parametrize("pace", [0.0, 0.002])
def test_a_packed_page_has_its_anchors_however_slowly_it_comes(
    web: Web, checked: Checked, packed: bytes, pace: float
) -> None:
    coding = "gzip" if packed[:2] == b"\x1f\x8b" else "deflate"
    page = web.says("/a", Says(body=packed, headers={**HTML, "Content-Encoding": coding}, pace=pace))
    assert checked(f"{page}#x") == ([], 1, ())
    assert [problem.code for problem in checked(f"{page}#y").problems] == ["EXT002"]


@pytest.mark.parametrize(
    "body",
    [
        # Late, upper-case, commented out, of another meaning, wrong, and none at all.
        f'{"<!-- long -->" * 100}<META CHARSET="WINDOWS-1252"><p id="é">'.encode("cp1252"),
        '<META HTTP-EQUIV=CONTENT-TYPE CONTENT="TEXT/HTML; CHARSET=ISO-8859-1"><p id="é">'.encode("cp1252"),
        '<!-- <meta charset="koi8-r"> --><meta charset="utf-8"><p id="é">'.encode(),
        '<meta name="description" content="How to write charset=koi8-r"><p id="é">'.encode(),
        '<meta charset="utf-8-for-all"><p id="é">'.encode(),
        '<p id="é">'.encode("cp1252"),
        "<p id=\"é\" title='<meta charset=koi8-r>'>".encode(),
        '<meta charset="hex"><p id="é">'.encode(),
    ],
)
def test_the_encoding_of_a_page_as_a_browser_finds_it(web: Web, checked: Checked, body: bytes) -> None:
    page = web.says("/a", Says(body=body, headers={"Content-Type": "text/html"}))
    assert checked(f"{page}#é") == ([], 1, ())


@pytest.mark.parametrize(
    "after", ["0", formatdate(0, usegmt=True), "Thu, 01 Jan 1970 00:00:00", "-1", "1e9", "soon, 5"]
)
def test_a_wait_that_is_over_or_no_wait(web: Web, checked: Checked, after: str) -> None:
    page = web.says("/a", Says(429, headers={"Retry-After": after}), Says())
    assert checked(page) == ([], 1, ())


@pytest.mark.parametrize(
    ("after", "words"),
    [("3600", "3,600 seconds"), ("9" * 30, f"{'9' * 30} seconds"), ("Fri, 31 Dec 2100 23:59:59 GMT", None)],
)
def test_a_wait_that_nobody_waits(web: Web, checked: Checked, after: str, words: str | None) -> None:
    page = web.says("/a", Says(503, headers={"Retry-After": after}))
    (problem,) = checked(page).problems
    asks = words or f"until {after}"
    assert problem.message == f"`{page}` was not reached: the server answers 503 and asks to wait {asks}."
    assert len(web.asked) == 1


@pytest.mark.parametrize("leads", ["?page=2", "//127.0.0.1:{port}/b", "./b", "b", "/a/../b", "/b?q=a b", "/%62"])
def test_a_redirect_that_is_written_short(web: Web, checked: Checked, leads: str) -> None:
    web.moves("/a", leads.format(port=web.port), 302)
    for path in ("/b", "/a?page=2", "/b?q=a%20b", "/%62"):
        web.page(path, PAGE)
    assert checked(web.at("/a#x")) == ([], 1, ())
