"""The guide as one PDF: its words can be read out, its links lead somewhere, and its fonts are in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from reader.browser import find
from studyguide.cli import CLEAN, main

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def pdf(chromium: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:  # noqa: ARG001 - says where there is none
    output = tmp_path_factory.mktemp("pdf") / "guide.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHROMIUM", find() or "")
        assert main(["pdf", str(site), "-o", str(output)]) == CLEAN
    return PdfReader(output)


def test_words_can_be_read_out(pdf: PdfReader) -> None:
    # Each begins with its number.
    texts = [re.sub(r"^\d+ ", "", re.sub(r"\s+", " ", page.extract_text())) for page in pdf.pages]
    assert texts[0].startswith("Lambda in your VPC")
    assert "Contents" in texts[1]
    first = next(number for number, text in enumerate(texts) if number > 3 and "A VPC in ten minutes" in text)
    last = max(number for number, text in enumerate(texts) if re.match("Answers ", text))
    assert first < last < len(texts) - 3
    # What is right is said behind everything else.
    assert not any("Right:" in text or "Right order:" in text for text in texts[:last])
    assert sum(text.count("Right") for text in texts[last:]) > 100
    outline = [item for item in pdf.outline if not isinstance(item, list)]
    assert outline


def test_links_lead_within_it_or_to_the_web(pdf: PdfReader) -> None:
    annotations = [each.get_object() for page in pdf.pages for each in page.get("/Annots") or []]
    actions = [each["/A"].get_object() for each in annotations if "/A" in each]
    addresses = [str(action["/URI"]) for action in actions if "/URI" in action]
    assert [address for address in addresses if not address.startswith("https://")] == []
    inner = {str(each["/Dest"]).removeprefix("/") for each in annotations if "/Dest" in each}
    known = {name.removeprefix("/") for name in pdf.named_destinations}
    assert len(inner) > 500
    assert inner <= known


def test_fonts_are_in_it(pdf: PdfReader) -> None:
    bare = set()
    for page in pdf.pages:
        for name, found in (page["/Resources"].get("/Font") or {}).items():
            font = found.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            described = inner["/FontDescriptor"].get_object() if "/FontDescriptor" in inner else {}
            # A variable font is written out letter by letter.
            if not any(part.startswith("/FontFile") for part in described) and "/CharProcs" not in font:
                bare.add(str(font.get("/BaseFont", name)))
    assert bare == set()
