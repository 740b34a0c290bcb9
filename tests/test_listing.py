"""What MkDocs knows is taken from MkDocs: odd names, pages of plugins, settings from elsewhere, warnings, placeholders."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from building import build, problems
from studyguide.cli import CLEAN, NOT_CHECKED, PROBLEMS, main
from test_inputs import heads

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["with space", "a&b", "c+d", "it's", 'quo"te', "(paren)", "ha#sh", "per%cent", "que?ry", "größe", "日本", "[x]"]
SETTINGS = "site_name: X\nsite_url: https://example.org/x/\ntheme: {name: material}\n"


def project(folder: Path, pages: dict[str, str], settings: str = "plugins: [search, studyguide]\n") -> Path:
    for name, text in pages.items():
        file = folder / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS + settings, "utf-8")
    return folder / "mkdocs.yml"


def found(settings: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = main(["check", "--config", str(settings), *arguments])
    return code, heads(capsys.readouterr().out)


def test_names_that_need_quoting_keep_their_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The build, a check and a look at the site see what is on such a page, and links lead to it."""
    pages = {f"{name}.md": "# Odd\n\n[gone](gone.md) and [](#term-odd)\n" for name in NAMES}
    pages[f"{NAMES[0]}/{NAMES[1]}.md"] = "# Deep\n\n[lost](#lost)\n"
    pages[f"{NAMES[5]}.md"] = (
        "# Defines\n\n/// term | Odd\n    id: term-odd\n\nIt is defined here.\n///\n\n[gone](gone.md)\n"
    )
    extensions = "plugins: [search, studyguide]\nmarkdown_extensions: [pymdownx.blocks.html]\n"
    settings = project(tmp_path, {"index.md": "# Home\n", **pages}, extensions)
    run = build(settings, tmp_path / "site")
    expected = [
        *(f"docs/{name}.md:{9 if name == '(paren)' else 3}:1: error LNK001 `gone.md` leads nowhere." for name in NAMES),
        f"docs/{NAMES[0]}/{NAMES[1]}.md:3:1: error LNK002 No page of the guide has an anchor `#lost`.",
    ]
    assert heads(run.stderr) == sorted(expected)
    assert found(settings, capsys, "--site", str(tmp_path / "site")) == (PROBLEMS, sorted(expected))
    assert 'href="../%28paren%29/#term-odd"' in (tmp_path / "site/größe/index.html").read_text("utf-8")


def test_pages_of_a_blog_are_matched_to_their_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    post = "---\ndate: 2026-01-01\n---\n\n# First\n\nWords.\n\n<!-- more -->\n\n[gone](gone.md)\n"
    settings = project(
        tmp_path,
        {"index.md": "# Home\n", "blog/index.md": "# Blog\n", "blog/posts/first.md": post},
        "plugins: [search, blog]\n",
    )
    expected = ["docs/blog/posts/first.md:11:1: error LNK001 `gone.md` leads nowhere."]
    assert found(settings, capsys) == (PROBLEMS, expected)


def test_a_page_that_a_plugin_makes_says_who_made_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hook = (
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    files.append(File.generated(config, 'made.md', content='# Made\\n\\n[gone](gone.md)\\n'))\n"
    )
    (tmp_path / "maker.py").write_text(hook, "utf-8")
    settings = project(tmp_path, {"index.md": "# Home\n"}, "plugins: [search, studyguide]\nhooks: [maker.py]\n")
    expected = ["<maker.py>/made.md:3:1: error LNK001 `gone.md` leads nowhere."]
    assert found(settings, capsys) == (PROBLEMS, expected)
    build(settings, tmp_path / "site")
    assert found(settings, capsys, "--site", str(tmp_path / "site")) == (PROBLEMS, expected)


