"""What a link to a page looks like elsewhere: its picture, and the words and addresses in the page."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from building import HOOKS, ROOT, build
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from studyguide.exports.share import FONT, cards, file_of

if TYPE_CHECKING:
    from pathlib import Path

FACE = ROOT / "overrides" / FONT
REPORT = "https://code.example/o/r/issues/new"


def metas(page: Path) -> dict[str, str]:
    tree = LexborHTMLParser(page.read_text("utf-8"))
    found = (node.attributes for node in tree.css("meta[property], meta[name^='twitter:']"))
    return {(each.get("property") or each.get("name") or ""): each.get("content") or "" for each in found}


@pytest.mark.parametrize(
    ("part", "file"),
    [
        ("", "guide.png"),
        ("Learn", "learn.png"),
        ("Look it up & more", "look-it-up-more.png"),
        ("../../x", "x.png"),
        ("Größe", "gr-e.png"),
        ("学", "guide.png"),
    ],
)
def test_file_of_a_part(part: str, file: str) -> None:
    assert file_of(part) == f"assets/share/{file}"


def test_card_is_as_large_as_asked_for_light_and_the_same_each_time() -> None:
    first = cards("Lambda in your VPC", "A study guide. " * 9, ["", "Learn"], FACE)
    assert first == cards("Lambda in your VPC", "A study guide. " * 9, ["", "Learn"], FACE)
    assert len(set(first.values())) == 2
    for data in first.values():
        assert len(data) < 40_000
        image = Image.open(BytesIO(data)).convert("RGB")
        assert image.size == (1200, 630)
        # Words end inside the picture, whatever their number.
        margin = image.crop((1125, 20, 1200, 630)).getcolors()
        assert margin == [(75 * 610, (250, 248, 243))]


def test_long_words_and_no_words_are_drawn() -> None:
    assert cards("W" * 80, "", [""], FACE)
    assert cards("", "x" * 500, [""], FACE)


def test_without_the_typeface_there_is_no_card(tmp_path: Path) -> None:
    assert cards("A", "b", [""], tmp_path / "none.woff2") == {}


def test_every_page_says_what_it_is_where_it_is_and_which_picture(site: Path) -> None:
    for page in site.rglob("index.html"):
        if "http-equiv" in page.read_text("utf-8"):
            continue
        said = metas(page)
        url = "/".join(page.relative_to(site).parts[:-1])
        address = (
            f"https://lambda-vpc-study-guide.github.io/{url}/" if url else "https://lambda-vpc-study-guide.github.io/"
        )
        tree = LexborHTMLParser(page.read_text("utf-8"))
        assert said["og:url"] == address == tree.css_first("link[rel=canonical]").attributes["href"]
        assert said["og:description"] == tree.css_first("meta[name=description]").attributes["content"]
        assert said["og:title"]
        assert said["twitter:card"] == "summary_large_image"
        assert (site / said["og:image"].removeprefix("https://lambda-vpc-study-guide.github.io/")).is_file()
    assert metas(site / "learn/dns/index.html")["og:image"].endswith("/learn.png")
    assert metas(site / "index.html")["og:image"].endswith("/guide.png")


def test_page_that_is_not_there_claims_no_address(site: Path) -> None:
    said = metas(site / "404.html")
    assert said["twitter:card"] == "summary"
    assert not {"og:url", "og:image"} & said.keys()


def test_no_page_asks_for_reports_where_nobody_takes_them(site: Path) -> None:
    assert "sg-report" not in (site / "index.html").read_text("utf-8")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A site of one page with the guide's own settings and templates, of somebody who has no address but takes reports."""
    page = tmp_path / "docs/learn/nat-or-endpoints.md"
    page.parent.mkdir(parents=True)
    page.write_text("# NAT or endpoints\n", "utf-8")
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT}/mkdocs.yml\ntheme: {{custom_dir: {ROOT}/overrides}}\nhooks: [{HOOKS}/events.py]\n"
        "nav: [index.md, {Learn: [learn/nat-or-endpoints.md]}]\n",
        "utf-8",
    )
    run = build(tmp_path / "mkdocs.yml", tmp_path / "site", SITE_URL="", REPORT_URL=REPORT)
    assert run.returncode == 0, run.stderr
    return tmp_path / "site"


def test_site_without_an_address_claims_none_and_a_report_names_page_and_commit(elsewhere: Path) -> None:
    assert not (elsewhere / "assets/share").exists()
    page = elsewhere / "learn/nat-or-endpoints/index.html"
    said = metas(page)
    assert said["twitter:card"] == "summary"
    assert not {"og:url", "og:image"} & said.keys()
    tree = LexborHTMLParser(page.read_text("utf-8"))
    assert tree.css_first("link[rel=canonical]") is None
    (link, *same) = [node.attributes["href"] or "" for node in tree.css(".sg-report a")]
    assert {link} == {*same}
    asked = parse_qs(urlsplit(link).query)
    assert link.startswith(f"{REPORT}?")
    assert asked["title"] == ["Error on: NAT or endpoints"]
    assert re.fullmatch(
        r"Page: docs/learn/nat-or-endpoints\.md\nCommit: ([0-9a-f]{7,}(-changed)?|unknown)\nSection: #\n\n"
        r"What is wrong, and what is right\?\n",
        asked["body"][0],
    )
    assert "studyguide-commit" not in unquote(page.read_text("utf-8"))
