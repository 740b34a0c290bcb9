"""What a server keeps from build to build: a save makes what it changed, and what no build uses is forgotten."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, Any

import pytest
from building import build, problems, project
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from serving import STUCK, Server
from studyguide_mkdocs import asked, guard
from studyguide_mkdocs.plugin import LOOKS, StudyGuide

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 200
# What is made of a page that was saved, each once.
ONE_PAGE = [
    "filled",
    "linked",
    "page",
    "parsed",
    "studyguide.checks.prose.running",
    "studyguide.checks.structure.seen_in",
    "studyguide.checks.words.amiss",
    "studyguide.collect.source_from",
    "studyguide.compose.set_aside",
    "studyguide.compose.set_questions_aside",
    "studyguide.compose.with_breaks",
    "studyguide.compose.with_listings",
    "studyguide.directives.extension.marked",
    "studyguide.links.links.headings_of",
    "studyguide.links.links.ids_of",
    "studyguide.text.inputs.page_problems",
    "studyguide.waivers.read",
]
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
    assert {name: guard.digest(name) for name in guard.unknown()} == {}


def test_a_save_makes_one_page_of_two_hundred(guide: Path) -> None:
    before = Page.render, Theme.get_env
    with Server(guide / "mkdocs.yml") as server:
        server.build()
        assert server.made.count("page") == PAGES + 1
        server.build()
        assert server.made == []
        write(guide, 7, "\nMore.\n")
        server.build()
        assert sorted(server.made) == ONE_PAGE
        # What the last build did not use is there no more: the old text is a new one.
        write(guide, 7)
        assert problems(server.build()) == []
        assert sorted(server.made) == ONE_PAGE

        write(guide, 7, "\n[gone](gone.md)\n")
        found = problems(server.build())
        assert sorted(server.made) == ONE_PAGE
        assert [problem.partition("\n")[0] for problem in found] == [
            "docs/page-7.md:5:1: error LNK001 `gone.md` leads nowhere."
        ]
    assert (Page.render, Theme.get_env) == before
    assert found == problems(build(guide / "mkdocs.yml", guide / "cold").log)


def test_server_looks_for_saved_files_more_often_than_mkdocs_has_it(tmp_path: Path) -> None:
    server = LiveReloadServer(builder=lambda: None, host="127.0.0.1", port=0, root=str(tmp_path))
    server.watch(str(tmp_path))
    before = {each.timeout for each in (server.observer, *server.observer.emitters)}
    StudyGuide().on_serve(server)
    after = {each.timeout for each in (server.observer, *server.observer.emitters)}
    server.server_close()
    assert (before, after) == ({0.5}, {LOOKS})


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
def test_a_name_that_no_file_can_have_has_no_hash(name: str) -> None:
    assert asked.digest(name) == b""  # a served page would end the build


SNIPPETS = """
site_name: Included
plugins: [studyguide]
markdown_extensions:
  - pymdownx.snippets: {base_path: [docs, includes], auto_append: [end.md], check_paths: false}
"""
PLAIN = SNIPPETS.replace("[studyguide]", "[studyguide: {directives: false}]")
GONE, LOST = "[x](gone.md)\n", "[x](lost.md)\n"


@pytest.mark.parametrize("settings", [SNIPPETS, PLAIN])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A file that is elsewhere, that another one includes, that every page ends with, and one that comes later.
        ({"mid.md": GONE}, {"mid.md": LOST}),
        ({"mid.md": '--8<-- "in.md"\n', "in.md": GONE}, {"in.md": LOST}),
        ({"mid.md": "x\n", "end.md": GONE}, {"end.md": LOST}),
        ({}, {"mid.md": LOST}),
        ({"mid.md": "x\n"}, {"end.md": LOST}),
    ],
)
def test_page_is_made_again_when_what_it_includes_changes(
    tmp_path: Path, settings: str, before: dict[str, str], after: dict[str, str]
) -> None:
    file = project(tmp_path, {"index.md": '# Home\n\n--8<-- "mid.md"\n\nEnd.\n'})
    file.write_text(settings, "utf-8")
    (tmp_path / "includes").mkdir()
    (tmp_path / "includes/end.md").write_text("\n", "utf-8")
    put(tmp_path / "includes", before)
    with Server(file) as server:
        server.build()
        put(tmp_path / "includes", after)
        again = problems(server.build())
    assert "`lost.md` leads nowhere." in "".join(again)
    assert again == problems(build(file, tmp_path / "cold").log)


def put(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


LOUD = """
import logging
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
log, lines = logging.getLogger("mkdocs.plugins.loud"), []