def test_settings_may_come_from_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on is asked of MkDocs: it has read what the file inherits and what the environment says."""
    settings = project(
        tmp_path, {"index.md": "# A\n\nNo note[^none].\n"}, "INHERIT: base.yml\ndocs_dir: !ENV [THE_DOCS, nowhere]\n"
    )
    base = "nav: [Home: index.md, Gone: b.md]\nmarkdown_extensions: [pymdownx.extra]\nplugins: [studyguide]\n"
    (tmp_path / "base.yml").write_text(base, "utf-8")
    monkeypatch.setenv("THE_DOCS", "docs")
    assert found(settings, capsys) == (
        PROBLEMS,
        [
            "base.yml:1:29: error NAV002 The navigation names `b.md`, and there is no such page.",
            "docs/index.md:3:8: error FTN001 The footnote `none` is not defined.",
        ],
    )


# As plugins do that look references up, take the navigation from a page, and put one page into another.
OTHERS = """
import logging

def on_config(config):
    config.nav = ["index.md", "part.md", "SUMMARY.md", {"Lost": "sec/lost.md"}]

def on_page_markdown(markdown, page, config, files):
    return markdown.replace("{include}", "Part **open [lost](lost.md)")

def on_env(env, config, files):
    log = logging.getLogger("mkdocs.plugins.others")
    log.warning("index.md: Could not find cross-reference target 'a.b'")
    log.warning("index.md: Could not find cross-reference target 'a.c'")
    log.warning("Redirect target 'nowhere.md' does not exist!")
"""


def test_what_other_plugins_do_is_one_finding_at_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "others.py").write_text(OTHERS, "utf-8")
    settings = project(
        tmp_path,
        {
            "index.md": "# Home\n\nSee [one][a.b], [`two`][a.d] and `[a.c][]`.\n\n{include}\n",
            "part.md": "# Part\n\nPart **open [lost](lost.md)\n",
            "SUMMARY.md": "* [Home](index.md)\n* [Lost](sec/lost.md)\n",
        },
        "plugins: [studyguide]\nhooks: [others.py]\nextra: {old: nowhere.md}\n",
    )
    assert found(settings, capsys) == (
        PROBLEMS,
        [
            "docs/SUMMARY.md:2:3: error LNK001 `sec/lost.md` leads nowhere.",
            "docs/index.md:1:1: warning BLD001 MkDocs warns: index.md: Could not find cross-reference target 'a.c'.",
            "docs/index.md:3:5: warning BLD001 MkDocs warns: index.md: Could not find cross-reference target 'a.b'.",
            "docs/index.md:3:17: error TXT001 `` [`two`][a.d] `` stayed text: no line of this page defines `a.d`.",
            "docs/part.md:3:6: error TXT002 `**open` stayed text: its marks are never closed.",
            "docs/part.md:3:13: error LNK001 `lost.md` leads nowhere.",
            "mkdocs.yml:6:14: warning BLD001 MkDocs warns: Redirect target 'nowhere.md' does not exist!.",
        ],
    )


OUTLINE = """
from mkdocs.structure.nav import Link

def on_nav(nav, config, files):
    nav.items += [Link("Lost", "sec/lost.md"), Link("Part", "part.md#two"), Link("Nowhere", "nowhere.md")]
"""


def test_an_entry_that_a_plugin_reads_from_a_file_that_is_no_page_stands_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "outline.py").write_text(OUTLINE, "utf-8")
    settings = project(
        tmp_path,
        {
            "index.md": "# Home\n",
            "part.md": "# Part\n",
            "OUTLINE.md": "* [Home](index.md)\n* [Part](part.md#two)\n",
            "sec/OUTLINE.md": "* [Lost](lost.md)\n",
        },
        "plugins: [studyguide]\nhooks: [outline.py]\nexclude_docs: OUTLINE.md\n",
    )
    expected = [
        "docs/OUTLINE.md:2:3: error NAV002 The navigation names `part.md#two`: its entries are whole pages.",
        "docs/sec/OUTLINE.md:1:3: error NAV002 The navigation names `sec/lost.md`, and there is no such page.",
        "mkdocs.yml:1:1: error NAV002 The navigation names `nowhere.md`, and there is no such page.",
    ]
    assert found(settings, capsys) == (PROBLEMS, expected)


LOOP = """
def on_page_markdown(markdown, page, config, files):
    for number in range(3):
        markdown = markdown.replace("{% each %}", LINE.replace("{{ n }}", str(number)) + "{% each %}")
    return markdown.replace("{% each %}", "").replace("{{ file }}", "lost.md").replace("{{ n }}", "x")

