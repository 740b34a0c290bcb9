r"""What the TikZ engine gets wrong without a word: mended where that is certain, else reported.

``\node[right of=a,node distance=3cm]`` becomes ``\node[node distance=3cm,right of=a]``;
``\node[text width=2cm,font=\sffamily]`` is a finding. ``check`` looks at the source as written and
``mend`` returns what the engine is given. Each fault was seen by drawing it with real TeX too.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from . import tex
from .libraries import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.model import Finding

_LIBRARIES = re.compile(r"\\usetikzlibrary\s*[{\[](?P<names>[^}\]]*)[}\]]")
_BEGIN = re.compile(r"\\begin\s*\{tikzpicture\}")
_END = re.compile(r"\\end\s*\{tikzpicture\}")
_FORBIDDEN = re.compile(
    r"\\(?P<name>input|include|includegraphics|InputIfFileExists|openin|openout|read|newread|newwrite|write|immediate"
    r"|special|directlua|latelua|luaexec|catcode|csname|loop|usepackage|RequirePackage|pgfimage|pgfdeclareimage"
    r"|lstinputlisting|verbatiminput|ShellEscape|write18)(?![A-Za-z])"
)
_OLD_FONTS = re.compile(r"\\(?P<name>tt|it|bf|sf|sc|sl|rm)(?![A-Za-z])")
_NEW_FONTS = {"tt": "ttfamily", "it": "itshape", "bf": "bfseries", "sf": "sffamily", "sc": "scshape", "sl": "slshape"}
_SIZE = re.compile(r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)(?![A-Za-z])")
_LEADING_SIZE = re.compile(rf"(?:^|{tex.BREAK}(?:\[[^\]]*\])?)\s*\{{?\s*{_SIZE.pattern}")
_FACE = re.compile(r"\\(?P<face>sffamily|itshape|ttfamily|slshape)(?![A-Za-z])")
_SANS = re.compile(r"\\sffamily(?![A-Za-z])")
_BOLD = re.compile(r"\\(?:bfseries|itshape|slshape|scshape)(?![A-Za-z])")
_NOT_SANS = re.compile(
    r"\\(?:textbf|textit|emph|texttt|textsc|textsl|bfseries|itshape|ttfamily|scshape)(?![A-Za-z])"
    r"|\\[%&_#$'`\"^~,;!]|(?<![\\])\$|(?<![\\])~|(?<!-)---?(?!-)|``|(?<!\\)\{\s*\\(?!\\)"
)
_PICTURE_FONT = re.compile(r"font\s*=\s*(?P<font>(?:\{[^{}]*\}|[^,\]])*)")
_OLD_PLACE = re.compile(r"^\s*(?:above|below|left|right)(?:\s+(?:left|right))?\s+of\s*=")
_DISTANCE = re.compile(r"^\s*node distance\s*=")
_CORNER = re.compile(r"label\s*=\s*\{?\s*(?:\[[^\]]*\])?\s*(?P<place>(?:north|south) (?:east|west))\s*:")
_LABEL_DISTANCE = re.compile(r"label distance\s*=")
_BASE = re.compile(r"^\s*(?:base|mid)\s+(?:left|right)\s*=")


def mend(source: str) -> str:
    """Return the source with the faults mended for which there is only one right reading."""
    for match in reversed(list(_OLD_FONTS.finditer(tex.plain(source)))):
        name = _NEW_FONTS.get(match["name"], "rmfamily")
        source = source[: match.start()] + "\\" + name + source[match.end() :]
    blank = tex.plain(source)
    for node in reversed(list(tex.nodes(blank))):
        end = node.options_at + len(node.options)
        source = source[: node.options_at] + _forward(source[node.options_at : end]) + source[end:]
    return source


def _forward(options: str) -> str:
    """Put ``node distance`` before the ``right of=`` that it is for."""
    parts = [part for _, part in tex.split(options)]
    late = [part for part in parts if _DISTANCE.match(part)]
    if not late or not any(_OLD_PLACE.match(part) for part in parts):
        return options
    return ",".join(late + [part for part in parts if not _DISTANCE.match(part)])


def check(source: str) -> tuple[Finding, ...]:
    """Return what must be said before the engine is asked, in the order of the source."""
    blank = tex.plain(source)
    found = [*_forbidden(blank), *_libraries(blank), *_unfinished(blank)]
    for node in tex.nodes(blank):
        found += [*_placing(blank, node), *_lettering(blank, node)]
    return tuple(sorted(found))


def _forbidden(source: str) -> Iterator[Finding]:
    for match in _FORBIDDEN.finditer(source):
        message = f"A figure may not use \\{match['name']}: it reads or writes files, or programs TeX."
        yield tex.finding(source, match.start(), "FIG017", message, "Draw with TikZ alone.")


def _libraries(source: str) -> Iterator[Finding]:
    for match in _LIBRARIES.finditer(source):
        for offset, part in tex.split(match["names"]):
            name = part.strip()
            if name and name not in KNOWN:
                near = get_close_matches(name, KNOWN, 1)
                fix = (
                    f"Did you mean {near[0]!r}?"
                    if near
                    else "Remove it, or see the list of libraries in the PGF manual."
                )
                at = match.start("names") + offset + len(part) - len(part.lstrip())
                yield tex.finding(source, at, "FIG015", f"There is no TikZ library {name!r}.", fix)


def _unfinished(source: str) -> Iterator[Finding]:
    begins, ends = list(_BEGIN.finditer(source)), len(_END.findall(source))
    if len(begins) > ends:
        message = r"This \begin{tikzpicture} has no \end{tikzpicture}."
        yield tex.finding(
            source, begins[ends].start(), "FIG016", message, r"Add \end{tikzpicture} after its last line."
        )


def _placing(source: str, node: tex.Node) -> Iterator[Finding]:
    def silent(at: int, what: str, fix: str) -> Finding:
        message = f"The engine draws {what} elsewhere than TeX does."
        return tex.finding(source, node.options_at + at, "FIG014", message, fix)

    caption = r"Leave it out, and caption the box with a node: \node[anchor=north west] at (box.north west) {...};"
    if match := _CORNER.search(node.options):
        yield silent(match.start(), f"a label at a corner ({match['place']})", caption)
    for at, part in tex.split(node.options):
        if _BASE.match(part):
            yield silent(at, "a node placed by its base line", "Use right= or left=.")
        if re.match(r"^\s*fit\s*=", part) and node.text.strip():
            yield silent(at, "text inside a node that fits others", caption)
    if match := _LABEL_DISTANCE.search(node.options):
        yield silent(match.start(), "a label with a distance of its own", "Write it in the options of the picture.")


def _lettering(source: str, node: tex.Node) -> Iterator[Finding]:
    font = _font(source, node)
    lead = node.options_at if node.options else node.start
    if "text width" in node.options and (face := _FACE.search(f"{font} {node.text}")):
        message = f'The engine does not wrap text in \\{face["face"]}: "text width" has no effect here.'
        yield tex.finding(source, lead, "FIG014", message, r"Break the lines yourself with align=center and \\.")
    if _SANS.search(font) and (match := _BOLD.search(font)):
        message = f"The engine has no {match[0]} in \\sffamily: the text comes out upright and light."
        yield tex.finding(source, lead, "FIG014", message, r"Use a size (\large) or a colour instead, or \rmfamily.")
    if _SANS.search(font) and (match := _NOT_SANS.search(node.text)):
        message = (
            f"The engine leaves \\sffamily at '{match[0].strip()}': part of the text comes out in roman, or broken."
        )
        fix = r"Keep sans text to letters, digits, spaces and plain signs, or give this node font=\rmfamily."
        yield tex.finding(source, node.text_at + match.start(), "FIG014", message, fix)
    mixed = _LEADING_SIZE.sub(lambda match: " " * len(match[0]), node.text)
    if match := _SIZE.search(mixed):
        message = "The engine draws one size in a line: a second one changes the whole line."
        yield tex.finding(source, node.text_at + match.start(), "FIG014", message, r"Change the size only after \\.")


def _font(source: str, node: tex.Node) -> str:
    """Return the font commands that reach a node: its own, which replace the picture's."""
    own = " ".join(match["font"] for match in _PICTURE_FONT.finditer(node.options))
    begin = next(iter(_BEGIN.finditer(source)), None)
    if begin is None or own:
        return own
    at = begin.end()
    end = tex.closing(source, at) if source[at : at + 1] == "[" else None
    whole = _PICTURE_FONT.search(source[at:end]) if end else None
    return whole["font"] if whole else ""
