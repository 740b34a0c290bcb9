r"""TikZ and Mermaid source -> inline SVG that is themed, accessible and the same on every build.

    with Studio(Path(".cache/figures")) as studio:
        drawing = studio.draw("mermaid", "flowchart LR\n  A --> B")
        html = inline(drawing, id="fig-flow", title="A calls B", alt="An arrow from A to B.")

``inline`` belongs in a page, with ``glyph_sheet`` once beside it and ``stylesheet`` once in the site;
``alone`` is a page of the same site, ``standalone`` a file of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from . import mermaid
from . import tikz as tikz_module
from .cache import Cache, key
from .colour import stylesheet
from .page import SCHEMES, alone, glyph_sheet, inline, standalone
from .tikz import TikzEngine

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.model import Drawing, Engine

__all__ = [
    "SCHEMES",
    "Studio",
    "TikzEngine",
    "UnknownEngineError",
    "alone",
    "glyph_sheet",
    "inline",
    "standalone",
    "stylesheet",
    "tikz_engine",
]

# Raised whenever the same source may come out as another drawing.
VERSION = "6"


class UnknownEngineError(ValueError):
    """There is no TikZ engine of this name."""


def tikz_engine(name: str) -> TikzEngine:
    """Return the engine called so in ``STUDYGUIDE_TIKZ``; "" is the default."""
    match name or "tikra":
        case "tikra" | "latex" as engine:
            return engine
        case _:
            message = f"STUDYGUIDE_TIKZ is {name!r}: use tikra, or latex where TeX is installed"
            raise UnknownEngineError(message)


class Studio:
    """Draws figures, and keeps what that takes: a child process and a cache."""

    def __init__(self, cache: Path | None = None, tikz: Literal["tikra", "latex"] = "tikra") -> None:
        self._cache = Cache(cache)
        self._tikz: TikzEngine = tikz
        self._child = tikz_module.worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def draw(self, engine: Engine, source: str) -> Drawing:
        """Return the drawing of a figure; a bad source comes back as findings, never as an exception."""
        version = tikz_module.VERSIONS[self._tikz] if engine == "tikz" else mermaid.VERSION
        name = key(engine, version, VERSION, source)
        if drawing := self._cache.get(name):
            return drawing
        drawing = tikz_module.draw(source, self._tikz, self._child) if engine == "tikz" else mermaid.draw(source)
        # A machine that was slow or short of memory once may do better next time.
        if not any(finding.code in {"FIG011", "FIG013"} for finding in drawing.findings):
            self._cache.put(name, drawing)
        return drawing

    def close(self) -> None:
        """End the child process."""
        self._child.stop()
