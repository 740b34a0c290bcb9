"""Bad input: whatever is under docs, a build and a check say what is wrong with it and never give a traceback."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from building import build, project
from studyguide.cli import NOT_CHECKED, PROBLEMS, main
from studyguide.text import inputs
from studyguide.text.inputs import LARGE
from studyguide.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from building import Run

HEAD_RE = re.compile(r"^(?:(?:INFO|WARNING|ERROR) +-  )?(\S[^\n]*?:\d+:\d+: (?:error|warning|hint) .*)$", re.MULTILINE)
LINE = "A line of text that is long enough to make a page large without too many of its kind, or so it seems.\n"


def heads(log: str) -> list[str]:
    """Return the first line of every problem of a log or a report."""
    return HEAD_RE.findall(log)


def checked(settings: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Run ``studyguide check``; return its exit code and the first line of every problem."""
    code = main(["check", "--config", str(settings), *arguments])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return code, heads(said.out)


def agree(settings: Path, capsys: pytest.CaptureFixture[str], expected: list[str]) -> Run:
    """Assert that a build and both ways to check say the same; return the build."""
    site = settings.parent / "site"
    run = build(settings, site)
    assert "Traceback" not in run.stderr
    assert (run.returncode, heads(run.stderr)) == (1, expected)
    assert checked(settings, capsys, "--site", str(site)) == (PROBLEMS, expected)
    assert checked(settings, capsys) == (PROBLEMS, expected)
    return run


def test_files_that_are_not_as_they_should_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    far, long = "x" * 100_000, "x" * 300
    settings = project(
        tmp_path,
        {
            "index.md": "# Home\r\n\r\n[gone](gone.md)\r\n\r\n\t[tab](tab.md)\r\n* item\r\n\t[item](item.md)\r\n",
            "mark.md": b"\xef\xbb\xbf# Mark\n\n[gone](gone.md)\n",
            "latin.md": b'# Latin\n\nCaf\xe9 [gone](gone.md)\n\n--8<-- "latin.txt"\n--8<-- "page.md"\n',
            "itself.md": f'# Itself\n\n--8<-- "itself.md"\n\n--8<-- "{long}"\n',
            "latin.txt": b"Caf\xe9\n",
            "far.md": f"# Far\n\n[far]({far}) and [anchor](#{far}) and [elsewhere](https://example.org/{far})\n",
            "page.md/inside.md": "# Inside\n\n[gone](gone.md)\n",
            "nul.md": b"# Nul\0\n\n[gone](gone.md)\x0b\x0c\x85\xe2\x80\xa8[gone](lost.md)\n".replace(b"\x85", b""),
            "empty.md": b"",
            "old.md": "# Old\r\r[gone](gone.md)\r",
        },
    )
    (tmp_path / "docs/dangling.md").symlink_to("nowhere.md")
    (tmp_path / "docs/dangling.png").symlink_to("nowhere.png")
    agree(
        settings,
        capsys,
        [
            "docs/dangling.md:1:1: error INP003 `docs/dangling.md` cannot be read.",
            "docs/dangling.png:1:1: error INP003 `docs/dangling.png` cannot be read.",
            "docs/empty.md:1:1: warning INP009 This page is empty.",
            f"docs/far.md:3:1: error LNK001 `{far[:120]}...` leads nowhere.",
            f"docs/far.md:3:100013: error LNK002 No page of the guide has an anchor `#{far[:119]}...`.",
            "docs/index.md:3:1: error LNK001 `gone.md` leads nowhere.",
            "docs/index.md:7:2: error LNK001 `item.md` leads nowhere.",
            "docs/itself.md:3:9: error SNP001 `itself.md` includes itself here, which would never end.",
            f"docs/itself.md:5:9: error SNP001 There is no file `{long}` to include.",
            "docs/latin.md:3:4: error INP002 The byte 0xe9 is not UTF-8.",
            "docs/latin.md:3:6: error LNK001 `gone.md` leads nowhere.",
            "docs/latin.md:6:9: error SNP001 There is no file `page.md` to include.",
            "docs/latin.txt:1:4: error INP002 The byte 0xe9 is not UTF-8.",
            "docs/mark.md:3:1: error LNK001 `gone.md` leads nowhere.",
            "docs/nul.md:1:6: error INP007 U+0000 is a control character, which no reader sees.",
            "docs/nul.md:3:1: error LNK001 `gone.md` leads nowhere.",
            "docs/nul.md:3:19: error LNK001 `lost.md` leads nowhere.",
            "docs/old.md:3:1: error LNK001 `gone.md` leads nowhere.",
            "docs/page.md:1:1: error INP001 `docs/page.md` is a folder, and named like a page.",
            "docs/page.md/inside.md:3:1: error LNK001 `gone.md` leads nowhere.",
        ],
    )


