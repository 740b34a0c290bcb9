"""A page -> the names of AWS in it that do not exist, each with its place.

    `ENILimitReachException`      ->  docs/a.md:1:1: `ENILimitReachException` is in no service model. ...
    "Action": "ec2:CreateEni"     ->  docs/a.md:3:12: IAM has no action `ec2:CreateEni`. ...

Names of one word are read in code style; exceptions, actions and resource types also in code, drawings and alt texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml
from aws import models
from rapidfuzz import fuzz, process
from studyguide.text.source import CODE_SPAN_RE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studyguide.text.source import Fence, Source

# `State`, `VPC_SUBNET`, `function_active_v2`: an identifier that is no plain word.
NAME_RE = re.compile(r"(?=.*[A-Z_])[A-Za-z]\w*")
QUALIFIED_RE = re.compile(r"(?P<prefix>[a-z][a-z0-9-]*):(?P<action>[A-Za-z]+)")
EXCEPTION_RE = re.compile(r"(?<!\w)(?P<name>[A-Z]\w*Exception)(?!\w)")
ACTION_RE = re.compile(r"(?<![\w:/.-])(?P<prefix>[a-z][a-z0-9-]*):(?P<action>[A-Z]\w*|connect)(?![\w/:-])")
RESOURCE_RE = re.compile(r"AWS::\w+::\w+")
STATUS_RE = re.compile(r"`(?P<name>\w+Exception)`(?:,| with| and)\s+(?:HTTP\s+)?(?P<status>[1-5]\d\d)\b")
COMMAND_RE = re.compile(
    r"^(?:\$ )?aws (?P<service>[a-z0-9-]+) (?P<command>(?:wait )?[a-z0-9-]+)(?P<rest>.*)$", re.MULTILINE
)
OPTION_RE = re.compile(r"(?<!\S)--(?P<name>[a-z0-9-]+)")
NEAR = 70


class Name(NamedTuple):
    """Something that looks like a name of AWS: ``start`` is its offset in the file."""

    text: str
    start: int


def problems(source: Source) -> list[str]:
    """Return what a page says of AWS that its models do not know, in the order of the page."""
    given = (_spans, _exceptions, _actions, _resources, _statuses, _commands, _templates)
    found = {(name.start, message) for check in given for name, message in check(source)}
    return [f"{source.position(start)}: {message}" for start, message in sorted(found)]


def spans(source: Source) -> Iterator[Name]:
    """Yield the code spans of a page, without their marks."""
    lines = source.lines.copy()
    for fence in source.fences:
        for index in range(fence.first, fence.last + 1):
            lines[index] = " " * len(lines[index])
    for match in CODE_SPAN_RE.finditer("\n".join(lines), source.body_start):
        marks = len(match["ticks"])
        yield Name(match.group()[marks:-marks], match.start() + marks)


def _spans(source: Source) -> Iterator[tuple[Name, str]]:
    for name in spans(source):
        if name.text in models.names():
            continue
        if NAME_RE.fullmatch(name.text):
            yield name, f"`{name.text}` is in no service model.{_near(name.text, models.names())}"
        elif (match := QUALIFIED_RE.fullmatch(name.text)) and not _is_prefix(match["prefix"]):
            yield name, f"IAM has no prefix `{match['prefix']}`.{_near(match['prefix'], models.actions())}"
        elif match and (message := _action(match)):
            yield name, message


def _exceptions(source: Source) -> Iterator[tuple[Name, str]]:
    for match in EXCEPTION_RE.finditer(source.text):
        if match["name"] not in models.names():
            name = Name(match["name"], match.start())
            yield name, f"`{name.text}` is in no service model.{_near(name.text, models.names())}"


def _actions(source: Source) -> Iterator[tuple[Name, str]]:
    for match in ACTION_RE.finditer(source.text):
        if _is_prefix(match["prefix"]) and (message := _action(match)):
            yield Name(match.group(), match.start()), message


def _action(match: re.Match[str]) -> str:
    """Return what is wrong with an action or condition key, "" where nothing is."""
    text, prefix, action = match.group(), match["prefix"], match["action"]
    if text in models.LISTED["conditions"] or text in models.names():
        return ""
    if action.lower() not in models.actions().get(prefix, ()):
        return f"IAM has no action or condition key `{text}`.{_near(text, _qualified())}"
    spelt = models.operations().get(action.lower(), action)
    return "" if action == spelt else f"`{text}` is spelt `{prefix}:{spelt}`."


def _resources(source: Source) -> Iterator[tuple[Name, str]]:
    for match in RESOURCE_RE.finditer(source.text):
        if models.properties(match.group()) is None:
            yield Name(match.group(), match.start()), f"CloudFormation has no resource type `{match.group()}`."


def _statuses(source: Source) -> Iterator[tuple[Name, str]]:
    for name, status in statuses(source):
        known = models.statuses("lambda").get(name.text)
        if known and known != status:
            yield name, f"`{name.text}` has the HTTP status {known}, not {status}."


def statuses(source: Source) -> list[tuple[Name, int]]:
    """Return the exceptions that a page gives a status."""
    return [(Name(m["name"], m.start("name")), int(m["status"])) for m in STATUS_RE.finditer(source.text)]


def commands(source: Source) -> Iterator[tuple[Name, str, frozenset[str]]]:
    """Yield the commands of the AWS CLI in a page's code: its name, its service, its options."""
    for fence in source.fences:
        start = source.offset(fence.first + 2)
        # A backslash at a line's end joins it with the next, in as many characters.
        for match in COMMAND_RE.finditer(_written(source, fence).replace("\\\n", "  ")):
            given = frozenset(option["name"] for option in OPTION_RE.finditer(match["rest"]))
            yield Name(match["command"], start + match.start("command")), match["service"], given


