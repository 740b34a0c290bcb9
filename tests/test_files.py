"""Files are changed all or none: what stands in the way is said, for every file at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from studyguide import files

if TYPE_CHECKING:
    from pathlib import Path


def refusals(root: Path, *names: str) -> list[str]:
    with pytest.raises(files.NotMendedError) as raised:
        files.read({name: root / name for name in names}, [root])
    return str(raised.value).split("\n")


def test_every_reason_at_once(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "folder.md").mkdir(parents=True)
    (root / "bad.md").write_bytes(b"one\ntwo \xff\n")
    (root / "kept.md").write_text("x", "utf-8")
    (root / "kept.md").chmod(0o444)
    (tmp_path / "outside.md").write_text("x", "utf-8")
    (root / "out.md").symlink_to(tmp_path / "outside.md")
    (root / "broken.md").symlink_to(tmp_path / "nothing.md")
    (root / "good.md").write_text("x", "utf-8")
    names = ["bad.md", "broken.md", "folder.md", "good.md", "kept.md", "out.md", "../up.md", "good.md/new.yml"]
    assert refusals(root, *names) == [
        f"../up.md leads out of the project, to {tmp_path}/up.md.",
        "bad.md holds a byte that is not UTF-8, on line 2.",
        f"broken.md leads out of the project, to {tmp_path}/nothing.md.",
        "folder.md is not a file.",
        f"good.md/new.yml cannot be made: {root}/good.md takes no files.",
        "kept.md is write-protected.",
        f"out.md leads out of the project, to {tmp_path}/outside.md.",
    ]


def test_a_folder_that_takes_no_files(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("x", "utf-8")
    (tmp_path / "docs").chmod(0o555)
    try:
        assert refusals(tmp_path, "docs/a.md", "docs/reference/aliases.yml") == [
            "docs/a.md is write-protected.",
            f"docs/reference/aliases.yml cannot be made: {tmp_path}/docs takes no files.",
        ]
    finally:
        (tmp_path / "docs").chmod(0o755)


def test_what_may_be_changed(tmp_path: Path) -> None:
    """A link inside the project is followed, line ends stay, and a file that is to be made has no text yet."""
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\n")
    (tmp_path / "link.md").symlink_to("a.md")
    names = {"link.md": tmp_path / "link.md", "new/b.yml": tmp_path / "new/b.yml"}
    assert files.read(names, [tmp_path]) == {"link.md": "\ufeffone\r\n"}
    (tmp_path / "a.md").chmod(0o640)
    files.write(
        {tmp_path / "link.md": "\ufeff2\r\n", tmp_path / "new/b.yml": "b\n"}, {tmp_path / "link.md": "\ufeffone\r\n"}
    )
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "a.md").read_bytes() == b"\xef\xbb\xbf2\r\n"
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "new/b.yml").read_bytes() == b"b\n"
    assert sorted(os.listdir(tmp_path)) == ["a.md", "link.md", "new"]  # noqa: PTH208 - names alone


@pytest.mark.parametrize("now", ["somebody's\n", None])
def test_what_changed_since_it_was_read_stays(tmp_path: Path, now: str | None) -> None:
    """Of a file that was not there too: nothing is written over, beside it or instead of it."""
    names = {name: tmp_path / name for name in ("a.md", "b.md", "new.yml")}
    names["a.md"].write_text("a", "utf-8")
    names["b.md"].write_text("b", "utf-8")
    known = {names[name]: text for name, text in files.read(names, [tmp_path]).items()}
    changed = names["b.md"] if now is None else names["new.yml"]
    changed.unlink() if now is None else changed.write_text(now, "utf-8")
    before = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    with pytest.raises(files.NotMendedError) as raised:
        files.write(dict.fromkeys(names.values(), "mended"), known)
    assert str(raised.value) == f"{changed} was changed meanwhile: run this again."
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("breaks_at", [1, 2, 3, 4])
def test_a_disk_that_fails_in_the_middle(tmp_path: Path, breaks_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files are written beside their places, and then put there: whatever fails, all is as it was."""
    (tmp_path / "a.md").write_text("a", "utf-8")
    (tmp_path / "b.md").write_text("b", "utf-8")
    steps = 0

    def counted(kind: type, name: str) -> None:
        real = getattr(kind, name)

        def step(self: Path, *arguments: object) -> object:
            nonlocal steps
            steps += 1
            if steps == breaks_at:
                raise OSError(28, "No space left on device", str(self))
            return real(self, *arguments)

        monkeypatch.setattr(kind, name, step)

    kind = type(tmp_path)
    counted(kind, "write_bytes")
    counted(kind, "replace")
    with pytest.raises(files.NotMendedError, match=r"cannot be written: No space left on device\.$"):
        files.write(
            {tmp_path / "a.md": "1", tmp_path / "b.md": "2", **({tmp_path / "n/c.md": "3"} if breaks_at > 2 else {})},
            {tmp_path / "a.md": "a", tmp_path / "b.md": "b"},
        )
    monkeypatch.undo()
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == {"a.md": "a", "b.md": "b"}
