"""The list of what a reader takes along, and addresses that say what they lead to."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from studyguide.exports.offline import FILE, WORKER, take_along

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js" defer></script>
<link href="https://other.example/a.css" rel="stylesheet"><a href="../assets/a.js">a</a><script src="gone.js"></script>
<script src="../assets/b.js?1"></script>"""
WRITTEN = 'self.VERSION = ""\nrun(VERSION, "")'
LOST = '<link rel="stylesheet" href="/guide/assets/a.css">'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        WORKER: WRITTEN,
        "index.html": "<p>Home</p>",
        "learn/index.html": PAGE,
        "404.html": LOST,
        "assets/a.css": "a{}",
        "assets/a.js": "a()",
        "assets/b.js": "b()",
        "assets/javascripts/lunr/x.js": "x()",
        "authoring/index.html": "<p>Write</p>",
        "practice/questions.apkg": "zip",
        "checks.json": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def test_address_has_the_hash_of_what_it_leads_to(site: Path) -> None:
    take_along(site)
    css, js = short("a{}"), short("a()")
    page = (site / "learn/index.html").read_text("utf-8")
    assert f'href="../assets/a.css?{css}"' in page
    assert f'src="../assets/a.js?{js}"' in page
    # What is elsewhere, is no part of the page, is not there or has one already.
    for kept in ("https://other.example/a.css", '<a href="../assets/a.js">', 'src="gone.js"', "b.js?1"):
        assert kept in page
    # The page for what is not there names files from the root of the host.
    assert (site / "404.html").read_text("utf-8") == LOST.replace("a.css", f"a.css?{css}")


def test_list_has_what_pages_show_as_it_is_in_the_end(site: Path) -> None:
    take_along(site)
    listed = json.loads((site / FILE).read_text("utf-8"))
    assert list(listed["files"]) == ["404.html", "assets/a.css", "assets/a.js", "assets/b.js", "", "learn/"]
    assert listed["files"]["learn/"] == short((site / "learn/index.html").read_text("utf-8"))
    names = ("404.html", "assets/a.css", "assets/a.js", "assets/b.js", "index.html", "learn/index.html")
    assert listed["size"] == sum((site / name).stat().st_size for name in names)


@pytest.mark.parametrize("worker", [WRITTEN, 'self.VERSION="";run(VERSION,"")'])
def test_worker_is_another_one_when_anything_is(site: Path, worker: str) -> None:
    """As it is written, and in fewer letters."""
    (site / WORKER).write_text(worker, "utf-8")
    take_along(site)
    first = (site / WORKER).read_text("utf-8")
    version = json.loads((site / FILE).read_text("utf-8"))["version"]
    assert first == worker.replace('""', f'"{version}"', 1)
    (site / WORKER).write_text(worker, "utf-8")
    (site / "assets/b.js").write_text("c()", "utf-8")
    take_along(site)
    assert (site / WORKER).read_text("utf-8") != first


def test_site_without_the_worker_stays_as_it_is(site: Path) -> None:
    (site / WORKER).unlink()
    take_along(site)
    assert (site / "learn/index.html").read_text("utf-8") == PAGE
    assert not (site / FILE).exists()