LINE = "- [one]({{ n }}/gone.md) and <a href='raw-{{ n }}/'>raw</a>\\n"
"""


def test_an_address_that_a_plugin_fills_in_stands_where_it_is_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loop.py").write_text(LOOP, "utf-8")
    text = "# Home\n\n- [one]({{ n }}/gone.md) and <a href='raw-{{ n }}/'>raw</a>\n{% each %}\n[file]({{ file }}) ![picture](img/{{ file }}.png)\n"
    settings = project(tmp_path, {"index.md": text}, "plugins: [studyguide]\nhooks: [loop.py]\n")
    expected = [
        *(f"docs/index.md:3:9: error LNK001 `{each}/gone.md` leads nowhere." for each in "012x"),
        *(f"docs/index.md:3:39: error LNK001 `raw-{each}/` leads nowhere." for each in "012x"),
        "docs/index.md:5:8: error LNK001 `lost.md` leads nowhere.",
        "docs/index.md:5:31: error LNK003 There is no file `img/lost.md.png`.",
    ]
    assert found(settings, capsys) == (PROBLEMS, expected)


DROPS = """
from mkdocs.plugins import event_priority

@event_priority(-100)
def on_config(config, **_):
    config.markdown_extensions = ["toc", "attr_list"]
"""


def test_a_build_whose_directives_would_not_be_read_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "drops.py").write_text(DROPS, "utf-8")
    settings = project(tmp_path, {"index.md": "# Home\n"}, "plugins: [studyguide]\nhooks: [drops.py]\n")
    assert main(["check", "--config", str(settings)]) == NOT_CHECKED
    assert capsys.readouterr().err == (
        "studyguide: not checked: MkDocs did not build the site: A plugin or a hook has put other `markdown_extensions` in "
        "place of those that read the study guide's directives: let it add to the list that it is given.\n"
    )


def test_a_warning_of_mkdocs_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"}, "not_a_setting: 1\nplugins: [studyguide]\n")
    words = "MkDocs warns: Config value 'not_a_setting': Unrecognised configuration name: not_a_setting."
    expected = [f"mkdocs.yml:4:16: warning BLD001 {words}"]
    assert found(settings, capsys) == (PROBLEMS, expected)


@pytest.mark.parametrize("loud", [["--quiet"], [], ["--verbose"]])
def test_strict_is_strict_however_loud(tmp_path: Path, loud: list[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n\n[gone](gone.md)\n"})
    run = build(settings, tmp_path / "site", *loud, cold=True)
    assert run.returncode == 1
    assert "docs/index.md:3:1: error LNK001 `gone.md` leads nowhere." in run.stderr


@pytest.mark.parametrize(
    "hook",
    [
        "logging.disable(logging.CRITICAL)",
        "logging.getLogger('mkdocs').handlers.clear()",
        "logging.getLogger('mkdocs.hooks').propagate = False",
        "logging.getLogger('mkdocs.hooks.studyguide').disabled = True",
    ],
)
def test_strict_is_strict_whatever_a_hook_does_to_the_log(tmp_path: Path, hook: str) -> None:
    settings = project(
        tmp_path, {"index.md": "# Home\n\n[gone](gone.md)\n"}, "plugins: [studyguide]\nhooks: [hook.py]\n"
    )
    (tmp_path / "hook.py").write_text(f"import logging\n\n\ndef on_post_build(config):\n    {hook}\n", "utf-8")
    run = build(settings, tmp_path / "site", cold=True)
    assert run.returncode == 1
    assert "docs/index.md:3:1: error LNK001 `gone.md` leads nowhere." in run.stderr
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    assert build(settings, tmp_path / "site", cold=True).returncode == 0


def test_a_placeholder_address_ends_no_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {"index.md": "# Home\n\n[x](http://[YOUR-HOST]/a) ![y](//[z]/b.png) [gone](gone.md)\n"}
    code, problems = found(project(tmp_path, pages), capsys)
    assert code == PROBLEMS
    assert problems[-1] == "docs/index.md:3:45: error LNK001 `gone.md` leads nowhere."


def test_settings_are_found_from_any_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path / "guide", {"index.md": "# Home\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--config", "guide/mkdocs.yml"]) == CLEAN
    assert main(["check", "--config", "guide/none.yml"]) == NOT_CHECKED
    assert capsys.readouterr().err == "studyguide: not checked: there is no file guide/none.yml.\n"


def test_what_a_build_leaves_may_be_linked_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "# Home\n\nWhat was [checked](checks.json), what is [here](objects.json), and [what is not](check.json).\n"
    settings, site = project(tmp_path, {"index.md": page}), tmp_path / "site"
    expected = ["docs/index.md:3:68: error LNK001 `check.json` leads nowhere."]
    assert [line.splitlines()[0] for line in problems(build(settings, site).log)] == expected
    for arguments in ((), ("--site", str(site))):
        assert found(settings, capsys, *arguments) == (PROBLEMS, expected)


SNIPPETS = """
plugins: [studyguide]
markdown_extensions:
  - pymdownx.snippets: {base_path: docs, check_paths: false}
