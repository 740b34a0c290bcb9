"""How the web is asked: HEAD first, politely, again where that may help, and never without an end."""

from __future__ import annotations

import time
from dataclasses import replace
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from studyguide.web import Settings
from studyguide.web.client import MOST, PIECE, Client
from studyguide.web.visit import first
from web.conftest import QUICK
from web.server import HTML, Says

if TYPE_CHECKING:
    from web.conftest import Checked
    from web.server import Web

# They wait for seconds: not at the end, when nothing else is left to do.
WAITS = pytest.mark.xdist_group("what waits")


def test_a_page_that_is_there_is_asked_for_once_without_its_body(web: Web, checked: Checked) -> None:
    assert checked(web.page("/a", "<p>")) == ([], 1, ())
    assert web.asked == ["HEAD /a"]
    assert web.agents == {Settings().user_agent}
    assert "studyguide link check; +https://" in Settings().user_agent


def test_a_page_with_many_anchors_is_asked_for_once(web: Web, checked: Checked) -> None:
    page = web.page("/a", '<h1 id="x"></h1><p id="y"></p>')
    assert checked(page, f"{page}#x", f"{page}#y", f"{page}#") == ([], 4, ())
    assert web.asked == ["GET /a"]


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501, 503])
def test_where_head_is_refused_get_decides(web: Web, checked: Checked, status: int) -> None:
    web.says("HEAD /a", Says(status))
    assert checked(web.says("GET /a", Says()).replace("GET ", "")) == ([], 1, ())
    assert web.asked == ["HEAD /a", "GET /a"]


def test_where_head_breaks_off_get_decides(web: Web, checked: Checked) -> None:
    web.says("HEAD /a", Says(drops=True))
    web.says("GET /a", Says())
    assert checked(web.at("/a")) == ([], 1, ())
    assert web.asked == ["HEAD /a", "GET /a"]


def test_trouble_is_retried_each_time_after_twice_as_long(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says(500), Says(502), Says(504), Says())
    assert checked(page, settings=replace(QUICK, backoff=0.05)) == ([], 1, ())
    waits = [after - before for before, after in zip(web.times, web.times[1:], strict=False)]
    assert len(waits) == 3
    for wait, least in zip(waits, (0.05, 0.1, 0.2), strict=True):
        assert wait >= least


def test_trouble_that_stays_is_not_asked_for_ever(web: Web, checked: Checked) -> None:
    assert checked(web.says("/a", Says(500))).checked == 1
    assert web.asked == ["HEAD /a", *["GET /a"] * 3]


def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(web: Web, checked: Checked) -> None:
    web.says("/a", Says(429, headers={"Retry-After": "1"}), Says())
    others = [web.says(f"/b{number}", Says(hold=0.05)) for number in range(4)]
    assert checked(web.at("/a"), *others, settings=replace(QUICK, per_host=1)) == ([], 5, ())
    assert web.times[1] - web.times[0] >= 1.0


def test_retry_after_may_be_a_date(web: Web) -> None:
    web.says("/a", Says(503, headers={"Retry-After": formatdate(time.time() + 30, usegmt=True)}))
    web.says("/b", Says(503, headers={"Retry-After": formatdate(time.time() - 30, usegmt=True)}))
    web.says("/c", Says(503, headers={"Retry-After": "soon"}))
    web.says("/d", Says(503, headers={"Retry-After": "9" * 5000}))
    client = Client(QUICK)
    replies = {path: client.ask(first(web.at(path), anchors=False)) for path in ("/a", "/b", "/c", "/d")}
    client.close()
    assert replies["/a"].wait == pytest.approx(29.5, abs=1.5)
    assert (replies["/b"].wait, replies["/c"].wait, replies["/d"].wait) == (0, None, None)


def test_who_asks_for_more_time_than_we_have_was_not_reached(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says(429, headers={"Retry-After": "3600"}))
    (problem,) = checked(page).problems
    assert problem.code == "EXT004"
    assert problem.message == f"`{page}` was not reached: the server answers 429 and asks to wait 3,600 seconds."
    assert web.asked == ["HEAD /a"]


