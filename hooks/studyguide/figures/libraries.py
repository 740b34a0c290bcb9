"""The TikZ libraries that PGF 3.1 brings, for telling a slip of the pen from a library."""

# ruff: noqa: SIM905  a list of words reads better than a hundred quoted strings
from __future__ import annotations

KNOWN = frozenset(
    """
    3d angles animations arrows arrows.meta arrows.spaced automata babel backgrounds bending calc calendar chains
    circuits circuits.ee circuits.ee.IEC circuits.logic circuits.logic.CDH circuits.logic.IEC circuits.logic.US
    curvilinear datavisualization datavisualization.3d datavisualization.barcharts
    datavisualization.formats.functions datavisualization.polar datavisualization.sparklines decorations
    decorations.footprints decorations.fractals decorations.markings decorations.pathmorphing
    decorations.pathreplacing decorations.shapes decorations.text er fadings fit fixedpointarithmetic folding fpu
    graphs graphs.standard intersections lindenmayersystems math matrix mindmap patterns patterns.meta perspective
    petri pgfplots.dateplot pgfplots.fillbetween pgfplots.groupplots pgfplots.polar plothandlers plotmarks
    positioning profiler quotes rdf scopes shadings shadows shapes shapes.arrows shapes.callouts
    shapes.gates.logic.IEC shapes.gates.logic.US shapes.geometric shapes.misc shapes.multipart shapes.symbols
    snakes spy svg.path through timelines topaths trees turtle views
    """.split()
)
