"""The folder of a served site: a save writes what it changed, and all else stays; nothing is there that should not be."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from building import problems, project
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PAGES = {"index.md": "# Home\n\nTo [a](a.md).\n", "a.md": "# A\n\nWords.\n", "b.md": "# B\n", "notes.txt": "One."}
# What says when it was made, of which commit, or what was found in all of the guide before.
DATED = ("checks.json", "sitemap.xml", "sitemap.xml.gz")


def _state(site: Path) -> dict[str, int]:
    """Return when each file was written, by its name."""
    return {str(file.relative_to(site)): file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}


def _texts(site: Path) -> Mapping[str, bytes]:
    files = {str(file.relative_to(site)): file for file in site.rglob("*") if file.is_file()}
    return {name: _silent(file.read_bytes()) for name, file in files.items() if name not in DATED}


def test_a_save_writes_the_page_that_it_changed(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES)
    with Server(settings) as server:
        server.build()
        # Every page says now that nothing is new.
        server.build()
        before = _state(server.site)
        _save(tmp_path, {"a.md": "# A\n\nOther words.\n"})
        server.build()
        after = _state(server.site)
        written = {name for name in after if before.get(name) != after[name]}
        assert "Other words." in (server.site / "a/index.html").read_text("utf-8")
    assert before.keys() == after.keys()
    assert "a/index.html" in written
    assert written.isdisjoint({"index.html", "b/index.html", "notes.txt", "404.html"})


def test_after_any_saves_it_is_as_if_built_for_the_first_time(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES)
    saves: list[Mapping[str, str | None]] = [
        {"a.md": "# A\n\n[gone](gone.md)\n"},  # every panel says so
        {"notes.txt": "Two.", "new.md": "# New\n"},
        {"a.md": "# A\n\nTo [the other](b.md#nope).\n", "new.md": None},
        {"notes.txt": None, "b.md": "# B\n\n## Nope\n"},
        {},
    ]
    _saves_are_as_first_builds(settings, saves)


def _saves_are_as_first_builds(
    settings: Path, saves: Sequence[Mapping[str, str | None]], before: Mapping[str, str] = PAGES
) -> None:
    """Save after save, find and serve what a server does that is started then."""
    folder = settings.parent
    with Server(settings) as server:
        server.build()
        ours = []
        for save in saves:
            _save(folder, save)
            ours.append((problems(server.build()), _texts(server.site)))
    _save(folder, before)
    for save, (found, served) in zip(saves, ours, strict=True):
        _save(folder, save)
        with Server(settings) as fresh:
            assert problems(fresh.build()) == found
            assert _texts(fresh.site) == served


def _save(folder: Path, save: Mapping[str, str | None]) -> None:
    for name, text in save.items():
        file = folder / "docs" / name
        file.unlink() if text is None else file.write_text(text, "utf-8")


def _silent(page: bytes) -> bytes:
    """Return a page without the time it was built at, and what its panel says of the build before."""
    return re.sub(rb'Build Date UTC : .*|<p class="sg-panel__change">.*?</p>', b"", page)


def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES)
    with Server(settings) as server:
        found = problems(server.build())
        before = _texts(server.site)
        text = settings.read_text("utf-8")
        settings.write_text(f"{text}\nplugins: [nope]\n", "utf-8")
        server.build()
        assert _texts(server.site) == before
        settings.write_text(text, "utf-8")
        assert problems(server.build()) == found
        assert _texts(server.site) == before


def test_a_file_may_take_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path) -> None:
    settings = project(tmp_path, {**PAGES, "x.md": "# X\n\n[It](y)\n", "y": "A file."})
    with Server(settings) as server:
        found = problems(server.build())
        _save(tmp_path, {"x.md": None, "x": "A file.", "y": None, "y.md": "# Y\n\n[It](x)\n"})
        assert problems(server.build()) == found
        assert (server.site / "x").read_text("utf-8") == "A file."
        assert (server.site / "y/index.html").is_file()


def test_an_asset_is_new_whatever_time_it_says_it_is_of(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES)
    with Server(settings) as server:
        server.build()
        notes = tmp_path / "docs/notes.txt"
        was = notes.stat()
        notes.write_text("Two.", "utf-8")
        os.utime(notes, ns=(was.st_atime_ns, was.st_mtime_ns))
        server.build()
        assert (server.site / "notes.txt").read_text("utf-8") == "Two."


BREAKS = """
def on_post_page(output, page, config):
    if "Break" in page.content:
        raise RuntimeError("Half of the pages are written.")
