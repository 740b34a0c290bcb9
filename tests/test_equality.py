"""One truth: a build, a server, a check and a look at the built site find the same, whatever the project is like."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from building import HOOKS, TESTS, build, problems
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import Server
from studyguide.cli import main

SITES = sorted((TESTS / "sites").glob("*/mkdocs.yml"))


def ways(file: Path, folder: Path, *, site: Path | None = None) -> dict[str, list[str]]:
    """Return what each way to look at a project finds; a ``site`` that is there is looked at too."""
    found = {"check": checked(file, folder)}
    if site:
        found["check --site"] = checked(file, folder, "--site", str(site))
    with Server(file) as server:
        found["serve"] = problems(server.build())
        found["serve, rebuilt"] = problems(server.build())
    return found


def checked(file: Path, folder: Path, *where: str) -> list[str]:
    """Return what ``studyguide check`` prints, without the summary at its end."""
    main(["check", "--config", str(file), "--output", str(folder / "report.txt"), *where])
    return (folder / "report.txt").read_text("utf-8").strip().split("\n\n")[:-1]


def others(found: dict[str, list[str]], expected: list[str]) -> dict[str, list[str]]:
    """Return the ways that find anything else than what is expected, and what."""
    return {way: sorted({*said} ^ {*expected}) for way, said in found.items() if said != expected}


@pytest.mark.parametrize("file", SITES, ids=[file.parent.name for file in SITES])
def test_mini_site_is_the_same_in_every_way(file: Path, tmp_path: Path) -> None:
    """Its build and a look at its site are held against the same file, in ``test_sites``."""
    expected = (file.parent / "problems.txt").read_text("utf-8").strip()
    assert others(ways(file, tmp_path), expected.split("\n\n") if expected else []) == {}


class Project(NamedTuple):
    """A project: its pages by their path below docs, and its settings."""

    pages: dict[str, str]
    settings: str
    parent: str

    def write(self, folder: Path) -> Path:
        for path, text in self.pages.items():
            file = folder / "docs" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        (folder / "base.yml").write_text(self.parent, "utf-8")
        (folder / "mkdocs.yml").write_text(self.settings, "utf-8")
        return folder / "mkdocs.yml"


# What an address must quote, what a shell or a log might, and letters of several alphabets.
NAMES = st.text(st.sampled_from("ab1 &+'\"()[]#%?;=@!~,é日"), min_size=1, max_size=5).filter(
    lambda name: name == name.strip() and not name.startswith("~")
)
GONE = "[gone](gone.md)"
LINES = [
    GONE, "[lost](#lost)", "![A map](map.png)", "[](#term-none)", "[](#term-eni)", "[@none]", "> [quoted](quoted.md)",
    "- [item](item.md)", "!!! note\n\n    [inside](inside.md)", "/// figur | A\n///", "/// checkpoint | Is it?\n    id: cp-a\n///",
    '<a href="raw.html">raw</a>', "A line of text.",
]  # fmt: skip
EXTENSIONS = "[admonition, attr_list, footnotes, md_in_html, pymdownx.superfences, pymdownx.blocks.html]"
TERM = "/// term | ENI\n    id: term-eni\n\nAn elastic network interface.\n///"
SETTINGS = {
    "use_directory_urls": ["false"],
    "site_url": [
        "https://example.org/",
        "https://example.org/a/guide/",
        '!ENV [NO_SUCH_ADDRESS, "https://example.org/x/"]',
    ],
    "plugins": ["[search]"],
    "nav": ["[index.md]"],
}


@st.composite
def projects(draw: st.DrawFn) -> Project:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold))
    folders = ["", *(f"{name}/" for name in draw(st.lists(NAMES, max_size=2)))]
    paths = ["index.md", *dict.fromkeys(f"{draw(st.sampled_from(folders))}{name}.md" for name in names)]
    pages = {}
    for path in paths:
        up = "../" * path.count("/")
        lines = draw(st.lists(st.sampled_from(LINES), max_size=4))
        lines += [f"[next]({up}{quote(draw(st.sampled_from(paths)))})"]
        pages[path] = "\n\n".join(["# Page", *lines, *([TERM] if path == "index.md" else [])]) + "\n"
    chosen = {key: draw(st.sampled_from(["", *values])) for key, values in SETTINGS.items()}
    lines = [f"{key}: {value}" for key, value in chosen.items() if value and key != "plugins"]
    if draw(st.booleans()):
        lines.append("plugins: [search, studyguide]")
    else:
        lines += [f"plugins: {chosen['plugins'] or '[]'}", f"hooks: [{HOOKS}/events.py]"]
    base = ["site_name: Generated", "theme: {name: mkdocs}", f"markdown_extensions: {EXTENSIONS}"]
    if draw(st.booleans()):
        return Project(pages, "\n".join(["INHERIT: base.yml", *lines]), "\n".join(base))
    return Project(pages, "\n".join([*base, *lines]), "")


@settings(max_examples=12, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(projects())
def test_generated_project_is_the_same_in_every_way(project: Project) -> None:
    with tempfile.TemporaryDirectory(prefix="studyguide-") as folder:
        file, site = project.write(Path(folder)), Path(folder, "site")
        expected = problems(build(file, site).log)
        assert others(ways(file, Path(folder), site=site), expected) == {}
    # All the same, and none of them blind: what is certainly wrong is found on its page.
    broken = {path for path, text in project.pages.items() if f"\n\n{GONE}\n" in text}
    assert broken == {
        path for path in broken if any(said.startswith(f"docs/{path}:") and "`gone.md`" in said for said in expected)
    }
