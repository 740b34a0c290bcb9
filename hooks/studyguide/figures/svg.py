"""An engine's SVG -> the figure's own: only what is allowed, colours as variables, letters kept apart.

``<path fill="#ffe6cc" style="..."/>`` becomes ``<path fill="var(--sg-c-ffe6cc)"/>``. Ids become
``n-1``, ``n-2`` and so on, in the order of the document, so that a page can give each figure its own.
Elements and attributes that are not on the list are dropped with all they hold: TeX lets a figure
write any SVG it likes.
"""

# ruff: noqa: SIM905  a list of words reads better than sixty quoted strings
from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from . import colour

if TYPE_CHECKING:
    from collections.abc import Mapping

ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clipPath mask pattern"
    " linearGradient radialGradient stop symbol".split()
)
PAINTS = frozenset("fill stroke stop-color".split())
ATTRIBUTES = PAINTS | frozenset(
    "id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height viewBox points transform href offset"
    " fill-rule fill-opacity stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit"
    " stroke-dasharray stroke-dashoffset stop-opacity opacity clip-path clip-rule clipPathUnits mask maskUnits"
    " maskContentUnits mask-type patternUnits patternContentUnits patternTransform gradientUnits gradientTransform"
    " spreadMethod preserveAspectRatio text-anchor dominant-baseline font-size font-weight font-style font-family"
    " text-decoration xml:space".split()
)
# What walks the tree calls itself once or twice a level, and Python allows about a thousand calls.
_DEEPEST = 200
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LOCAL = re.compile(r"url\(['\"]?#(?P<id>[^()'\"]+)['\"]?\)")
_UNSAFE = re.compile(r"url\s*\(|javascript:|expression|[<>\\@{};]", re.IGNORECASE)
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CLASS = re.compile(r"pele(?:-[a-z]+)*")
_PLAIN_PAINTS = frozenset({"none", "currentcolor", "transparent", "inherit"})
_PAINT_VARIABLE = re.compile(r"var\(--(?:pele|sg)-[a-z0-9-]+\)")
_MIX = re.compile(r"color-mix\(in srgb,var\(--pele-[a-z-]+\) \d+%,var\(--pele-[a-z-]+\)\)")


class SvgError(ValueError):
    """The engine's output is no SVG that can be used; the text says why."""


@dataclass
class Cleaned:
    """A figure's tree after the clean-up, with what was taken out of it."""

    root: ET.Element
    glyphs: dict[str, str] = field(default_factory=dict)
    colours: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)


def clean(text: str) -> Cleaned:
    """Parse an engine's SVG and keep only what a figure may hold."""
    if _DECLARED.search(text):
        message = "it declares a document type or an entity"
        raise SvgError(message)
    try:
        root = ET.fromstring(text)  # noqa: S314  without declarations nothing can expand
    except ET.ParseError as error:
        message = f"it is not well-formed: {error}"
        raise SvgError(message) from None
    if _name(root.tag) != "svg":
        message = "it is no <svg> element"
        raise SvgError(message)
    cleaned = Cleaned(root)
    _keep(root, cleaned)
    _split_glyphs(cleaned)
    _number_ids(root)
    return cleaned