def test_page_in_capitals_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n\n[Two](two.MD)\n", "two.MD": "# Two\n"})
    message = "docs/two.MD:1:1: error INP001 `docs/two.MD` is copied as it is: the end of its name makes no page."
    agree(settings, capsys, [message])


def test_five_megabytes_in_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"# Big\n\n{LINE * (5_000_000 // len(LINE))}\n[gone](gone.md)\n"
    settings = project(tmp_path, {"index.md": text})
    run = build(settings, tmp_path / "site")
    expected = [
        f"docs/index.md:1:1: warning INP005 This page has {len(text):,} characters; more than {LARGE:,} is slow to build and to read.",
        f"docs/index.md:{text.count(chr(10))}:1: error LNK001 `gone.md` leads nowhere.",
    ]
    assert (run.returncode, heads(run.stderr)) == (1, expected)
    assert checked(settings, capsys, "--site", str(tmp_path / "site")) == (PROBLEMS, expected)


def test_page_is_large_beyond_a_million_characters() -> None:
    assert not inputs.page_problems(Source("docs/a.md", "x" * LARGE))
    assert [problem.code for problem in inputs.page_problems(Source("docs/a.md", "x" * (LARGE + 1)))] == ["INP005"]


EMPTY = {
    "nothing.md": b"",
    "mark.md": b"\xef\xbb\xbf",
    "lines.md": b"\n \n\t\n",
    "front.md": b"---\ntitle: Front\n---\n",
    "comment.md": b"---\ntitle: Comment\n---\n\n<!-- later -->\n",
    "part.md": b'--8<-- "lines.md"\n',
}
FULL = {
    "word.md": b"Word\n",
    "title.md": b"# A title alone\n",
    "rule.md": b"---\ntitle: x\n---\n\n---\n",
    "raw.md": b'<img src="../dot.png" alt="A dot">\n',
    "template.md": b"---\ntemplate: own.html\n---\n",
    "sources.md": b"<!-- studyguide: sources -->\n",
    "reference/sources.yml": b"a: {fact: F., title: T, url: 'https://example.org/', checked: 2026-11-22, confidence: official-2026}\n",
    "index.md": b"[@a]\n",
    "dot.png": b"0",
    "own.html": b"<main>Own</main>",
}


def test_empty_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the page came to decides: a part that is empty, a template that shows what it likes."""
    own = "exclude_docs: own.html\nnot_in_nav: '*'\n"
    settings = project(tmp_path, {**EMPTY, **FULL}, own)
    settings.write_text(
        settings.read_text("utf-8").replace("name: mkdocs", "name: mkdocs\n  custom_dir: docs"), "utf-8"
    )
    agree(settings, capsys, [f"docs/{name}:1:1: warning INP009 This page is empty." for name in sorted(EMPTY)])


@pytest.mark.parametrize("target", [".", "..", "loop"])
def test_link_that_leads_round(tmp_path: Path, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    """MkDocs would follow it until the file system says no, so no page is built."""
    settings = project(tmp_path, {"index.md": "# Home\n", "down/page.md": "# Page\n"})
    (tmp_path / "docs/down/loop").symlink_to(target)
    said = "docs/down/loop:1:1: error INP004 `docs/down/loop` leads to a folder above itself, which MkDocs would follow without end."
    if target == "loop":
        said = "docs/down/loop:1:1: error INP003 `docs/down/loop` cannot be read."
    run = build(settings, tmp_path / "site")
    assert (run.returncode, heads(run.stderr)) == (1, [said])
    assert "Traceback" not in run.stderr
    code, found = checked(settings, capsys)
    assert (code, found) == (PROBLEMS, [said])


def test_link_to_a_folder_beside_is_no_loop(tmp_path: Path) -> None:
    project(tmp_path, {"index.md": "# Home\n", "down/page.md": "# Page\n"})
    (tmp_path / "docs/beside").symlink_to("down")
    found = inputs.walk(tmp_path / "docs", "docs/")
    assert (found.pages, found.problems) == (("beside/page.md", "down/page.md", "index.md"), ())


DATA = {
    "reference/published.json": (
        b'{"version": 1, "pages": {"": {"title": "Home", "sou',
        "docs/reference/published.json:1:48: error CON003 This inventory is not JSON: Unterminated string starting at.",
    ),
    "reference/aliases.yml": (
        b"old/: [new/\n",
        "docs/reference/aliases.yml:2:1: error RED001 This file is not YAML: expected ',' or ']', but got '<stream end>'.",
    ),
    "reference/sources.yml": (
        b"quota: {fact: One\n",
        "docs/reference/sources.yml:2:1: error SRC001 This file is not YAML: expected ',' or '}', but got '<stream end>'.",
    ),
}


def test_data_that_is_cut_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"} | {name: data for name, (data, _) in DATA.items()})
    agree(settings, capsys, sorted(problem for _, problem in DATA.values()))


def test_data_with_a_conflict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its marks are the cause, whatever YAML says of them."""
    data = "quota:\n<<<<<<< HEAD\n  fact: One\n=======\n  fact: Two\n>>>>>>> branch\n"
    settings = project(tmp_path, {"index.md": "# Home\n", "reference/sources.yml": data})
    said = "docs/reference/sources.yml:2:1: error SRC001 This file is not YAML: it holds a conflict of Git."
    agree(settings, capsys, [said])


