"""The resources of a template, and how one asks another; whatever is not known stops the question, not the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reachability.template.resolve import (
    DEFAULT_GROUP,
    Elsewhere,
    NotDecidedError,
    Reference,
    Resolver,
    Text,
    Unknown,
    section,
    undecided,
)
from reachability.template.source import Mapping, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SAM = "AWS::Serverless-2016-10-31"
GLOBALS = {"AWS::Serverless::Function": "Function"}
GROUP = "AWS::EC2::SecurityGroup"
VPC, SUBNET, TABLE, ROLE = "AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EC2::RouteTable", "AWS::IAM::Role"
# Macros of AWS that leave every other resource as it is written.
MACROS = (
    SAM,
    "AWS::CodeDeployBlueGreen",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-2020-07-23",
    "AWS::SecretsManager-2024-09-16",
)
# Which kind a property names.
NAMES = {
    "ClientSubnets": SUBNET,
    "FileSystemId": "AWS::EFS::FileSystem",
    "GroupId": GROUP,
    "NatGatewayId": "AWS::EC2::NatGateway",
    "NetworkAclId": "AWS::EC2::NetworkAcl",
    "Role": ROLE,
    "RouteTableId": TABLE,
    "SecurityGroupIds": GROUP,
    "SecurityGroups": GROUP,
    "SubnetId": SUBNET,
    "SubnetIds": SUBNET,
    "VPCSecurityGroups": GROUP,
    "VpcId": VPC,
    "VpcSecurityGroupIds": GROUP,
    "VpcSubnetIds": SUBNET,
}


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
        return text_of(self.get(key, default)).lower() == "true"

    def number(self, key: str) -> int:
        return whole(self.get(key), f"{key} of {self.name}", self.at(key))

    def points_at(self, key: str, other: Resource) -> bool:
        value = self.properties.get(key)
        return not isinstance(value, Elsewhere) and bool(self.get(key) == Reference(other.name))

    def lists(self, key: str, other: Resource) -> bool:
        """Whether a property has another resource among its values."""
        given = self.properties.get(key)
        values = given if isinstance(given, list) else [given]
        if Reference(other.name) in values:
            return True
        for value in values:
            if isinstance(value, Unknown) and not isinstance(value, Elsewhere):
                undecided(f"{key} of {self.name}: {value.why}", self.at(key))
        return False


class Stack:
    """The resources whose conditions hold, each made when it is asked for.

    ``undecided`` says which of those that were asked for may be there or not. ``ports`` are taken for databases whose own
    is not told, and ``open_ports`` has the databases of which that was asked.
    """

    def __init__(
        self,
        template: Mapping,
        parameters: dict[str, str],
        other: dict[str, frozenset[str]] | None = None,
        ports: dict[str, int] | None = None,
    ) -> None:
        self.ports = ports or {}
        self.open_ports: set[str] = set()
        self.resolver = Resolver(template, parameters, other)
        self._globals = section(template, "Globals")
        self._written = template["Resources"]
        self._made: dict[str, Resource | None] = {}
        self._kinds = {name: _kind(raw) for name, raw in self._written.items()}
        self.undecided: list[NotDecidedError] = [*_transforms(template), *self._without_a_kind()]

    def _without_a_kind(self) -> Iterator[NotDecidedError]:
        for name, kind in self._kinds.items():
            if not kind:
                why = f"what {name} makes is not read" if name.startswith("Fn::") else f"{name} has no type"
                yield NotDecidedError(why, self._line(name))

    def _line(self, name: str) -> int:
        return int(self._written.lines.get(name, 1))

    def find(self, name: str) -> Resource | None:
        """Return a resource by its name, if the stack has it."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Resource | None:
        vpc, _, attribute = name.partition(".")
        if attribute == DEFAULT_GROUP and self._kinds.get(vpc) == VPC:
            made = self.find(vpc)
            return _default_group(made) if made else None
        raw = self._written.get(name)
        if not self._kinds.get(name) or not self._is_there(name, raw):
            return None
        return Resource(name, raw["Type"], self._properties(name, raw), self._line(name))

    def _is_there(self, name: str, raw: Mapping) -> bool:
        truth = self.resolver.condition(raw["Condition"]) if "Condition" in raw else True
        if isinstance(truth, Unknown):
            self.undecided.append(NotDecidedError(f"whether {name} is made: {truth.why}", self._line(name)))
            return False
        return truth

    def _properties(self, name: str, raw: Mapping) -> Mapping:
        own = self._mapping(section(raw, "Properties"), f"properties of {name}", self._line(name))
        kind = GLOBALS.get(raw["Type"], "")
        shared = self._globals.get(kind)
        if not isinstance(shared, Mapping) or raw.get("IgnoreGlobals") == "*":
            return own
        shared = self._mapping(shared, f"Globals for {name}", self._globals.lines.get(kind, 1))
        return _over(_without(shared, raw.get("IgnoreGlobals")), own)

    def _mapping(self, written: Mapping, what: str, line: int) -> Mapping:
        """Return what is written with its functions worked out; where that is no mapping, nothing is decided."""
        found = self.resolver.value(written)
        if isinstance(found, Mapping):
            return found
        why = found.why if isinstance(found, Unknown) else "it is no mapping"
        self.undecided.append(NotDecidedError(f"{what}: {why}", line))
        return Mapping(written.line)

    def of(self, *kinds: str) -> Iterator[Resource]:
        made = [self.find(name) for name, kind in self._kinds.items() if kind in kinds]
        return (resource for resource in made if resource)

    def modules(self) -> Iterator[Resource]:
        """Yield what a module makes in its place, which is not read."""
        return self.of(*{kind for kind in self._kinds.values() if kind.endswith("::MODULE")})

    def custom(self) -> Iterator[Resource]:
        """Yield what is made by code."""
        kinds = {kind for kind in self._kinds.values() if kind.startswith("Custom::")}
        return self.of("AWS::CloudFormation::CustomResource", *kinds)

    def named(self, value: Any, what: str, line: int, kind: str = "") -> Resource:
        """Return the resource that ``value`` points at, which is to be of a kind."""
        reference = _of_arn(value) if isinstance(value, Text) else value
        found = self.find(reference.name) if isinstance(reference, Reference) else None
        if found is None and kind == ROLE and isinstance(value, str):
            found = next((role for role in self.of(ROLE) if _is_arn_of(value, role)), None)
        if found is None:
            undecided(f"{what}: {_why_not(value)}", line)
        if kind and found.kind != kind:
            undecided(f"{what}: {found.name} is no {kind}", line)
        return found

    def one(self, resource: Resource, key: str) -> Resource:
        return self.named(resource.get(key), f"{key} of {resource.name}", resource.at(key), NAMES.get(key, ""))

    def several(self, resource: Resource, key: str, value: Any = None, kind: str = "") -> list[Resource]:
        value = resource.get(key) if value is None else value
        what = f"{key} of {resource.name}"
        if isinstance(value, Unknown):
            undecided(f"{what}: {value.why}", resource.at(key))
        parts = value if isinstance(value, list) else [value] if value else []
        return [self.named(part, what, resource.at(key), kind or NAMES.get(key, "")) for part in parts]


