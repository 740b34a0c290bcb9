"""The resources of a template, and how one asks another; whatever is not known stops the question, not the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reachability.template.resolve import (
    DEFAULT_GROUP,
    NotDecidedError,
    Reference,
    Resolver,
    Unknown,
    section,
    undecided,
)
from reachability.template.source import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

SAM = "AWS::Serverless-2016-10-31"
GLOBALS = {"AWS::Serverless::Function": "Function"}
GROUP = "AWS::EC2::SecurityGroup"


@dataclass(frozen=True, eq=False)
class Resource:
    """A resource that the stack will have; ``line`` is where its name stands."""

    name: str
    kind: str
    properties: Mapping
    line: int

    def get(self, key: str, default: Any = None) -> Any:
        """Return a property; raises `NotDecidedError` where it is not known."""
        value = self.properties.get(key, default)
        if isinstance(value, Unknown):
            undecided(f"{key} of {self.name}: {value.why}", self.at(key))
        return value

    def at(self, key: str) -> int:
        return self.properties.lines.get(key, self.line)

    def flag(self, key: str, *, default: bool) -> bool:
        return str(self.get(key, default)).lower() == "true"

    def number(self, key: str) -> int:
        return whole(self.get(key), f"{key} of {self.name}", self.at(key))

    def points_at(self, key: str, other: Resource) -> bool:
        return bool(self.get(key) == Reference(other.name))


class Stack:
    """The resources whose conditions hold. ``undecided`` says what may be there or not."""

    def __init__(self, template: Mapping, parameters: dict[str, str]) -> None:
        self._resolver = Resolver(template, parameters)
        self._globals = section(template, "Globals")
        self.undecided: list[NotDecidedError] = _transforms(template)
        self.resources: dict[str, Resource] = {}
        for name, raw in template["Resources"].items():
            line = template["Resources"].lines.get(name, 1)
            if not isinstance(raw, Mapping) or not isinstance(raw.get("Type"), str):
                self.undecided.append(NotDecidedError(f"{name} has no type", line))
            elif self._is_there(name, raw, line):
                self.resources[name] = Resource(name, raw["Type"], self._properties(raw), line)
        self.resources |= {group.name: group for group in map(_default_group, self.of("AWS::EC2::VPC"))}

    def _is_there(self, name: str, raw: Mapping, line: int) -> bool:
        truth = self._resolver.condition(raw["Condition"]) if "Condition" in raw else True
        if isinstance(truth, Unknown):
            self.undecided.append(NotDecidedError(f"whether {name} is made: {truth.why}", line))
            return False
        return truth

    def _properties(self, raw: Mapping) -> Mapping:
        own = self._resolver.value(section(raw, "Properties"))
        if not isinstance(own, Mapping):
            return Mapping(raw.line)
        shared = self._globals.get(GLOBALS.get(raw["Type"], ""))
        if not isinstance(shared, Mapping) or raw.get("IgnoreGlobals") == "*":
            return own
        return _over(_without(self._resolver.value(shared), raw.get("IgnoreGlobals")), own)

    def of(self, *kinds: str) -> Iterator[Resource]:
        return (resource for resource in self.resources.values() if resource.kind in kinds)

    def named(self, value: Any, what: str, line: int) -> Resource:
        """Return the resource that ``value`` points at."""
        found = self.resources.get(value.name) if isinstance(value, Reference) else None
        if found is None:
            why = value.why if isinstance(value, Unknown) else f"{_word(value)} is not in this template"
            undecided(f"{what}: {why}", line)
        return found

    def one(self, resource: Resource, key: str) -> Resource:
        return self.named(resource.get(key), f"{key} of {resource.name}", resource.at(key))

    def several(self, resource: Resource, key: str, value: Any = None) -> list[Resource]:
        value = resource.get(key) if value is None else value
        what = f"{key} of {resource.name}"
        if isinstance(value, Unknown):
            undecided(f"{what}: {value.why}", resource.at(key))
        parts = value if isinstance(value, list) else [value] if value else []
        return [self.named(part, what, resource.at(key)) for part in parts]


def _without(shared: Mapping, ignored: Any) -> Mapping:
    """Leave out what a resource ignores of `Globals`."""
    kept = Mapping(shared.line)
    kept.lines = shared.lines
    kept.update({key: value for key, value in shared.items() if not isinstance(ignored, list) or key not in ignored})
    return kept


def _over(shared: Mapping, own: Mapping) -> Mapping:
    """Return own properties over those of `Globals`, as SAM does it: maps are merged, lists added, all else is replaced."""
    made = Mapping(own.line)
    made.update({**shared, **own})
    made.lines = {**shared.lines, **own.lines}
    for key in shared.keys() & own.keys():
        if isinstance(shared[key], Mapping) and isinstance(own[key], Mapping):
            made[key] = _over(shared[key], own[key])
        elif isinstance(shared[key], list) and isinstance(own[key], list):
            made[key] = [*shared[key], *own[key]]
    return made


def _default_group(vpc: Resource) -> Resource:
    """Return the group that comes with a VPC, and admits its own members."""
    name = f"{vpc.name}.{DEFAULT_GROUP}"
    rule, properties = Mapping(vpc.line), Mapping(vpc.line)
    rule.update(IpProtocol="-1", SourceSecurityGroupId=Reference(name))
    properties.update(SecurityGroupIngress=[rule], VpcId=Reference(vpc.name))
    return Resource(name, GROUP, properties, vpc.line)


def whole(value: Any, what: str, line: int) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        undecided(f"{what} is no number", line)


def _word(value: Any) -> str:
    return value.name if isinstance(value, Reference) else str(value)


def _transforms(template: Mapping) -> list[NotDecidedError]:
    """Return the macros that may make anything of the template."""
    given = template.get("Transform") or []
    names = given if isinstance(given, list) else [given]
    line = template.lines.get("Transform", 1)
    return [NotDecidedError(f"macro {name} is not run", line) for name in names if name != SAM]