"""


def test_a_site_older_than_its_sources_is_not_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, site = project(tmp_path, {"index.md": "# Home\n", "b.md": "# B\n"}), tmp_path / "site"
    build(settings, site)
    assert found(settings, capsys, "--site", str(site)) == (CLEAN, [])
    with (tmp_path / "docs/b.md").open("a") as page:
        page.write("\nMore.\n")
    assert main(["check", "--config", str(settings), "--site", str(site)]) == NOT_CHECKED
    assert capsys.readouterr().out.endswith("Not checked: docs/b.md: changed since the site was built.\n")


def test_of_a_source_that_is_gone_nothing_is_said_but_that_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = '# B\n\nTo [home](index.md).\n\n--8<-- "part.md"\n'
    settings = project(tmp_path, {"index.md": "# Home\n", "b.md": page, "part.md": "A part.\n"}, SNIPPETS)
    build(settings, site := tmp_path / "site")
    assert found(settings, capsys, "--site", str(site)) == (CLEAN, [])
    (tmp_path / "docs/b.md").rename(tmp_path / "docs/c.md")
    (tmp_path / "docs/part.md").unlink()
    assert main(["check", "--config", str(settings), "--site", str(site)]) == NOT_CHECKED
    named = "docs/b.md, docs/part.md: changed since the site was built."
    assert capsys.readouterr().out.endswith(f"Not checked: {named}\n")


def test_a_site_without_a_list_names_what_it_cannot_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n", "b.md": "# B\n"}, "plugins: [search]\n")
    site = tmp_path / "site"
    build(settings, site)
    assert found(settings, capsys, "--site", str(site)) == (CLEAN, [])
    shutil.move(site / "b", site / "c")
    assert main(["check", "--config", str(settings), "--site", str(site)]) == PROBLEMS  # the theme links to it
    said = capsys.readouterr().out
    assert "Not checked: docs/b.md: not in the site; c/index.html: in the site and of no known source." in said


def test_a_file_that_is_included_from_elsewhere_is_in_the_receipt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A look at the site finds what the build found, though the project does not have the file."""
    (tmp_path / "shared.md").write_text("Shared [words](#nope).\n", "utf-8")
    paths = "markdown_extensions: [{pymdownx.snippets: {base_path: ['..'], restrict_base_path: false}}]\n"
    (tmp_path / "own").mkdir()
    pages = {"index.md": '# Home\n\n--8<-- "shared.md"\n'}
    settings = project(tmp_path / "own", pages, f"plugins: [search, studyguide]\n{paths}")
    expected = ["<shared.md>:1:8: error LNK002 No page of the guide has an anchor `#nope`."]
    assert found(settings, capsys) == (PROBLEMS, expected)
    build(settings, tmp_path / "own/site")
    assert found(settings, capsys, "--site", str(tmp_path / "own/site")) == (PROBLEMS, expected)


FROM_DOCS = """\
plugins: [search, studyguide]
validation:
  nav: {absolute_links: relative_to_docs}
  links: {absolute_links: relative_to_docs}
nav: [/index.md, /deep/a.md, /deep/gone.md]
"""


