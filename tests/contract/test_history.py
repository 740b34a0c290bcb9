"""History: git says who removed or renamed what is gone, and a project without git is no error."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from studyguide.published.history import UNCOMMITTED, Commit, Heading, History, Hunk, heading_of, read_hunks

if TYPE_CHECKING:
    from pathlib import Path

LONG = "\n".join(f"Line {number} says something of its own." for number in range(20))


class Repository:
    """A repository of a test's own: nothing of the user's settings reaches it, and every commit has the same date."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": "2026-11-21T12:00:00Z",
        }  # fmt: skip
        return subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    def write(self, files: dict[str, str | None]) -> None:
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
            else:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_bytes(text.encode())

    def commit(self, subject: str, files: dict[str, str | None]) -> Commit:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)
        return Commit(self.git("rev-parse", "--short=7", "HEAD"), "2026-11-20", subject)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path)
    repository.commit("Start", {"docs/a.md": f"# A\n{LONG}", "docs/b.md": "# B\n"})
    return repository


NAMES = ["docs/new.md", "docs/sub/new name.md", "docs/naïve *[x].md", "docs/line\nend.md", 'docs/"quoted".md']


@pytest.mark.parametrize("name", NAMES)
def test_a_renamed_file(repository: Repository, name: str) -> None:
    commit = repository.commit("Shorten a name", {"docs/a.md": None, name: f"# A\n{LONG}\nMore."})
    history = History(repository.root)
    assert history.renamed("docs/a.md")[:2] == (name, commit)
    assert history.removed("docs/a.md") is None
    assert history.became("docs/a.md") == name
    assert history.blame("docs/a.md") == f"Commit {commit.id} of 2026-11-20 renamed it to `{name}`: Shorten a name"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_that_was_renamed(repository: Repository, name: str) -> None:
    repository.commit("Move there", {"docs/a.md": None, name: f"# A\n{LONG}"})
    commit = repository.commit("Move back", {"docs/c.md": f"# A\n{LONG}", name: None})
    assert History(repository.root).renamed(name)[:2] == ("docs/c.md", commit)


def test_a_file_renamed_twice_is_where_it_is_now(repository: Repository) -> None:
    first = repository.commit("Once", {"docs/a.md": None, "docs/c.md": f"# A\n{LONG}"})
    repository.commit("Twice", {"docs/c.md": None, "docs/d.md": f"# A\n{LONG}"})
    assert History(repository.root).renamed("docs/a.md")[:2] == ("docs/d.md", first)


def test_what_a_file_was_before(repository: Repository) -> None:
    repository.commit("Once", {"docs/a.md": None, "docs/sub/c d.md": f"# C\n{LONG}"})
    repository.commit("More", {"docs/sub/c d.md": f"# C\n{LONG}\nMore."})
    repository.commit("Twice", {"docs/sub/c d.md": None, "docs/e.md": f"# E\n{LONG}\nMore."})
    former = [("docs/sub/c d.md", f"# C\n{LONG}\nMore."), ("docs/a.md", f"# A\n{LONG}")]
    assert History(repository.root).was("docs/e.md") == former
    repository.write({"docs/e.md": None, "docs/f.md": f"# F\n{LONG}\nMore."})
    assert History(repository.root).was("docs/f.md") == [("docs/e.md", f"# E\n{LONG}\nMore."), *former]
    assert History(repository.root).was("docs/b.md") == []


@pytest.mark.parametrize(("kept", "sure"), [(20, True), (17, True), (12, False)])
def test_a_rename_is_sure_where_most_of_the_text_stays(repository: Repository, kept: int, *, sure: bool) -> None:
    lines = LONG.split("\n")
    text = "\n".join([*lines[:kept], *(f"Line {number} by somebody else altogether." for number in range(kept, 20))])
    repository.commit("Rename", {"docs/a.md": None, "docs/c.md": f"# A\n{text}"})
    history = History(repository.root)
    assert history.became("docs/a.md") == "docs/c.md"
    assert history.is_sure("docs/a.md") == sure
    assert not history.is_sure("docs/b.md")


