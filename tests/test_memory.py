"""What a server keeps from build to build: a save makes what it changed, and what no build uses is forgotten."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest
from building import build, problems, project
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from serving import STUCK, Server
from studyguide_mkdocs import guard, memory

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 200
SETTINGS = """
site_name: Many
site_url: https://example.org/many/
theme: {name: mkdocs}
plugins: [studyguide]
nav: [index.md]
not_in_nav: page-*.md
"""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A guide of many pages, each with a link to the next."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    for number in range(PAGES):
        write(tmp_path, number)
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return tmp_path


def write(guide: Path, number: int, more: str = "") -> None:
    text = f"# Page {number}\n\nTo [the next](page-{(number + 1) % PAGES}.md).\n{more}"
    (guide / "docs" / f"page-{number}.md").write_text(text, "utf-8")


def test_pinned_packages_are_as_the_memory_knows_them() -> None:
    assert {name: guard.digest(guard.KNOWN[name][0]) for name in guard.unknown()} == {}


def test_a_save_makes_one_page_of_two_hundred(guide: Path) -> None:
    before = Page.render, Theme.get_env
    with Server(guide / "mkdocs.yml") as server:
        server.build()
        assert server.made.count("page") == PAGES + 1
        server.build()
        assert server.made == []
        write(guide, 7, "\nMore.\n")
        server.build()
        assert sorted(server.made) == ["filled", "page", "parsed"]
        # What the last build did not use is there no more: the old text is a new one.
        write(guide, 7)
        assert problems(server.build()) == []
        assert sorted(server.made) == ["filled", "page", "parsed"]

        write(guide, 7, "\n[gone](gone.md)\n")
        found = problems(server.build())
        assert sorted(server.made) == ["filled", "page", "parsed"]
        assert [problem.partition("\n")[0] for problem in found] == [
            "docs/page-7.md:5:1: error LNK001 `gone.md` leads nowhere."
        ]
    assert (Page.render, Theme.get_env) == before
    assert found == problems(build(guide / "mkdocs.yml", guide / "cold").log)


@pytest.mark.parametrize(
    "broken",
    [
        "site_name: [Many\n",
        SETTINGS.replace("[studyguide]", "[nope, studyguide]"),
        SETTINGS.replace("site_name: Many", "not_a_setting: 1"),
        SETTINGS.replace("name: mkdocs", "name: nope"),
        "",
    ],
)
def test_settings_that_are_broken_for_a_while_leave_nothing_behind(tmp_path: Path, broken: str) -> None:
    """What MkDocs warned of them is over with them, and a page that was saved meanwhile is built."""
    settings = project(tmp_path, {"index.md": "# Home\n\n[gone](gone.md)\n"})
    right = settings.read_text("utf-8")
    with Server(settings) as server:
        first = problems(server.build())
        settings.write_text(broken, "utf-8")
        assert [line for line in server.build() if line.startswith("ERROR")][-1] == f"ERROR   -  {STUCK}"
        (tmp_path / "docs/index.md").write_text("# Home\n\n[lost](lost.md)\n", "utf-8")
        assert problems(server.build()) == []
        settings.write_text(right, "utf-8")
        last = problems(server.build())
    assert [problem.partition("\n")[0] for problem in [*first, *last]] == [
        "docs/index.md:3:1: error LNK001 `gone.md` leads nowhere.",
        "docs/index.md:3:1: error LNK001 `lost.md` leads nowhere.",
    ]


@pytest.mark.parametrize("has_source", [True, False])
def test_other_mkdocs_is_built_in_full_and_said_once(
    guide: Path, monkeypatch: pytest.MonkeyPatch, *, has_source: bool
) -> None:
    """A function that is not as it was, and one whose source nobody can read."""
    render = Page.render

    def other(page: Page, *rest: Any) -> None:
        render(page, *rest)

    monkeypatch.setattr(Page, "render", other if has_source else functools.partialmethod(render))
    for number in range(3, PAGES):
        (guide / "docs" / f"page-{number}.md").unlink()  # it is about one page, and quick so
    words = "INFO    -  Every save builds the whole guide: mkdocs.structure.pages.Page.render is not as the memory knows it."
    with Server(guide / "mkdocs.yml") as server:
        first, again = server.build(), server.build()
        assert server.made == []
    assert problems(first) == problems(again)
    assert problems(again)[0].startswith("docs/page-2.md:3:4: error LNK001 `page-3.md` leads nowhere.")
    assert [words in first, words in again] == [True, False]


@pytest.mark.parametrize("name", ["x" * 300, "folder/" * 700 + "a.md", "a\0.md", "\ud800.md", "nowhere.md"])
def test_a_name_that_no_file_can_have_is_kept_under_no_text(tmp_path: Path, name: str) -> None:
    assert memory._included(f'--8<-- "{name}"\n', tmp_path) == ()  # noqa: SLF001 - a served page would end the build
