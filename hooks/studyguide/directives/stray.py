"""A mark that reached the page as text -> the problem: what its author wrote there is not read as what it looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives.block import HEADER_RE
from studyguide.directives.marking import LOOSE_RE, UNSEEN
from studyguide.directives.names import KNOWN_ELSEWHERE
from studyguide.kinds import DIRECTIVES
from studyguide.model import Problem
from studyguide.near import did_you_mean

if TYPE_CHECKING:
    import re

    from studyguide.model import Position
    from studyguide.text.marks import Kind
    from studyguide.text.source import Source

MARKDOWN = "In raw HTML, Markdown is read only in an element with the attribute `markdown`."


# What looks like the bar before a title.
BARS = "|\u00a6\u2502\u2758\uff5c"
# What may stand before no directive.
ALONE = f"#|{UNSEEN}"
OUT = f"Write it in a paragraph of its own or in words that are shown. {MARKDOWN}"


def stray(kind: Kind, at: Position, source: Source, *, unclosed: bool) -> Problem | None:
    """Return what is wrong with a piece of syntax that stayed text, given the file it is in."""
    line = source.lines[at.line - 1]
    match kind:
        case "directive":
            found = LOOSE_RE.match(line)
            return _directive(found, at, unclosed=unclosed) if found else _made(at)
        case "fence":
            language = line[at.column - 1 :].strip("`~{}. \t").partition(" ")[0]
            fix = "Close it with the marks that open it, on a line of their own."
            return Problem(at, "FIG005", f"This {language} fence is never closed.", fix)
        case "reference":
            return Problem(at, "REF003", "This reference is not read, so it shows as text.", OUT)
        case "citation":
            return Problem(at, "CIT002", "This citation is not read, so it shows as text.", OUT)
        case "snippet":
            fix = (
                'Write `--8<-- "file"` with nothing on its line but spaces before it; `pymdownx.snippets` has to be on.'
            )
            return Problem(at, "SNP001", "This inclusion is not read, so it shows as text.", fix)
        case _:
            return None


def linked(kind: Kind, at: Position) -> Problem | None:
    """Return what is wrong with a link of ours that stands in the words of another."""
    code = {"reference": "REF003", "citation": "CIT002"}.get(kind)
    fix = "Write it before or after that link."
    return (
        Problem(at, code, f"This {kind} is a link itself, and stands in the words of another.", fix) if code else None
    )


def unseen(kind: Kind, at: Position) -> Problem | None:
    """Return what is wrong with a link of ours in words that no page shows, such as a title."""
    code = {"reference": "REF003", "citation": "CIT002"}.get(kind)
    message = f"This {kind} stands in words that become an attribute, where no link can be."
    return Problem(at, code, message, "Write it in words that the page shows.") if code else None


def _made(at: Position) -> Problem:
    """Return the problem of a directive that is not in the source: a plugin made it of what is."""
    message = "A plugin makes a directive of this, which is not read where it stands, so it shows as text."
    return Problem(at, "DIR007", message, "See what the plugin makes of it, and write it where a paragraph may stand.")


def _directive(found: re.Match[str], at: Position, *, unclosed: bool) -> Problem:
    name = found["name"]
    if name not in DIRECTIVES:
        return _unknown(name, at)
    strict = HEADER_RE.match(found.string[found.end("lead") :])
    if strict is None:
        title = (found["rest"] or "").strip(f" \t{UNSEEN}{BARS}")
        fix = f"Write `/// {name} | {title}`." if title else f"Write `/// {name} | Title`."
        return Problem(at, "DIR007", f"This looks like a {name}, and is not read as one.", fix)
    if unclosed:
        fix = f"Add a line `{found['slashes']}` after its last line."
        return Problem(at, "DIR006", f"This {name} is never closed.", fix)
    if set(found["lead"]) & set(ALONE):
        fix = "Write its first line on a line of its own, with nothing before it, not even what nobody sees."
    elif found["lead"].strip(" \t>"):
        fix = "Write its first line on a line of its own, after a blank line, and all of it four spaces in."
    else:
        fix = f"Write it after a blank line, as far in as the text of what holds it. {MARKDOWN}"
    return Problem(at, "DIR007", f"This {name} is not read where it stands, so it shows as text.", fix)


def _unknown(name: str, at: Position) -> Problem:
    known = ", ".join(f"`{name}`" for name in DIRECTIVES)
    fix = f"{did_you_mean(name, [*DIRECTIVES, *KNOWN_ELSEWHERE])}Directives are {known}."
    return Problem(at, "DIR001", f"There is no directive `{name}`.", fix)
