"""What a build leaves for the next one: it makes nothing twice, and nothing of it is ever older than what it was made from."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import jinja2
import pytest
from building import Run, build, problems, project
from markdown import Markdown
from material.plugins.search import plugin as search  # type: ignore[import-untyped]
from serving import Server
from studyguide.exports import share
from studyguide_mkdocs.kept import Kept

SETTINGS = """
site_name: Kept
plugins: [studyguide]
markdown_extensions:
  - pymdownx.snippets: {base_path: [docs, includes], check_paths: false}
  - toc: {permalink: !ENV [PERMALINK, "#"]}
"""
PAGES = {"index.md": "# Home\n\nTo [the other](other.md).\n", "other.md": '# Other\n\n--8<-- "end.md"\n'}
GONE = "docs/index.md:3:1: error LNK001 `gone.md` leads nowhere."


class Guide:
    """A project that is built as by a new process each time; it counts the pages that are made."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.settings = project(folder, {name: text.encode() for name, text in PAGES.items()})
        self.settings.write_text(SETTINGS, "utf-8")
        self.write("includes/end.md", "The end.\n")
        self.kept, self.site = folder / ".cache/pages", folder / "site"
        self.made: list[str] = []
        convert = Markdown.convert

        def counted(markdown: Markdown, source: str) -> Any:
            self.made.append(source.strip().partition("\n")[0])
            return convert(markdown, source)

        monkeypatch.setattr(Markdown, "convert", counted)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def build(self, *arguments: str, **environment: str) -> Run:
        self.made.clear()
        return build(self.settings, self.site, *arguments, SOURCE_DATE_EPOCH="1", **environment)

    def shown(self) -> dict[str, bytes]:
        return {file.relative_to(self.site).as_posix(): file.read_bytes() for file in self.site.rglob("*.html")}


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Guide:
    guide = Guide(tmp_path, monkeypatch)
    assert problems(guide.build().log) == []
    assert sorted(guide.made) == ["# Home", "# Other"]
    return guide


def test_second_build_makes_nothing_and_is_the_same(guide: Guide) -> None:
    first, kept = guide.shown(), guide.kept.stat().st_mtime_ns
    assert problems(guide.build().log) == []
    assert guide.made == []
    assert guide.shown() == first
    assert guide.kept.stat().st_mtime_ns == kept


def test_templates_are_compiled_once_for_builds_and_servers(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests have a place of their own for what is compiled; here nobody has.
    monkeypatch.setattr(jinja2.Environment, "__init__", vars(jinja2.Environment)["__init__"].func)
    compiled: list[str] = []
    compiling = jinja2.Environment.compile

    def noted(environment: Any, source: Any, name: Any = None, *more: Any, **others: Any) -> Any:
        compiled.append(name)
        return compiling(environment, source, name, *more, **others)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)

    def asked() -> list[str]:
        found, compiled[:] = compiled[:], []
        return found

    assert problems(guide.build().log) == []
    assert "base.html" in asked()
    assert problems(guide.build().log) == []
    with Server(guide.settings) as server:
        assert problems(server.build()) == []
    assert asked() == []
    guide.write("theme/main.html", "{% extends 'base.html' %}")
    guide.settings.write_text(f"{SETTINGS}theme: {{name: mkdocs, custom_dir: theme}}\n", "utf-8")
    with Server(guide.settings) as server:
        assert problems(server.build()) == []
        assert asked() == ["main.html"]
        guide.write("theme/main.html", "{% extends 'base.html' %}\n")
        server.build()
        assert asked() == ["main.html"]
    assert problems(guide.build().log) == []
    assert asked() == []