def _name(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _keep(element: ET.Element, cleaned: Cleaned, *, masked: bool = False, depth: int = 0) -> None:
    """Clean an element and all below it."""
    if depth > _DEEPEST:
        message = "it is nested too deep"
        raise SvgError(message)
    element.tag = _name(element.tag)
    masked = masked or element.tag == "mask"
    wanted = _attributes(element, cleaned)
    if masked:
        if element.tag == "mask":
            wanted["mask-type"] = "alpha"
        _as_alpha(wanted)
    cleaned.colours.update(filter(None, (_coloured(wanted, name) for name in sorted(PAINTS & wanted.keys()))))
    element.attrib.clear()
    element.attrib.update(wanted)
    for child in list(element):
        if _name(child.tag) in ELEMENTS:
            _keep(child, cleaned, masked=masked, depth=depth + 1)
        else:
            element.remove(child)
            if child.tail:  # text after a dropped element belongs to what stays
                element.text = (element.text or "") + child.tail
    if element.tag not in {"text", "tspan"}:
        element.text = None
        for child in element:
            child.tail = None


def _attributes(element: ET.Element, cleaned: Cleaned) -> dict[str, str]:
    """Return the allowed attributes of an element, those in its ``style`` included."""
    found = {"xml:space" if name == _XML_SPACE else _name(name): value for name, value in element.attrib.items()}
    for part in found.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        found[name.strip()] = value.replace("!important", "").strip()
    kept = {}
    for name, value in found.items():
        if name == "class":
            kept[name] = " ".join(token for token in value.split() if _CLASS.fullmatch(token))
        elif name in ATTRIBUTES and value and (usable := _value(name, value)):
            kept[name] = usable
        elif name in PAINTS and value:
            cleaned.dropped.append(value)
            if name != "stop-color" and element.tag not in {"text", "tspan"}:
                kept[name] = "none"  # or it would take the ink of what it is in
    return {name: value for name, value in kept.items() if value}


def _value(name: str, value: str) -> str:
    """Return an attribute's value, or nothing where it points outside the figure or is no colour."""
    if name == "href":
        return value if value.startswith("#") else ""
    if match := _LOCAL.match(value):
        return f"url(#{match['id']})"
    if _UNSAFE.search(value):
        return ""
    if name in PAINTS and not _is_paint(value):
        return f"#{digits}" if (digits := colour.parse(value)) else ""
    return value


def _is_paint(value: str) -> bool:
    return value.lower() in _PLAIN_PAINTS or bool(_PAINT_VARIABLE.fullmatch(value) or _MIX.fullmatch(value))


def _coloured(attributes: dict[str, str], name: str) -> str | None:
    """Turn a literal colour into its variable and return its digits where it needs one of its own."""
    if not colour.HEX.fullmatch(attributes[name]):
        return None
    digits = attributes[name][1:]
    attributes[name] = colour.variable(digits)
    return None if digits in {"000000", "ffffff"} else digits


def _as_alpha(attributes: dict[str, str]) -> None:
    """Say with opacity what a mask says with light and dark, which would change with the scheme."""
    for name, opacity in (("fill", "fill-opacity"), ("stop-color", "stop-opacity"), ("stroke", "stroke-opacity")):
        if colour.HEX.fullmatch(attributes.get(name, "")):
            red, green, blue = colour.rgb(attributes[name][1:])
            light = 0.2125 * red + 0.7154 * green + 0.0721 * blue
            attributes[opacity] = f"{light * float(attributes.get(opacity, '1')):.4g}"
            attributes[name] = "currentColor"


def _split_glyphs(cleaned: Cleaned) -> None:
    """Take letter shapes out of the figure; name each by what it looks like, so that figures share them."""
    names: dict[str, str] = {}
    used = {element.get("href", "")[1:] for element in cleaned.root.iter("use")}
    for defs in list(cleaned.root.iter("defs")):
        for path in list(defs):
            if path.tag == "path" and set(path.keys()) <= {"id", "d"} and path.get("id") in used:
                shape = path.get("d", "")
                names[path.get("id", "")] = glyph = "g-" + hashlib.sha256(shape.encode()).hexdigest()[:10]
                cleaned.glyphs[glyph] = shape
                defs.remove(path)
    for element in cleaned.root.iter("use"):
        if (old := element.get("href", "")[1:]) in names:
            element.set("href", "#" + names[old])
    for parent in list(cleaned.root.iter()):
        for child in list(parent):
            if child.tag == "defs" and not len(child):
                parent.remove(child)


def _number_ids(root: ET.Element) -> None:
    numbers: dict[str, str] = {}
    pointed = set()
    for element in root.iter():
        for value in element.attrib.values():
            if match := _LOCAL.fullmatch(value):
                pointed.add(match["id"])
        pointed.add(element.get("href", "")[1:])
    for element in root.iter():
        name = element.attrib.pop("id", "")
        if name and name in pointed and name not in numbers:
            element.set("id", numbers.setdefault(name, f"n-{len(numbers) + 1}"))
    for element in root.iter():
        _renumber(element.attrib, numbers)


def _renumber(attributes: dict[str, str], numbers: Mapping[str, str]) -> None:
    for name, value in list(attributes.items()):
        if match := _LOCAL.fullmatch(value):
            if match["id"] in numbers:
                attributes[name] = f"url(#{numbers[match['id']]})"
            else:
                del attributes[name]
        elif name == "href" and (value[1:] in numbers or not value.startswith("#g-")):
            attributes[name] = "#" + numbers.get(value[1:], "n-0")


def serialise(element: ET.Element) -> str:
    """Return an element as text; quotes in text are escaped, so that ``="`` is only found in tags."""
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in element.attrib.items())
    inside = _quoted(element.text or "") + "".join(serialise(child) + _quoted(child.tail or "") for child in element)
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>" if inside else f"<{element.tag}{attributes}/>"


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