def test_addresses_from_the_folder_of_docs_are_read_as_mkdocs_reads_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the settings say so; raw HTML leads where browsers take it, which may be another site on the host."""
    pages = {
        "index.md": "# Home\n\n[a](/deep/a.md#part) [b](/gone.md) ![c](/gone.png) [d](/deep/a.md#no) [e](/z/)\n"
        '<a href="/y/">y</a>\n',
        "deep/a.md": "# A\n\n[home](/index.md) [self](/deep/a.md#part) [lost](/a.md)\n\n## Part\n\nWords.\n",
    }
    settings = project(tmp_path, pages, FROM_DOCS)
    expected = [
        "docs/deep/a.md:3:43: error LNK001 `/a.md` leads nowhere.",
        "docs/index.md:3:22: error LNK001 `/gone.md` leads nowhere.",
        "docs/index.md:3:36: error LNK003 There is no file `/gone.png`.",
        "docs/index.md:3:52: error LNK002 `deep/a.md` has no anchor `#no`.",
        "docs/index.md:3:71: error LNK001 `/z/` leads nowhere.",
        "mkdocs.yml:8:30: error NAV002 The navigation names `/deep/gone.md`, and there is no such page.",
    ]
    assert heads(build(settings, tmp_path / "site").stderr) == expected
    assert '<a href="deep/a/#part">a</a>' in (tmp_path / "site/index.html").read_text("utf-8")
    assert found(settings, capsys) == (PROBLEMS, expected)
    assert found(settings, capsys, "--site", str(tmp_path / "site")) == (PROBLEMS, expected)


def test_an_entry_of_the_navigation_is_no_link_that_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {"index.md": "# Home\n\n[a](/a.md#part)\n", "a.md": "# A\n\n## Part\n\nWords.\n"}
    settings = project(tmp_path, pages, "plugins: [search, studyguide]\nnav: [index.md, /a.md]\n")
    assert found(settings, capsys) == (PROBLEMS, ["docs/index.md:3:1: error LNK001 `/a.md` leads nowhere."])


def test_a_site_that_mkdocs_refuses_to_write_is_not_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project(tmp_path, {"index.md": "# Home\n"}, "site_dir: docs/site\n")
    assert found(settings, capsys)[0] == NOT_CHECKED
    assert build(settings, tmp_path / "docs/site").returncode == 1


def test_a_name_that_the_settings_show_on_every_page_is_one_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {"index.md": "# Home\n\nWords {{ exma }}.\n", "a.md": "# A\n\nx\n", "b.md": "# B\n\nx\n"}
    more = 'plugins: [search, studyguide]\nsite_description: "About {{ exam }}"\n'
    said = " stayed text: no name of the settings stands for it here."
    expected = [
        f"docs/index.md:3:7: error TXT002 `{{{{ exma }}}}`{said}",
        f"mkdocs.yml:5:26: error TXT002 `{{{{ exam }}}}`{said}",
    ]
    assert found(project(tmp_path, pages, more), capsys) == (PROBLEMS, expected)


def test_page_that_leads_on_is_mended_where_the_settings_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As plugins for redirects write it: to the name of a source, which no page of the site has as an address."""
    leads = "    old.md: learn/page.md#gone\n    older.md: learn/page.md#there\n    oldest.md: learn/page.md#gone\n"
    settings = project(
        tmp_path,
        {"index.md": "# Home\n", "learn/page.md": "# Page\n\n## There\n"},
        f"plugins: [studyguide]\nhooks: [hook.py]\nextra:\n  redirects:\n{leads}",
    )
    (tmp_path / "hook.py").write_text(
        "import pathlib\n\n\ndef on_post_build(config):\n"
        "    for old, new in config.extra['redirects'].items():\n"
        "        file = pathlib.Path(config.site_dir, old.removesuffix('.md'), 'index.html')\n"
        "        file.parent.mkdir()\n"
        "        address = '../' + new.replace('.md', '/')\n"
        '        file.write_text(f\'<meta http-equiv="refresh" content="0; url={address}"><a href="{address}">x</a>\')\n',
        "utf-8",
    )
    expected = [
        "mkdocs.yml:8:13: error LNK002 `learn/page.md` has no anchor `#gone`, and 2 pages link to it.",
    ]
    assert found(settings, capsys) == (PROBLEMS, expected)
