"""The files of others in ``figures/vendor``: the ones that were looked at, with their licence."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide import figures
from studyguide.figures import colour, mermaid, refresh

if TYPE_CHECKING:
    import pytest

VENDOR = Path(figures.__file__).parent / "vendor"


def test_the_engine_is_the_one_that_is_noted() -> None:
    digest = hashlib.sha256((VENDOR / "pele.global.js").read_bytes()).hexdigest()
    assert (VENDOR / "pele.global.js.sha256").read_text("utf-8") == f"{digest}  pele.global.js\n"


def test_the_licence_is_there() -> None:
    licence = (VENDOR / "pele.LICENSE").read_text("utf-8")
    assert "MIT License" in licence
    assert "Copyright" in licence
    assert "WITHOUT WARRANTY OF ANY KIND" in licence


def test_every_printable_character_of_ascii_has_a_width_in_both_weights() -> None:
    widths = json.loads((VENDOR / "widths.json").read_text("utf-8"))
    assert set(widths) == {"400", "700"}
    for table in widths.values():
        assert {str(code) for code in range(32, 127)} <= set(table)
        assert all(100 < table[str(code)] < 1200 for code in range(32, 127))
    assert sum(widths["700"][str(code)] for code in range(97, 123)) > sum(
        widths["400"][str(code)] for code in range(97, 123)
    )


def test_every_colour_name_has_six_digits() -> None:
    names = colour.names()
    assert len(names) >= 148
    assert all(colour.HEX.fullmatch("#" + digits) and len(digits) == 6 for digits in names.values())


def test_refresh_takes_the_engine_out_of_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pele.tgz"
    with tarfile.open(package, "w:gz") as archive:
        for name, text in (("package/dist/pele.global.js", b"var pele"), ("package/LICENSE", b"MIT")):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    monkeypatch.setattr(refresh, "VENDOR", tmp_path)
    refresh.pele(package)
    assert (tmp_path / "pele.global.js").read_bytes() == b"var pele"
    assert (tmp_path / "pele.LICENSE").read_bytes() == b"MIT"
    digest = hashlib.sha256(b"var pele").hexdigest()
    assert (tmp_path / "pele.global.js.sha256").read_text("utf-8").split() == [digest, "pele.global.js"]


def test_the_version_in_the_key_is_the_one_in_the_licence_note() -> None:
    note = refresh.__doc__ or ""
    assert f"npm pack {mermaid.VERSION.replace('-', '@')}" in note
