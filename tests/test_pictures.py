"""Pictures that style sheets hold become files, where every browser asks for each at the same address."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from studyguide.exports.pictures import FOLDER, apart
from studyguide.exports.styles import trim

if TYPE_CHECKING:
    from pathlib import Path

SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"
DATA = f'url("data:image/svg+xml;charset=utf-8,{SVG}")'


def named(body: bytes, ending: str = "svg") -> str:
    return f"{sha256(body).hexdigest()[:8]}.{ending}"


FILE = named(SVG.encode())


@pytest.mark.parametrize(
    ("address", "body", "ending"),
    [
        (f'"data:image/svg+xml;utf8,{SVG}"', SVG.encode(), "svg"),
        ("'data:image/svg+xml,%3Csvg/%3e'", b"<svg/>", "svg"),
        ("data:image/svg+xml,%3Csvg/%3E", b"<svg/>", "svg"),
        (' "data:image/svg+xml,<a b=\\"c\\"/>" ', b'<a b="c"/>', "svg"),
        ('"data:image/svg+xml;base64,PHN2Zy8+"', b"<svg/>", "svg"),
        ("DATA:image/PNG;BASE64,iVBORw==", b"\x89PNG", "png"),
    ],
)
def test_each_way_to_write_one(address: str, body: bytes, ending: str) -> None:
    found = apart({"assets/css/a.css": f"a{{background:url({address}) no-repeat}}"}, ())
    file = named(body, ending)
    assert found.pictures == {f"{FOLDER}/{file}": body}
    assert found.sheets == {"assets/css/a.css": f'a{{background:url("../icons/{file}") no-repeat}}'}


@pytest.mark.parametrize(
    "sheet",
    [
        "a{background:url(b.svg)}",
        "a{background:url()}",
        "a{src:url(data:font/woff2;base64,AAAA)}",
        f"/* {DATA} */",
        "a{content:'url(data:image/svg+xml,x)'}",
        # A browser shows none, either.
        "a{background:url(data:image/png;base64,!)}",
        "a{background:url(data:image/png)}",
    ],
)
def test_what_is_none_stays(sheet: str) -> None:
    assert apart({"a.css": sheet, "b.css": "b{background:url(data:image/gif)}"}, ()) == ({}, {})


def test_several_in_one_sheet_and_one_in_several() -> None:
    sheet = f"a{{--x:{DATA},{DATA};background:{DATA.replace('svg xmlns', 'g xmlns')}}}"
    found = apart({"a.css": sheet, "b/c/d.css": f"a{{mask:{DATA}}}", "e.css": "a{top:0}"}, ())
    other = named(SVG.replace("svg xmlns", "g xmlns").encode())
    assert found.sheets == {
        "a.css": f'a{{--x:url("{FOLDER}/{FILE}"),url("{FOLDER}/{FILE}");background:url("{FOLDER}/{other}")}}',
        "b/c/d.css": f'a{{mask:url("../../{FOLDER}/{FILE}")}}',
    }
    assert sorted(found.pictures) == sorted(f"{FOLDER}/{file}" for file in (FILE, other))


def test_part_of_one_is_asked_for() -> None:
    found = apart({"a.css": "a{mask:url('data:image/svg+xml,<svg/>#b')}"}, ())
    assert found.sheets == {"a.css": f'a{{mask:url("{FOLDER}/{named(b"<svg/>")}#b")}}'}


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"b/c/d.css": "a{mask:var(--x)}"}, ()),
        # A page, or a script, may ask for it at any address.
        ({}, ("--x",)),
        # So may who asks for what asks for it.
        ({"assets/b.css": ":root{--y: none, var(--x)}"}, ()),
    ],
)
def test_one_that_is_asked_for_from_elsewhere_stays(others: dict[str, str], words: tuple[str, ...]) -> None:
    sheet = f":root{{--w:{DATA};--x:{DATA}}}"
    found = apart({"assets/a.css": sheet, "assets/c.css": "a{mask:var(--x)}", **others}, words)
    assert found.sheets == {"assets/a.css": f':root{{--w:url("icons/{FILE}");--x:{DATA}}}'}


@pytest.mark.parametrize("hosted", [True, False])
def test_a_site(tmp_path: Path, *, hosted: bool) -> None:
    (tmp_path / "index.html").write_text("<p>Words</p>")
    (tmp_path / "a.css").write_text(f"p {{ mask: {DATA} }}")
    trim(tmp_path, hosted=hosted)
    address = f'url("{FOLDER}/{FILE}")' if hosted else DATA
    assert (tmp_path / "a.css").read_text() == f"p{{mask:{address};}}"
    assert (tmp_path / FOLDER).exists() is hosted


def test_no_sheet_of_the_guide_has_one_and_each_file_is_there(site: Path) -> None:
    asked = set()
    for sheet in site.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert "data:" not in text
        asked |= {(sheet.parent / path).resolve() for path in re.findall(r'url\("?([^")]+)"?\)', text)}
    assert len(asked) > 20
    assert {file for file in asked if not file.is_file()} == set()
    assert {file.resolve() for file in (site / FOLDER).iterdir()} <= asked
