"""Intrinsic functions, parameters and conditions -> values, or why a value is not known.

{"Fn::Sub": "com.amazonaws.${AWS::Region}.s3"}  ->  "com.amazonaws.AWS::Region.s3"
{"Fn::GetAtt": ["Db", "Endpoint.Address"]}      ->  Reference("Db")
{"Fn::GetAtt": ["Vpc", "DefaultSecurityGroup"]} ->  Reference("Vpc.DefaultSecurityGroup"), a resource that nobody wrote
{"Ref": "Stage"}, no value given                ->  Unknown("parameter Stage has no value ...")
{"Fn::ImportValue": "subnet"}                   ->  Elsewhere("Fn::ImportValue is not read")
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from reachability.template.source import Mapping, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLE_RE = re.compile(r"\$\{(?P<literal>!)?(?P<name>[^}]+)\}")
T = TypeVar("T")
LISTS = ("List<", "CommaDelimitedList")
DEFAULT_GROUP = "DefaultSecurityGroup"
# SAM makes a role for a function that has none, and calls it so after the function.
SAM_ROLE = "Role"
# Attributes that are what the property of the same name says.
OWN = ("AvailabilityZone", "CidrBlock", "VpcId")
# No Region has more.
ZONES = 6
ID_RE = re.compile(r"(?:List<)?AWS::EC2::\w+::Id>?")
# What another template makes, or code: their attributes are not told here.
OPAQUE = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application", "AWS::CloudFormation::CustomResource")
OPAQUE_RE = re.compile(r"Custom::.+|.+::MODULE")


@dataclass(frozen=True, slots=True)
class Reference:
    """Stands for a resource of the template, or for an attribute of it."""

    name: str
    attribute: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Stands for a value that the template does not tell."""

    why: str


class Elsewhere(Unknown):
    """Stands for something that another template makes, so it is no resource of this one."""


class Text(str):
    """A text that is put together; ``references`` are the resources that it names, in their order."""

    __slots__ = ("references",)
    references: tuple[Reference, ...]


