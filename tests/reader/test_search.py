"""What a reader finds: by words, symptoms and errors, with keys and without a script."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect
from reader.pages import CLEAN, PAGES, PHONE, SCREEN, found, reading, source_of, texts, until, violations_in_both
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CASES: dict[str, str] = quickyaml.load((Path(__file__).parent / "search.yml").read_text("utf-8"))
SPACE = re.compile(r"\s+")
# The colour behind words that are marked.
MARK = """() => {
  const mark = document.body.appendChild(document.createElement("p"));
  mark.style.color = "var(--sg-mark)";
  const colour = getComputedStyle(mark).color.match(/\\d+/g).map(Number);
  mark.remove();
  return colour;
}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        yield page


def test_what_askers_type_is_among_the_first_three(page: Page, base: str) -> None:
    page.goto(base + "/")
    first = {words: found(page, words)[:3] for words in CASES}
    assert {words: first[words] for words, address in CASES.items() if address not in first[words]} == {}


def test_every_case_leads_to_a_place_that_is_there(site: Path) -> None:
    places = {entry["location"] for entry in _entries(site)}
    assert set(CASES.values()) - places == set()


def test_exact_phrase_comes_first(page: Page, base: str) -> None:
    page.goto(base + "/")
    # One in a title, one in a text, one in what a run said.
    assert found(page, "names beyond the vpc")[0] == "learn/dns/#names-beyond-the-vpc"
    assert found(page, "share little but the name")[0] == "learn/aws-services/#the-two-kinds-of-endpoint"
    assert found(page, "is not allowed to connect")


def test_keyboard_opens_goes_through_and_closes(page: Page, base: str) -> None:
    page.goto(base + "/learn/dns/")
    page.keyboard.press("Control+k")
    page.keyboard.type("security group")
    status = page.get_by_role("dialog", name="Search").get_by_role("status")
    expect(status).to_contain_text("Found: ")
    links = page.get_by_role("dialog").get_by_role("listitem").get_by_role("link")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.get_by_role("button", name="Search").press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value("security group")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/glossary/#term-security-group*")
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_focus_returns_to_the_way_in(page: Page, base: str) -> None:
    page.goto(base + "/")
    page.get_by_role("button", name="Search").press("Enter")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_link_to_the_same_page_closes_the_dialog(page: Page, base: str) -> None:
    page.goto(base + "/learn/dns/")
    assert found(page, "names beyond the vpc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/dns/#names-beyond-the-vpc")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(page.get_by_role("heading", name="Names beyond the VPC")).to_be_in_viewport()


def test_words_are_marked_on_the_page_that_a_result_leads_to(page: Page, base: str) -> None:
    page.goto(base + "/")
    assert found(page, "connection refused")
    link = page.locator(".sg-find ol a").first
    address = link.get_attribute("href")
    assert address
    # Who copies a link gets the address of its section.
    assert ":~:" not in address
    link.click()
    page.wait_for_url(re.compile(re.escape(address)))
    expect(page.get_by_text("refusal came from the host")).to_be_in_viewport()
    until(page, "() => document.readyState === 'complete'")
    assert _has_colour_of_marks(page)
    page.goto("about:blank")
    page.goto(address)
    assert not _has_colour_of_marks(page)


def _has_colour_of_marks(page: Page) -> bool:
    """Return whether marked words are in sight: no script can ask for those that the browser marks."""
    colour = tuple(page.evaluate(MARK))
    with Image.open(BytesIO(page.screenshot())) as seen:
        return colour in {each for _, each in seen.convert("RGB").getcolors(1 << 24) or []}


@pytest.mark.parametrize(
    ("words", "said", "near"),
    [
        ("quuxfrob", "The guide has nothing like that.", None),
        ("secruity gruop", "Nothing has all of that. The nearest:", "security group"),
        ("cognito frobnicator quuxly", "Nothing has all of that. The nearest:", "Cognito hangs"),
        ("???", "The guide has nothing like that.", None),
    ],
)
def test_no_match_says_so_and_where_to_look(page: Page, base: str, words: str, said: str, near: str | None) -> None:
    page.goto(base + "/")
    found(page, words)
    search = page.get_by_role("dialog", name="Search")
    expect(search.get_by_role("status")).to_have_text(said)
    expect(search.get_by_role("link", name="Troubleshooting", exact=True)).to_be_visible()
    if near:
        expect(search.get_by_role("listitem").first).to_contain_text(near)
    else:
        expect(search.get_by_role("listitem")).to_have_count(0)