class Loud(Preprocessor):
    def run(self, text):
        if "loud" in text:
            log.warning("It is loud on this page.")
        lines.extend(text)
        return text

class LoudExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Loud(md), "loud", 100)

def on_config(config):
    lines.clear()
    config.markdown_extensions.append(LoudExtension())

def on_post_build(config):
    log.warning("%d lines were read.", len(lines))
"""


@pytest.mark.parametrize("known", [(), ("loud",)])
def test_what_an_extension_says_and_does_it_says_and_does_in_every_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...]
) -> None:
    """One that nobody knows may do anything; one that is known says what it says again."""
    file = project(tmp_path, {"index.md": "# Home\n\nloud\n"})
    (tmp_path / "loud.py").write_text(LOUD, "utf-8")
    file.write_text("site_name: Loud\nplugins: [studyguide]\nhooks: [loud.py]\n", "utf-8")
    with Server(file) as server:
        module = importlib.import_module("studyguide_mkdocs.memory")
        monkeypatch.setattr(module, "KNOWN", (*module.KNOWN, *known))
        first, again = server.build(), server.build()
    warned = [[line for line in log if line.startswith("WARNING")] for log in (first, again)]
    loud = "WARNING -  It is loud on this page."
    assert warned[0] == [loud, "WARNING -  4 lines were read."]
    assert warned[1] == (warned[0] if not known else [loud, "WARNING -  0 lines were read."])
    words = "INFO    -  Every save makes every page: loud.py may do more than make HTML."
    assert [words in log for log in (first, again)] == [not known, False]


DRAWN = """
import functools, logging
log, drawn = logging.getLogger("mkdocs.plugins.drawn"), []

def draw(source, *rest, **options):
    drawn.append(source)
    return "<p>drawn</p>"

def on_config(config):
    drawn.clear()
    fence = {"name": "drawn", "class": "drawn", "format": FORMAT}
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = [fence]

def on_post_build(config):
    log.warning("%d fences were drawn.", len(drawn))
