"""A small site with a question of every kind, in the guide's own clothes, and what a reader does with one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from building import build
from reader.pages import SCREEN, reading
from reader.practice import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

SETTINGS = f"""
INHERIT: {ROOT}/mkdocs.yml
site_name: Questions
extra:
  report: https://git.example.org/guide/issues/new
docs_dir: docs
nav: [Home: index.md]
exclude_docs: ""
theme:
  custom_dir: {ROOT}/overrides
hooks: [{ROOT}/hooks/events.py]
"""
PAGE = """---
title: Questions
description: Some questions.
---

# Questions

/// objective | Reach it
    id: obj-reach

By [ways](#ways).
///

## Ways

/// checkpoint | Where does a packet go?
    id: cp-one
    objective: obj-reach
    difficulty: 2

- [ ] Up
    > There is no way up.
- [ ] Down, by [the stairs](#cp-several)
    > Nobody built stairs.
- [x] Out
    > The route leads there.
- [ ] Nowhere:

    ```text
    round and round
    ```

    > It moves.

Packets follow routes.
///

/// checkpoint | Which two are gates?
    id: cp-several
    objective: obj-reach

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
    objective: obj-reach

- [x] north-gate
    > The plan says so.
- [ ] wall
    > A wall is shut.
///

/// checkpoint | Put the steps in order.
    id: cp-order
    kind: order
    objective: obj-reach

1. Knock
    > Be polite.
2. Wait
    > It takes time.
3. Enter
    > It is open.
///

/// checkpoint | Match each with what it is.
    id: cp-match
    kind: match
    objective: obj-reach

- Gate :: a way
    > It opens.
- Wall :: no way
    > It does not.
- Moat :: water
    > It is wet.
///

/// checkpoint | How long is the way?
    id: cp-number
    kind: number
    tolerance: 10 %
    objective: obj-reach

- [ ] 300 steps
    > That is the way back.
- [x] 1,000 steps
    > Somebody counted.
///

/// checkpoint | Which line is wrong?
    id: cp-fault
    kind: fault
    objective: obj-reach

```yaml
gate: open
wall: open
```

- [ ] 1
    > Gates open.
- [x] 2
    > No wall is open.
///
"""


def site(folder: Path) -> Path:
    """Build the site, and return where it is."""
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(PAGE, "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    run = build(folder / "mkdocs.yml", folder / "site")
    assert run.returncode == 0, run.stderr
    return folder / "site"


@contextmanager
def opened(chromium: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open the questions; whatever the page complains of is a failure."""
    complaints: list[str] = []
    with reading(chromium, **{"viewport": SCREEN, **options}) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        go(page, address)
        yield page
    assert complaints == []


def go(page: Page, address: str = "") -> None:
    """Open a page, or the same again, and wait until its questions can answer: if scripts run, they are near."""
    page.goto(address) if address else page.reload()
    # Without a script there is no `:defined` to wait for, and on an empty page no question.
    if page.locator("html.js sg-question").count():
        page.locator("sg-question:defined").first.wait_for()


def question(page: Page, key: str) -> Locator:
    return page.locator(f"#cp-{key}")


def choose(asked: Locator, *names: str) -> None:
    for name in names:
        asked.locator(".sg-options").get_by_label(name, exact=name != "Down").check()


def check(asked: Locator, *, sure: str = "Sure") -> Locator:
    """Say how sure, check, and return what is said."""
    box = asked.get_by_role("radio", name=sure, exact=True)
    if box.is_enabled():
        box.check()
    asked.locator(".sg-check").click()
    return asked.locator(".sg-result")


def kept(page: Page, key: str) -> dict:
    """Return what is kept of a question."""
    return page.evaluate("(key) => studyguide.answers.read(key).then(({ record }) => record)", f"cp-{key}")


def shown(asked: Locator) -> list[str]:
    return [text.split("\n")[0].strip() for text in asked.locator(".sg-options > li").all_inner_texts()]