def _written(source: Source, fence: Fence) -> str:
    return "\n".join(source.lines[fence.first + 1 : fence.last])


def _commands(source: Source) -> Iterator[tuple[Name, str]]:
    for name, service, given in commands(source):
        known = models.options(service, name.text)
        if known is None:
            yield name, f"The AWS CLI has no command `aws {service} {name.text}`."
        for option in sorted(given - (known or given)):
            yield name, f"`aws {service} {name.text}` has no option `--{option}`.{_near(option, known or ())}"


def templates(source: Source) -> Iterator[tuple[Fence, str, dict[str, object]]]:
    """Yield the resources of a page's CloudFormation templates: the fence, the type, the properties."""
    for fence in source.fences:
        if fence.language != "yaml" or "Resources:" not in fence.code:
            continue
        for resource in yaml.load(fence.code, _Template)["Resources"].values():  # noqa: S506 - a safe loader
            yield fence, resource["Type"], resource["Properties"]


class _Template(yaml.SafeLoader):
    """YAML with the short functions of CloudFormation, such as ``!Sub``."""


_Template.add_multi_constructor("!", lambda _loader, _suffix, node: node.value)


def _templates(source: Source) -> Iterator[tuple[Name, str]]:
    for fence, resource, given in templates(source):
        known = models.properties(resource) or {}
        inner = [(key, inside) for key, inside in given.items() if isinstance(inside, dict) and known.get(key)]
        wrong = [
            (key, f"`{resource}` has no property `{key}`.{_near(key, known)}") for key in given if key not in known
        ]
        wrong += [
            (key, f"`{outer}` of `{resource}` has no property `{key}`.")
            for outer, inside in inner
            for key in inside
            if key not in known[outer]
        ]
        start = source.offset(fence.first + 2)
        for key, message in wrong:
            yield Name(key, source.text.index(f"{key}:", start)), message


def _is_prefix(prefix: str) -> bool:
    return prefix == "aws" or prefix in models.actions()


def _qualified() -> list[str]:
    """Return every action as it is written, where a model says how, and every condition key."""
    spelt = models.operations()
    written = [f"{prefix}:{spelt.get(name, name)}" for prefix, found in models.actions().items() for name in found]
    return [*written, *models.LISTED["conditions"]]


def _near(text: str, known: Iterable[str]) -> str:
    found = process.extractOne(text, sorted(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return f" Did you mean `{found[0]}`?" if found else " Mend it, or add it with its source to tests/aws/names.yml."
