"""The failures that are accepted for a time: ``docs/reference/external.yml`` -> patterns, and which of them are over.

- url: https://forum.example/*          # this address, or every one that starts so
  until: 2027-01-31
  reason: Answers 403 to every program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import yaml

from studyguide.model import Position, Problem
from studyguide.text import days, quickyaml
from studyguide.web.visit import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACCEPTED = "docs/reference/external.yml"
FIELDS = ("url", "until", "reason")
FORM = "Each entry is `- url: https://host/path`, with `until: 2027-01-31` and a `reason:`."


@dataclass(frozen=True, slots=True)
class Accepted:
    """An address that may fail through the day ``until``; one that ends in ``*`` stands for all that start so."""

    url: str
    until: date
    reason: str
    position: Position

    def matches(self, address: str) -> bool:
        """Return whether it is this address; without an anchor it stands for all anchors of its page."""
        if self.url.endswith("*"):
            return address.startswith(self.url[:-1])
        return self.url in (address, address.partition("#")[0])


def read_accepted(text: str, path: str) -> tuple[list[Accepted] | None, list[Problem]]:
    """Return the entries that are whole, and what is wrong with the others; None where the file cannot be read."""
    try:
        # The loader in Python: the one in C takes the process down where brackets are nested too deep.
        root = yaml.SafeLoader(text).get_single_node()
    except (yaml.YAMLError, ValueError):
        reason, line, column, fix = quickyaml.fault(text)
        where = Position(path, line + 1, column + 1)
        return None, [Problem(where, "WAV004", f"This file is not YAML: {reason}.", fix)]
    except RecursionError:
        return None, [Problem(Position(path), "WAV004", "This file is not a list of accepted failures.", FORM)]
    if root is None or root.tag.endswith(":null"):
        return [], []
    if not isinstance(root, yaml.SequenceNode):
        return None, [Problem(_place(root, path), "WAV004", "This file is not a list of accepted failures.", FORM)]
    entries, problems = list[Accepted](), list[Problem]()
    for node in root.value:
        wrong = list(_wrong(node, path))
        problems += wrong
        if not wrong:
            entries.append(_entry(node, path))
    return entries, problems


def _place(node: yaml.Node, path: str) -> Position:
    return Position(path, node.start_mark.line + 1, node.start_mark.column + 1)


def _fields(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value}


def _word(node: yaml.Node | None) -> str:
    """Return a value as it is written; a list, a mapping and nothing at all are no word."""
    if not isinstance(node, yaml.ScalarNode) or node.tag.endswith(":null"):
        return ""
    return " ".join(str(node.value).split())


def _wrong(node: yaml.Node, path: str) -> Iterator[Problem]:
    if not isinstance(node, yaml.MappingNode):
        yield Problem(_place(node, path), "WAV004", "This entry has no fields.", FORM)
        return
    fields = _fields(node)
    for name in (name for name in fields if name not in FIELDS):
        message = f"An accepted failure has no `{name}`."
        yield Problem(_place(fields[name], path), "WAV004", message, f"It has {', '.join(FIELDS)}.")
    url, until = _word(fields.get("url")), _word(fields.get("until"))
    if not is_web(url) or "*" in url[:-1]:
        message = f"`{url}` is not an address of the web." if url else "This accepted failure has no `url`."
        fix = "Write the address in full; a `*` may stand at its end."
        yield Problem(_place(fields.get("url", node), path), "WAV004", message, fix)
    if until and days.read(until) is None:
        message = f"`{until}` is not a date."
        yield Problem(_place(fields["until"], path), "WAV004", message, "Write it as 2027-01-31.")
    if missing := [f"`{name}`" for name in ("until", "reason") if not _word(fields.get(name))]:
        message = f"The accepted failure `{url}` has no {' and no '.join(missing)}."
        yield Problem(_place(node, path), "WAV003", message, "Say until when it is accepted, and why.")


def _entry(node: yaml.MappingNode, path: str) -> Accepted:
    fields = _fields(node)
    until = days.read(_word(fields["until"])) or date.min
    return Accepted(_word(fields["url"]), until, _word(fields["reason"]), _place(node, path))


def over(entry: Accepted, failing: Mapping[str, bool | None], today: date) -> Problem | None:
    """Return what is over about an entry, given which addresses fail; None stands for one that was not checked."""
    found = [fails for address, fails in failing.items() if entry.matches(address)]
    if today > entry.until:
        message = f"The accepted failure `{entry.url}` ended on {entry.until.isoformat()}."
        fix = "Drop it; if the page still fails and is still worth a link, give it a later `until`."
    elif not found:
        message, fix = f"No page links to the accepted failure `{entry.url}`.", "Drop it, or mend its `url`."
    elif not any(fails or fails is None for fails in found):
        message, fix = f"The accepted failure `{entry.url}` is over: the page is there again.", "Drop it."
    else:
        return None
    return Problem(entry.position, "EXT005", message, fix)
