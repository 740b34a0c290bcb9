"""The sources of the guide: ``docs/reference/sources.yml`` -> what a citation may cite.

heni-quota-500:
  fact: An account may have 500 Lambda interfaces in a VPC.
  title: Lambda quotas
  url: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  checked: 2026-11-22
  confidence: official-2026
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import yaml

from studyguide.model import Position, Problem, Target
from studyguide.text import days, quickyaml
from studyguide.text.source import CITE_RE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
# Where an address leads -> the group of the page of sources that it stands in; the first that fits.
GROUPS = {
    "docs.aws.amazon.com/aws-certification/": "The exam",
    "docs.aws.amazon.com/lambda/": "AWS Lambda",
    "docs.aws.amazon.com/AmazonRDS/": "Amazon RDS and Aurora",
    "docs.aws.amazon.com/vpc/": "Amazon VPC",
    "docs.aws.amazon.com/AWSEC2/": "Amazon VPC",
    "aws.amazon.com/vpc/": "Amazon VPC",
    "aws.amazon.com/privatelink/": "Amazon VPC",
    "docs.aws.amazon.com/Route53/": "Names and DNS",
    "docs.aws.amazon.com/IAM/": "Permissions",
    "docs.aws.amazon.com/aws-managed-policy/": "Permissions",
    "docs.aws.amazon.com/service-authorization/": "Permissions",
    "docs.aws.amazon.com/organizations/": "Permissions",
    "docs.aws.amazon.com/secretsmanager/": "Secrets and keys",
    "docs.aws.amazon.com/systems-manager/": "Secrets and keys",
    "docs.aws.amazon.com/kms/": "Secrets and keys",
    "github.com/boto/": "AWS service models and repositories",
    "github.com/aws": "AWS service models and repositories",
    "raw.githubusercontent.com/aws/": "AWS service models and repositories",
    "docs.aws.amazon.com/": "Other AWS services",
    "aws.amazon.com/": "AWS announcements, prices and articles",
    "repost.aws/": "AWS announcements, prices and articles",
}
ELSEWHERE = "Others"
ORDER = [*dict.fromkeys(GROUPS.values()), ELSEWHERE]


@dataclass(frozen=True, slots=True)
class Cited:
    """One entry of the file; a field that is missing there is empty here, ``checked`` the earliest date.

    ``places`` are those of its fields.
    """

    key: str
    fact: str
    title: str
    url: str
    checked: date
    confidence: str
    position: Position
    places: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)

    @property
    def target(self) -> Target:
        """The place a citation links to; a tooltip says the fact."""
        return Target("source", f"src-{self.key}", self.title, self.position, self.fact)

    @property
    def group(self) -> str:
        """The group of the page of sources that it stands in."""
        address = self.url.partition("://")[2]
        return next((group for start, group in GROUPS.items() if address.startswith(start)), ELSEWHERE)


def read(text: str, path: str) -> tuple[list[Cited] | None, list[Problem]]:
    """Return the entries as the page of sources has them, and what is wrong with them; None where the file cannot be read.

    They stand in groups, and in each group the one that was checked longest ago is the first.
    """
    loader = quickyaml.loader(text)
    try:
        root = loader.get_single_node()
        for _, body in root.value if isinstance(root, yaml.MappingNode) else ():
            if isinstance(body, yaml.MappingNode):
                loader.flatten_mapping(body)  # what it takes from another with `<<`
    except (yaml.YAMLError, ValueError, RecursionError):
        reason, line, column, fix = quickyaml.fault(text)
        return None, [Problem(Position(path, line + 1, column + 1), "SRC001", f"This file is not YAML: {reason}.", fix)]
    if root is not None and not isinstance(root, yaml.MappingNode):
        message, fix = "This file is not a mapping of keys to sources.", "Write `key:` and its fields under it."
        return None, [Problem(Position(path), "SRC001", message, fix)]
    entries, problems = dict[str, Cited](), list[Problem]()
    for node, body in root.value if root else ():
        key, position = str(node.value), _at(node, path)
        if fault := _key_fault(node, entries):
            problems.append(Problem(position, *fault))
            continue
        fields = {name.value: _Field(name, value) for name, value in _pairs(body)}
        entries[key], wrong = _entry(key, fields, position)
        problems += wrong
    return sorted(entries.values(), key=_order), problems


class _Field(NamedTuple):
    """A field of an entry: its name and its value, as YAML has them."""

    name: yaml.Node
    value: yaml.Node

    @property
    def text(self) -> str:
        """The value as it is written, on one line; "" of what is no text."""
        is_text = isinstance(self.value, yaml.ScalarNode) and self.value.tag != quickyaml.NOTHING
        return " ".join(self.value.value.split()) if is_text else ""


def _pairs(body: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the fields of an entry, those that have a name."""
    pairs = body.value if isinstance(body, yaml.MappingNode) else ()
    return [(name, value) for name, value in pairs if isinstance(name, yaml.ScalarNode)]


