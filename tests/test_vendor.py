"""What we bring along from others is what they published: each file by its sha256, and with its licence."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

VENDOR = sorted((Path(__file__).parents[1] / "overrides/assets/vendor").iterdir())


@pytest.mark.parametrize("folder", VENDOR, ids=lambda folder: folder.name)
def test_vendored_file_is_the_one_that_was_published(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    files = {file.name for file in folder.iterdir()}
    assert files == {*sums, "SHA256SUMS", "LICENSE.txt"}
    assert sums == {name: sha256((folder / name).read_bytes()).hexdigest() for name in sums}
