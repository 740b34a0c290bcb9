r"""The engine's warnings -> findings: a message a person can use, at the word it is about.

``option 'drwa' not supported: ignored`` becomes ``FIG010`` at the first ``drwa`` of the source. The
engine tells no line, so where no word can be found the finding is at the first line.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from . import tex

if TYPE_CHECKING:
    from studyguide.model import Finding


class Rule(NamedTuple):
    """A warning of the engine's, and what to say instead; ``token`` is what to look for."""

    pattern: re.Pattern[str]
    message: str
    fix: str


NO_COLOUR = "There is no colour"
_FIND_COMMAND = "Check its spelling; the engine draws TikZ and PGFPlots, and little else of LaTeX."
_RULES = [
    Rule(
        re.compile(r"unsupported (?:text )?command: (?P<token>\\\w+)"),
        "The engine does not know {token}.",
        _FIND_COMMAND,
    ),
    Rule(re.compile(r"^(?P<token>\\\w+) not supported"), "The engine does not know {token}.", _FIND_COMMAND),
    Rule(
        re.compile(r"^option '(?P<token>[^'=]+)[^']*' not supported"),
        "The engine does not know the option {token!r}.",
        "Check its spelling, and that its library is named in \\usetikzlibrary.",
    ),
    Rule(
        re.compile(r"shape '(?P<token>[^']*)' not supported"),
        "The engine does not know the shape {token!r}, and draws a rectangle.",
        "Check its spelling, and that its library is named in \\usetikzlibrary.",
    ),
    Rule(
        re.compile(r"the font has no '(?P<token>[^']*)'"),
        "The engine's font has no {token!r}, and draws a box.",
        "Say it in other characters.",
    ),
    Rule(
        re.compile(r"unknown color '(?P<token>[^']*)'"),
        f"{NO_COLOUR} {{token!r}}.",
        "Use a colour of xcolor, such as blue!60!black, or define it with \\definecolor.",
    ),
    Rule(
        re.compile(r"unknown coordinate: \((?P<token>[^)]*)\)"),
        "There is no node or coordinate {token!r} when this is drawn.",
        "Name it before it is used.",
    ),
    Rule(
        re.compile(r"unrecognized path fragment: '(?P<token>[^']*)'"),
        "The path cannot go on with {token}.",
        "End the statement before it with a semicolon.",
    ),
    Rule(re.compile(r"a group '\{' never closes"), "An opening brace is never closed.", "Add the closing brace."),
    Rule(re.compile(r"unmatched bracket"), "An opening square bracket is never closed.", "Add the closing bracket."),
    Rule(
        re.compile(r"unmatched parenthesis"), "An opening parenthesis is never closed.", "Add the closing parenthesis."
    ),
    Rule(
        re.compile(r"no tikzpicture"),
        "There is no picture in this figure.",
        r"Write it inside \begin{tikzpicture} and \end{tikzpicture}.",
    ),
    Rule(
        re.compile(r"macro expansion did not end|more than \d+ (?:steps|statements)"),
        "The figure does not come to an end: a command or a loop goes on too long.",
        "Look for a command that uses itself, or a \\foreach over too many values.",
    ),
]
_STATEMENTS = {rf"\{name}" for name in ("draw", "node", "path", "fill", "filldraw")}
_BRACKETS = {"brace": "{", "square bracket": "[", "parenthesis": "("}


def explain(source: str, warning: str) -> Finding:
    """Return the finding for one warning of the engine."""
    for rule in _RULES:
        if match := rule.pattern.search(warning):
            token = match.groupdict().get("token", "").strip()
            code = "FIG011" if "come to an end" in rule.message else "FIG010"
            message = rule.message.format(token=token)
            return tex.finding(source, _place(source, token, message), code, message, rule.fix)
    named = re.search(r"'(?P<token>[^']+)'|(?P<command>\\\w+)", warning)
    token = (named["token"] or named["command"]) if named else ""
    text = warning.removeprefix("figure: ")
    return tex.finding(
        source, _place(source, token, ""), "FIG010", f"The engine says: {text}.", "Write this part in another way."
    )


def _place(source: str, token: str, message: str) -> int:
    blank = tex.uncomment(source)
    if token:
        return _find(blank, token)
    for name, bracket in _BRACKETS.items():
        if name in message:
            return _unclosed(blank, bracket)
    return 0


def _find(source: str, token: str) -> int:
    if token in _STATEMENTS:
        # The statement that runs into another one is what lacks the semicolon.
        ends = re.finditer(r"\\(?:draw|node|path|fill|filldraw)\b", source)
        places = [match.start() for match in ends]
        for before, at in pairwise(places):
            between = source[before:at].rstrip()
            # A brace that was open before is the end of a definition; one that was not, that of a node's text.
            ended = between.endswith((";", "{", "\\", "%")) or between.count("{") < between.count("}")
            if source.startswith(token, at) and not ended:
                return at
    edge = r"(?![A-Za-z])" if token[-1:].isalpha() else ""
    match = re.search(rf"(?<![A-Za-z\\]){re.escape(token)}{edge}", source)
    return match.start() if match else max(source.find(token), 0)


def _unclosed(source: str, bracket: str) -> int:
    """Return the innermost bracket of a kind that is left open, or the first line."""
    for match in reversed(list(re.finditer(re.escape(bracket), source))):
        end = tex.closing(source, match.start())
        if source[match.start() - 1 : match.start()] != "\\" and (end is None or ";" in source[match.start() : end]):
            return match.start()
    return 0