def test_what_search_has_of_a_page_is_kept_as_long_as_that_stays(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    feed = search.Parser.feed

    def noted(parser: Any, content: str) -> None:
        read.append(content)
        feed(parser, content)

    monkeypatch.setattr(search.Parser, "feed", noted)
    settings = SETTINGS.replace("[studyguide]", "[search, studyguide]")
    guide.settings.write_text(f"{settings}theme: {{name: material}}\n", "utf-8")
    index = guide.site / "search/search_index.json"

    def asked() -> tuple[int, bytes]:
        assert guide.build().returncode == 0
        found, read[:] = len(read), []
        return found, index.read_bytes()

    first = asked()
    assert first[0] == 2
    assert asked() == (0, first[1])
    guide.write("docs/index.md", "# House\n\nTo [the other](other.md).\n")
    second = asked()
    assert (second[0], b"House" in second[1], b"Home" in second[1]) == (1, True, False)
    guide.write("docs/index.md", "---\nsearch: {exclude: true}\n---\n# House\n\nTo [the other](other.md).\n")
    third = asked()
    assert (b"House" in third[1], b"The end." in third[1]) == (False, True)
    assert asked() == (0, third[1])


def test_changed_page_is_made_again_and_its_problems_stay(guide: Guide) -> None:
    guide.write("docs/index.md", "# Home\n\n[gone](gone.md)\n")
    for made in (["# Home"], []):
        run = guide.build()
        assert guide.made == made
        assert run.returncode == 1
        assert [problem.partition("\n")[0] for problem in problems(run.log)] == [GONE]


def test_what_is_made_from_something_else_is_made_again(guide: Guide) -> None:
    guide.write("includes/end.md", "Another end.\n")
    guide.build()
    assert guide.made == ["# Other"]
    assert b"Another end." in guide.shown()["other/index.html"]
    # Where a page has its address, what may be linked to, a value of the environment, a setting.
    guide.build("--no-directory-urls")
    assert sorted(guide.made) == ["# Home", "# Other"]
    guide.build()
    guide.build(PERMALINK="here")
    assert sorted(guide.made) == ["# Home", "# Other"]
    assert b">here</a>" in guide.shown()["other/index.html"]
    guide.build()
    guide.write("mkdocs.yml", SETTINGS + "  - attr_list\n")
    guide.build()
    assert sorted(guide.made) == ["# Home", "# Other"]


def test_other_code_makes_all_again(guide: Guide) -> None:
    guide.write("own.py", "def on_page_markdown(markdown, **_): return markdown\n")
    guide.write("mkdocs.yml", SETTINGS + "hooks: [own.py]\n")
    guide.build()
    guide.build()
    assert guide.made == []
    os.utime(guide.folder / "own.py", (1, 1))
    guide.build()
    # A hook is loaded only after the settings are read, and what it is says whether what was made then still holds.
    assert sorted(guide.made) == ["# Home", "# Other"]


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_file_that_is_not_whole_is_as_good_as_absent(guide: Guide, cut: int) -> None:
    first = guide.shown()
    guide.kept.write_bytes(guide.kept.read_bytes()[:cut])
    assert problems(guide.build().log) == []
    assert guide.shown() == first
    guide.build()
    assert guide.made == []


@pytest.mark.parametrize(
    "value", [b"words", pickle.dumps({}) + pickle.dumps([1]), pickle.dumps({}) + pickle.dumps({b"": b""})]
)
def test_file_that_holds_something_else_is_as_good_as_absent(guide: Guide, value: bytes) -> None:
    guide.kept.write_bytes(value)
    assert problems(guide.build().log) == []
    assert sorted(guide.made) == ["# Home", "# Other"]


def test_where_nothing_can_be_kept_all_is_made(guide: Guide) -> None:
    guide.kept.unlink()
    guide.kept.mkdir()
    assert guide.build().returncode == 0
    assert sorted(guide.made) == ["# Home", "# Other"]


def test_build_that_fails_leaves_what_was_there(guide: Guide) -> None:
    before = guide.kept.read_bytes()
    guide.write("mkdocs.yml", SETTINGS + "hooks: [own.py]\n")
    guide.write("own.py", "def on_post_build(**_): raise ValueError\n")
    assert guide.build().returncode == 1
    assert guide.kept.read_bytes() == before


def test_value_without_bytes_is_not_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    kept.add(("page", 1), lambda: None)
    kept.add(("page", 2), "two")
    kept.close()
    again = Kept(tmp_path / "kept")
    assert [again.get(("page", number)) for number in (1, 2, 3)] == [None, "two", None]


def test_what_was_not_asked_for_is_forgotten(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    kept.add(("page", 1), "one")
    kept.add(("page", 2), "two")
    kept.close()
    again = Kept(tmp_path / "kept")
    assert again.get(("page", 2)) == "two"
    again.close()
    assert Kept(tmp_path / "kept").get(("page", 1)) is None


def test_pictures_of_links_are_drawn_once_and_again_in_another_typeface(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = share.card

    def noted(site: str, line: str, part: str, typeface: bytes) -> bytes:
        drawn.append(part)
        return draw(site, line, part, typeface)

    monkeypatch.setattr(share, "card", noted)
    typeface = tmp_path / "overrides" / share.FONT
    typeface.parent.mkdir(parents=True)
    typeface.write_bytes((Path(__file__).parents[1] / "overrides" / share.FONT).read_bytes())
    theme = "theme: {name: mkdocs, custom_dir: overrides}\nsite_url: https://guide.example/\n"
    settings = project(tmp_path, {"index.md": b"# Home\n"}, theme)
    card = tmp_path / "site/assets/share/guide.png"
    build(settings, tmp_path / "site")
    first = card.read_bytes()
    assert drawn == [""]
    build(settings, tmp_path / "site")
    assert (drawn, card.read_bytes()) == ([""], first)
    typeface.write_bytes(typeface.read_bytes() + b"\0")
    build(settings, tmp_path / "site")
    assert drawn == ["", ""]
