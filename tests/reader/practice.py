"""A small site with the guide's own pages for practice, some questions to answer there, and how a reader answers them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from building import build
from reader.host import serving
from reader.pages import SCREEN, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[2]
SETTINGS = f"""
INHERIT: {ROOT}/mkdocs.yml
site_name: Gates
docs_dir: docs
nav: [Home: index.md, Gates: gates.md, Practice: practice/test.md, Kept: practice/my-data.md]
exclude_docs: ""
not_in_nav: ""
theme:
  custom_dir: {ROOT}/overrides
hooks: [{ROOT}/hooks/events.py]
"""
HOME = """---
title: Home
description: Some questions.
---

# Home

Look at the [gates](gates.md), the [test](practice/test.md), and [what is kept](practice/my-data.md).

/// objective | Pass the gates
    id: obj-gates

Read about the [gates](gates.md).
///

/// objective | Count the walls
    id: obj-walls

Read [this](index.md).
///
"""
GATES = """---
title: Gates
description: All the gates.
---

# Gates

See [home](index.md). For [gates](#obj-gates) and [walls](#obj-walls).

/// checkpoint | Where does a packet go?
    id: cp-one
    objective: obj-gates
    difficulty: 1

- [ ] Up
    > There is no way up.
- [ ] Down
    > Nobody built stairs.
- [x] Out
    > The route leads there.
- [ ] Nowhere
    > It moves.

See [home](index.md).
///

/// checkpoint | Which two are gates?
    id: cp-several
    objective: obj-gates
    difficulty: 3

- [x] North
    > It opens northwards.
- [ ] Wall
    > Walls are shut.
- [x] South
    > It opens southwards.
- [ ] Moat
    > Moats are wet.
- [ ] Tower
    > Towers are high.
///

/// checkpoint | A gate is called ___.
    id: cp-fill
    kind: fill
    objective: obj-gates

- [x] north-gate
    > The plan says so.
- [ ] wall
    > A wall is shut.
///

/// checkpoint | Match each with what it is.
    id: cp-match
    kind: match
    objective: obj-walls

- Gate :: a way
    > It opens.
- Wall :: no way
    > It does not.
- Moat :: water
    > It is wet.
///

/// checkpoint | How long is the wall?
    id: cp-number
    kind: number
    tolerance: 10 %
    objective: obj-walls

- [x] 1,000 steps
    > Somebody counted.
///

/// checkpoint | How is the wall?
    id: cp-wall
    objective: obj-walls

- [x] Thick
    > It is.
- [ ] Thin
    > It is not.
- [ ] Low
    > Nor that.
- [ ] Gone
    > Look again.
///
"""
RIGHT = {
    "cp-one": ["Out"],
    "cp-several": ["North", "South"],
    "cp-fill": "north-gate",
    "cp-match": None,
    "cp-number": "1000",
    "cp-wall": ["Thick"],
}
WRONG = {"cp-one": ["Up"], "cp-several": ["North", "Wall"], "cp-fill": "moat", "cp-number": "7", "cp-wall": ["Thin"]}


def site(folder: Path, *, more: str = "", **environment: str) -> Path:
    """Build the site in a folder, with more questions if there are any, and return where it is."""
    practice = folder / "docs/practice"
    practice.mkdir(parents=True)
    (folder / "docs/index.md").write_text(HOME, "utf-8")
    (folder / "docs/gates.md").write_text(GATES + more, "utf-8")
    for name in ("test.md", "my-data.md"):
        shutil.copy(ROOT / "docs/practice" / name, practice)
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    run = build(folder / "mkdocs.yml", folder / "site", **environment)
    assert run.returncode == 0, run.stderr
    return folder / "site"


@contextmanager
def served(folder: Path, *, more: str = "") -> Iterator[str]:
    """Serve the site as a strict host does."""
    with serving(site(folder, more=more)) as address:
        yield address


@contextmanager
def opened(chromium: Browser, address: str, script: str = "", **options: object) -> Iterator[Page]:
    """Open a page, after a script of ours where there is one; whatever it complains of is a failure.

    How soon a typeface is used is the machine's; that it is used at all is seen on every page of the guide.
    """
    complaints: list[str] = []
    with reading(chromium, **{"viewport": SCREEN, **options}) as page:
        page.on("console", lambda message: "was preloaded" in message.text or complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(address)
        yield page
    assert complaints == [], complaints


def asked(page: Page) -> Locator:
    """Return the question that is shown."""
    return page.locator("[data-part=asked] > section:visible")


def answer(page: Page, answers: dict = RIGHT, *, sure: str = "") -> str:
    """Answer the question that is shown, and return its id."""
    section = asked(page)
    key = section.get_attribute("data-id") or ""
    match answers.get(key):
        case list(names):
            for box in section.locator(".sg-options input:checked").all():
                if box.get_attribute("type") == "checkbox":
                    box.uncheck()
            for name in names:
                section.locator(".sg-options").get_by_label(name, exact=True).check()
        case str(text):
            section.get_by_label("Your answer").fill(text)
        case _:
            for item in section.locator("li[data-item]:has(select)").all():
                right = item.locator("option[data-right]" if key in answers else "option:not([data-right])").last
                item.locator("select").select_option(right.get_attribute("value"))
    if sure:
        section.get_by_role("radio", name=sure, exact=True).check()
    return key


def kept(page: Page, key: str) -> dict:
    """Return what is kept of a question or of the test."""
    return page.evaluate("(key) => studyguide.answers.read(key).then(({ record }) => record ?? {})", key)


def put(page: Page, entries: dict[str, object]) -> None:
    """Keep records as an earlier visit left them."""
    page.evaluate(
        """(entries) => {
            const store = idbKeyval.createStore(studyguide.name, "answers")
            return Promise.all(Object.entries(entries).map(([id, raw]) => idbKeyval.update(id, () => raw, store)))
        }""",
        entries,
    )


# What is kept of a question that was answered once, and a file that holds it.
RECORD = {
    "schema": 1,
    "version": "x",
    "phase": "done",
    "chosen": ["1"],
    "sure": "sure",
    "order": [],
    "tried": [["1"]],
    "shown": False,
    "rounds": [{"at": "2026-11-01T10:00:00.000Z", "version": "x", "chosen": ["1"], "right": False, "sure": "sure"}],
}
EXPORT = {"format": "study-guide-answers", "schema": 1, "answers": {"cp-one": RECORD}}
# What a reader is told of what is kept.
BLOCKED = "This browser keeps nothing for this page, so your answers last until you leave it."
FULL = "This browser has no room left, so what you answer now lasts until you leave this page."
NEWER = "A newer version of this guide kept an answer here. It stays as it is; what you answer now lasts until you leave this page."  # fmt: skip
CORRUPT = "What was kept of your answer here cannot be read. It is set aside, and you can answer again."
# How a browser keeps nothing, and what is said then.
FAULTS = {
    "blocked": ("indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }", BLOCKED),
    "no database": ("Object.defineProperty(window, 'indexedDB', { value: undefined })", BLOCKED),
    "refused": ("indexedDB.open = () => { const request = new EventTarget(); request.error = new DOMException('no', 'UnknownError'); setTimeout(() => request.onerror(), 5); return request }", BLOCKED),
    "full": ("IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }", FULL),
}  # fmt: skip
# What is kept is there once a test says so: `ready()`.
LATE = """
    const open = IDBFactory.prototype.open
    IDBFactory.prototype.open = function (...all) {
        const real = open.apply(this, all)
        const late = { get result() { return real.result } }
        real.onupgradeneeded = () => late.onupgradeneeded()
        real.onsuccess = () => { globalThis.ready = () => late.onsuccess() }
        return late
    }
"""