def _at(node: yaml.Node, path: str) -> Position:
    return Position(path, node.start_mark.line + 1, node.start_mark.column + 1)


def _key_fault(node: yaml.Node, entries: Mapping[str, Cited]) -> tuple[str, str, str] | None:
    """Return what is wrong with the key of a source: a code, a message and how to mend it."""
    if not isinstance(node, yaml.ScalarNode):
        fix = "Write a key of letters before the colon, in quotes if it begins with a bracket."
        return "SRC002", "The key of this source is no text.", fix
    if node.value in entries:
        message = f"The source `{node.value}` is defined twice, first at {entries[node.value].position}."
        return "ID001", message, "Keep one of them."
    cite = CITE_RE.fullmatch(f"@{node.value}")
    if cite is None or cite["key"] != node.value:
        message = f"No citation can name `{node.value}`."
        return "SRC002", message, "Write a key of letters, digits and hyphens."
    return None


def _entry(key: str, fields: Mapping[str, _Field], position: Position) -> tuple[Cited, list[Problem]]:
    words = {name: fields[name].text if name in fields else "" for name in FIELDS}
    places = {name: _at(field.name, position.path) for name, field in fields.items()}
    checked = days.read(words.pop("checked")) or date.min
    entry = Cited(key, checked=checked, position=position, places=places, **words)
    found = _wrong(entry, fields)
    wrong = [Problem(places.get(name, position), "SRC002", message, fix) for name, message, fix in found]
    return entry, wrong


def _wrong(entry: Cited, fields: Mapping[str, _Field]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with an entry: the field it is about, "" for the whole of it, and how to mend it."""
    lists = [name for name in FIELDS if name in fields and isinstance(fields[name].value, yaml.CollectionNode)]
    for name in lists:
        message = f"`{name}` of the source `{entry.key}` is a list or a mapping where text belongs."
        yield name, message, "Write text, in quotes if it begins with a bracket."
    if missing := [f"`{name}`" for name in FIELDS if name not in lists and not (name in fields and fields[name].text)]:
        message = f"The source `{entry.key}` has no {' and no '.join(missing)}."
        yield "", message, f"Every source has {', '.join(FIELDS)}."
    if entry.checked == date.min and "checked" in fields and fields["checked"].text:
        yield "checked", f"The source `{entry.key}` has no date in `checked`.", "Write it as 2026-11-22."
    if entry.confidence and entry.confidence not in CONFIDENCES:
        yield "confidence", f"`{entry.confidence}` is not a confidence.", f"Use one of {', '.join(CONFIDENCES)}."
    if entry.url and not _is_address(entry.url):
        yield "url", f"The source `{entry.key}` has no https address in `url`.", "Give the official page."


def _is_address(url: str) -> bool:
    return url.startswith("https://") and " " not in url


def _order(entry: Cited) -> tuple[int, date, str]:
    return ORDER.index(entry.group), entry.checked, entry.key


def as_html(entries: list[Cited]) -> str:
    """Return the groups of the page of sources: one place to link to for each entry, numbered through all groups."""
    parts, number = list[str](), 1
    for group, items in groupby(entries, key=lambda entry: entry.group):
        found = list(items)
        slug = "sources-" + "-".join(group.lower().replace(",", "").split())
        parts.append(f'<h2 id="{slug}">{escape(group)}</h2>')
        parts.append(f'<ol class="sg-sources" start="{number}">' + "\n".join(map(_item, found)) + "</ol>")
        number += len(found)
    return "\n".join(parts)


def _item(entry: Cited) -> str:
    title = escape(entry.title or entry.key)
    page = f'<a href="{escape(entry.url)}">{title}</a>' if _is_address(entry.url) else title
    day = entry.checked.isoformat()
    meta = f'{CONFIDENCES.get(entry.confidence, "unknown")}; checked <time datetime="{day}">{day}</time>'
    return (
        f'<li id="src-{escape(entry.key)}"><p class="sg-source__fact">{escape(entry.fact)}</p>'
        f'<p class="sg-source__page">{page} <span class="sg-source__meta">{meta}</span></p></li>'
    )
