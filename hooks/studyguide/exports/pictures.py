"""Pictures within a site's style sheets -> files, as the policy of a strict host wants them.

    assets/css/a.css   --note:url("data:image/svg+xml,<svg/>")   ->   --note:url("../icons/1f2e3d4c.svg")

A reader then loads those alone that a page shows. Browsers read the address in a custom property from the sheet or the page
that asks for the property, so it must be the same from each of them: where it is not, the picture stays where it was.
"""

from __future__ import annotations

import binascii
import mimetypes
import posixpath
import re
from base64 import b64decode
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

FOLDER = "assets/icons"
STRING = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
# What looks like an address within a comment or a string is none.
ADDRESS_RE = re.compile(rf"/\*.*?\*/|(?P<url>\burl\(\s*(?:{STRING}|[^\"')]*)\s*\))|{STRING}", re.DOTALL | re.IGNORECASE)
PICTURE_RE = re.compile(
    r"data:(?P<kind>image/[\w.+-]+)(?P<more>[^,]*),(?P<body>[^#]*)(?P<part>.*)", re.DOTALL | re.IGNORECASE
)
# In a sheet whose addresses, comments and strings are blank.
PROPERTY_RE = re.compile(r"(?P<name>--[\w-]+)\s*:(?P<value>[^;{}]*)")
NAME_RE = re.compile(r"--[\w-]+")
SHORT = 8


class Apart(NamedTuple):
    """The style sheets that are others now, and the pictures that were in them, by their files in the site."""

    sheets: dict[str, str]
    pictures: dict[str, bytes]


class _Picture(NamedTuple):
    """Where a picture stands in a sheet, which part of it is asked for, its file, and its content."""

    place: slice
    part: str
    file: str
    body: bytes


def apart(sheets: Mapping[str, str], words: Container[str]) -> Apart:
    """Take the pictures out of a site's sheets; ``words`` are those of its pages and scripts, in small letters."""
    found = Apart({}, {})
    if not any("data:image/" in text.lower() for text in sheets.values()):
        return found
    bare = {name: ADDRESS_RE.sub(lambda match: "_" * len(match.group()), text) for name, text in sheets.items()}
    stay = frozenset(_staying(bare, words))
    for name, text in sheets.items():
        kept = [said.span() for said in PROPERTY_RE.finditer(bare[name]) if said["name"] in stay]
        moved = [each for each in _pictures(text) if not any(first <= each.place.start < end for first, end in kept)]
        found.pictures.update({each.file: each.body for each in moved})
        if moved:
            found.sheets[name] = _with_addresses(text, moved, _from(name))
    return found


def _with_addresses(sheet: str, pictures: Sequence[_Picture], way: str) -> str:
    """Return a style sheet with the address of each picture in its place."""
    for picture in reversed(pictures):
        address = f'url("{way}/{posixpath.basename(picture.file)}{picture.part}")'
        sheet = sheet[: picture.place.start] + address + sheet[picture.place.stop :]
    return sheet


def _from(sheet: str) -> str:
    return posixpath.relpath(FOLDER, posixpath.dirname(sheet) or ".")


def _staying(sheets: Mapping[str, str], words: Container[str]) -> Iterator[str]:
    """Yield the custom properties that are asked for from folders of different depths, or from we know not where."""
    ways: dict[str, str] = {}
    for sheet, text in sheets.items():
        for name in set(NAME_RE.findall(text)):
            if ways.setdefault(name, _from(sheet)) != _from(sheet) or name.lower() in words:
                yield name
        # Who asks for another property may get this one.
        for each in PROPERTY_RE.finditer(text):
            yield from NAME_RE.findall(each["value"])


def _pictures(sheet: str) -> Iterator[_Picture]:
    """Yield the pictures in a style sheet; one that cannot be read is none."""
    for match in ADDRESS_RE.finditer(sheet):
        if match["url"] and (found := PICTURE_RE.fullmatch(_address(match["url"]))):
            ending = mimetypes.guess_extension(found["kind"].lower()) or ""
            try:
                body = _body(found["body"], found["more"])
            except binascii.Error:
                continue
            file = f"{FOLDER}/{sha256(body).hexdigest()[:SHORT]}{ending}"
            yield _Picture(slice(*match.span()), found["part"], file, body)


def _address(url: str) -> str:
    """Return the address that ``url(...)`` of a style sheet holds."""
    node = tinycss2.parse_one_component_value(url)
    values = (
        [node] if node.type == "url" else [each for each in getattr(node, "arguments", ()) if each.type == "string"]
    )
    return values[0].value.strip() if values else ""


def _body(text: str, more: str) -> bytes:
    body = unquote_to_bytes(text)
    return b64decode(body, validate=True) if more.lower().rstrip().endswith(";base64") else body