def test_teaser_is_prose_with_the_words_marked(page: Page, base: str) -> None:
    page.goto(base + "/")
    for words in ("timeout", "ENI limit", "5432", "nacl"):
        found(page, words)
        for text in page.locator(".sg-find ol span:last-child").all_inner_texts():
            assert not re.search(r"Labels: |<\w|&\w+;|Checkpoint \d|\[\d+\]", text), text
            assert len(text) < 190
    found(page, "cannot delete subnet")
    assert page.locator(".sg-find ol li").first.locator("mark").all_inner_texts()[:3] == ["subnet", "cannot", "deleted"]


def test_what_an_author_wrote_is_shown_as_text(page: Page, base: str, site: Path) -> None:
    index = json.loads((site / "search/index.js").read_text("utf-8").removeprefix("globalThis.sgIndex = "))
    evil = "<img src=x onerror=alert(1)> (a|b)* \\d quirk"
    index["docs"][0] |= {"title": evil, "text": evil}
    page.route("**/search/index.js", lambda route: route.fulfill(body=f"globalThis.sgIndex = {json.dumps(index)}"))
    page.goto(base + "/")
    found(page, "(a|b)* \\d quirk")
    expect(page.locator(".sg-find ol li").first).to_contain_text(evil)
    assert page.locator(".sg-find ol img").count() == 0


def test_nothing_is_asked_for_before_the_reader_asks(page: Page, base: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.removeprefix(base).partition("?")[0]))
    page.goto(base + "/", wait_until="networkidle")
    assert [url for url in requests if "search" in url and not url.endswith("search.css")] == []
    found(page, "endpoint")
    assert {url for url in requests if "/search/" in url or "minisearch" in url} == {
        "/search/index.js",
        "/assets/vendor/minisearch/minisearch.js",
    }


def test_index_that_does_not_come_leaves_a_way(page: Page, base: str) -> None:
    page.route("**/search/index.js", lambda route: route.abort())
    page.goto(base + "/")
    page.get_by_role("button", name="Search").click()
    search = page.get_by_role("dialog", name="Search")
    expect(search.get_by_role("status")).to_have_text("Search could not be loaded.")
    search.get_by_role("link", name="outline").click()
    page.wait_for_url("**/reference/outline/")


def test_without_a_script_the_way_leads_to_the_outline(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(base + "/learn/dns/")
        assert page.get_by_role("button", name="Search").count() == 0
        page.get_by_role("banner").get_by_role("link", name="Outline").click()
        page.wait_for_url("**/reference/outline/")


@pytest.mark.parametrize("words", ["", "cannot delete subnet", "quuxfrob"])
def test_axe_finds_nothing_in_the_open_search(chromium: Browser, base: str, words: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        page.goto(base + "/learn/dns/")
        page.get_by_role("button", name="Search").click()
        if words:
            found(page, words)
        assert violations_in_both(page, within=".sg-find") == CLEAN
        search = page.get_by_role("dialog", name="Search").bounding_box()
        assert search
        assert search["x"] >= 0
        assert search["x"] + search["width"] <= PHONE["width"]


def test_search_finds_the_words_of_every_figure(page: Page, base: str, site: Path) -> None:
    index = _index(site)
    # The bank is not searched, or a question would be found by its answer.
    searched = [address for address in PAGES if "\nsearch:\n  exclude: true\n" not in source_of(address)]
    drawn = texts(page, base, ".sg-figure svg text")
    labels = [(address, label) for address in searched for label in drawn[address]]
    assert len(labels) > 100
    # The lines of a label are words apart to search, and one word to the browser.
    missing = [(address, label) for address, label in labels if _solid(label) not in _solid(index[address])]
    assert missing == []
    address, label = max((pair for pair in labels if pair[1] in index[pair[0]]), key=lambda pair: len(pair[1]))
    page.goto(base + "/")
    assert any(address.strip("/") in link for link in found(page, label))


def _solid(text: str) -> str:
    return SPACE.sub("", text)


def _index(site: Path) -> dict[str, str]:
    """Return the searchable text of every page, by its address."""
    texts: dict[str, str] = {}
    for entry in _entries(site):
        address = "/" + entry["location"].partition("#")[0]
        words = f"{entry['title']} {entry['text']} {entry['code']}"
        texts[address] = SPACE.sub(" ", f"{texts.get(address, '')} {words}")
    return texts


def test_search_finds_no_answer(page: Page, base: str, site: Path) -> None:
    index = " ".join(_index(site).values())
    told = texts(page, base, ".sg-reasons > li > p:not(.sg-mark), .sg-explanation > p")
    answers = [answer for found in told.values() for answer in found]
    assert len(answers) > 100
    assert [text for text in answers if text in index] == []
    page.goto(base + "/")
    answer = max(answers, key=len)
    found(page, " ".join(re.findall(r"\w{4,}", answer)[:6]))
    assert answer[:60] not in page.locator(".sg-find").inner_text()


def _entries(site: Path) -> list[dict]:
    return json.loads((site / "search/index.js").read_text("utf-8").removeprefix("globalThis.sgIndex = "))["docs"]