def test_no_host_is_asked_for_more_at_once_than_it_may_be(web: Web, checked: Checked) -> None:
    pages = {f"/{number}": Says(hold=0.02) for number in range(12)}
    for path, answer in pages.items():
        web.says(path, answer)
    addresses = [web.at(path, host) for path in pages for host in ("one.test", "two.test", "three.test", "four.test")]
    assert checked(*addresses, settings=replace(QUICK, per_host=2, concurrency=5)) == ([], 48, ())
    assert len(web.most) == 4
    assert max(web.most.values()) == 2
    assert 2 < web.most_at_once <= 5


def test_redirects_to_a_host_count_for_that_host(web: Web, checked: Checked) -> None:
    web.says("/slow", Says(hold=0.05))
    addresses = [web.moves(f"/{number}", web.at("/slow", "one.test"), 302) for number in range(6)]
    hosts = [address.replace("127.0.0.1", f"h{number}.test") for number, address in enumerate(addresses)]
    assert checked(*hosts, settings=replace(QUICK, per_host=1)) == ([], 6, ())
    assert web.asked.count("HEAD /slow") == 6
    assert web.most["one.test"] == 1


def test_a_server_that_is_not_there_is_not_asked_for_each_page(
    web: Web, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Client.ask
    monkeypatch.setattr(Client, "ask", lambda client, visit: asked.append(visit.at) or ask(client, visit))
    pages = [f"http://none.invalid/{number}" for number in range(20)]
    outcome = checked(*pages, web.says("/a", Says()))
    assert [problem.message for problem in outcome.problems] == [
        f"`{page}` is gone: there is no host `none.invalid`." for page in pages
    ]
    assert len(asked) <= QUICK.per_host + 1


def test_of_a_page_no_more_is_read_than_five_million_bytes(web: Web, checked: Checked) -> None:
    padding = "<p>" + "x" * (MOST + PIECE)
    page = web.page("/a", f'<p id="early">{padding}<p id="late">')
    assert checked(f"{page}#early", f"{page}#late") == ([], 1, (f"{page}#late",))
    whole = web.page("/b", '<p id="early">' + "x" * (MOST // 2))
    assert [problem.code for problem in checked(f"{whole}#late").problems] == ["EXT002"]


@WAITS
def test_a_body_without_an_end_takes_no_longer_than_the_time_there_is(web: Web, checked: Checked) -> None:
    web.says("/a", Says(body='<p id="early">' + "x" * 1000, headers=HTML, pace=0.05))
    start = time.monotonic()
    outcome = checked(web.at("/a#early"), web.at("/a#late"), settings=replace(QUICK, timeout=3))
    assert outcome == ([], 1, (web.at("/a#late"),))
    assert time.monotonic() - start < 30


def test_a_body_that_is_cut_off_proves_nothing_missing(web: Web, checked: Checked) -> None:
    web.says("/a", Says(body='<p id="early">', headers={**HTML, "Content-Length": "500", "Connection": "close"}))
    settings = replace(QUICK, timeout=3)
    assert checked(web.at("/a#early"), web.at("/a#late"), settings=settings) == ([], 1, (web.at("/a#late"),))


@WAITS
def test_what_is_unknown_when_the_budget_is_spent_was_not_checked(web: Web, checked: Checked) -> None:
    quick, slow = web.says("/quick", Says()), web.says("/slow", Says(hold=60))
    start = time.monotonic()
    settings = replace(QUICK, timeout=60, budget=3)
    assert checked(quick, slow, settings=settings) == ([], 1, (slow,))
    assert time.monotonic() - start < 30


def test_a_proxy_of_the_environment_is_used(web: Web, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", web.at(""))
    web.says("/a", Says())
    assert checked("http://elsewhere.test/a") == ([], 1, ())
    assert web.asked == ["HEAD /a"]


def test_the_order_of_the_addresses_changes_nothing(web: Web, checked: Checked) -> None:
    web.page("/a", '<p id="x">')
    addresses = [web.at("/a#y"), web.moves("/m", "/a"), web.at("/gone"), web.says("/t", Says(500)), "http://["]
    written = checked(*addresses)
    lines = {problem.message: problem for problem in written.problems}
    assert len(lines) == 5
    again = checked(*reversed(addresses))
    assert {problem.message for problem in again.problems} == lines.keys()
    assert [problem.position for problem in again.problems] == sorted(problem.position for problem in again.problems)