def test_data_in_another_encoding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What its bytes make of the rest of a file is no second problem."""
    settings = project(
        tmp_path, {"index.md": "# Home\n", "reference/published.json": '{"version": 2}'.encode("utf-16")}
    )
    agree(settings, capsys, ["docs/reference/published.json:1:1: error INP002 The byte 0xff is not UTF-8."])


def test_words_that_yaml_takes_for_something_else() -> None:
    text = "a/: b/ #part\nc/: d/ # a remark\ne/: &f g/\nh/: *f\ni/: !j k/\nday: 2026-11-22 #checked\nl: [m #n\n  , o]\n"
    cure = "Put the whole value in quotes."
    assert [str(problem) for problem in inputs.swallowed(text, "a.yml")] == [
        f"a.yml:1:8: INP006 `#part` is taken for a remark, and nobody sees it. Fix: {cure} A remark has a space behind `#`.",
        f"a.yml:5:5: INP006 `!j` is taken for a type, and nobody sees it. Fix: {cure}",
        f"a.yml:7:7: INP006 `#n` is taken for a remark, and nobody sees it. Fix: {cure} A remark has a space behind `#`.",
    ]
    assert inputs.swallowed("a: [", "a.yml") == []


@pytest.mark.parametrize("name", DATA)
def test_data_of_any_bytes(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"})
    site = tmp_path / "site"
    shutil.copytree(tmp_path / "docs", site)
    (site / "index.html").write_text("<h1>Home</h1>", "utf-8")
    for data in (
        b"",
        b"\xff\xfe\x00",
        b"[" * 2000,
        b"- 1\n- 2\n",
        b"null",
        b'{"a": 1e999}',
        b"&a [*a, *a]",
        b"a: " + b"9" * 6000,
    ):
        project(tmp_path, {name: data})
        code, found = checked(settings, capsys, "--site", str(site))
        assert code == (PROBLEMS if found else NOT_CHECKED)  # no build says what was in this site
        assert all(re.match(rf"docs/{name}:\d+:\d+: (?:error|warning) [A-Z]+\d+ ", problem) for problem in found), (
            data[:20],
            found,
        )
        assert found or data in (b"", b"null"), data[:20]


def test_without_git_and_without_a_cache(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered of a file is left out; everything else is as with git."""
    figure = "/// figure | A\n    id: fig-a\n    alt: A and B.\n\n```mermaid\nflowchart LR\n  A --> B\n```\n///\n"
    settings = project(tmp_path, {"index.md": f"# Home\n\n{figure}\n[](#fig-a) [gone](gone.md)\n"})
    expected = ["docs/index.md:13:12: error LNK001 `gone.md` leads nowhere."]
    nothing = tmp_path / "bin"
    nothing.mkdir()
    run = build(settings, tmp_path / "site", PATH=str(nothing))
    assert (run.returncode, heads(run.stderr)) == (1, expected)
    assert "Traceback" not in run.stderr
    assert list((tmp_path / ".cache/figures").iterdir())
    monkeypatch.setenv("PATH", str(nothing))
    assert checked(settings, capsys, "--site", str(tmp_path / "site")) == (PROBLEMS, expected)
    # A cache that is no folder, and one whose files are cut, are as good as none.
    for file in (tmp_path / ".cache/figures").iterdir():
        file.write_bytes(file.read_bytes()[:20])
    assert checked(settings, capsys) == (PROBLEMS, expected)
    shutil.rmtree(tmp_path / ".cache")
    (tmp_path / ".cache").write_text("not a folder", "utf-8")
    assert checked(settings, capsys) == (PROBLEMS, expected)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (b"site_name: [", "while parsing a flow"),
        pytest.param(b"\xff\xfe", "Required configuration not provided", marks=pytest.mark.cold),
        (b"site_name: \xff\n", "invalid start byte"),
        (b"- a list\n", "Expected a key-value mapping"),
        (b"", "Required configuration not provided"),
        (b"INHERIT: mkdocs.yml\n", "maximum recursion depth exceeded"),
        (b"INHERIT: nowhere.yml\n", "nowhere.yml"),
    ],
)
def test_settings_that_cannot_be_read_are_not_green(
    tmp_path: Path, settings: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_bytes(settings)
    assert main(["check", "--config", str(tmp_path / "mkdocs.yml")]) == NOT_CHECKED
    said = capsys.readouterr()
    assert said.err.startswith("studyguide: not checked: ")
    assert why in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("docs", ["nowhere", "mkdocs.yml"])
def test_docs_that_are_no_folder_are_not_green(tmp_path: Path, docs: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"}, f"docs_dir: {docs}\n")
    assert main(["check", "--config", str(settings)]) == NOT_CHECKED
    said = capsys.readouterr()
    assert said.err.startswith("studyguide: not checked: MkDocs did not build the site: ")
    assert "Traceback" not in said.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_of_somebody_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n", "secret.md": "# Secret\n"})
    (tmp_path / "docs/secret.md").chmod(0)
    agree(settings, capsys, ["docs/secret.md:1:1: error INP003 `docs/secret.md` cannot be read."])


@pytest.mark.parametrize("name", ["pipe.md", "pipe.png", "reference/sources.yml"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"})
    (tmp_path / "docs/reference").mkdir()
    os.mkfifo(tmp_path / "docs" / name)
    assert checked(settings, capsys) == (PROBLEMS, [f"docs/{name}:1:1: error INP003 `docs/{name}` cannot be read."])


def test_a_page_of_html_below_docs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody renders it, so what it writes is looked for in the file itself."""
    html = '<p>\n<a href="gone.html">x</a> <a href="lost.html?a=1&amp;b=2">y</a> <img src=no.png alt="x">\n<a href=../>z</a></p>\n'
    settings = project(tmp_path, {"index.md": "# Home\n\n[x](own/page.html)\n", "own/page.html": html})
    agree(
        settings,
        capsys,
        [
            "docs/own/page.html:2:10: error LNK001 `gone.html` leads nowhere, and 1 page links to it.",
            "docs/own/page.html:2:36: error LNK001 `lost.html?a=1&b=2` leads nowhere, and 1 page links to it.",
            "docs/own/page.html:2:74: error LNK003 There is no file `no.png`, and 1 page asks for it.",
        ],
    )


def test_icon_or_template_that_the_theme_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """MkDocs would end the build at the first of them, without a word of the page."""
    pages = {
        "icon.md": "---\ntitle: One\nicon: material/hom\n---\n# One\n",
        "index.md": "---\nicon: material/home\ntemplate: main.html\n---\n# Home\n",
        "nothing.md": "---\nicon:\n---\n# Nothing\n",
        "template.md": "---\ntemplate: nobody.html\n---\n# Two\n",
    }
    settings = project(tmp_path, pages)
    text = settings.read_text("utf-8").replace("name: mkdocs", "name: material\n  font: false")
    settings.write_text(text, "utf-8")
    expected = [
        "docs/icon.md:3:7: error INP006 The theme has no icon `material/hom`.",
        "docs/template.md:2:11: error INP006 The theme has no template `nobody.html`.",
    ]
    log = agree(settings, capsys, expected).stderr
    assert "Fix: Did you mean `material/home`? Name one that is among the theme's files, or remove the line." in log
    # A theme without icons asks for none.
    settings.write_text(text.replace("name: material\n  font: false", "name: mkdocs"), "utf-8")
    agree(settings, capsys, expected[1:])
