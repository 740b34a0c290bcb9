"""The same mini-sites under other ways to build: what is found must not depend on them."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Literal

import pytest
from building import HOOKS, TESTS, build, mkdocs, problems, project
from studyguide_mkdocs.plugin import SELDOM, StudyGuide

if TYPE_CHECKING:
    from pathlib import Path

USUAL = (600, 9, 8)


@pytest.fixture
def anchors(tmp_path: Path) -> Path:
    """The mini-site with wrong anchors, in a folder that may be changed."""
    shutil.copytree(TESTS / "sites/anchor", tmp_path / "anchor")
    base = (TESTS / "sites/base.yml").read_text("utf-8")
    (tmp_path / "base.yml").write_text(base.replace("../../../hooks", str(HOOKS)), "utf-8")
    return tmp_path / "anchor"


def log_of(site: Path, *arguments: str) -> list[str]:
    return mkdocs("build", *arguments, folder=site).log


def problems_of(site: Path, *arguments: str) -> list[str]:
    return problems(log_of(site, *arguments))


def expected(site: Path) -> list[str]:
    return (site / "problems.txt").read_text("utf-8").strip().split("\n\n")


def test_id_that_a_template_gives_twice_is_said_to_be_its(tmp_path: Path) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"}, "theme: {name: mkdocs, custom_dir: theme}\n")
    (tmp_path / "theme").mkdir()
    page = '{% extends "base.html" %}{% block content %}<p id="x"></p><p id="x"></p>{{ super() }}{% endblock %}'
    (tmp_path / "theme/main.html").write_text(page, "utf-8")
    assert problems(build(settings, tmp_path / "site").log)[0].startswith(
        "docs/index.md:1:1: error ID001 This page has the id `x` more than once, and its text has none: a template or a "
        "plugin puts it in.\n"
    )


def test_verbose_build_finds_the_same(anchors: Path) -> None:
    assert problems_of(anchors, "--verbose") == expected(anchors)


def test_second_build_finds_the_same(anchors: Path) -> None:
    problems_of(anchors)
    assert problems_of(anchors) == expected(anchors)


def test_addresses_of_files_find_the_same_in_markdown(anchors: Path) -> None:
    """Raw HTML names addresses of the site, so only what Markdown links to can stay right."""
    text = (anchors / "docs/index.md").read_text("utf-8")
    (anchors / "docs/index.md").write_text("\n".join(text.splitlines()[:5]) + "\n", "utf-8")
    with (anchors / "mkdocs.yml").open("a") as settings:
        settings.write("use_directory_urls: false\n")
    assert problems_of(anchors) == [line for line in expected(anchors) if ":7:" not in line]


def test_dirty_build_says_that_it_is_partial(anchors: Path) -> None:
    log_of(anchors)
    log = log_of(anchors, "--dirty")
    assert [line for line in log if line.endswith(" Not checked: pages that --dirty did not read.")]
    assert not [line for line in log if "No problems." in line]


def test_rebuilds_in_one_process_find_the_same(anchors: Path) -> None:
    """``mkdocs serve`` keeps the hook's module from build to build: nothing of one may leak into the next."""
    script = (
        "from mkdocs.commands.build import build\n"
        "from mkdocs.config import load_config\n"
        "import logging\n"
        "logging.basicConfig(format='%(levelname)-8s-  %(message)s', level=logging.INFO)\n"
        "for _ in range(2):\n"
        "    settings = load_config('mkdocs.yml')\n"
        "    settings.plugins.on_startup(command='serve', dirty=False)\n"
        "    build(settings)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=anchors, capture_output=True, text=True, check=True)
    assert problems(run.stderr.splitlines()) == 2 * expected(anchors)


FEWER_LETTERS = """
import re

def on_post_page(output, **_):
    return re.sub(r'="([\\w-]+)"', r"=\\1", output)
"""


def test_a_plugin_that_writes_pages_in_fewer_letters_takes_nothing_from_them(tmp_path: Path) -> None:
    """It hears of a page before the guide's own plugin does, and is to see it whole."""
    figure = "/// figure | A\n    id: fig-a\n    alt: A leads to B.\n\n```mermaid\nflowchart LR\n  A --> B\n```\n///\n"
    question = "/// checkpoint | Which?\n    id: cp-a\n\n- [ ] One\n    > No.\n- [x] Two\n    > Right.\n///\n"
    text = f"# Home\n\n[](#fig-a) shows it.\n\n{figure}\n{question}"
    settings = project(tmp_path, {"index.md": text}, f"hooks: [fewer.py, {HOOKS / 'events.py'}]\n")
    (tmp_path / "fewer.py").write_text(FEWER_LETTERS, "utf-8")
    run = build(settings, tmp_path / "site")
    assert (run.returncode, problems(run.log)) == (0, [])
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert ["<svg" in page, "id=cp-a" in page, "sg-set-aside" in page] == [True, True, False]


@pytest.mark.parametrize("command", ["build", "serve"])
def test_garbage_is_looked_for_as_before_once_it_is_over(command: Literal["build", "serve"]) -> None:
    before, plugin = gc.get_threshold(), StudyGuide()
    gc.set_threshold(*USUAL)
    try:
        plugin.on_startup(command=command, dirty=False)
        assert gc.get_threshold() == SELDOM
        plugin.on_shutdown()
        assert (gc.get_threshold(), gc.get_freeze_count()) == (USUAL, 0)
    finally:
        gc.set_threshold(*before)
