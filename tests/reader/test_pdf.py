"""The guide as one PDF: its words can be read out, its links lead somewhere, and its fonts are in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from reader.browser import find
from studyguide.cli import CLEAN, main

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from pypdfium2 import PdfPage


# Printed once: what asks for it goes to one worker.
pytestmark = pytest.mark.xdist_group("pdf")


@pytest.fixture(scope="module")
def file(chromium: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - says where there is none
    output = tmp_path_factory.mktemp("pdf") / "guide.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHROMIUM", find() or "")
        assert main(["pdf", str(site), "-o", str(output)]) == CLEAN
    return output


@pytest.fixture(scope="module")
def pdf(file: Path) -> PdfReader:
    return PdfReader(file)


class Sheet(NamedTuple):
    """A sheet as it was read: its text, and what of that is in its lower half."""

    text: str
    lower: str


@pytest.fixture(scope="module")
def sheets(file: Path) -> list[Sheet]:
    """All sheets, read by what a browser shows PDFs with: what reads its structure takes longer than to print it."""
    with PdfDocument(file) as document:
        return [_read(page) for page in document]


def _read(page: PdfPage) -> Sheet:
    text = page.get_textpage()
    return Sheet(text.get_text_range(), text.get_text_bounded(top=page.get_height() / 2))


def test_words_can_be_read_out(pdf: PdfReader, sheets: list[Sheet]) -> None:
    # Each begins with its number.
    texts = [re.sub(r"^\d+ ", "", re.sub(r"\s+", " ", sheet.text)) for sheet in sheets]
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


def _begins(pdf: PdfReader) -> dict[str, int]:
    """Return the number of the page on which each anchor of the document stands."""
    places = pdf.named_destinations.items()
    return {name.removeprefix("/"): pdf.get_destination_page_number(at) + 1 for name, at in places}


def test_contents_say_on_which_page_a_chapter_begins(pdf: PdfReader, sheets: list[Sheet]) -> None:
    begins = _begins(pdf)
    contents = [line for sheet in sheets[1 : begins["start."] - 1] for line in sheet.text.splitlines()]
    assert sum(bool(re.search(r" \d+$", line)) for line in contents) > 150
    chapters = {"A VPC in ten minutes": "learn-primer.", "Glossary": "reference-glossary.", "Answers": "answers."}
    for title, key in chapters.items():
        assert f"{title} {begins[key]}" in contents
        # It says its number itself, and is the one.
        assert re.match(rf"{begins[key]}\s+{title}", sheets[begins[key] - 1].text)


def test_no_sheet_within_a_chapter_is_half_empty(pdf: PdfReader, sheets: list[Sheet]) -> None:
    begins = _begins(pdf)
    # Chapters begin on a sheet of their own; their anchors end with a point. So does the title.
    ends = {1, len(pdf.pages)} | {number - 1 for key, number in begins.items() if key.endswith(".")}
    assert len(ends) > 20
    # At its foot is its number.
    empty = {
        number for number, sheet in enumerate(sheets, start=1) if not sheet.lower.strip().removeprefix(str(number))
    }
    assert empty - ends == set()
    assert empty & ends


def test_no_sheet_ends_with_the_number_of_a_question(sheets: list[Sheet]) -> None:
    texts = [re.sub(r"\s+", "", sheet.text) for sheet in sheets]
    assert [text[-40:] for text in texts if re.search(r"checkpoint\d+(Theanswer)?$", text, re.IGNORECASE)] == []


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
