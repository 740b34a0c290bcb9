"""What is kept of a check: good news for a week, bad news never; and offline nothing else counts."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from studyguide.web.answers import DAY, Answers
from studyguide.web.visit import Answer
from web.conftest import NOW, QUICK
from web.server import Says

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from web.conftest import Checked
    from web.server import Web

OFFLINE = replace(QUICK, offline=True)


def test_what_is_kept_is_not_asked_for(web: Web, checked: Checked, tmp_path: Path) -> None:
    page, moved = web.page("/a", '<p id="x">'), web.moves("/m", "/a")
    first = checked(f"{page}#x", page, moved, cache=tmp_path)
    asked = list(web.asked)
    assert checked(f"{page}#x", page, moved, cache=tmp_path) == first
    assert web.asked == asked
    assert [problem.code for problem in first.problems] == ["EXT003"]


@pytest.mark.parametrize(("days", "requests"), [(6.9, 1), (7.0, 2), (8.0, 2), (-0.1, 2)])
def test_what_is_kept_grows_old(web: Web, checked: Checked, tmp_path: Path, days: float, requests: int) -> None:
    page = web.page("/a", "")
    checked(page, cache=tmp_path)
    checked(page, cache=tmp_path, now=NOW + days * DAY)
    assert len(web.asked) == requests


def test_failures_are_asked_for_again(web: Web, checked: Checked, tmp_path: Path) -> None:
    page = web.says("/a", Says(404), Says(404), Says())
    assert [problem.code for problem in checked(page, cache=tmp_path).problems] == ["EXT001"]
    assert list(tmp_path.iterdir()) == []
    assert checked(page, cache=tmp_path) == ([], 1, ())


def test_a_missing_anchor_is_asked_for_again(web: Web, checked: Checked, tmp_path: Path) -> None:
    page = web.page("/a", "")
    assert [problem.code for problem in checked(f"{page}#x", cache=tmp_path).problems] == ["EXT002"]
    web.page("/a", '<p id="x">')
    assert checked(f"{page}#x", cache=tmp_path) == ([], 1, ())


def test_a_page_kept_without_its_anchors_is_asked_for_them(web: Web, checked: Checked, tmp_path: Path) -> None:
    page = web.page("/a", '<p id="x">')
    checked(page, cache=tmp_path)
    assert checked(f"{page}#x", cache=tmp_path, settings=OFFLINE) == ([], 0, (f"{page}#x",))
    assert checked(f"{page}#x", cache=tmp_path) == ([], 1, ())
    assert web.asked == ["HEAD /a", "GET /a"]


def test_offline_what_is_not_kept_was_not_checked(web: Web, checked: Checked, tmp_path: Path) -> None:
    page, other = web.page("/a", '<p id="x">'), web.page("/b", "")
    checked(f"{page}#x", cache=tmp_path)
    asked = list(web.asked)
    outcome = checked(f"{page}#x", f"{page}#y", other, settings=OFFLINE, cache=tmp_path)
    assert [problem.message for problem in outcome.problems] == [f"`{page}` has no anchor `#y`."]
    assert (outcome.checked, outcome.not_checked) == (2, (other,))
    old = checked(f"{page}#x", settings=OFFLINE, cache=tmp_path, now=NOW + 8 * DAY)
    assert old == ([], 0, (f"{page}#x",))
    assert checked(page, settings=OFFLINE) == ([], 0, (page,))
    assert web.asked == asked


def test_offline_a_malformed_address_is_still_a_finding(web: Web, checked: Checked) -> None:
    assert [problem.code for problem in checked("http://[", settings=OFFLINE).problems] == ["EXT001"]
    assert web.asked == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda text: text.replace('"status": 200', '"status": 404'),
        lambda _: "\udc80",
    ],
    ids=["cut", "empty", "changed", "no UTF-8"],
)
def test_a_spoilt_file_is_as_good_as_absent(
    web: Web, checked: Checked, tmp_path: Path, spoil: Callable[[str], str]
) -> None:
    page = web.page("/a", "")
    checked(page, cache=tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_text(spoil(file.read_text("utf-8")), encoding="utf-8", errors="surrogateescape")
    assert file.read_bytes() != good
    assert checked(page, settings=OFFLINE, cache=tmp_path) == ([], 0, (page,))
    assert checked(page, cache=tmp_path) == ([], 1, ())
    assert file.read_bytes() == good


@pytest.mark.parametrize("body", ["null", "[]", "{}", '{"checked": "now"}', '{"checked": 1795600000, "url": "u"}'])
def test_a_file_of_another_shape_is_as_good_as_absent(tmp_path: Path, body: str) -> None:
    kept = Answers(tmp_path, now=NOW, max_age=7)
    kept.put(Answer("u", 200))
    assert kept.get("u") == Answer("u", 200)
    (file,) = tmp_path.iterdir()
    file.write_text(f"{sha256(body.encode()).hexdigest()}\n{body}", "utf-8")
    assert kept.get("u") is None


def test_a_cache_that_cannot_be_written_is_no_error(web: Web, checked: Checked, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    assert checked(web.page("/a", ""), cache=tmp_path / "file" / "cache") == ([], 1, ())


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl+C interrupt, also in a run that was started to ignore it, as by ``nohup ... &``."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_leaves_what_is_known_whole(web: Web, checked: Checked, tmp_path: Path) -> None:
    quick, slow = web.page("/quick", ""), web.says("/slow", Says(hold=60))
    main = threading.main_thread().ident
    assert main

    def interrupt() -> None:
        while len(web.asked) < 2 or not list(tmp_path.glob("*.json")):
            time.sleep(0.01)
        signal.pthread_kill(main, signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        checked(quick, slow, cache=tmp_path, settings=QUICK)
    assert checked(quick, slow, settings=OFFLINE, cache=tmp_path) == ([], 1, (slow,))


def test_a_machine_without_the_web_checked_nothing(web: Web, checked: Checked, tmp_path: Path) -> None:
    dead = ("http://one.invalid/", "http://two.invalid/")
    assert checked(*dead) == ([], 0, dead)
    assert web.asked == []
    assert [problem.code for problem in checked(dead[0]).problems] == ["EXT001"]
    page = web.page("/a", "")
    checked(page, cache=tmp_path)
    again = checked(*dead, page, cache=tmp_path)
    assert [problem.code for problem in again.problems] == ["EXT001", "EXT001"]
    assert web.asked == ["HEAD /a", "HEAD /a"]  # the second time to see whether it is this machine