class NotDecidedError(Exception):
    """The answer depends on something that is not known."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why, self.line = why, line


def undecided(why: str, line: int) -> NoReturn:
    raise NotDecidedError(why, line)


def section(template: Mapping, name: str) -> Mapping:
    """Return a part of the template, empty where it is not there or is no mapping."""
    found = template.get(name)
    return found if isinstance(found, Mapping) else Mapping(template.lines.get(name, 1))


_NO_VALUE: Final = object()
# What has a value that is known only where the stack is.
PSEUDO: Final = ("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::StackName", "AWS::URLSuffix")


class Resolver:
    """Knows the template's parameters, mappings and conditions.

    ``compared`` has each parameter without a value that a condition compares, and with what. ``other`` is the same, of
    parameters that are taken to be none of these.
    """

    def __init__(
        self, template: Mapping, parameters: dict[str, str], other: dict[str, frozenset[str]] | None = None
    ) -> None:
        self._parameters, self._mappings, self._conditions, self._resources = (
            section(template, name) for name in ("Parameters", "Mappings", "Conditions", "Resources")
        )
        self._given = parameters
        self._other = other or {}
        self.compared: dict[str, set[str]] = {}
        self._asked: list[str] = []

    def value(self, raw: Any) -> Any:
        """Return what ``raw`` means; parts that are not known are `Unknown`, `AWS::NoValue` leaves nothing."""
        if isinstance(raw, Mapping):
            key = next(iter(raw), "")
            if len(raw) > 1 and (beside := next((name for name in raw if name.startswith("Fn::")), "")):
                return Unknown(f"{beside} is not read")
            if len(raw) != 1 or (key not in FUNCTIONS and not key.startswith("Fn::")):
                return self._mapping(raw)
            return self._function(key, raw[key])
        if isinstance(raw, list):
            values = [self.value(part) for part in raw]
            return [value for value in values if value is not _NO_VALUE]
        return raw

    def _function(self, key: str, given: Any) -> Any:
        if key == "Fn::ImportValue":
            return Elsewhere(f"{key} is not read")
        if key not in FUNCTIONS:
            return Unknown(f"{key} is not read")
        rule, count = FUNCTIONS[key]
        right = isinstance(given, str) if count is None else isinstance(given, list) and len(given) in count
        return rule(self, given) if right or key in TAKES_EITHER else Unknown(f"{key} is written another way")

    def condition(self, name: Any) -> bool | Unknown:
        if not isinstance(name, str) or name not in self._conditions:
            return Unknown(f"condition {name} is not in the template")
        return self._once(f"condition {name}", lambda: self.truth(self._conditions[name]))

    def _once(self, what: str, ask: Callable[[], T]) -> T | Unknown:
        """Return what is asked for, unless that is being asked for already: then it depends on itself."""
        if what in self._asked:
            return Unknown(f"{what} depends on itself")
        self._asked.append(what)
        try:
            return ask()
        finally:
            self._asked.pop()

    def truth(self, raw: Any) -> bool | Unknown:
        value = self.value(raw)
        return value if isinstance(value, bool | Unknown) else Unknown("a condition is no condition")

    def _mapping(self, raw: Mapping) -> Mapping:
        made = Mapping(raw.line)
        made.lines = raw.lines
        for key, part in raw.items():
            if (value := self.value(part)) is not _NO_VALUE:
                made[key] = value
        return made

    def ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return _NO_VALUE
        if name in self._resources:
            return Unknown(f"what {name} returns is not told") if self._is_opaque(name) else Reference(name)
        if name in self._parameters:
            return self._parameter(name)
        if name in self._given:
            return self._given[name]
        if name.endswith(SAM_ROLE) and self._is_sam_function(name.removesuffix(SAM_ROLE)):
            return Reference(name)
        # Account, Region and the like have a value that nobody knows here; as a part of a name it does not matter.
        return str(name) if str(name).startswith("AWS::") else Unknown(f"{name} is neither resource nor parameter")

    def _is_sam_function(self, name: str) -> bool:
        return section(self._resources, name).get("Type") == "AWS::Serverless::Function"

    def _is_opaque(self, name: str) -> bool:
        kind = str(section(self._resources, name).get("Type"))
        return kind in OPAQUE or bool(OPAQUE_RE.fullmatch(kind))

    def _parameter(self, name: str) -> Any:
        declared = section(self._parameters, name)
        kind = str(declared.get("Type", "String"))
        if name not in self._given and ID_RE.fullmatch(kind) and not declared.get("Default"):
            return Elsewhere(f"parameter {name} stands for what is not in this template")
        if name not in self._given and ("Default" not in declared or kind.startswith("AWS::SSM")):
            return Unknown(f"parameter {name} has no value; give it by --parameter {name}=...")
        text = text_of(self._given.get(name, declared.get("Default")))
        return [part.strip() for part in text.split(",")] if kind.startswith(LISTS) else text

    def attribute(self, of: Any) -> Any:
        name, _, attribute = (".".join(map(str, of)) if isinstance(of, list) else str(of)).partition(".")
        if name not in self._resources:
            made = self.ref(name)
            return made if isinstance(made, Reference) else Unknown(f"{name} is not in the template")
        if self._is_opaque(name) or attribute.startswith("Outputs."):
            return Unknown(f"{attribute} of {name} is not told")
        own = section(section(self._resources, name), "Properties").get(attribute)
        if attribute in OWN and own is not None:
            return self._once(f"{attribute} of {name}", lambda: self.value(own))
        return Reference(f"{name}.{attribute}" if attribute == DEFAULT_GROUP else name, attribute)

    def sub(self, given: Any) -> Any:
        text, values = given if isinstance(given, list) and len(given) == 2 else (given, {})  # noqa: PLR2004
        values = self.value(values)
        if not isinstance(text, str) or not isinstance(values, dict):
            return Unknown("Fn::Sub is written another way")
        names = [match["name"] for match in VARIABLE_RE.finditer(text) if not match["literal"]]
        known = {name: values[name] if name in values else self._variable(name) for name in names}
        if unknown := _first_unknown(list(known.values())):
            return unknown
        if len(names) == 1 and text.strip() == f"${{{names[0]}}}":
            return known[names[0]]
        made = VARIABLE_RE.sub(
            lambda match: f"${{{match['name']}}}" if match["literal"] else _shown(known[match["name"]]), text
        )
        return _text(made, [known[name] for name in names])

    def _variable(self, name: str) -> Any:
        return self.attribute(name) if "." in name else self.ref(name)

    def join(self, given: Any) -> Any:
        between, parts = text_of(given[0]), self.value(given[1])
        if not isinstance(parts, list):
            return parts if isinstance(parts, Unknown) else Unknown("Fn::Join finds no list")
        if unknown := _first_unknown(parts):
            return unknown
        return _text(between.join(map(_shown, parts)), parts)

    def choose(self, given: Any) -> Any:
        truth = self.condition(given[0])
        return truth if isinstance(truth, Unknown) else self.value(given[1] if truth else given[2])

    def select(self, given: Any) -> Any:
        number, parts = self.value(given[0]), self.value(given[1])
        if isinstance(parts, list) and str(number).isdigit() and int(number) < len(parts):
            return parts[int(number)]
        return parts if isinstance(parts, Unknown) else Unknown("Fn::Select finds no such part")

    def split(self, given: Any) -> Any:
        text = self.value(given[1])
        if isinstance(text, Reference):
            return Unknown(f"{text.attribute or 'Ref'} of {text.name} is not told")
        if not isinstance(text, str):
            return text if isinstance(text, Unknown) else Unknown("Fn::Split finds no text")
        # What was joined of references stands there by their names.
        joined = {each.name: each for each in references(text)}
        return [joined.get(part, part) for part in text.split(str(given[0]) or ",")]

    def ranges(self, given: Any) -> Any:
        """Return the first ranges of so many addresses within a range; without a number of bits, of 256.

        CloudFormation makes as many as 256.
        """
        whole, count, bits = arguments = ([self.value(part) for part in given] + ["8"])[:3]
        if unknown := _first_unknown(arguments):
            return unknown
        try:
            network = ipaddress.ip_network(whole)
            if int(count) not in range(1, 257):
                return Unknown("Fn::Cidr makes no such number of ranges")
            parts = network.subnets(new_prefix=network.max_prefixlen - int(bits))
            return list(map(str, islice(parts, int(count))))
        except (TypeError, ValueError):
            return Unknown("Fn::Cidr finds no range")

    def zones(self, given: Any) -> Any:
        """Return words for the zones of a Region, which are the same wherever they are asked for."""
        region = self.value(given) or "AWS::Region"
        if isinstance(region, Unknown):
            return region
        return [f"AWS::AvailabilityZone {number} of {_shown(region)}" for number in range(ZONES)]

    def find(self, given: Any) -> Any:
        found: Any = self._mappings
        for key in map(self.value, given):
            if isinstance(key, Unknown):
                return key
            if not isinstance(found, Mapping) or text_of(key) not in found:
                return Unknown(f"Fn::FindInMap finds no {_shown(key)}")
            found = found[text_of(key)]
        return self.value(found)

    def equals(self, given: Any) -> bool | Unknown:
        one, other = (self.value(part) for part in given)
        for raw, constant in ((given[0], other), (given[1], one)):
            if self._is_other(raw, constant):
                return False
        for value in (one, other):
            if isinstance(value, Unknown):
                return value
            if isinstance(value, str) and "AWS::" in value:
                return Unknown(f"{value} is known only where the stack is; give it by --parameter {value}=...")
        return text_of(one) == text_of(other)

    def _is_other(self, raw: Any, constant: Any) -> bool:
        """Whether a parameter without a value is taken to be another than this constant; keeps that they are compared."""
        name = raw.get("Ref") if isinstance(raw, Mapping) and len(raw) == 1 else None
        is_open = isinstance(name, str) and name not in self._given and (name in PSEUDO or self._is_open(name))
        if not is_open or not isinstance(constant, str | int) or "AWS::" in text_of(constant):
            return False
        self.compared.setdefault(str(name), set()).add(text_of(constant))
        return text_of(constant) in self._other.get(str(name), ())

    def _is_open(self, name: str) -> bool:
        declared = section(self._parameters, name)
        is_list = str(declared.get("Type")).startswith(LISTS)
        return name in self._parameters and not is_list and isinstance(self._parameter(name), Unknown)

    def choices(self, name: str) -> list[str | None]:
        """Return what a compared parameter may be, as far as conditions tell values apart; None is any other value."""
        constants = self.compared[name]
        allowed = section(self._parameters, name).get("AllowedValues")
        if not isinstance(allowed, list):
            return [*sorted(constants), None]
        values = [text_of(value) for value in allowed]
        known = [value for value in values if value in constants]
        return [*known, None] if len(known) < len(values) else [*known]

    def both(self, given: Any) -> bool | Unknown:
        truths = [self.truth(part) for part in given]
        if False in truths:
            return False
        return _first_unknown(truths) or True

    def either(self, given: Any) -> bool | Unknown:
        truths = [self.truth(part) for part in given]
        if True in truths:
            return True
        return _first_unknown(truths) or False

    def negated(self, given: Any) -> bool | Unknown:
        truth = self.truth(given[0])
        return truth if isinstance(truth, Unknown) else not truth


def _first_unknown(values: list[Any]) -> Unknown | None:
    return next((value for value in values if isinstance(value, Unknown)), None)


def _shown(value: Any) -> str:
    return value.name if isinstance(value, Reference) else text_of(value)


def _text(made: str, parts: list[Any]) -> Text:
    text = Text(made)
    text.references = tuple(reference for part in parts for reference in references(part))
    return text


def references(value: Any) -> tuple[Reference, ...]:
    """Return the resources that a value names."""
    return (value,) if isinstance(value, Reference) else value.references if isinstance(value, Text) else ()


# The rule, and how many arguments it takes; None is one text.
FUNCTIONS: Final[dict[str, tuple[Callable[[Resolver, Any], Any], tuple[int, ...] | None]]] = {
    "Ref": (Resolver.ref, None),
    "Condition": (Resolver.condition, None),
    "Fn::GetAtt": (Resolver.attribute, (2,)),
    "Fn::Sub": (Resolver.sub, (2,)),
    "Fn::Join": (Resolver.join, (2,)),
    "Fn::If": (Resolver.choose, (3,)),
    "Fn::Select": (Resolver.select, (2,)),
    "Fn::Cidr": (Resolver.ranges, (2, 3)),
    "Fn::GetAZs": (Resolver.zones, None),
    "Fn::Split": (Resolver.split, (2,)),
    "Fn::FindInMap": (Resolver.find, (3,)),
    "Fn::Equals": (Resolver.equals, (2,)),
    "Fn::And": (Resolver.both, tuple(range(2, 11))),
    "Fn::Or": (Resolver.either, tuple(range(2, 11))),
    "Fn::Not": (Resolver.negated, (1,)),
}
TAKES_EITHER: Final = ("Fn::Sub", "Fn::GetAtt", "Fn::GetAZs")