"""


def test_a_build_that_fails_halfway_is_followed_by_a_whole_one(tmp_path: Path) -> None:
    settings = project(tmp_path, PAGES)
    (tmp_path / "breaks.py").write_text(BREAKS, "utf-8")
    settings.write_text(settings.read_text("utf-8").replace("hooks:", "hooks:\n  - breaks.py", 1), "utf-8")
    with Server(settings) as server:
        server.build()
        before = _texts(server.site)
        _save(tmp_path, {"a.md": "# A\n\nOther words.\n", "b.md": "Break.\n"})
        with pytest.raises(RuntimeError):
            server.build()
        _save(tmp_path, PAGES)
        server.build()
        assert _texts(server.site) == before


# Each looks into the folder, or writes into it, before a build has ended.
HOOKS = {
    "writes what is not there": """
def on_page_content(html, page, config, files):
    file = Path(config.site_dir) / "once.txt"
    if not file.exists():
        file.write_text("Once.")
""",
    "adds to what is there": """
def on_post_page(output, page, config):
    with (Path(config.site_dir) / "notes.txt").open("a") as file:
        file.write("More.")
""",
    "edits another page": """
def on_post_page(output, page, config):
    home = Path(config.site_dir) / "index.html"
    if page.file.src_uri == "a.md":
        home.write_text(home.read_text("utf-8").replace("To", '<a href="gone/">To</a>'), "utf-8")
""",
    "reads the finished site": """
def on_post_build(config):
    site = Path(config.site_dir)
    words = [file.read_text("utf-8") for file in sorted(site.rglob("*.html"))]
    (site / "all.txt").write_text(f"{len(words)} {any('sg-panel' in each for each in words)}")
""",
}


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_finds_what_this_build_wrote_and_nothing_else(tmp_path: Path, name: str) -> None:
    settings = project(tmp_path, PAGES)
    (tmp_path / "other.py").write_text(f"from pathlib import Path\n{HOOKS[name]}", "utf-8")
    settings.write_text(settings.read_text("utf-8").replace("hooks:", "hooks:\n  - other.py", 1), "utf-8")
    _saves_are_as_first_builds(settings, [{"b.md": "# B\n\nMore.\n"}, {"b.md": None}])


THEME = {
    "overrides/main.html": '{% extends "base.html" %}\n{% block extrahead %}<style>{% include "own.css" %}</style>{% endblock %}',
    "overrides/own.css": ".own { color: red }",
}


def test_a_page_is_made_again_when_what_it_shows_of_others_changes(tmp_path: Path) -> None:
    """The icon of another page in the navigation, and a style sheet that a template takes into the page."""
    settings = project(tmp_path, PAGES, "theme: {name: material, custom_dir: overrides}\n")
    for name, text in THEME.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    saves: list[Mapping[str, str | None]] = [
        {"a.md": "---\nicon: material/account\n---\n\n# A\n\nWords.\n"},
        {"../overrides/own.css": ".own { color: blue }"},
    ]
    _saves_are_as_first_builds(settings, saves, before=PAGES | {"../overrides/own.css": THEME["overrides/own.css"]})


def test_a_hidden_file_goes_when_its_source_does(tmp_path: Path) -> None:
    files = {**PAGES, ".well-known/security.txt": "Contact."}
    settings = project(tmp_path, files, 'exclude_docs: "!.*"\n')
    _saves_are_as_first_builds(settings, [{".well-known/security.txt": None}], before=files)


def test_a_file_that_is_no_page_says_what_it_was_built_from_after_every_save(tmp_path: Path) -> None:
    settings = project(tmp_path, {**PAGES, "s.html": "<html lang=en><body><p>studyguide-commit</p></body></html>"})
    (tmp_path / ".gitignore").write_text("*\n", "utf-8")
    for command in (
        ["init"],
        ["add", "-f", "docs", "mkdocs.yml"],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-m", "A"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    _saves_are_as_first_builds(settings, [{"a.md": "# A\n\nTo [s](s.html).\n"}])