"""


@pytest.mark.parametrize("given", ["draw", "functools.partial(draw)", "functools.partial(functools.partial(draw))"])
def test_function_of_a_project_that_an_extension_calls_is_called_in_every_build(tmp_path: Path, given: str) -> None:
    """In a server, and in builds one after the other."""
    file = project(tmp_path, {"index.md": "# Home\n\n```drawn\nx\n```\n"})
    (tmp_path / "drawn.py").write_text(DRAWN.replace("FORMAT", given), "utf-8")
    settings = (
        "site_name: Drawn\nplugins: [studyguide]\nhooks: [drawn.py]\nmarkdown_extensions: [pymdownx.superfences]\n"
    )
    file.write_text(settings, "utf-8")
    with Server(file) as server:
        logs = [server.build(), server.build()]
    logs += [build(file, tmp_path / "site").log for _ in range(2)]
    assert ["WARNING -  1 fences were drawn." in log for log in logs] == [True] * 4


CLOTHED = """
site_name: Given
theme: {name: mkdocs, custom_dir: theme, static_templates: [more.txt]}
plugins: [studyguide]
hooks: [given.py]
"""
TEXT = '__import__("pathlib").Path("data.txt").read_text("utf-8")'


@pytest.mark.parametrize(
    ("hook", "template"),
    [
        (f"def on_page_context(context, **_):\n    context['data'] = {TEXT}\n", "{{ data }}"),
        (f"def on_env(env, **_):\n    env.globals['data'] = {TEXT}\n", "{{ data }}"),
        (f"def on_env(env, **_):\n    env.filters['data'] = lambda _: {TEXT}\n", "{{ page.url | data }}"),
        (f"def on_config(config):\n    config.extra['given'] = {TEXT}\n", "{{ config.extra.given }}"),
        (f"def on_config(config):\n    config.theme['data'] = {TEXT}\n", "{{ config.theme.data }}"),
        (f"def on_pre_page(page, **_):\n    page.data = {TEXT}\n", "{{ page.data }}"),
        (
            f"class Of:\n    pass\n\ndef on_pre_page(page, **_):\n    page.of = Of()\n    page.of.data = {TEXT}\n",
            "{{ page.of.data }}",
        ),
        (f"def on_page_content(html, page, **_):\n    page.edit_url = {TEXT}\n", "{{ page.edit_url }}"),
    ],
)
def test_page_is_put_into_its_theme_again_when_what_a_hook_gives_it_changes(
    tmp_path: Path, hook: str, template: str
) -> None:
    file = clothed(tmp_path, hook, f'<a href="{template}">x</a>')
    put(tmp_path, {"data.txt": "gone/"})
    with Server(file) as server:
        first = problems(server.build())
        put(tmp_path, {"data.txt": "lost/"})
        again = problems(server.build())
    assert ["`gone/` leads nowhere" in "".join(first), "`lost/` leads nowhere" in "".join(again)] == [True, True]
    assert "gone/" not in "".join(again)


def test_what_a_filter_of_a_hook_says_is_asked_again_in_every_build(tmp_path: Path) -> None:
    """Of what is written in a template it is asked while that is compiled."""
    hook = f"def on_env(env, **_):\n    env.filters['data'] = lambda _: {TEXT}\n"
    file = clothed(tmp_path, hook, "<a href=\"{{ 'x' | data }}\">x</a>")
    for address in ("gone/", "lost/"):
        put(tmp_path, {"data.txt": address})
        found = problems(build(file, tmp_path / "site", cold=True).log)
        assert [problem.partition("\n")[0] for problem in found] == [
            f"docs/index.md:1:1: error LNK001 `{address}` leads nowhere."
        ]


def test_a_template_that_is_no_page_is_made_again_when_it_changes(tmp_path: Path) -> None:
    """Whatever its name ends in, and so is a page that takes in what a file of the theme says."""
    file = clothed(tmp_path, "", '{% include "part.inc" %}')
    put(tmp_path / "theme", {"part.inc": '<a href="gone/">x</a>', "more.txt": "one"})
    with Server(file) as server:
        first = problems(server.build())
        put(tmp_path / "theme", {"part.inc": '<a href="lost/">x</a>', "more.txt": "two"})
        again = problems(server.build())
        assert (server.site / "more.txt").read_text("utf-8") == "two"
    assert ["`gone/` leads nowhere" in "".join(first), "`lost/` leads nowhere" in "".join(again)] == [True, True]


def test_a_hook_that_gives_templates_nothing_costs_nothing(tmp_path: Path) -> None:
    quiet = "def on_page_markdown(markdown, **_):\n    return markdown\n"
    loud = f"{quiet}\ndef on_page_context(context, **_):\n    return context\n"
    words = "INFO    -  Every save puts every page into its theme anew: given.py may give it more."
    for hook, is_said in ((quiet, False), (loud, True)):
        with Server(clothed(tmp_path, hook, "")) as server:
            first, again = server.build(), server.build()
            assert ("filled" in server.made, words in first, words in again) == (False, is_said, False)


def clothed(folder: Path, hook: str, block: str) -> Path:
    """Write a project of one page whose theme is a hook's to fill."""
    file = project(folder, {"index.md": "# Home\n\nText.\n"})
    file.write_text(CLOTHED, "utf-8")
    (folder / "theme").mkdir(exist_ok=True)
    main = f'{{% extends "base.html" %}}{{% block content %}}{{{{ super() }}}}{block}{{% endblock %}}'
    put(folder / "theme", {"main.html": main, "more.txt": "x"})
    put(folder, {"given.py": hook})
    return file
