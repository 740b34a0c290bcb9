"""The sources of the guide: ``docs/reference/sources.yml`` -> what a citation may cite.

    heni-quota-500:
      fact: An account may have 500 Lambda interfaces in a VPC.
      title: Lambda quotas
      url: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
      checked: 2026-11-22
      confidence: official-2026
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import yaml

from studyguide.model import Position, Problem, Target

FIELDS = ("fact", "title", "url", "checked", "confidence")
CONFIDENCES = {
    "official-2026": "AWS documentation, 2026",
    "official-2023": "AWS documentation, older copy",
    "official": "AWS text, date unclear",
    "service-model": "AWS service model",
    "aws-repository": "AWS repository",
    "quoted": "third party quoting AWS",
    "third-party": "third party",
    "inferred": "our inference",
    "calculated": "our arithmetic",
    "conflicting": "sources disagree",
    "unconfirmed": "unconfirmed",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """One entry of the file."""

    key: str
    fact: str
    title: str
    url: str
    checked: date
    confidence: str
    position: Position

    @property
    def target(self) -> Target:
        """The place a citation links to."""
        text = f"{self.title}, checked {self.checked.isoformat()}: {CONFIDENCES[self.confidence]}"
        return Target("source", f"src-{self.key}", self.title, self.position, text)


def read(text: str, path: str) -> tuple[list[Cited], list[Problem]]:
    """Return the entries, oldest check first, and what is wrong with the others."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        return [], [_not_yaml(error, path)]
    if root is None:
        return [], []
    if not isinstance(root, yaml.MappingNode):
        return [], [Problem(Position(path), "SRC001", "This file is not a mapping of keys to sources.", "Write `key:` and its fields under it.")]
    entries, problems, first = [], [], dict[str, Position]()
    for node, _ in root.value:
        key, position = str(node.value), Position(path, node.start_mark.line + 1, node.start_mark.column + 1)
        if key in first:
            problems.append(Problem(position, "ID001", f"The source `{key}` is defined twice, first at {first[key]}.", "Keep one of them."))
            continue
        first[key] = position
        entry, problem = _entry(key, data.get(key), position)
        entries += [entry] if entry else []
        problems += [problem] if problem else []
    return sorted(entries, key=lambda entry: (entry.checked, entry.key)), problems


def _not_yaml(error: Exception, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    position = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)
    return Problem(position, "SRC001", f"This file is not YAML: {getattr(error, 'problem', None) or error}.", "Put a value that holds `: ` in quotes.")


def _entry(key: str, fields: object, position: Position) -> tuple[Cited | None, Problem | None]:
    values = fields if isinstance(fields, dict) else {}
    missing = [name for name in FIELDS if not values.get(name)]
    if missing:
        return None, Problem(position, "SRC002", f"The source `{key}` has no {' and no '.join(f'`{name}`' for name in missing)}.", f"Every source has {', '.join(FIELDS)}.")
    if not isinstance(values["checked"], date):
        return None, Problem(position, "SRC002", f"The source `{key}` has no date in `checked`.", "Write it as 2026-11-22.")
    if values["confidence"] not in CONFIDENCES:
        return None, Problem(position, "SRC002", f"`{values['confidence']}` is not a confidence.", f"Use one of {', '.join(CONFIDENCES)}.")
    if not str(values["url"]).startswith("https://"):
        return None, Problem(position, "SRC002", f"The source `{key}` has no https address in `url`.", "Give the official page.")
    words = {name: " ".join(str(values[name]).split()) for name in ("fact", "title", "url", "confidence")}
    return Cited(key, checked=values["checked"], position=position, **words), None


def as_html(entries: list[Cited]) -> str:
    """Return the list of the Sources page: one place to link to for each entry."""
    items = (
        f'<li id="src-{escape(entry.key)}"><p class="sg-source__fact">{escape(entry.fact)}</p>'
        f'<p class="sg-source__page"><a href="{escape(entry.url)}">{escape(entry.title)}</a>'
        f' <span class="sg-source__meta">{CONFIDENCES[entry.confidence]}; checked'
        f' <time datetime="{entry.checked.isoformat()}">{entry.checked.isoformat()}</time></span></p></li>'
        for entry in entries
    )
    return '<ol class="sg-sources">' + "\n".join(items) + "</ol>"