def test_a_file_renamed_there_and_back_is_not_gone(repository: Repository) -> None:
    repository.commit("There", {"docs/a.md": None, "docs/c.md": f"# A\n{LONG}"})
    repository.commit("Back", {"docs/c.md": None, "docs/a.md": f"# A\n{LONG}"})
    history = History(repository.root)
    assert history.renamed("docs/a.md") is None
    assert history.renamed("docs/c.md") is not None


def test_a_removed_file(repository: Repository) -> None:
    commit = repository.commit("Say it once", {"docs/a.md": None, "docs/other.md": "# Other words\n"})
    repository.commit("Later", {"docs/b.md": "# B\nMore.\n"})
    history = History(repository.root)
    assert history.removed("docs/a.md") == commit
    assert history.renamed("docs/a.md") is None
    assert history.blame("docs/a.md") == f"Commit {commit.id} of 2026-11-20 removed it: Say it once"


def test_a_file_removed_on_a_branch(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    commit = repository.commit("Aside", {"docs/a.md": None})
    repository.git("checkout", "--quiet", "main")
    repository.commit("Meanwhile", {"docs/b.md": "# B\nMore.\n"})
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side")
    assert History(repository.root).removed("docs/a.md") == commit


def test_a_file_that_is_there_or_never_was(repository: Repository) -> None:
    history = History(repository.root)
    for path in ("docs/a.md", "docs/never.md", "", "nul\0.md", "../outside.md"):
        assert (history.renamed(path), history.removed(path), history.blame(path)) == (None, None, "")


def test_what_is_not_committed_yet(repository: Repository) -> None:
    repository.write({"docs/b.md": None})
    assert History(repository.root).removed("docs/b.md") == UNCOMMITTED
    assert History(repository.root).blame("docs/b.md") == "A change that is not committed yet removed it."


@pytest.mark.parametrize("staged", [["add", "--all"], ["status"]], ids=["staged", "not staged"])
def test_a_rename_that_is_not_committed_yet(repository: Repository, staged: list[str]) -> None:
    repository.write({"docs/a.md": None, "docs/c.md": f"# A\n{LONG}\nMore.", "docs/d.md": "# D\n"})
    repository.git(*staged)
    history = History(repository.root)
    assert history.renamed("docs/a.md")[:2] == ("docs/c.md", UNCOMMITTED)
    assert history.blame("docs/a.md") == "A change that is not committed yet renamed it to `docs/c.md`."


def test_a_new_file_of_another_kind_is_no_rename(repository: Repository) -> None:
    repository.write({"docs/a.md": None, "docs/a.txt": f"# A\n{LONG}"})
    assert History(repository.root).renamed("docs/a.md") is None


def test_two_copies_that_are_not_committed_yet_leave_it_open(repository: Repository) -> None:
    repository.write({"docs/a.md": None, "docs/c.md": f"# A\n{LONG}", "docs/d.md": f"# A\n{LONG}"})
    assert History(repository.root).renamed("docs/a.md") is None


HEADINGS = "# Title\n\n## Routes out\n\nText.\n\n## The `nat` *gateway*\n\nText.\n\n## Own { #mine }\n\nText.\n"


@pytest.mark.parametrize(
    ("old", "new", "slug", "words"),
    [
        ("## Routes out", "## Ways out", "routes-out", "Ways out"),
        ("## The `nat` *gateway*", "### The **NAT** gateway it is ###", "the-nat-gateway", "The NAT gateway it is"),
        ("## Own { #mine }", "## Own { .wide #yours }", "mine", "Own"),
        ("## Routes out\n\nText.\n", "", "routes-out", None),
        ("## Routes out", "Text.", "routes-out", None),
    ],
)
def test_a_heading_that_is_gone(repository: Repository, old: str, new: str, slug: str, words: str | None) -> None:
    repository.commit("Write it", {"docs/a.md": HEADINGS})
    commit = repository.commit("Reword", {"docs/a.md": HEADINGS.replace(old, new)})
    repository.commit("Later", {"docs/a.md": HEADINGS.replace(old, new) + "More.\n"})
    history = History(repository.root)
    assert history.removed_heading("docs/a.md", slug) == (commit, words)
    assert history.became("docs/a.md", slug) == (words or "")
    deed = f'changed its heading to "{words}"' if words else "removed it"
    assert history.blame("docs/a.md", slug) == f"Commit {commit.id} of 2026-11-20 {deed}: Reword"


def test_a_heading_that_is_gone_and_not_committed(repository: Repository) -> None:
    repository.commit("Write it", {"docs/a.md": HEADINGS})
    repository.write({"docs/a.md": HEADINGS.replace("Routes out", "Ways out")})
    assert History(repository.root).removed_heading("docs/a.md", "routes-out") == (UNCOMMITTED, "Ways out")


def test_a_heading_removed_before_its_page_was_renamed(repository: Repository) -> None:
    repository.commit("Write it", {"docs/a.md": f"## Routes out\n{LONG}"})
    commit = repository.commit("Cut", {"docs/a.md": f"{LONG}"})
    repository.commit("Rename", {"docs/a.md": None, "docs/c.md": f"{LONG}"})
    assert History(repository.root).removed_heading("docs/c.md", "routes-out") == (commit, None)


def test_a_heading_that_moved_down_its_page_was_not_removed(repository: Repository) -> None:
    repository.commit("Write it", {"docs/a.md": HEADINGS})
    moved = HEADINGS.replace("## Routes out\n\nText.\n", "") + "\n### Routes out\n\nText.\n"
    repository.commit("Move it down", {"docs/a.md": moved})
    assert History(repository.root).removed_heading("docs/a.md", "routes-out") is None
    assert History(repository.root).blame("docs/a.md", "never") == ""


FIGURE = "/// figure | A\n    id: {}\n    alt: x\n///\n"


def test_an_id_that_is_gone(repository: Repository) -> None:
    repository.commit("Draw", {"docs/a.md": FIGURE.format("fig-x"), "docs/b.md": FIGURE.format("'fig-x-y'")})
    repository.commit("Move", {"docs/a.md": "", "docs/c.md": FIGURE.format("fig-x")})
    commit = repository.commit("Drop", {"docs/c.md": FIGURE.format("fig-z")})
    repository.commit("Elsewhere", {"other/c.md": FIGURE.format("fig-x")})
    history = History(repository.root)
    assert history.removed_id("fig-x", "docs") == commit
    assert history.blame("docs/a.md", "fig-x") == f"Commit {commit.id} of 2026-11-20 removed it: Drop"
    for key in ("fig-z", "fig-x-y", "fig-never", "fig.x", "fig-(", "fig-\\"):
        assert history.removed_id(key, "docs") is None


def test_an_id_that_is_gone_and_not_committed(repository: Repository) -> None:
    repository.commit("Draw", {"docs/a.md": FIGURE.format("fig-x")})
    repository.write({"docs/a.md": "\n"})
    assert History(repository.root).removed_id("fig-x", "docs") == UNCOMMITTED
    repository.write({"docs/new.md": FIGURE.format("fig-x")})
    assert History(repository.root).removed_id("fig-x", "docs") is None


def test_an_id_removed_while_merging_is_not_blamed_on_who_added_it(repository: Repository) -> None:
    repository.commit("Draw", {"docs/a.md": FIGURE.format("fig-x")})
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("Aside", {"docs/b.md": "# B\nMore.\n"})
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    repository.commit("Merge", {"docs/a.md": "\n"})
    assert History(repository.root).removed_id("fig-x", "docs") is None


def test_the_commit_that_is_checked_out(repository: Repository) -> None:
    commit = repository.commit("Last", {".gitignore": "cache/\n"})
    assert History(repository.root).head() == commit.id
    assert not History(repository.root).changed()
    repository.write({"cache/x": "ignored"})
    assert not History(repository.root).changed()
    repository.write({"docs/a.md": "changed"})
    assert History(repository.root).changed()
    repository.git("checkout", "--quiet", "docs/a.md")
    repository.write({"docs/untracked.md": "new"})
    assert History(repository.root).changed()


def test_a_project_in_a_folder_of_a_repository(repository: Repository) -> None:
    repository.commit("Start", {"guide/docs/a.md": f"# A\n{LONG}", "guide/docs/b.md": HEADINGS})
    renamed = repository.commit("Rename", {"guide/docs/a.md": None, "guide/docs/c.md": f"# A\n{LONG}"})
    reworded = repository.commit("Reword", {"guide/docs/b.md": HEADINGS.replace("Routes out", "Ways out")})
    history = History(repository.root / "guide")
    assert history.renamed("docs/a.md")[:2] == ("docs/c.md", renamed)
    assert history.removed_heading("docs/b.md", "routes-out") == (reworded, "Ways out")
    repository.write({"outside.md": "new"})
    assert not history.changed()
    repository.write({"guide/docs/c.md": None, "guide/docs/d.md": f"# A\n{LONG}"})
    assert History(repository.root / "guide").renamed("docs/a.md")[:2] == ("docs/d.md", renamed)


def test_settings_and_environment_of_the_user_change_nothing(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repository.commit("Rename", {"docs/a.md": None, "docs/naïve.md": f"# A\n{LONG}"})
    settings = {
        "diff.renames": "false", "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always", "core.quotepath": "true",
        "log.showSignature": "true", "status.showUntrackedFiles": "no", "diff.external": "false", "core.abbrev": "20", "log.date": "raw",
        "core.pager": "false", "log.follow": "true", "format.pretty": "fuller", "status.relativePaths": "false",
    }  # fmt: skip
    for name, value in settings.items():
        repository.git("config", name, value)
    other = Repository(tmp_path_factory.mktemp("other"))
    other.commit("Not this one", {"x.md": "x"})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    history = History(repository.root)
    assert history.renamed("docs/a.md")[:2] == ("docs/naïve.md", commit)
    assert history.head() == commit.id
    repository.write({"docs/b.md": "# Other\n"})
    assert history.removed_heading("docs/b.md", "b") == (UNCOMMITTED, "Other")
    assert history.changed()


def nothing_known(history: History) -> bool:
    known = (history.renamed("docs/a.md"), history.removed("docs/a.md"), history.removed_heading("docs/b.md", "b"))
    return not any([*known, history.removed_id("fig-x", "docs"), history.head(), history.changed()])


def test_without_a_repository(tmp_path: Path) -> None:
    assert nothing_known(History(tmp_path))
    assert nothing_known(History(tmp_path / "missing"))


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("Cut", {"docs/a.md": None})
    monkeypatch.setenv("PATH", str(repository.root))
    assert nothing_known(History(repository.root))


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    Repository(tmp_path)
    assert nothing_known(History(tmp_path))


def test_a_git_that_hangs_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 600\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("studyguide.published.history.SECONDS", 0.3)
    asked, run = list[object](), subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: (asked.append(args), run(*args, **kwargs))[1])
    history = History(tmp_path)
    assert history.blame("docs/a.md") == history.blame("docs/b.md", "b") == ""
    assert len(asked) == 1


def test_git_reads_the_commits_once_for_all_that_is_gone(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repository.commit("Cut", {"docs/a.md": None, "docs/b.md": None, "docs/c.md": "# C\n"})
    asked, run = list[object](), subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: (asked.append(args), run(*args, **kwargs))[1])
    history = History(repository.root)
    assert history.removed("docs/a.md") == commit
    before = len(asked)
    assert history.removed("docs/b.md") == commit
    assert [history.blame(f"docs/never{number}.md") for number in range(300)] == [""] * 300
    assert history.was("docs/c.md") == []
    assert len(asked) == before <= 4


def test_a_folder_is_gone_with_its_last_file(repository: Repository) -> None:
    repository.commit("Write", {"docs/sub/deep/c.md": "# C\n", "docs/sub/d.md": f"# D\n{LONG}"})
    repository.commit("Cut one", {"docs/sub/deep/c.md": None})
    (repository.root / "docs/sub/deep").rmdir()
    assert History(repository.root).removed("docs/sub") is None
    commit = repository.commit("Move the other", {"docs/sub/d.md": None, "docs/d.md": f"# D\n{LONG}"})
    (repository.root / "docs/sub").rmdir()
    history = History(repository.root)
    assert history.blame("docs/sub") == f"Commit {commit.id} of 2026-11-20 removed it: Move the other"
    assert history.blame("docs/sub/deep").endswith(" removed it: Cut one")


def test_a_shallow_clone_knows_what_is_in_it(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    repository.commit("Before", {"docs/a.md": None})
    repository.commit("In between", {"docs/b.md": "# B\nMore.\n"})
    last = repository.commit("Last", {"docs/b.md": None})
    clone = tmp_path_factory.mktemp("clone")
    repository.git("clone", "--quiet", "--depth=2", f"file://{repository.root}", str(clone))
    history = History(clone)
    assert history.removed("docs/b.md") == last
    assert history.removed("docs/a.md") is None
    assert history.head() == last.id


def test_answers_are_kept(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("Cut", {"docs/b.md": None})
    history, runs = History(repository.root), list[object]()
    real = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: (runs.append(args), real(*args, **kwargs))[1])
    first = [history.blame("docs/b.md"), history.blame("docs/b.md", "b"), history.blame("docs/b.md", "fig-x")]
    count = len(runs)
    assert [history.blame("docs/b.md"), history.blame("docs/b.md", "b"), history.blame("docs/b.md", "fig-x")] == first
    assert len(runs) == count > 0


def test_reading_a_patch() -> None:
    text = (
        "\x01abc1234\x022026-11-20\x02A \x02 \x1b[31msubject\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n"
        "@@ -1 +1,2 @@\n--- a rule\n+++ b/x\n+@@ -1 +1 @@\n\\ No newline at end of file\n@@ -9,1 +9,0 @@ word\n-## Cut\n"
    )
    commit = Commit("abc1234", "2026-11-20", "A  [31msubject")
    assert list(read_hunks(text)) == [
        Hunk(commit, ("-- a rule",), ("++ b/x", "@@ -1 +1 @@")),
        Hunk(commit, ("## Cut",), ()),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Routes out", Heading("routes-out", "Routes out")),
        ("###Routes out ##", Heading("routes-out", "Routes out")),
        ("    ## In a tab\r", Heading("in-a-tab", "In a tab")),
        ("## [The map](map.md) & `code`", Heading("the-map-code", "The map & code")),
        ("## Own {: #mine .wide }", Heading("mine", "Own")),
        ("## C #", Heading("c", "C")),
        ("Routes out", None),
        ("#", None),
        ("--- #", None),
    ],
)
def test_what_is_a_heading(line: str, heading: Heading | None) -> None:
    assert heading_of(line) == heading


PAGE = "# A\n\n## One\n\n### Deep\n\n## Two\n\n/// figure | F\n    id: fig-f\n///\n\n## Three\n"


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "key", "above"),
    [
        ("## Two\n\n", "", "two", ["deep", "one", "a"]),
        ("## Two\n", "## Second\n", "two", ["second", "deep", "one", "a"]),
        ("/// figure | F\n    id: fig-f\n///\n\n", "", "fig-f", ["two", "deep", "one", "a"]),
        ("# A\n\n", "", "a", []),
        ("## Two\n\n", "", "never-was", []),
    ],
)
def test_what_stood_above_what_is_gone(
    repository: Repository, old: str, new: str, key: str, above: list[str], *, committed: bool
) -> None:
    repository.commit("Write", {"docs/c.md": PAGE})
    change: dict[str, str | None] = {"docs/c.md": PAGE.replace(old, new)}
    if committed:
        repository.commit("Take away", change)
        repository.commit("Go on", {"docs/c.md": f"{PAGE.replace(old, new)}\nMore.\n", "docs/d.md": "# D\n"})
    else:
        repository.write(change)
    assert History(repository.root).above("docs/c.md", key) == above
