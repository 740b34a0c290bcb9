"""What is said of each address: gone, moved, without its anchor, or not reached, and nothing of what is well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from studyguide.model import Edit, Position
from studyguide.text.source import Link
from studyguide.web import Settings, check
from studyguide.web.verdict import anchor, verdict
from studyguide.web.visit import LONGEST, Answer
from web.conftest import NOW, QUICK, TODAY
from web.server import HTML, Says

if TYPE_CHECKING:
    from web.conftest import Checked
    from web.server import Web

FIND = "Link to where it is now, or drop the link."
AGAIN = "Run the check again. If no program ever reaches it, accept that in docs/reference/external.yml."
WRITE = "Write it as `https://host/path`."


@pytest.mark.parametrize("status", [404, 410])
def test_gone(web: Web, checked: Checked, status: int) -> None:
    page = web.says("/a", Says(status))
    (problem,) = checked(page).problems
    assert str(problem) == f"docs/a.md:1:1: EXT001 `{page}` is gone: the server answers {status}. Fix: {FIND}"
    assert problem.severity == "error"


def test_every_written_place_has_its_problem(web: Web) -> None:
    places = [Position("docs/b.md", 7, 2), Position("docs/a.md", 9, 1), Position("docs/a.md", 3, 1)]
    written = {web.at("/gone"): [Link(web.at("/gone"), place) for place in places]}
    outcome = check(written, settings=QUICK, cache=None, accepted=(), today=TODAY, now=NOW)
    assert [problem.position for problem in outcome.problems] == sorted(places)
    assert web.asked == ["HEAD /gone", "GET /gone"]


def test_an_address_that_no_page_writes_is_in_the_settings(web: Web) -> None:
    outcome = check({web.moves("/a", "/b"): []}, settings=QUICK, cache=None, accepted=(), today=TODAY, now=NOW)
    assert [problem.position for problem in outcome.problems] == [Position("mkdocs.yml")]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "400"),
        (401, "401: it wants a login"),
        (403, "403: it refuses"),
        (429, "429: it was asked too often (4 tries)"),
        (500, "500 (4 tries)"),
        (501, "501"),
        (503, "503 (4 tries)"),
        (300, "300"),
        (999, "999"),
    ],
)
def test_refused(web: Web, checked: Checked, status: int, words: str) -> None:
    page = web.says("/a", Says(status))
    (problem,) = checked(page).problems
    assert str(problem) == f"docs/a.md:1:1: EXT004 `{page}` was not reached: the server answers {words}. Fix: {AGAIN}"


def test_too_slow(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says(hold=30))
    (problem,) = checked(page, settings=replace(QUICK, timeout=0.3, retries=1)).problems
    assert str(problem) == (
        f"docs/a.md:1:1: EXT004 `{page}` was not reached: no answer within 0.3 seconds (2 tries). Fix: {AGAIN}"
    )


def test_broken_off(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says(drops=True))
    (problem,) = checked(page).problems
    assert problem.message == f"`{page}` was not reached: the connection broke off (4 tries)."


def test_nobody_there(web: Web, checked: Checked) -> None:
    outcome = checked("http://127.0.0.1:1/a", "http://none.invalid/a", "http://busy.invalid/", web.says("/a", Says()))
    assert [(problem.code, problem.message) for problem in outcome.problems] == [
        ("EXT004", "`http://127.0.0.1:1/a` was not reached: no connection to `127.0.0.1` (4 tries)."),
        ("EXT001", "`http://none.invalid/a` is gone: there is no host `none.invalid`."),
        ("EXT004", "`http://busy.invalid/` was not reached: no connection to `busy.invalid` (4 tries)."),
    ]


def test_no_tls(web: Web, checked: Checked) -> None:
    page = web.says("/a", Says()).replace("http:", "https:")
    (problem,) = checked(page).problems
    assert problem.code == "EXT001"
    assert problem.message.startswith(f"`{page}` is not served safely: ")
    assert checked(web.at("/a")).problems == []


def test_the_words_for_a_certificate() -> None:
    found = verdict(
        "https://a.test/", Answer("https://a.test/", failure="tls", detail="certificate has expired"), QUICK
    )
    assert found
    assert found.message == "`https://a.test/` is not served safely: certificate has expired."
    assert found.fix == FIND


@pytest.mark.parametrize(
    "address",
    ["http://[", "http://", "https:///path", "http://a:b/", "http://a:99999/", "http://a..b/", f"http://{'a' * 64}/"],
)
def test_no_address(web: Web, checked: Checked, address: str) -> None:
    (problem,) = checked(address).problems
    assert str(problem) == f"docs/a.md:1:1: EXT001 `{address}` is not an address of the web. Fix: {WRITE}"
    assert web.asked == []


def test_a_very_long_address(web: Web, checked: Checked) -> None:
    address = web.at("/") + "a" * 100_000
    (problem,) = checked(address).problems
    assert problem.message == (
        f"`{address[:200]}…` has {len(address):,} characters, and servers need not read more than 8,000."
    )
    near = web.at("/") + "a" * (LONGEST - len(web.at("/")))
    assert [problem.message for problem in checked(near).problems] == [
        f"`{near[:200]}…` is gone: the server answers 404."
    ]


@pytest.mark.parametrize("address", ["mailto:a@b.test", "ftp://a.test/", "page.md", "#x", "//a.test/", "", "tel:1"])
def test_other_schemes_are_left_alone(web: Web, checked: Checked, address: str) -> None:
    assert checked(address) == ([], 0, ())
    assert web.asked == []


def test_no_such_anchor(web: Web, checked: Checked) -> None:
    page = web.page("/a", '<h1 id="set-up">Set up</h1>')
    near, far = checked(f"{page}#setup", f"{page}#elsewhere").problems
    assert str(near) == (
        f"docs/a.md:1:1: EXT002 `{page}` has no anchor `#setup`. "
        "Fix: Did you mean `set-up`? Link to an id that is there, or to the page as a whole."
    )
    assert far.fix == "Link to an id that is there, or to the page as a whole."
    assert near.edit is None


@pytest.mark.parametrize(
    ("body", "fragment"),
    [
        ('<p id="x">', "x"),
        ('<a name="x">', "x"),
        ('<p id="é t">', "%C3%A9%20t"),
        ('<p id="a%20b">', "a%20b"),
        ('<p id="user-content-x">', "x"),
        (r'<script type="application/json">{"richText":"<a id=\"user-content-x\" href"}</script>', "x"),
        ("", "/route"),
        ("", "!/route"),
        ("", ":~:text=words"),
        ('<p id="x">', "x:~:text=words"),
        ("", "top"),
        ("", ""),
    ],
)
def test_an_anchor_that_is_there(web: Web, checked: Checked, body: str, fragment: str) -> None:
    assert checked(f"{web.page('/a', body)}#{fragment}") == ([], 1, ())


@pytest.mark.parametrize(
    ("body", "fragment"),
    [
        ('<p name="x">', "x"),
        ('<p class="x"><!-- <p id="x"> -->', "x"),
        ('<p id="X">', "x"),
        ('<p id="">', "x"),
        ("", "x:~:text=words"),
        ("", "L10"),
    ],
)
def test_an_anchor_that_is_not(web: Web, checked: Checked, body: str, fragment: str) -> None:
    assert [problem.code for problem in checked(f"{web.page('/a', body)}#{fragment}").problems] == ["EXT002"]


@pytest.mark.parametrize(
    ("fragment", "wanted"),
    [
        ("L10-L20", ""),
        ("L3C1-L4C2", ""),
        ("readme", ""),
        ("issuecomment-12", ""),
        ("discussion_r1", ""),
        ("Lots", "Lots"),
    ],
)
def test_the_anchors_that_scripts_of_github_make(fragment: str, wanted: str) -> None:
    assert anchor(f"https://github.com/a/b#{fragment}") == wanted
    assert anchor(f"https://a.test/b#{fragment}") == fragment


def test_only_html_has_anchors(web: Web, checked: Checked) -> None:
    web.says("/a.pdf", Says(body="<p>", headers={"Content-Type": "application/pdf"}))
    web.says("/a.txt", Says(body="<p>", headers={"Content-Type": "text/plain"}))
    assert checked(web.at("/a.pdf#page=3"), web.at("/a.txt#x"), web.says("/none", Says()) + "#x") == ([], 3, ())


def test_the_encoding_of_a_page(web: Web, checked: Checked) -> None:
    body = '<p id="é">'
    for path, kind in {"/a": "text/html;charset=no-such", "/b": "application/xhtml+xml"}.items():
        web.says(path, Says(body=body, headers={"Content-Type": kind}))
    assert checked(web.at("/a#é"), web.at("/b#%C3%A9")) == ([], 2, ())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", '<meta charset="windows-1252"><p id="é">'.encode("cp1252")),
        ("text/html", '<meta charset=ISO-8859-1><p id="é"><p id="€">'.encode("cp1252")),
        (
            "text/html",
            '<meta http-equiv="Content-Type" content="text/html; charset=latin1"><p id="é">'.encode("cp1252"),
        ),
        ("text/html", '<META HTTP-EQUIV="content-type" CONTENT="text/html; charset=shift_jis"><p id="é">'.encode()),
        ("application/xhtml+xml", '<?xml version="1.0" encoding="iso-8859-15"?><p id="é">'.encode("iso-8859-15")),
        ("text/html", '<meta charset="utf-16"><p id="é">'.encode()),
        ("text/html; charset=utf-8", '<meta charset="latin1"><p id="é">'.encode()),
        ("text/html; charset=latin1", '<meta charset="utf-8"><p id="é">'.encode("latin-1")),
        ("text/html; charset=latin1", '\ufeff<p id="é">'.encode()),
        ("text/html", '\ufeff<p id="é">'.encode("utf-16-le")),
        ("text/html", f'{" " * 1024}<meta charset="latin1"><p id="é">'.encode()),
        ("text/html", '<meta charset="no-such"><p id="é">'.encode()),
    ],
)
def test_the_encoding_that_a_page_declares(web: Web, checked: Checked, kind: str, body: bytes) -> None:
    page = web.says("/a", Says(body=body, headers={"Content-Type": kind}))
    if b"shift_jis" in body:  # what it declares counts, even where it is wrong
        assert [problem.code for problem in checked(f"{page}#é").problems] == ["EXT002"]
    else:
        assert checked(f"{page}#é") == ([], 1, ())


@pytest.mark.parametrize("status", [301, 308])
def test_moved_for_good(web: Web, checked: Checked, status: int) -> None:
    page, new = web.moves("/a", "/b", status), web.page("/b", '<p id="x">')
    plain, anchored = checked(page, f"{page}#x").problems
    assert str(plain) == f"docs/a.md:1:1: EXT003 `{page}` has moved for good to `{new}`. Fix: Link to the new address."
    assert plain.severity == "warning"
    assert plain.edit == Edit(Position("docs/a.md", 1, 9), page, new)
    assert anchored.message == f"`{page}#x` has moved for good to `{new}#x`."
    assert anchored.edit == Edit(Position("docs/a.md", 2, 9), f"{page}#x", f"{new}#x")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_moved_for_now_is_no_problem(web: Web, checked: Checked, status: int) -> None:
    web.page("/b", "")
    assert checked(web.moves("/a", "/b", status)) == ([], 1, ())
    assert web.asked == ["HEAD /a", "HEAD /b"]


def test_moved_for_good_and_then_for_now_is_not_certain(web: Web, checked: Checked) -> None:
    web.moves("/a", "/b")
    web.moves("/b", "/c", 302)
    web.page("/c", "")
    (problem,) = checked(web.at("/a")).problems
    assert problem.message == f"`{web.at('/a')}` has moved for good to `{web.at('/b')}`."
    assert problem.edit is None


def test_moved_for_now_and_then_for_good_says_nothing(web: Web, checked: Checked) -> None:
    web.moves("/a", "/b", 302)
    web.moves("/b", "/c")
    web.page("/c", "")
    assert checked(web.at("/a")) == ([], 1, ())


@pytest.mark.parametrize("new", ["/b(1)", "/b|c"])
def test_an_address_that_markdown_would_break_is_not_written_for_you(web: Web, checked: Checked, new: str) -> None:
    web.moves("/a", new)
    web.page(new.replace("|", "%7C"), "")
    (problem,) = checked(web.at("/a")).problems
    assert (problem.code, problem.edit is None) == ("EXT003", "(" in new)


@pytest.mark.parametrize(
    ("old", "new", "certain"),
    [
        ("/a/b", "/", False),
        ("/a/b", "/a/", False),
        ("/a/b", "/a/?from=b", False),
        ("/a/b", "/login", False),
        ("/a/b", "/en-us/a/b", False),
        ("/latest/b", "/v2.1/b", False),
        ("/", "/en/", False),
        ("/a/b", "/a/b/", True),
        ("/a/b/index.html", "/a/b/", True),
        ("/a/b?x=1", "/c/b?x=1", True),
        ("/latest/b", "/latest/c", True),
        ("/login", "/login/new", True),
        ("/a/b", "/a/c.html", True),
    ],
)
def test_only_an_address_of_the_same_page_is_written_for_you(
    web: Web, checked: Checked, old: str, new: str, *, certain: bool
) -> None:
    web.moves(old, new)
    web.page(new, "")
    (problem,) = checked(web.at(old)).problems
    assert problem.message == f"`{web.at(old)}` has moved for good to `{web.at(new)}`."
    assert problem.edit == (Edit(Position("docs/a.md", 1, 9), web.at(old), web.at(new)) if certain else None)


def test_where_the_written_place_is_not_known_to_the_letter_nothing_is_edited(web: Web) -> None:
    page = web.moves("/a", "/b")
    web.page("/b", "")
    written = {page: [Link(page, Position("docs/a.md", 4, 2))]}
    (problem,) = check(written, settings=QUICK, cache=None, accepted=(), today=TODAY, now=NOW).problems
    assert (problem.code, problem.edit) == ("EXT003", None)


def test_moved_in_utf_8(web: Web, checked: Checked) -> None:
    web.moves("/a", "/é".encode().decode("latin-1"))
    web.page("/%C3%A9", "")
    (problem,) = checked(web.at("/a")).problems
    assert problem.message == f"`{web.at('/a')}` has moved for good to `{web.at('/%C3%A9')}`."


def test_moved_and_without_the_anchor_is_one_problem(web: Web, checked: Checked) -> None:
    page, new = web.moves("/a", "/b"), web.page("/b", "")
    (problem,) = checked(f"{page}#x").problems
    assert problem.message == f"`{page}` has no anchor `#x`."
    assert problem.notes == (f"The page has moved for good to `{new}#x`.",)


def test_a_redirect_to_an_anchor_replaces_the_one_that_is_written(web: Web, checked: Checked) -> None:
    page = web.moves("/a", "/b#y")
    web.page("/b", '<p id="y">')
    (problem,) = checked(f"{page}#x").problems
    assert problem.message == f"`{page}#x` has moved for good to `{web.at('/b#y')}`."


def test_moved_to_where_it_is_gone(web: Web, checked: Checked) -> None:
    page = web.moves("/a", "/b")
    assert [problem.message for problem in checked(page).problems] == [f"`{page}` is gone: the server answers 404."]


def test_a_page_that_only_leads_on_is_followed(web: Web, checked: Checked) -> None:
    web.page("/latest/", '<noscript><meta http-equiv="Refresh" content="1; url=../2.0/"></noscript>')
    web.page("/2.0/", '<meta http-equiv="refresh" content="0; url=/2.0/"><p id="x">')
    web.page("/clock", '<meta http-equiv="refresh" content="60; url=/elsewhere"><p id="x">')
    assert checked(web.at("/latest/#x"), web.at("/clock#x")) == ([], 2, ())


def test_a_circle(web: Web, checked: Checked) -> None:
    page = web.moves("/a", "/a")
    (problem,) = checked(page).problems
    assert problem.message == f"`{page}` was not reached: more than 10 redirects."
    assert web.asked == ["HEAD /a", *["GET /a"] * 11]


@pytest.mark.parametrize("leads", ["/a", "/b", "", "ftp://a.test/"])
def test_a_head_that_is_led_astray_where_a_get_is_answered(web: Web, checked: Checked, leads: str) -> None:
    web.says("HEAD /a", Says(302, headers={"Location": leads}))
    web.says("HEAD /b", Says(302, headers={"Location": "/a"}))
    web.page("GET /a", "")
    assert checked(web.at("/a")) == ([], 1, ())
    assert web.asked[-1] == "GET /a"


def test_a_head_that_moves_for_good_where_a_get_does_not(web: Web, checked: Checked) -> None:
    web.says("HEAD /a", Says(301, headers={"Location": "/b"}))
    web.page("/a", "")
    web.page("/b", "")
    assert checked(web.at("/a")) == ([], 1, ())
    assert web.asked == ["HEAD /a", "HEAD /b", "GET /a"]


COOKIE = {"Location": "/a", "Set-Cookie": "seen=1; Path=/"}


def test_a_cookie_that_a_redirect_sets_is_brought_along(web: Web, checked: Checked) -> None:
    """As a page does that wants to know whether cookies are taken before it is shown."""
    web.says("/a", Says(302, headers={"Location": "/set"}), Says(cookie="seen=1"))
    web.says("/set", Says(302, headers=COOKIE))
    assert checked(web.at("/a")) == ([], 1, ())


def test_a_page_that_leads_to_itself_with_a_cookie(web: Web, checked: Checked) -> None:
    web.says("/a", Says(307, headers=COOKIE), Says(cookie="seen=1"))
    assert checked(web.at("/a")) == ([], 1, ())
    assert web.asked == ["HEAD /a", "HEAD /a"]


@pytest.mark.parametrize("cookie", ["seen=1; Path=/elsewhere", "seen=1; Max-Age=0", "seen=1; Domain=other.example"])
def test_a_cookie_for_elsewhere_is_not(web: Web, checked: Checked, cookie: str) -> None:
    web.says("/set", Says(302, headers={"Location": "/a", "Set-Cookie": cookie}))
    web.says("/a", Says(cookie="seen=1"))
    assert [problem.code for problem in checked(web.at("/set")).problems] == ["EXT001"]


def test_a_cookie_goes_to_no_other_host(web: Web, checked: Checked) -> None:
    web.says("/set", Says(302, headers={"Location": web.at("/a", "other.test"), "Set-Cookie": "seen=1; Path=/"}))
    web.says("/a", Says(cookie="seen=1"))
    assert [problem.code for problem in checked(web.at("/set", "one.test")).problems] == ["EXT001"]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("61", "61 seconds"),
        ("86400", "86,400 seconds"),
        (" 31536000 ", "31,536,000 seconds"),
        ("Wed, 21 Oct 2037 07:28:00 GMT", "until Wed, 21 Oct 2037 07:28:00 GMT"),
    ],
)
def test_a_long_wait_is_reported_as_it_is(web: Web, checked: Checked, after: str, words: str) -> None:
    page = web.says("/a", Says(503, headers={"Retry-After": after}))
    (problem,) = checked(page).problems
    assert problem.message == f"`{page}` was not reached: the server answers 503 and asks to wait {words}."


@pytest.mark.parametrize("after", ["soon", "-5", "1.5", "\u0665"])
def test_a_wait_that_is_none_is_not_kept_to(web: Web, checked: Checked, after: str) -> None:
    page = web.says("/a", Says(503, headers={"Retry-After": after.encode().decode("latin-1")}), Says())
    assert checked(page) == ([], 1, ())


def test_ten_redirects_are_followed(web: Web, checked: Checked) -> None:
    for number in range(10):
        web.moves(f"/{number}", f"/{number + 1}", 302)
    web.page("/10", "")
    assert checked(web.at("/0")) == ([], 1, ())


@pytest.mark.parametrize("location", ["ftp://a.test/", "http://[", "javascript:0", "http://a..b/"])
def test_a_redirect_out_of_the_web(web: Web, checked: Checked, location: str) -> None:
    page = web.moves("/a", location)
    assert [problem.message for problem in checked(page).problems] == [
        f"`{page}` was not reached: it leads on to `{location}`, which is not an address of the web."
    ]


def test_anchors_by_get_are_judged_behind_compression(web: Web, checked: Checked) -> None:
    web.says("/a", Says(body="this is not gzip", headers={**HTML, "Content-Encoding": "gzip"}))
    assert checked(web.at("/a#x")) == ([], 0, (web.at("/a#x"),))


def test_the_usual_settings_are_polite() -> None:
    settings = Settings()
    assert (settings.per_host, settings.concurrency, settings.retries, settings.longest_wait) == (2, 16, 3, 60)
