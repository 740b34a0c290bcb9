"""What a reader does: chooses a scheme, goes by keyboard, gets lost, reads from a folder."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from building import guide
from PIL import Image
from playwright.sync_api import expect
from prose.guide import DOCS
from reader.pages import PAGES, PHONE, SCREEN, SEEN, found, load_again, reading, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        yield page


def test_scheme_follows_the_system_then_the_reader(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(base + "/")
    scheme = page.locator("body")
    assert scheme.get_attribute("data-md-color-scheme") == "slate"
    page.locator("form[data-md-component=palette] label:visible").click()
    assert scheme.get_attribute("data-md-color-scheme") == "default"
    page.reload()
    assert scheme.get_attribute("data-md-color-scheme") == "default"


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(250, 248, 243)"), ("dark", "rgb(17, 23, 27)")])
def test_scheme_follows_the_system_without_script(chromium: Browser, base: str, scheme: str, ground: str) -> None:
    with reading(chromium, color_scheme=scheme, java_script_enabled=False) as page:
        for address in ("/", "/learn/internet/", "/404.html"):
            page.goto(base + address)
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground, address


def test_paper_is_light(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(base + "/")
    assert page.evaluate("getComputedStyle(document.querySelector('.md-content')).color") == "rgb(26, 35, 41)"


def test_first_glance_shows_the_big_idea(page: Page, base: str) -> None:
    page.goto(base + "/")
    box = page.locator("figure.sg-figure svg").first.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 900


def test_first_glance_on_a_phone_shows_three_doors(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        page.goto(base + "/")
        doors = page.get_by_role("article").locator(".sg-doors").get_by_role("listitem")
        assert [door.locator("strong").inner_text() for door in doors.all()] == [
            "The exam is soon.",
            "You want to learn it.",
            "Something fails now.",
        ]
        for door in doors.all():
            expect(door).to_be_in_viewport(ratio=1)
            assert door.get_by_role("link").count() >= 2


def test_first_page_says_how_much_there_is(page: Page, base: str) -> None:
    page.goto(base + "/")
    said = page.get_by_text(re.compile(r"^\d+ lessons, about \d+ hours, \d+ questions$")).inner_text()
    lessons, hours, questions = map(int, re.findall(r"\d+", said))
    assert lessons == sum(address.startswith("/learn/") for address in PAGES)
    times = texts(page, base, ".sg-reading")
    minutes = sum(int(re.findall(r"About (\d+)", times[address][0])[0]) for address in PAGES if "/learn/" in address)
    asked = sum(map(len, texts(page, base, ".sg-checkpoint").values()))
    assert (hours, questions) == (round(minutes / 60), asked)


@pytest.mark.parametrize("address", ["/", "/practice/bank/model-tables/"])
def test_tab_comes_to_the_page_after_few_stops(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    for stops in range(1, 41):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.checkVisibility({ visibilityProperty: true })"), stops
        if page.locator("article :focus").count():
            return
    pytest.fail("more than 40 stops before the page's own links")


def test_contents_follow_the_page_and_its_headings(page: Page, base: str) -> None:
    page.goto(base + "/learn/internet/")
    contents = page.get_by_role("navigation", name="Table of contents")
    box, article = contents.bounding_box(), page.get_by_role("article").bounding_box()
    assert box
    assert article
    assert box["x"] >= article["x"] + article["width"]
    contents.get_by_role("link", name="IPv4: a NAT gateway").click()
    expect(page.get_by_role("heading", name="IPv4: a NAT gateway")).to_be_in_viewport()
    expect(contents.locator(".md-nav__link--active")).to_have_text("IPv4: a NAT gateway")


def test_keyboard_opens_an_answer(page: Page, base: str) -> None:
    page.goto(base + "/practice/checkpoints/")
    answer = page.locator(".sg-answer").first
    page.locator(".sg-checkpoint").first.evaluate("(element) => { element.tabIndex = -1; element.focus() }")
    page.keyboard.press("Tab")
    while not answer.locator("summary").evaluate("(summary) => summary === document.activeElement"):
        assert page.locator(".sg-checkpoint:focus-within").count() == 1, "Tab passed the answer by"
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert answer.locator(".sg-verdict").is_visible()
    page.keyboard.press("Enter")
    assert not answer.locator(".sg-verdict").is_visible()


def _copied(page: Page, block: Locator) -> str:
    block.hover()
    block.get_by_role("button", name="Copy to clipboard").click()
    page.get_by_text("Copied to clipboard").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_copying_a_session_leaves_out_its_prompts(page: Page, base: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/example/deploy/")
    session = page.locator(".md-content .highlight", has_text="aws lambda invoke")
    shown = session.inner_text().strip().split("\n")
    assert [line for line in shown if line.startswith("$ ")] == ["$ aws lambda invoke \\", "$ cat out.json"]
    assert _copied(page, session).split("\n") == [line.removeprefix("$ ") for line in shown]


def test_notes_lead_to_their_lines_and_are_in_no_copy(page: Page, base: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/example/private-mysql/#limits-that-share-out-what-is-left")
    block = page.locator(".sg-annotated", has_text="def limits(")
    code = (DOCS / "example/app/handler.py").read_text("utf-8").partition("[start:limits]\n")[2]
    code = code.partition("\n# --8<--")[0]
    assert _copied(page, block) == code
    # Who selects it with the mouse gets the same.
    block.locator("code").evaluate("(code) => getSelection().selectAllChildren(code)")
    assert page.evaluate("String(getSelection())").strip() == code
    mark = block.get_by_role("link", name="Note 2")
    mark.click()
    note = page.locator("li:target")
    assert note.inner_text().startswith("left / len(steps) divides")
    note.get_by_role("link", name="left / len(steps)").press("Enter")
    assert mark.locator(":target").count() == 1
    expect(mark).to_be_in_viewport()


def test_a_line_shows_the_number_of_its_note_without_a_script_and_on_paper(chromium: Browser, base: str) -> None:
    number = "(mark) => getComputedStyle(mark.firstElementChild, '::before').content"
    with reading(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(base + "/example/private-mysql/")
        block = page.locator(".sg-annotated", has_text="def limits(")
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            boxes = [mark.bounding_box() for mark in block.locator(".sg-at").all()]
            assert [mark.evaluate(number) for mark in block.locator(".sg-at").all()] == ['"1"', '"2"']
            assert all(box and box["x"] >= 0 and box["width"] > 15 for box in boxes)


def test_nothing_covers_code_on_a_phone(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.goto(base + "/example/private-mysql/")
        blocks = [block for block in page.locator(".md-content .highlight").all() if block.is_visible()]
        assert len(blocks) > 3
        names = set()
        for block in reversed(blocks):
            block.scroll_into_view_if_needed()
            names.add(block.get_by_role("navigation", name="Code block").aria_snapshot())
            button = block.get_by_role("button", name="Copy to clipboard").bounding_box()
            code = block.locator("code").bounding_box()
            assert button
            assert code
            assert button["y"] + button["height"] <= code["y"]
        assert len(names) == len(blocks)


def test_long_line_shows_that_it_goes_on(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        page.goto(base + "/example/private-mysql/")
        code = page.locator(".md-content pre > code").evaluate_all(
            "(all) => all.findIndex((one) => one.scrollWidth > one.clientWidth + 40)"
        )
        block = page.locator(".md-content pre > code").nth(code)
        block.scroll_into_view_if_needed()
        # The words would be in the way of looking at the edges.
        block.evaluate(
            "(one) => { one.style.color = 'transparent'; one.querySelectorAll('*').forEach((part) => { part.style.color = 'transparent' }) }"
        )
        begin = _edges(block)
        block.evaluate("(one) => { one.scrollLeft = one.scrollWidth }")
        end = _edges(block)
        assert (begin.left, end.right) == (begin.ground, begin.ground)
        assert sum(begin.right) < sum(begin.ground) - 30
        assert sum(end.left) < sum(end.ground) - 30


class Edges(NamedTuple):
    left: tuple[int, ...]
    ground: tuple[int, ...]
    right: tuple[int, ...]


def _edges(block: Locator) -> Edges:
    """Return the colours at the edges of a block and in its middle, as they are painted."""
    picture = Image.open(BytesIO(block.screenshot())).convert("RGB")
    middle = picture.height // 2
    return Edges(*(picture.getpixel((x, middle)) for x in (2, picture.width // 2, picture.width - 3)))


def test_all_that_opens_is_within_the_policy_of_a_strict_host(chromium: Browser, base: str) -> None:
    # The navigation is behind a button on a phone only; pages as they come are looked at on a desk, each by itself.
    with reading(chromium, viewport=PHONE, permissions=["clipboard-read", "clipboard-write"]) as page:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(base + "/learn/permissions/")
        page.get_by_role("article").get_by_role("link", name="Hyperplane ENIs").first.focus()
        expect(page.get_by_role("tooltip")).to_be_visible()
        asked = page.locator(".sg-checkpoint:has(input[type=radio])").first
        asked.locator(".sg-options input").first.check()
        asked.get_by_role("radio", name="Unsure", exact=True).check()
        asked.get_by_role("button", name="Check").click()
        expect(asked.locator(".sg-result")).to_be_visible()
        page.locator("input[data-md-toggle=drawer]").evaluate("(drawer) => { drawer.checked = true }")
        page.evaluate(SEEN)
        page.goto(base + "/example/how-it-breaks/")
        _copied(page, page.locator(".md-content .highlight").first)
        page.goto(base + "/learn/internet/")
        page.get_by_role("button", name="Enlarge Figure").first.click()
        expect(page.get_by_role("dialog", name="Which exit a function needs")).to_be_visible()
        page.keyboard.press("Escape")
        assert found(page, "rds proxy")
        page.goto(base + "/lab/")
        page.locator("#lab-secret").get_by_text("Run the call").click()
        expect(page.locator("#lab-secret").get_by_role("status")).to_have_text(re.compile("Say first"))
        assert complaints == []


def test_report_of_an_error_names_the_section_on_the_screen(page: Page, base: str, site: Path) -> None:
    address = "/learn/dns/"
    form = "https://code.example/new?body=Section%3A%20%23%0A%0AWhat%3F"
    body = (site / "learn/dns/index.html").read_text("utf-8")
    link = f'<p class="sg-report"><a href="{form}" target="_blank">Report an error</a></p></article>'
    page.route("**" + address, lambda route: route.fulfill(body=body.replace("</article>", link, 1)))
    page.context.route("https://code.example/**", lambda route: route.fulfill(body="the form"))
    page.goto(base + address)
    report = page.get_by_role("link", name="Report an error", include_hidden=True)
    for section in ("", "#who-answers", "#limits"):
        page.evaluate("(hash) => history.replaceState(null, '', hash || location.pathname)", section)
        with page.expect_popup() as opened:
            report.evaluate("(link) => link.click()")
        opened.value.wait_for_url(f"https://code.example/new?body=Section%3A%20%23{section[1:]}%0A%0AWhat%3F")


def test_missing_page_says_where_to_go(page: Page, base: str) -> None:
    answer = page.goto(base + "/nowhere/at/all/")
    assert answer
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "No route to this page"
    page.locator(".md-content a", has_text="start").first.click()
    assert page.url == base + "/"


def test_every_page_describes_itself(page: Page, base: str) -> None:
    described = texts(page, base, "meta[name=description]")
    assert {address for address, found in described.items() if len(found) != 1 or not found[0]} == set()
    assert len({found[0] for found in described.values()}) == len(PAGES), described


def test_sitemap_lists_every_page(site: Path) -> None:
    listed = [element.text for element in ET.parse(site / "sitemap.xml").iter() if element.tag.endswith("loc")]  # noqa: S314 - our own file
    assert sorted(re.sub("^https://[^/]+", "", url or "") for url in listed) == PAGES


def test_reads_from_a_folder(page: Page, tmp_path: Path) -> None:
    folder = guide(tmp_path / "site", OFFLINE="true")
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((folder / "index.html").as_uri())
    page.locator(".md-nav--primary a[href*=internet]").first.evaluate("(link) => link.click()")
    page.wait_for_url("**/learn/internet.html")
    assert page.locator("figure.sg-figure svg").first.is_visible()
    page.get_by_role("button", name="Enlarge Figure").first.click()
    expect(page.get_by_role("dialog", name="Which exit a function needs")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("article").get_by_role("link", name="egress-only internet gateway").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert found(page, "rds proxy")[0] == "reference/glossary.html#term-rds-proxy"
    page.keyboard.press("Escape")
    asked = page.locator(".sg-checkpoint:has(input[type=radio])").first
    asked.locator(".sg-options input").first.check()
    asked.get_by_role("radio", name="Unsure", exact=True).check()
    asked.get_by_role("button", name="Check").click()
    said = asked.locator(".sg-result").inner_text()
    load_again(page)
    expect(asked.locator(".sg-result")).to_have_text(re.compile(re.escape(said.split(".")[0])))
    assert [url for url in requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert complaints == []


def test_keys_come_to_code_on_a_screen_that_is_touched(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        # What the theme asks; the browser of the tests always has a mouse.
        page.add_init_script(
            "const ask = matchMedia; matchMedia = (what) => ask(what === '(hover)' ? 'not all' : what)"
        )
        page.goto(base + "/example/deploy/")
        assert not page.evaluate("matchMedia('(hover)').matches")
        code = page.locator("article pre > code").first
        code.scroll_into_view_if_needed()
        # The theme's script has prepared it.
        expect(page.locator("article pre").first).to_have_attribute("id", re.compile("^__code_"))
        page.locator("article pre").first.locator("xpath=preceding::a[1]").focus()
        for _ in range(2):  # what copies it comes first
            page.keyboard.press("Tab")
        expect(code).to_be_focused()
