"""A receipt that somebody wrote by hand: whatever it says, a check reads this project alone, and never ends in a traceback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from building import build
from studyguide.cli import NOT_CHECKED, PROBLEMS, main
from test_listing import project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHECKED = "No problems found, but not everything was checked. Checked 2 pages, 9 links, 0 figures, 0 checkpoints."
WHY = "checks.json names `{}`, which is no file of this project.\n"
EDIT = {
    "code": "LNK001",
    "position": {"path": "docs/index.md", "line": 1, "column": 1},
    "message": "",
    "fix": "",
    "notes": [],
    "edit": {"position": {"path": "../other.md", "line": 1, "column": 1}, "old": "", "new": "x"},
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site, and a file beside it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "other.md").write_text("# Nobody's business\n", "utf-8")
    (folder / "own").mkdir()
    file = project(folder / "own", {"index.md": "# Home\n"})
    build(file, folder / "own/site")
    return file


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda site: site | {"docs": "../../.."}, "../../.."),
        (lambda site: site | {"theme": "/"}, "/"),
        (lambda site: site | {"theme": "docs/../../.."}, "docs/../../.."),
        (lambda site: site | {"docs": "docs/../../hostile"}, "docs/../../hostile"),
        (lambda site: site | {"docs": "\ud800"}, "·"),
        (lambda site: site | {"pages": [site["pages"][0] | {"source": "../other.md"}]}, "../other.md"),
        (lambda site: site | {"pages": [site["pages"][0] | {"url": "/b/c/"}]}, "/b/c/"),
        (lambda site: site | {"included": {"index.md": ["/dev/zero"]}}, "/dev/zero"),
        (lambda site: site | {"inputs": {"/dev/zero": ""}}, "/dev/zero"),
        (lambda site: site | {"written": [EDIT]}, "../other.md"),
    ],
)
def test_a_receipt_that_names_what_is_not_the_projects(
    settings: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Any], Any], named: str
) -> None:
    code, said = look(settings, change, capsys)
    assert (code, said) == (
        NOT_CHECKED,
        f"{CHECKED} Not checked: the rules that need a build: {WHY}".format(named),
    )


@pytest.mark.parametrize("is_listed", [True, False])
@pytest.mark.parametrize("name", ["docs/\0", "docs/\ud800", "docs/" + "x" * 5000, "docs/gone.md"])
def test_a_receipt_that_names_what_is_not_there(
    settings: Path, capsys: pytest.CaptureFixture[str], name: str, *, is_listed: bool
) -> None:
    known = {name: "0"} if is_listed else {}
    code, said = look(settings, lambda site: site | {"inputs": known, "included": {"index.md": [name]}}, capsys)
    assert code == NOT_CHECKED
    assert said.rstrip().endswith(": changed since the site was built.")


def test_a_receipt_that_names_a_folder_as_a_file(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = look(settings, lambda site: site | {"included": {"index.md": ["docs"]}}, capsys)
    assert code == PROBLEMS
    assert " error INP003 " in said


def look(settings: Path, change: Callable[[Any], Any], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return what a check says of the site whose receipt was changed."""
    file = settings.parent / "site/checks.json"
    before = file.read_bytes()
    try:
        found = json.loads(before)
        file.write_text(json.dumps(found | {"site": change(found["site"])}), "utf-8")
        code = main(["check", "--config", str(settings), "--site", str(file.parent)])
    finally:
        file.write_bytes(before)
    return code, capsys.readouterr().out