def _kind(raw: Any) -> str:
    kind = raw.get("Type") if isinstance(raw, Mapping) else None
    return kind if isinstance(kind, str) else ""


def _of_arn(text: Text) -> Reference | None:
    """Return the resource with whose name a put together ARN ends."""
    last = text.references[-1] if text.references else None
    return last if last and text.startswith("arn:") and text.endswith(f"/{last.name}") else None


def _is_arn_of(arn: str, role: Resource) -> bool:
    """Whether an ARN is that of a role to which the template gives a name."""
    name = role.properties.get("RoleName")
    return isinstance(name, str) and arn.startswith("arn:") and arn.rpartition("/")[2] == name


def _why_not(value: Any) -> str:
    """Return why a value is no resource of the stack."""
    if isinstance(value, Unknown):
        return value.why
    if value is None:
        return "it is not given"
    return f"{value.name} is not made" if isinstance(value, Reference) else f"{value} is not in this template"


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


def _transforms(template: Mapping) -> list[NotDecidedError]:
    """Return the macros that may make anything of the template; one is given by its name, or with parameters."""
    given = template.get("Transform") or []
    macros = given if isinstance(given, list) else [given]
    names = [macro.get("Name") if isinstance(macro, Mapping) else macro for macro in macros]
    line = template.lines.get("Transform", 1)
    return [NotDecidedError(f"macro {name} is not run", line) for name in names if name not in MACROS]
