"""Drawings -> the SVG of a page, the letter shapes its figures share, and files of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from .colour import DARK_INK, DARK_PAPER, MERMAID_RULES, Rgb, declarations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.model import Drawing

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

_ID = re.compile(r'(?P<lead> id="| href="#|="url\(#)(?P<name>n-\d+)')
_HEAD = re.compile(r'^<svg class="(?P<kind>[a-z-]+)"(?P<rest>[^>]*?)(?P<closed>/?)>')


def inline(drawing: Drawing, *, id: str, title: str, alt: str) -> str:  # noqa: A002  the attribute's own name
    """Return the drawing for a page, its ids made the figure's own; nothing for a figure that did not draw."""
    if not drawing.svg:
        return ""
    prefix = _quoted(id)
    text = _ID.sub(lambda match: f"{match['lead']}{prefix}-{match['name']}", drawing.svg)
    labels = f"Labels: {'; '.join(drawing.words)}." if drawing.words else ""
    words = " ".join(filter(None, (alt.strip(), labels)))
    names = f'<title id="{prefix}-title">{_quoted(title)}</title><desc id="{prefix}-desc">{_quoted(words)}</desc>'
    role = f'role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
    end = "</svg>" if text.endswith("/>") and _HEAD.match(text) and "</svg>" not in text else ""
    return _HEAD.sub(lambda m: f'<svg class="sg-svg {m["kind"]}" {role}{m["rest"]}>{names}', text, count=1) + end


def glyph_sheet(drawings: Iterable[Drawing]) -> str:
    """Return the letter shapes of a page's figures, each once, or nothing where there are none."""
    shapes = _shapes(drawings)
    if not shapes:
        return ""
    return (
        f'<svg class="sg-glyphs" width="0" height="0" aria-hidden="true" focusable="false"><defs>{shapes}</defs></svg>'
    )


def _shapes(drawings: Iterable[Drawing]) -> str:
    shapes = {name: path for drawing in drawings for name, path in drawing.glyphs}
    return "".join(f'<path id="{name}" d="{_quoted(path)}"/>' for name, path in sorted(shapes.items()))


def standalone(drawing: Drawing, *, title: str = "", alt: str = "", scheme: Scheme | None = None) -> str:
    """Return the drawing as a complete file: in one scheme, or following the reader's light or dark one by itself."""
    if not drawing.svg:
        return ""
    light, night = declarations(drawing.colours)
    paper = "background:var(--sg-paper)"
    light, night = f"{_THEME_LIGHT}{light}", f"{_THEME_DARK}{night}"
    rules = {
        "light": f":root{{{light}{paper}}}\n{MERMAID_RULES}",
        "dark": f":root{{{night}{paper}}}\n{MERMAID_RULES}",
        None: f":root{{{light}{paper}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}\n{MERMAID_RULES}",
    }[scheme]
    return _whole(drawing, f"<style>{rules}</style>", title=title, alt=alt)


def alone(drawing: Drawing, *, title: str, alt: str, styles: Iterable[str]) -> str:
    """Return the drawing as a page of the site, with the site's style sheets: a strict host refuses styles within."""
    linked = "".join(f'<?xml-stylesheet href="{_quoted(style)}"?>\n' for style in styles)
    text = _whole(drawing, "", title=title, alt=alt)
    return linked + text.replace("<svg ", '<svg data-md-color-scheme="default" ', 1)


def _whole(drawing: Drawing, style: str, *, title: str, alt: str) -> str:
    """Return the drawing with all that a document needs, and with the letter shapes that it uses."""
    text = inline(drawing, id="figure", title=title, alt=alt)
    at = text.index("</desc>") + len("</desc>")
    shapes = _shapes([drawing])
    extra = style + (f"<defs>{shapes}</defs>" if shapes else "")
    return text[:at].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) + extra + text[at:] + "\n"


def _grey(luminance: float) -> str:
    part = 1.055 * luminance ** (1 / 2.4) - 0.055
    return "#" + Rgb(part, part, part).digits


def _theme(ink: str, paper: str, surface: str, alternate: str, muted: str) -> str:
    return (
        f"--sg-ink:{ink};--sg-paper:{paper};--pele-fg:{ink};--pele-bg:{paper};--pele-line:{ink};--pele-surface:{surface};"
        f"--pele-surface-alt:{alternate};--pele-muted:{muted};--pele-border:{muted};--pele-accent:{muted};"
    )


_THEME_LIGHT = _theme("#000000", "#ffffff", "#f3f3f3", "#e6e6e6", "#595959")
_THEME_DARK = _theme(_grey(DARK_INK), _grey(DARK_PAPER), "#2a2a2a", "#383838", "#b4b4b4")


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
